"""The clock of a file that was never lived: working days, and the moments at which things were recorded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from eic_tracker.clock import HONDURAS

ONE_DAY = dt.timedelta(days=1)
FRIDAY = 4
_SATURDAY = 5


@dataclass(slots=True)
class SimulatedClock:
    """A clock that is set by hand; the store asks it for the time of every write."""

    now: dt.datetime

    def __call__(self) -> dt.datetime:
        """The moment it was set to, in UTC."""
        return self.now


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of Honduran time, in UTC."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=HONDURAS).astimezone(dt.UTC)


def workday(day: dt.date) -> dt.date:
    """The day itself or, at the weekend, the next Monday."""
    while day.weekday() >= _SATURDAY:
        day += ONE_DAY
    return day


def workdays(first: dt.date, count: int) -> list[dt.date]:
    """So many working days in a row from the first."""
    days = [workday(first)]
    while len(days) < count:
        days.append(workday(days[-1] + ONE_DAY))
    return days


def monday(day: dt.date) -> dt.date:
    """The day itself or the next Monday."""
    return day + ONE_DAY * (-day.weekday() % 7)


def friday(day: dt.date) -> dt.date:
    """The day itself or the next Friday."""
    return day + ONE_DAY * ((FRIDAY - day.weekday()) % 7)


def month_end(day: dt.date) -> dt.date:
    """The last day of the month."""
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1) - ONE_DAY
