"""Search everything: people, offerings, courses, instructors, schools, class groups, certificates, letters."""

from __future__ import annotations

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.queries.hits import Hit, HitKind, Part, PartName, Rank
from eic_tracker.queries.listing import sight_of
from eic_tracker.queries.paper_hits import search_paper_codes
from eic_tracker.queries.search import LONGEST, search_people
from eic_tracker.queries.search_entries import search_entries
from eic_tracker.store.database import Database

__all__ = ["Hit", "HitKind", "Part", "PartName", "Rank", "search"]

PER_KIND = 8


def search(db: Database, acting: ActingUser, text: str, limit: int = PER_KIND) -> tuple[Hit, ...]:
    """At most `limit` hits of each kind for a typed text, kind by kind, best first; only what the user may see.

    Words find by their beginnings, in any order, accents ignored; a person also by the last four or more characters
    of a number; the printed code of a sheet or act finds its course.

    Who sees numbers masked finds by their shown end only."""
    sight = sight_of(acting)
    text = text[:LONGEST]
    with db.read() as connection:
        of_paper = search_paper_codes(connection, text, sight)
        if of_paper:
            return of_paper
        people = search_people(connection, text, limit, sight)
        return people + search_entries(connection, text, limit, sight)
