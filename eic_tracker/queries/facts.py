"""Reads what is counted: every figure of the program comes from these rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import CurriculumKind, EnrolmentStatus, OfferingStatus, Seat, Sex
from eic_tracker.domain.facts import ClassGroupFact, EnrolmentFact, Facts, Heads, OfferingFact
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_

_OFFERINGS = """
SELECT o.id, p.code, o.code, c.code, c.course_type, o.starts_on, o.ends_on, o.status, m.code
FROM offering o
JOIN programme p ON p.id = o.programme_id
JOIN course_version v ON v.id = o.course_version_id
JOIN course c ON c.id = v.course_id
LEFT JOIN municipality m ON m.id = o.municipality_id
WHERE o.programme_id IN ({programmes}) ORDER BY o.id
"""
_ASSIGNMENTS = """
SELECT a.offering_id, i.code, a.role, f.code
FROM offering o
JOIN assignment a ON a.offering_id = o.id
JOIN instructor i ON i.id = a.instructor_id
JOIN force f ON f.id = i.force_id
WHERE o.programme_id IN ({programmes}) ORDER BY a.offering_id, i.code
"""
_ENROLMENTS = """
SELECT e.id, e.offering_id, e.participant_id, e.status, e.seat, p.sex, i.code, u.code, r.code, p.document_country
FROM offering o
JOIN enrolment e ON e.offering_id = o.id
JOIN participant p ON p.id = e.participant_id
LEFT JOIN institution i ON i.id = e.institution_id
LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN rank r ON r.id = e.rank_id
WHERE o.programme_id IN ({programmes}) ORDER BY e.id
"""
_MERGED = "SELECT id, merged_into_id FROM participant WHERE merged_into_id IS NOT NULL"
_CLASS_GROUPS = """
SELECT g.id, p.code, g.first_lesson_on, g.graduated_on, s.code, s.administration, coalesce(gm.code, sm.code),
       c.code, c.kind, g.grade,
       g.reached_girls, g.reached_boys, g.reached_unrecorded,
       g.graduated_girls, g.graduated_boys, g.graduated_unrecorded, g.code
FROM class_group g
JOIN programme p ON p.id = g.programme_id
JOIN curriculum_version v ON v.id = g.curriculum_version_id
JOIN curriculum c ON c.id = v.curriculum_id
LEFT JOIN school s ON s.id = g.school_id
LEFT JOIN municipality sm ON sm.id = s.municipality_id
LEFT JOIN municipality gm ON gm.id = g.municipality_id
WHERE g.programme_id IN ({programmes}) ORDER BY g.id
"""
_GRADES = """
SELECT d.class_group_id, d.grade, d.reached_girls, d.reached_boys, d.reached_unrecorded,
       d.graduated_girls, d.graduated_boys, d.graduated_unrecorded
