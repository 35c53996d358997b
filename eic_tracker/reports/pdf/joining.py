"""Joins PDFs and pictures into one, with a folio on each page; the pages of scans keep their size."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.opening import new_pdf, opened_pdf
from eic_tracker.reports.pdf.page import INK
from eic_tracker.reports.pdf.paper import Paper

_MARGIN = 36.0
_STAMP_SIZE = 9.0
_DOTS = 150
"""To the inch, at which pages that are turned are drawn anew: a stamp must stand upright on them."""


def picture_page(content: bytes) -> bytes:
    """A JPEG on a page of Carta, upright or lying as it is, as large as fits; its own bytes are embedded.

    ValueError where the bytes are no picture any more."""
    with new_pdf() as document:
        picture = pdfium.PdfImage.new(document)
        picture.load_jpeg(io.BytesIO(content), inline=True)
        across, down = picture.get_px_size()
        if not across or not down:
            raise ValueError("not a JPEG any more")
        width, height = Paper.LETTER.size if across <= down else Paper.LETTER.size[::-1]
        scale = min((width - 2 * _MARGIN) / across, (height - 2 * _MARGIN) / down)
        wide, high = across * scale, down * scale
        picture.set_matrix(pdfium.PdfMatrix().scale(wide, high).translate((width - wide) / 2, (height - high) / 2))
        page = document.new_page(width, height, 0)
        page.insert_obj(picture)
        page.gen_content()
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()


def upright(content: bytes) -> bytes:
    """The same PDF, its turned pages drawn anew so that they stand as they are read."""
    with opened_pdf(content) as document:
        if all(document[number].get_rotation() == 0 for number in range(len(document))):
            return content
        pages = []
        for number in range(len(document)):
            picture = io.BytesIO()
            document[number].render(scale=_DOTS / 72).to_pil().convert("RGB").save(picture, "JPEG", quality=85)
            pages.append(picture_page(picture.getvalue()))
    return joined(pages)


def page_count(content: bytes) -> int:
    """How many pages a PDF has."""
    with opened_pdf(content) as document:
        return len(document)


def joined(
    parts: Sequence[bytes], stamp: Callable[[int], str] | None = None, step: Callable[[int], object] | None = None
) -> bytes:
    """One PDF of the pages of all; it keeps the title and language of the first.

    `stamp` gives the folio of each page, counted from 1; `step` is told after each part and each page."""
    with opened_pdf(parts[0]) as document:
        for number, part in enumerate(parts[1:], 1):
            with opened_pdf(part) as other:
                document.import_pages(other)
            if step is not None:
                step(number)
        if stamp is not None:
            _stamp(document, [stamp(number) for number in range(1, len(document) + 1)])
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()


def _stamp(document: pdfium.PdfDocument, texts: Sequence[str]) -> None:
    """Write a text at the head of each page, at the right, on white."""
    boxes = [document[number].get_cropbox() for number in range(len(document))]
    with opened_pdf(_stamps([(right - left, top - bottom) for left, bottom, right, top in boxes], texts)) as stamps:
        for number, (left, bottom, _, _) in enumerate(boxes):
            page = document[number]
            drawn = stamps.page_as_xobject(number, document).as_pageobject()
            drawn.transform(pdfium.PdfMatrix().translate(left, bottom))
            page.insert_obj(drawn)
            page.gen_content()


def _stamps(sizes: Sequence[tuple[float, float]], texts: Sequence[str]) -> bytes:
    fonts.register()
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=1, initialFontName=fonts.TEXT_BOLD)
    for (width, height), text in zip(sizes, texts, strict=True):
        size = _STAMP_SIZE * min(width, height) / Paper.LETTER.size[0]
        room = fonts.width(text, fonts.TEXT_BOLD, size)
        right, line = width - 2 * size, height - 2.1 * size
        canvas.setPageSize((width, height))
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(right - room - size / 2, line - size / 2, room + size, size * 1.6, stroke=0, fill=1)
        canvas.setFillColor(INK)
        canvas.setFont(fonts.TEXT_BOLD, size)
        canvas.drawRightString(right, line, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
