from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.periods import (
    Period,
    PeriodKind,
    fy_key,
    fy_quarter_key,
    fy_quarter_of,
    last_ended_quarter,
    month_key,
    other_calendar,
    parse_period,
    previous,
    quarter_key,
    quarter_of,
    title,
    year_key,
    year_of,
)
from eic_tracker.errors import UserError
from eic_tracker.i18n import Language, Translator

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
PERIODS = st.one_of(
    st.builds(
        Period, st.sampled_from([PeriodKind.QUARTER, PeriodKind.FY_QUARTER]), st.integers(1990, 2100), st.integers(1, 4)
    ),
    st.builds(Period, st.sampled_from([PeriodKind.YEAR, PeriodKind.FY]), st.integers(1990, 2100)),
)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2018Q4", dt.date(2018, 10, 1), dt.date(2018, 12, 31)),
        ("FY2019Q1", dt.date(2018, 10, 1), dt.date(2018, 12, 31)),
        ("FY2018Q2", dt.date(2018, 1, 1), dt.date(2018, 3, 31)),
        ("FY2019Q4", dt.date(2019, 7, 1), dt.date(2019, 9, 30)),
        ("2020Q1", dt.date(2020, 1, 1), dt.date(2020, 3, 31)),
        ("2018", dt.date(2018, 1, 1), dt.date(2018, 12, 31)),
        ("FY2019", dt.date(2018, 10, 1), dt.date(2019, 9, 30)),
    ],
)
def test_a_code_names_its_first_and_last_day(code: str, first: dt.date, last: dt.date) -> None:
    period = parse_period(code)
    assert (period.first_day, period.last_day, period.code) == (first, last, code)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (" 2018q4 ", "2018Q4"),
        ("2018T4", "2018Q4"),
        ("2018-Q4", "2018Q4"),
        ("AF2019T1", "FY2019Q1"),
        ("fy 2019", "FY2019"),
    ],
)
def test_a_code_may_be_written_as_people_do(written: str, code: str) -> None:
    assert parse_period(written).code == code


@pytest.mark.parametrize("written", ["", "Q4", "2018Q5", "2018Q0", "18Q4", "FY19Q1", "2018-11", "0001", "٢٠١٨"])
def test_any_other_text_is_no_period(written: str) -> None:
    with pytest.raises(UserError, match="is no period"):
        parse_period(written)


@pytest.mark.parametrize(("kind", "number"), [(PeriodKind.QUARTER, 0), (PeriodKind.FY_QUARTER, 5), (PeriodKind.FY, 1)])
def test_a_period_with_an_impossible_number_cannot_be_made(kind: PeriodKind, number: int) -> None:
    with pytest.raises(ValueError, match="number"):
        Period(kind, 2018, number)


@given(PERIODS)
def test_every_code_reads_back_as_its_period(period: Period) -> None:
    assert parse_period(period.code) == period


@given(PERIODS)
def test_a_period_begins_the_day_after_the_one_before(period: Period) -> None:
    assert period.first_day - dt.timedelta(days=1) == previous(period).last_day


@given(DAYS)
def test_every_day_lies_in_its_quarter_of_both_calendars(day: dt.date) -> None:
    calendar, fiscal = quarter_of(day), fy_quarter_of(day)
    assert calendar.first_day <= day <= calendar.last_day
    assert (calendar.first_day, calendar.last_day) == (fiscal.first_day, fiscal.last_day)
    assert other_calendar(calendar) == fiscal
    assert other_calendar(fiscal) == calendar


@given(DAYS)
def test_the_keys_of_a_day_are_the_codes_of_its_periods(day: dt.date) -> None:
    assert month_key(day) == day.isoformat()[:7]
    assert quarter_key(day) == quarter_of(day).code
    assert fy_quarter_key(day) == fy_quarter_of(day).code
    for key in (year_key(day), fy_key(day)):
        assert parse_period(key).first_day <= day <= parse_period(key).last_day


@given(DAYS)
def test_the_last_ended_quarter_ends_before_today_and_the_next_does_not(day: dt.date) -> None:
    ended = last_ended_quarter(day)
    assert ended.last_day < day
    assert quarter_of(ended.last_day + dt.timedelta(days=1)).last_day >= day


def test_a_quarter_has_not_ended_on_its_last_day() -> None:
    assert last_ended_quarter(dt.date(2018, 12, 31)).code == "2018Q3"
    assert last_ended_quarter(dt.date(2019, 1, 1)).code == "2018Q4"


def test_a_year_has_no_equal_in_the_other_calendar() -> None:
    assert other_calendar(parse_period("2018")) is None
    assert other_calendar(parse_period("FY2018")) is None


def test_a_quarter_belongs_to_the_year_of_its_own_calendar() -> None:
    assert year_of(parse_period("2018Q4")).code == "2018"
    assert year_of(parse_period("FY2019Q1")).code == "FY2019"


@pytest.mark.parametrize(
    ("code", "spanish", "english"),
    [
        ("2018Q1", "I Trimestre 2018", "1st quarter 2018"),
        ("2018Q4", "IV Trimestre 2018", "4th quarter 2018"),
        ("FY2019Q1", "AF2019, 1.er trimestre (EE. UU.)", "FY2019, 1st quarter (US)"),
        ("FY2019Q2", "AF2019, 2.º trimestre (EE. UU.)", "FY2019, 2nd quarter (US)"),
        ("2018", "Año 2018", "Year 2018"),
        ("FY2019", "Año fiscal 2019 (EE. UU.)", "US fiscal year 2019"),
    ],
)
def test_a_period_is_titled_in_both_languages(code: str, spanish: str, english: str) -> None:
    period = parse_period(code)
    assert title(period, Translator(Language.ES)) == spanish
    assert title(period, Translator(Language.EN)) == english
