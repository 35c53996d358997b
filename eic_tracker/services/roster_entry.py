"""What somebody who types a roster is offered: known people with their own last post, ranks and units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.enrolling import Concern, concerns
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.vetting_rules import Standing
from eic_tracker.queries.enrolling import KnownPerson, Service, institutions_in_need, read_known
from eic_tracker.queries.listing import sight_of
from eic_tracker.queries.person_detail import surviving_record
from eic_tracker.queries.search import search_people
from eic_tracker.services.enrolment import REFERENCES, STANDING, EnrolmentLine, free_seats, situation_of
from eic_tracker.services.offerings import open_offering
from eic_tracker.store.database import Database

_RANKS = "SELECT id, name FROM rank WHERE valid_to IS NULL ORDER BY position, name"
_UNITS = """
SELECT id, CASE WHEN code = name THEN name ELSE code || ' — ' || name END FROM unit
WHERE valid_to IS NULL ORDER BY name
"""


@dataclass(frozen=True, slots=True)
class PersonToEnrol:
    """A known person before they are enrolled: identity, own last post with its names, what is to be said."""

    person: KnownPerson
    names: Mapping[str, str]
    """the names of `rank_id`, `unit_id`, `institution_id`"""
    standing: Standing
    concerns: tuple[Concern, ...]
    on_roster: bool


def people_to_enrol(
    db: Database, acting: ActingUser, offering_id: int, keys: Sequence[int]
) -> tuple[PersonToEnrol, ...]:
    """Known people for a roster, in the order of their keys; merged records are told by the one that stands."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        offering = open_offering(connection, offering_id)
        wanted = list(dict.fromkeys(surviving_record(connection, key) for key in keys))
        known = read_known(connection, offering_id, offering["starts_on"], wanted)
        free = free_seats(connection, offering)
        need = institutions_in_need(connection)
        found = []
        for key in wanted:
            if (person := known.get(key)) is None:
                continue
            line = EnrolmentLine(key, person.service)
            situation = situation_of(offering, line, person, free, need)
            found.append(
                PersonToEnrol(
                    person,
                    _names(connection, person.service),
                    situation.standing,
                    concerns(situation),
                    person.enrolment_status in STANDING,
                )
            )
        return tuple(found)


@dataclass(frozen=True, slots=True)
class PostChoices:
    """What the post of somebody is chosen from: names by key, of items that have not ended."""

    ranks: Mapping[int | str, str]
    units: Mapping[int | str, str]


def post_choices(db: Database, acting: ActingUser) -> PostChoices:
    """The ranks and units that a roster offers."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        ranks, units = ({row[0]: row[1] for row in connection.exec_driver_sql(query)} for query in (_RANKS, _UNITS))
    return PostChoices(ranks, units)


MATCHES = 5
"""People that are offered while a name or a number is typed."""


def find_to_enrol(db: Database, acting: ActingUser, offering_id: int, text: str) -> tuple[PersonToEnrol, ...]:
    """At most five people whom a typed name or number may mean, best first, each as `people_to_enrol` tells them."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        hits = search_people(connection, text, MATCHES, sight_of(acting))
    return people_to_enrol(db, acting, offering_id, [hit.id for hit in hits])


def _names(connection: Connection, service: Service) -> dict[str, str]:
    names = {}
    for field, table in REFERENCES:
        key = getattr(service, field)
        if key is not None:
            names[field] = connection.exec_driver_sql(f"SELECT name FROM {table} WHERE id = ?", (key,)).scalar_one()
    return names
