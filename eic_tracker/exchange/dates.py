"""Dates of birth in a column: day first as people write here, one question where a column could mean either."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from eic_tracker.domain.dates import MONTHS
from eic_tracker.domain.names import fold
from eic_tracker.exchange.cells import Cell, text_of
from eic_tracker.exchange.rows import Problem, Severity
from eic_tracker.i18n import N_

YOUNGEST = 15
"""Years of age below which a person on a list is doubted."""
OLDEST = 100

_PARTS = re.compile(r"(\d{1,4})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,4})")
_WORDS = re.compile(r"(?:[a-z]+ )?(\d{1,2}) (?:de )?([a-z]{3,10})(?: (?:de|del|de ano|del ano))? (\d{4}|\d{2})")
_MONTH_FIRST_WORDS = re.compile(r"([a-z]{3,10}) (\d{1,2}) (?:de |del )?(\d{4})")
_SERIAL = re.compile(r"\d{5}")
_DIGITS = re.compile(r"\d{8}")
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.? ?m\.?)?$", re.IGNORECASE)


class DateOrder(StrEnum):
    """Which of day and month stands first in a column."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A day with what is wrong with it; `ambiguous` where day and month could change places."""

    day: dt.date | None = None
    problems: tuple[Problem, ...] = ()
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class ColumnOrder:
    """How a column of dates is read, whether that must be asked, and whether its real dates look swapped."""

    order: DateOrder
    open: bool
    swapped: bool = False


def order_of_column(cells: Iterable[Cell]) -> ColumnOrder:
    """Day first where a day above 12 shows it; a question where nothing does, or where it shows month first.

    A spreadsheet set to English takes 03/04/1990 for a date, with the month first, and leaves 25/04/1990 a text."""
    day_first = month_first = either = early = late = 0
    for cell in cells:
        if isinstance(cell, dt.date):
            early += cell.day <= _MONTHS_OF_YEAR
            late += cell.day > _MONTHS_OF_YEAR
            continue
        parts = _PARTS.fullmatch(_without_clock(cell)) if isinstance(cell, str) else None
        if parts is None or len(parts[1]) > 2:
            continue
        first, second = int(parts[1]), int(parts[2])
        day_first += first > _MONTHS_OF_YEAR >= second
        month_first += second > _MONTHS_OF_YEAR >= first
        either += first <= _MONTHS_OF_YEAR and second <= _MONTHS_OF_YEAR and first != second
    order = DateOrder.MONTH_FIRST if month_first > day_first else DateOrder.DAY_FIRST
    swapped = early >= _ENOUGH and not late and day_first > 0 and not either
    return ColumnOrder(order, either > 0 and (month_first > 0 or day_first == 0), swapped)


_MONTHS_OF_YEAR = 12
_ENOUGH = 2
"""Real dates that must all have an early day before they are doubted."""


def read_date(cell: Cell, order: DateOrder, today: dt.date, *, from_1904: bool = False, swap: bool = False) -> ReadDate:
    """The date of birth that a cell holds; empty for an empty one, with an error where it holds none.

    With `swap` day and month of a real date change places, in sight."""
    written = text_of(cell)
    if not any(ch.isalnum() for ch in written):
        return ReadDate()
    if isinstance(cell, dt.date):
        day = cell.date() if isinstance(cell, dt.datetime) else cell
        if swap and day.day != day.month and day.day <= _MONTHS_OF_YEAR:
            return _swapped(_checked(day.replace(day=day.month, month=day.day), written, today, ()), written)
        return _checked(day, written, today, ())
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _serial(cell, written, today, from_1904=from_1904)
    if not isinstance(cell, str):
        return _no_date(written)
    return _text(_without_clock(cell), written, order, today)


def _serial(cell: float, written: str, today: dt.date, *, from_1904: bool) -> ReadDate:
    if _DIGITS.fullmatch(written):
        return _text(written, written, DateOrder.DAY_FIRST, today)
    # 1900 was no leap year, but spreadsheets count its 29 February
    start = dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30)
    try:
        day = start + dt.timedelta(int(cell))
    except (OverflowError, ValueError):
        return _no_date(written)
    if not (today.year - OLDEST <= day.year <= today.year):
        return _no_date(written)
    repair = Problem(
        "birth_date", Severity.REPAIR, "date_number", written, day.isoformat(),
        N_("{value} is a date that a spreadsheet wrote as a number: {proposal}."),
        {"value": written, "proposal": f"{day:%d/%m/%Y}"},
    )  # fmt: skip
    return _checked(day, written, today, (repair,))


