"""A sheet as read, before anybody asks what it means: its cells, and what a spreadsheet keeps out of sight."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

Cell = str | int | float | bool | dt.date | dt.time | dt.timedelta
"""What one cell holds; an empty one holds an empty text, a date with a time is a datetime."""

Area = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell (row, column), counted from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet, table or pasted text from its first row on; rows and columns count from 0."""

    name: str
    cells: list[list[Cell]]
    merged: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    """formulas that were stored without their values"""
    from_1904: bool = False

    def at(self, row: int, column: int) -> Cell:
        """The cell, empty where the row ends before it."""
        cells = self.cells[row]
        return cells[column] if column < len(cells) else ""

    def text(self, row: int, column: int) -> str:
        """The cell as a text without spaces around it."""
        return text_of(self.at(row, column))


def text_of(cell: Cell) -> str:
    """A cell as a person reads it: dates day first, numbers without a needless point."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)


def column_letters(column: int) -> str:
    """How a spreadsheet names a column counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def trimmed(cells: list[list[Cell]]) -> list[list[Cell]]:
    """The rows without empty cells at their ends and without empty rows at the end of all."""
    rows = []
    for row in cells:
        length = len(row)
        while length and row[length - 1] == "":
            length -= 1
        rows.append(row[:length])
    while rows and not rows[-1]:
        rows.pop()
    return rows
