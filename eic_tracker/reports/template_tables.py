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

_SMALLER = 0.95
"""Of the size, step by step until the rows stand in the box."""
_PADDING = 0.35
"""Of the size, above and below each row."""
_MOST_BLOCKS = 3
_GAP_MM = 5.0
"""Between blocks that stand side by side."""
_TITLE = 1
"""The column that takes what the others leave."""
_LEAST_TITLE = 0.3

_Row = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Cells:
    heads: tuple[str, ...]
    shares: tuple[float, ...]
    rights: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Fitted:
    size: float
    widths: tuple[float, ...]
    """of the columns of a block, in points"""
    blocks: list[list[_Row]]


def draw_table(canvas: Canvas, element: Element, filled: Filled, t: Translator, top: float) -> None:
    """Draw the table below `top` (points); it never leaves its box.

    Its letters shrink to 70 %, then its rows stand in two or three blocks side by side, each with the heads."""
    cells = _cells(element, filled, t)
    if not cells.rows:
        return
    fitted = _fitted(cells, element)
    ink = HexColor(element.colour)
    canvas.setStrokeColor(ink)
    canvas.setFillColor(ink)
    width = sum(fitted.widths)
    for place, block in enumerate(fitted.blocks):
        left, y = element.x * mm + place * (width + _GAP_MM * mm), top
        for number, row in enumerate(block):
            canvas.setFont(fonts.TEXT_BOLD if number == 0 else fonts.TEXT, fitted.size)
            _draw_row(canvas, row, cells, fitted, (left, y))
            y -= _height(row, fitted.size)
            canvas.setLineWidth(0.8 if number == 0 else 0.3)
            canvas.line(left, y, left + width, y)


def table_overflows(element: Element, filled: Filled, t: Translator) -> bool:
    """Whether its letters become smaller than 70 % of what the template asks for."""
    cells = _cells(element, filled, t)
    return bool(cells.rows) and _fitted(cells, element).size < element.size * LEAST_SHRUNK


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


def _fitted(cells: _Cells, element: Element) -> _Fitted:
    """With as few blocks as keep 70 % of the size; where none does, with those whose letters are largest."""
    best: _Fitted | None = None
    for count in range(1, _MOST_BLOCKS + 1):
        found = _shrunk(cells, element, count)
        if best is None or found.size > best.size:
            best = found
        if best.size >= element.size * LEAST_SHRUNK:
            break
    assert best is not None
    return best


def _shrunk(cells: _Cells, element: Element, count: int) -> _Fitted:
    size, room = element.size, (element.width - _GAP_MM * (count - 1)) / count * mm
    while True:
        widths = _widths(cells, room, size, count)
        head, *rows = [
            _broken(texts, widths, size, fonts.TEXT_BOLD if number == 0 else fonts.TEXT)
            for number, texts in enumerate((cells.heads, *cells.rows))
        ]
        blocks = _blocks(head, rows, size, element.height * mm)
        if len(blocks) <= count and widths[_TITLE] >= room * _LEAST_TITLE:
            return _Fitted(size, widths, blocks)
        size *= _SMALLER


def _widths(cells: _Cells, room: float, size: float, count: int) -> tuple[float, ...]:
    """The shares of a whole table; in narrow blocks what the short columns need, and the rest for the titles."""
    if count == 1:
        return tuple(share * room for share in cells.shares)
    columns = list(zip(cells.heads, *cells.rows, strict=True))
    widths = [max(fonts.width(text, fonts.TEXT_BOLD, size) for text in column) + 1.2 * size for column in columns]
    widths[_TITLE] = max(2 * size, room - sum(widths) + widths[_TITLE])
    return tuple(widths)


def _blocks(head: _Row, rows: Sequence[_Row], size: float, room: float) -> list[list[_Row]]:
    """The rows below their heads, block after block of `room` points; one block where the box has no height."""
    blocks = [[head]]
    taken = _height(head, size)
    for row in rows:
        height = _height(row, size)
        if room and taken + height > room:
            blocks.append([head])
            taken = _height(head, size)
        blocks[-1].append(row)
        taken += height
    return blocks


def _broken(texts: Sequence[str], widths: Sequence[float], size: float, face: str) -> _Row:
    return [
        box_text((text,), face, size, width - size, 0, shrink_first=False).rows
        for text, width in zip(texts, widths, strict=True)
    ]


def _height(row: _Row, size: float) -> float:
    return max(len(lines) for lines in row) * size * LEADING + 2 * _PADDING * size


def _draw_row(canvas: Canvas, row: _Row, cells: _Cells, fitted: _Fitted, place: tuple[float, float]) -> None:
    (x, top), size = place, fitted.size
    for lines, width, right in zip(row, fitted.widths, cells.rights, strict=True):
        y = top - _PADDING * size - size * 0.94
        for line in lines:
            if right:
                canvas.drawRightString(x + width - size / 2, y, line)
            else:
                canvas.drawString(x + size / 2, y, line)
            y -= size * LEADING
        x += width
