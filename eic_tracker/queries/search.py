"""Finding people by words of their names and by their numbers, within milliseconds in files of any size.

Few matches are ranked one by one. Of very many (a letter, “jose”) nobody reads more than the first: they are found by
walking along the order of names until there are enough, so that nothing is ever sorted that is not shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import Right
from eic_tracker.queries.hits import Hit, HitKind, Rank, parts
from eic_tracker.queries.identities import IDENTITY, SHOWN, identity, is_number, shown
from eic_tracker.queries.listing import Sight
from eic_tracker.store.search import TAIL, matching, matching_tail, words

LONGEST = 120
"""Characters of a typed text that are looked at."""

_FEW = 1000
"""So many matches are ranked one by one."""
_NEAR, _FAR = 1000, 50_000
"""So many names are walked along before, and after, the index is asked."""
_SHORTEST_NUMBER = 3

_IN_KEYS = "IN (SELECT value FROM json_each(?))"


def search_people(connection: Connection, text: str, limit: int, sight: Sight) -> tuple[Hit, ...]:
    """The best hits among the people whom the user may see, best first, then as names are ordered.

    Who sees numbers masked finds by the shown end of a number only."""
    text = text[:LONGEST]
    if sight.people is Right.NO or not words(text):
        return ()
    ranked = _find_own(connection, text, sight) if sight.masked else _find(connection, text, limit)
    rows = connection.exec_driver_sql(
        f"SELECT {IDENTITY}, p.state, p.sort_key FROM participant p WHERE p.id {_IN_KEYS}",
        (json.dumps(list(ranked)),),
    )
    hits = sorted((ranked[row[0]], str(row[9]), row[0], _hit(row, ranked[row[0]], sight)) for row in rows)
    return tuple(hit for *_, hit in hits[:limit])


def _hit(row: Sequence[Any], rank: Rank, sight: Sight) -> Hit:
    who = identity(row[:8], sight)
    detail = parts(document=who.document, police_number=who.police_number, state=row[8])
    return Hit(HitKind.PERSON, who.id, f"{who.given_names} {who.surnames}", detail, rank)


def _find_own(connection: Connection, text: str, sight: Sight) -> dict[int, Rank]:
    """The people of the user's own offerings: they are few, each is compared with what is shown of them."""
    query = (
        "SELECT DISTINCT e.participant_id FROM assignment a CROSS JOIN enrolment e ON e.offering_id = a.offering_id "
        "WHERE a.instructor_id = ?"
    )
    own = _survivors(connection, _keys(connection, query, sight.instructor_id))
    rows = connection.exec_driver_sql(
        f"SELECT id, match_key, document_number, police_number FROM participant WHERE id {_IN_KEYS}", (json.dumps(own),)
    )
    typed = words(text)
    whole = "".join(typed).upper()
    # Of a number that is typed whole only what the user sees is compared: nothing hidden can be tried out.
    number = whole[-SHOWN:] if is_number(whole) else ""
    found: dict[int, Rank] = {}
    for key, match_key, *numbers in rows:
        name = match_key.split()
        if sorted(typed) == name:
            found[key] = Rank.NAME
        elif all(word in name for word in typed):
            found[key] = Rank.WORDS
        elif all(any(each.startswith(word) for each in name) for word in typed):
            found[key] = Rank.BEGINNINGS
        elif number and any((shown(each, sight) or "").endswith(number) for each in numbers):
            found[key] = Rank.WORDS
    return found


def _find(connection: Connection, text: str, limit: int) -> dict[int, Rank]:
    """The people with the best ranks, at least `limit` of them where there are as many."""
    typed = words(text)
    found: dict[int, Rank] = {}

    def add(rank: Rank, keys: Iterable[int]) -> bool:
        for key in keys:
            found.setdefault(key, rank)
        return len(found) >= limit

    number = "".join(typed).upper()
    if any(character.isdigit() for character in number):
        if add(Rank.NUMBER, _by_number(connection, {number, text.strip()})):
            return found
        if is_number(number) and add(Rank.WORDS, _by_tail(connection, number, limit)):
            return found
    whole_name = " ".join(sorted(fold(text).split()))
    if add(Rank.NAME, _keys(connection, f"{_BY_NAME} AND match_key = ? ORDER BY sort_key LIMIT ?", whole_name, limit)):
        return found
    if add(Rank.WORDS, _by_words(connection, typed, limit + len(found), begun=False)):
        return found
    if add(Rank.BEGINNINGS, _by_words(connection, typed, limit + len(found), begun=True)):
        return found
    if len(number) >= _SHORTEST_NUMBER and any(character.isdigit() for character in number):
        add(Rank.BEGINNINGS, _by_beginning(connection, number, limit))
    return found


# The plus keeps SQLite, which knows no counts of these rows, from taking “not merged” for the rare condition.
_BY_NAME = "SELECT id FROM participant WHERE +merged_into_id IS NULL"


