"""What belongs to one offering: the rules of its course, days, modules, instructors, papers, results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import EnrolmentStatus, Seat
from eic_tracker.domain.permissions import Right
from eic_tracker.queries.counted_grades import COUNTED_GRADE
from eic_tracker.queries.listing import Sight
from eic_tracker.queries.offerings import day, moment


@dataclass(frozen=True, slots=True)
class CourseRules:
    """A version of a course: hours, minima and weights; the minimum grade in hundredths of a point."""

    version_id: int
    version: int
    hours: int
    human_rights_hours: int
    scale: int
    minimum_grade: int
    minimum_attendance: int
    rounding: str
    post_test_weight: int
    performance_weight: int
    products_weight: int


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module of the version; who taught it and when, where the offering says so."""

    number: int
    title: str
    hours: int
    human_rights_hours: int
    weight: int
    instructor_id: int | None
    instructor: str | None
    instructor_name: str | None
    starts_on: dt.date | None
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day of the offering and how many people have which mark on it."""

    id: int
    held_on: dt.date
    module: str | None
    present: int
    late: int
    absent: int
    excused: int


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """Who taught in the offering: role, module, hours, and until when where they left before its end."""

    id: int
    instructor_id: int
    instructor: str
    instructor_name: str | None
    force: str
    role: str
    module: str | None
    hours: int | None
    ended_on: dt.date | None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A letter or list behind the offering; `people` are the enrolments that name it as their source."""

    id: int
    kind: str
    number: str | None
    dated: dt.date | None
    sender: str | None
    subject: str | None
    people: int


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act of the offering; frozen once it was printed."""

    id: int
    kind: str
    number: int
    year: int
    held_on: dt.date | None
    frozen_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """A scan that belongs to the offering or to one of its papers; without its bytes."""

    id: int
    kind: str
    media_type: str
    pages: int
    holds_names: bool
    purge_on: dt.date | None
    purged: bool
    recorded_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AuthorisationLine:
    """Who ordered an exception in the offering: name, post, letter; `people` are the enrolments that stand on it."""

    id: int
    authorised_by: str
    post: str | None
    letter: str | None
    exception: str
    recorded_at: dt.datetime
    people: int


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many enrolments stand so."""

    status: EnrolmentStatus
    seat: Seat
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """Grades (of the second chance where there was one) in hundredths and attendance in percent, over `graded`
    people whose enrolment counts."""

    graded: int
    lowest: int | None
    average: int | None
    highest: int | None
    second_chances: int
    average_attendance: int | None


@dataclass(frozen=True, slots=True)
class Closing:
    """When and on what the offering was closed, or why it was cancelled."""

    closed_at: dt.datetime | None
    cancelled_reason: str | None
    signed_attendance: bool
    attached_sheets: int
    historical_total: int | None
    """the key of the historical total that this roster draws down"""
    recorded_at: dt.datetime


RULES = """v.id, v.version, v.hours, v.human_rights_hours, v.scale, v.minimum_grade, v.minimum_attendance, v.rounding,
       v.post_test_weight, v.performance_weight, v.products_weight"""
"""The columns of `CourseRules`, of a course version `v`."""

