"""What the lines above a list say of its course: number, days, place, who leads; what is unclear is left open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from eic_tracker.domain.dates import MONTHS
from eic_tracker.domain.names import fold

_Found = TypeVar("_Found")
_CODE = re.compile(r"(?<![0-9/.-])(?!(?:19|20)[0-9]{2}-)([0-9]{1,4}-(?:19|20)[0-9]{2})(?![0-9/-])")
"""A number and its year; two years (2008-2009) are a span of time."""
_NUMBERS = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]((?:19|20)[0-9]{2})"
_NUMERIC = re.compile(rf"{_NUMBERS}\s*(?:al?|-|–|hasta(?: el)?|to)\s*(?:el )?{_NUMBERS}")
_ONE_DAY = re.compile(rf"(?<![0-9]){_NUMBERS}(?![0-9])")
_PART = r"([0-9]{1,2})(?: de ([a-z]+))?(?: del?(?: ano)? ((?:19|20)[0-9]{2}))?"
_WORDS = re.compile(
    rf"\b{_PART} (?:al|a|hasta el|y) ([0-9]{{1,2}}) de ([a-z]+)(?: del?(?: ano)?)? ((?:19|20)[0-9]{{2}})\b"
)
_LABELLED = r"^\s*(?:{names})[^:]{{0,30}}:\s*(.+)$"
_PLACE = re.compile(_LABELLED.format(names="lugar|sede|local|place|venue"), re.IGNORECASE)
_LEAD = re.compile(
    _LABELLED.format(names="instructor|facilitador|docente|capacitador|impartido por|catedr[aá]tico|lead"),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CourseHeading:
    """What the lines say; None or empty where they say nothing, or more than one thing."""

    lines: tuple[str, ...]
    code: str | None = None
    days: tuple[dt.date, dt.date] | None = None
    place: str = ""
    lead: str = ""


def read_heading(lines: Sequence[str], shared: Sequence[str] = ()) -> CourseHeading:
    """What these lines say of a course; the first of them weighs no more than the last.

    `shared` lines (the name of a workbook) may name the course of several lists, but not number or date one."""
    return CourseHeading(
        (*lines, *shared),
        _only(code for line in lines for code in _CODE.findall(line)),
        _only(days for line in lines for days in _days_in(line)),
        _only(found[1].strip() for line in lines if (found := _PLACE.match(line))) or "",
        _only(found[1].strip() for line in lines if (found := _LEAD.match(line))) or "",
    )


def _only(found: Iterable[_Found]) -> _Found | None:
    different = list(dict.fromkeys(found))
    return different[0] if len(different) == 1 else None


def _days_in(line: str) -> list[tuple[dt.date, dt.date]]:
    """First and last day of the periods that a line names."""
    found = [_period(part[:3], part[3:]) for part in _NUMERIC.findall(line)]
    for day, month, year, last, of, ends in _WORDS.findall(fold(line)):
        end = _day(last, _MONTH.get(of), ends)
        start = _day(day, _MONTH.get(month or of), year or ends)
        found.append((start, end) if start is not None and end is not None and start <= end else None)
    if not found:
        found = [_period(part, part) for part in _ONE_DAY.findall(line)]
    return [days for days in found if days is not None]


def _period(first: Sequence[str], last: Sequence[str]) -> tuple[dt.date, dt.date] | None:
    start, end = (_day(part[0], int(part[1]), part[2]) for part in (first, last))
    return (start, end) if start is not None and end is not None and start <= end else None


def _day(day: str, month: int | None, year: str) -> dt.date | None:
    try:
        return dt.date(int(year), month or 0, int(day))
    except ValueError:
        return None


_MONTH = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
