"""Tests of beds and meals: what follows from dates and from who sleeps at the school."""

from __future__ import annotations

import datetime as dt

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.lodging import Beds, Guest, Meals, beds, meals

MONDAY = dt.date(2019, 6, 3)
GUESTS = (Guest(Sex.F, True), Guest(Sex.F, False), Guest(Sex.M, True), Guest(Sex.U, None))


def day(number: int) -> dt.date:
    """A day of the course, from 0."""
    return MONDAY + dt.timedelta(number)


def test_a_night_lies_between_two_days_and_only_who_sleeps_there_has_a_bed() -> None:
    assert beds(MONDAY, day(2), GUESTS) == (Beds(MONDAY, 1, 1, 0), Beds(day(1), 1, 1, 0))
    assert beds(MONDAY, MONDAY, GUESTS) == ()
    assert beds(MONDAY, day(1), GUESTS)[0].total == 2


def test_breakfast_follows_a_night_dinner_comes_before_one_and_lunch_is_for_all_on_days_of_class() -> None:
    held = (MONDAY, day(2))
    assert meals(MONDAY, day(2), held, GUESTS) == (
        Meals(MONDAY, 0, 4, 2),
        Meals(day(1), 2, 2, 2),
        Meals(day(2), 2, 4, 0),
    )
