"""What a statement or transcript of a person may say: completed courses that are closed, and nothing of the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.queries.counted_grades import COUNTED_GRADE
from eic_tracker.queries.identities import records_of


@dataclass(frozen=True, slots=True)
class StatedCourse:
    """A course that a person completed; the grade that counts in hundredths, None where none was given."""

    enrolment_id: int
    code: str
    title: str
    hours: int
    starts_on: dt.date
    ends_on: dt.date
    grade: int | None


_COMPLETED = f"""
SELECT e.id, o.code, t.title, v.hours, o.starts_on, o.ends_on, {COUNTED_GRADE}
FROM enrolment e JOIN offering o ON o.id = e.offering_id JOIN programme g ON g.id = o.programme_id
JOIN course_version v ON v.id = o.course_version_id JOIN course t ON t.id = v.course_id
WHERE e.status = 'completed' AND o.status = 'closed' AND NOT g.is_load AND e.participant_id IN ({records_of("?")})
ORDER BY o.ends_on, o.code, e.id
"""


def stated_courses(connection: Connection, participant: int) -> tuple[StatedCourse, ...]:
    """The completed courses of all records of a person (the surviving one's key), oldest first."""
    return tuple(
        StatedCourse(key, code, title, hours, dt.date.fromisoformat(starts), dt.date.fromisoformat(ends), grade)
        for key, code, title, hours, starts, ends, grade in connection.exec_driver_sql(_COMPLETED, (participant,))
    )
