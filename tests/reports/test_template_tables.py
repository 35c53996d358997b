"""Tables of a certificate: rows shrink and stand side by side, and never print over what stands below them."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pypdfium2 as pdfium
from reportlab.lib.units import mm

from eic_tracker.domain.template_elements import Element, ElementKind
from eic_tracker.reports.certificate_facts import CourseLine
from tests.reports.pdf_reading import texts_of
from tests.reports.test_template_pdf import FULL, printed, sheet, text

DAY = dt.date(2018, 12, 7)


def test_a_table_of_any_length_stays_in_its_box_and_loses_no_row() -> None:
    table = Element(ElementKind.TABLE, 20, 40, 175, 82, rows="courses", size=9.5)
    for count in (8, 30, 60, 200):
        courses = tuple(CourseLine(f"{n}-2018", "Técnicas de entrevista", 40, DAY, 8000) for n in range(1, count + 1))
        facts = dataclasses.replace(FULL, courses=courses)
        page = pdfium.PdfDocument(printed(sheet(table), facts))[0]
        words = page.get_textpage()
        for number in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(number)
            assert left >= 20 * mm - 1, count
            assert right <= 195 * mm + 1, count
            assert top <= page.get_height() - 40 * mm + 1, count
            assert bottom >= page.get_height() - 122 * mm - 1, count
        read = words.get_text_bounded()
        assert all(f"{n}-2018" in read for n in range(1, count + 1)), count


def test_a_text_in_a_box_narrower_than_a_letter_is_drawn_letter_by_letter() -> None:
    (page,) = texts_of(printed(sheet(text("Diploma", width=1.0, size=24.0, fit="wrap"))))
    assert "".join(page.split()) == "Diploma"
