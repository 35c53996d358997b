"""What the forms about those who teach start from and offer, and who may be the same person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import Connection

from eic_tracker.domain.names import match_key
from eic_tracker.domain.teaching_rules import TeachingKind
from eic_tracker.queries.instructors import LAPSES
from eic_tracker.queries.offerings import day
from eic_tracker.queries.person_detail import surviving_record

Choices = Mapping[int | str, str]
_ALIKE = 88
"""Percent of likeness of two names from which they may be one person's; 100 where one is part of the other."""

_VALUES = {
    TeachingKind.INSTRUCTOR: """
        SELECT i.given_names, i.surnames, i.force_id, i.unit_id, i.rank_text, i.police_number,
               coalesce(p.document_number, 'N.º ' || p.id) AS participant_number, i.specialities, i.languages, i.code,
               i.ended_on, 0 AS another_person
        FROM instructor i LEFT JOIN participant p ON p.id = i.participant_id WHERE i.id = ?""",
    TeachingKind.ROTATION: """
        SELECT starts_on, ends_on, home_unit, funding, counterpart, overlap_reason FROM rotation WHERE id = ?""",
    TeachingKind.ACCREDITATION: """
        SELECT title, authority, number, granted_on, expires_on, curriculum_id FROM accreditation WHERE id = ?""",
    TeachingKind.MENTORED_UNIT: "SELECT unit_id, theme, starts_on, ends_on FROM mentored_unit WHERE id = ?",
    TeachingKind.ASSIGNMENT: """
        SELECT offering_id, instructor_id, role, 0 AS takes_over, offering_module_id, hours, ended_on
        FROM assignment WHERE id = ?""",
}
_DAYS = frozenset({"starts_on", "ends_on", "granted_on", "expires_on", "ended_on"})
_LINES = frozenset({"specialities", "languages"})
_TICKS = frozenset({"another_person", "takes_over"})

_FORCES = "SELECT id, name || ' — ' || code, country FROM force WHERE valid_to IS NULL OR valid_to >= ?1 ORDER BY name"
_UNITS = """
SELECT u.id, u.name || ' — ' || u.code || ', ' || i.code FROM unit u JOIN institution i ON i.id = u.institution_id
WHERE u.valid_to IS NULL OR u.valid_to >= ?1 ORDER BY u.name
"""
_OFFERINGS = """
SELECT o.id, o.code || ' · ' || c.title FROM offering o JOIN course_version v ON v.id = o.course_version_id
JOIN course c ON c.id = v.course_id WHERE o.status = 'open' ORDER BY o.starts_on DESC, o.id DESC
"""
_MODULES = """
SELECT x.id, o.code || ' · ' || m.number || '. ' || m.title FROM offering_module x
JOIN offering o ON o.id = x.offering_id JOIN course_module m ON m.id = x.course_module_id
WHERE o.status = 'open' AND (?1 IS NULL OR o.id = ?1) ORDER BY o.starts_on DESC, o.id DESC, m.number
"""
_TEACHERS = f"""
SELECT i.id, i.surnames || ', ' || i.given_names || ' — ' || i.code,
       (SELECT min(a.expires_on) FROM accreditation a WHERE a.instructor_id = i.id AND {LAPSES} < ?1),
       CASE WHEN (SELECT count(*) = count(r.ends_on) FROM rotation r WHERE r.instructor_id = i.id)
            THEN (SELECT max(r.ends_on) FROM rotation r WHERE r.instructor_id = i.id) END
FROM instructor i WHERE i.ended_on IS NULL OR i.ended_on >= ?1 OR i.id = ?2 ORDER BY i.match_key, i.code
"""


@dataclass(frozen=True, slots=True)
class TeacherChoice:
    """Somebody to be assigned: since when an accreditation of theirs is over, or their last stay, if before a day."""

    id: int
    name: str
    lapsed_on: dt.date | None
    stay_ended_on: dt.date | None


@dataclass(frozen=True, slots=True)
class AlikePerson:
    """Somebody who may be the same person: an instructor by the code, or a participant."""

    table: str
    id: int
    name: str
    code: str
    same_number: bool
    """the police number is the same"""


def read_values(connection: Connection, kind: TeachingKind, key: int) -> dict[str, Any] | None:
    """The values of a form; None where there is no such row."""
    row = connection.exec_driver_sql(_VALUES[kind], (key,)).mappings().first()
    return None if row is None else {name: _value(name, value) for name, value in row.items()}


