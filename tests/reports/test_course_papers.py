"""Tests of the office's papers: cards that hold any name, a roster to sign, beds and meals that name nobody."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest

from eic_tracker.domain.codes import Seat, Sex
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.office_papers import OfficePaper, PaperPerson
from eic_tracker.reports.course_lists_pdf import lodging_pdf, signatures_pdf
from eic_tracker.reports.name_tags_pdf import HEIGHT, WIDTH, name_tags_pdf
from eic_tracker.reports.pdf.paper import Paper

ES, EN = Translator(Language.ES), Translator(Language.EN)
FIRST = dt.date(2019, 6, 3)
MADE = dt.datetime(2019, 6, 28, 12, tzinfo=dt.UTC)
NAMES = (
    ("Núñez Ávila", "José"),
    ("Ñáñez de la O", "Rosa María de los Ángeles"),
    ("Íñiguez Öß " * 45, "Ángela"),
    ("X" * 500, "Y"),
    ("<b>O'Hara & Co</b>", ""),
)


def course(people: int = 0) -> OfficePaper:
    """A course with difficult names, and so many others."""
    found = [
        PaperPerson(last, first, Sex.F, "Subinspectora", "Unidad " * 30, "MP", "00317", True, Seat.SEAT)
        for last, first in NAMES
    ]
    found += [
        PaperPerson(f"Paz {number}", "Ana", Sex.M, "Agente", "DPI", "HNP", f"{number:05}", None, Seat.SEAT)
        for number in range(people)
    ]
    found.append(PaperPerson("Zelaya", "Luis", Sex.M, "", "", "", "", None, Seat.ALTERNATE))
    days = tuple(FIRST + dt.timedelta(number) for number in range(5))
    where = "Escuela de Investigación Criminal, Comayagua"
    return OfficePaper(
        "116-2019",
        "Escena del crimen",
        40,
        FIRST,
        days[-1],
        where,
        "Ana Ulloa",
        days,
        ("DPI-1",),
        ("EIC",),
        tuple(found),
    )


def texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()


@pytest.mark.parametrize("paper", list(Paper))
def test_no_letter_of_a_card_leaves_its_card(paper: Paper) -> None:
    document = pypdfium2.PdfDocument(name_tags_pdf(course(8), ES, paper, demonstration=True))
    width, height = paper.size
    rows = int((height - 2 * 22.68) // HEIGHT)
    left, top = (width - 2 * WIDTH) / 2, (height + rows * HEIGHT) / 2
    seen = 0
    for page in document:
        assert page.get_size() == pytest.approx(paper.size, abs=0.1)
        text = page.get_textpage()
        for number in range(text.count_rects()):
            x, y, right, above = text.get_rect(number)
            column, row = int((x - left) // WIDTH), int((top - above) // HEIGHT)
            assert 0 <= column < 2
            assert 0 <= row < rows
            assert right <= left + (column + 1) * WIDTH
            assert y >= top - (row + 1) * HEIGHT
            seen += 1
    assert seen > 13
    document.close()


def test_a_card_shows_name_rank_and_institution_of_those_with_a_seat_only() -> None:
    (page,) = texts(name_tags_pdf(course(), ES, demonstration=False))
    assert "José Núñez Ávila" in page
    assert "Subinspectora" in page
    assert "116-2019" in page
    assert "<b>O'Hara" in page
    assert "Zelaya" not in page
    assert "DEMOSTRACIÓN" not in page


def test_the_roster_has_a_row_to_sign_for_each_person_and_no_whole_document_number() -> None:
    pages = texts(
        signatures_pdf(course(30), ES, Paper.LETTER, made_by="Registradora", made_at=MADE, demonstration=True)
    )
    whole = " ".join(pages)
    assert len(pages) > 1
    assert all("Firma" in page for page in pages[:-1]), "the heading comes again on each page"
    for said in ("Núñez Ávila, José", "00317", "DPI-1", "Suplentes", "Zelaya, Luis", "DEMOSTRACIÓN", "Paz 29, Ana"):
        assert said in whole


@pytest.mark.parametrize(("t", "said"), [(ES, ("Camas", "Desayunos")), (EN, ("Beds", "Breakfasts"))])
def test_beds_and_meals_name_nobody(t: Translator, said: tuple[str, ...]) -> None:
    (page,) = texts(lodging_pdf(course(4), t, Paper.LETTER, made_by="Registradora", made_at=MADE, demonstration=False))
    for word in (*said, "20", "45"):
        assert word in page
    for name in ("Núñez", "Paz", "00317", "Subinspectora"):
        assert name not in page


def test_equal_papers_give_equal_bytes() -> None:
    assert name_tags_pdf(course(), ES, demonstration=True) == name_tags_pdf(course(), ES, demonstration=True)
