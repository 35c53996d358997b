"""Records that are likely one person, the likeliest first, for who decides: merge them, or tell them apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eic_tracker.domain.matching import Likeness, likeness
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
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
    """Look through all people; pairs that were told apart are left out. It takes seconds to a minute."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        total, pairs = likely_pairs(connection, most, stop)
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
        sought = Sought(
            own.marks.words, own.birth_date, own.police_number, own.document_number, own.phone, own.marks.units
        )
        (keys,), common = candidates(connection, [sought])
        apart = {key for pair in told_apart(connection, person) for key in pair}
        people = known_people(connection, keys - apart - {person})
    found = [LikelyDuplicate(own, other, likeness(own.marks, other.marks, common)) for other in people.values()]
    likely = [each for each in found if each.likeness.asks]
    return tuple(sorted(likely, key=lambda each: (-each.likeness.bits, each.second.id)))
