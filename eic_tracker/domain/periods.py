"""Calendar quarters and years beside those of the US fiscal year (October to September)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from eic_tracker.errors import UserError
from eic_tracker.i18n import N_

if TYPE_CHECKING:
    from eic_tracker.i18n import Translator


class PeriodKind(StrEnum):
    """Calendar or US fiscal, a quarter or a whole year."""

    QUARTER = "quarter"
    FY_QUARTER = "fy_quarter"
    YEAR = "year"
    FY = "fy"


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter (number 1-4) or a year (number 0), calendar or US fiscal; `year` is the one in its name."""

    kind: PeriodKind
    year: int
    number: int = 0

    def __post_init__(self) -> None:
        if self.number not in (range(1, 5) if self.is_quarter else range(1)):
            raise ValueError(f"no {self.kind} has the number {self.number}")

    @property
    def is_quarter(self) -> bool:
        """Whether it is three months long."""
        return self.kind in (PeriodKind.QUARTER, PeriodKind.FY_QUARTER)

    @property
    def is_fiscal(self) -> bool:
        """Whether it belongs to the US fiscal year."""
        return self.kind in (PeriodKind.FY_QUARTER, PeriodKind.FY)

    @property
    def first_day(self) -> dt.date:
        """Its first calendar day."""
        month = max(self.number - 1, 0) * 3 - (3 if self.is_fiscal else 0)
        return dt.date(self.year + month // 12, month % 12 + 1, 1)

    @property
    def last_day(self) -> dt.date:
        """Its last calendar day."""
        month = self.first_day.month - 1 + (3 if self.is_quarter else 12)
        return dt.date(self.first_day.year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)

    @property
    def code(self) -> str:
        """2018Q4, FY2019Q1, 2018 or FY2019: what `parse_period` reads."""
        return f"{'FY' if self.is_fiscal else ''}{self.year}{f'Q{self.number}' if self.is_quarter else ''}"


_CODE = re.compile(r"(?P<fiscal>FY|AF)?\s*(?P<year>(?:19|20|21)[0-9]{2})(?:[\s-]*[QT](?P<number>[1-4]))?")


def parse_period(text: str) -> Period:
    """The period that a code names (2018Q4, FY2019Q1, 2018, FY2019; AF and T as in Spanish); UserError otherwise."""
    found = _CODE.fullmatch(text.strip().upper())
    if found is None:
        raise UserError(
            N_("“{text}” is no period. Write 2018Q4 or 2018, or for the US fiscal year FY2019Q1 or FY2019."), text=text
        )
    year = int(found["year"])
    if found["number"] is None:
        return Period(PeriodKind.FY if found["fiscal"] else PeriodKind.YEAR, year)
    return Period(PeriodKind.FY_QUARTER if found["fiscal"] else PeriodKind.QUARTER, year, int(found["number"]))


def quarter_of(day: dt.date) -> Period:
    """The calendar quarter that holds the day."""
    return Period(PeriodKind.QUARTER, day.year, (day.month + 2) // 3)


def fy_quarter_of(day: dt.date) -> Period:
    """The quarter of the US fiscal year that holds the day: FY2019Q1 is October to December 2018."""
    return Period(PeriodKind.FY_QUARTER, day.year + day.month // 10, (day.month + 2) // 3 % 4 + 1)


def year_of(period: Period) -> Period:
    """The year that the period belongs to, in its own calendar; a year is its own."""
    return Period(PeriodKind.FY if period.is_fiscal else PeriodKind.YEAR, period.year)


def last_ended_quarter(today: dt.date) -> Period:
    """The calendar quarter that ended last before `today`; on its last day a quarter still runs."""
    return quarter_of(quarter_of(today).first_day - dt.timedelta(days=1))


def previous(period: Period) -> Period:
    """The period of the same kind just before."""
    if not period.is_quarter:
        return Period(period.kind, period.year - 1)
    if period.number == 1:
        return Period(period.kind, period.year - 1, 4)
    return Period(period.kind, period.year, period.number - 1)


def other_calendar(period: Period) -> Period | None:
    """The same three months in the other calendar; None for years, which never fall together."""
    if not period.is_quarter:
        return None
    return quarter_of(period.first_day) if period.is_fiscal else fy_quarter_of(period.first_day)


_QUARTERS = (
    N_("1st quarter {year}"),
    N_("2nd quarter {year}"),
    N_("3rd quarter {year}"),
    N_("4th quarter {year}"),
)
_FY_QUARTERS = (
    N_("FY{year}, 1st quarter (US)"),
    N_("FY{year}, 2nd quarter (US)"),
    N_("FY{year}, 3rd quarter (US)"),
    N_("FY{year}, 4th quarter (US)"),
)
_YEAR = N_("Year {year}")
_FY = N_("US fiscal year {year}")


def title(period: Period, t: Translator) -> str:
    """As people write it: "IV Trimestre 2018", "AF2019, 1.er trimestre (EE. UU.)", "4th quarter 2018"."""
    if period.is_quarter:
        names = _FY_QUARTERS if period.is_fiscal else _QUARTERS
        return t(names[period.number - 1], year=period.year)
    return t(_FY if period.is_fiscal else _YEAR, year=period.year)


@lru_cache(maxsize=20_000)
def month_key(day: dt.date) -> str:
    """2018-11."""
    return f"{day.year:04d}-{day.month:02d}"


@lru_cache(maxsize=20_000)
def quarter_key(day: dt.date) -> str:
    """2018Q4."""
    return quarter_of(day).code


@lru_cache(maxsize=20_000)
def fy_quarter_key(day: dt.date) -> str:
    """FY2019Q1."""
    return fy_quarter_of(day).code


@lru_cache(maxsize=20_000)
def year_key(day: dt.date) -> str:
    """2018."""
    return f"{day.year:04d}"


@lru_cache(maxsize=20_000)
def fy_key(day: dt.date) -> str:
    """FY2019."""
    return year_of(fy_quarter_of(day)).code
