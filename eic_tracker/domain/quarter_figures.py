"""What the closing of a quarter freezes: the figures of each programme, and what they are broken down into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eic_tracker.domain.codes import Measure, ProgrammeKind
from eic_tracker.domain.counting import count, figure
from eic_tracker.domain.facts import Dimension, Facts, Scope
from eic_tracker.domain.figure_rules import MEASURES_OF
from eic_tracker.domain.periods import Period

BROKEN_DOWN_BY: Mapping[ProgrammeKind, tuple[Dimension, ...]] = {
    ProgrammeKind.COURSES: (
        Dimension.COURSE,
        Dimension.COURSE_TYPE,
        Dimension.INSTITUTION,
        Dimension.SEX,
        Dimension.DEPARTMENT,
        Dimension.COUNTRY,
        Dimension.INSTRUCTOR_FORCE,
    ),
    ProgrammeKind.OUTREACH: (Dimension.GRADE, Dimension.SEX, Dimension.DEPARTMENT),
}
"""The tables of a periodic report, in its order."""


@dataclass(frozen=True, slots=True)
class QuarterCell:
    """One number of a quarter's tables; no code where the rows do not say it."""

    dimension: Dimension
    code: str | None
    measure: Measure
    value: int


def figures_of(facts: Facts, programme: str, kind: ProgrammeKind, quarter: Period) -> dict[Measure, int]:
    """What the facts count of a programme in a quarter, as of its last day."""
    scope = _scope(programme, quarter)
    return {measure: figure(facts, measure, as_of=quarter.last_day, scope=scope) for measure in MEASURES_OF[kind]}


def cells_of(facts: Facts, programme: str, kind: ProgrammeKind, quarter: Period) -> Iterator[QuarterCell]:
    """The numbers of the tables of a programme in a quarter, as of its last day; what is nothing is left out."""
    for dimension in BROKEN_DOWN_BY[kind]:
        table = count(facts, as_of=quarter.last_day, by=(dimension,), scope=_scope(programme, quarter))
        for row in table.rows:
            for measure in MEASURES_OF[kind]:
                value = int(getattr(row.counts, measure.value))
                if value:
                    yield QuarterCell(dimension, row.keys[0], measure, value)


def _scope(programme: str, quarter: Period) -> Scope:
    return Scope(programmes=(programme,), first_day=quarter.first_day, last_day=quarter.last_day)
