"""Workbooks (.xlsx, .xls, .xlsb, .ods) as sheets of values; formulas by the values that were stored for them."""

from __future__ import annotations

import io

from eic_tracker.errors import FileProblem
from eic_tracker.exchange import limits
from eic_tracker.exchange.cells import Cell, Sheet, trimmed
from eic_tracker.exchange.workbook_parts import OutOfSight
from eic_tracker.i18n import N_

DAMAGED = N_("{file} is damaged or was not copied whole. Open it in Excel and save it again, or ask for another copy.")


def workbook_sheets(content: bytes, parts: OutOfSight, file: str) -> list[Sheet]:
    """The sheets of a workbook in its order; FileProblem where it is damaged, protected or beyond the limits."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        limits.check_sheets(len(workbook.sheet_names), file)
        sheets = []
        for data in workbook.sheets_metadata:
            if data.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba):
                raise with_macros(file)
            if data.typ is not SheetTypeEnum.WorkSheet:
                continue
            source = workbook.get_sheet_by_name(data.name)
            limits.check_extent(source.total_height, source.total_width, data.name, file)
            cells = trimmed([[_plain(cell) for cell in row] for row in source.to_python(skip_empty_area=False)])
            sheets.append(
                Sheet(
                    data.name,
                    cells,
                    tuple(source.merged_cell_ranges or ()),
                    hidden=data.visible is not SheetVisibleEnum.Visible,
                    hidden_rows=parts.hidden_rows.get(data.name, frozenset()),
                    hidden_columns=parts.hidden_columns.get(data.name, frozenset()),
                    uncalculated=parts.uncalculated.get(data.name, frozenset()),
                    from_1904=parts.from_1904,
                )
            )
            limits.check_contents(sheets, file)
    except PasswordError:
        raise protected(file) from None
    except (CalamineError, OSError, ValueError, OverflowError):
        raise damaged(file) from None
    except BaseException as failure:
        # a slip inside calamine ends the process unless it is told as what it is: a file that nobody can read
        if type(failure).__name__ == "PanicException":
            raise damaged(file) from None
        raise
    return sheets


def _plain(cell: Cell) -> Cell:
    """Whole numbers without a point; spreadsheets keep all numbers as fractions."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return cell


def damaged(file: str) -> FileProblem:
    """What is said of a file that cannot be read to its end."""
    return FileProblem(DAMAGED, file=file)


def protected(file: str) -> FileProblem:
    """What is said of a file that wants a password."""
    return FileProblem("{file} is protected with a password. Open it, save it without one, and try again.", file=file)


def with_macros(file: str) -> FileProblem:
    """What is said of a file that brings programs."""
    return FileProblem("{file} holds macros. Nothing of it was run; save it as .xlsx without macros.", file=file)
