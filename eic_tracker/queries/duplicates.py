"""Likely pairs of records of one person among all people: blocks of those who share something, compared within.

Nobody is compared with everybody: only who has the same name, all but one word of it, or a second sign in common."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations

from sqlalchemy import Connection

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.matching import (
    ENOUGH_ALONE,
    SHORTEST_NUMBER,
    Commonness,
    Document,
    Likeness,
    Marks,
    commonness,
    likeness,
    one_slip,
    phone_digits,
    without_particles,
)

LARGEST_BLOCK = 60
"""More people than this share a thing by chance: such a block says nothing and is left out."""

_EVERY = 4096
"""After so many comparisons whoever waits may stop the search."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two records (lower key first) that may be one person, and what speaks for it."""

    first: int
    second: int
    likeness: Likeness


@dataclass(slots=True)
class _People:
    """All people column by column, as light as they can be: most are never looked at twice."""

    words: dict[int, tuple[str, ...]]
    rows: dict[int, tuple[str, str | None, str | None, str | None]]
    """sex, birth date, police number, phone"""
    documents: dict[int, frozenset[Document]]
    units: dict[int, set[object]]

    def marks(self, key: int) -> Marks:
        """What one of them is compared by."""
        sex, born, police, phone = self.rows[key]
        birth_date = dt.date.fromisoformat(born) if born else None
        documents = self.documents.get(key, frozenset())
        return Marks(
            self.words[key], Sex(sex), birth_date, documents, police, phone, frozenset(self.units.get(key, ()))
        )


