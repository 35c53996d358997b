"""The facts of an open file, read once and held until its journal grows: repeated figures cost milliseconds."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from eic_tracker.domain.facts import Facts
from eic_tracker.queries.facts import read_facts

T = TypeVar("T")

Stamp = tuple[int, str]
"""Number and hash of the newest journal entry: every write appends one, a restored file has another hash."""

_MOST_REMEMBERED = 512


@dataclass(slots=True)
class HeldFacts:
    """Facts as of one journal entry, with what was worked out from them."""

    stamp: Stamp
    facts: Facts
    remembered: dict[Hashable, object] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives; made once for as long as the journal does not grow."""
        with self.lock:
            if key not in self.remembered:
                if len(self.remembered) >= _MOST_REMEMBERED:
                    self.remembered.clear()
                self.remembered[key] = make()
            return cast("T", self.remembered[key])

    def of_instructor(self, code: str) -> Facts:
        """The offerings that an instructor is assigned to with all their people, and their class groups."""
        return self.remember(("facts of", code), lambda: _own(self.facts, code))


@dataclass(slots=True)
class _Place:
    """What is held for one open file; the lock lets one thread read while others wait for the same facts."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    held: HeldFacts | None = None


_places: WeakKeyDictionary[Engine, _Place] = WeakKeyDictionary()
_places_lock = threading.Lock()


def newest_stamp(connection: Connection) -> Stamp:
    """Number and hash of the newest journal entry that this transaction sees."""
    row = connection.exec_driver_sql("SELECT id, hash FROM change_set ORDER BY id DESC LIMIT 1").first()
    return (row[0], row[1]) if row else (0, "")


def held_facts(connection: Connection) -> HeldFacts:
    """All facts but those of the load programme, as this read transaction sees them.

    Only for connections of `Database.read`: rows of an unfinished write are not in the journal yet."""
    stamp = newest_stamp(connection)
    with _places_lock:
        place = _places.setdefault(connection.engine, _Place())
    with place.lock:
        if place.held is None or place.held.stamp != stamp:
            place.held = None
            place.held = HeldFacts(stamp, _read(connection))
        return place.held


def _read(connection: Connection) -> Facts:
    """The facts, with the search for circular garbage put off: among so many new objects it takes half of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        return read_facts(connection)
    finally:
        if running:
            gc.enable()


def _own(facts: Facts, code: str) -> Facts:
    offerings = [offering for offering in facts.offerings if code in offering.instructors]
    keys = {offering.id for offering in offerings}
    return Facts(
        offerings=offerings,
        enrolments=[enrolment for enrolment in facts.enrolments if enrolment.offering_id in keys],
        class_groups=[group for group in facts.class_groups if code in group.instructors],
    )
