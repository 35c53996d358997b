"""What the form of a course given starts from and offers: courses, instructors, places, numbers taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import ProgrammeKind
from eic_tracker.queries.offerings import day

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OfferingForm:
    """What the fields offer by key; `hours` of the newest version of each course, `usual` for a new course given."""

    courses: Mapping[int | str, str]
    hours: Mapping[int, int]
    leads: Mapping[int | str, str]
    municipalities: Mapping[int | str, str]
    usual: Mapping[str, object]
    totals: Mapping[int, TotalChoice]
    """historical totals of courses, by key"""


@dataclass(frozen=True, slots=True)
class TotalChoice:
    """A historical total that a course or class group may have been part of: programme (key), measure and period."""

    programme_id: int
    measure: str
    value: int
    first_day: dt.date
    last_day: dt.date
    document: str


_TOTALS = """
SELECT h.id, h.programme_id, h.measure, h.value, h.first_day, h.last_day, coalesce(d.number, d.subject, '')
FROM historical_total h JOIN programme p ON p.id = h.programme_id JOIN source_document d ON d.id = h.source_document_id
WHERE p.kind = ? ORDER BY h.first_day, h.id
"""
_COURSES = """
SELECT c.id, c.title || ' — ' || c.code,
       (SELECT w.hours FROM course_version w WHERE w.course_id = c.id ORDER BY w.version DESC LIMIT 1)
FROM course c JOIN programme p ON p.id = c.programme_id
WHERE p.kind = 'courses' AND (p.valid_to IS NULL OR p.valid_to >= ?1) AND NOT p.is_load
  AND (c.valid_to IS NULL OR c.valid_to >= ?1)
ORDER BY c.title COLLATE NOCASE, c.code
"""
_LEADS = "SELECT id, surnames || ', ' || given_names || ' — ' || code FROM instructor ORDER BY match_key, code"
_MUNICIPALITIES = """
SELECT m.id, m.name || ', ' || d.name FROM municipality m JOIN department d ON d.id = m.department_id
WHERE m.valid_to IS NULL OR m.valid_to >= ? ORDER BY m.name, d.code
"""
_USUAL = (
    "SELECT place, municipality_id, capacity, vetting_required FROM offering ORDER BY starts_on DESC, id DESC LIMIT 1"
)
_VALUES = """
SELECT v.course_id, o.starts_on, o.ends_on, a.instructor_id AS lead_id, o.place, o.municipality_id, o.capacity, o.code,
       o.vetting_required, o.enrolment_open, o.historical_total_id
FROM offering o JOIN course_version v ON v.id = o.course_version_id
LEFT JOIN assignment a ON a.offering_id = o.id AND a.role = 'lead'
WHERE o.id = ?
"""


def read_offering_form(connection: Connection, today: dt.date) -> OfferingForm:
    """What the form offers; a new course given is where the newest one was."""
    courses = connection.exec_driver_sql(_COURSES, (today.isoformat(),)).all()
    usual: Values = dict(connection.exec_driver_sql(_USUAL).mappings().first() or {})
    return OfferingForm(
        courses={key: title for key, title, hours in courses if hours is not None},
        hours={key: hours for key, _, hours in courses if hours is not None},
        leads=_named(connection, _LEADS),
        municipalities=municipality_names(connection, today),
        usual={**usual, "vetting_required": bool(usual.get("vetting_required")), "enrolment_open": True},
        totals=read_totals(connection),
    )


def read_totals(connection: Connection, kind: ProgrammeKind = ProgrammeKind.COURSES) -> dict[int, TotalChoice]:
    """The historical totals of programmes of a kind by key, the earliest first."""
    return {
        key: TotalChoice(programme, measure, value, dt.date.fromisoformat(first), dt.date.fromisoformat(last), document)
        for key, programme, measure, value, first, last, document in connection.exec_driver_sql(_TOTALS, (kind.value,))
    }


def municipality_names(connection: Connection, today: dt.date) -> Mapping[int | str, str]:
    """The municipalities of today with their departments, by key."""
    return _named(connection, _MUNICIPALITIES, today.isoformat())


def read_offering_values(connection: Connection, key: int) -> Values | None:
    """The values of an offering's form; None where there is no such offering."""
    row = connection.exec_driver_sql(_VALUES, (key,)).mappings().first()
    if row is None:
        return None
    return {
        **row,
        "starts_on": day(row["starts_on"]),
        "ends_on": day(row["ends_on"]),
        "vetting_required": bool(row["vetting_required"]),
        "enrolment_open": bool(row["enrolment_open"]),
    }


def _named(connection: Connection, query: str, *values: object) -> dict[int | str, str]:
    return {row[0]: row[1] for row in connection.exec_driver_sql(query, values)}
