"""Records that are likely one person, the likeliest first, for who decides: merge them, or tell them apart."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.matching import Likeness, Marks, likeness
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.other_process import report
from eic_tracker.queries.duplicates import likely_pairs, told_apart
from eic_tracker.queries.likenesses import PersonOnFile, Sought, candidates, known_people
from eic_tracker.queries.person_detail import surviving_record
from eic_tracker.store.database import Database

MOST = 1_000
"""So many pairs are shown; of the others the number is told."""


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """Two people who may be one, and what speaks for and against it."""

    first: PersonOnFile
    second: PersonOnFile
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The likeliest pairs, and how many there are in all."""

    total: int
    pairs: tuple[LikelyDuplicate, ...]


def find_duplicates(
    db: Database, acting: ActingUser, most: int = MOST, stop: Callable[[], bool] = lambda: False
) -> Duplicates:
    """Look through all people; pairs that were told apart are left out. It takes seconds to a minute.

    In a process of its own it reports how far it is."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        total, pairs = likely_pairs(connection, most, stop, report)
        people = known_people(connection, {key for pair in pairs for key in (pair.first, pair.second)})
    return Duplicates(
        total, tuple(LikelyDuplicate(people[pair.first], people[pair.second], pair.likeness) for pair in pairs)
    )


def duplicates_of(db: Database, acting: ActingUser, person: int) -> tuple[LikelyDuplicate, ...]:
    """The people who may be this one, the likeliest first; who was told apart is left out."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        person = surviving_record(connection, person)
        own = known_people(connection, [person]).get(person)
        if own is None:
            raise UserError(N_("There is no person {number} in this file."), number=person)
        apart = {key for pair in told_apart(connection, person) for key in pair}
        document = own.document_number
        found = people_alike(connection, own.marks, document, own.birth_date, leaving=apart | {person})
    return tuple(LikelyDuplicate(own, other, like) for other, like in found)


def people_alike(
    connection: Connection,
    marks: Marks,
    document: str | None,
    born: dt.date | None,
    *,
    leaving: Collection[int] = (),
) -> list[tuple[PersonOnFile, Likeness]]:
    """The people of the file who may be somebody of these marks, the likeliest first, but for those to be left out."""
    sought = Sought(marks.words, born, marks.police_number, document, marks.phone, marks.units)
    (keys,), common = candidates(connection, [sought])
    people = known_people(connection, keys - set(leaving))
    found = [(other, likeness(marks, other.marks, common)) for other in people.values()]
    return sorted((each for each in found if each[1].asks), key=lambda each: (-each[1].bits, each[0].id))


def open_pairs(db: Database, acting: ActingUser, pairs: Sequence[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Those of the pairs that nobody has decided by now: neither merged nor told apart."""
    require(acting, Action.ENROL)
    asked = json.dumps([list(pair) for pair in pairs])
    with db.read() as connection:
        rows = connection.exec_driver_sql(_OPEN_PAIRS, (asked,)).all()
    return frozenset((first, second) for first, second in rows)


_OPEN_PAIRS = """
SELECT a.id, b.id FROM json_each(?) asked
CROSS JOIN participant a ON a.id = json_extract(asked.value, '$[0]')
CROSS JOIN participant b ON b.id = json_extract(asked.value, '$[1]')
WHERE +a.merged_into_id IS NULL AND +b.merged_into_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM different_people d WHERE d.first_id = min(a.id, b.id) AND d.second_id = max(a.id, b.id)
)
"""
