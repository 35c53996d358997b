"""What a merge of two records meets: both people, their rosters, certificates, the days on which they are counted."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.queries.identities import records_of
from eic_tracker.store.search import matching_tail

FIELDS = (
    "given_names",
    "surnames",
    "sex",
    "document",
    "police_number",
    "birth_date",
    "birth_place",
    "phone",
    "state",
)
"""What is chosen field by field, in the order of forms."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in FIELDS},
    "document": ("document_kind", "document_country", "document_number"),
    "birth_place": ("birth_municipality_id", "birth_place", "birth_country"),
    "state": ("state", "state_since"),
}
"""The columns that belong to a field."""


@dataclass(frozen=True, slots=True)
class RosterPlace:
    """A place on a roster: the course given, its dates, how it stands, whether a certificate stands on it."""

    enrolment_id: int
    offering_id: int
    code: str
    programme: str
    ends_on: dt.date
    status: str
    certified: bool


def read_columns(connection: Connection, key: int) -> Mapping[str, Any] | None:
    """The stored columns of a person; None where there is none."""
    row = connection.exec_driver_sql("SELECT * FROM participant WHERE id = ?", (key,)).mappings().first()
    return None if row is None else dict(row)


def places_on_rosters(connection: Connection, key: int) -> tuple[RosterPlace, ...]:
    """Where a person and the records merged into them stand or stood on a roster, by offering."""
    rows = connection.exec_driver_sql(
        "SELECT e.id, e.offering_id, o.code, p.code, o.ends_on, e.status, EXISTS (SELECT 1 FROM certificate c "
        "WHERE c.enrolment_id = e.id AND c.status <> 'annulled') FROM enrolment e "
        "JOIN offering o ON o.id = e.offering_id JOIN programme p ON p.id = o.programme_id "
        f"WHERE e.participant_id IN ({records_of('?')}) ORDER BY e.offering_id, e.id",
        (key,),
    )
    return tuple(
        RosterPlace(enrolment, offering, code, programme, dt.date.fromisoformat(ends), status, bool(certified))
        for enrolment, offering, code, programme, ends, status, certified in rows
    )


def merge_of(connection: Connection, gone: int) -> int | None:
    """The newest change set that merged a record into another; None where none did."""
    return connection.exec_driver_sql(
        "SELECT max(change_set_id) FROM change WHERE table_name = 'participant' AND row_id = ? "
        "AND operation = 'update' AND json_extract(after, '$.merged_into_id') IS NOT NULL",
        (gone,),
    ).scalar()


def days_by_programme(places: Iterable[RosterPlace]) -> dict[str, set[dt.date]]:
    """The last days of the courses, by programme: the days on which people are counted."""
    found: dict[str, set[dt.date]] = {}
    for place in places:
        found.setdefault(place.programme, set()).add(place.ends_on)
    return found


def told_apart_row(connection: Connection, first: int, second: int) -> int | None:
    """The row that says that two records are two people."""
    pair = json.dumps(sorted((first, second)))
    return connection.exec_driver_sql(
        "SELECT id FROM different_people WHERE first_id = json_extract(?1, '$[0]') "
        "AND second_id = json_extract(?1, '$[1]')",
        (pair,),
    ).scalar()


LONGEST_KEY = 8
"""Digits up to which a number is that of a record; identity numbers are longer."""


def people_of_number(connection: Connection, text: str) -> list[int]:
    """The records that a number means: a record's own, else those with a document of that number."""
    number = "".join(text.split()).replace("-", "").upper()
    if number.isdecimal() and len(number) <= LONGEST_KEY:
        rows = connection.exec_driver_sql("SELECT id FROM participant WHERE id = ?", (int(number),)).all()
        if rows:
            return [key for (key,) in rows]
    return [key for key in people_of_tail(connection, number) if number in _numbers_of(connection, key)]


def people_of_tail(connection: Connection, number: str) -> list[int]:
    """The records with a document or police number that ends so; at least four characters, asked of the index."""
    found = connection.exec_driver_sql(
        "SELECT rowid FROM search_person WHERE search_person MATCH ? ORDER BY rowid", (matching_tail(number),)
    )
    keys = [key for (key,) in found]
    return [key for key in keys if any(each.endswith(number) for each in _numbers_of(connection, key))]


def _numbers_of(connection: Connection, key: int) -> list[str]:
    rows = connection.exec_driver_sql(
        "SELECT document_number FROM participant WHERE id = ?1 UNION SELECT police_number FROM participant "
        "WHERE id = ?1 UNION SELECT number FROM participant_document WHERE participant_id = ?1",
        (key,),
    )
    return [str(number).upper() for (number,) in rows if number is not None]
