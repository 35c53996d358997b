from __future__ import annotations

import dataclasses
import datetime as dt

import pypdfium2 as pdfium
import pytest
import zxingcpp

from eic_tracker.domain.codes import CertificateKind
from eic_tracker.errors import UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.certificate_facts import CertificateFacts, CertificateSignatory
from eic_tracker.reports.certificate_pdf import certificates_pdf, check_letters
from eic_tracker.reports.template_fields import qr_text
from tests.reports.pdf_reading import assert_inside_the_pages, fonts_of, texts_of

ES, EN = Translator(Language.ES), Translator(Language.EN)

FACTS = CertificateFacts(
    letterhead=(
        "República de Honduras",
        "Secretaría de Seguridad",
        "Dirección General de Policía Nacional",
        "Universidad Nacional de la Policía de Honduras",
        "ESCUELA DE INVESTIGACIÓN CRIMINAL",
    ),
    kind=CertificateKind.DIPLOMA,
    number="EIC-2018-004217",
    rank="Subinspectora",
    name="María de los Ángeles Núñez Zúñiga",
    course_title="Técnicas de entrevista",
    offering_code="116-2018",
    hours=40,
    starts_on=dt.date(2018, 12, 3),
    ends_on=dt.date(2018, 12, 7),
    issued_on=dt.date(2018, 12, 7),
    place="Comayagua",
    signatories=(
        CertificateSignatory("Comisionado", "Juan Inventado Pérez", "Director"),
        CertificateSignatory("Subcomisionada", "Ana Ficticia López", "Jefa de Registro", by_absence=True),
    ),
    demonstration=False,
    reference="Acta 045-2018",
    document="DNI 0801-1990-12345",
)
DEMONSTRATION = dataclasses.replace(FACTS, demonstration=True)


def test_a_spanish_diploma_says_who_what_when_and_how_long_in_words() -> None:
    text, reverse = texts_of(certificates_pdf([FACTS], ES))
    for words in (
        "ESCUELA DE INVESTIGACIÓN CRIMINAL",
        "otorga el presente",
        "DIPLOMA",
        "Subinspectora",
        "María de los Ángeles Núñez Zúñiga",
        "DNI 0801-1990-12345",
        "por haber aprobado el curso",
        "Técnicas de entrevista",
        "40 (cuarenta) horas, impartido del 3 al 7 de diciembre de 2018 (curso 116-2018)",
        "Dado en la ciudad de Comayagua, a los siete días del mes de diciembre del año dos mil dieciocho.",
        "Juan Inventado Pérez",
        "por ausencia",
        "N.º EIC-2018-004217",
        "Acta 045-2018",
    ):
        assert words in text.replace("\n", " "), words
    assert "Registrado bajo el N.º EIC-2018-004217." in reverse
    assert "DEMOSTRACIÓN" not in text + reverse


def test_an_english_diploma_uses_english_words() -> None:
    text, _ = texts_of(certificates_pdf([dataclasses.replace(FACTS, course_place="Comayagua")], EN))
    flat = text.replace("\n", " ")
    assert "hereby awards this" in flat
    assert "of 40 (forty) hours, held from 3 to 7 December 2018 in Comayagua (course 116-2018)." in flat
    assert "on the seventh day of December of the year two thousand and eighteen" in flat


def test_participation_is_another_title_and_another_reason() -> None:
    text, _ = texts_of(certificates_pdf([dataclasses.replace(FACTS, kind=CertificateKind.PARTICIPATION)], ES))
    assert "CERTIFICADO DE PARTICIPACIÓN" in text
    assert "por haber participado en el curso" in text
    assert "aprobado" not in text


@pytest.mark.parametrize("facts", [FACTS, DEMONSTRATION])
def test_the_qr_of_the_reverse_reads_at_150_dots_per_inch(facts: CertificateFacts) -> None:
    picture = pdfium.PdfDocument(certificates_pdf([facts], ES))[1].render(scale=150 / 72).to_pil()
    (symbol,) = zxingcpp.read_barcodes(picture)
    assert symbol.text == qr_text(facts)
    assert FACTS.number in symbol.text
    assert symbol.text.startswith("DEMOSTRACION") == facts.demonstration


