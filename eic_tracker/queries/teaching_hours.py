"""Hours taught: the assignments of courses with their hours, and the instructors behind codes."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.teaching_rules import taught_hours

_ASSIGNMENTS = """
SELECT o.id, o.ends_on, v.hours, i.code, f.code, f.country, a.role, a.hours
FROM offering o JOIN course_version v ON v.id = o.course_version_id
LEFT JOIN assignment a ON a.offering_id = o.id LEFT JOIN instructor i ON i.id = a.instructor_id
LEFT JOIN force f ON f.id = i.force_id
WHERE o.id IN (SELECT value FROM json_each(?)) ORDER BY o.id, a.role <> 'lead', i.code, a.id
"""
_NAMES = "SELECT code, surnames || ', ' || given_names, id FROM instructor"


@dataclass(frozen=True, slots=True)
class Taught:
    """An assignment; `hours` None where nobody said them and they do not follow from the course's."""

    instructor: str
    force: str
    country: str
    lead: bool
    hours: int | None


@dataclass(frozen=True, slots=True)
class CourseHours:
    """A course given with its hours and all who taught in it."""

    id: int
    ends_on: dt.date
    hours: int
    taught: tuple[Taught, ...]


def hours_of_courses(connection: Connection, offerings: Collection[int]) -> tuple[CourseHours, ...]:
    """The hours of these courses given and of their instructors, by the rule of `taught_hours`."""
    rows = connection.exec_driver_sql(_ASSIGNMENTS, (json.dumps(sorted(offerings)),))
    held: dict[int, list[tuple[str, str, str, bool, int | None]]] = defaultdict(list)
    courses: dict[int, tuple[dt.date, int]] = {}
    for offering, ends, total, code, force, country, role, hours in rows:
        courses[offering] = (dt.date.fromisoformat(ends), total)
        if code is not None:
            held[offering].append((code, force, country, role == "lead", hours))
    return tuple(
        CourseHours(
            key,
            ends,
            total,
            tuple(
                Taught(*each[:4], said)
                for each, said in zip(held[key], taught_hours(total, [each[4] for each in held[key]]), strict=True)
            ),
        )
        for key, (ends, total) in courses.items()
    )


def names_of_instructors(connection: Connection) -> Mapping[str, tuple[str, int]]:
    """Name (surnames first) and key of each instructor by code."""
    return {code: (name, key) for code, name, key in connection.exec_driver_sql(_NAMES)}