def _value(name: str, value: Any) -> Any:
    if name in _DAYS:
        return day(value)
    if name in _LINES:
        return tuple((value or "").splitlines())
    return bool(value) if name in _TICKS else value


def force_choices(connection: Connection, today: dt.date) -> dict[int, tuple[str, str]]:
    """The forces by key: name and country."""
    return {key: (name, country) for key, name, country in connection.exec_driver_sql(_FORCES, (today.isoformat(),))}


def unit_choices(connection: Connection, today: dt.date) -> Choices:
    """The units that exist."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(_UNITS, (today.isoformat(),))}


def curriculum_choices(connection: Connection, today: dt.date) -> Choices:
    """The curricula that are taught."""
    rows = connection.exec_driver_sql(
        "SELECT id, name FROM curriculum WHERE valid_to IS NULL OR valid_to >= ? ORDER BY id", (today.isoformat(),)
    )
    return {row[0]: row[1] for row in rows}


def offering_choices(connection: Connection) -> Choices:
    """The courses given that are not closed, newest first."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(_OFFERINGS)}


def module_choices(connection: Connection, offering: int | None) -> Choices:
    """The modules of a course given, or of all that are not closed."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(_MODULES, (offering,))}


def teacher_choices(connection: Connection, on: dt.date, also: int | None = None) -> tuple[TeacherChoice, ...]:
    """Those who may be assigned to a course that ends on a day, and `also` who is, with what is over by then."""
    return tuple(
        TeacherChoice(key, name, day(lapsed), ended if (ended := day(stay)) is not None and ended < on else None)
        for key, name, lapsed, stay in connection.exec_driver_sql(_TEACHERS, (on.isoformat(), also))
    )


def alike(
    connection: Connection, given_names: str, surnames: str, police_number: str | None, but: int | None
) -> tuple[AlikePerson, ...]:
    """The instructors whose name is nearly the same, or part of it, and those with the same police number."""
    wanted = match_key(given_names, surnames)
    found = []
    rows = connection.exec_driver_sql(
        "SELECT id, given_names || ' ' || surnames, code, match_key, police_number FROM instructor WHERE id IS NOT ?",
        (but,),
    )
    for key, name, code, theirs, number in rows:
        same = police_number is not None and number == police_number
        if same or _alike(wanted, theirs):
            found.append(AlikePerson("instructor", key, name, code, same))
    return tuple(found)


def _alike(one: str, other: str) -> bool:
    """Whether one name is nearly the other, or at least two words of one are all words of the other."""
    if fuzz.token_sort_ratio(one, other) >= _ALIKE:
        return True
    short, long = sorted((set(one.split()), set(other.split())), key=len)
    return len(short) > 1 and short <= long


def participants_alike(connection: Connection, instructor: int) -> tuple[AlikePerson, ...]:
    """The participants with the same police number or exactly the same name as an instructor who is linked to none."""
    rows = connection.exec_driver_sql(
        "SELECT p.id, p.given_names || ' ' || p.surnames, coalesce(p.document_number, 'N.º ' || p.id), "
        "p.police_number IS NOT NULL AND p.police_number = i.police_number "
        "FROM instructor i JOIN participant p ON p.match_key = i.match_key OR p.police_number = i.police_number "
        "WHERE i.id = ? AND i.participant_id IS NULL AND +p.merged_into_id IS NULL ORDER BY 4 DESC, p.id LIMIT 5",
        (instructor,),
    )
    return tuple(AlikePerson("participant", key, name, code, bool(same)) for key, name, code, same in rows)


def participant_named(connection: Connection, number: str) -> int | None:
    """The participant with a document's number, or with the record's number after N.º; None where there is not one.

    A record that was merged is who it was merged into."""
    if number.startswith("N.º"):
        query, value = "SELECT id FROM participant WHERE id = ?", number.removeprefix("N.º").strip()
    else:
        query = (
            "SELECT id FROM participant WHERE merged_into_id IS NULL AND document_number = ?1 "
            "UNION SELECT id FROM participant WHERE merged_into_id > 0 AND document_number = ?1"
        )
        value = number.upper().replace(" ", "")
        value = value.replace("-", "") if value.replace("-", "").isdigit() else value
    found = {surviving_record(connection, key) for (key,) in connection.exec_driver_sql(query, (value,)).all()}
    return found.pop() if len(found) == 1 else None
