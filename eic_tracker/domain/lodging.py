"""Beds and meals of a course, from its dates and who sleeps at the school; numbers only, nobody is named."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eic_tracker.domain.codes import Sex


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody with a seat: sex, and whether they sleep at the school (None: nobody said, so they come by day)."""

    sex: Sex
    lodging: bool | None


@dataclass(frozen=True, slots=True)
class Beds:
    """Beds of one night by sex."""

    night: dt.date
    women: int
    men: int
    unrecorded: int

    @property
    def total(self) -> int:
        """All beds of the night."""
        return self.women + self.men + self.unrecorded


@dataclass(frozen=True, slots=True)
class Meals:
    """Plates of one day."""

    day: dt.date
    breakfasts: int
    lunches: int
    dinners: int


def beds(start: dt.date, end: dt.date, guests: Iterable[Guest]) -> tuple[Beds, ...]:
    """The nights of a course, from its first day to the one before the last, weekends included."""
    by_sex = Counter(guest.sex for guest in guests if guest.lodging)
    nights = (start + dt.timedelta(number) for number in range((end - start).days))
    return tuple(Beds(night, by_sex[Sex.F], by_sex[Sex.M], by_sex[Sex.U]) for night in nights)


def meals(start: dt.date, end: dt.date, days: Sequence[dt.date], guests: Sequence[Guest]) -> tuple[Meals, ...]:
    """The plates of each day: lunch for all on a day of class, for who sleeps there on the others.

    Breakfast follows a night at the school, dinner comes before one."""
    held = set(days)
    staying, everybody = sum(1 for guest in guests if guest.lodging), len(guests)
    found = []
    for number in range((end - start).days + 1):
        day = start + dt.timedelta(number)
        found.append(
            Meals(
                day,
                staying if day > start else 0,
                everybody if day in held else staying,
                staying if day < end else 0,
            )
        )
    return tuple(found)
