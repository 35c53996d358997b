"""People of the file whom a list may mean: by document, by nearly the same name, with what they are compared by."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.matching import (
    ENOUGH_ALONE,
    ENOUGH_WITH_SIGN,
    SAME_UNIT_BITS,
    Commonness,
    Document,
    Marks,
    best_of_name,
    phone_digits,
    without_particles,
)
from eic_tracker.queries.facts import survivor
from eic_tracker.store.search import matching, matching_tail
from eic_tracker.store.search import words as indexed_words

FEW = 200
"""Up to so many names the search index is asked for each; for more, all people pass once."""

_FEWEST_WORDS = 2
_Query = tuple[str, tuple[object, ...]]
_IN = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class PersonOnFile:
    """A person of the file as far as lists are compared with it."""

    id: int
    given_names: str
    surnames: str
    sex: Sex
    birth_date: dt.date | None
    document_kind: str | None
    document_country: str | None
    document_number: str | None
    police_number: str | None
    phone: str | None
    marks: Marks

    @property
    def documents(self) -> frozenset[Document]:
        """All documents, of merged records too."""
        return self.marks.documents


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list says of a person that finds people who may be the same."""

    words: tuple[str, ...]
    birth_date: dt.date | None = None
    police_number: str | None = None
    document: str | None = None
    phone: str | None = None
    units: frozenset[object] = frozenset()


def merged_records(connection: Connection) -> dict[int, int]:
    """The records that were merged away, each with the record that it was merged into."""
    rows = connection.exec_driver_sql("SELECT id, merged_into_id FROM participant WHERE merged_into_id IS NOT NULL")
    return {int(away): int(into) for away, into in rows}


def people_by_document(connection: Connection, documents: Collection[Document]) -> dict[Document, int]:
    """Whose each document is, present or former, of merged records too; documents of nobody are left out."""
    asked = json.dumps([list(document) for document in documents])
    found: dict[Document, int] = {}
    for query in (_BY_FORMER_DOCUMENT, _BY_DOCUMENT):
        for kind, country, number, person in connection.exec_driver_sql(query, (asked,)):
            found[kind, country, number] = person
    if not found:
        return found
    merged = merged_records(connection)
    return {document: survivor(person, merged) for document, person in found.items()}


_ASKED = (
    "(SELECT json_extract(value, '$[0]') AS kind, json_extract(value, '$[1]') AS country, "
    "json_extract(value, '$[2]') AS number FROM json_each(?)) a"
)
_BY_DOCUMENT = (
    f"SELECT a.kind, a.country, a.number, p.id FROM {_ASKED} CROSS JOIN participant p "
    "ON p.document_country = a.country AND p.document_kind = a.kind AND p.document_number = a.number"
)
_BY_FORMER_DOCUMENT = (
    f"SELECT a.kind, a.country, a.number, d.participant_id FROM {_ASKED} CROSS JOIN participant_document d "
    "ON d.country = a.country AND d.kind = a.kind AND d.number = a.number"
)
_PERSON = (
    "SELECT p.id, p.given_names, p.surnames, p.sex, p.birth_date, p.document_kind, p.document_country, "
    "p.document_number, p.police_number, p.phone, p.match_key FROM participant p "
)


def known_people(connection: Connection, keys: Iterable[int]) -> dict[int, PersonOnFile]:
    """The people of these keys with all their documents and the units that they were sent by."""
    asked = json.dumps(sorted(set(keys)))
    rows = connection.exec_driver_sql(f"{_PERSON} WHERE p.id {_IN}", (asked,)).all()
    documents: dict[int, set[Document]] = {row[0]: set() for row in rows}
    units: dict[int, set[object]] = {row[0]: set() for row in rows}
    _add_documents(connection, asked, documents)
    for person, unit in connection.exec_driver_sql(
        f"SELECT participant_id, unit_id FROM enrolment WHERE participant_id {_IN} AND unit_id IS NOT NULL", (asked,)
    ):
        units[person].add(unit)
    return {row[0]: _known(row, documents[row[0]], units[row[0]]) for row in rows}


