"""Whether an officer was certified to teach a curriculum on a day."""

from __future__ import annotations

import datetime as dt

from eic_tracker.domain.certifying import Certified, may_teach

PRIMARY, MIDDLE = 1, 2
FIRST, LAST = dt.date(2018, 1, 15), dt.date(2019, 12, 31)
ONE_DAY = dt.timedelta(days=1)


def test_a_certification_holds_from_its_first_to_its_last_day() -> None:
    held = [Certified(PRIMARY, FIRST, LAST)]
    assert may_teach(held, PRIMARY, FIRST)
    assert may_teach(held, PRIMARY, LAST)
    assert may_teach(held, PRIMARY, FIRST - ONE_DAY) is False
    assert may_teach(held, PRIMARY, LAST + ONE_DAY) is False


def test_a_certification_for_one_curriculum_says_nothing_of_another() -> None:
    assert may_teach([Certified(PRIMARY)], MIDDLE, LAST) is False
    assert may_teach([Certified(PRIMARY), Certified(MIDDLE)], MIDDLE, LAST)


def test_a_renewal_follows_the_one_before() -> None:
    held = [Certified(PRIMARY, FIRST, LAST), Certified(PRIMARY, LAST + ONE_DAY, None)]
    assert may_teach(held, PRIMARY, LAST + 400 * ONE_DAY)


def test_of_an_officer_without_any_certification_nothing_is_known() -> None:
    assert may_teach([], PRIMARY, LAST) is None
