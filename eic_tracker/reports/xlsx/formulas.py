"""Live formulas over the detail tables, for Excel 2010 and later, LibreOffice and Google Sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from eic_tracker.reports.xlsx.safe_cells import matching, quoted


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition on a column of a detail table; `find` is how COUNTIFS asks, `test` how an array formula does."""

    column: str
    find: str
    test: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and whether it must be entered as an array formula."""

    text: str
    array: bool = False


def equal_to(column: str, text: str, cell: str | None = None) -> Criterion:
    """The column holds this text; `cell` is where the same text stands on the sheet, to be referred to."""
    reference = cell or quoted(text)
    return Criterion(column, matching((text,), reference), f"={reference}")


def is_one(column: str) -> Criterion:
    """The column holds the mark 1."""
    return Criterion(column, "1", "=1")


def between(column: str, first: str | dt.date | None, last: str | dt.date | None) -> tuple[Criterion, ...]:
    """The column's date lies in the period; each end is a date, a cell with a date, or open."""
    ends = ((">=", first), ("<=", last))
    return tuple(
        Criterion(column, f'"{operator}"&{_day(day)}', operator + _day(day))
        for operator, day in ends
        if day is not None
    )


def rows_where(table: str, criteria: Sequence[Criterion]) -> Formula:
    """How many rows of the table meet all criteria (at least one)."""
    return Formula(f"=COUNTIFS({_pairs(table, criteria)})")


def total_where(table: str, column: str, criteria: Sequence[Criterion]) -> Formula:
    """The sum of a column over the rows that meet all criteria (at least one)."""
    return Formula(f"=SUMIFS({table}_{column},{_pairs(table, criteria)})")


def distinct_where(table: str, column: str, criteria: Sequence[Criterion]) -> Formula:
    """How many different numbers the column has in the rows that meet all criteria.

    FREQUENCY counts a number once however often it stands among the bins, and leaves text out; without any number
    LibreOffice answers with an error, so that case is asked first."""
    tests = "*".join(f"({table}_{criterion.column}{criterion.test})" for criterion in criteria)
    numbers = f"{table}_{column}"
    found = f"COUNTIFS({_pairs(table, criteria)})"
    different = f'SUM(--(FREQUENCY(IF({tests},{numbers},""),{numbers})>0))'
    return Formula(f"=IF({found}=0,0,{different})", array=True)


def joined(formulas: Sequence[Formula]) -> Formula:
    """The sum of several formulas."""
    return Formula("=" + "+".join(formula.text.removeprefix("=") for formula in formulas))


def _pairs(table: str, criteria: Sequence[Criterion]) -> str:
    return ",".join(f"{table}_{criterion.column},{criterion.find}" for criterion in criteria)


def _day(day: str | dt.date) -> str:
    return day if isinstance(day, str) else f"DATE({day.year},{day.month},{day.day})"
