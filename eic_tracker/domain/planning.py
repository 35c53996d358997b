"""What was planned for some days: the target of exactly those days, or the targets of the quarters that fill them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from eic_tracker.domain.periods import Period


class PlannedFigure(Protocol):
    """A target as far as planning needs it."""

    @property
    def period(self) -> Period:
        """The period it is for."""
        ...

    @property
    def value(self) -> int:
        """How many are planned."""
        ...


def planned(targets: Iterable[PlannedFigure], first: dt.date, last: dt.date) -> int | None:
    """The planned value of the days from `first` to `last`, of the targets of one figure; None where none fill them.

    A quarter's target is the same in both calendars: FY2019Q1 is 2018Q4."""
    of_days = {(each.period.first_day, each.period.last_day): each.value for each in targets}
    if (first, last) in of_days:
        return of_days[first, last]
    total, day = 0, first
    quarters = {begin: (end, value) for (begin, end), value in of_days.items() if (end - begin).days < _LONGEST_QUARTER}
    while day in quarters:
        end, value = quarters[day]
        total += value
        if end == last:
            return total
        day = end + dt.timedelta(days=1)
    return None


_LONGEST_QUARTER = 92
