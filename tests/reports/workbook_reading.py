"""Reads a workbook back as its readers do: formulas, stored values, defined names, text cells."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula


def written(write: Callable[[BinaryIO], None]) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def formulas_of(content: bytes) -> Workbook:
    """The workbook with its formulas."""
    return openpyxl.load_workbook(io.BytesIO(content))


def values_of(content: bytes) -> Workbook:
    """The workbook with the values that are stored beside the formulas."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def formula_cells(book: Workbook) -> Iterator[Cell]:
    """Every cell that holds a formula."""
    for sheet in book:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.data_type == "f")


def formula_text(cell: Cell) -> str:
    """The formula of a cell, also where it is an array formula."""
    return str(cell.value.text) if isinstance(cell.value, ArrayFormula) else str(cell.value)


def named_value(book: Workbook, name: str) -> object:
    """What stands in the one cell of a defined name."""
    ((sheet, cell),) = book.defined_names[name].destinations
    return book[sheet][cell.replace("$", "")].value


def named_column(book: Workbook, name: str) -> list[object]:
    """What stands in the column of a defined name, top to bottom."""
    ((sheet, cells),) = book.defined_names[name].destinations
    found = book[sheet][cells.replace("$", "")]
    return [row[0].value for row in found] if isinstance(found, tuple) else [found.value]


def rows_of(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    """All rows of a sheet."""
    return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]


def texts_of(book: Workbook) -> str:
    """All texts of the workbook, a line each."""
    return "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )
