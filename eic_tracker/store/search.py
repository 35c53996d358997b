"""The search index: what is found by words, kept in step with the rows by every write, and built anew from them.

Full-text search is SQLite's own (FTS5); on another database this module and the migration's part would be others.
Nothing here is journalled: all of it follows from rows that are. External content (not contentless) tables, since
SQLite 3.40 must still read a file, and explicit upkeep (not triggers), since the words are folded in Python."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import takewhile, zip_longest
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from eic_tracker.domain.names import fold
from eic_tracker.store.rows import TableBinding

Execute = Callable[[str, Sequence[tuple[Any, ...]]], None]

DERIVED = "search_"
"""What the names of all tables of the index begin with: they are neither journalled nor mapped."""

TAIL = 4
"""So many last characters of an identity or police number find a person."""

_TAIL_MARK = "\ue000"
"""Begins the word of a tail: FTS5 takes private characters for letters, and fold() lets none through."""

_BAND = 40
"""Bits of an entry's key below its kind."""


class EntryKind(IntEnum):
    """What an entry of the index stands for; people have an index of their own."""

    OFFERING = 1
    COURSE = 2
    INSTRUCTOR = 3
    SCHOOL = 4
    CLASS_GROUP = 5
    CERTIFICATE = 6
    LETTER = 7


TABLES = {
    EntryKind.OFFERING: "offering",
    EntryKind.COURSE: "course",
    EntryKind.INSTRUCTOR: "instructor",
    EntryKind.SCHOOL: "school",
    EntryKind.CLASS_GROUP: "class_group",
    EntryKind.CERTIFICATE: "certificate",
    EntryKind.LETTER: "source_document",
}
"""The table that holds the rows of each kind."""

_TEXTS = {
    EntryKind.OFFERING: "SELECT o.id, o.code || ' ' || c.title FROM offering o "
    "JOIN course_version v ON v.id = o.course_version_id JOIN course c ON c.id = v.course_id",
    EntryKind.COURSE: "SELECT o.id, o.code || ' ' || o.title FROM course o",
    EntryKind.INSTRUCTOR: "SELECT o.id, o.code || ' ' || o.given_names || ' ' || o.surnames FROM instructor o",
    EntryKind.SCHOOL: "SELECT o.id, o.code || ' ' || coalesce(o.sace_code, '') || ' ' || o.name FROM school o",
    EntryKind.CLASS_GROUP: "SELECT o.id, o.code FROM class_group o",
    EntryKind.CERTIFICATE: "SELECT o.id, coalesce(o.number, '') FROM certificate o",
    EntryKind.LETTER: "SELECT o.id, coalesce(o.number, '') FROM source_document o",
}

_PEOPLE_OF = {"participant": "id", "participant_document": "participant_id"}
"""Tables that hold what finds a person, and the column that names the person."""

_KIND_OF = {table: kind for kind, table in TABLES.items()}

_DEPENDENT_OFFERINGS = {
    "course": "SELECT o.id FROM offering o JOIN course_version v ON v.id = o.course_version_id "
    "WHERE v.course_id IN (SELECT value FROM json_each(?))",
    "course_version": "SELECT id FROM offering WHERE course_version_id IN (SELECT value FROM json_each(?))",
}

_FTS5_FORMAT = 4
_INDEXES = ("search_person", "search_words")

_IN_KEYS = "IN (SELECT value FROM json_each(?))"


def words(text: str) -> list[str]:
    """The words of a text as the index knows them; the same for what is stored and for what is typed.

    FTS5 knows the letters of an older Unicode and takes later ones for gaps: of a word with such a letter its beginning
    is kept, which finds it either way."""
    known = ("".join(takewhile(_is_known, word)) for word in fold(text).split())
    return [word for word in known if word]


def _is_known(character: str) -> bool:
    return character.isascii() or unicodedata.ucd_3_2_0.category(character)[0] in "LN"


def matching(typed: Iterable[str], *, begun: bool) -> str:
    """What FTS5 is asked for rows with all these words; `begun`: a word may be the beginning of one."""
    return " AND ".join(f'"{word}"{" *" if begun else ""}' for word in typed)


def matching_tail(number: str) -> str:
    """What FTS5 is asked for people one of whose numbers ends as this one does (at least `TAIL` characters)."""
    return f'"{_TAIL_MARK}{number[-TAIL:].casefold()}"'


def entry_band(kind: EntryKind) -> tuple[int, int]:
    """The first entry of a kind, and the first beyond it."""
    return kind << _BAND, (kind + 1) << _BAND


def entry_key(entry: int) -> int:
    """The key of the row that an entry stands for."""
    return entry & ((1 << _BAND) - 1)