def _add_documents(connection: Connection, asked: str, documents: Mapping[int, set[Document]]) -> None:
    for person, *document in connection.exec_driver_sql(
        f"SELECT participant_id, kind, country, number FROM participant_document WHERE participant_id {_IN} "
        "UNION ALL SELECT merged_into_id, document_kind, document_country, document_number FROM participant "
        f"WHERE merged_into_id {_IN} AND document_number IS NOT NULL",
        (asked, asked),
    ):
        documents[person].add((document[0], document[1], document[2]))


def _known(row: Sequence[Any], documents: set[Document], units: set[object]) -> PersonOnFile:
    key, given, surnames, sex, born, kind, country, number, police, phone, match_key = row
    if number is not None:
        documents.add((kind, country, number))
    birth_date = dt.date.fromisoformat(born) if born else None
    marks = Marks(
        without_particles(match_key), Sex(sex), birth_date, frozenset(documents), police, phone, frozenset(units)
    )
    return PersonOnFile(key, given, surnames, Sex(sex), birth_date, kind, country, number, police, phone, marks)


def candidates(connection: Connection, sought: Sequence[Sought]) -> tuple[list[set[int]], Commonness]:
    """For each one sought the people with all words of the name, or all but one, or the police number.

    Beside them how common the words are in the file."""
    if len(sought) <= FEW:
        found, common = _by_index(connection, sought)
    else:
        found, common = _by_passing_all(connection, sought)
    _add_by_police_number(connection, sought, found)
    return found, common


def _by_index(connection: Connection, sought: Sequence[Sought]) -> tuple[list[set[int]], Commonness]:
    words = {word for each in sought for word in each.words}
    bearers = {word: _bearers(connection, word) for word in words}
    # counting all people would read an index of them; the highest key is as good where a logarithm is taken
    people = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM participant").scalar_one()
    common = Commonness(people, bearers)
    return [_who(connection, each, common) for each in sought], common


def _bearers(connection: Connection, word: str) -> int:
    """How many people carry a word; the index knows a word with letters of later Unicode by its beginning."""
    known = indexed_words(word)
    if not known:
        return 0
    query = "SELECT count(*) FROM search_person WHERE search_person MATCH ?"
    return int(connection.exec_driver_sql(query, (matching(known, begun=False),)).scalar_one())


def _who(connection: Connection, each: Sought, common: Commonness) -> set[int]:
    named = _named(each.words, common)
    if not named:
        return set()
    best = best_of_name(each.words, common)
    if best >= ENOUGH_ALONE:
        queries: list[_Query] = [(_NAMED, (named,))]
    else:
        queries = _with_second_sign(each, named, same_unit_is_enough=best + SAME_UNIT_BITS >= ENOUGH_WITH_SIGN)
    return {key for query, values in queries for (key,) in connection.exec_driver_sql(query, values)}


def _named(words: tuple[str, ...], common: Commonness) -> str:
    """What the index is asked for people with all words of a name, or all but one; empty where there are none."""
    distinct = sorted(dict.fromkeys(words), key=lambda word: common.bearers[word])
    unknown = [word for word in distinct if not common.bearers[word]]
    droppable = _droppable(words)
    if len(unknown) > 1 or not {*unknown} <= {*droppable}:
        return ""
    if unknown or not droppable:
        return _all([word for word in distinct if word not in unknown])
    kept = [word for word in distinct if word not in droppable]
    return " AND ".join(filter(None, (_all(kept), _all_but_one([word for word in distinct if word in droppable]))))


