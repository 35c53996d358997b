"""Long tables of a workbook: written row by row, each column a named range for the formulas of other sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from xml.sax.saxutils import escape

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from eic_tracker.reports.xlsx.page import lines_needed
from eic_tracker.reports.xlsx.safe_cells import looks_like_formula, safe_text
from eic_tracker.reports.xlsx.workbook import DEMONSTRATION, GREY, INDENTED, RIGHT, Book, Look

Value = str | int | Decimal | dt.date | None
WIDEST = 200
"""Characters; Excel takes no column beyond 255 digits."""
EPOCH = dt.date(1899, 12, 30).toordinal()
"""Day 0 of Excel's calendar, for days after February 1900."""


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    COUNT = "count"
    DECIMAL = "decimal"
    DATE = "date"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: the end of its range's name, its heading, and for live ones the formula with {row} in it."""

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    formula: str = ""


class StreamedSheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes the rows of a long table as ready XML.

    A cell of the library's own costs some 10 microseconds, and a roll-up has half a million of them. Only the rows
    are our own; heading, widths, print set-up, filter and names are the library's."""

    def __init__(self) -> None:
        super().__init__()
        self._ready: list[str] = []
        self._last_ready = 0

    def add_ready_rows(self, rows: list[str], last_row: int) -> None:
        """Put rows below those that were written cell by cell."""
        self._ready, self._last_ready = rows, last_row

    def text_number(self, text: str) -> int:
        """The number of a text in the workbook's list of shared texts."""
        return int(self.str_table._get_shared_string_index(text))

    def _write_rows(self) -> None:
        super()._write_rows()
        self.fh.write("".join(self._ready))

    def _write_dimension(self) -> None:
        written: int = self.dim_rowmax  # type: ignore[has-type]
        self.dim_rowmax = max(written, self._last_ready)
        super()._write_dimension()
        self.dim_rowmax = written


