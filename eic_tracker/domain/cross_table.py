"""A table of one's own: a measure by what one chooses, of a period, and only some of its cells."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import TOGETHER, Counts, CountTable
from eic_tracker.domain.facts import EVERYTHING, Dimension, Scope
from eic_tracker.domain.periods import parse_period
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_

Key = str | None

_TIMES = (Dimension.YEAR, Dimension.QUARTER, Dimension.MONTH, Dimension.FY, Dimension.FY_QUARTER)
_PLACES = (Dimension.DEPARTMENT, Dimension.MUNICIPALITY)
_OF_COURSES = (
    *_TIMES,
    Dimension.COURSE,
    Dimension.COURSE_TYPE,
    Dimension.SEX,
    Dimension.INSTITUTION,
    Dimension.UNIT,
    Dimension.RANK,
    Dimension.COUNTRY,
    *_PLACES,
    Dimension.INSTRUCTOR_FORCE,
    Dimension.INSTRUCTOR,
)
_OF_YOUTH = (
    *_TIMES,
    *_PLACES,
    Dimension.SCHOOL,
    Dimension.SCHOOL_TYPE,
    Dimension.GRADE,
    Dimension.SEX,
    Dimension.CURRICULUM,
    Dimension.INSTRUCTOR,
)
_YOUTH = (Measure.REACHED, Measure.GRADUATED)
_IN_ORDER = frozenset({*_TIMES, *_PLACES, Dimension.GRADE, Dimension.SEX})
"""Their keys have an order of their own; all others stand with the largest first."""
MOST_COLUMNS = 60


def dimensions_of(measure: Measure) -> tuple[Dimension, ...]:
    """What a measure can be broken down by with sense, times first."""
    return _OF_YOUTH if measure in _YOUTH else _OF_COURSES


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What one chooses; without `columns` the measures that are told together stand beside each other.

    `only` names cells of further dimensions: one key each, None for what is not recorded."""

    measure: Measure
    rows: Dimension
    columns: Dimension | None = None
    scope: Scope = EVERYTHING
    only: tuple[tuple[Dimension, Key], ...] = ()

    @property
    def cells(self) -> tuple[Dimension, ...]:
        """The dimensions of rows and columns."""
        return (self.rows,) if self.columns is None else (self.rows, self.columns)

    @property
    def kept(self) -> tuple[Dimension, ...]:
        """The dimensions of which one key is kept."""
        return tuple(dimension for dimension, _ in self.only)

    @property
    def kept_keys(self) -> tuple[Key, ...]:
        """Those keys."""
        return tuple(key for _, key in self.only)


@dataclass(frozen=True, slots=True)
class CrossTable:
    """The counted table: each number by its row and column, the totals counted by themselves, never added up.

    A column is a key, or a measure where several stand together."""

    spec: TableSpec
    as_of: dt.date
    rows: tuple[Key, ...]
    columns: tuple[Key | Measure, ...]
    numbers: Mapping[tuple[Key, Key | Measure], int]
    row_totals: Mapping[Key, int]
    """of the chosen measure"""
    column_totals: Mapping[Key | Measure, int]
    whole: Counts

    def number(self, row: Key, column: Key | Measure) -> int:
        """The number of a cell, 0 where nothing falls there."""
        return self.numbers.get((row, column), 0)

    @property
    def total(self) -> int:
        """The chosen measure of all that is asked."""
        return _of(self.whole, self.spec.measure)

    @property
    def adds_up(self) -> bool:
        """Whether rows and columns make their totals; distinct persons and courses with several instructors do not."""
        return _adds_up(self)


def scope_of(period: str, programme: str) -> Scope:
    """A period by its code and a programme; empty texts restrict nothing."""
    asked = parse_period(period) if period else None
    return Scope(
        programmes=(programme,) if programme else (),
        first_day=asked.first_day if asked else None,
        last_day=asked.last_day if asked else None,
    )