def _droppable(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name of which one may be missing: where it stands twice, two would be."""
    distinct = tuple(dict.fromkeys(words))
    return tuple(word for word in distinct if words.count(word) == 1) if len(distinct) > _FEWEST_WORDS else ()


def _all(words: Sequence[str]) -> str:
    return " AND ".join(f"({matching(indexed_words(word), begun=False)})" for word in words)


def _all_but_one(words: Sequence[str]) -> str:
    """At least all but one, in two halves, so that the long list of a common word is gone through few times."""
    if len(words) == 1:
        return ""
    if len(words) == _FEWEST_WORDS:
        return f"({_all(words[:1])} OR {_all(words[1:])})"
    half = len(words) // 2
    parts = ((words[:half], words[half:]), (words[half:], words[:half]))
    either = (" AND ".join(filter(None, (_all(whole), _all_but_one(rest)))) for whole, rest in parts)
    return "(" + " OR ".join(f"({each})" for each in either) + ")"


_OF_THAT_NAME = "IN (SELECT rowid FROM search_person WHERE search_person MATCH ?)"
_NAMED = f"SELECT p.id FROM participant p WHERE p.id {_OF_THAT_NAME} AND +p.merged_into_id IS NULL"


def _with_second_sign(each: Sought, named: str, *, same_unit_is_enough: bool) -> list[_Query]:
    """Of those who share a name that is not rare, those who have a second sign: only they can be the same.

    Their rows are read one by one only where the list says something that no index knows."""
    signs, values = [], list[object]()
    if each.birth_date is not None:
        born = each.birth_date.isoformat()
        signs += ["substr(p.birth_date, 6) = ?", "substr(p.birth_date, 1, 4) = ?"]
        values += [born[5:], born[:4]]
    if phone := phone_digits(each.phone):
        signs.append("substr(trim(p.phone), -4) = ?")
        values.append(phone[-4:])
    if each.units and same_unit_is_enough:
        signs.append(_SAME_UNIT)
        values.append(json.dumps(sorted(str(unit) for unit in each.units)))
    queries: list[_Query] = []
    if number := each.document:
        beginning = number[:_BEGINNING]
        queries.append((_NAMED, (f"{matching_tail(number)} AND ({named})",)))
        if signs:
            signs.insert(0, f"substr(p.document_number, 1, {_BEGINNING}) = ?")
            values.insert(0, beginning)
        else:
            queries.append((_NUMBERED, (beginning, beginning + _LAST, named)))
    if signs:
        queries.append((f"{_NAMED} AND ({' OR '.join(signs)})", (named, *values)))
    return queries


_LAST = "\U0010ffff"
_BEGINNING = 8
"""Characters at the beginning of a number: with one slip either they or the tail of it are as they were."""
_NUMBERED = (
    "SELECT p.id FROM participant p WHERE p.merged_into_id IS NULL AND p.document_number BETWEEN ? AND ? "
    f"AND +p.id {_OF_THAT_NAME}"
)
_SAME_UNIT = (
    "EXISTS (SELECT 1 FROM enrolment e WHERE e.participant_id = p.id "
    "AND CAST(e.unit_id AS VARCHAR) IN (SELECT value FROM json_each(?)))"
)


def _wanted(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words that a person may have to be sought: all of them, or all but one where two are left."""
    distinct = tuple(dict.fromkeys(words))
    yield distinct
    for missing in _droppable(words):
        yield tuple(word for word in distinct if word != missing)


def _by_passing_all(connection: Connection, sought: Sequence[Sought]) -> tuple[list[set[int]], Commonness]:
    places: dict[tuple[str, ...], list[int]] = {}
    for place, each in enumerate(sought):
        for keys in _wanted(each.words):
            places.setdefault(keys, []).append(place)
    found: list[set[int]] = [set() for _ in sought]
    bearers: Counter[str] = Counter()
    people = 0
    for key, match_key in connection.exec_driver_sql(
        "SELECT id, match_key FROM participant WHERE merged_into_id IS NULL"
    ):
        people += 1
        words = without_particles(match_key)
        bearers.update(words)
        for keys in _wanted(words):
            for place in places.get(keys, ()):
                found[place].add(key)
    return found, Commonness(people, bearers)


def _add_by_police_number(connection: Connection, sought: Sequence[Sought], found: Sequence[set[int]]) -> None:
    places: dict[str, list[int]] = {}
    for place, each in enumerate(sought):
        if each.police_number:
            places.setdefault(each.police_number, []).append(place)
    if not places:
        return
    for key, number in connection.exec_driver_sql(
        f"SELECT id, police_number FROM participant WHERE police_number {_IN} AND +merged_into_id IS NULL",
        (json.dumps(list(places)),),
    ):
        for place in places[number]:
            found[place].add(key)