def _by_number(connection: Connection, numbers: set[str]) -> list[int]:
    """Whose number is one of these; of a record that was merged away, the person who stands for it."""
    listed = json.dumps(sorted(numbers))
    found = _keys(
        connection,
        f"SELECT id FROM participant WHERE merged_into_id IS NULL AND document_number {_IN_KEYS} "
        f"UNION SELECT id FROM participant INDEXED BY ix_participant_listed_by_document "
        f"WHERE merged_into_id > 0 AND document_number {_IN_KEYS} "
        f"UNION SELECT id FROM participant WHERE police_number {_IN_KEYS} "
        f"UNION SELECT participant_id FROM participant_document WHERE number {_IN_KEYS}",
        *[listed] * 4,
    )
    return _survivors(connection, found)


def _by_tail(connection: Connection, number: str, limit: int) -> list[int]:
    """Whose number ends so; the index knows the last characters, more of them are compared."""
    more = ""
    values: list[object] = [matching_tail(number)]
    if len(number) > TAIL:
        more = (
            "AND (p.document_number LIKE ? OR p.police_number LIKE ? OR EXISTS (SELECT 1 FROM participant_document d "
            "WHERE d.participant_id = p.id AND d.number LIKE ?))"
        )
        values += [f"%{number}"] * 3
    query = (
        "SELECT p.id FROM search_person s CROSS JOIN participant p ON p.id = s.rowid "
        f"WHERE s.search_person MATCH ? {more} LIMIT ?"
    )
    return _in_order(connection, _keys(connection, query, *values, _FEW), limit)


def _by_beginning(connection: Connection, number: str, limit: int) -> list[int]:
    beyond = number + "\uffff"
    found = _keys(
        connection,
        "SELECT * FROM (SELECT id FROM participant WHERE merged_into_id IS NULL AND document_number > ? "
        "AND document_number < ? ORDER BY document_number LIMIT ?) "
        "UNION SELECT * FROM (SELECT id FROM participant WHERE police_number > ? AND police_number < ? "
        "ORDER BY police_number LIMIT ?)",
        *(number, beyond, limit) * 2,
    )
    return _survivors(connection, found)


def _by_words(connection: Connection, typed: Sequence[str], limit: int, *, begun: bool) -> list[int]:
    """Who has all these words (or words that begin so) in the name, in the order of names."""
    if begun:
        near = _walk(connection, typed, limit, _NEAR, begun=True)
        if len(near) >= limit:
            return near
    query = "SELECT rowid FROM search_person WHERE search_person MATCH ? LIMIT ?"
    found = _keys(connection, query, matching(typed, begun=begun), _FEW + 1)
    if len(found) > _FEW:
        far = _walk(connection, typed, limit, _FAR, begun=begun)
        if len(far) >= limit:
            return far
    return _in_order(connection, found, limit)


def _walk(connection: Connection, typed: Sequence[str], limit: int, names: int, *, begun: bool) -> list[int]:
    """The first people in the order of names who have these words, among so many names.

    A sort key marks ñ and keeps dashes: they are taken out as fold() would."""
    name = "sort_key"
    for mark, plain in (("\uffff", ""), ("-", " "), ("''", " "), ("’", " ")):
        name = f"replace({name}, '{mark}', '{plain}')"
    condition = " AND ".join("instr(name, ?)" for _ in typed)
    query = (
        f"SELECT id FROM (SELECT id, ' ' || {name} || ' ' AS name FROM participant WHERE merged_into_id IS NULL "
        f"ORDER BY sort_key LIMIT ?) WHERE {condition} LIMIT ?"
    )
    end = "" if begun else " "
    return _keys(connection, query, names, *(f" {word}{end}" for word in typed), limit)


def _in_order(connection: Connection, keys: Sequence[int], limit: int) -> list[int]:
    query = f"SELECT id FROM participant WHERE id {_IN_KEYS} ORDER BY sort_key, id LIMIT ?"
    return _survivors(connection, _keys(connection, query, json.dumps(keys), limit))


def _survivors(connection: Connection, keys: Sequence[int]) -> list[int]:
    """The same people, in the same order, each by the record that stands for those merged into it."""
    stands_for = dict(
        tuple(row)
        for row in connection.exec_driver_sql(
            "WITH RECURSIVE away(id, person) AS (SELECT id, merged_into_id FROM participant "
            f"WHERE id {_IN_KEYS} AND +merged_into_id IS NOT NULL "
            "UNION SELECT a.id, p.merged_into_id FROM away a CROSS JOIN participant p ON p.id = a.person "
            "WHERE +p.merged_into_id IS NOT NULL) "
            "SELECT a.id, a.person FROM away a CROSS JOIN participant p ON p.id = a.person "
            "AND +p.merged_into_id IS NULL",
            (json.dumps(list(keys)),),
        )
    )
    return list(dict.fromkeys(stands_for.get(key, key) for key in keys))


def _keys(connection: Connection, query: str, *values: object) -> list[int]:
    return [row[0] for row in connection.exec_driver_sql(query, values)]
