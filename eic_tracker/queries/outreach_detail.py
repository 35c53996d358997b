"""What belongs to one class group: lessons, heads by grade, officers, papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.facts import Heads
from eic_tracker.domain.permissions import Right
from eic_tracker.queries.listing import Sight


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson of the curriculum; `given_on` is None where it was not given or not noted."""

    number: int
    title: str | None
    given_on: dt.date | None
    present: Heads | None
    """None where nobody was counted on that day"""


@dataclass(frozen=True, slots=True)
class GradeHeads:
    """The heads of one grade of a multigrade group."""

    grade: str
    enrolled: Heads
    reached: Heads
    graduated: Heads


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """An officer of the group; the name is left out for those who see no people."""

    instructor_id: int
    code: str
    name: str | None
    role: str


@dataclass(frozen=True, slots=True)
class GroupPapers:
    """Where a class group's numbers come from."""

    source: str | None
    """number or subject of the letter or report"""
    sheets: int
    """attached summary sheets"""
    historical_total: int | None
    """the key of the historical total that this group draws down"""
    note: str | None
    repeat_reason: str | None
    recorded_at: dt.datetime


_LESSONS = """
SELECT n.number, k.title, l.given_on, l.girls, l.boys, l.unrecorded
FROM class_group g
JOIN (SELECT class_group_id, number FROM class_lesson
      UNION SELECT w.id, c.number FROM class_group w
      JOIN curriculum_lesson c ON c.curriculum_version_id = w.curriculum_version_id WHERE w.id = ?1) n
    ON n.class_group_id = g.id
LEFT JOIN curriculum_lesson k ON k.curriculum_version_id = g.curriculum_version_id AND k.number = n.number
LEFT JOIN class_lesson l ON l.class_group_id = g.id AND l.number = n.number
WHERE g.id = ?1 ORDER BY n.number
"""
_GRADES = """
SELECT grade, enrolled_girls, enrolled_boys, enrolled_unrecorded, reached_girls, reached_boys, reached_unrecorded,
       graduated_girls, graduated_boys, graduated_unrecorded
FROM class_group_grade WHERE class_group_id = ? ORDER BY grade
"""
_OFFICERS = """
SELECT i.id, i.code, i.given_names || ' ' || i.surnames, f.role
FROM class_officer f JOIN instructor i ON i.id = f.instructor_id
WHERE f.class_group_id = ? ORDER BY f.role = 'assistant', f.id
"""
_PAPERS = """
SELECT coalesce(d.number, d.subject),
       (SELECT count(*) FROM attachment t WHERE t.class_group_id = g.id AND t.kind = 'summary_sheet'
        AND t.content IS NOT NULL),
       g.historical_total_id, g.note, g.repeat_reason, g.recorded_at
FROM class_group g LEFT JOIN source_document d ON d.id = g.source_document_id WHERE g.id = ?
"""


def read_lessons(connection: Connection, group: int) -> tuple[Lesson, ...]:
    """The lessons of the group's curriculum in order, given or not."""
    return tuple(
        Lesson(
            number,
            title,
            None if given is None else dt.date.fromisoformat(given),
            None if heads == [None] * 3 else Heads(*(each or 0 for each in heads)),
        )
        for number, title, given, *heads in connection.exec_driver_sql(_LESSONS, (group,))
    )


def read_grades(connection: Connection, group: int) -> tuple[GradeHeads, ...]:
    """The grades of a multigrade group; nothing for others."""
    return tuple(
        GradeHeads(grade, Heads(*heads[:3]), Heads(*heads[3:6]), Heads(*heads[6:]))
        for grade, *heads in connection.exec_driver_sql(_GRADES, (group,))
    )


def officers_of(connection: Connection, group: int, sight: Sight) -> tuple[OfficerLine, ...]:
    """The group's officers, the one who leads first."""
    named = sight.people is not Right.NO
    return tuple(
        OfficerLine(key, code, name if named else None, role)
        for key, code, name, role in connection.exec_driver_sql(_OFFICERS, (group,))
    )


def papers_of(connection: Connection, group: int) -> GroupPapers:
    """The papers of a group that exists."""
    source, sheets, total, note, repeated, recorded_at = connection.exec_driver_sql(_PAPERS, (group,)).one()
    return GroupPapers(
        source, sheets, total, note, repeated, dt.datetime.fromisoformat(recorded_at).replace(tzinfo=dt.UTC)
    )