FROM class_group_grade d
JOIN class_group g ON g.id = d.class_group_id
WHERE g.programme_id IN ({programmes}) ORDER BY d.class_group_id, d.grade
"""
_OFFICERS = """
SELECT f.class_group_id, i.code
FROM class_officer f
JOIN class_group g ON g.id = f.class_group_id
JOIN instructor i ON i.id = f.instructor_id
WHERE g.programme_id IN ({programmes}) ORDER BY f.class_group_id, i.code
"""


def read_facts(connection: Connection, programme: str | None = None) -> Facts:
    """All facts of one programme, or of all but the load programme; UserError where the programme is unknown."""
    keys = programme_keys(connection, programme)
    return Facts(
        offerings=_offerings(connection, keys),
        enrolments=_enrolments(connection, keys),
        class_groups=_class_groups(connection, keys),
    )


def programme_keys(connection: Connection, programme: str | None) -> list[int]:
    """The key of a programme by its code, or the keys of all programmes but the load programme."""
    rows = connection.exec_driver_sql("SELECT id, code, is_load FROM programme ORDER BY id").all()
    if programme is None:
        return [row[0] for row in rows if not row[2]]
    keys = [row[0] for row in rows if row[1] == programme]
    if not keys:
        known = ", ".join(row[1] for row in rows)
        raise UserError(
            N_("There is no programme “{programme}” in this file. Choose one of: {known}."),
            programme=programme,
            known=known,
        )
    return keys


def _rows(connection: Connection, query: str, keys: Sequence[int]) -> Sequence[Sequence[Any]]:
    marks = ", ".join("?" for _ in keys) or "NULL"
    return connection.exec_driver_sql(query.format(programmes=marks), tuple(keys)).all()


@lru_cache(maxsize=20_000)
def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _offerings(connection: Connection, keys: Sequence[int]) -> tuple[OfferingFact, ...]:
    instructors: dict[int, list[str]] = defaultdict(list)
    lead_force: dict[int, str] = {}
    for offering, instructor, role, force in _rows(connection, _ASSIGNMENTS, keys):
        if instructor not in instructors[offering]:
            instructors[offering].append(instructor)
        if role == "lead":
            lead_force[offering] = force
    return tuple(
        OfferingFact(
            id=key,
            programme=programme,
            code=code,
            course=course,
            course_type=course_type,
            starts_on=dt.date.fromisoformat(starts_on),
            ends_on=dt.date.fromisoformat(ends_on),
            status=OfferingStatus(status),
            municipality=municipality,
            lead_force=lead_force.get(key),
            instructors=tuple(instructors.get(key, ())),
        )
        for key, programme, code, course, course_type, starts_on, ends_on, status, municipality in _rows(
            connection, _OFFERINGS, keys
        )
    )


def _enrolments(connection: Connection, keys: Sequence[int]) -> tuple[EnrolmentFact, ...]:
    merged = {int(key): int(into) for key, into in connection.exec_driver_sql(_MERGED)}
    statuses = {status.value: status for status in EnrolmentStatus}
    seats = {seat.value: seat for seat in Seat}
    sexes = {sex.value: sex for sex in Sex}
    return tuple(
        EnrolmentFact(
            id=key,
            offering_id=offering,
            person=survivor(person, merged),
            status=statuses[status],
            seat=seats[seat],
            sex=sexes[sex],
            institution=institution,
            unit=unit,
            rank=rank,
            country=country,
        )
        for key, offering, person, status, seat, sex, institution, unit, rank, country in _rows(
            connection, _ENROLMENTS, keys
        )
    )


def survivor(person: int, merged: dict[int, int]) -> int:
    """The record that stands for a person after all merges; of records merged in a circle the oldest."""
    seen: dict[int, None] = {}
    while person in merged:
        if person in seen:
            circle = list(seen)
            return min(circle[circle.index(person) :])
        seen[person] = None
        person = merged[person]
    return person


def _class_groups(connection: Connection, keys: Sequence[int]) -> tuple[ClassGroupFact, ...]:
    grades: dict[int, list[tuple[str | None, Heads, Heads]]] = defaultdict(list)
    for group, grade, *numbers in _rows(connection, _GRADES, keys):
        grades[group].append((grade, _heads(numbers[:3]), _heads(numbers[3:])))
    officers: dict[int, list[str]] = defaultdict(list)
    for group, officer in _rows(connection, _OFFICERS, keys):
        officers[group].append(officer)
    kinds = {kind.value: kind for kind in CurriculumKind}
    facts = []
    for (
        key,
        programme,
        first,
        graduated,
        school,
        kind_of_school,
        municipality,
        curriculum,
        kind,
        grade,
        *numbers,
        code,
    ) in _rows(connection, _CLASS_GROUPS, keys):
        facts.append(
            ClassGroupFact(
                id=key,
                programme=programme,
                first_lesson_on=_day(first),
                graduated_on=_day(graduated),
                school=school,
                school_type=kind_of_school,
                municipality=municipality,
                curriculum=curriculum,
                curriculum_kind=kinds[kind],
                instructors=tuple(officers.get(key, ())),
                grades=_grades(grades.get(key, []), grade, _heads(numbers[:3]), _heads(numbers[3:])),
                code=code,
            )
        )
    return tuple(facts)


def _heads(numbers: Sequence[int]) -> Heads:
    return _same_heads(*numbers)


@lru_cache(maxsize=20_000)
def _same_heads(girls: int, boys: int, unrecorded: int) -> Heads:
    """Classes are alike: equal heads are one object."""
    return Heads(girls, boys, unrecorded)


def _grades(
    by_grade: list[tuple[str | None, Heads, Heads]], grade: str | None, reached: Heads, graduated: Heads
) -> tuple[tuple[str | None, Heads, Heads], ...]:
    """The group's heads by grade; what the grades of a multigrade group leave over stays with the group's own grade."""
    if not by_grade:
        return ((grade, reached, graduated),)
    left_reached = _minus(reached, [each[1] for each in by_grade])
    left_graduated = _minus(graduated, [each[2] for each in by_grade])
    if left_reached == left_graduated == Heads():
        return tuple(by_grade)
    return (*by_grade, (grade, left_reached, left_graduated))


def _minus(whole: Heads, parts: list[Heads]) -> Heads:
    return Heads(
        whole.girls - sum(part.girls for part in parts),
        whole.boys - sum(part.boys for part in parts),
        whole.unrecorded - sum(part.unrecorded for part in parts),
    )
