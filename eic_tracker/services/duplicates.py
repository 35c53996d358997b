"""Records that are likely one person, the likeliest first, for who decides: merge them, or tell them apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eic_tracker.domain.matching import Likeness
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.queries.duplicates import likely_pairs
from eic_tracker.queries.likenesses import PersonOnFile, known_people
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
