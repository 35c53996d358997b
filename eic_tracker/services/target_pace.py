"""Targets beside what is counted of them, as pages read them: how far each is, the pace that it needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from eic_tracker.domain.facts import Scope
from eic_tracker.domain.pace import Pace, pace
from eic_tracker.queries.targets import Target, read_targets
from eic_tracker.services.figures import Counted, FigureRef, value_of


@dataclass(frozen=True, slots=True)
class TargetNow:
    """A target beside what is counted of it today, and how it stands; `ref` opens the rows."""

    target: Target
    counted: int
    pace: Pace
    ref: FigureRef

    @property
    def approved(self) -> bool:
        """Whether it counts as planned."""
        return self.target.approved_by is not None


def targets_now(counted: Counted, today: dt.date) -> tuple[TargetNow, ...]:
    """The targets beside the counts of an open read; newest year first, a year before its quarters."""
    rows = sorted(read_targets(counted.connection), key=lambda each: -each.period.year)
    return tuple(_now(counted, row, today) for row in rows)


def running_targets(counted: Counted, today: dt.date) -> tuple[TargetNow, ...]:
    """The approved targets of the calendar or fiscal years that hold today."""
    return tuple(
        _now(counted, row, today)
        for row in read_targets(counted.connection)
        if row.approved_by is not None
        and not row.period.is_quarter
        and row.period.first_day <= today <= row.period.last_day
    )


def _now(counted: Counted, row: Target, today: dt.date) -> TargetNow:
    scope = Scope(programmes=(row.programme,), first_day=row.period.first_day, last_day=row.period.last_day)
    ref = FigureRef(row.measure, scope, as_of=today)
    done = value_of(counted, ref)
    return TargetNow(row, done, pace(row.value, row.period, done, today), ref)