class DetailTable:
    """A sheet with one table whose columns are ranges named `<table>_<field>`."""

    def __init__(self, book: Book, table: str, name: str, fields: Sequence[Field], *, note: str) -> None:
        self.book = book
        self.table = table
        self.fields = tuple(fields)
        self.note = note
        self.sheet = book.add_sheet(name, GREY, StreamedSheet)
        self.first_row = 4 if book.demonstration else 3

    @property
    def name(self) -> str:
        """The sheet's name as the tab shows it."""
        return str(self.sheet.get_name())

    def column(self, name: str) -> str:
        """The letter of a field's column, for formulas of the same row."""
        return str(xl_col_to_name([field.name for field in self.fields].index(name)))

    def write(self, rows: Sequence[Sequence[Value]]) -> None:
        """Write all rows, the heading above them and the names of the columns' ranges."""
        last = self.first_row + max(len(rows), 1)
        columns: list[list[str]] = []
        widths: list[int] = []
        for number, field in enumerate(self.fields):
            cells, longest = self._cells(number, field, [row[number] for row in rows])
            columns.append(cells)
            widths.append(max(longest, *(len(word) + 3 for word in field.heading.split())))
            letter = xl_col_to_name(number)
            cell_range = f"{quote_sheetname(self.name)}!${letter}${self.first_row + 1}:${letter}${last}"
            self.book.workbook.define_name(f"{self.table}_{field.name}", f"={cell_range}")
            self.sheet.set_column(number, number, min(widths[number], WIDEST) * 1.15 + 2)
        self._write_heading(widths)
        lines = enumerate(zip(*columns, strict=True), self.first_row + 1)
        self.sheet.add_ready_rows([f'<row r="{row}">{"".join(cells)}</row>' for row, cells in lines], last - 1)
        self.sheet.freeze_panes(self.first_row, 1)
        self.sheet.repeat_rows(self.first_row - 1)
        self.sheet.autofilter(self.first_row - 1, 0, last - 1, len(self.fields) - 1)

    def _cells(self, number: int, field: Field, values: Sequence[Value]) -> tuple[list[str], int]:
        """The XML of a column's cells and the number of characters of the longest."""
        if field.kind is Kind.TEXT:
            return self._text_cells(number, values)
        style = style_number(self._column_format(number))
        start, rows = f'<c r="{xl_col_to_name(number)}', range(self.first_row + 1, self.first_row + 1 + len(values))
        if field.kind is Kind.DATE:
            days = [value.toordinal() - EPOCH if isinstance(value, dt.date) else None for value in values]
            return [_number(start, row, style, day) for row, day in zip(rows, days, strict=True)], 12
        longest = max((len(f"{value:,}") for value in values if isinstance(value, int | Decimal)), default=0)
        if field.kind is Kind.LIVE:
            formula = escape(field.formula.removeprefix("="))
            return [
                f'{start}{row}" s="{style}"><f>{formula.format(row=row)}</f><v>{value}</v></c>'
                for row, value in zip(rows, values, strict=True)
            ], longest
        return [_number(start, row, style, value) for row, value in zip(rows, values, strict=True)], longest

    def _text_cells(self, number: int, values: Sequence[Value]) -> tuple[list[str], int]:
        """Each different text is made safe once; the few that look like formulas get the text prefix."""
        plain = style_number(self._column_format(number))
        prefixed = style_number(self._column_format(number, quote_prefix=True))
        start, longest = f'<c r="{xl_col_to_name(number)}', 0
        endings: dict[Value, str] = dict.fromkeys(values, "")
        for value in [value for value in endings if value not in (None, "")]:
            text = safe_text(value)
            longest = max(longest, len(text))
            style = prefixed if looks_like_formula(text) else plain
            endings[value] = f'" s="{style}" t="s"><v>{self.sheet.text_number(text)}</v></c>'
        found = [endings[value] for value in values]
        return [
            f"{start}{row}{ending}" if ending else "" for row, ending in enumerate(found, self.first_row + 1)
        ], longest

    def _write_heading(self, widths: Sequence[int]) -> None:
        last = len(self.fields) - 1
        # a long line is broken at the width of a page that can still be read, not at that of the whole table
        whole = min(sum(min(width, WIDEST) * 1.15 + 2 for width in widths), 150)
        texts = [(self.name, Look.TITLE)]
        if self.book.demonstration:
            texts.append((self.book.t(DEMONSTRATION), Look.WARNING))
        texts.append((self.note, Look.NOTE))
        for row, (text, look) in enumerate(texts):
            if last:
                self.sheet.merge_range(row, 0, row, last, "")
            self.book.write(self.sheet, row, 0, text, look)
            self.sheet.set_row_pixels(row, 28 if look is Look.TITLE else 17 * lines_needed(text, whole) + 3)
        lines = 1
        for number, field in enumerate(self.fields):
            self.book.write(self.sheet, self.first_row - 1, number, field.heading, Look.HEAD, **self._aligned(number))
            lines = max(lines, lines_needed(field.heading, min(widths[number], WIDEST) * 1.15 + 2, bold=True))
        self.sheet.set_row_pixels(self.first_row - 1, 17 * lines + 3)

    def _column_format(self, number: int, **more: object) -> Format:
        shapes = {Kind.TEXT: {}, Kind.DATE: {"num_format": self.book.date_format}, Kind.DECIMAL: {"num_format": "0.00"}}
        shape = shapes.get(self.fields[number].kind, {"num_format": "#,##0"})
        return self.book.format(Look.DETAIL, **shape, **self._aligned(number), **more)

    def _aligned(self, number: int) -> dict[str, object]:
        left = (Kind.TEXT, Kind.DATE)
        if self.fields[number].kind not in left:
            return RIGHT
        return INDENTED if number > 0 and self.fields[number - 1].kind not in left else {"align": "left"}


def style_number(shown: Format) -> int:
    """The number by which a cell names its format in the file."""
    return int(shown._get_xf_index())


def _number(start: str, row: int, style: int, value: Value) -> str:
    return "" if value is None else f'{start}{row}" s="{style}"><v>{value}</v></c>'
