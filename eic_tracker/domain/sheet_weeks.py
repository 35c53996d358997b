"""The weeks of a course as its attendance sheets show them: which days, and which halves of them are held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from eic_tracker.domain.codes import DayPart
from eic_tracker.domain.offering_rules import teaching_days

DAYS_ON_A_PAGE = 6
"""So many days have room beside the names; a week with more takes further pages."""

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SheetDay:
    """A day with the halves for which people sign."""

    held_on: dt.date
    morning: bool = True
    afternoon: bool = True


@dataclass(frozen=True, slots=True)
class SheetWeek:
    """A week from Monday to Sunday in which the course has days; `number` counts them from 1."""

    number: int
    days: tuple[SheetDay, ...]

    @property
    def first(self) -> dt.date:
        """Its first day of the course."""
        return self.days[0].held_on

    @property
    def last(self) -> dt.date:
        """Its last day of the course."""
        return self.days[-1].held_on


def sheet_weeks(held: Iterable[tuple[dt.date, DayPart]], starts_on: dt.date, ends_on: dt.date) -> tuple[SheetWeek, ...]:
    """The weeks of the days that are kept, else of those on which courses are usually held.

    Weeks count from that of the first day."""
    halves: dict[dt.date, set[DayPart]] = {}
    for day, part in held:
        halves.setdefault(day, set()).add(part)
    if not halves:
        halves = {day: {DayPart.WHOLE} for day in teaching_days(starts_on, ends_on)}
    weeks: dict[dt.date, list[SheetDay]] = {}
    for day in sorted(halves):
        parts = halves[day]
        whole = DayPart.WHOLE in parts
        sheet_day = SheetDay(day, whole or DayPart.MORNING in parts, whole or DayPart.AFTERNOON in parts)
        weeks.setdefault(_monday(day), []).append(sheet_day)
    start = _monday(min(weeks))
    return tuple(SheetWeek((monday - start).days // 7 + 1, tuple(days)) for monday, days in weeks.items())


def _monday(day: dt.date) -> dt.date:
    return day - _ONE_DAY * day.weekday()
