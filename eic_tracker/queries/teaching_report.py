"""What an advisor's report and a proof of teaching say: courses of a time with days, hours and people."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.offering_rules import teaching_days
from eic_tracker.domain.teaching_rules import shared_over_days, taught_hours
from eic_tracker.queries.offerings import day
from eic_tracker.queries.report_data import SchoolIdentity

_COURSES = """
SELECT o.id, o.code, c.title, o.starts_on, o.ends_on, v.hours FROM offering o
JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id
WHERE o.status <> 'cancelled' AND o.starts_on <= ?3 AND o.ends_on >= ?2
AND o.id IN (SELECT offering_id FROM assignment WHERE instructor_id = ?1) ORDER BY o.starts_on, o.code
"""
_ASSIGNED = """
SELECT a.id, a.offering_id, a.instructor_id, a.role, a.hours, a.ended_on, a.offering_module_id, m.title, x.starts_on,
       x.ends_on
FROM assignment a LEFT JOIN offering_module x ON x.id = a.offering_module_id
LEFT JOIN course_module m ON m.id = x.course_module_id
WHERE a.offering_id IN (SELECT value FROM json_each(?)) ORDER BY a.role <> 'lead', a.role <> 'assistant', m.number, a.id
"""
_DAYS = """
SELECT DISTINCT offering_id, held_on, offering_module_id FROM offering_day
WHERE offering_id IN (SELECT value FROM json_each(?)) ORDER BY held_on
"""
_PEOPLE = """
SELECT e.offering_id, p.sex, coalesce(i.name, e.institution_text), count(*) FROM enrolment e
JOIN participant p ON p.id = e.participant_id LEFT JOIN institution i ON i.id = e.institution_id
WHERE e.offering_id IN (SELECT value FROM json_each(?)) AND e.seat = 'seat'
AND e.status IN ('enrolled', 'completed', 'not_completed', 'withdrew') GROUP BY 1, 2, 3
"""
_UNITS = """
SELECT u.name, m.theme, m.starts_on, m.ends_on FROM mentored_unit m JOIN unit u ON u.id = m.unit_id
WHERE m.instructor_id = ?1 AND m.starts_on <= ?3 AND (m.ends_on IS NULL OR m.ends_on >= ?2) ORDER BY u.name, m.theme
"""
_STAY = """
SELECT starts_on, ends_on, home_unit, funding, counterpart FROM rotation
WHERE instructor_id = ?1 AND starts_on <= ?3 AND (ends_on IS NULL OR ends_on >= ?2) ORDER BY starts_on DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class ReportedCourse:
    """A course in a time: the instructor's days and hours that fall in it; hours None where nobody said them."""

    code: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    roles: tuple[str, ...]
    modules: tuple[str, ...]
    days: int
    hours: int | None
    people: int


@dataclass(frozen=True, slots=True)
class ReportedUnit:
    """A mentored unit with its theme and period."""

    unit: str
    theme: str
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Stay:
    """The stay that the time falls in."""

    starts_on: dt.date
    ends_on: dt.date | None
    home_unit: str | None
    funding: str | None
    counterpart: str | None


@dataclass(frozen=True, slots=True)
class TeachingReport:
    """All that both papers say; `people` by institution (None: not recorded) and sex, of the courses of the time."""

    name: str
    code: str
    rank: str | None
    force: str
    country: str
    first: dt.date
    last: dt.date
    as_of: dt.date
    courses: tuple[ReportedCourse, ...]
    people: Mapping[tuple[str | None, Sex], int]
    units: tuple[ReportedUnit, ...]
    stay: Stay | None
    school: SchoolIdentity
    demonstration: bool
    made_at: dt.datetime
    made_by: str


