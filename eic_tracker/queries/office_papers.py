"""What the papers of a course show: the course, the school, and the people with a seat or waiting for one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.codes import Seat, Sex
from eic_tracker.queries.school import read_school


@dataclass(frozen=True, slots=True)
class PaperPerson:
    """A person of a roster; of the document only the last five characters."""

    surnames: str
    given_names: str
    sex: Sex
    rank: str
    unit: str
    institution: str
    document_end: str
    lodging: bool | None
    seat: Seat


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """A course on its papers; `people` in the order of their names, alternates among them."""

    code: str
    title: str
    hours: int
    starts_on: dt.date
    ends_on: dt.date
    place: str
    lead: str
    days: tuple[dt.date, ...]
    letters: tuple[str, ...]
    school: tuple[str, ...]
    people: tuple[PaperPerson, ...]

    @property
    def seated(self) -> tuple[PaperPerson, ...]:
        """Those with a seat."""
        return tuple(person for person in self.people if person.seat is Seat.SEAT)


_COURSE = """
SELECT o.code, c.title, v.hours, o.starts_on, o.ends_on, o.place, m.name AS municipality,
       (SELECT a.given_names || ' ' || a.surnames
        FROM assignment x JOIN instructor a ON a.id = x.instructor_id
        WHERE x.offering_id = o.id AND x.role = 'lead') AS lead
FROM offering o JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id
LEFT JOIN municipality m ON m.id = o.municipality_id WHERE o.id = ?
"""
_PEOPLE = """
SELECT p.surnames, p.given_names, p.sex, coalesce(e.rank_text, r.name, ''), coalesce(u.name, e.unit_text, ''),
       coalesce(i.name, e.institution_text, ''), coalesce(substr(p.document_number, -5), ''), e.lodging, e.seat
FROM enrolment e JOIN participant p ON p.id = e.participant_id
LEFT JOIN rank r ON r.id = e.rank_id LEFT JOIN unit u ON u.id = e.unit_id
LEFT JOIN institution i ON i.id = e.institution_id
WHERE e.offering_id = ? AND e.status IN ('applied', 'enrolled', 'completed', 'not_completed')
ORDER BY p.sort_key, p.id
"""
_LETTERS = """
SELECT DISTINCT coalesce(d.number, d.sender) FROM source_document d
WHERE (d.id IN (SELECT source_document_id FROM enrolment WHERE offering_id = ?1)
       OR d.id = (SELECT source_document_id FROM offering WHERE id = ?1))
  AND coalesce(d.number, d.sender) IS NOT NULL ORDER BY d.dated, d.id
"""


def read_office_paper(connection: Connection, offering_id: int) -> OfficePaper | None:
    """A course for its papers; None where it is gone."""
    row = connection.exec_driver_sql(_COURSE, (offering_id,)).first()
    if row is None:
        return None
    days = connection.exec_driver_sql(
        "SELECT DISTINCT held_on FROM offering_day WHERE offering_id = ? ORDER BY held_on", (offering_id,)
    )
    people = tuple(
        PaperPerson(
            surnames, given, Sex(sex), rank, unit, institution, end, None if bed is None else bool(bed), Seat(seat)
        )
        for surnames, given, sex, rank, unit, institution, end, bed, seat in connection.exec_driver_sql(
            _PEOPLE, (offering_id,)
        )
    )
    return OfficePaper(
        code=row.code,
        title=row.title,
        hours=row.hours,
        starts_on=dt.date.fromisoformat(row.starts_on),
        ends_on=dt.date.fromisoformat(row.ends_on),
        place=", ".join(part for part in (row.place, row.municipality) if part),
        lead=row.lead or "",
        days=tuple(dt.date.fromisoformat(day) for (day,) in days),
        letters=tuple(letter for (letter,) in connection.exec_driver_sql(_LETTERS, (offering_id,))),
        school=read_school(connection).letterhead,
        people=people,
    )
