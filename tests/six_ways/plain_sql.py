"""The figures in plain SQL, written from the counting rules alone; nothing of the program is asked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.six_ways.asked import AS_OF, Asked

_SURVIVORS = """
WITH RECURSIVE survivor(id, person) AS (
  SELECT id, id FROM participant WHERE merged_into_id IS NULL
  UNION ALL
  SELECT p.id, s.person FROM participant p JOIN survivor s ON p.merged_into_id = s.id
),
given AS (
  SELECT o.id, o.ends_on, o.status, c.code AS course,
    (SELECT f.code FROM assignment a JOIN instructor i ON i.id = a.instructor_id JOIN force f ON f.id = i.force_id
     WHERE a.offering_id = o.id AND a.role = 'lead') AS force
  FROM offering o JOIN programme g ON g.id = o.programme_id
  JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id
  WHERE g.code = :programme AND (o.status = 'closed' OR (o.status = 'open' AND o.ends_on < :as_of))
    AND o.ends_on <= :as_of AND o.ends_on BETWEEN :first AND :last
),
counted AS (
  SELECT given.id AS offering, given.course, given.force, e.status, s.person, p.sex,
    p.document_country AS country, i.code AS institution,
    e.status = 'completed' AND given.status = 'closed' AS completed
  FROM given JOIN enrolment e ON e.offering_id = given.id
  JOIN survivor s ON s.id = e.participant_id JOIN participant p ON p.id = s.person
  LEFT JOIN institution i ON i.id = e.institution_id
  WHERE e.seat = 'seat' AND e.status IN ('completed', 'not_completed', 'withdrew')
)
"""
_COURSES = {
    "offerings": "SELECT count(*) FROM given WHERE {cell}",
    "enrolments": "SELECT count(*) FROM counted WHERE {cell}",
    "completions": "SELECT count(*) FROM counted WHERE completed AND {cell}",
    "persons": "SELECT count(DISTINCT person) FROM counted WHERE completed AND {cell}",
}
_COURSE_CELLS = {
    "": "1",
    "course": "course = :key",
    "instructor-force": "force = :key",
    "sex": "sex = :key",
    "country": "country = :key",
    "institution": "institution = :key",
}
_GROUPS = """
SELECT coalesce(sum({heads}), 0)
FROM class_group c JOIN programme g ON g.id = c.programme_id
JOIN curriculum_version v ON v.id = c.curriculum_version_id JOIN curriculum k ON k.id = v.curriculum_id
LEFT JOIN school s ON s.id = c.school_id
LEFT JOIN municipality m ON m.id = coalesce(s.municipality_id, c.municipality_id)
LEFT JOIN department d ON d.id = m.department_id
{grades}
WHERE g.code = :programme AND c.{day} <= :as_of AND c.{day} BETWEEN :first AND :last AND {cell}
"""
_DAYS = {"reached": "first_lesson_on", "graduated": "graduated_on"}
_SEXES = {"F": "girls", "M": "boys", "U": "unrecorded"}
_MONTHS = {"1": ("01-01", "03-31"), "2": ("04-01", "06-30"), "3": ("07-01", "09-30"), "4": ("10-01", "12-31")}


def answers(file: Path, figures: list[Asked]) -> dict[str, int]:
    """Each figure as SQLite counts it."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return {str(asked): _answer(connection, asked) for asked in figures}


def _answer(connection: sqlite3.Connection, asked: Asked) -> int:
    if asked.published:
        return _published(connection, asked)
    first, last = _days(asked.span)
    given = {"programme": asked.programme, "as_of": AS_OF, "first": first, "last": last, "key": asked.key}
    if asked.measure in _COURSES:
        query = _SURVIVORS + _COURSES[asked.measure].format(cell=_COURSE_CELLS[asked.by])
    else:
        query = _of_groups(asked)
    return int(connection.execute(query, given).fetchone()[0])


def _of_groups(asked: Asked, cell: str = "1") -> str:
    sexes = [_SEXES[asked.key]] if asked.by == "sex" else list(_SEXES.values())
    grades = ""
    heads = " + ".join(f"c.{asked.measure}_{sex}" for sex in sexes)
    if asked.by == "grade":
        grades = "LEFT JOIN class_group_grade x ON x.class_group_id = c.id"
        heads = " + ".join(f"coalesce(x.{asked.measure}_{sex}, c.{asked.measure}_{sex})" for sex in sexes)
        cell = "coalesce(x.grade, c.grade) = :key"
    if asked.by == "department":
        cell = "d.code = :key"
    if asked.measure == "graduated":
        cell += " AND k.kind NOT IN ('camp', 'workshop')"
    return _GROUPS.format(heads=heads, grades=grades, day=_DAYS[asked.measure], cell=cell)


def _published(connection: sqlite3.Connection, asked: Asked) -> int:
    """The counted side of a published figure: its scope stands in its row."""
    measure, first, last, force, places, kind = connection.execute(
        "SELECT measure, period_from, period_to, instructor_force, municipalities, curriculum_kind "
        "FROM published_figure WHERE key = ?",
        (asked.published,),
    ).fetchone()
    given = {"programme": asked.programme, "as_of": AS_OF, "first": first, "last": last, "key": force}
    if measure in _COURSES:
        query = _SURVIVORS + _COURSES[measure].format(cell="force = :key" if force else "1")
    else:
        codes = ", ".join(f"'{code}'" for code in (places or "").split(";"))
        cell = f"m.code IN ({codes})" if places else "1"
        cell += f" AND k.kind = '{kind}'" if kind else ""
        query = _of_groups(Asked(asked.programme, measure), cell)
    return int(connection.execute(query, given).fetchone()[0])


def _days(span: str) -> tuple[str, str]:
    if not span:
        return "0001-01-01", AS_OF
    year, _, quarter = span.partition("Q")
    first, last = _MONTHS[quarter] if quarter else ("01-01", "12-31")
    return f"{year}-{first}", f"{year}-{last}"