class Upkeep:
    """What a write touches of the search index: noted before rows change, brought up to date when the write ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._people: dict[int, str | None] = {}
        self._entries: dict[EntryKind, set[int]] = {}
        self._dependent: dict[str, set[int]] = {}

    def note(self, table: TableBinding, rows: Iterable[Sequence[Any]]) -> None:
        """Note rows of a table, as they are or as they will be, before they are written."""
        name = table.name
        if name in _PEOPLE_OF:
            place = next(index for index, each in enumerate(table.columns) if each.name == _PEOPLE_OF[name])
            new = {row[place] for row in rows} - self._people.keys()
            self._people.update(dict.fromkeys(new))
            self._people.update(self._words_of_people(new))
        if name in _KIND_OF:
            self._entries.setdefault(_KIND_OF[name], set()).update(row[0] for row in rows)
        if name in _DEPENDENT_OFFERINGS:
            self._dependent.setdefault(name, set()).update(row[0] for row in rows)

    def finish(self, execute: Execute) -> None:
        """Write what changed; `execute` runs a statement for each of its rows of values."""
        now = self._words_of_people(self._people)
        changed = sorted(key for key, old in self._people.items() if old != now.get(key))
        _reindex(
            execute,
            "search_person",
            [(key, self._people[key]) for key in changed],
            [(key, now.get(key)) for key in changed],
        )
        for name, keys in self._dependent.items():
            dependent = self._connection.exec_driver_sql(_DEPENDENT_OFFERINGS[name], (json.dumps(sorted(keys)),))
            self._entries.setdefault(EntryKind.OFFERING, set()).update(key for (key,) in dependent)
        for kind, touched in sorted(self._entries.items()):
            self._finish_entries(execute, kind, sorted(touched))

    def _finish_entries(self, execute: Execute, kind: EntryKind, keys: list[int]) -> None:
        first, _ = entry_band(kind)
        texts = self._connection.exec_driver_sql(f"{_TEXTS[kind]} WHERE o.id {_IN_KEYS}", (json.dumps(keys),))
        new = {first + key: _entry_words(text) for key, text in texts}
        entries = [first + key for key in keys]
        rows = self._connection.exec_driver_sql(
            f"SELECT id, words FROM search_entry WHERE id {_IN_KEYS}", (json.dumps(entries),)
        )
        old = {row[0]: str(row[1]) for row in rows}
        changed = [entry for entry in entries if old.get(entry) != (new.get(entry) or None)]
        before = [(entry, old.get(entry)) for entry in changed]
        after = [(entry, new.get(entry) or None) for entry in changed]
        _reindex(execute, "search_words", before, after)
        execute("DELETE FROM search_entry WHERE id = ?", [(entry,) for entry, said in before if said])
        execute("INSERT INTO search_entry (id, words) VALUES (?, ?)", [row for row in after if row[1]])

    def _words_of_people(self, keys: Iterable[int]) -> dict[int, str]:
        found = self._connection.exec_driver_sql(
            f"SELECT id, words FROM search_person_words WHERE id {_IN_KEYS}", (json.dumps(sorted(keys)),)
        )
        return {row[0]: str(row[1]) for row in found}


def _reindex(
    execute: Execute, index: str, before: Sequence[tuple[int, str | None]], after: Sequence[tuple[int, str | None]]
) -> None:
    """Take the words before out of an index (FTS5 has to be told which they were) and put those after in."""
    execute(f"INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', ?, ?)", [row for row in before if row[1]])
    execute(f"INSERT INTO {index} (rowid, words) VALUES (?, ?)", [row for row in after if row[1]])


def _entry_words(text: object) -> str:
    # A damaged file may hold anything in a column of text.
    return " ".join(words(text)) if isinstance(text, str) else ""


def _entries(raw: Any) -> Iterator[tuple[int, str]]:
    """Every entry that the rows ask for, by key."""
    for kind in EntryKind:
        first, _ = entry_band(kind)
        for key, text in raw.execute(f"{_TEXTS[kind]} ORDER BY o.id"):
            if said := _entry_words(text):
                yield first + key, said


def rebuild(raw: Any) -> None:
    """Build the index anew from the rows, in one transaction of a raw connection that may write."""
    raw.execute("BEGIN IMMEDIATE")
    try:
        for index in _INDEXES:
            # An index whose format is damaged does not even let itself be built anew.
            raw.execute(f"INSERT OR REPLACE INTO {index}_config (k, v) VALUES ('version', ?)", (_FTS5_FORMAT,))
        raw.execute("DELETE FROM search_entry")
        raw.executemany("INSERT INTO search_entry (id, words) VALUES (?, ?)", list(_entries(raw)))
        for index in _INDEXES:
            raw.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
            raw.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
    except BaseException:
        raw.execute("ROLLBACK")
        raise
    raw.execute("COMMIT")


def agrees(raw: Any) -> bool:
    """Whether the index says what the rows say; the file is only read (a fresh index is made aside and compared)."""
    try:
        return _agrees(raw)
    except dbapi2.DatabaseError:
        # What cannot be read does not agree; whether more than the index is damaged is for others to find.
        return False


def _agrees(raw: Any) -> bool:
    # Somebody may have written bytes that are no text: they are compared as they are.
    raw.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    entries = raw.execute("SELECT id, words FROM search_entry ORDER BY id")
    if any(stored != made for stored, made in zip_longest(entries, _entries(raw))):
        return False
    raw.execute("PRAGMA query_only=OFF").fetchall()
    return all(
        _same_words(raw, index, content)
        for index, content in (("search_person", "search_person_words"), ("search_words", "search_entry"))
    )


def _same_words(raw: Any, index: str, content: str) -> bool:
    """Compare every word of every row, as they stand in the index and in one made anew in a temporary file."""
    raw.execute(f"CREATE TEMP VIEW fresh_{content} AS SELECT id, words FROM main.{content}")
    raw.execute(
        f"CREATE VIRTUAL TABLE temp.fresh_{index} USING fts5(words, content='fresh_{content}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', detail='none', columnsize=0)"
    )
    raw.execute(f"INSERT INTO temp.fresh_{index} (fresh_{index}) VALUES ('rebuild')")
    said = []
    for where, name in (("main", index), ("temp", f"fresh_{index}")):
        raw.execute(f"CREATE VIRTUAL TABLE temp.{where}_{index} USING fts5vocab('{where}', '{name}', 'instance')")
        said.append(raw.execute(f"SELECT term, doc FROM temp.{where}_{index}"))
    return all(stored == made for stored, made in zip_longest(*said))
