"""What somebody with a plain SQLite program can do to a file at rest, with this program's source at hand."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.transaction import HASHED_FIELDS, change_digest, set_hash
from tests.store.small_file import GRADED, change


@contextmanager
def plain(path: Path) -> Iterator[sqlite3.Connection]:
    """The file in Python's own SQLite, triggers dropped and checks off; the program must have it closed."""
    assert not path.with_name(path.name + "-wal").exists()
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
    finally:
        connection.close()


def rechain(connection: sqlite3.Connection, first: int) -> None:
    """Give every set from `first` on the hashes that its content asks for, as the program would."""
    columns = ", ".join(f'"{name}"' for name in HASHED_FIELDS)
    previous = connection.execute("SELECT hash FROM change_set WHERE id = ?", (first - 1,)).fetchone()[0]
    for values in connection.execute(
        f"SELECT {columns} FROM change_set WHERE id >= ? ORDER BY id", (first,)
    ).fetchall():
        fields = {**dict(zip(HASHED_FIELDS, values, strict=True)), "previous_hash": previous}
        entries = connection.execute("SELECT digest FROM change WHERE change_set_id = ? ORDER BY id", (fields["id"],))
        digests = [digest for (digest,) in entries]
        fields["changes"] = len(digests)
        made = set_hash(fields, digests)
        connection.execute(
            "UPDATE change_set SET previous_hash = ?, hash = ?, changes = ? WHERE id = ?",
            (previous, made, len(digests), fields["id"]),
        )
        previous = made


def redigest(connection: sqlite3.Connection, set_id: int) -> None:
    """Give the entries of a set the digests that their content asks for."""
    for key, salt, *content in connection.execute(
        "SELECT id, salt, table_name, row_id, operation, before, after FROM change WHERE change_set_id = ?", (set_id,)
    ).fetchall():
        connection.execute("UPDATE change SET digest = ? WHERE id = ?", (change_digest(salt, *content), key))


def edit(path: Path) -> None:
    """Another grade in the entry of the journal."""
    with plain(path) as connection:
        _other_grade(connection)


def delete(path: Path) -> None:
    """An entry of the journal less."""
    with plain(path) as connection:
        connection.execute("DELETE FROM change WHERE change_set_id = 3 AND table_name = 'enrolment' AND row_id = 2")


def delete_whole_set(path: Path) -> None:
    """A change set with its entries less, and the row as it was before."""
    with plain(path) as connection:
        connection.execute("DELETE FROM change WHERE change_set_id = ?", (GRADED,))
        connection.execute("DELETE FROM change_set WHERE id = ?", (GRADED,))
        connection.execute("UPDATE enrolment SET final_grade = NULL WHERE id = 1")


def insert(path: Path) -> None:
    """An entry more, digest and all, in a set that was written long ago."""
    with plain(path) as connection:
        salt, before, after = bytes(16), json.dumps({"post": None}), json.dumps({"post": "jefe"})
        digest = change_digest(salt, "enrolment", 2, "update", before, after)
        highest = connection.execute("SELECT max(id) FROM change").fetchone()[0]
        connection.execute(
            "INSERT INTO change VALUES (?, ?, 'enrolment', 2, 'update', ?, ?, ?, ?)",
            (highest + 1, GRADED, before, after, salt, digest),
        )
        connection.execute("UPDATE enrolment SET post = 'jefe' WHERE id = 2")


def swap(path: Path) -> None:
    """The grades of two people exchanged: rows, entries, salts and digests."""
    with plain(path) as connection:
        first, second = (
            connection.execute("SELECT after, salt, digest FROM change WHERE change_set_id = ?", (number,)).fetchone()
            for number in (GRADED, GRADED + 1)
        )
        for number, content in ((GRADED, second), (GRADED + 1, first)):
            connection.execute(
                "UPDATE change SET after = ?, salt = ?, digest = ? WHERE change_set_id = ?", (*content, number)
            )
        connection.execute("UPDATE enrolment SET final_grade = 17500 - final_grade WHERE id IN (1, 2)")
        redigest(connection, GRADED)
        redigest(connection, GRADED + 1)


def reorder(path: Path) -> None:
    """Two change sets in the other order, entries with them."""
    with plain(path) as connection:
        for old, new in ((GRADED, 0), (GRADED + 1, GRADED), (0, GRADED + 1)):
            connection.execute("UPDATE change_set SET id = ? WHERE id = ?", (new, old))
            connection.execute("UPDATE change SET change_set_id = ? WHERE change_set_id = ?", (new, old))


def cut_tail(path: Path) -> None:
    """The last three change sets less, and their rows as they were before."""
    with plain(path) as connection:
        _put_back_last_three(connection)


def replace_tail(path: Path) -> None:
    """The last three change sets less, and others written in their place by the program itself."""
    with plain(path) as connection:
        _put_back_last_three(connection)
    with Database(path) as db:
        for position in range(3):
            change(db, "record_grade", Enrolment, {2: {"final_grade": 9100 + position}})


def rechain_from_middle(path: Path) -> None:
    """Another grade in row and entry, and every digest and hash from there on made anew."""
    with plain(path) as connection:
        _other_grade(connection)
        connection.execute("UPDATE enrolment SET final_grade = 9999 WHERE id = 1")
        redigest(connection, GRADED)
        rechain(connection, GRADED)


def restore_older_file(path: Path) -> None:
    """An older copy of the file put back by hand, as it was before the last two change sets."""
    shutil.copy(path.with_name("older.eic"), path)


def row_without_journal(path: Path) -> None:
    """Another grade in the row only."""
    with plain(path) as connection:
        connection.execute("UPDATE enrolment SET final_grade = 9999 WHERE id = 1")


def clone_and_fork(path: Path) -> None:
    """A clone of an older state that went its own way, put in the place of the file."""
    clone = path.with_name("clone.eic")
    shutil.copy(path.with_name("older.eic"), clone)
    with Database(clone) as db:
        for position in range(4):
            change(db, "correct_name", Participant, {1: {"given_names": f"Otra {position}"}})
    shutil.move(clone, path)


def grade_with_digest(path: Path) -> None:
    """Another grade in row and entry, and the entry's digest made anew."""
    with plain(path) as connection:
        _other_grade(connection)
        connection.execute("UPDATE enrolment SET final_grade = 9999 WHERE id = 1")
        redigest(connection, GRADED)


def _other_grade(connection: sqlite3.Connection) -> None:
    changed = connection.execute(
        "UPDATE change SET after = replace(after, '8500', '9999') WHERE change_set_id = ?", (GRADED,)
    )
    assert changed.rowcount == 1


def _put_back_last_three(connection: sqlite3.Connection) -> None:
    last = connection.execute("SELECT max(id) FROM change_set").fetchone()[0]
    undone: list[tuple[Any, ...]] = connection.execute(
        "SELECT table_name, row_id, operation, before FROM change WHERE change_set_id > ? ORDER BY id DESC", (last - 3,)
    ).fetchall()
    for table, row_id, operation, before in undone:
        columns = json.loads(before)
        if operation == "delete":
            names = ", ".join(columns)
            marks = ", ".join("?" for _ in columns)
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(columns.values()))
        else:
            assert operation == "update"
            for name, value in columns.items():
                connection.execute(f"UPDATE {table} SET {name} = ? WHERE id = ?", (value, row_id))
    connection.execute("DELETE FROM change WHERE change_set_id > ?", (last - 3,))
    connection.execute("DELETE FROM change_set WHERE id > ?", (last - 3,))
