"""Tests of the pace of a target."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.pace import PaceState, pace
from eic_tracker.domain.periods import Period, PeriodKind, parse_period

YEAR = parse_period("2019")
periods = st.one_of(
    st.builds(
        Period, st.sampled_from([PeriodKind.QUARTER, PeriodKind.FY_QUARTER]), st.integers(2000, 2100), st.integers(1, 4)
    ),
    st.builds(Period, st.sampled_from([PeriodKind.YEAR, PeriodKind.FY]), st.integers(2000, 2100)),
)
days = st.dates(dt.date(1999, 1, 1), dt.date(2102, 1, 1))


def test_the_middle_of_the_year_plans_half_and_says_what_each_week_needs() -> None:
    found = pace(3000, YEAR, 1190, dt.date(2019, 6, 28))
    assert found.planned == 3000 * 179 // 365
    assert (found.percent, found.needed, found.days_left) == (39, 1810, 187)
    assert (found.per_week, found.per_month) == (68, 295)
    assert found.state is PaceState.BEHIND


@pytest.mark.parametrize(
    ("counted", "day", "state"),
    [
        (0, dt.date(2018, 12, 31), PaceState.NOT_BEGUN),
        (1, dt.date(2019, 1, 1), PaceState.ON_PACE),
        (0, dt.date(2019, 1, 1), PaceState.BEHIND),
        (365, dt.date(2018, 12, 31), PaceState.REACHED),
        (364, dt.date(2019, 12, 31), PaceState.BEHIND),
        (364, dt.date(2020, 1, 1), PaceState.MISSED),
        (365, dt.date(2020, 1, 1), PaceState.REACHED),
    ],
)
def test_the_state_follows_the_days_and_the_count(counted: int, day: dt.date, state: PaceState) -> None:
    assert pace(365, YEAR, counted, day).state is state


@pytest.mark.parametrize(("value", "counted"), [(0, 0), (-1, 0), (5, -1)])
def test_a_target_of_nothing_has_no_pace(value: int, counted: int) -> None:
    with pytest.raises(ValueError, match="no target"):
        pace(value, YEAR, counted, dt.date(2019, 1, 1))


@given(st.integers(1, 400_000), periods, st.integers(0, 800_000), days)
def test_keeping_the_named_pace_reaches_the_target(value: int, period: Period, counted: int, today: dt.date) -> None:
    found = pace(value, period, counted, today)
    assert 0 <= found.planned <= value
    assert found.needed == max(value - counted, 0)
    assert found.needed >= found.per_month >= found.per_week >= 0
    if found.days_left >= 7:
        assert found.per_week * found.days_left >= found.needed * 7
    if found.days_left >= 31:
        assert found.per_month * 12 * found.days_left >= found.needed * 365
    if 0 < found.days_left < 7:
        assert found.per_week == found.needed
    assert (found.state is PaceState.REACHED) == (counted >= value)
    if found.state is PaceState.ON_PACE:
        assert counted >= found.planned
    if found.state is PaceState.BEHIND:
        assert counted <= found.planned


@given(st.integers(1, 400_000), periods, st.integers(0, 400_000), days)
def test_the_plan_never_goes_back_from_day_to_day(value: int, period: Period, counted: int, today: dt.date) -> None:
    before, after = (pace(value, period, counted, day) for day in (today, today + dt.timedelta(days=1)))
    assert before.planned <= after.planned
    assert before.days_left >= after.days_left
    assert before.per_week <= after.per_week or after.days_left == 0
