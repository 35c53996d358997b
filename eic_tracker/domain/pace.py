"""The pace of a target: what a straight line over its days plans by now, what is needed each week and month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from eic_tracker.domain.codes import Measure, ProgrammeKind
from eic_tracker.domain.periods import Period

MEASURES_OF = {
    ProgrammeKind.COURSES: (Measure.COMPLETIONS, Measure.PERSONS, Measure.ENROLMENTS, Measure.OFFERINGS),
    ProgrammeKind.OUTREACH: (Measure.REACHED, Measure.GRADUATED),
}
"""What a programme of a kind counts, and can therefore plan."""


class PaceState(StrEnum):
    """How a target stands on a day."""

    NOT_BEGUN = "not_begun"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    REACHED = "reached"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Pace:
    """How a target stands; whole numbers, in what the target counts. Today is among the days gone and left."""

    value: int
    counted: int
    planned: int
    """what the straight line plans by the end of today, rounded down"""
    percent: int
    """counted of the value, rounded down; above 100 where more was done"""
    needed: int
    days_left: int
    per_week: int
    per_month: int
    """needed in each week or month left, rounded up; never more than is needed in all"""
    state: PaceState


def pace(value: int, period: Period, counted: int, today: dt.date) -> Pace:
    """The pace of a target of `value` (at least 1) in a period, `counted` so far; ValueError for another value."""
    if value < 1 or counted < 0:
        raise ValueError(f"no target of {value} with {counted} counted")
    days = (period.last_day - period.first_day).days + 1
    gone = min(max((today - period.first_day).days + 1, 0), days)
    left = min(max((period.last_day - today).days + 1, 0), days)
    needed = max(value - counted, 0)
    return Pace(
        value=value,
        counted=counted,
        planned=value * gone // days,
        percent=100 * counted // value,
        needed=needed,
        days_left=left,
        per_week=_each(needed, left, 7, 1),
        per_month=_each(needed, left, 365, 12),
        state=_state(value * gone, counted * days, needed, gone, left),
    )


def _each(needed: int, left: int, days: int, times: int) -> int:
    """Needed in a span of days/times days, where `left` days are left."""
    return 0 if left == 0 else min(-(-needed * days // (left * times)), needed)


def _state(planned: int, done: int, needed: int, gone: int, left: int) -> PaceState:
    """`planned` and `done` are both times the days of the period, so that nothing is rounded."""
    if not needed:
        return PaceState.REACHED
    if not left:
        return PaceState.MISSED
    if not gone:
        return PaceState.NOT_BEGUN
    return PaceState.ON_PACE if done >= planned else PaceState.BEHIND
