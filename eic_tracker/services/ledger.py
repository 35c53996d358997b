"""The ledger of teaching: courses, hours, participants and completions by force of the lead and by person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from eic_tracker.domain.codes import Measure, ProgrammeKind
from eic_tracker.domain.counting import Counts, Keys, rows_behind
from eic_tracker.domain.facts import Dimension, Scope
from eic_tracker.domain.periods import Period, fy_key, fy_quarter_key, quarter_key, year_key
from eic_tracker.domain.permissions import ActingUser, Action, Right, require, right
from eic_tracker.domain.person_rules import HONDURAS
from eic_tracker.domain.reconciling import ReconciledFigure
from eic_tracker.queries.figures import read_reconciliation
from eic_tracker.queries.teaching_hours import CourseHours, Taught, hours_of_courses, names_of_instructors
from eic_tracker.services.figures import Counted, FigureRef, table_of
from eic_tracker.services.published import counted_side
from eic_tracker.store.database import Database

PERIOD_KEYS: Mapping[Dimension, Callable[[dt.date], str]] = {
    Dimension.YEAR: year_key,
    Dimension.QUARTER: quarter_key,
    Dimension.FY: fy_key,
    Dimension.FY_QUARTER: fy_quarter_key,
}
"""By what the ledger is divided: calendar years and quarters, and those of the US fiscal year."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A period with a force or a person: what counting says of it, and hours (of courses, or taught)."""

    keys: Keys
    counts: Counts
    hours: int
    led: int = 0
    """of a person: courses led"""
    unsaid: int = 0
    """of a person: assignments whose hours nobody said"""
    name: str = ""
    instructor_id: int | None = None


@dataclass(frozen=True, slots=True)
class FurtherLine:
    """A force that taught in courses which another force led: these courses, and its hours in them."""

    keys: Keys
    offerings: tuple[int, ...]
    hours: int


@dataclass(frozen=True, slots=True)
class ShareLine:
    """The hours taught in a period, those of Hondurans among them, and assignments whose hours nobody said."""

    period: str
    hours: int
    hondurans: int
    unsaid: int

    @property
    def percent(self) -> int:
        """Hondurans' part of the hours, rounded to whole percent, halves up."""
        return (200 * self.hondurans + self.hours) // (2 * self.hours) if self.hours else 0


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A published figure about courses led by a force, beside its count."""

    reconciled: ReconciledFigure
    ref: FigureRef


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole ledger of a scope; forces sum to `total`, persons do not (a course counts for each of its people)."""

    per: Dimension
    scope: Scope
    as_of: dt.date
    forces: tuple[LedgerLine, ...]
    total: LedgerLine
    further: tuple[FurtherLine, ...]
    persons: tuple[LedgerLine, ...]
    shares: tuple[ShareLine, ...]
    published: tuple[PublishedLine, ...]
    periods: tuple[str, ...]
    """all years with courses, newest first: what the ledger may be restricted to"""

    def ref(self, measure: Measure, by: Dimension, keys: Keys) -> FigureRef:
        """A number of a line; without keys that of the total."""
        if not keys:
            return FigureRef(measure, self.scope, as_of=self.as_of)
        return FigureRef(measure, self.scope, (self.per, by), keys, as_of=self.as_of)


def ledger(
    db: Database, acting: ActingUser, per: Dimension, only: Period | None, today: dt.date, programme: str = ""
) -> Ledger:
    """The ledger of a programme (the oldest with courses where none is named), whole or of one year."""
    with db.read() as connection:
        counted = Counted(connection, acting)
        scope = Scope(programmes=(programme or _oldest(connection),))
        ended = hours_of_courses(connection, _counted_offerings(counted, scope, today))
        years = {_year_key(per)(each.ends_on) for each in ended}
        if only is not None:
            scope = replace(scope, first_day=only.first_day, last_day=only.last_day)
            ended = tuple(each for each in ended if only.first_day <= each.ends_on <= only.last_day)
        forces = table_of(counted, (per, Dimension.INSTRUCTOR_FORCE), scope, today)
        people = table_of(counted, (per, Dimension.INSTRUCTOR), scope, today)
        hours = _hours_by_lead(ended, per)
        return Ledger(
            per=per,
            scope=scope,
            as_of=today,
            forces=tuple(LedgerLine(row.keys, row.counts, hours[row.keys]) for row in forces.rows),
            total=LedgerLine((), forces.total, sum(each.hours for each in ended)),
            further=_further(ended, per),
            persons=_persons(connection, acting, ended, per, {row.keys: row.counts for row in people.rows}),
            shares=_shares(ended, per),
            published=_published(connection, counted, today, scope.programmes[0], only),
            periods=tuple(sorted(years, reverse=True)),
        )


