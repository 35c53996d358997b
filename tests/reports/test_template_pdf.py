"""Tests of templates on paper, looked at from outside too: words, boxes, symbols, order of sides, offsets."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from eic_tracker.domain.certificate_template import Template, on_paper, read_template, template_text
from eic_tracker.domain.codes import CertificateKind, Sex, TemplateKind
from eic_tracker.domain.seal import SealedFacts, seal
from eic_tracker.domain.template_elements import Element, ElementKind
from eic_tracker.errors import UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.calibration_pdf import calibration_pdf
from eic_tracker.reports.certificate_facts import CourseLine, ModuleLine, facts_of_snapshot, snapshot_text
from eic_tracker.reports.certificate_pdf import Looks, certificates_pdf
from eic_tracker.reports.ready_made import READY_MADE, ready_made
from eic_tracker.reports.template_pdf import Edge, PrintOptions, SheetOrder
from eic_tracker.reports.template_preflight import BatchItem, FindingKind, preflight
from tests.reports.pdf_reading import assert_inside_the_pages, texts_of
from tests.reports.test_certificate_pdf import FACTS

ES = Translator(Language.ES)
SEALED = SealedFacts(
    "EIC-HN", "0f" * 16, FACTS.number, FACTS.name, FACTS.course_title, FACTS.issued_on, 40, CertificateKind.DIPLOMA, 77
)
CODE = seal(SEALED, b"\x07" * 32)
FULL = dataclasses.replace(
    FACTS,
    sex=Sex.F,
    grade=8750,
    code=CODE,
    telephone_code="4KX9-2M7Q-Z8T1-0ABC",
    address="verificar.example · 2222-0000",
    book="3",
    folio="12",
    entry="7",
    act="045-2018",
    registered_on=dt.date(2018, 12, 10),
    modules=(ModuleLine("Derechos humanos", 8), ModuleLine("Entrevista cognitiva", 32)),
    courses=tuple(CourseLine(f"{n}-2018", f"Curso {n}", 40, dt.date(2018, 12, 7), 8000) for n in range(1, 61)),
)
DIPLOMA = ready_made("diploma", Language.ES)


def sheet(*elements: Element, reverse: Sequence[Element] = ()) -> Template:
    """A template of these elements alone."""
    return Template(TemplateKind.DIPLOMA, "Prueba", Language.ES, "letter", True, elements, tuple(reverse))


def text(words: str, **changes: object) -> Element:
    """A text in the middle of the sheet."""
    return dataclasses.replace(Element(ElementKind.TEXT, 40, 60, 120, 20, text=words), **changes)  # type: ignore[arg-type]


def _first_box(page: pdfium.PdfTextPage) -> tuple[float, float, float, float]:
    assert page.count_rects()
    left, bottom, right, top = page.get_rect(0)
    return left, bottom, right, top


def printed(template: Template, *facts: object, options: PrintOptions | None = None) -> bytes:
    """The PDF of these facts by one template."""
    items = facts or (FULL,)
    return certificates_pdf(items, ES, [Looks(template)] * len(items), options)  # type: ignore[arg-type]


@pytest.mark.needs("qpdf", "pdftotext", "zbarimg")
def test_each_template_of_the_program_is_whole_readable_and_scannable_for_other_programs(tmp_path: Path) -> None:
    for name in READY_MADE:
        template = ready_made(name, Language.ES)
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(printed(template))
        subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
        words = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
        assert FULL.name in " ".join(words.split()), name
        if name == "pupil":
            assert "EIC1:" not in words
            continue
        page = pdfium.PdfDocument(path)[1 if template.reverse else 0]
        page.render(scale=150 / 72).to_pil().save(tmp_path / "page.png")
        scanned = subprocess.run(
            ["zbarimg", "-q", "--raw", tmp_path / "page.png"], check=True, capture_output=True, text=True
        )
        assert scanned.stdout.strip() == CODE, name


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", READY_MADE)
def test_a_name_of_300_letters_and_sixty_courses_stay_inside_the_sheet(name: str, language: Language) -> None:
    long = dataclasses.replace(FULL, name="María " * 50, rank="Agente " * 12, course_title="Curso largo " * 10)
    assert_inside_the_pages(printed(ready_made(name, language), long), 20)


def test_names_are_printed_as_they_stand_never_as_markup_or_as_fields() -> None:
    for name in ("<b>Ana</b> & {name}", "José [x|y] {g:a|b}", "O'Hara <i>"):
        (page,) = texts_of(printed(sheet(text("{name}")), dataclasses.replace(FULL, name=name)))
        assert page.strip() == name


@pytest.mark.parametrize("mark", ["\u200f", "\u202e", "\u2067", "\u200b", "\ufeff"])
def test_marks_of_direction_and_letters_without_width_are_refused(mark: str) -> None:
    with pytest.raises(UserError, match=f"U\\+{ord(mark):04X}"):
        printed(DIPLOMA, dataclasses.replace(FULL, name=f"Ana {mark}López"))


def test_a_text_prints_the_form_of_the_sex_and_drops_what_is_empty() -> None:
    template = sheet(
        text(
            "{g:el participante|la participante|quien participa}[ con {document}][, {purpose}|, sin motivo]\n{asked_by}"
        )
    )
    told = [
        " ".join(texts_of(printed(template, dataclasses.replace(FULL, sex=sex, document=None)))[0].split())
        for sex in (Sex.M, Sex.F, Sex.U)
    ]
    assert told == ["el participante, sin motivo", "la participante, sin motivo", "quien participa, sin motivo"]


def test_hours_days_and_grade_stand_in_figures_and_in_words() -> None:
    (page,) = texts_of(printed(sheet(text("{hours}; {hours_in_words}; {day}; {grade}; {grade_in_words}"))))
    assert " ".join(page.split()) == "40; 40 (cuarenta) horas; 07/12/2018; 87.5; ochenta y siete punto cinco"


def test_a_name_shrinks_to_seventy_percent_before_it_is_broken() -> None:
    wide = text("{name}", width=100.0, height=30.0, size=20.0, fit="shrink")
    assert len(texts_of(printed(sheet(wide), dataclasses.replace(FULL, name="A" * 18)))[0].split()) == 1
    broken = texts_of(printed(sheet(wide), dataclasses.replace(FULL, name="Ana María López " * 4)))[0]
    assert len(broken.strip().splitlines()) > 1


def test_a_qr_that_would_be_too_small_is_told_and_never_shrunk() -> None:
    small = Element(ElementKind.QR, 10, 10, 20)
    with pytest.raises(UserError, match=r"needs .* mm and has 20 mm"):
        printed(sheet(small))


def test_pre_printed_paper_gets_no_background_and_offsets_move_everything() -> None:
    template = sheet(text("fondo", preprinted=True), text("{name}", y=100.0))
    (plain,) = texts_of(printed(template, options=PrintOptions(background=False)))
    assert "fondo" not in plain
    assert FULL.name in plain
    places = []
    for options in (PrintOptions(), PrintOptions(right_mm=10, down_mm=5)):
        page = pdfium.PdfDocument(printed(template, options=options))[0].get_textpage()
        places.append(_first_box(page))
    assert places[1][0] - places[0][0] == pytest.approx(28.35, abs=0.1)
    assert places[0][1] - places[1][1] == pytest.approx(14.17, abs=0.1)


def test_sides_come_face_and_reverse_by_turns_or_all_faces_first() -> None:
    template = sheet(text("cara {number}"), reverse=[text("dorso {number}")])
    other = dataclasses.replace(FULL, number="EIC-2018-004218")

    def order(way: SheetOrder) -> list[str]:
        pages = texts_of(printed(template, FULL, other, options=PrintOptions(order=way)))
        return [page.split()[0] + page.strip()[-1] for page in pages]

    assert order(SheetOrder.DUPLEX) == ["cara7", "dorso7", "cara8", "dorso8"]
    assert order(SheetOrder.FACES_FIRST) == ["cara7", "cara8", "dorso7", "dorso8"]


def test_a_sheet_turned_over_its_upper_edge_has_its_reverse_upside_down_and_its_face_as_ever() -> None:
    template = sheet(text("cara"), reverse=(text("dorso", x=0, y=0, width=40, height=10),))
    book, calendar = (
        pdfium.PdfDocument(printed(template, options=PrintOptions(edge=edge))) for edge in (Edge.BOOK, Edge.CALENDAR)
    )
    assert _first_box(calendar[0].get_textpage()) == pytest.approx(_first_box(book[0].get_textpage()))
    left, bottom, right, top = _first_box(book[1].get_textpage())
    width, height = book[1].get_size()
    turned = (width - right, height - top, width - left, height - bottom)
    assert _first_box(calendar[1].get_textpage()) == pytest.approx(turned, abs=0.5)


def test_a_demonstration_is_marked_on_both_sides_by_any_template_with_or_without_background() -> None:
    template = sheet(text("cara"), reverse=[text("dorso")])
    demonstration = dataclasses.replace(FULL, demonstration=True)
    for options in (PrintOptions(), PrintOptions(background=False)):
        pages = texts_of(printed(template, demonstration, options=options))
        assert len(pages) == 2
        assert all("DEMOSTRACIÓN, sin valor" in page for page in pages)


def test_the_same_template_fits_every_paper() -> None:
    for name in READY_MADE:
        for paper in ("letter", "oficio", "legal", "a4"):
            moved = on_paper(ready_made(name, Language.ES), paper)
            assert read_template(template_text(moved)) == moved


def test_what_was_frozen_reads_back_as_it_was() -> None:
    assert facts_of_snapshot(snapshot_text(FULL)) == FULL


def test_the_calibration_page_carries_its_offset() -> None:
    (page,) = texts_of(calibration_pdf((279.4, 215.9), ES, PrintOptions(right_mm=1.5)))
    assert "1.5 mm" in page


def test_before_a_number_is_taken_everything_that_would_go_wrong_is_told_what_stops_first() -> None:
    def item(key: int, **changes: object) -> BatchItem:
        return BatchItem(key, DIPLOMA, dataclasses.replace(FULL, **changes))  # type: ignore[arg-type]

    assert preflight([item(1)]).findings == ()
    long = "María de los Ángeles " * 6
    small = dataclasses.replace(DIPLOMA, reverse=(Element(ElementKind.QR, 10, 10, 20),))
    found = preflight(
        [
            item(1, name="ANA LÓPEZ"),
            item(2, name="José 漢"),
            item(3, name=long),
            item(4, course_title="C" * 121),
            dataclasses.replace(item(5), grade_differs=True),
            dataclasses.replace(item(6), without_document=True),
            item(7, name="W" * 100, rank="Agente de Policía " * 20),
            BatchItem(8, small, FULL),
        ]
    )
    told = {(each.key, each.kind) for each in found.findings}
    assert told >= {
        (1, FindingKind.CAPITALS),
        (2, FindingKind.MISSING_LETTER),
        (3, FindingKind.TOO_LONG_FOR_CODE),
        (4, FindingKind.TOO_LONG_FOR_CODE),
        (5, FindingKind.OTHER_GRADE),
        (6, FindingKind.NO_DOCUMENT),
        (7, FindingKind.OVERFLOWS),
        (8, FindingKind.QR_TOO_SMALL),
    }
    assert found.stops
    assert [each.stops for each in found.findings] == sorted((each.stops for each in found.findings), reverse=True)
    assert found.longest_name == long
    assert all(each.text(ES) for each in found.findings)


@pytest.mark.parametrize(
    ("element", "told"),
    [
        ({"kind": "text", "text": "{nombre}", "x": 1, "y": 1, "width": 9}, "no existe|no hay|no field|campo"),
        ({"kind": "text", "text": "{name", "x": 1, "y": 1, "width": 9}, "campo|field"),
        ({"kind": "text", "text": "x", "x": 200, "y": 1, "width": 100}, "mm"),
        ({"kind": "qr", "x": 1, "y": 190, "width": 40}, "mm"),
        ({"kind": "text", "text": "x", "x": 1, "y": 1, "width": 9, "size": 900}, "size"),
        ({"kind": "text", "text": "x", "x": 1, "y": 1, "width": 9, "colour": "red"}, "colour"),
        ({"kind": "text", "text": "x", "x": 1, "y": 1, "width": True}, "width"),
        ({"kind": "text", "text": "x", "x": 1, "y": 1}, "width"),
        ({"kind": "text", "x": 1, "y": 1, "width": 9, "script": "x"}, "script"),
        ({"kind": "signature", "x": 1, "y": 1, "width": 9, "which": 4}, "which"),
    ],
)
def test_a_wrong_element_is_told_with_its_place(element: dict[str, object], told: str) -> None:
    said = json.loads(template_text(sheet()))
    said["reverse"] = [element]
    with pytest.raises(UserError, match="1 of the reverse") as caught:
        read_template(json.dumps(said))
    assert any(word in caught.value.text(ES) for word in told.split("|"))
