"""What belongs to one person beside the row of the list: facts, documents, merged records, checks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.permissions import Right
from eic_tracker.domain.person_form import PERSON_FIELDS
from eic_tracker.queries.facts import survivor
from eic_tracker.queries.identities import records_of, shown
from eic_tracker.queries.listing import Sight
from eic_tracker.queries.offerings import day


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of a person; all None to those who see masked numbers."""

    birth_date: dt.date | None = None
    birth_municipality: str | None = None
    birth_place: str | None = None
    birth_country: str | None = None
    phone: str | None = None
    state_since: dt.date | None = None
    recorded_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """An identity document; `current` is the one that the person is known by, `id` the key of a further one."""

    kind: str | None
    country: str | None
    number: str | None
    valid_to: dt.date | None
    current: bool
    id: int | None = None


@dataclass(frozen=True, slots=True)
class MergedRecord:
    """A record that was found to be the same person, as it was written."""

    id: int
    given_names: str
    surnames: str
    document: str | None
    enrolments: int


@dataclass(frozen=True, slots=True)
class VettingLine:
    """A check: where it stands; `kind` and `tracking_number` only for those who may read the word behind it."""

    status: str
    requested_on: dt.date | None
    answered_on: dt.date | None
    expires_on: dt.date | None
    kind: str | None
    tracking_number: str | None


@dataclass(frozen=True, slots=True)
class OriginLine:
    """A letter or list that named the person for a course; all but the course may be unknown."""

    kind: str
    number: str | None
    dated: dt.date | None
    sender: str | None
    offering_id: int
    offering: str
    course_title: str


_ORIGINS = f"""
SELECT d.kind, d.number, d.dated, d.sender, o.id, o.code, c.title
FROM enrolment e JOIN source_document d ON d.id = e.source_document_id JOIN offering o ON o.id = e.offering_id
JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id
WHERE e.participant_id IN ({records_of("?")}) ORDER BY o.ends_on DESC, e.id DESC
"""
_FACTS = """
SELECT p.birth_date, m.name, p.birth_place, p.birth_country, p.phone, p.state_since, p.recorded_at
FROM participant p LEFT JOIN municipality m ON m.id = p.birth_municipality_id WHERE p.id = ?
"""
_DOCUMENTS = f"""
SELECT p.document_kind, p.document_country, p.document_number, NULL, p.id = ?1, NULL
FROM participant p WHERE p.document_number IS NOT NULL AND p.id IN ({records_of("?1")})
UNION ALL
SELECT d.kind, d.country, d.number, d.valid_to, 0, d.id
FROM participant_document d WHERE d.participant_id IN ({records_of("?1")})
ORDER BY 5 DESC, 4 DESC, 3
"""
_MERGED = f"""
SELECT p.id, p.given_names, p.surnames, p.document_number,
       (SELECT count(*) FROM enrolment e WHERE e.participant_id = p.id)
FROM participant p WHERE p.id <> ?1 AND p.id IN ({records_of("?1")}) ORDER BY p.id
"""
_VETTING = f"""
SELECT status, requested_on, answered_on, expires_on, kind, tracking_number
FROM vetting WHERE participant_id IN ({records_of("?")}) ORDER BY requested_on DESC, id DESC
"""


def surviving_record(connection: Connection, key: int) -> int:
    """The record that stands for a person now."""
    merged = connection.exec_driver_sql(
        "SELECT id, merged_into_id FROM participant WHERE merged_into_id IS NOT NULL"
    ).all()
    return survivor(key, {int(away): int(into) for away, into in merged})


def read_person_facts(connection: Connection, key: int, sight: Sight) -> PersonFacts:
    """The facts of a person who exists."""
    if sight.people is not Right.YES:
        return PersonFacts()
    born, municipality, place, country, phone, since, at = connection.exec_driver_sql(_FACTS, (key,)).one()
    recorded = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    return PersonFacts(day(born), municipality, place, country, phone, day(since), recorded)


def read_documents(connection: Connection, key: int, sight: Sight) -> tuple[DocumentLine, ...]:
    """All identity documents of a person, the present one first."""
    return tuple(
        DocumentLine(kind, country, shown(number, sight), day(valid_to), bool(current), key_of_further)
        for kind, country, number, valid_to, current, key_of_further in connection.exec_driver_sql(_DOCUMENTS, (key,))
    )


def read_merged(connection: Connection, key: int, sight: Sight) -> tuple[MergedRecord, ...]:
    """The records that were merged into a person's; none to those who see own offerings only."""
    if sight.people is not Right.YES:
        return ()
    return tuple(MergedRecord(*row) for row in connection.exec_driver_sql(_MERGED, (key,)))


def read_vetting(connection: Connection, key: int, *, with_word: bool) -> tuple[VettingLine, ...]:
    """The checks of a person, newest first."""
    return tuple(
        VettingLine(
            status,
            day(requested),
            day(answered),
            day(expires),
            kind if with_word else None,
            tracking if with_word else None,
        )
        for status, requested, answered, expires, kind, tracking in connection.exec_driver_sql(_VETTING, (key,))
    )


def read_origins(connection: Connection, key: int, sight: Sight) -> tuple[OriginLine, ...]:
    """The documents by which a person came onto rosters, newest course first; none for who sees own offerings only."""
    if sight.people is not Right.YES:
        return ()
    return tuple(
        OriginLine(kind, number, day(dated), sender, offering, code, title)
        for kind, number, dated, sender, offering, code, title in connection.exec_driver_sql(_ORIGINS, (key,))
    )


def read_form_values(connection: Connection, key: int) -> dict[str, Any] | None:
    """The columns of a person that a form shows, by name; None where there is no such record."""
    row = connection.exec_driver_sql("SELECT * FROM participant WHERE id = ?", (key,)).mappings().first()
    if row is None:
        return None
    values = {field.name: row[field.name] for field in PERSON_FIELDS}
    return {**values, "birth_date": day(row["birth_date"]), "state_since": day(row["state_since"])}
