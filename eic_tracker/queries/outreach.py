"""Lists of the programmes that count by head: class groups and schools. No child is named anywhere."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eic_tracker.domain.facts import Heads
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import Right
from eic_tracker.queries.listing import Filter, Listing, Sight
from eic_tracker.queries.quality import YES, quality_filters


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer of a class group; the name is left out for those who see no people."""

    code: str
    name: str | None


@dataclass(frozen=True, slots=True)
class ClassGroupRow:
    """A class group as lists show it."""

    id: int
    code: str
    programme: str
    school_code: str | None
    school: str | None
    municipality_code: str | None
    municipality: str | None
    department_code: str | None
    department: str | None
    event: str | None
    grade: str | None
    multigrade: bool
    section: str | None
    shift: str | None
    school_year: int
    curriculum: str
    curriculum_name: str
    curriculum_kind: str
    officers: tuple[Officer, ...]
    lessons_given: int
    lessons_required: int | None
    """None: such a group never graduates"""
    enrolled: Heads
    reached: Heads
    graduated: Heads
    first_lesson_on: dt.date | None
    graduated_on: dt.date | None


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school as lists show it; an instructor's totals count own class groups only."""

    id: int
    code: str
    sace_code: str | None
    name: str
    municipality_code: str
    municipality: str
    department_code: str
    department: str
    locality: str | None
    administration: str | None
    shifts: tuple[str, ...]
    groups: int
    reached: int
    graduated: int
    last_year: int | None


def _group_row(row: Sequence[Any], sight: Sight) -> ClassGroupRow:
    (key, code, programme, school_code, school, place_code, place, department_code, department, event) = row[:10]
    (grade, multigrade, section, shift, year, curriculum, curriculum_name, kind, officers) = row[10:19]
    given, required, *heads = row[19:30]
    first, graduated = row[30:]
    named = sight.people is not Right.NO
    return ClassGroupRow(
        id=key,
        code=code,
        programme=programme,
        school_code=school_code,
        school=school,
        municipality_code=place_code,
        municipality=place,
        department_code=department_code,
        department=department,
        event=event,
        grade=grade,
        multigrade=bool(multigrade),
        section=section,
        shift=shift,
        school_year=year,
        curriculum=curriculum,
        curriculum_name=curriculum_name,
        curriculum_kind=kind,
        officers=tuple(Officer(officer, name if named else None) for officer, name in json.loads(officers)),
        lessons_given=given,
        lessons_required=required,
        enrolled=Heads(*heads[:3]),
        reached=Heads(*heads[3:6]),
        graduated=Heads(*heads[6:]),
        first_lesson_on=_day(first),
        graduated_on=_day(graduated),
    )


def _school_row(row: Sequence[Any], _sight: Sight) -> SchoolRow:
    (key, code, sace, name, place_code, place, department_code, department, locality, administration) = row[:10]
    *shifts, groups, reached, graduated, last_year = row[10:]
    return SchoolRow(
        id=key,
        code=code,
        sace_code=sace,
        name=name,
        municipality_code=place_code,
        municipality=place,
        department_code=department_code,
        department=department,
        locality=locality,
        administration=administration,
        shifts=tuple(shift for shift, meets in zip(_SHIFTS, shifts, strict=True) if meets),
        groups=groups,
        reached=reached,
        graduated=graduated,
        last_year=last_year,
    )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _search(*columns: str) -> Any:
    """Every typed word must stand in the code or the name, accents ignored."""

    def search(text: str) -> tuple[str, tuple[object, ...]]:
        words = text.split()
        conditions, values = [], []
        for word in words:
            found = [f"{column} LIKE ? ESCAPE '\\'" for column in columns]
            conditions.append(f"({' OR '.join(found)})")
            # names are kept folded; codes keep their dashes
            values += [f"%{_plain(fold(word) if column.endswith('match_key') else word)}%" for column in columns]
        return " AND ".join(conditions), tuple(values)

    return search


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_SHIFTS = ("morning", "afternoon", "evening")
_NEVER_GRADUATE = "('camp', 'workshop')"
_OFFICERS = """
(SELECT json_group_array(json_array(i.code, i.given_names || ' ' || i.surnames)) FROM
    (SELECT instructor_id FROM class_officer WHERE class_group_id = g.id ORDER BY role = 'assistant', id) f
    JOIN instructor i ON i.id = f.instructor_id)"""