def _text(text: str, written: str, order: DateOrder, today: dt.date) -> ReadDate:
    if _DIGITS.fullmatch(text):
        # a month is at most 12: only one of the two ways of writing can be meant
        year_first = int(text[4:6]) <= _MONTHS_OF_YEAR
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}" if year_first else f"{text[:2]}/{text[2:4]}/{text[4:]}"
    if _SERIAL.fullmatch(text):
        return _serial(int(text), written, today, from_1904=False)
    parts = _PARTS.fullmatch(text)
    if parts is not None:
        return _numbers(parts[1], parts[2], parts[3], written, order, today)
    folded = fold(text)
    words = _WORDS.fullmatch(folded)
    if words is not None:
        return _day(words[1], _month(words[2]), words[3], written, today)
    words = _MONTH_FIRST_WORDS.fullmatch(folded)
    if words is not None:
        return _day(words[2], _month(words[1]), words[3], written, today)
    return _no_date(written)


def _numbers(first: str, second: str, third: str, written: str, order: DateOrder, today: dt.date) -> ReadDate:
    if len(first) == 4:
        return _day(third, int(second), first, written, today)
    if len(first) > 2 or len(third) in {1, 3}:
        return _no_date(written)
    day, month = int(first), int(second)
    if order is DateOrder.MONTH_FIRST and day <= 12:
        day, month = month, day
    elif day <= 12 < month:
        day, month = month, day
        return _swapped(_day(str(day), month, third, written, today), written)
    ambiguous = int(first) <= 12 and int(second) <= 12 and first.lstrip("0") != second.lstrip("0")
    found = _day(str(day), month, third, written, today)
    return ReadDate(found.day, found.problems, ambiguous)


def _swapped(found: ReadDate, written: str) -> ReadDate:
    """Day and month that changed places on the way, told with the date before and after."""
    if found.day is None:
        return found
    repair = Problem(
        "birth_date", Severity.REPAIR, "month_first", written, found.day.isoformat(),
        N_("{value} has the month before the day: {proposal}."),
        {"value": written, "proposal": f"{found.day:%d/%m/%Y}"},
    )  # fmt: skip
    return ReadDate(found.day, (repair, *found.problems))


def _day(day: str, month: int | None, year: str, written: str, today: dt.date) -> ReadDate:
    if month is None:
        return _no_date(written)
    problems: tuple[Problem, ...] = ()
    full = int(year)
    if len(year) == 2:
        full = _century(int(year), today)
        problems = (
            Problem(
                "birth_date", Severity.REPAIR, "short_year", written, str(full),
                N_("{value} has a year of two digits, read as {proposal}."), {"value": written, "proposal": str(full)},
            ),
        )  # fmt: skip
    try:
        found = dt.date(full, month, int(day))
    except ValueError:
        return ReadDate(problems=(_error("impossible_date", written, N_("There is no day {value} in the calendar.")),))
    return _checked(found, written, today, problems)


def _century(year: int, today: dt.date) -> int:
    """The year in which somebody who is old enough for a course was born."""
    recent = 2000 + year
    return recent if recent <= today.year - YOUNGEST else 1900 + year


def _checked(day: dt.date, written: str, today: dt.date, problems: tuple[Problem, ...]) -> ReadDate:
    if day > today:
        return ReadDate(problems=(*problems, _error("future_date", written, N_("{value} is a date to come."))))
    age = today.year - day.year
    if age < YOUNGEST or age > OLDEST:
        warning = Problem(
            "birth_date", Severity.WARNING, "unlikely_age", written, None,
            N_("Born on {value}, the person would be {age} years old."), {"value": written, "age": age},
        )  # fmt: skip
        problems = (*problems, warning)
    return ReadDate(day, problems)


def _month(word: str) -> int | None:
    return next((n for n, names in enumerate(MONTHS, 1) if any(name.startswith(word) for name in names)), None)


def _without_clock(text: str) -> str:
    return _CLOCK.sub("", text.strip())


def _no_date(written: str) -> ReadDate:
    return ReadDate(problems=(_error("not_a_date", written, N_("{value} is not a date; write it as 05/03/1990.")),))


def _error(code: str, written: str, message: str) -> Problem:
    return Problem("birth_date", Severity.ERROR, code, written, None, message, {"value": written})
