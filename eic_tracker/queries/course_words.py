"""By what words a list may name a course, a place or an instructor of the file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.names import fold


@dataclass(frozen=True, slots=True)
class Given:
    """A course that was given, as far as a list may mean it."""

    id: int
    code: str
    course_id: int
    starts_on: dt.date
    ends_on: dt.date
    status: str


@dataclass(frozen=True, slots=True)
class CourseWords:
    """Courses by key with code and title, places and instructors by key with their names and by code, courses given."""

    courses: dict[int, tuple[str, str]]
    places: dict[int, str]
    leads: dict[int, str]
    given: tuple[Given, ...]
    place_codes: dict[str, int]
    lead_codes: dict[str, int]
    departments: dict[int, str]
    """of each place, as places of one name are told apart"""

    def course_of_code(self, code: str) -> int | None:
        """The course with this code."""
        return next((key for key, (own, _) in self.courses.items() if fold(own) == fold(code)), None)


def read_course_words(connection: Connection) -> CourseWords:
    """The catalogue of courses for people, all places and instructors, and every course given."""
    courses = connection.exec_driver_sql(
        "SELECT c.id, c.code, c.title FROM course c JOIN programme p ON p.id = c.programme_id "
        "WHERE p.kind = 'courses' AND NOT p.is_load "
        "AND EXISTS (SELECT 1 FROM course_version v WHERE v.course_id = c.id) ORDER BY c.code"
    )
    places = connection.exec_driver_sql(
        "SELECT m.id, m.name, m.code, d.name FROM municipality m JOIN department d ON d.id = m.department_id "
        "WHERE m.valid_to IS NULL ORDER BY m.name, d.code"
    ).all()
    leads = connection.exec_driver_sql(
        "SELECT id, given_names || ' ' || surnames, code FROM instructor ORDER BY match_key, code"
    ).all()
    given = connection.exec_driver_sql(
        "SELECT o.id, o.code, v.course_id, o.starts_on, o.ends_on, o.status FROM offering o "
        "JOIN course_version v ON v.id = o.course_version_id ORDER BY o.id"
    )
    return CourseWords(
        {key: (code, title) for key, code, title in courses},
        {key: name for key, name, _, _ in places},
        {key: name for key, name, _ in leads},
        tuple(
            Given(key, code, course, dt.date.fromisoformat(start), dt.date.fromisoformat(end), status)
            for key, code, course, start, end, status in given
        ),
        {code: key for key, _, code, _ in places},
        {code: key for key, _, code in leads},
        {key: department for key, _, _, department in places},
    )
