"""What the sheets of a roll-up share: its data, who it is for, counts asked once, checks collected on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.counting import Counts, count
from eic_tracker.domain.facts import Dimension, Facts
from eic_tracker.domain.periods import Period, PeriodKind
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import ReportData
from eic_tracker.reports.xlsx.formulas import Formula
from eic_tracker.reports.xlsx.small_numbers import LEFT_OUT, is_small
from eic_tracker.reports.xlsx.workbook import Book, Cell, Live

EIC, GREAT = "EIC", "GREAT"
ADVISORS, ADVISORS_YEAR = "CNP", 2018
"""The force and year of the published figures on advisors, which two defined names of the workbook stand for."""

Key = tuple[str | None, ...]


class Audience(StrEnum):
    """Who gets the workbook: names of advisors only for INL; for third parties no details and no small numbers."""

    INL = "inl"
    SCHOOL = "school"
    PUBLIC = "public"


class Tally:
    """The counts of one programme up to the workbook's last day, each cell since the beginning."""

    def __init__(self, facts: Facts, programme: str, as_of: dt.date) -> None:
        offerings = [each for each in facts.offerings if each.programme == programme]
        ids = {each.id for each in offerings}
        self.programme = programme
        self.as_of = as_of
        self.facts = Facts(
            offerings,
            [each for each in facts.enrolments if each.offering_id in ids],
            [each for each in facts.class_groups if each.programme == programme],
        )
        self._rows: dict[tuple[Dimension, ...], Mapping[Key, Counts]] = {}

    @cached_property
    def total(self) -> Counts:
        """Everything since the beginning."""
        if self.facts.offerings:
            return count(self.facts, as_of=self.as_of).total
        return _added(self.sexes.values())

    def rows(self, *by: Dimension) -> Mapping[Key, Counts]:
        """The counts of each cell, ordered by key."""
        if by not in self._rows:
            if self.facts.offerings or Dimension.SEX in by:
                table = count(self.facts, as_of=self.as_of, by=by)
                self._rows[by] = {row.keys: row.counts for row in table.rows}
            else:
                # heads add up, people do not: class groups need no second count beside the one by sex
                split: dict[Key, list[Counts]] = {}
                for keys, counts in self.rows(*by, Dimension.SEX).items():
                    split.setdefault(keys[:-1], []).append(counts)
                self._rows[by] = {keys: _added(parts) for keys, parts in split.items()}
        return self._rows[by]

    def by_sex(self, dimension: Dimension) -> Mapping[str | None, Mapping[Sex, Counts]]:
        """The counts of each sex in each cell of a dimension."""
        found: dict[str | None, dict[Sex, Counts]] = {}
        for (key, sex), counts in self.rows(dimension, Dimension.SEX).items():
            found.setdefault(key, {})[Sex(sex or Sex.U)] = counts
        return found

    @cached_property
    def sexes(self) -> Mapping[Sex, Counts]:
        """The counts of each sex."""
        return {Sex(sex or Sex.U): counts for (sex,), counts in self.rows(Dimension.SEX).items()}

    def within(self, period: Period) -> Counts:
        """The counts of a period, up to the workbook's last day."""
        return self.rows(CALENDARS[period.kind]).get((period.code,), Counts())


CALENDARS: Mapping[PeriodKind, Dimension] = {
    PeriodKind.QUARTER: Dimension.QUARTER,
    PeriodKind.FY_QUARTER: Dimension.FY_QUARTER,
    PeriodKind.YEAR: Dimension.YEAR,
    PeriodKind.FY: Dimension.FY,
}


def _added(parts: Iterable[Counts]) -> Counts:
    """Heads of several cells together."""
    both = [(part.reached, part.graduated) for part in parts]
    return Counts(reached=sum(reached for reached, _ in both), graduated=sum(graduated for _, graduated in both))


@dataclass(frozen=True, slots=True)
class Check:
    """A number of a sheet that must be the same as the program's own count."""

    subject: str
    place: str
    expected: int
    formula: str
    """what the sheet shows, to stand after a `=`"""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the sheets are written from."""

    data: ReportData
    t: Translator
    book: Book
    audience: Audience
    courses: tuple[Tally, ...]
    outreach: tuple[Tally, ...]
    checks: list[Check] = field(default_factory=list)

    @property
    def live(self) -> bool:
        """Whether the detail tables are in the workbook, so that totals can be formulas over them."""
        return self.audience is not Audience.PUBLIC

    def number(self, formula: Formula, value: int) -> Cell:
        """A counted number: live where the details are there; below five it is left out for third parties."""
        if self.live:
            return Live(formula, value)
        return LEFT_OUT if is_small(value) else value

    def of_programme(self, programme: str, text: str) -> str:
        """A heading with the programme before it where the workbook has several of the kind."""
        several = len(self.courses if any(each.programme == programme for each in self.courses) else self.outreach) > 1
        return f"{self.programme(programme)} · {text}" if several else text

    def programme(self, code: str) -> str:
        """The name of a programme."""
        return self.data.labels.programmes.get(code, code)
