"""Days as people type them: 5/3, 5-3-26, 05032026, 5 mar, hoy, +1."""

from __future__ import annotations

import datetime as dt
import re

from eic_tracker.domain.names import fold
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_

LAST_OF_2000S = 39
"""Two-digit years up to this one are of the years 2000, later ones of the years 1900."""

MONTHS = (
    ("enero", "january"),
    ("febrero", "february"),
    ("marzo", "march"),
    ("abril", "april"),
    ("mayo", "may"),
    ("junio", "june"),
    ("julio", "july"),
    ("agosto", "august"),
    ("septiembre", "setiembre", "september"),
    ("octubre", "october"),
    ("noviembre", "november"),
    ("diciembre", "december"),
)
"""The names of the months in both languages, folded, January first."""
_DAYS = {
    "hoy": 0,
    "today": 0,
    "ayer": -1,
    "yesterday": -1,
    "manana": 1,
    "tomorrow": 1,
}
_STEP = re.compile(r"([+\-−])\s*([0-9]{1,4})")
_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")
_LINKS = frozenset({"de", "del", "of"})
_SHORTEST_MONTH = 3


def parse_date(text: str, today: dt.date) -> dt.date | None:
    """The day that a text means, day before month as in Honduras; None for an empty one.

    Without a year it is this year's; two digits up to 39 are of the years 2000. UserError where it is no day."""
    plain = text.strip()
    if not plain:
        return None
    step = _STEP.fullmatch(plain)
    if step is not None:
        return _moved(today, int(step[2]) * (1 if step[1] == "+" else -1))
    word = fold(plain)
    if word in _DAYS:
        return _moved(today, _DAYS[word])
    digits = _DIGITS.fullmatch(plain)
    parts = list(digits.groups()) if digits is not None else [part for part in word.split() if part not in _LINKS]
    if len(parts) not in {2, 3}:
        raise _no_date()
    if len(parts) == 3 and len(parts[0]) == 4:
        parts.reverse()
    return _day(parts, today)


def _day(parts: list[str], today: dt.date) -> dt.date:
    if not _is_number(parts[0]) and _is_number(parts[1]):
        parts[0], parts[1] = parts[1], parts[0]
    day, month = parts[0], _month(parts[1])
    year = _year(parts[2]) if len(parts) == 3 else today.year
    if not _is_number(day) or len(day) > 2:
        raise _no_date()
    try:
        return dt.date(year, month, int(day))
    except ValueError:
        raise UserError(
            N_("There is no day {day}/{month}/{year} in the calendar."), day=day, month=month, year=str(year)
        ) from None


def _month(text: str) -> int:
    if _is_number(text) and len(text) <= 2:
        return int(text)
    if len(text) >= _SHORTEST_MONTH:
        for number, names in enumerate(MONTHS, 1):
            if any(name.startswith(text) for name in names):
                return number
    raise _no_date()


def _year(text: str) -> int:
    if not _is_number(text) or len(text) not in {2, 4}:
        raise _no_date()
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year <= LAST_OF_2000S else 1900)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _moved(today: dt.date, days: int) -> dt.date:
    try:
        return today + dt.timedelta(days)
    except OverflowError:
        raise _no_date() from None


def _no_date() -> UserError:
    return UserError(N_("This is not a date; write it as 05/03/2026."))