def course_programmes(db: Database, acting: ActingUser) -> dict[str, str]:
    """The programmes with courses by code, the oldest first; those that a load test made are left out."""
    require(acting, Action.READ_FIGURES)
    with db.read() as connection:
        rows = connection.exec_driver_sql(_PROGRAMMES, (ProgrammeKind.COURSES.value,))
        return {row[0]: row[1] for row in rows}


_PROGRAMMES = """
SELECT p.code, p.name FROM programme p WHERE p.kind = ? AND NOT p.is_load
AND EXISTS (SELECT 1 FROM offering o WHERE o.programme_id = p.id) ORDER BY p.id
"""


def _oldest(connection: Connection) -> str:
    row = connection.exec_driver_sql(_PROGRAMMES, (ProgrammeKind.COURSES.value,)).first()
    return str(row[0]) if row else ""


def _counted_offerings(counted: Counted, scope: Scope, today: dt.date) -> list[int]:
    return [row.id for row in rows_behind(counted.facts, Measure.OFFERINGS, as_of=today, scope=scope)]


def _year_key(per: Dimension) -> Callable[[dt.date], str]:
    return fy_key if per in (Dimension.FY, Dimension.FY_QUARTER) else year_key


def _lead(course: CourseHours) -> Taught | None:
    return next((each for each in course.taught if each.lead), None)


def _hours_by_lead(courses: Iterable[CourseHours], per: Dimension) -> Mapping[Keys, int]:
    hours: defaultdict[Keys, int] = defaultdict(int)
    for course in courses:
        lead = _lead(course)
        hours[PERIOD_KEYS[per](course.ends_on), lead.force if lead else None] += course.hours
    return hours


def _further(courses: Iterable[CourseHours], per: Dimension) -> tuple[FurtherLine, ...]:
    offerings: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    hours: defaultdict[tuple[str, str], int] = defaultdict(int)
    for course in courses:
        lead = _lead(course)
        for each in course.taught:
            if lead is None or each.force != lead.force:
                keys = PERIOD_KEYS[per](course.ends_on), each.force
                offerings[keys].add(course.id)
                hours[keys] += each.hours or 0
    return tuple(FurtherLine(keys, tuple(sorted(offerings[keys])), hours[keys]) for keys in sorted(offerings))


def _persons(
    connection: Connection,
    acting: ActingUser,
    courses: Iterable[CourseHours],
    per: Dimension,
    counts: Mapping[Keys, Counts],
) -> tuple[LedgerLine, ...]:
    hours: defaultdict[Keys, int] = defaultdict(int)
    led: defaultdict[Keys, int] = defaultdict(int)
    unsaid: defaultdict[Keys, int] = defaultdict(int)
    for course in courses:
        for each in course.taught:
            keys: Keys = (PERIOD_KEYS[per](course.ends_on), each.instructor)
            hours[keys] += each.hours or 0
            led[keys] += each.lead
            unsaid[keys] += each.hours is None
    named = names_of_instructors(connection) if right(acting, Action.READ_PEOPLE) is not Right.NO else {}
    lines = []
    for cell, found in counts.items():
        code = cell[1] or ""
        name, key = named.get(code, (code, None))
        if code:
            lines.append(LedgerLine(cell, found, hours[cell], led[cell], unsaid[cell], name, key))
    return tuple(lines)


def _shares(courses: Iterable[CourseHours], per: Dimension) -> tuple[ShareLine, ...]:
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for course in courses:
        line = sums[PERIOD_KEYS[per](course.ends_on)]
        for each in course.taught:
            line[0] += each.hours or 0
            line[1] += (each.hours or 0) if each.country == HONDURAS else 0
            line[2] += each.hours is None
    return tuple(ShareLine(period, *sums[period]) for period in sorted(sums))


def _published(
    connection: Connection, counted: Counted, today: dt.date, programme: str, only: Period | None
) -> tuple[PublishedLine, ...]:
    """The published figures about courses of one force; nothing beside what an instructor sees of their own."""
    if counted.own is not None:
        return ()
    held = counted.held
    reconciled = held.remember(("reconciled", today), lambda: read_reconciliation(connection, held.facts, today))
    return tuple(
        PublishedLine(each, counted_side(each.figure, today))
        for each in reconciled
        if each.figure.scope.lead_force is not None
        and each.counted is not None
        and each.figure.programme == programme
        and (only is None or only.first_day <= each.figure.period_from <= only.last_day)
    )
