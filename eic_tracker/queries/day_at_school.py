"""Reads one day of the school: the courses that run, who sits in them, the marks of the day, beds; nobody by name."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.codes import AttendanceMark, Sex


@dataclass(frozen=True, slots=True)
class RunningCourse:
    """A course between its first and its last day; `class_today` is false on a day for which others are kept."""

    id: int
    code: str
    title: str
    place: str
    starts_on: dt.date
    ends_on: dt.date
    class_today: bool


@dataclass(frozen=True, slots=True)
class DaySeat:
    """Somebody's seat in a running course, with the marks of the day; `reason` is that of the first absence."""

    enrolment_id: int
    participant_id: int
    offering_id: int
    sex: Sex
    institution: str | None
    lodging: bool | None
    marks: frozenset[AttendanceMark]
    reason: str | None


@dataclass(frozen=True, slots=True)
class DayCount:
    """Seats of a day as keys of enrolments, whose number is the figure. Expected = present + absent + not marked."""

    expected: tuple[int, ...]
    present: tuple[int, ...]
    absent: tuple[int, ...]
    unmarked: tuple[int, ...]
    """nothing was recorded of them: they are neither present nor absent"""


@dataclass(frozen=True, slots=True)
class CourseDay:
    """A course on the day: everybody in training in it by sex, days left after this one, and its count."""

    course: RunningCourse
    days_left: int
    people: tuple[int, ...]
    women: tuple[int, ...]
    men: tuple[int, ...]
    unrecorded: tuple[int, ...]
    count: DayCount


@dataclass(frozen=True, slots=True)
class DayAtSchool:
    """A day at the school; each seat is counted once, nobody is named. `capacity` is None where it is not known."""

    day: dt.date
    courses: tuple[CourseDay, ...]
    total: DayCount
    by_sex: tuple[tuple[Sex, DayCount], ...]
    by_institution: tuple[tuple[str | None, DayCount], ...]
    """most expected first; None where no institution is recorded"""
    reasons: tuple[tuple[str | None, tuple[int, ...]], ...]
    """why people are absent; None where nobody said, last"""
    beds: tuple[int, ...]
    """one enrolment of each person who sleeps at the school in the night after the day"""
    beds_by_sex: tuple[tuple[Sex, int], ...]
    lodging_unsaid: int
    """seats of which nobody said whether they sleep at the school"""
    capacity: int | None

    @property
    def people(self) -> tuple[int, ...]:
        """Everybody in training, whether or not there is class."""
        return tuple(key for course in self.courses for key in course.people)


_COURSES = """
SELECT o.id, o.code, c.title, o.place, m.name AS municipality, o.starts_on, o.ends_on,
       EXISTS (SELECT 1 FROM offering_day d WHERE d.offering_id = o.id AND d.held_on = ?1)
       OR NOT EXISTS (SELECT 1 FROM offering_day d WHERE d.offering_id = o.id) AS class_today
FROM programme p CROSS JOIN offering o ON o.programme_id = p.id
JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id
LEFT JOIN municipality m ON m.id = o.municipality_id
WHERE o.status <> 'cancelled' AND o.starts_on <= ?1 AND o.ends_on >= ?1 AND NOT p.is_load
ORDER BY o.ends_on, o.code
"""
_MARKS = """
SELECT a.enrolment_id, a.mark, g.name
FROM offering_day d JOIN attendance a ON a.offering_day_id = d.id LEFT JOIN ground g ON g.id = a.ground_id
WHERE d.offering_id = ? AND d.held_on = ? ORDER BY a.id
"""
_SEATS = """
SELECT e.id, e.participant_id, p.sex, coalesce(i.name, e.institution_text), e.lodging, e.status
FROM enrolment e JOIN participant p ON p.id = e.participant_id LEFT JOIN institution i ON i.id = e.institution_id
WHERE e.offering_id = ? AND e.seat = 'seat' AND e.status NOT IN ('applied', 'removed') ORDER BY p.sort_key, e.id
"""
_SITTING = frozenset({"enrolled", "completed", "not_completed"})
_ABSENCES = frozenset({AttendanceMark.ABSENT, AttendanceMark.EXCUSED})


def read_running_courses(connection: Connection, day: dt.date) -> tuple[RunningCourse, ...]:
    """The courses that run on a day, the one that ends first before the others."""
    return tuple(
        RunningCourse(
            row.id,
            row.code,
            row.title,
            ", ".join(dict.fromkeys(part for part in (row.place, row.municipality) if part)),
            dt.date.fromisoformat(row.starts_on),
            dt.date.fromisoformat(row.ends_on),
            bool(row.class_today),
        )
        for row in connection.exec_driver_sql(_COURSES, (day.isoformat(),))
    )


def read_day_seats(connection: Connection, offering_id: int, day: dt.date) -> tuple[DaySeat, ...]:
    """Who sits in a course on a day; somebody who left it later only where the day has a mark of them."""
    marks: dict[int, set[AttendanceMark]] = defaultdict(set)
    reasons: dict[int, str] = {}
    for enrolment, mark, reason in connection.exec_driver_sql(_MARKS, (offering_id, day.isoformat())):
        marks[enrolment].add(AttendanceMark(mark))
        if reason is not None and AttendanceMark(mark) in _ABSENCES:
            reasons.setdefault(enrolment, reason)
    return tuple(
        DaySeat(
            key,
            person,
            offering_id,
            Sex(sex),
            institution,
            None if lodging is None else bool(lodging),
            frozenset(marks.get(key, ())),
            reasons.get(key),
        )
        for key, person, sex, institution, lodging, status in connection.exec_driver_sql(_SEATS, (offering_id,))
        if status in _SITTING or key in marks
    )


def read_places_to_sleep(connection: Connection, day: dt.date) -> int | None:
    """How many people the school houses, as the newest published figure of that day says; None where none does."""
    row = connection.exec_driver_sql(
        "SELECT value FROM published_figure WHERE measure = 'capacity' AND coalesce(period_from, ?1) <= ?1 "
        "AND coalesce(period_to, ?1) >= ?1 ORDER BY period_from DESC, id DESC LIMIT 1",
        (day.isoformat(),),
    ).first()
    return int(row[0]) if row else None