@pytest.mark.parametrize("t", [ES, EN])
def test_a_demonstration_says_that_it_has_no_value_on_every_page(t: Translator) -> None:
    for text in texts_of(certificates_pdf([DEMONSTRATION, DEMONSTRATION], t)):
        assert "DEMOSTRACIÓN, sin valor" in text


@pytest.mark.parametrize(
    "name",
    [
        "María Guadalupe de los Ángeles Fernanda Montserrat Núñez Zúñiga de la Concepción Hernández Villanueva y Paz",
        "W" * 120,
        "Ñ" * 40,
        "Ana",
    ],
)
def test_a_name_of_any_length_stays_inside_the_page(name: str) -> None:
    facts = dataclasses.replace(
        DEMONSTRATION, name=name, rank="Agente de Policía " * 4, course_title="Curso largo " * 15
    )
    content = certificates_pdf([facts], ES)
    assert_inside_the_pages(content, 24)
    printed = texts_of(content)[0].replace("\n", "").replace(" ", "")
    assert name.replace(" ", "") in printed


def test_the_texts_of_three_long_signatories_stay_inside_the_page() -> None:
    signatory = CertificateSignatory(
        "Comisionado General de Policía",
        "Juan Ramón de Jesús Inventado de la Cruz Pérez Hernández",
        "Director Nacional de la Escuela de Investigación Criminal y de Educación Policial Continua",
        by_absence=True,
    )
    content = certificates_pdf([dataclasses.replace(FACTS, signatories=(signatory,) * 3)], ES)
    assert_inside_the_pages(content, 24)


def test_a_letter_that_cannot_be_printed_stops_the_batch_and_names_its_place() -> None:
    wrong = dataclasses.replace(FACTS, number="EIC-2018-004218", name="José 漢 Pérez")
    with pytest.raises(UserError) as caught:
        certificates_pdf([FACTS, wrong], ES)
    with pytest.raises(UserError):
        check_letters([FACTS, wrong])
    check_letters([FACTS])
    told = caught.value.text(ES)
    assert "Certificado 2 de 2, EIC-2018-004218" in told
    assert "posición 6" in told
    assert "U+6F22" in told
    title = dataclasses.replace(FACTS, course_title="Curso\nde dos renglones")
    with pytest.raises(UserError, match=r"U\+000A"):
        certificates_pdf([title], ES)


def test_accents_typed_as_a_character_of_their_own_are_printed_as_one_letter() -> None:
    content = certificates_pdf([dataclasses.replace(FACTS, name="Jose\u0301 Nu\u0301n\u0303ez")], ES)
    assert "José Núñez" in texts_of(content)[0]


def test_equal_facts_give_equal_bytes() -> None:
    assert certificates_pdf([DEMONSTRATION, FACTS], ES) == certificates_pdf([DEMONSTRATION, FACTS], ES)


def test_every_typeface_is_inside_the_document() -> None:
    content = certificates_pdf([DEMONSTRATION, FACTS], ES)
    used = dict(fonts_of(content))
    assert used
    assert all(used.values()), used
    assert b"/Helvetica" not in content


def test_the_document_names_its_language_title_and_author() -> None:
    content = certificates_pdf([FACTS], ES)
    assert pdfium.PdfDocument(content).get_metadata_dict()["Title"] == "Certificado EIC-2018-004217"
    assert pdfium.PdfDocument(content).get_metadata_dict()["Author"] == "ESCUELA DE INVESTIGACIÓN CRIMINAL"
    assert b"/Lang (es)" in content


def test_the_static_part_of_each_side_is_drawn_once_for_many_pages() -> None:
    many = [dataclasses.replace(FACTS, number=f"EIC-2018-{serial:06d}") for serial in range(35)]
    content = certificates_pdf(many, ES)
    assert len(texts_of(content)) == 70
    assert content.count(b"/Subtype /Form") == 2
