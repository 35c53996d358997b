"""A printable sheet with one frozen heading and, below it, rows in bands; written at once when all rows are known."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_col_to_name

from eic_tracker.reports.xlsx.formulas import Formula
from eic_tracker.reports.xlsx.workbook import (
    DEMONSTRATION,
    INDENTED,
    RIGHT,
    Book,
    Cell,
    Column,
    Link,
    Live,
    Look,
    absolute,
)

NARROWEST, WIDEST, LINE_HEIGHT, CHART_ROWS = 9, 255, 17, 17


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Cell, ...]
    look: Look
    spread: bool = False
    """the first text runs over all columns"""


class Page:
    """One sheet of a paper. Rows and columns are counted from 0, as XlsxWriter does."""

    def __init__(self, book: Book, name: str, columns: Sequence[Column], *, title: str, note: str = "") -> None:
        self.book = book
        self.columns = tuple(columns)
        self.title = title
        self.sheet = book.add_sheet(name)
        self._rows: list[_Row] = []
        self._charts: list[tuple[int, Sequence[Chart]]] = []
        self._filter: tuple[int, int] | None = None
        self._spread(title, Look.TITLE)
        if book.demonstration:
            self._spread(book.t(DEMONSTRATION), Look.WARNING)
        if note:
            self._spread(note, Look.NOTE)
        self._rows.append(_Row(tuple(column.heading for column in self.columns), Look.HEAD))
        self._head = len(self._rows) - 1

    @property
    def next_row(self) -> int:
        """The row that the next `row` call will get."""
        return len(self._rows)

    @property
    def name(self) -> str:
        """The sheet's name as the tab shows it."""
        return str(self.sheet.get_name())

    def row(self, *cells: Cell, look: Look = Look.PLAIN) -> int:
        """Add a row of the table; missing cells at its end are empty. Its number."""
        self._rows.append(_Row(cells + (None,) * (len(self.columns) - len(cells)), look))
        return len(self._rows) - 1

    def band(self, *texts: str) -> None:
        """Start a part of the table with a heading of its own (texts for the first columns)."""
        self._rows.append(_Row(texts + (None,) * (len(self.columns) - len(texts)), Look.BAND))

    def note(self, text: str) -> None:
        """Add a line of explanation over all columns."""
        self._spread(text, Look.NOTE)

    def gap(self) -> None:
        """Leave a row empty."""
        self._rows.append(_Row((), Look.NOTE))

    def filter(self, first: int, last: int) -> None:
        """Offer the automatic filter on the table's rows; only where the sheet is one table without bands."""
        self._filter = (first, last)

    def charts(self, charts: Sequence[Chart]) -> None:
        """Place charts side by side below the rows so far and leave room for them."""
        self._charts.append((self.next_row, charts))
        self._rows.extend(_Row((), Look.NOTE) for _ in range(CHART_ROWS))

    def cell(self, row: int, column: int) -> str:
        """A cell of this sheet for formulas of other sheets."""
        return absolute(self.sheet, row, column)

    def total(self, column: int, first: int, last: int, value: int) -> Live:
        """The live sum of a column's rows on this sheet."""
        letter = column_letter(column)
        return Live(Formula(f"=SUM({letter}{first + 1}:{letter}{last + 1})"), value)

    def finish(self) -> None:
        """Write everything that was added, with widths and heights in which nothing is cut off."""
        widths = [self._width(number) for number in range(len(self.columns))]
        for number, width in enumerate(widths):
            self.sheet.set_column(number, number, width)
        for number, row in enumerate(self._rows):
            self._write(number, row, widths)
        self._place_charts(widths)
        self.sheet.freeze_panes(self._head + 1, 1)
        self.sheet.repeat_rows(self._head)
        if self._filter is not None:
            self.sheet.autofilter(self._head, 0, self._filter[1], len(self.columns) - 1)

    def _spread(self, text: str, look: Look) -> None:
        self._rows.append(_Row((text,), look, spread=True))

    def _width(self, number: int) -> float:
        column = self.columns[number]
        longest: float = max((len(word) for word in column.heading.split()), default=0) * 1.1 + 1
        for row in self._rows:
            overflows = row.look is Look.BAND and number == 0 and not any(row.cells[1:2])
            if number < len(row.cells) and row.look is not Look.HEAD and not row.spread and not overflows:
                longest = max(longest, shown_length(row.cells[number], bold=row.look is not Look.PLAIN))
        if column.wrap and longest > column.widest:
            return column.widest
        return min(max(NARROWEST, longest) * 1.15 + (3 if column.number else 2), WIDEST)

    def _write(self, number: int, row: _Row, widths: Sequence[float]) -> None:
        if row.spread:
            text = str(row.cells[0])
            lines = lines_needed(text, sum(widths), bold=row.look is not Look.NOTE)
            self.sheet.set_row_pixels(number, 28 if row.look is Look.TITLE else LINE_HEIGHT * lines + 3)
            if len(widths) > 1:
                self.sheet.merge_range(number, 0, number, len(widths) - 1, "")
            self.book.write(self.sheet, number, 0, text, row.look)
            return
        lines = 1
        for place, cell in enumerate(row.cells):
            column = self.columns[place]
            wraps = column.wrap or row.look is Look.HEAD
            if wraps and isinstance(cell, str | Link):
                text = cell.text if isinstance(cell, Link) else cell
                lines = max(lines, lines_needed(text, widths[place], bold=row.look is not Look.PLAIN))
            after_number = place > 0 and self.columns[place - 1].number
            aligned = RIGHT if column.number else INDENTED if after_number else {}
            more = {**({"text_wrap": True} if wraps else {}), **aligned}
            self.book.write(self.sheet, number, place, cell, row.look, **more)
        self.sheet.set_row_pixels(number, LINE_HEIGHT * lines + 3)

    def _place_charts(self, widths: Sequence[float]) -> None:
        whole = sum(int(width * 7 + 5) for width in widths)
        # a chart never runs over the end of a printed page
        self.sheet.set_h_pagebreaks([row for row, _ in self._charts])
        for row, charts in self._charts:
            each = whole // len(charts)
            for number, chart in enumerate(charts):
                chart.set_size({"width": each - 8, "height": CHART_ROWS * (LINE_HEIGHT + 3) - 10})
                self.sheet.insert_chart(row, 0, chart, {"x_offset": number * each + 2, "y_offset": 4})


def shown_length(cell: Cell, *, bold: bool = False) -> float:
    """How many characters wide a cell's content is shown."""
    if isinstance(cell, Live):
        cell = cell.value
    if isinstance(cell, Link):
        cell = cell.text
    if isinstance(cell, str):
        length = max((len(line) for line in cell.splitlines()), default=0)
    elif isinstance(cell, dt.date):
        length = 11
    else:
        length = 0 if cell is None else len(f"{cell:,}")
    return length * 1.1 if bold else length


def lines_needed(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column of this width, with a reserve for wider substitute fonts."""
    letters = max(int(width * (0.95 if bold else 1.08)) - 1, 4)
    return sum(max(len(textwrap.wrap(line, letters)), 1) for line in text.splitlines() or [""])


def column_letter(column: int) -> str:
    """A, B, …, AA."""
    return str(xl_col_to_name(column))
