"""Days as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.dates import parse_date
from eic_tracker.errors import UserError
from eic_tracker.i18n import Language, Translator

TODAY = dt.date(2026, 11, 22)
DAYS = st.dates(dt.date(1821, 1, 1), dt.date(2199, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5/3", dt.date(2026, 3, 5)),
        ("5-3-26", dt.date(2026, 3, 5)),
        ("05.03.2026", dt.date(2026, 3, 5)),
        ("05032026", dt.date(2026, 3, 5)),
        ("050326", dt.date(2026, 3, 5)),
        ("5 mar", dt.date(2026, 3, 5)),
        ("5 de marzo de 2018", dt.date(2018, 3, 5)),
        ("5 Set 18", dt.date(2018, 9, 5)),
        ("mar 5 2018", dt.date(2018, 3, 5)),
        ("2026-03-05", dt.date(2026, 3, 5)),
        ("05 Mar 2026", dt.date(2026, 3, 5)),
        ("  hoy ", TODAY),
        ("AYER", TODAY - dt.timedelta(1)),
        ("mañana", TODAY + dt.timedelta(1)),
        ("+1", TODAY + dt.timedelta(1)),
        ("- 30", TODAY - dt.timedelta(30)),
        ("29/2/24", dt.date(2024, 2, 29)),
        ("", None),
        ("   ", None),
    ],
)
def test_a_day_is_understood_as_it_is_typed(typed: str, meant: dt.date | None) -> None:
    assert parse_date(typed, TODAY) == meant


@pytest.mark.parametrize(("year", "meant"), [("00", 2000), ("39", 2039), ("40", 1940), ("99", 1999)])
def test_two_digit_years_up_to_39_are_of_the_years_2000(year: str, meant: int) -> None:
    assert parse_date(f"1/2/{year}", TODAY) == dt.date(meant, 2, 1)


@pytest.mark.parametrize("typed", ["29/2/2025", "31/4", "0/1", "1/13", "32/1/26", "1/1/0000"])
def test_a_day_that_no_calendar_has_is_named(typed: str) -> None:
    with pytest.raises(UserError, match="There is no day"):
        parse_date(typed, TODAY)


@pytest.mark.parametrize("typed", ["5", "martes", "5/3/2", "5/3/20260", "1/2/3/4", "++1", "ma 5", "5 m", "٥/٣", "123"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError, match="write it as"):
        parse_date(typed, TODAY)


@given(DAYS, st.sampled_from(list(Language)))
def test_what_the_program_writes_it_reads(day: dt.date, language: Language) -> None:
    t = Translator(language)
    assert parse_date(t.date(day), TODAY) == day
    assert parse_date(t.long_date(day), TODAY) == day


@given(DAYS)
def test_every_way_of_writing_a_day_means_that_day(day: dt.date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year:04}", f"{day:%d%m%Y}", day.isoformat()):
        assert parse_date(text, TODAY) == day


@given(st.text(max_size=20))
def test_any_text_gives_a_day_nothing_or_a_sentence(text: str) -> None:
    told = ""
    found: dt.date | None = None
    try:
        found = parse_date(text, TODAY)
    except UserError as error:
        told = error.text(Translator(Language.ES))
    assert found is None or isinstance(found, dt.date)
    assert found is None or not told