def likely_pairs(
    connection: Connection,
    most: int,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[int, tuple[LikelyPair, ...]]:
    """How many likely pairs there are, and the `most` likeliest of them; those told apart are left out.

    `stop` is asked now and then; where it says so, what was found until then is given. `progress` hears which of the
    ways of looking is done."""
    people = _read(connection)
    common = commonness(people.words.values())
    apart = {
        (first, second)
        for first, second in connection.exec_driver_sql("SELECT first_id, second_id FROM different_people")
    }
    found: dict[Pair, LikelyPair] = {}
    looked_at: set[Pair] = set()
    for pair in _pairs(people, common, progress):
        if pair in looked_at:
            continue
        looked_at.add(pair)
        if len(looked_at) % _EVERY == 0 and stop():
            break
        likely = likeness(people.marks(pair[0]), people.marks(pair[1]), common)
        if likely.asks and pair not in apart:
            found[pair] = LikelyPair(*pair, likely)
    best = nlargest(most, found.values(), key=lambda each: (each.likeness.bits, -each.first, -each.second))
    return len(found), tuple(best)


def told_apart(connection: Connection, person: int) -> list[Pair]:
    """The pairs of records, this one among them, that were found to be two people."""
    rows = connection.exec_driver_sql(
        "SELECT first_id, second_id FROM different_people WHERE first_id = ?1 OR second_id = ?1", (person,)
    )
    return [(first, second) for first, second in rows]


def _read(connection: Connection) -> _People:
    people = _People({}, {}, {}, defaultdict(set))
    for key, match_key, *row, kind, country, number in connection.exec_driver_sql(
        "SELECT id, match_key, sex, birth_date, police_number, phone, document_kind, document_country, "
        "document_number FROM participant WHERE merged_into_id IS NULL"
    ):
        people.words[key] = without_particles(match_key)
        people.rows[key] = tuple(row)
        if number is not None:
            people.documents[key] = frozenset({(kind, country, number)})
    for person, *document in connection.exec_driver_sql(
        "SELECT participant_id, kind, country, number FROM participant_document"
    ):
        if person in people.words:
            held = people.documents.get(person, frozenset())
            people.documents[person] = held | {(document[0], document[1], document[2])}
    for person, unit in connection.exec_driver_sql(
        "SELECT participant_id, unit_id FROM enrolment WHERE unit_id IS NOT NULL"
    ):
        if person in people.words:
            people.units[person].add(unit)
    return people


def _pairs(people: _People, common: Commonness, progress: Callable[[int, int], None]) -> Iterator[Pair]:
    """Every pair that shares something which can make it likely; the same pair may come more than once."""
    rows = people.rows
    ways: tuple[Callable[[], Iterator[Pair]], ...] = (
        lambda: _within(_blocks((key, row[2]) for key, row in rows.items())),
        lambda: _within(_blocks((key, phone_digits(row[3])) for key, row in rows.items() if row[3])),
        lambda: _within(_blocks((key, (people.words[key], row[1][:4])) for key, row in rows.items() if row[1])),
        lambda: _of_similar_name(people, _blocks((key, row[1]) for key, row in rows.items())),
        lambda: _near_documents(people),
        lambda: _named_alike(people.words, common),
        lambda: _within(
            _blocks((key, (people.words[key], unit)) for key, units in people.units.items() for unit in units)
        ),
    )
    for number, way in enumerate(ways, 1):
        # reading all people was the first part
        progress(number, len(ways) + 1)
        yield from way()


def _blocks(shared: Iterable[tuple[int, Hashable]]) -> Iterator[Sequence[int]]:
    """Those who share something that is not empty."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for key, what in shared:
        if what is not None and what != "":
            blocks[what].append(key)
    return iter(blocks.values())


def _within(blocks: Iterable[Sequence[int]]) -> Iterator[Pair]:
    for keys in blocks:
        if 1 < len(keys) <= LARGEST_BLOCK:
            yield from combinations(sorted(keys), 2)


def _of_similar_name(people: _People, blocks: Iterable[Sequence[int]]) -> Iterator[Pair]:
    """The pairs of each block that share at least half the words of the shorter name."""
    for keys in blocks:
        if len(keys) < 2:
            continue
        bearers: dict[str, list[int]] = defaultdict(list)
        for key in keys:
            for word in set(people.words[key]):
                bearers[word].append(key)
        seen: set[Pair] = set()
        for one, other in _within(bearers.values()):
            if (one, other) in seen:
                continue
            seen.add((one, other))
            mine, theirs = people.words[one], people.words[other]
            if 2 * len(set(mine) & set(theirs)) >= min(len(mine), len(theirs)):
                yield one, other


def _near_documents(people: _People) -> Iterator[Pair]:
    """Whose documents have the same number of another kind, or one slip between them and half a name in common."""
    numbers = [(key, number) for key, held in people.documents.items() for _, _, number in held]
    yield from _within(_blocks(numbers))
    long = [(key, number) for key, number in numbers if len(number) >= SHORTEST_NUMBER]
    for part in _SAME_WITH_A_SLIP:
        for one, other in _of_similar_name(people, _blocks((key, part(number)) for key, number in long)):
            if any(
                one_slip(number, another)
                for _, _, number in people.documents[one]
                for _, _, another in people.documents[other]
            ):
                yield one, other


_SAME_WITH_A_SLIP: tuple[Callable[[str], Hashable], ...] = (
    lambda number: number[:9] if len(number) >= _LONG else number[:4],
    lambda number: number[-8:] if len(number) >= _LONG else number[-4:],
    lambda number: (number[:6], number[-3:]) if len(number) >= _LONG else None,
    lambda number: (number[:4], number[-6:]) if len(number) >= _LONG else None,
)
"""Parts of two numbers with one slip between them: at least one is the same in both.

Thousands of national numbers begin alike, with a municipality and a year of birth: long parts are taken of them."""
_LONG = 12
"""Digits of a national number of which one was lost."""


def _named_alike(names: Mapping[int, tuple[str, ...]], common: Commonness) -> Iterator[Pair]:
    """Of the same name, or of one with a word less or more, where the name is rare enough to speak for itself."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    needed = ENOUGH_ALONE + common.chance
    for key, words in names.items():
        if sum(map(common.bits, words)) < needed:
            continue
        blocks[words].append(key)
        for fewer in set(combinations(words, len(words) - 1)):
            blocks[fewer].append(key)
    return _within(blocks.values())
