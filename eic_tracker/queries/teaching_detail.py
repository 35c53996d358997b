"""What belongs to one instructor, and to one course of the catalogue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.codes import OfferingStatus
from eic_tracker.queries.identities import shown
from eic_tracker.queries.instructors import LAPSES
from eic_tracker.queries.listing import Sight, marked
from eic_tracker.queries.offering_detail import RULES, CourseRules, rules
from eic_tracker.queries.offerings import day
from eic_tracker.queries.people import COMPLETED, own_offering


@dataclass(frozen=True, slots=True)
class RotationLine:
    """A stay of an advisor; open where `ends_on` is None."""

    id: int
    starts_on: dt.date
    ends_on: dt.date | None
    home_unit: str | None
    funding: str | None
    counterpart: str | None
    overlap_reason: str | None


@dataclass(frozen=True, slots=True)
class AccreditationLine:
    """What an instructor is accredited as; `followed` where a later one of the same name stands."""

    id: int
    title: str
    authority: str
    number: str | None
    granted_on: dt.date | None
    expires_on: dt.date | None
    followed: bool


@dataclass(frozen=True, slots=True)
class TaughtLine:
    """An offering in which the instructor taught: roles (lead, assistant, module), hours, people."""

    offering_id: int
    offering: str
    course_title: str
    starts_on: dt.date
    ends_on: dt.date
    status: OfferingStatus
    roles: tuple[str, ...]
    modules: tuple[str, ...]
    hours: int | None
    people: int
    """enrolments with a seat that were not removed and did show up"""
    completions: int
    assignment_id: int | None
    """the one assignment behind the line; None where there are several"""


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What the register says of an instructor beside the list."""

    police_number: str | None
    specialities: tuple[str, ...]
    languages: tuple[str, ...]
    participant_id: int | None
    participant_number: str | None
    """None where the record has no document"""
    account: str | None
    """the login of their account, where it is open"""


@dataclass(frozen=True, slots=True)
class MentoredLine:
    """A unit that the advisor mentors."""

    id: int
    unit: str
    unit_name: str
    theme: str
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class YearOfGroups:
    """The class groups of a school year with this officer, and the youth in them."""

    year: int
    groups: int
    reached: int
    graduated: int


@dataclass(frozen=True, slots=True)
class CourseModuleLine:
    """A module of a course version."""

    number: int
    title: str
    hours: int
    human_rights_hours: int
    weight: int


@dataclass(frozen=True, slots=True)
class CourseVersionDetail:
    """A version of a course with its modules, and how many offerings followed it."""

    rules: CourseRules
    modules: tuple[CourseModuleLine, ...]
    offerings: int


_ROTATIONS = """
SELECT id, starts_on, ends_on, home_unit, funding, counterpart, overlap_reason FROM rotation
WHERE instructor_id = ? ORDER BY starts_on DESC, id DESC
"""
_TAUGHT = f"""
SELECT o.id, o.code, c.title, o.starts_on, o.ends_on, o.status,
       (SELECT group_concat(role) FROM (SELECT DISTINCT a.role FROM assignment a
        WHERE a.offering_id = o.id AND a.instructor_id = ?1 ORDER BY a.role <> 'lead', a.role <> 'assistant')),
       (SELECT group_concat(title, char(31)) FROM (SELECT m.title FROM assignment a
        JOIN offering_module x ON x.id = a.offering_module_id JOIN course_module m ON m.id = x.course_module_id
        WHERE a.offering_id = o.id AND a.instructor_id = ?1 ORDER BY m.number)),
       (SELECT sum(a.hours) FROM assignment a WHERE a.offering_id = o.id AND a.instructor_id = ?1),
       (SELECT count(*) FROM enrolment e WHERE e.offering_id = o.id AND e.seat = 'seat'
        AND e.status IN ('enrolled', 'completed', 'not_completed', 'withdrew')),
       (SELECT count(*) FROM enrolment e WHERE e.offering_id = o.id AND {COMPLETED}),
       (SELECT CASE WHEN count(*) = 1 THEN max(a.id) END FROM assignment a
        WHERE a.offering_id = o.id AND a.instructor_id = ?1)
FROM offering o JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id
WHERE o.id IN (SELECT offering_id FROM assignment WHERE instructor_id = ?1) ORDER BY o.starts_on DESC, o.id DESC
"""
_MENTORED = """
SELECT m.id, u.code, u.name, m.theme, m.starts_on, m.ends_on
FROM mentored_unit m JOIN unit u ON u.id = m.unit_id WHERE m.instructor_id = ? ORDER BY m.starts_on DESC, m.id
"""
_ACCREDITATIONS = f"""
SELECT a.id, a.title, a.authority, a.number, a.granted_on, a.expires_on,
       a.expires_on IS NOT NULL AND NOT ({LAPSES} IS NOT NULL)
FROM accreditation a WHERE a.instructor_id = ? ORDER BY a.expires_on IS NULL, a.expires_on DESC, a.id DESC
"""
_REGISTER = """
SELECT i.police_number, i.specialities, i.languages, p.id, p.document_number,
       (SELECT u.login FROM user u WHERE u.instructor_id = i.id AND u.active ORDER BY u.id LIMIT 1)
FROM instructor i LEFT JOIN participant p ON p.id = i.participant_id WHERE i.id = ?
"""
_GROUPS = """
SELECT g.school_year, count(*), sum(g.reached_girls + g.reached_boys + g.reached_unrecorded),
       sum(CASE WHEN g.graduated_on IS NOT NULL
           THEN g.graduated_girls + g.graduated_boys + g.graduated_unrecorded ELSE 0 END)
FROM class_officer f JOIN class_group g ON g.id = f.class_group_id
WHERE f.instructor_id = ? GROUP BY 1 ORDER BY 1 DESC
"""
_VERSIONS = f"""
SELECT (SELECT count(*) FROM offering o WHERE o.course_version_id = v.id AND {own_offering("o.id")}), {RULES}
FROM course_version v WHERE v.course_id = ? ORDER BY v.version DESC
"""
_MODULES = """
SELECT m.course_version_id, m.number, m.title, m.hours, m.human_rights_hours, m.weight
FROM course_module m JOIN course_version v ON v.id = m.course_version_id WHERE v.course_id = ? ORDER BY m.number
"""


