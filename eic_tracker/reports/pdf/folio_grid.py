"""A folio of a bound book: as many rows of one height as the folio holds, so that a folio is always one page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import white
from reportlab.platypus import Flowable

from eic_tracker.reports.pdf import fonts
from eic_tracker.reports.pdf.lettering import LEADING, boxed
from eic_tracker.reports.pdf.page import INK, NAVY, RULE, SOFT, TINT, WARNING

_HEAD, _TITLES, _FOOT = 26.0, 15.0, 66.0
_PADDING = 2.0
_SIZE = 8.0
_TALLEST = 30.0
"""Points of a row; a folio of few entries leaves the rest of its page free."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column's heading and width in points."""

    title: str
    width: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """A text that wraps and shrinks within its cell, or in so many columns as it spans."""

    text: str
    warning: bool = False
    bold: bool = False
    span: int = 1


class FolioGrid(Flowable):  # type: ignore[misc]
    """A whole page: head, rows, foot with the count and the codes, room to sign.

    Free rows stay ruled and empty, or are crossed where the book ends; struck rows have a red line through them."""

    def __init__(
        self,
        width: float,
        height: float,
        *,
        title: str,
        place: str,
        state: str,
        columns: Sequence[GridColumn],
        rows: Sequence[Sequence[GridCell]],
        room: int,
        struck: Collection[int],
        struck_columns: int,
        crossed: bool,
        foot: tuple[str, str],
        code: str,
        signature: str,
    ) -> None:
        super().__init__()
        self._size = (width, height)
        self._texts = (title, place, state)
        self._columns, self._rows, self._room = columns, rows, room
        self._struck, self._struck_columns, self._crossed = struck, struck_columns, crossed
        self._foot, self._code, self._signature = foot, code, signature
        self._row = min(_TALLEST, (height - _HEAD - _TITLES - _FOOT) / max(room, 1))

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self._size

    def draw(self) -> None:
        top = self._size[1] - _HEAD
        self._draw_head()
        first = top - _TITLES
        self._draw_titles(top)
        self._draw_rules(top, first)
        for place, row in enumerate(self._rows):
            self._draw_row(row, first - place * self._row)
        for place in self._struck:
            self._strike(first - (place + 0.5) * self._row)
        bottom = first - self._room * self._row
        if self._crossed and len(self._rows) < self._room:
            self.canv.setStrokeColor(INK)
            self.canv.setLineWidth(0.8)
            self.canv.line(0, first - len(self._rows) * self._row, self._size[0], bottom)
        self._draw_foot(bottom)

    def _draw_head(self) -> None:
        canvas, (width, height) = self.canv, self._size
        title, place, state = self._texts
        canvas.setFillColor(NAVY)
        canvas.setFont(fonts.TEXT_BOLD, 12.5)
        canvas.drawString(0, height - 14, title)
        canvas.drawRightString(width, height - 14, place)
        canvas.setFillColor(WARNING)
        canvas.setFont(fonts.TEXT_BOLD, 9)
        canvas.drawCentredString(width / 2, height - 14, state)

    def _draw_titles(self, top: float) -> None:
        canvas = self.canv
        canvas.setFillColor(TINT)
        canvas.rect(0, top - _TITLES, self._size[0], _TITLES, stroke=0, fill=1)
        x = 0.0
        for column in self._columns:
            self._draw_text(GridCell(column.title, bold=True), x, top, column.width, _TITLES, size=7.2)
            x += column.width

    def _draw_row(self, row: Sequence[GridCell], top: float) -> None:
        x = 0.0
        widths = [column.width for column in self._columns]
        for place, cell in enumerate(row):
            width = sum(widths[place : place + cell.span])
            if cell.span > 1:
                # no rule goes through a text of several columns
                self.canv.setFillColor(white)
                self.canv.rect(x + 1, top - self._row + 0.5, width - 1, self._row - 1, stroke=0, fill=1)
            self._draw_text(cell, x, top, width, self._row)
            x += widths[place]

    def _draw_text(
        self, cell: GridCell, x: float, top: float, width: float, height: float, size: float = _SIZE
    ) -> None:
        if not cell.text:
            return
        face = fonts.TEXT_BOLD if cell.bold or cell.warning else fonts.TEXT
        size, lines = boxed(cell.text, face, size, width - 2 * _PADDING, height - _PADDING)
        canvas = self.canv
        canvas.setFillColor(WARNING if cell.warning else INK)
        canvas.setFont(face, size)
        y = top - (height - len(lines) * size * LEADING) / 2
        for line in lines:
            y -= size * LEADING
            canvas.drawString(x + _PADDING, y + size * (LEADING - 1) + size * 0.12, line)

    def _draw_rules(self, top: float, first: float) -> None:
        canvas, width = self.canv, self._size[0]
        bottom = first - self._room * self._row
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.4)
        for place in range(1, self._room):
            canvas.line(0, first - place * self._row, width, first - place * self._row)
        x = 0.0
        for column in self._columns[:-1]:
            x += column.width
            canvas.line(x, top, x, bottom)
        canvas.setStrokeColor(NAVY)
        canvas.setLineWidth(0.9)
        for y in (top, first, bottom):
            canvas.line(0, y, width, y)

    def _strike(self, y: float) -> None:
        canvas = self.canv
        canvas.setStrokeColor(WARNING)
        canvas.setLineWidth(0.9)
        canvas.line(0, y, sum(column.width for column in self._columns[: self._struck_columns]), y)

    def _draw_foot(self, bottom: float) -> None:
        canvas, width = self.canv, self._size[0]
        canvas.setFillColor(INK)
        canvas.setFont(fonts.TEXT, 8.4)
        canvas.drawString(0, bottom - 15, self._foot[0])
        canvas.drawString(0, bottom - 28, self._foot[1])
        canvas.setFont(fonts.TEXT_BOLD, 12)
        canvas.drawString(0, bottom - 46, self._code)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.6)
        canvas.line(width - 210, bottom - 44, width, bottom - 44)
        canvas.setFillColor(SOFT)
        canvas.setFont(fonts.TEXT, 7.4)
        canvas.drawCentredString(width - 105, bottom - 53, self._signature)
