"""What the papers of one course say at their head, and the people whom they name, with rank and last digits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import DayPart, EnrolmentStatus, OfferingStatus, Seat
from eic_tracker.domain.permissions import Right
from eic_tracker.queries.identities import shown
from eic_tracker.queries.listing import Sight

MASKED = Sight(Right.OWN_MASKED, Right.OWN)
"""How identity numbers stand on papers that go from hand to hand: their last digits, whoever prints them."""


@dataclass(frozen=True, slots=True)
class CourseHead:
    """A course given, as its papers name it."""

    id: int
    uid: str
    code: str
    title: str
    programme: str
    hours: int
    starts_on: dt.date
    ends_on: dt.date
    status: OfferingStatus
    place: str
    """municipality and place, as far as they are known"""
    instructors: tuple[str, ...]
    """the lead first"""
    vetting_required: bool


@dataclass(frozen=True, slots=True)
class CoursePerson:
    """Somebody of a course as papers name them; the document with its last digits only."""

    enrolment_id: int
    name: str
    rank: str
    document: str
    unit: str
    institution: str
    seat: Seat
    status: EnrolmentStatus


_HEAD = """
SELECT o.id, o.uid, o.code, c.title, g.code, v.hours, o.starts_on, o.ends_on, o.status, o.place, m.name,
       o.vetting_required
FROM offering o JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id
JOIN programme g ON g.id = o.programme_id LEFT JOIN municipality m ON m.id = o.municipality_id
WHERE o.id = ?
"""
_INSTRUCTORS = """
SELECT DISTINCT i.given_names || ' ' || i.surnames, a.role <> 'lead', a.role <> 'assistant', i.code
FROM assignment a JOIN instructor i ON i.id = a.instructor_id WHERE a.offering_id = ? ORDER BY 2, 3, 4
"""
_PEOPLE = """
SELECT e.id, p.given_names || ' ' || p.surnames, coalesce(e.rank_text, r.name, ''), p.document_number,
       coalesce(u.name, e.unit_text, ''), coalesce(i.name, e.institution_text, ''), e.seat, e.status
FROM enrolment e JOIN participant p ON p.id = e.participant_id
LEFT JOIN rank r ON r.id = e.rank_id LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN institution i ON i.id = e.institution_id
WHERE e.offering_id = ? ORDER BY p.sort_key, e.id
"""


def read_course_head(connection: Connection, offering: int) -> CourseHead | None:
    """A course given; None where there is none of that key."""
    row = connection.exec_driver_sql(_HEAD, (offering,)).first()
    if row is None:
        return None
    key, uid, code, title, programme, hours, starts, ends, status, place, municipality, vetted = row
    instructors = dict.fromkeys(name for name, *_ in connection.exec_driver_sql(_INSTRUCTORS, (offering,)))
    return CourseHead(
        id=key,
        uid=uid,
        code=code,
        title=title,
        programme=programme,
        hours=hours,
        starts_on=dt.date.fromisoformat(starts),
        ends_on=dt.date.fromisoformat(ends),
        status=OfferingStatus(status),
        place=", ".join(dict.fromkeys(part for part in (place, municipality) if part)),
        instructors=tuple(instructors),
        vetting_required=bool(vetted),
    )


def read_paper_people(connection: Connection, offering: int) -> Mapping[int, CoursePerson]:
    """Everybody on the roster by enrolment, in the order of surnames."""
    people: dict[int, CoursePerson] = {}
    for key, name, rank, document, unit, institution, seat, status in connection.exec_driver_sql(_PEOPLE, (offering,)):
        ending = shown(document, MASKED) or ""
        people[key] = CoursePerson(key, name, rank, ending, unit, institution, Seat(seat), EnrolmentStatus(status))
    return people


def read_days(connection: Connection, offering: int) -> list[tuple[dt.date, DayPart]]:
    """The days, or halves of them, that are kept for a course."""
    rows: list[Any] = list(
        connection.exec_driver_sql("SELECT held_on, part FROM offering_day WHERE offering_id = ?", (offering,))
    )
    return [(dt.date.fromisoformat(held), DayPart(part)) for held, part in rows]


def offerings_of_uid(connection: Connection, start: str) -> list[int]:
    """The keys of the courses whose identity begins so (hexadecimal digits)."""
    rows = connection.exec_driver_sql("SELECT id FROM offering WHERE substr(uid, 1, ?) = ?", (len(start), start))
    return [key for (key,) in rows]
