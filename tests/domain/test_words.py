from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.words import date_range_in_words, day_in_words, hours_in_words, number_in_words
from eic_tracker.i18n import Language

ES, EN = Language.ES, Language.EN


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "cero"),
        (16, "dieciséis"),
        (22, "veintidós"),
        (40, "cuarenta"),
        (101, "ciento uno"),
        (844, "ochocientos cuarenta y cuatro"),
        (2026, "dos mil veintiséis"),
        (15175, "quince mil ciento setenta y cinco"),
        (21031, "veintiún mil treinta y uno"),
        (31000, "treinta y un mil"),
        (346215, "trescientos cuarenta y seis mil doscientos quince"),
    ],
)
def test_numbers_are_written_in_spanish_words(value: int, words: str) -> None:
    assert number_in_words(value, ES) == words


def test_english_numbers_have_no_commas() -> None:
    assert number_in_words(1321, EN) == "one thousand three hundred and twenty-one"


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (1, "1 (una) hora"),
        (21, "21 (veintiuna) horas"),
        (31, "31 (treinta y una) horas"),
        (40, "40 (cuarenta) horas"),
        (101, "101 (ciento una) horas"),
        (200, "200 (doscientas) horas"),
        (540, "540 (quinientas cuarenta) horas"),
        (1200, "1,200 (mil doscientas) horas"),
    ],
)
def test_hours_are_feminine_in_spanish(hours: int, text: str) -> None:
    assert hours_in_words(hours, ES) == text


def test_hours_in_english() -> None:
    assert hours_in_words(40, EN) == "40 (forty) hours"
    assert hours_in_words(1, EN) == "1 (one) hour"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (dt.date(2026, 3, 6), "a los seis días del mes de marzo del año dos mil veintiséis"),
        (dt.date(2018, 12, 1), "al primer día del mes de diciembre del año dos mil dieciocho"),
        (dt.date(2021, 1, 21), "a los veintiún días del mes de enero del año dos mil veintiuno"),
        (dt.date(2019, 5, 31), "a los treinta y un días del mes de mayo del año dos mil diecinueve"),
    ],
)
def test_the_day_of_issue_is_written_as_on_diplomas(day: dt.date, text: str) -> None:
    assert day_in_words(day, ES) == text


def test_the_day_of_issue_in_english() -> None:
    assert day_in_words(dt.date(2026, 3, 6), EN) == (
        "on the sixth day of March of the year two thousand and twenty-six"
    )


@pytest.mark.parametrize(
    ("first", "last", "spanish", "english"),
    [
        ("2026-03-06", "2026-03-06", "el 6 de marzo de 2026", "on 6 March 2026"),
        ("2026-03-02", "2026-03-06", "del 2 al 6 de marzo de 2026", "from 2 to 6 March 2026"),
        ("2026-02-23", "2026-03-06", "del 23 de febrero al 6 de marzo de 2026", "from 23 February to 6 March 2026"),
        (
            "2025-12-15",
            "2026-01-09",
            "del 15 de diciembre de 2025 al 9 de enero de 2026",
            "from 15 December 2025 to 9 January 2026",
        ),
    ],
)
def test_the_days_of_a_course_name_a_month_and_a_year_once(first: str, last: str, spanish: str, english: str) -> None:
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert date_range_in_words(*days, ES) == spanish
    assert date_range_in_words(*days, EN) == english


@given(st.integers(min_value=0, max_value=9_999_999))
def test_no_spanish_number_keeps_uno_before_mil(value: int) -> None:
    words = number_in_words(value, ES)
    assert "uno mil" not in words
    assert "uno millones" not in words