_RULES = f"SELECT {RULES} FROM offering o JOIN course_version v ON v.id = o.course_version_id WHERE o.id = ?"
_MODULES = """
SELECT m.number, m.title, m.hours, m.human_rights_hours, m.weight, i.id, i.code,
       i.given_names || ' ' || i.surnames, x.starts_on, x.ends_on
FROM offering o JOIN course_module m ON m.course_version_id = o.course_version_id
LEFT JOIN offering_module x ON x.offering_id = o.id AND x.course_module_id = m.id
LEFT JOIN instructor i ON i.id = x.instructor_id
WHERE o.id = ? ORDER BY m.number
"""
_DAYS = """
SELECT d.id, d.held_on, m.title, count(*) FILTER (WHERE a.mark = 'present'), count(*) FILTER (WHERE a.mark = 'late'),
       count(*) FILTER (WHERE a.mark = 'absent'), count(*) FILTER (WHERE a.mark = 'excused')
FROM offering_day d LEFT JOIN offering_module x ON x.id = d.offering_module_id
LEFT JOIN course_module m ON m.id = x.course_module_id
LEFT JOIN attendance a ON a.offering_day_id = d.id
WHERE d.offering_id = ? GROUP BY d.id ORDER BY d.held_on
"""
_ASSIGNMENTS = """
SELECT a.id, i.id, i.code, i.given_names || ' ' || i.surnames, f.name, a.role, m.title, a.hours, a.ended_on
FROM assignment a JOIN instructor i ON i.id = a.instructor_id JOIN force f ON f.id = i.force_id
LEFT JOIN offering_module x ON x.id = a.offering_module_id LEFT JOIN course_module m ON m.id = x.course_module_id
WHERE a.offering_id = ? ORDER BY a.role <> 'lead', a.role <> 'assistant', m.number, i.code
"""
_PAPERS = """
SELECT d.id, d.kind, d.number, d.dated, d.sender, d.subject,
       (SELECT count(*) FROM enrolment e WHERE e.offering_id = ?1 AND e.source_document_id = d.id)
FROM source_document d
WHERE d.id IN (SELECT source_document_id FROM offering WHERE id = ?1
               UNION SELECT source_document_id FROM enrolment WHERE offering_id = ?1
               UNION SELECT source_document_id FROM assignment WHERE offering_id = ?1)
ORDER BY d.dated, d.id
"""
_ACTS = "SELECT id, kind, number, year, held_on, frozen_at FROM act WHERE offering_id = ? ORDER BY year, number, id"
_ATTACHMENTS = """
SELECT id, kind, media_type, pages, holds_names, purge_on, content IS NULL, recorded_at FROM attachment
WHERE offering_id = ?1 OR source_document_id IN
    (SELECT source_document_id FROM offering WHERE id = ?1
     UNION SELECT source_document_id FROM enrolment WHERE offering_id = ?1)
ORDER BY recorded_at, id
"""
_AUTHORISATIONS = """
SELECT z.id, z.authorised_by, z.post, z.letter, z.exception, z.recorded_at,
       (SELECT count(*) FROM enrolment e WHERE e.offering_id = ?1 AND e.authorisation_id = z.id)
FROM authorisation z
WHERE z.id IN (SELECT authorisation_id FROM enrolment WHERE offering_id = ?1
               UNION SELECT authorisation_id FROM act WHERE offering_id = ?1
               UNION SELECT s.authorisation_id FROM change c JOIN change_set s ON s.id = c.change_set_id
                     WHERE c.table_name = 'offering' AND c.row_id = ?1)
ORDER BY z.recorded_at, z.id
"""
_STATUSES = "SELECT status, seat, count(*) FROM enrolment WHERE offering_id = ? GROUP BY 1, 2"
_RESULTS = f"""
SELECT count(grade), min(grade), CAST(round(avg(grade)) AS INTEGER), max(grade),
       count(second_chance_grade), CAST(round(avg(attendance_percent)) AS INTEGER)
FROM (SELECT e.second_chance_grade, e.attendance_percent, {COUNTED_GRADE} AS grade
      FROM enrolment e JOIN offering o ON o.id = e.offering_id JOIN course_version v ON v.id = o.course_version_id
      WHERE e.offering_id = ? AND e.seat = 'seat'
        AND e.status IN ('enrolled', 'completed', 'not_completed', 'withdrew'))
"""
_CLOSING = """
SELECT closed_at, cancelled_reason, signed_attendance,
       (SELECT count(*) FROM attachment t WHERE t.offering_id = o.id AND t.kind = 'attendance_sheet'
        AND t.content IS NOT NULL),
       historical_total_id, recorded_at
FROM offering o WHERE id = ?
"""


def rules(values: Sequence[Any]) -> CourseRules:
    """The rules of the columns `RULES`."""
    return CourseRules(*values)


