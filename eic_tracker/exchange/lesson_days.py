"""Days of lessons as people write them: day first, in figures or with the month in words, the year often left out."""

from __future__ import annotations

import datetime as dt
import re

from eic_tracker.domain.dates import MONTHS
from eic_tracker.exchange.cells import Cell
from eic_tracker.exchange.class_words import plain

_FIGURES = r"(?P<day>\d{1,2})\s*(?P<sign>[/.-])\s*(?P<month>\d{1,2})(?:\s*(?P=sign)\s*(?P<year>\d{4}|\d{2}))?(?![\d/])"
_ISO = r"(?P<iso>20\d\d-\d\d-\d\d)"
_SHORT = 3
"""Letters of a month's name that are enough to tell it."""
_NAMES = "|".join(
    sorted({said for names in MONTHS for name in names for said in (name, name[:_SHORT])}, key=len, reverse=True)
)
_WORDS = rf"(?P<day_said>\d{{1,2}})\s*(?:de\s+)?(?P<name>{_NAMES})\b(?:\s*(?:de|del)?\s*(?P<year_said>20\d\d))?"
DAY = re.compile(rf"(?<![\w/-])(?:{_ISO}|{_FIGURES}|{_WORDS})")
"""A day in a plain text."""


def day_of(cell: Cell, year: int | None) -> dt.date | None:
    """The day in a cell; None where it holds none, or one without a year and none is known."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    found = DAY.fullmatch(plain(str(cell)).strip())
    return day_in(found, year) if found is not None else None


def day_in(found: re.Match[str], year: int | None) -> dt.date | None:
    """The day that was found in a text; None where the calendar has no such day."""
    if found["iso"]:
        parts = found["iso"].split("-")
        return _made(int(parts[0]), int(parts[1]), int(parts[2]))
    said = found["year"] or found["year_said"]
    full = year if said is None else int(said) if len(said) == 4 else 2000 + int(said)
    if full is None:
        return None
    if found["day"]:
        return _made(full, int(found["month"]), int(found["day"]))
    said_month = found["name"]
    month = next(number for number, names in enumerate(MONTHS, 1) if any(name.startswith(said_month) for name in names))
    return _made(full, month, int(found["day_said"]))


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