def courses_taught(
    connection: Connection, instructor: int, first: dt.date, last: dt.date, as_of: dt.date
) -> tuple[tuple[ReportedCourse, ...], Mapping[tuple[str | None, Sex], int]]:
    """The courses that somebody taught in a time up to `as_of`, and their people by institution and sex.

    Hours are spread evenly over the days that somebody teaches, so that weeks add up to the whole."""
    until = min(last, as_of)
    found = connection.exec_driver_sql(_COURSES, (instructor, first.isoformat(), until.isoformat())).all()
    keys = json.dumps([row[0] for row in found])
    assigned = connection.exec_driver_sql(_ASSIGNED, (keys,)).all()
    held: dict[int, list[tuple[dt.date, int | None]]] = {}
    for offering, on, module in connection.exec_driver_sql(_DAYS, (keys,)):
        held.setdefault(offering, []).append((dt.date.fromisoformat(on), module))
    people: dict[int, Counter[tuple[str | None, Sex]]] = {}
    for offering, sex, institution, count in connection.exec_driver_sql(_PEOPLE, (keys,)):
        people.setdefault(offering, Counter())[institution, Sex(sex)] += count
    courses = []
    whole: Counter[tuple[str | None, Sex]] = Counter()
    for row in found:
        mine = [each for each in assigned if each.offering_id == row[0]]
        course = _course(row, mine, held.get(row[0], []), instructor, (first, until), people.get(row[0], Counter()))
        if course.days:
            courses.append(course)
            whole.update(people.get(row[0], Counter()))
    return tuple(courses), dict(whole)


def _course(
    row: Row[Any],
    assigned: Sequence[Row[Any]],
    held: Sequence[tuple[dt.date, int | None]],
    instructor: int,
    span: tuple[dt.date, dt.date],
    people: Counter[tuple[str | None, Sex]],
) -> ReportedCourse:
    begins, finishes = dt.date.fromisoformat(row.starts_on), dt.date.fromisoformat(row.ends_on)
    said = taught_hours(row.hours, [each.hours for each in assigned])
    days: set[dt.date] = set()
    hours: int | None = 0
    for each, whole in zip(assigned, said, strict=True):
        if each.instructor_id != instructor:
            continue
        own = _days_of(each, held, teaching_days(begins, finishes))
        inside = [on for on in own if span[0] <= on <= span[1]]
        days.update(inside)
        if whole is None or hours is None:
            hours = None
        elif inside:
            before = sum(1 for on in own if on < span[0])
            upto = shared_over_days(whole, before + len(inside), len(own))
            hours += upto - shared_over_days(whole, before, len(own))
    mine = [each for each in assigned if each.instructor_id == instructor]
    return ReportedCourse(
        code=row.code,
        title=row.title,
        starts_on=begins,
        ends_on=finishes,
        roles=tuple(dict.fromkeys(each.role for each in mine)),
        modules=tuple(each.title for each in mine if each.title),
        days=len(days),
        hours=hours,
        people=sum(people.values()),
    )


def _days_of(
    assignment: Row[Any], held: Sequence[tuple[dt.date, int | None]], usual: Sequence[dt.date]
) -> list[dt.date]:
    """The days of a module where they are known, else those of the course, until the instructor left."""
    days: Collection[dt.date] = sorted({on for on, _ in held}) or usual
    if assignment.offering_module_id is not None:
        of_module = sorted({on for on, module in held if module == assignment.offering_module_id})
        first, last = day(assignment.starts_on), day(assignment.ends_on)
        if of_module:
            days = of_module
        elif first is not None and last is not None:
            days = [on for on in days if first <= on <= last] or days
    left = day(assignment.ended_on)
    return [on for on in days if left is None or on <= left]


def units_mentored(connection: Connection, instructor: int, first: dt.date, last: dt.date) -> tuple[ReportedUnit, ...]:
    """The units that somebody mentored in a time."""
    return tuple(
        ReportedUnit(unit, theme, dt.date.fromisoformat(starts), day(ends))
        for unit, theme, starts, ends in connection.exec_driver_sql(
            _UNITS, (instructor, first.isoformat(), last.isoformat())
        )
    )


def stay_in(connection: Connection, instructor: int, first: dt.date, last: dt.date) -> Stay | None:
    """The newest stay that covers a day of the time."""
    row = connection.exec_driver_sql(_STAY, (instructor, first.isoformat(), last.isoformat())).first()
    return None if row is None else Stay(dt.date.fromisoformat(row[0]), day(row[1]), *row[2:])
