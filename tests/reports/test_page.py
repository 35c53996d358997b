"""What belongs together stands on one page of a paper, wherever on the page it begins."""

from __future__ import annotations

import pytest
from reportlab.platypus import Flowable

from eic_tracker.i18n import Language, Translator
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.page import (
    BODY,
    SMALL,
    Furniture,
    gap,
    kept,
    paragraph,
    report_bytes,
    section,
    subsection,
)
from eic_tracker.reports.pdf.tables import Column, report_table
from tests.reports.pdf_reading import texts_of

ES = Translator(Language.ES)
FURNITURE = Furniture("título", "autor", "cabeza", "pie", "")


def story(room: float) -> list[Flowable]:
    """A text, free room, and a section with a table and its note."""
    fonts.register()
    rows = [[f"Fila {number}"] for number in range(6)]
    return [
        paragraph("Antes", BODY),
        gap(room),
        *section("Otra"),
        paragraph("Antes del cuadro", BODY),
        kept(
            [
                *section("Respaldo"),
                *subsection("Desde el inicio"),
                report_table([Column("Cifra")], rows, ES),
                paragraph("La nota del cuadro", SMALL),
            ]
        ),
    ]


@pytest.mark.parametrize("begin", range(300, 600, 60))
def test_heading_table_and_note_are_not_torn_apart_and_the_heading_has_its_number(begin: int) -> None:
    for room in range(begin, begin + 60, 2):
        pages = texts_of(report_bytes(story(room), FURNITURE, ES))
        whole = [page for page in pages if "Desde el inicio" in page]
        assert len(whole) == 1
        assert all(words in whole[0] for words in ("2. Respaldo", "Fila 0", "Fila 5", "La nota del cuadro")), room


@pytest.mark.parametrize("has_total", [False, True])
def test_the_page_where_a_table_ends_has_three_of_its_rows(has_total: bool) -> None:
    fonts.register()
    ends = set()
    for number in range(40, 62):
        rows = [[f"Fila {each}"] for each in range(number)]
        total = ["Total"] if has_total else None
        pages = texts_of(report_bytes([report_table([Column("Cosa")], rows, ES, total=total)], FURNITURE, ES))
        last = [line for line in pages[-1].splitlines() if line.startswith("Fila")]
        ends.add(len(last))
        assert len(last) >= 3
        assert pages[-1].count("Total") == has_total
        assert sum(line.startswith("Fila") for page in pages for line in page.splitlines()) == number
    assert 3 in ends
