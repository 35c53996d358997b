"""Where the lists of people stand in a sheet: below each other, side by side, with a header or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from eic_tracker.domain.names import fold
from eic_tracker.exchange.aligned_text import around_documents
from eic_tracker.exchange.cells import Cell, Sheet, column_letters, text_of
from eic_tracker.exchange.contents import (
    columns_by_content,
    has_document_among_words,
    is_running_number,
    kind_of_column,
    kind_of_document_column,
)
from eic_tracker.exchange.header_rows import Header, find_headers
from eic_tracker.exchange.headers import DOCUMENTS, NAMES, Field
from eic_tracker.exchange.limits import check_headers
from eic_tracker.exchange.rows import FoundColumn, KnownTexts, LeftOut
from eic_tracker.i18n import N_

_SAMPLE = 100
_HEADING = 30
"""Lines above a list that may belong to its letterhead."""
REPEATED = N_("the header, once more")


@dataclass(slots=True)
class Table:
    """One list of people in a sheet; rows and columns count from 0, `header` is None where there is none."""

    sheet: Sheet
    header: int | None
    first: int
    """row in which people may begin"""
    columns: dict[Field, int]
    headers: dict[Field, str]
    span: tuple[int, int]
    rows: list[int] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    may_go_on: set[int] = field(default_factory=set)
    """rows that may hold the rest of the name above"""
    sections: dict[int, str] = field(default_factory=dict)
    """for a row of people the title of the section that it stands in"""
    heading: tuple[str, ...] = ()
    """what stands above the list"""
    unread: tuple[tuple[int, str], ...] = ()
    """columns that are not read, each with its header"""

    @property
    def place(self) -> str:
        """The sheet; with its first column where it stands beside another list, whose rows have the same numbers."""
        first = self.span[0]
        return f"{self.sheet.name}!{column_letters(first)}" if first else self.sheet.name

    def goes_on_in(self, other: Table) -> bool:
        """Whether another table is this one with its header repeated."""
        return self.columns == other.columns and self.headers == other.headers and self.header != other.header

    def go_on(self, other: Table) -> None:
        """Take in the rows that stand below the repeated header."""
        row = other.header or 0
        text = " | ".join(other.headers[found] for found in sorted(other.columns, key=other.columns.__getitem__))
        self.left_out += [LeftOut(other.sheet.name, row + 1, text, REPEATED), *other.left_out]
        self.rows += other.rows
        self.may_go_on |= other.may_go_on
        self.sections |= other.sections


def find_tables(sheet: Sheet, mapped: Mapping[str, Field], known: KnownTexts) -> list[Table]:
    """The lists of a sheet from top to bottom and left to right, their rows still to be sorted.

    `mapped`: fields of folded headers that were answered or remembered."""
    headers: list[Header] = []
    for header in find_headers(sheet, mapped):
        headers.append(header)
        check_headers(len(headers), sheet.name)
    tables = [table for header in headers for table in _side_by_side(sheet, header, mapped)]
    return tables or _without_header(sheet, known, mapped)


def _side_by_side(sheet: Sheet, header: Header, mapped: Mapping[str, Field]) -> Iterator[Table]:
    """The tables of one header: a name, document or number with the same words begins the next one."""
    groups: list[list[int]] = [[]]
    for column in sorted(header.fields):
        found = header.fields[column]
        again = found in NAMES | DOCUMENTS | {Field.NUMBER} and any(
            header.fields[other] is found and header.texts[other] == header.texts[column] for other in groups[-1]
        )
        if again:
            groups.append([])
        groups[-1].append(column)
    for number, group in enumerate(groups):
        columns = _one_for_each(sheet, header, group, mapped)
        last = groups[number + 1][0] - 1 if number + 1 < len(groups) else max(header.texts)
        span = (group[0] if number else 0, max(last, group[-1]))
        _add_by_content(sheet, header, columns, span)
        if set(columns) & (NAMES | DOCUMENTS):
            headers = {found: header.texts.get(column, "") for found, column in columns.items()}
            read = set(columns.values())
            unread = tuple(
                (column, text)
                for column, text in header.texts.items()
                if span[0] <= column <= span[1] and column not in read
            )
            above = _above(sheet, header.first)
            yield Table(sheet, header.first, header.below, columns, headers, span, heading=above, unread=unread)


def _one_for_each(sheet: Sheet, header: Header, group: list[int], mapped: Mapping[str, Field]) -> dict[Field, int]:
    """One column for each field: the one that a person named, else the one in sight; a type is no document."""
    columns: dict[Field, int] = {}
    told = {column for column in group if fold(header.texts[column]) in mapped}
    for column in sorted(group, key=lambda column: (column not in told, column in sheet.hidden_columns)):
        found = header.fields[column]
        if found is Field.DOCUMENT and column not in told:
            found = kind_of_document_column(_values(sheet, header, column))
        columns.setdefault(found, column)
    if Field.FAMILY in columns and Field.NAME in columns and Field.GIVEN not in columns:
        # beside a column of family names "Nombre" is the given one
        columns[Field.GIVEN] = columns.pop(Field.NAME)
    return columns


def _add_by_content(sheet: Sheet, header: Header, columns: dict[Field, int], span: tuple[int, int]) -> None:
    """Names and documents whose header says nothing are found by what stands below it, where that is plain."""
    taken = set(header.fields)
    for wanted in (Field.NAME, Field.DOCUMENT):
        if set(columns) & (NAMES if wanted is Field.NAME else DOCUMENTS):
            continue
        alike = [
            column
            for column in range(span[0], span[1] + 1)
            if column not in taken and kind_of_column(_values(sheet, header, column)) is wanted
        ]
        if len(alike) == 1:
            columns[wanted] = alike[0]
    number = columns.get(Field.NUMBER)
    if number is not None and not set(columns) & DOCUMENTS:
        # "Número" beside the kind of document, or above what can be nothing else
        values = _values(sheet, header, number)
        told = Field.DOCUMENT_TYPE in columns and not all(map(is_running_number, values))
        if values and (told or kind_of_column(values) is Field.DOCUMENT):
            columns[Field.DOCUMENT] = columns.pop(Field.NUMBER)


def _values(sheet: Sheet, header: Header, column: int) -> list[Cell]:
    rows = range(header.below, min(len(sheet.cells), header.below + _SAMPLE))
    return [cell for row in rows if (cell := sheet.at(row, column)) != ""]


def _without_header(sheet: Sheet, known: KnownTexts, mapped: Mapping[str, Field]) -> list[Table]:
    columns = _as_told(columns_by_content(sheet, known), mapped)
    if not set(columns) & DOCUMENTS and not any(map(LETTERS.fullmatch, mapped)):
        together = _in_one_column(sheet, known)
        if together:
            return together
    if not set(columns) & NAMES:
        return []
    width = max((len(row) for row in sheet.cells), default=1)
    unread = tuple((column, "") for column in range(width) if column not in columns.values())
    return [Table(sheet, None, 0, columns, {}, (0, width - 1), unread=unread)]


LETTERS = re.compile(r"\[[A-Z]{1,3}\]")
"""How a column without a header is named: as a spreadsheet does, in brackets."""


def _as_told(columns: dict[Field, int], mapped: Mapping[str, Field]) -> dict[Field, int]:
    """The columns, where a person said by their letters what some of them are."""
    told = {number: found for number in range(_LETTERED) if (found := mapped.get(f"[{column_letters(number)}]"))}
    kept = {found: column for found, column in columns.items() if column not in told and found not in told.values()}
    return kept | {found: column for column, found in told.items()}


def found_columns(table: Table) -> tuple[FoundColumn, ...]:
    """All columns of a table from left to right: as what each is read, and its first value."""
    read: dict[int, Field | None] = {column: found for found, column in table.columns.items()}
    texts = {column: table.headers.get(found, "") for found, column in table.columns.items()} | dict(table.unread)
    found = []
    for column in sorted(texts):
        sample = next((text for row in table.rows if (text := table.sheet.text(row, column))), "")
        field_name = read.get(column)
        if sample or texts[column]:
            header = texts[column] or f"[{column_letters(column)}]"
            found.append(FoundColumn(header, field_name.value if field_name else None, sample))
    return tuple(found)


_LETTERED = 100
"""Columns that may be named by their letters."""


def _in_one_column(sheet: Sheet, known: KnownTexts) -> list[Table]:
    """Names and documents together in one line for each person, as in a message: divided by the documents.

    The commas of a message look like columns, but its documents stand among words."""
    in_columns = any(len(row) - row.count("") > 1 for row in sheet.cells)
    if in_columns and not any(has_document_among_words(cell) for row in sheet.cells for cell in row):
        return []
    lines = [", ".join(text_of(cell) for cell in row if cell != "").replace("\n", " ") for row in sheet.cells]
    divided = replace(around_documents(lines, sheet.name), hidden_rows=sheet.hidden_rows)
    columns = columns_by_content(divided, known)
    width = max((len(row) for row in divided.cells), default=1)
    return (
        [Table(divided, None, 0, columns, {}, (0, width - 1))] if {Field.NAME, Field.DOCUMENT} <= set(columns) else []
    )


def _above(sheet: Sheet, row: int) -> tuple[str, ...]:
    """The lines of the letterhead that stand above a row."""
    lines = (
        " ".join(text for column in range(len(sheet.cells[number])) if (text := sheet.text(number, column)))
        for number in range(max(0, row - _HEADING), row)
    )
    return tuple(line for line in lines if line)
