"""Dates of birth: day first, one question for a column that could mean either, nothing impossible taken."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.exchange.cells import Cell
from eic_tracker.exchange.dates import ColumnOrder, DateOrder, ReadDate, order_of_column, read_date
from tests.exchange.known import TODAY

DAY, MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST


def date(cell: Cell, order: DateOrder = DAY) -> ReadDate:
    return read_date(cell, order, TODAY)


def told(found: ReadDate) -> list[tuple[str, str]]:
    return [(problem.severity.value, problem.code) for problem in found.problems]


@pytest.mark.parametrize(
    "written",
    [
        *("04/03/1988", "4/3/1988", "4-3-1988", "04.03.1988", "4 3 1988", "1988-03-04", "1988/03/04", "04031988"),
        *("19880304", "4 de marzo de 1988", "4 de marzo del 1988", "04-mar-1988", "4 MAR 1988", "4 March 1988"),
        *("marzo 4, 1988", "viernes 4 de marzo de 1988", "1988-03-04 00:00:00", "04/03/1988 0:00", "4/mar./1988"),
    ],
)
def test_a_day_however_it_is_written(written: str) -> None:
    assert date(written) == ReadDate(dt.date(1988, 3, 4), (), date(written).ambiguous)


def test_real_dates_numbers_of_spreadsheets_and_short_years() -> None:
    assert date(dt.date(1988, 3, 4)).day == dt.date(1988, 3, 4)
    found = date(32_206)
    assert (found.day, told(found)) == (dt.date(1988, 3, 4), [("repair", "date_number")])
    assert read_date(30_744, DAY, TODAY, from_1904=True).day == dt.date(1988, 3, 4)
    found = date("04/03/88")
    assert (found.day, told(found)) == (dt.date(1988, 3, 4), [("repair", "short_year")])
    # nobody on a list is younger than fifteen
    assert date("04/03/04").day == dt.date(2004, 3, 4)
    assert date("04/03/05").day == dt.date(1905, 3, 4)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *(("31/02/1988", "impossible_date"), ("29/02/1989", "impossible_date"), ("00/03/1988", "impossible_date")),
        *(("04/03/2030", "future_date"), ("28 de junio", "not_a_date"), ("ayer", "not_a_date"), (7, "not_a_date")),
        *(("4/3/198", "not_a_date"), ("123/4/1988", "not_a_date"), ("31/13/1988", "impossible_date")),
        *(
            (10**12, "not_a_date"),
            (True, "not_a_date"),
            (dt.time(3, 4), "not_a_date"),
            ("4 de marz0 de 1988", "not_a_date"),
        ),
    ],
)
def test_what_is_no_day_is_an_error(cell: Cell, code: str) -> None:
    found = date(cell)
    assert found.day is None
    assert told(found) == [("error", code)]


def test_a_leap_day_and_an_unlikely_age() -> None:
    assert told(date("29/02/1988")) == []
    assert told(date("04/03/2010")) == [("warning", "unlikely_age")]
    assert told(date("04/03/1915")) == [("warning", "unlikely_age")]


def test_an_empty_cell_is_no_date_and_no_problem() -> None:
    assert date("") == date(" - ") == ReadDate()


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["25/03/1988", "04/05/1990"], ColumnOrder(DAY, open=False)),
        (["03/04/1988", "04/05/1990"], ColumnOrder(DAY, open=True)),
        (["03/25/1988", "04/05/1990"], ColumnOrder(MONTH, open=True)),
        (["03/25/1988", "25/04/1990", "04/05/1990"], ColumnOrder(DAY, open=True)),
        (["05/05/1988"], ColumnOrder(DAY, open=False)),
        (["1988-03-04", dt.date(1990, 4, 5)], ColumnOrder(DAY, open=False)),
        ([dt.date(1990, 4, 5), dt.date(1988, 3, 4), "25/03/1988"], ColumnOrder(DAY, open=False, swapped=True)),
        ([dt.date(1990, 4, 5), dt.date(1988, 3, 14), "25/03/1988"], ColumnOrder(DAY, open=False)),
        ([], ColumnOrder(DAY, open=False)),
    ],
)
def test_a_column_tells_its_order_or_must_be_asked(cells: list[Cell], order: ColumnOrder) -> None:
    assert order_of_column(cells) == order


def test_an_order_holds_for_what_could_mean_either_and_a_month_above_twelve_is_told() -> None:
    assert date("03/04/1988", MONTH).day == dt.date(1988, 3, 4)
    assert date("03/04/1988", MONTH).ambiguous
    assert not date("05/05/1988").ambiguous
    found = date("03/25/1988")
    assert (found.day, told(found)) == (dt.date(1988, 3, 25), [("repair", "month_first")])
    swapped = read_date(dt.date(1988, 4, 3), DAY, TODAY, swap=True)
    assert (swapped.day, told(swapped)) == (dt.date(1988, 3, 4), [("repair", "month_first")])


@given(
    st.dates(dt.date(1930, 1, 1), dt.date(2003, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d%m%Y"]),
)
def test_every_day_is_read_as_it_was_written(day: dt.date, form: str) -> None:
    found = date(day.strftime(form))
    assert (found.day, found.problems) == (day, ())
    assert date(day) == ReadDate(day)


@given(
    st.one_of(
        st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.times(), st.timedeltas()
    )
)
def test_whatever_stands_there_is_a_day_or_told(cell: Cell) -> None:
    found = date(cell)
    assert found.day is not None or told(found) or not any(ch.isalnum() for ch in str(cell))
    assert found.day is None or found.day <= TODAY
