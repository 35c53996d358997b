"""The workbook that goes to the classroom or an officer: what is filled in is open, all else is locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from eic_tracker.clock import HONDURAS
from eic_tracker.domain.class_cells import FACTS_SHEET, ID_HEADING
from eic_tracker.i18n import Translator
from eic_tracker.reports.xlsx.workbook import Book, Look, open_book

CHOICES_SHEET = "eic-choices"
HEAD = 3
"""The row of the headings, from 0 on."""

_FILLED: dict[str, object] = {"locked": False, "border": 1, "border_color": "#B7C1D1", "bg_color": "#FFFDF2"}
_FREE_ROWS = 10


@dataclass(frozen=True, slots=True)
class BookColumn:
    """A column that is filled in: its key, its heading, what may be chosen in it, how wide it is."""

    key: str
    heading: str
    width: int
    choices: tuple[str, ...] = ()
    number: bool = False


@dataclass(frozen=True, slots=True)
class BookRow:
    """A person, or a lesson of a class: the id that brings the row back, and what is recorded now, by column."""

    id: str
    name: str
    document: str
    cells: Sequence[str | float | None]


@dataclass(frozen=True, slots=True)
class ClassBook:
    """All that the workbook shows and, out of sight, what it needs to come back."""

    title: str
    note: str
    headings: tuple[str, str]
    """of the name and of the identity document"""
    columns: Sequence[BookColumn]
    rows: Sequence[BookRow]
    facts: Sequence[tuple[str, ...]]
    """rows of the hidden sheet"""
    made_by: str
    made_at: dt.datetime
    demonstration: bool
    sheet: str
    """name of the sheet in sight"""
    free_names: tuple[str, ...] = ()
    """what may be chosen as the name in the free rows"""


def class_workbook(book: ClassBook, t: Translator, file: BinaryIO) -> None:
    """Write it. Numbers of documents are text; below the people are free rows for who came without being listed."""
    made = book.made_at.astimezone(HONDURAS)
    taken = t("Taken out by {user} on {moment}", user=book.made_by, moment=f"{t.date(made.date())} {made:%H:%M}")
    with open_book(
        file,
        t,
        title=book.title,
        subject=book.title,
        author=book.made_by,
        made_at=book.made_at,
        imprint=taken,
        demonstration=book.demonstration,
    ) as held:
        sheet = held.add_sheet(book.sheet)
        _write_people(held, sheet, book)
        _offer_choices(held, sheet, book)
        _write_facts(held, book)
        sheet.activate()


def _write_people(held: Book, sheet: Worksheet, book: ClassBook) -> None:
    held.write(sheet, 0, 1, book.title, Look.TITLE)
    last = 2 + len(book.columns)
    sheet.merge_range(1, 1, 1, max(last, 8), "", held.format(Look.NOTE))
    held.write(sheet, 1, 1, book.note, Look.NOTE)
    sheet.set_row_pixels(1, 54)
    for place, heading in enumerate((ID_HEADING, *book.headings, *(each.heading for each in book.columns))):
        held.write(sheet, HEAD, place, heading, Look.HEAD)
    sheet.set_row_pixels(HEAD, 40)
    sheet.set_column(0, 0, 12, None, {"hidden": True})
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 17)
    for place, each in enumerate(book.columns, 3):
        sheet.set_column(place, place, each.width)
    for number, row in enumerate(book.rows, HEAD + 1):
        held.write(sheet, number, 0, row.id, Look.DETAIL)
        held.write(sheet, number, 1, row.name, Look.PLAIN)
        held.write(sheet, number, 2, row.document, Look.PLAIN, num_format="@")
        for place, (value, column) in enumerate(zip(row.cells, book.columns, strict=True), 3):
            _write_open(held, sheet, number, place, value, column)
    first_free = HEAD + 1 + len(book.rows)
    for number in range(first_free, first_free + _FREE_ROWS):
        for place in (1, 2):
            sheet.write_blank(number, place, None, held.format(Look.DETAIL, num_format="@", **_FILLED))
        for place, column in enumerate(book.columns, 3):
            _write_open(held, sheet, number, place, None, column)
    sheet.freeze_panes(HEAD + 1, 3)
    sheet.repeat_rows(HEAD)
    allowed = ("format_columns", "format_rows", "insert_rows", "sort", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))


def _write_open(
    held: Book, sheet: Worksheet, row: int, column: int, value: str | float | None, kind: BookColumn
) -> None:
    look = held.format(Look.DETAIL, num_format="General" if kind.number else "@", **_FILLED)
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)


def _offer_choices(held: Book, sheet: Worksheet, book: ClassBook) -> None:
    """Lists to choose from; a list of its own sheet may be longer than what a cell's rule holds."""
    lists = held.add_sheet(CHOICES_SHEET)
    lists.hide()
    last = HEAD + len(book.rows) + _FREE_ROWS
    known: dict[tuple[str, ...], str] = {}
    offered = [(HEAD + 1, place, column.choices) for place, column in enumerate(book.columns, 3)]
    offered.append((HEAD + 1 + len(book.rows), 1, book.free_names))
    for first, place, choices in offered:
        if not choices:
            continue
        if choices not in known:
            at = len(known)
            for number, choice in enumerate(choices):
                lists.write_string(number, at, choice)
            letters = xl_col_to_name(at)
            known[choices] = f"={quote_sheetname(lists.get_name())}!${letters}$1:${letters}${len(choices)}"
        rule = {"validate": "list", "source": known[choices], "error_type": "warning"}
        sheet.data_validation(first, place, last, place, rule)


def _write_facts(held: Book, book: ClassBook) -> None:
    facts = held.add_sheet(FACTS_SHEET)
    for number, row in enumerate(book.facts):
        for place, text in enumerate(row):
            facts.write_string(number, place, text)
    facts.very_hidden()