def rules_of(connection: Connection, offering: int) -> CourseRules:
    """The rules of the version that an offering follows."""
    return rules(connection.exec_driver_sql(_RULES, (offering,)).one())


def modules_of(connection: Connection, offering: int, sight: Sight) -> tuple[ModuleLine, ...]:
    """The modules in order."""
    named = sight.people is not Right.NO
    return tuple(
        ModuleLine(
            number, title, hours, rights_hours, weight, key, code, name if named else None, day(starts), day(ends)
        )
        for number, title, hours, rights_hours, weight, key, code, name, starts, ends in connection.exec_driver_sql(
            _MODULES, (offering,)
        )
    )


def days_of(connection: Connection, offering: int) -> tuple[DayLine, ...]:
    """The days in order; none where only percentages were kept."""
    return tuple(
        DayLine(key, dt.date.fromisoformat(held), *marks)
        for key, held, *marks in connection.exec_driver_sql(_DAYS, (offering,))
    )


def assignments_of(connection: Connection, offering: int, sight: Sight) -> tuple[AssignmentLine, ...]:
    """Who taught, the lead first."""
    named = sight.people is not Right.NO
    return tuple(
        AssignmentLine(key, instructor, code, name if named else None, force, role, module, hours, day(ended))
        for key, instructor, code, name, force, role, module, hours, ended in connection.exec_driver_sql(
            _ASSIGNMENTS, (offering,)
        )
    )


def papers_of(connection: Connection, offering: int) -> tuple[PaperLine, ...]:
    """The papers behind the offering and its enrolments, oldest first."""
    return tuple(
        PaperLine(key, kind, number, day(dated), *others)
        for key, kind, number, dated, *others in connection.exec_driver_sql(_PAPERS, (offering,))
    )


def acts_of(connection: Connection, offering: int) -> tuple[ActLine, ...]:
    """The acts of the offering."""
    return tuple(
        ActLine(key, kind, number, year, day(held), moment(frozen))
        for key, kind, number, year, held, frozen in connection.exec_driver_sql(_ACTS, (offering,))
    )


def attachments_of(connection: Connection, offering: int) -> tuple[AttachmentLine, ...]:
    """The scans of the offering and of its papers, oldest first."""
    return tuple(
        AttachmentLine(key, kind, media, pages, bool(names), day(purge), bool(purged), _at(recorded))
        for key, kind, media, pages, names, purge, purged, recorded in connection.exec_driver_sql(
            _ATTACHMENTS, (offering,)
        )
    )


def authorisations_of(connection: Connection, offering: int) -> tuple[AuthorisationLine, ...]:
    """The exceptions that were ordered in the offering, oldest first."""
    return tuple(
        AuthorisationLine(key, by, post, letter, exception, _at(recorded), people)
        for key, by, post, letter, exception, recorded, people in connection.exec_driver_sql(
            _AUTHORISATIONS, (offering,)
        )
    )


def statuses_of(connection: Connection, offering: int) -> tuple[StatusCount, ...]:
    """How the enrolments stand, in the order of the codes, seats before alternates."""
    order = list(EnrolmentStatus)
    counts = (
        StatusCount(EnrolmentStatus(status), Seat(seat), count)
        for status, seat, count in connection.exec_driver_sql(_STATUSES, (offering,))
    )
    return tuple(sorted(counts, key=lambda each: (order.index(each.status), each.seat is Seat.ALTERNATE)))


def results_of(connection: Connection, offering: int) -> Results:
    """The results in numbers."""
    return Results(*connection.exec_driver_sql(_RESULTS, (offering,)).one())


def closing_of(connection: Connection, offering: int) -> Closing:
    """The closing of an offering that exists."""
    closed, reason, signed, sheets, total, recorded = connection.exec_driver_sql(_CLOSING, (offering,)).one()
    return Closing(
        moment(closed),
        reason,
        bool(signed),
        sheets,
        total,
        _at(recorded),
    )


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
