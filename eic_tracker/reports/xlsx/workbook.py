"""Workbooks as the papers want them: one look, printable sheets, data that is never taken for a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from eic_tracker.i18n import N_, Language, Translator
from eic_tracker.reports.xlsx.formulas import Formula
from eic_tracker.reports.xlsx.safe_cells import looks_like_formula, safe_text, sheet_name

FONT = {"font_name": "Arial", "font_size": 10}
NAVY, PALE, LINE, GREY, AMBER = "#1F3864", "#DCE4F0", "#B7C1D1", "#595959", "#FFE699"
RIGHT: dict[str, object] = {"align": "right"}
INDENTED: dict[str, object] = {"align": "left", "indent": 1}
"""Text beside numbers: the text keeps the distance, as LibreOffice forgets the indents of numbers after a text."""
LETTER = 1
"""Excel's number of the paper size Carta (Letter)."""


class Look(StrEnum):
    """How a row is set."""

    PLAIN = "plain"
    DETAIL = "detail"
    TOTAL = "total"
    BAND = "band"
    HEAD = "head"
    NOTE = "note"
    TITLE = "title"
    WARNING = "warning"


_LOOKS: dict[Look, dict[str, object]] = {
    Look.PLAIN: {"bottom": 4, "bottom_color": LINE},
    Look.DETAIL: {},
    Look.TOTAL: {"bold": True, "top": 1, "bottom": 1, "top_color": NAVY, "bottom_color": NAVY},
    Look.BAND: {"bold": True, "bg_color": PALE, "font_color": NAVY},
    Look.HEAD: {"bold": True, "bg_color": NAVY, "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"},
    Look.NOTE: {"font_color": GREY, "text_wrap": True},
    Look.TITLE: {"bold": True, "font_size": 14, "font_color": NAVY, "valign": "vcenter"},
    Look.WARNING: {"bold": True, "bg_color": AMBER, "text_wrap": True, "valign": "vcenter"},
}


@dataclass(frozen=True, slots=True)
class Live:
    """A formula stored with the value that the program counted for it."""

    formula: Formula
    value: int | str


@dataclass(frozen=True, slots=True)
class Link:
    """A text that opens a web page or, as `internal:'Sheet'!A1`, a sheet."""

    text: str
    target: str


Cell = str | int | dt.date | Live | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a page: its heading, whether it holds numbers, whether texts longer than `widest` characters go on
    in further lines. All other columns are as wide as what they hold."""

    heading: str
    widest: int = 34
    wrap: bool = False
    number: bool = False


class Book:
    """A workbook that is being written: its formats, its texts and what every sheet carries."""

    def __init__(self, workbook: Workbook, t: Translator, *, title: str, imprint: str, demonstration: bool) -> None:
        self.workbook = workbook
        self.t = t
        self.title = title
        self.imprint = imprint
        self.demonstration = demonstration
        self.date_format = r"dd\/mm\/yyyy" if t.language is Language.ES else "dd mmm yyyy"
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._names: set[str] = set()

    def format(self, look: Look, **properties: object) -> Format:
        """The cell format of a look with some more properties, made once."""
        wanted = {"valign": "top", **FONT, **_LOOKS[look], **properties}
        key = tuple(sorted(wanted.items(), key=lambda item: item[0]))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(wanted)
        return self._formats[key]

    def add_sheet(self, name: str, tab: str = NAVY, kind: type[Worksheet] = Worksheet) -> Worksheet:
        """An empty sheet with the page set-up of a paper: Carta, landscape, as wide as the page."""
        unique = sheet_name(name, self._names)
        self._names.add(unique.casefold())
        sheet = self.workbook.add_worksheet(unique, kind)
        sheet.set_tab_color(tab)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(LETTER)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        pages = self.t("Page {page} of {pages}", page="&P", pages="&N")
        if self.demonstration:
            sheet.set_header("&L&B" + _printed(self.t(DEMONSTRATION_SHORT)) + "&R" + _printed(self.title))
        else:
            sheet.set_header("&R" + _printed(self.title))
        sheet.set_footer("&L&8 " + _printed(self.imprint) + "&R&8 " + pages)
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, cell: Cell, look: Look, **more: object) -> None:
        """Write one cell; text never becomes a formula, dates and numbers get their format. `more`: the format's."""
        if cell is None:
            sheet.write_blank(row, column, None, self.format(look, **more))
        elif isinstance(cell, str):
            self._write_text(sheet, row, column, safe_text(cell), look, more)
        elif isinstance(cell, dt.date):
            shown = self.format(look, **{"align": "left", **more, "num_format": self.date_format})
            sheet.write_datetime(row, column, cell, shown)
        elif isinstance(cell, Live):
            self._write_live(sheet, row, column, cell, look, more)
        elif isinstance(cell, Link):
            linked = self.format(look, **more, font_color="#0563C1", underline=1)
            sheet.write_url(row, column, cell.target, linked, safe_text(cell.text))
        else:
            sheet.write_number(row, column, cell, self.format(look, num_format="#,##0", **RIGHT))

    def _write_text(
        self, sheet: Worksheet, row: int, column: int, text: str, look: Look, more: Mapping[str, object]
    ) -> None:
        if looks_like_formula(text):
            more = {**more, "quote_prefix": True}
        sheet.write_string(row, column, text, self.format(look, **more))

    def _write_live(
        self, sheet: Worksheet, row: int, column: int, cell: Live, look: Look, more: Mapping[str, object]
    ) -> None:
        # with a format of numbers some programs show TRUE as 1
        counted: Mapping[str, object] = RIGHT if isinstance(cell.value, bool) else {"num_format": "#,##0", **RIGHT}
        shown = self.format(look, **(more if isinstance(cell.value, str) else counted))
        if cell.formula.array:
            sheet.write_array_formula(row, column, row, column, cell.formula.text, shown, cell.value)
        else:
            sheet.write_formula(row, column, cell.formula.text, shown, cell.value)


DEMONSTRATION = N_("DEMONSTRATION: invented people and schools; only the published figures and the lists are real.")
DEMONSTRATION_SHORT = N_("DEMONSTRATION, no value")


@contextmanager
def open_book(
    file: BinaryIO,
    t: Translator,
    *,
    title: str,
    subject: str,
    author: str,
    made_at: dt.datetime,
    imprint: str,
    demonstration: bool,
) -> Iterator[Book]:
    """A workbook that is written to `file` when the block ends; without formats of its own nothing is styled."""
    # The writer never meets a disk that fails: it would go on asking for the file when that is closed already.
    held = io.BytesIO()
    workbook = Workbook(held, {"in_memory": True, "default_format_properties": dict(FONT), "default_row_height": 17})
    workbook.set_properties(
        {
            "title": safe_text(title),
            "subject": safe_text(subject),
            "author": safe_text(author),
            "created": made_at.astimezone(dt.UTC).replace(tzinfo=None),
            "comments": t(DEMONSTRATION) if demonstration else "",
        }
    )
    yield Book(workbook, t, title=title, imprint=imprint, demonstration=demonstration)
    workbook.close()
    file.write(held.getbuffer())


def absolute(sheet: Worksheet, row: int, column: int) -> str:
    """The cell for use in formulas of other sheets and in defined names: 'By course'!$C$5."""
    return f"{quote_sheetname(sheet.get_name())}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"


def _printed(text: str) -> str:
    """Text for a printed header or footer: & is written twice, and each of the three parts stays short."""
    return safe_text(text)[:80].replace("&", "&&")
