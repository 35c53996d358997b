"""Reads a PDF back as a reader sees it: words, boxes, typefaces.

Opened as the program opens them: a preview may be drawing a page in another thread."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as pdfium_c

from eic_tracker.reports.pdf.opening import opened_pdf


def texts_of(content: bytes) -> list[str]:
    """The words of each page, a line each."""
    with opened_pdf(content) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def words_of(content: bytes) -> str:
    """The words of all pages in one line."""
    return " ".join(" ".join(texts_of(content)).split())


def fonts_of(content: bytes) -> Iterator[tuple[str, bool]]:
    """Name of the typeface of each piece of text, and whether its file is inside the document."""
    with opened_pdf(content) as document:
        for page in document:
            for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=3):
                font = pdfium_c.FPDFTextObj_GetFont(item.raw)
                name = ctypes.create_string_buffer(200)
                pdfium_c.FPDFFont_GetBaseFontName(font, name, 200)
                yield name.value.decode(), bool(pdfium_c.FPDFFont_GetIsEmbedded(font))


def assert_inside_the_pages(content: bytes, margin: float) -> None:
    """Every line of text keeps the margin, in points, on all four sides."""
    with opened_pdf(content) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                shown = text.get_text_bounded(left, bottom, right, top)
                assert margin <= left <= right <= width - margin, shown
                assert margin <= bottom <= top <= height - margin, shown