_GROUP_PLACES = """class_group g
LEFT JOIN school s ON s.id = g.school_id
LEFT JOIN municipality m ON m.id = coalesce(g.municipality_id, s.municipality_id)
JOIN curriculum_version v ON v.id = g.curriculum_version_id
JOIN curriculum c ON c.id = v.curriculum_id"""
_HEADS = ", ".join(
    f"g.{what}_{who}" for what in ("enrolled", "reached", "graduated") for who in ("girls", "boys", "unrecorded")
)

CLASS_GROUPS: Listing[ClassGroupRow] = Listing(
    name="class_groups",
    key="g.id",
    source=_GROUP_PLACES,
    select=f"""
SELECT g.id, g.code, p.code, s.code, s.name, m.code, m.name, d.code, d.name, g.event,
       g.grade, EXISTS (SELECT 1 FROM class_group_grade y WHERE y.class_group_id = g.id), g.section, g.shift,
       g.school_year, c.code, c.name, c.kind, {_OFFICERS},
       g.lessons_given, v.lessons_required, {_HEADS}, g.first_lesson_on, g.graduated_on
FROM {_GROUP_PLACES}
JOIN programme p ON p.id = g.programme_id
LEFT JOIN department d ON d.id = m.department_id""",
    row=_group_row,
    orders={
        "newest": ("g.first_lesson_on DESC", "g.code"),
        "code": ("g.code",),
        "school": ("s.match_key IS NULL", "s.match_key", "g.school_year", "g.grade", "g.section"),
        "municipality": ("m.code IS NULL", "m.code", "s.match_key"),
        "grade": ("g.grade IS NULL", "g.grade", "g.section"),
        "school_year": ("g.school_year", "g.code"),
        "curriculum": ("c.code", "g.code"),
        "lessons_given": ("g.lessons_given",),
        "enrolled": ("g.enrolled_girls + g.enrolled_boys + g.enrolled_unrecorded",),
        "reached": ("g.reached_girls + g.reached_boys + g.reached_unrecorded",),
        "graduated": ("g.graduated_girls + g.graduated_boys + g.graduated_unrecorded",),
        "first_lesson_on": ("g.first_lesson_on IS NULL", "g.first_lesson_on"),
        "graduated_on": ("g.graduated_on IS NULL", "g.graduated_on"),
    },
    filters={
        "programme": Filter(
            "g.programme_id = (SELECT id FROM programme WHERE code = ?)",
            "SELECT code, name FROM programme WHERE kind = 'outreach' ORDER BY id",
        ),
        "year": Filter(
            "g.school_year = CAST(? AS INTEGER)",
            "SELECT DISTINCT school_year, NULL FROM class_group ORDER BY 1 DESC",
        ),
        "department": Filter("substr(m.code, 1, 2) = ?", "SELECT code, name FROM department ORDER BY code"),
        "municipality": Filter(
            "m.code = ?",
            "SELECT m.code, m.name FROM municipality m WHERE m.id IN (SELECT municipality_id FROM school) "
            "OR m.id IN (SELECT municipality_id FROM class_group) ORDER BY m.code",
        ),
        "school": Filter("s.code = ?", "SELECT code, name FROM school ORDER BY match_key"),
        "curriculum": Filter("c.code = ?", "SELECT code, name FROM curriculum ORDER BY id"),
        "officer": Filter(
            "g.id IN (SELECT f.class_group_id FROM class_officer f JOIN instructor i ON i.id = f.instructor_id "
            "WHERE i.code = ?)",
            "SELECT code, NULL FROM instructor WHERE id IN (SELECT instructor_id FROM class_officer) ORDER BY code",
        ),
        "grade": Filter(
            "g.id IN (SELECT w.id FROM (SELECT ? AS grade) t JOIN class_group w ON w.grade = t.grade "
            "OR EXISTS (SELECT 1 FROM class_group_grade y WHERE y.class_group_id = w.id AND y.grade = t.grade))",
            "SELECT grade, NULL FROM class_group WHERE grade IS NOT NULL "
            "UNION SELECT grade, NULL FROM class_group_grade ORDER BY 1",
        ),
        "shift": Filter("g.shift = ?", _SHIFTS),
        "not_graduated": Filter(f"g.graduated_on IS NULL AND c.kind NOT IN {_NEVER_GRADUATE} AND ? = 'yes'", (YES,)),
        "no_first_lesson": Filter("g.first_lesson_on IS NULL AND ? = 'yes'", (YES,)),
        **quality_filters("class_groups", "g.id"),
    },
    own="g.id IN (SELECT class_group_id FROM class_officer WHERE instructor_id = ?)",
    naming={
        "officers": "SELECT count(DISTINCT instructor_id) FROM class_officer "
        "WHERE class_group_id IN (SELECT value FROM json_each(?))"
    },
    search=_search("g.code", "s.match_key", "s.code"),
)

