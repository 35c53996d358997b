"""Tables of a certificate: the modules of a course, or the courses of a person, in a box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.template_elements import LEAST_SHRUNK, Element
from eic_tracker.i18n import Translator
from eic_tracker.reports.act_pdf import points_text
from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.box_text import box_text
from eic_tracker.reports.pdf.lettering import LEADING
from eic_tracker.reports.template_fields import Filled

_LEAST = 3.0
_PADDING = 0.35
"""Of the size, above and below each row."""


@dataclass(frozen=True, slots=True)
class _Cells:
    heads: tuple[str, ...]
    shares: tuple[float, ...]
    rights: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def draw_table(canvas: Canvas, element: Element, filled: Filled, t: Translator, top: float) -> None:
    """Draw the table below `top` (points); its letters shrink until all rows stand in the box."""
    cells = _cells(element, filled, t)
    if not cells.rows:
        return
    size, rows = _fitted(cells, element)
    ink = HexColor(element.colour)
    canvas.setStrokeColor(ink)
    canvas.setFillColor(ink)
    left, right = element.x * mm, (element.x + element.width) * mm
    y = top
    for number, row in enumerate(rows):
        face = fonts.TEXT_BOLD if number == 0 else fonts.TEXT
        canvas.setFont(face, size)
        _draw_row(canvas, row, cells, element, y, size)
        y -= _height(row, size)
        canvas.setLineWidth(0.8 if number == 0 else 0.3)
        canvas.line(left, y, right, y)


def table_overflows(element: Element, filled: Filled, t: Translator) -> bool:
    """Whether its letters become smaller than 70 % of what the template asks for."""
    cells = _cells(element, filled, t)
    return bool(cells.rows) and _fitted(cells, element)[0] < element.size * LEAST_SHRUNK


def _cells(element: Element, filled: Filled, t: Translator) -> _Cells:
    if element.rows == "modules":
        rows = [(str(place), each.title, t.number(each.hours)) for place, each in enumerate(filled.modules, 1)]
        if rows:
            rows.append(("", t("Total"), t.number(sum(each.hours for each in filled.modules))))
        return _Cells((t("No."), t("Module"), t("Hours")), (0.08, 0.77, 0.15), (True, False, True), tuple(rows))
    heads = [t("Course"), t("Title"), t("Ended on"), t("Hours")]
    lines = [[each.code, each.title, t.date(each.ended_on), t.number(each.hours)] for each in filled.courses]
    if any(each.grade is not None for each in filled.courses):
        heads.append(t("Grade"))
        for line, each in zip(lines, filled.courses, strict=True):
            line.append(points_text(each.grade))
    shares = (0.15, 0.47, 0.15, 0.11, 0.12) if len(heads) == 5 else (0.16, 0.54, 0.17, 0.13)
    rights = (False, False, False, True, True)[: len(heads)]
    return _Cells(tuple(heads), shares, rights, tuple(tuple(line) for line in lines))


def _fitted(cells: _Cells, element: Element) -> tuple[float, list[list[tuple[str, ...]]]]:
    size = element.size
    while True:
        rows = [_broken(cells.heads, cells, element, size, fonts.TEXT_BOLD)]
        rows += [_broken(row, cells, element, size, fonts.TEXT) for row in cells.rows]
        if not element.height or sum(_height(row, size) for row in rows) <= element.height * mm or size <= _LEAST:
            return size, rows
        size = max(_LEAST, size - 0.5)


def _broken(texts: Sequence[str], cells: _Cells, element: Element, size: float, face: str) -> list[tuple[str, ...]]:
    room = element.width * mm
    return [
        box_text((text,), face, size, share * room - size, 0, shrink_first=False).rows
        for text, share in zip(texts, cells.shares, strict=True)
    ]


def _height(row: Sequence[tuple[str, ...]], size: float) -> float:
    return max(len(lines) for lines in row) * size * LEADING + 2 * _PADDING * size


def _draw_row(
    canvas: Canvas, row: Sequence[tuple[str, ...]], cells: _Cells, element: Element, top: float, size: float
) -> None:
    x = element.x * mm
    for lines, share, right in zip(row, cells.shares, cells.rights, strict=True):
        width = share * element.width * mm
        y = top - _PADDING * size - size * 0.94
        for line in lines:
            if right:
                canvas.drawRightString(x + width - size / 2, y, line)
            else:
                canvas.drawString(x + size / 2, y, line)
            y -= size * LEADING
        x += width