def rotations_of(connection: Connection, instructor: int) -> tuple[RotationLine, ...]:
    """The instructor's rotations, newest first."""
    return tuple(
        RotationLine(key, dt.date.fromisoformat(starts), day(ends), *others)
        for key, starts, ends, *others in connection.exec_driver_sql(_ROTATIONS, (instructor,))
    )


def accreditations_of(connection: Connection, instructor: int) -> tuple[AccreditationLine, ...]:
    """The accreditations, those without an end first, then the latest."""
    return tuple(
        AccreditationLine(key, title, authority, number, day(granted), day(expires), bool(followed))
        for key, title, authority, number, granted, expires, followed in connection.exec_driver_sql(
            _ACCREDITATIONS, (instructor,)
        )
    )


def register_facts(connection: Connection, instructor: int, sight: Sight) -> RegisterFacts:
    """What the register says; the numbers of documents are masked as everywhere."""
    number, specialities, languages, person, document, account = connection.exec_driver_sql(
        _REGISTER, (instructor,)
    ).one()
    return RegisterFacts(
        number,
        tuple((specialities or "").splitlines()),
        tuple((languages or "").splitlines()),
        person,
        shown(document, sight),
        account,
    )


def taught_by(connection: Connection, instructor: int, sight: Sight, today: dt.date) -> tuple[TaughtLine, ...]:
    """The offerings of an instructor, newest first; completions are those counted today."""
    return tuple(
        TaughtLine(
            key,
            code,
            title,
            dt.date.fromisoformat(starts),
            dt.date.fromisoformat(ends),
            OfferingStatus(status),
            tuple(roles.split(",")),
            tuple(modules.split("\x1f")) if modules else (),
            *numbers,
        )
        for key, code, title, starts, ends, status, roles, modules, *numbers in connection.exec_driver_sql(
            marked(_TAUGHT, sight, today), (instructor,)
        )
    )


def mentored_by(connection: Connection, instructor: int) -> tuple[MentoredLine, ...]:
    """The units that an advisor mentors, newest first."""
    return tuple(
        MentoredLine(key, unit, name, theme, dt.date.fromisoformat(starts), day(ends))
        for key, unit, name, theme, starts, ends in connection.exec_driver_sql(_MENTORED, (instructor,))
    )


def class_groups_of(connection: Connection, instructor: int) -> tuple[YearOfGroups, ...]:
    """The class groups of an officer by school year, newest first."""
    return tuple(YearOfGroups(*row) for row in connection.exec_driver_sql(_GROUPS, (instructor,)))


def versions_of(connection: Connection, course: int, sight: Sight) -> tuple[CourseVersionDetail, ...]:
    """The versions of a course, newest first; an instructor's offerings are own ones."""
    modules: dict[int, list[CourseModuleLine]] = {}
    for version, *module in connection.exec_driver_sql(_MODULES, (course,)):
        modules.setdefault(version, []).append(CourseModuleLine(*module))
    return tuple(
        CourseVersionDetail(rules(columns), tuple(modules.get(columns[0], ())), offerings)
        for offerings, *columns in connection.exec_driver_sql(marked(_VERSIONS, sight), (course,))
    )