_MINE = "({own} IS NULL OR g.id IN (SELECT class_group_id FROM class_officer WHERE instructor_id = {own}))"
_TOTALS = f"""(
    SELECT g.school_id, count(*) AS groups, max(g.school_year) AS last_year,
        sum(CASE WHEN g.first_lesson_on <= {{today}}
            THEN g.reached_girls + g.reached_boys + g.reached_unrecorded ELSE 0 END) AS reached,
        sum(CASE WHEN g.graduated_on <= {{today}} AND c.kind NOT IN {_NEVER_GRADUATE}
            THEN g.graduated_girls + g.graduated_boys + g.graduated_unrecorded ELSE 0 END) AS graduated
    FROM class_group g JOIN curriculum_version v ON v.id = g.curriculum_version_id
    JOIN curriculum c ON c.id = v.curriculum_id
    WHERE g.school_id IS NOT NULL AND {_MINE} GROUP BY g.school_id)"""
_SCHOOL_PLACES = f"""school s JOIN municipality m ON m.id = s.municipality_id
LEFT JOIN {_TOTALS} h ON h.school_id = s.id"""

SCHOOLS: Listing[SchoolRow] = Listing(
    name="schools",
    key="s.id",
    source=_SCHOOL_PLACES,
    select=f"""
SELECT s.id, s.code, s.sace_code, s.name, m.code, m.name, d.code, d.name, s.locality, s.administration,
       s.has_morning, s.has_afternoon, s.has_evening,
       coalesce(h.groups, 0), coalesce(h.reached, 0), coalesce(h.graduated, 0), h.last_year
FROM {_SCHOOL_PLACES}
JOIN department d ON d.id = m.department_id""",
    row=_school_row,
    orders={
        "name": ("s.match_key",),
        "code": ("s.code",),
        "sace_code": ("s.sace_code IS NULL", "s.sace_code"),
        "municipality": ("m.code", "s.match_key"),
        "administration": ("s.administration IS NULL", "s.administration", "s.match_key"),
        "groups": ("coalesce(h.groups, 0)",),
        "reached": ("coalesce(h.reached, 0)",),
        "graduated": ("coalesce(h.graduated, 0)",),
        "last_year": ("coalesce(h.last_year, 0)",),
    },
    filters={
        "department": Filter("substr(m.code, 1, 2) = ?", "SELECT code, name FROM department ORDER BY code"),
        "municipality": Filter(
            "m.code = ?",
            "SELECT m.code, m.name FROM municipality m WHERE m.id IN (SELECT municipality_id FROM school) "
            "ORDER BY m.code",
        ),
        "administration": Filter(
            "s.administration = ?", ("official", "non_governmental", "proheco", "municipal", "ccepreb")
        ),
        "year": Filter(
            "s.id IN (SELECT school_id FROM class_group WHERE school_year = CAST(? AS INTEGER))",
            "SELECT DISTINCT school_year, NULL FROM class_group ORDER BY 1 DESC",
        ),
        "no_groups": Filter("h.groups IS NULL AND ? = 'yes'", (YES,)),
        "no_sace_code": Filter("s.sace_code IS NULL AND ? = 'yes'", (YES,)),
    },
    own="s.id IN (SELECT g.school_id FROM class_officer f JOIN class_group g ON g.id = f.class_group_id "
    "WHERE f.instructor_id = ?)",
    search=_search("s.code", "s.match_key", "s.sace_code"),
)
