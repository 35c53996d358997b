"""What an enrolment asks of the file: a person's own last post, courses taken before, checks, seats."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.enrolling import CourseTaken
from eic_tracker.domain.vetting_rules import Check
from eic_tracker.queries.identities import records_of
from eic_tracker.queries.offerings import day


@dataclass(frozen=True, slots=True)
class Service:
    """Where somebody serves: keys of lists, or the sender's words where they are not mapped yet."""

    rank_id: int | None = None
    unit_id: int | None = None
    institution_id: int | None = None
    rank_text: str | None = None
    unit_text: str | None = None
    institution_text: str | None = None
    post: str | None = None


NOWHERE = Service()
"""Of somebody of whom no post is known."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the file as an enrolment needs them: identity, own last post, past, present row on the roster."""

    id: int
    given_names: str
    surnames: str
    sex: str
    document_kind: str | None
    document_country: str | None
    document_number: str | None
    service: Service
    taken: tuple[CourseTaken, ...]
    checks: tuple[Check, ...]
    enrolment_id: int | None
    """of the very offering, if there is one"""
    enrolment_status: str | None


_KEYS = "(SELECT value FROM json_each(?))"
_PEOPLE = (
    "SELECT id, given_names, surnames, sex, document_kind, document_country, document_number "
    f"FROM participant WHERE id IN {_KEYS}"
)
# A unit, rank or institution that ended before the course begins is not offered again, only what it became.
_LAST = """
SELECT e.rank_id, e.rank_text,
       CASE WHEN u.valid_to IS NULL OR u.valid_to >= :day THEN e.unit_id ELSE u.successor_id END, e.unit_text,
       CASE WHEN i.valid_to IS NULL OR i.valid_to >= :day THEN e.institution_id ELSE i.successor_id END,
       e.institution_text, e.post
FROM enrolment e JOIN offering o ON o.id = e.offering_id
LEFT JOIN unit u ON u.id = e.unit_id LEFT JOIN institution i ON i.id = e.institution_id
WHERE e.participant_id IN ({records}) AND e.status <> 'removed' AND o.status <> 'cancelled' AND o.id <> :offering
ORDER BY o.starts_on DESC, e.id DESC LIMIT 1
""".replace("{records}", records_of(":person"))
_TAKEN = """
SELECT o.code, o.ends_on, coalesce(o.place, m.name), e.status = 'completed'
FROM enrolment e JOIN offering o ON o.id = e.offering_id
JOIN course_version v ON v.id = o.course_version_id LEFT JOIN municipality m ON m.id = o.municipality_id
WHERE e.participant_id IN ({records}) AND e.seat = 'seat' AND o.status = 'closed' AND o.id <> :offering
  AND e.status IN ('completed', 'not_completed', 'withdrew')
  AND v.course_id = (SELECT w.course_id FROM offering x JOIN course_version w ON w.id = x.course_version_id
                     WHERE x.id = :offering)
ORDER BY e.status <> 'completed', o.ends_on DESC LIMIT 3
""".replace("{records}", records_of(":person"))
_CHECKS = f"""
SELECT status, requested_on, answered_on, expires_on FROM vetting WHERE participant_id IN ({records_of(":person")})
"""
_HERE = f"""
SELECT id, status FROM enrolment WHERE offering_id = :offering AND participant_id IN ({records_of(":person")})
ORDER BY status = 'removed', id LIMIT 1
"""


def read_known(
    connection: Connection, offering: int, first_day: dt.date, keys: Sequence[int]
) -> dict[int, KnownPerson]:
    """The people of these keys, each by the key of the record that stands for them."""
    found = {}
    for row in connection.exec_driver_sql(_PEOPLE, (json.dumps(list(keys)),)):
        asked = {"person": row.id, "offering": offering, "day": first_day.isoformat()}
        here = connection.exec_driver_sql(_HERE, asked).first()
        found[row.id] = KnownPerson(
            id=row.id,
            given_names=row.given_names,
            surnames=row.surnames,
            sex=row.sex,
            document_kind=row.document_kind,
            document_country=row.document_country,
            document_number=row.document_number,
            service=_service(connection.exec_driver_sql(_LAST, asked).first()),
            taken=tuple(
                CourseTaken(code, dt.date.fromisoformat(ended), place, bool(done))
                for code, ended, place, done in connection.exec_driver_sql(_TAKEN, asked)
            ),
            checks=checks_of(connection, row.id),
            enrolment_id=here.id if here is not None else None,
            enrolment_status=here.status if here is not None else None,
        )
    return found


def checks_of(connection: Connection, person: int) -> tuple[Check, ...]:
    """The verifications of a person and of the records merged into them."""
    rows = connection.exec_driver_sql(_CHECKS, {"person": person})
    return tuple(Check(status, day(asked), day(said), day(until)) for status, asked, said, until in rows)


def _service(row: Sequence[Any] | None) -> Service:
    if row is None:
        return Service()
    rank, rank_text, unit, unit_text, institution, institution_text, post = row
    return Service(rank, unit, institution, rank_text, unit_text, institution_text, post)


def institutions_in_need(connection: Connection) -> frozenset[int]:
    """The institutions whose people need verification."""
    return frozenset(
        key for (key,) in connection.exec_driver_sql("SELECT id FROM institution WHERE vetting_required = 1")
    )


def institution_of_units(connection: Connection, units: Iterable[int]) -> Mapping[int, int]:
    """The institution of each unit."""
    rows = connection.exec_driver_sql(
        f"SELECT id, institution_id FROM unit WHERE id IN {_KEYS}", (json.dumps(sorted(set(units))),)
    )
    return defaultdict(int, {row[0]: row[1] for row in rows})
