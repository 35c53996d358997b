"""The certificates of a course for their delivery: what is printed on each, and who received it already."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.queries.offerings import day
from eic_tracker.queries.school import read_school


@dataclass(frozen=True, slots=True)
class DeliveryPerson:
    """A certificate to be handed over; of the document only the last five characters."""

    number: str
    rank: str
    name: str
    document_end: str
    place: str
    """book, folio and entry of the register, as 1-12-3"""
    delivered_on: dt.date | None
    received_by: str


@dataclass(frozen=True, slots=True)
class DeliveryList:
    """The certificates of a course that hold, by name."""

    course: str
    title: str
    letterhead: tuple[str, ...]
    people: tuple[DeliveryPerson, ...]


_COURSE = """
SELECT o.code, c.title FROM offering o JOIN course_version v ON v.id = o.course_version_id
JOIN course c ON c.id = v.course_id WHERE o.id = ?
"""
_PEOPLE = """
SELECT k.number, k.snapshot, coalesce(substr(p.document_number, -5), ''),
       coalesce(b.number || '-' || f.number || '-' || y.number, ''), d.delivered_on, coalesce(d.received_by, '')
FROM certificate k
JOIN enrolment e ON e.id = k.enrolment_id
JOIN participant p ON p.id = e.participant_id
LEFT JOIN register_entry y ON y.id = (SELECT max(z.id) FROM register_entry z WHERE z.certificate_id = k.id)
LEFT JOIN folio f ON f.id = y.folio_id
LEFT JOIN register_book b ON b.id = f.register_book_id
LEFT JOIN delivery d ON d.id = (SELECT max(x.id) FROM delivery x WHERE x.certificate_id = k.id)
WHERE e.offering_id = ? AND k.status IN ('approved', 'issued') AND k.snapshot IS NOT NULL
ORDER BY p.sort_key, k.serial
"""


def read_delivery_list(connection: Connection, offering: int) -> DeliveryList | None:
    """The list of a course; None where the course is gone."""
    course = connection.exec_driver_sql(_COURSE, (offering,)).first()
    if course is None:
        return None
    people = []
    for number, snapshot, end, place, delivered, receiver in connection.exec_driver_sql(_PEOPLE, (offering,)):
        said = json.loads(snapshot)
        people.append(DeliveryPerson(number, said["rank"], said["name"], end, place, day(delivered), receiver))
    return DeliveryList(course[0], course[1], read_school(connection).letterhead, tuple(people))
