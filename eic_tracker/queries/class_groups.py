"""Reads class groups as drafts, and what their rules are asked against: curriculum versions, the same class again."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.class_group_draft import (
    COUNTS,
    MULTIGRADE,
    SEXES,
    ClassGroupDraft,
    GradeCounts,
    LessonGiven,
    OfficerGiven,
)
from eic_tracker.domain.class_group_rules import Taught
from eic_tracker.domain.codes import CurriculumKind
from eic_tracker.domain.facts import Heads
from eic_tracker.queries.offerings import day

HEAD_COLUMNS = tuple(f"{what}_{sex}" for what in COUNTS for sex in SEXES)


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """A curriculum version that a group may be taught, with its programme and lessons."""

    id: int
    curriculum: str
    name: str
    version: str
    programme_id: int
    programme: str
    ended: bool
    taught: Taught
    titles: tuple[str | None, ...]
    """of lesson 1, 2, …; None where it has no title"""


@dataclass(frozen=True, slots=True)
class PresentGroup:
    """A class group that is in the file: its key and code."""

    id: int
    code: str


def read_versions(connection: Connection, today: dt.date) -> dict[int, VersionChoice]:
    """All curriculum versions by key, curricula by code, the newest version of each first."""
    titles: dict[int, dict[int, str]] = defaultdict(dict)
    for version, number, title in connection.exec_driver_sql(
        "SELECT curriculum_version_id, number, title FROM curriculum_lesson"
    ):
        titles[version][number] = title
    found = {}
    for row in connection.exec_driver_sql(
        "SELECT v.id, c.code, c.name, v.version, c.programme_id, p.code AS programme, c.valid_to, c.kind, v.lessons, "
        "v.lessons_required FROM curriculum_version v JOIN curriculum c ON c.id = v.curriculum_id "
        "JOIN programme p ON p.id = c.programme_id ORDER BY c.id, v.id DESC"
    ):
        last = day(row.valid_to)
        found[row.id] = VersionChoice(
            row.id,
            row.code,
            row.name,
            row.version,
            row.programme_id,
            row.programme,
            last is not None and last < today,
            Taught(CurriculumKind(row.kind), row.lessons, row.lessons_required),
            tuple(titles[row.id].get(number) for number in range(1, row.lessons + 1)),
        )
    return found


def read_drafts(connection: Connection, keys: Collection[int]) -> dict[int, ClassGroupDraft]:
    """The class groups that exist among the keys, as forms take them."""
    named = json.dumps(sorted(keys))
    lessons: dict[int, list[LessonGiven]] = defaultdict(list)
    for row in _of_groups(connection, "class_lesson", "number, given_on, girls, boys, unrecorded", "number", named):
        counted = None if row[3:] == (None,) * 3 else Heads(*(heads or 0 for heads in row[3:]))
        lessons[row[0]].append(LessonGiven(row[1], dt.date.fromisoformat(row[2]), counted))
    grades: dict[int, list[GradeCounts]] = defaultdict(list)
    for row in _of_groups(connection, "class_group_grade", ", ".join(("grade", *HEAD_COLUMNS)), "grade", named):
        grades[row[0]].append(GradeCounts(row[1], *_heads(row[2:])))
    officers: dict[int, list[OfficerGiven]] = defaultdict(list)
    for row in _of_groups(connection, "class_officer", "instructor_id, role", "role = 'assistant', id", named):
        officers[row[0]].append(OfficerGiven(row[1], row[2]))
    columns = (
        "id, curriculum_version_id, school_year, school_id, municipality_id, grade, section, shift, lessons_given, "
        "first_lesson_on, graduated_on, event, note, repeat_reason, source_document_id, " + ", ".join(HEAD_COLUMNS)
    )
    found = {}
    for group in connection.exec_driver_sql(
        f"SELECT {columns} FROM class_group WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (named,)
    ).mappings():
        key = group["id"]
        enrolled, reached, graduated = _heads([group[name] for name in HEAD_COLUMNS])
        found[key] = ClassGroupDraft(
            id=key,
            curriculum_version_id=group["curriculum_version_id"],
            school_year=group["school_year"],
            school_id=group["school_id"],
            municipality_id=group["municipality_id"],
            grade=MULTIGRADE if grades[key] else group["grade"],
            section=group["section"],
            shift=group["shift"],
            enrolled=enrolled,
            reached=reached,
            graduated=graduated,
            by_grade=tuple(grades[key]),
            lessons=tuple(lessons[key]),
            lessons_given=group["lessons_given"],
            first_lesson_on=day(group["first_lesson_on"]),
            graduated_on=day(group["graduated_on"]),
            officers=tuple(officers[key]),
            event=group["event"],
            note=group["note"],
            repeat_reason=group["repeat_reason"],
            source_document_id=group["source_document_id"],
        )
    return found


def read_same(
    connection: Connection, schools: Iterable[int], years: Iterable[int]
) -> Mapping[tuple[object, ...], list[PresentGroup]]:
    """The class groups of some schools and years by what `same_class` gives, the oldest first."""
    found: dict[tuple[object, ...], list[PresentGroup]] = defaultdict(list)
    for key, code, *same, several in connection.exec_driver_sql(
        "SELECT g.id, g.code, g.school_id, g.school_year, g.grade, g.section, g.shift, "
        "EXISTS (SELECT 1 FROM class_group_grade y WHERE y.class_group_id = g.id) FROM class_group g "
        "WHERE g.school_id IN (SELECT value FROM json_each(?)) AND g.school_year IN (SELECT value FROM json_each(?)) "
        "ORDER BY g.id",
        (json.dumps(sorted(set(schools))), json.dumps(sorted(set(years)))),
    ):
        school, year, grade, section, shift = same
        grade = MULTIGRADE if several else grade
        if grade is not None:
            found[school, year, grade, section, shift].append(PresentGroup(key, code))
    return found


def groups_of_school(connection: Connection, school: int, year: int) -> list[int]:
    """The class groups of a school in a school year, by grade, section and shift."""
    rows = connection.exec_driver_sql(
        "SELECT id FROM class_group WHERE school_id = ? AND school_year = ? "
        "ORDER BY grade IS NULL, grade, section, shift, id",
        (school, year),
    )
    return [key for (key,) in rows]


def codes_ever(connection: Connection, year: int) -> list[str]:
    """The codes of the class groups of a year, also of those whose entry was undone: papers may carry them."""
    prefix = f"G-{year}-%"
    now = connection.exec_driver_sql("SELECT code FROM class_group WHERE code LIKE ?", (prefix,))
    undone = connection.exec_driver_sql(
        "SELECT json_extract(before, '$.code') FROM change WHERE table_name = 'class_group' AND operation = 'delete'"
    )
    return [*(code for (code,) in now), *(code for (code,) in undone if code and code.startswith(f"G-{year}-"))]


def _of_groups(connection: Connection, table: str, columns: str, order: str, groups: str) -> list[tuple[Any, ...]]:
    query = (
        f"SELECT class_group_id, {columns} FROM {table} "
        f"WHERE class_group_id IN (SELECT value FROM json_each(?)) ORDER BY class_group_id, {order}"
    )
    return [tuple(row) for row in connection.exec_driver_sql(query, (groups,))]


def _heads(numbers: Collection[int]) -> tuple[Heads, Heads, Heads]:
    each = list(numbers)
    return Heads(*each[:3]), Heads(*each[3:6]), Heads(*each[6:9])