def check_table(spec: TableSpec) -> None:
    """UserError where the measure cannot be told by what is asked, or one dimension is asked twice."""
    known = dimensions_of(spec.measure)
    asked = (*spec.cells, *spec.kept)
    for place, dimension in enumerate(asked):
        if dimension not in known:
            raise UserError(
                N_("“{dimension}” does not go with “{measure}”. Choose among: {known}."),
                dimension=dimension.value,
                measure=spec.measure.value,
                known=", ".join(known),
            )
        if dimension in asked[:place]:
            raise UserError(
                N_("“{dimension}” stands twice in the table. Choose it for rows, columns or a filter."),
                dimension=dimension.value,
            )


def cross_table(spec: TableSpec, as_of: dt.date, counted: Callable[[tuple[Dimension, ...]], CountTable]) -> CrossTable:
    """The table; `counted` counts by some dimensions inside the scope. UserError as of `check_table`.

    UserError too where it would have more than `MOST_COLUMNS` columns."""
    check_table(spec)
    measures = TOGETHER[spec.measure] if spec.columns is None else (spec.measure,)
    numbers: dict[tuple[Key, Key | Measure], int] = {}
    for keys, counts in _inside(spec, spec.cells, counted).items():
        for measure in measures:
            number = _of(counts, measure)
            if number:
                numbers[keys[0], measure if spec.columns is None else keys[1]] = number
    whole = _inside(spec, (), counted).get((), Counts())
    by_row = _totals(spec, spec.rows, counted)
    column_totals: dict[Key | Measure, int]
    if spec.columns is None:
        columns: tuple[Key | Measure, ...] = measures
        column_totals = {measure: _of(whole, measure) for measure in measures}
    else:
        by_column = _totals(spec, spec.columns, counted)
        columns = _ordered(spec.columns, by_column, {column for _, column in numbers})
        column_totals = dict(by_column)
    if len(columns) > MOST_COLUMNS:
        raise UserError(
            N_(
                "The table would have {count} columns; {most} are shown at most. Change rows and columns over, choose "
                "a shorter period, or filter."
            ),
            count=len(columns),
            most=MOST_COLUMNS,
        )
    rows = _ordered(spec.rows, by_row, {row for row, _ in numbers})
    return CrossTable(spec, as_of, rows, columns, numbers, by_row, column_totals, whole)


def _inside(
    spec: TableSpec, dimensions: tuple[Dimension, ...], counted: Callable[[tuple[Dimension, ...]], CountTable]
) -> dict[tuple[Key, ...], Counts]:
    """The counts of the cells of some dimensions, of the kept keys alone."""
    table = counted((*dimensions, *spec.kept))
    if not table.dimensions:
        return {(): table.total}
    length = len(dimensions)
    return {row.keys[:length]: row.counts for row in table.rows if row.keys[length:] == spec.kept_keys}


def _totals(
    spec: TableSpec, dimension: Dimension, counted: Callable[[tuple[Dimension, ...]], CountTable]
) -> dict[Key, int]:
    found = _inside(spec, (dimension,), counted)
    return {keys[0]: _of(counts, spec.measure) for keys, counts in found.items()}


def _of(counts: Counts, measure: Measure) -> int:
    return int(getattr(counts, measure))


def _ordered(dimension: Dimension, totals: Mapping[Key, int], shown: set[Key]) -> tuple[Key, ...]:
    """The keys with any number: in their own order, else the largest first; what is not recorded comes last."""
    sizes: Mapping[Key, int] = {} if dimension in _IN_ORDER else totals
    return tuple(sorted(shown, key=lambda key: (key is None, -sizes.get(key, 0), key or "")))


def _adds_up(table: CrossTable) -> bool:
    """Whether the numbers of each row and of each column make the total beside and below them."""
    by_column: defaultdict[Key | Measure, int] = defaultdict(int)
    by_row: defaultdict[Key, int] = defaultdict(int)
    for (row, column), number in table.numbers.items():
        by_column[column] += number
        by_row[row] += number
    columns = all(by_column[column] == total for column, total in table.column_totals.items())
    if table.spec.columns is None:
        return columns
    return columns and all(by_row[row] == total for row, total in table.row_totals.items())
