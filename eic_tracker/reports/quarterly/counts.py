"""The counted tables of a report, all from the counting rules, for its three spans of time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eic_tracker.domain.codes import Measure, OfferingPhase, ReportKind
from eic_tracker.domain.counting import Counts, CountTable, Dimension, EnrolmentFact, Facts, Scope, count, phase
from eic_tracker.domain.periods import Period, previous, title, year_of
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import ReportData

_NOTHING = Counts()


@dataclass(frozen=True, slots=True)
class Span:
    """A column group of the report: the period, its year up to its last day, all since the beginning."""

    title: str
    first_day: dt.date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One key of a breakdown with its counts in each span; of a closed quarter the frozen ones, and those of now."""

    key: str | None
    counts: tuple[Counts, ...]
    now: Counts | None = None

    def as_frozen(self, counts: Counts) -> Row:
        """The row with what the quarter's closing froze in place of what its quarter counts now."""
        return Row(self.key, (counts, *self.counts[1:]), self.counts[0])


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The rows of one dimension, and the totals of the spans as counted (persons are not sums of rows)."""

    rows: tuple[Row, ...]
    total: Row


class ReportCounts:
    """Counts the facts of a report; every number that it prints of them comes from here."""

    def __init__(self, data: ReportData, t: Translator) -> None:
        self._facts = data.facts
        self._data = data
        self._counted: dict[tuple[object, ...], CountTable] = {}
        self._period = data.period
        self.as_of = data.as_of
        self.spans = _spans(data, t)
        self._programme_facts: dict[str, Facts] = {}
        self._offerings = {offering.code: offering for offering in data.facts.offerings}
        self._rosters: defaultdict[int, list[EnrolmentFact]] = defaultdict(list)
        for row in data.facts.enrolments:
            self._rosters[row.offering_id].append(row)
        self.course_programmes = _programmes("EIC", [offering.programme for offering in data.facts.offerings])
        self.youth_programmes = _programmes("GREAT", [group.programme for group in data.facts.class_groups])

    def totals(self, programme: str) -> tuple[Counts, ...]:
        """The counts of each span."""
        return tuple(self._count(programme, span).total for span in self.spans)

    def breakdown(
        self, programme: str, dimension: Dimension, sorted_by: Callable[[Row], object] | None = None
    ) -> Breakdown:
        """One row for each key that occurs since the beginning, in the order of its code unless told otherwise."""
        tables = [self._count(programme, span, dimension) for span in self.spans]
        found: list[Mapping[str | None, Counts]] = [{row.keys[0]: row.counts for row in table.rows} for table in tables]
        frozen = self._frozen(programme, dimension)
        rows = [Row(key, tuple(cells.get(key, _NOTHING) for cells in found)) for key in found[-1]]
        total = Row(None, tuple(table.total for table in tables))
        if frozen is not None:
            gone = sorted((key for key in frozen if key not in found[-1]), key=lambda key: (key is None, key or ""))
            rows += [Row(key, (_NOTHING,) * len(tables)) for key in gone]
            rows = [row.as_frozen(frozen.get(row.key, _NOTHING)) for row in rows]
            total = total.as_frozen(self._frozen_total(programme))
        if sorted_by is not None:
            rows.sort(key=lambda row: (row.key is None, sorted_by(row)))
        return Breakdown(tuple(rows), total)

    def _frozen(self, programme: str, dimension: Dimension) -> Mapping[str | None, Counts] | None:
        """The table as the quarter's closing froze it; None where it did not freeze this programme's tables."""
        closed, tables = self._data.closed, self._data.frozen_tables
        if closed is None or not tables or all(each.programme != programme for each in closed.figures):
            return None
        return tables.get((programme, dimension), {})

    def _frozen_total(self, programme: str) -> Counts:
        assert self._data.closed is not None, "tables are frozen with the closing of their quarter"
        figures = self._data.closed.figures
        return Counts(**{each.measure.value: each.value for each in figures if each.programme == programme})

    def by_year_and_force(self, programme: str) -> CountTable:
        """Courses by year and force of the lead instructor, since the beginning."""
        year = Dimension.FY if self._period.is_fiscal else Dimension.YEAR
        return self._count(programme, self.spans[-1], year, Dimension.INSTRUCTOR_FORCE)

    def by_year(self, programme: str) -> CountTable:
        """The counts of each year since the beginning."""
        return self._count(programme, self.spans[-1], Dimension.FY if self._period.is_fiscal else Dimension.YEAR)

    def last_quarters(self, programme: str, number: int) -> list[tuple[Period, Counts]]:
        """The last quarters up to the report's, oldest first; years when the report is of a year."""
        periods = [self._period]
        while len(periods) < number:
            periods.insert(0, previous(periods[0]))
        if self._period.is_quarter:
            dimension = Dimension.FY_QUARTER if self._period.is_fiscal else Dimension.QUARTER
        else:
            dimension = Dimension.FY if self._period.is_fiscal else Dimension.YEAR
        table = self._count(programme, Span("", periods[0].first_day), dimension)
        found = {row.keys[0]: row.counts for row in table.rows}
        return [(period, found.get(period.code, _NOTHING)) for period in periods]

    def of_course(self, code: str) -> Counts:
        """What one course counts by itself."""
        offering = self._offerings[code]
        alone = Facts((offering,), self._rosters[offering.id], ())
        return count(alone, as_of=self.as_of).total

    def phase_of(self, code: str) -> OfferingPhase:
        """What a course is at the end of the report's last day."""
        return phase(self._offerings[code], self.as_of)

    def _count(self, programme: str, span: Span, *by: Dimension) -> CountTable:
        key = (programme, span.first_day, by)
        if key not in self._counted:
            scope = Scope(programmes=(programme,), first_day=span.first_day, last_day=self.as_of)
            self._counted[key] = count(self._of_programme(programme), as_of=self.as_of, by=by, scope=scope)
        return self._counted[key]

    def _of_programme(self, programme: str) -> Facts:
        """The facts of one programme: the rules are quicker when they need not pass over those of the others."""
        if programme not in self._programme_facts:
            offerings = [offering for offering in self._facts.offerings if offering.programme == programme]
            groups = [group for group in self._facts.class_groups if group.programme == programme]
            enrolments = [row for offering in offerings for row in self._rosters[offering.id]]
            self._programme_facts[programme] = Facts(offerings, enrolments, groups)
        return self._programme_facts[programme]


def measured(counts: Counts, measure: Measure) -> int:
    """One measure of a cell."""
    return int(getattr(counts, measure.value))


def most_first(measure: Measure) -> Callable[[Row], object]:
    """An order by the total since the beginning, largest first, then by code."""
    return lambda row: (-measured(row.counts[-1], measure), row.key or "")


def _spans(data: ReportData, t: Translator) -> tuple[Span, ...]:
    period = data.period
    beginning = Span(t("Since the beginning"), None)
    if data.kind is ReportKind.CUMULATIVE:
        return (beginning,)
    if not period.is_quarter:
        return Span(title(period, t), period.first_day), beginning
    year = year_of(period)
    name = title(year, t)
    if year.last_day != period.last_day:
        name = t("{period} up to {date}", period=name, date=t.date(period.last_day))
    return Span(title(period, t), period.first_day), Span(name, year.first_day), beginning


def _programmes(first: str, found: Sequence[str]) -> tuple[str, ...]:
    """The main programme, then others that have rows."""
    return (first, *sorted(set(found) - {first}))
