"""How much a list may hold, checked before and while it is read: a list of people is never larger."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

from eic_tracker.errors import FileProblem
from eic_tracker.exchange.cells import Sheet

FILE_BYTES = 20_000_000
UNZIPPED_BYTES = 200_000_000
RATIO = 100
RATIO_GRACE = 100_000
"""Parts smaller than this may be packed as tightly as they like."""
ENTRIES = 1_000
SHEETS = 400
ROWS = 50_000
COLUMNS = 200
HEADERS = 2_000
"""In one sheet: a header on each page of the longest list."""
CHARACTERS = 30_000_000
"""In all cells of a file together."""
CELLS = 1_000_000
"""That hold something, in all sheets of a file together."""
MEMORY_BYTES = 512_000_000
SECONDS = 10.0


def check_size(size: int, file: str) -> None:
    """FileProblem where a file is larger than lists are, or empty."""
    if size > FILE_BYTES:
        raise FileProblem(
            "{file} has {size} MB; a list may have {limit} MB at most. Save only the sheet with the people.",
            file=file,
            size=size // 1_000_000,
            limit=FILE_BYTES // 1_000_000,
        )
    if size == 0:
        raise FileProblem("{file} is empty. Ask the sender for it again.", file=file)


def check_zip(entries: Sequence[zipfile.ZipInfo], file: str) -> None:
    """FileProblem where the parts of a packed file would unpack to more than a list ever does."""
    if len(entries) > ENTRIES:
        raise FileProblem(
            "{file} has {count} parts; a list has {limit} at most. Save only the sheet with the people.",
            file=file,
            count=len(entries),
            limit=ENTRIES,
        )
    tight = any(part.file_size > RATIO_GRACE and part.file_size > RATIO * part.compress_size for part in entries)
    if tight or sum(part.file_size for part in entries) > UNZIPPED_BYTES:
        raise FileProblem(
            "{file} is small but unpacks to far more than a list holds. It was not opened; ask the sender for "
            "another copy.",
            file=file,
        )


def check_extent(rows: int, columns: int, sheet: str, file: str) -> None:
    """FileProblem where a sheet reaches further than lists do, as stray values far away make it."""
    if rows > ROWS or columns > COLUMNS:
        raise FileProblem(
            "Sheet {sheet} of {file} reaches to row {rows} and column {columns}; a list has {most_rows} rows and "
            "{most_columns} columns at most. Delete what stands beyond the list, or split it.",
            sheet=sheet,
            file=file,
            rows=rows,
            columns=columns,
            most_rows=ROWS,
            most_columns=COLUMNS,
        )


def check_headers(count: int, sheet: str) -> None:
    """FileProblem where every second row is a header."""
    if count > HEADERS:
        raise FileProblem(
            "Sheet {sheet} has more than {limit} headers; it is no list. Save only the rows with the people.",
            sheet=sheet,
            limit=HEADERS,
        )


def check_sheets(count: int, file: str) -> None:
    """FileProblem where a workbook has more sheets than anybody looks through."""
    if count > SHEETS:
        raise FileProblem(
            "{file} has {count} sheets; {limit} are read at most. Split it.", file=file, count=count, limit=SHEETS
        )


def check_people(count: int, file: str) -> None:
    """FileProblem where more people stand in a file than in any list, as when many lists stand side by side."""
    if count > ROWS:
        raise FileProblem(
            "{file} lists {count} people; {limit} are read at most. Split it.", file=file, count=count, limit=ROWS
        )


def check_contents(sheets: Sequence[Sheet], file: str) -> None:
    """FileProblem where the sheets hold more cells or longer texts than lists do."""
    filled = characters = 0
    for sheet in sheets:
        for row in sheet.cells:
            filled += len(row) - row.count("")
            characters += sum(len(cell) for cell in row if isinstance(cell, str))
    if filled > CELLS or characters > CHARACTERS:
        raise FileProblem(
            "{file} holds more text than a list ever does. Save only the sheet with the people.", file=file
        )
