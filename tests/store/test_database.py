"""Writing goes through the journal or not at all; every connection keeps the file safe; a file at rest is one file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlcipher3 import dbapi2

from eic_tracker.errors import FileProblem
from eic_tracker.store import database
from eic_tracker.store.database import OLDEST_SAFE_SQLITE, Database, connect, connect_to_read
from eic_tracker.store.journal import changes_of, head, newest_sets, verify
from eic_tracker.store.migrate import migration_engine
from eic_tracker.store.tables.reference import Programme, Rank
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Entry, Tx, UnjournalledWrite
from tests.store.small_file import ACTOR, add_rank, change, rows

SAFE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "busy_timeout": 10_000}


def test_the_sqlite_in_use_keeps_every_commit() -> None:
    assert dbapi2.sqlite_version_info >= OLDEST_SAFE_SQLITE


# The guard


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO rank (id, code, name, position) VALUES (50, 'X', 'X', 1)",
        "  \n update rank SET name = 'X'",
        "DELETE FROM rank",
        "REPLACE INTO rank (id, code, name, position) VALUES (1, 'X', 'X', 1)",
        "WITH n AS (SELECT 51 AS id) INSERT INTO rank (id, code, name, position) SELECT id, 'X', 'X', 1 FROM n",
        "WITH n AS (SELECT 1 AS id) DELETE FROM rank WHERE id IN (SELECT id FROM n)",
        "WITH n AS (SELECT 1 AS id) UPDATE rank SET name = 'X' WHERE id IN (SELECT id FROM n)",
        "DROP TRIGGER change_is_never_deleted",
        "CREATE TABLE mine (id INTEGER)",
        "VACUUM",
    ],
)
def test_the_writer_refuses_what_the_journal_would_not_see(db: Database, statement: str) -> None:
    with pytest.raises(UnjournalledWrite), db.write(Entry(ACTOR, "test", "test")) as tx:
        tx.connection.exec_driver_sql(statement)
    with db.read() as connection:
        assert verify(connection) is None


def test_the_writer_may_read_with_a_common_table_expression(db: Database) -> None:
    with db.write(Entry(ACTOR, "test", "test")) as tx:
        query = "WITH r AS (SELECT replace(name, 'a', 'e') AS name FROM rank) SELECT count(*) FROM r"
        assert tx.connection.exec_driver_sql(query).scalar_one() == 1


def test_the_orm_cannot_write_past_the_journal(db: Database) -> None:
    from sqlmodel import Session

    with db.write(Entry(ACTOR, "test", "test")) as tx, Session(tx.connection) as session:
        session.add(Rank(id=60, code="X", name="X", position=1))
        with pytest.raises(UnjournalledWrite):
            session.flush()


@pytest.mark.parametrize("statement", ["DELETE FROM rank", "CREATE TABLE mine (id INTEGER)", "PRAGMA user_version = 9"])
def test_the_reader_cannot_write(db: Database, statement: str) -> None:
    with pytest.raises((FileProblem, DBAPIError)), db.read() as connection:
        connection.exec_driver_sql(statement)
    with db.read() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == database.SCHEMA_VERSION


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change_set SET actor = 'nobody'",
        "DELETE FROM change_set",
        "UPDATE change SET after = NULL",
        "DELETE FROM change",
        "UPDATE file_info SET kind = 'demonstration'",
        "DELETE FROM file_info",
    ],
)
def test_the_file_itself_keeps_what_never_changes(file: Path, statement: str) -> None:
    connection = connect(file)
    with pytest.raises(dbapi2.IntegrityError):
        connection.execute(statement)
    connection.close()


# Connections


def test_every_connection_reads_its_settings_back(file: Path) -> None:
    with Database(file) as db:
        with db.read() as reader:
            assert _pragmas(reader.connection.driver_connection) == SAFE
            assert reader.exec_driver_sql("PRAGMA query_only").scalar_one() == 1
        with db.write(Entry(ACTOR, "test", "test")) as tx:
            assert _pragmas(tx.connection.connection.driver_connection) == SAFE
    for make in (connect, connect_to_read):
        raw = make(file)
        assert _pragmas(raw) == SAFE
        raw.close()
    with migration_engine(file).connect() as connection:
        # Tables are rebuilt with references off; they are checked before the migration is committed.
        assert _pragmas(connection.connection.driver_connection) == SAFE | {"foreign_keys": 0}


def test_a_setting_that_does_not_hold_is_an_error(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stubborn(dbapi2.Connection):  # type: ignore[misc]
        def execute(self, statement: str, *parameters: object) -> Any:
            if statement == "PRAGMA synchronous=FULL":
                statement = "PRAGMA synchronous=NORMAL"
            return super().execute(statement, *parameters)

    original = dbapi2.connect
    monkeypatch.setattr(dbapi2, "connect", lambda *words, **options: original(*words, factory=Stubborn, **options))
    with pytest.raises(RuntimeError, match="synchronous"):
        connect(file)


def _pragmas(raw: Any) -> dict[str, object]:
    return {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in SAFE}


# Transactions


def test_a_write_that_fails_leaves_nothing(db: Database) -> None:
    before = _all_rows(db)
    with pytest.raises(ZeroDivisionError):
        _write_until(db, lambda tx: tx.update(Rank, {1: {"position": 1 // 0}}))
    assert _all_rows(db) == before
    assert add_rank(db, "Z") == 3, "a key of a write that never was is free"


def test_a_reference_that_leads_nowhere_leaves_nothing(db: Database) -> None:
    before = _all_rows(db)
    with pytest.raises(IntegrityError):
        _write_until(db, lambda tx: tx.delete(Programme, [1]))
    assert _all_rows(db) == before


def _write_until(db: Database, fail: Callable[[Tx], None]) -> None:
    with db.write(Entry(ACTOR, "test", "test")) as tx:
        tx.insert(Rank, [{"code": "X", "name": "X", "position": 1}])
        tx.update(Rank, {1: {"name": "Y"}})
        fail(tx)


def test_a_write_without_change_leaves_no_entry(db: Database) -> None:
    with db.write(Entry(ACTOR, "test", "test")) as tx:
        tx.update(Rank, {1: {"name": "Rango 1"}})
    with db.read() as connection:
        found = head(connection)
    assert found is not None
    assert found.set_id == 8


def test_an_event_leaves_an_entry_without_changes(db: Database) -> None:
    with db.write(Entry(ACTOR, "event", "test")) as tx:
        tx.record_event()
    with db.read() as connection:
        newest = newest_sets(connection, 1)[0]
        assert (newest.use_case, newest.changes) == ("event", 0)
        assert changes_of(connection, newest.id) == ()
        assert verify(connection) is None


def test_keys_are_never_used_twice(db: Database) -> None:
    assert add_rank(db, "X") == 3
    with db.write(Entry(ACTOR, "test", "test")) as tx:
        tx.delete(Rank, [3])
    assert add_rank(db, "Y") == 4


@pytest.mark.parametrize("value", [7, True, 7.0])
def test_a_value_of_the_wrong_type_is_an_error(db: Database, value: object) -> None:
    with pytest.raises(TypeError, match=r"name got a (int|bool|float)"), db.write(Entry(ACTOR, "t", "t")) as tx:
        tx.insert(Rank, [{"code": "X", "name": value, "position": 1}])


def test_what_the_journal_says_is_what_the_file_holds(db: Database) -> None:
    with db.write(Entry(ACTOR, "test", "test")) as tx:
        tx.insert(Rank, [{"code": "X", "name": "línea\nuna\x00dos \U0001f600 \u2028", "position": True}])
        tx.update(User, {1: {"active": 0, "password_hash": "another"}})
    with db.read() as connection:
        assert verify(connection) is None
        payloads = [entry.after for entry in changes_of(connection, 9)]
    assert payloads[0] is not None
    assert payloads[0]["position"] == 1
    assert payloads[1] is not None
    assert str(payloads[1]["password_hash"]).startswith("sha256:")


def _all_rows(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    names = [name for (name,) in rows(db, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: rows(db, f'SELECT * FROM "{name}"') for name in names}


# Two programs on one file

WRITER = """\
import sys
from pathlib import Path
from eic_tracker.store.database import Database
from eic_tracker.store.tables.reference import Rank
from eic_tracker.store.transaction import Entry
from tests.store.small_file import ACTOR
with Database(Path(sys.argv[1])) as db:
    for _ in range(int(sys.argv[2])):
        with db.write(Entry(ACTOR, "count", sys.argv[3])) as tx:
            old = tx.connection.exec_driver_sql("SELECT position FROM rank WHERE id = 1").scalar_one()
            tx.update(Rank, {1: {"position": old + 1}})
"""


def test_two_programs_that_write_take_turns(file: Path) -> None:
    words = [sys.executable, "-c", WRITER, str(file), "40"]
    programs = [subprocess.Popen([*words, name], stderr=subprocess.PIPE, text=True) for name in ("one", "two")]
    for program in programs:
        _, said = program.communicate(timeout=60)
        assert program.returncode == 0, said
    with Database(file) as db:
        assert rows(db, "SELECT position FROM rank WHERE id = 1") == [(1 + 80,)], "no count was lost"
        with db.read() as connection:
            assert verify(connection) is None


def test_a_reader_does_not_wait_for_a_writer(db: Database) -> None:
    with db.write(Entry(ACTOR, "test", "test")) as tx:
        tx.insert(Rank, [{"code": "X", "name": "X", "position": 1}])
        assert rows(db, "SELECT count(*) FROM rank") == [(1,)], "it sees the state before"
    assert rows(db, "SELECT count(*) FROM rank") == [(2,)]


def test_a_file_at_rest_is_one_file(file: Path) -> None:
    with Database(file) as db:
        change(db, "test", Rank, {1: {"name": "X"}})
        rows(db, "SELECT 1 FROM rank")
        assert len(list(file.parent.iterdir())) == 3
    assert list(file.parent.iterdir()) == [file]


def test_reading_changes_no_byte(file: Path) -> None:
    before = file.read_bytes()
    with Database(file) as db:
        rows(db, "SELECT count(*) FROM participant")
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


# What SQLite says of the disk and the file becomes one sentence


@contextmanager
def _limited(path: Path) -> Iterator[Database]:
    """The file in a database that may not grow by more than a few pages."""
    with Database(path) as db:
        with db.write(Entry(ACTOR, "test", "test")) as tx:
            pages = int(tx.connection.exec_driver_sql("PRAGMA page_count").scalar_one())
            tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        yield db


def test_a_full_disk_is_told_and_nothing_is_changed(file: Path) -> None:
    with _limited(file) as db:
        with pytest.raises(FileProblem, match="full") as told, db.write(Entry(ACTOR, "test", "test")) as tx:
            tx.insert(Rank, [{"code": f"X{n}", "name": "X" * 4000, "position": n} for n in range(200)])
        assert told.value.values["file"] == file
        assert rows(db, "SELECT count(*) FROM rank") == [(1,)]
        with db.write(Entry(ACTOR, "test", "test")) as tx:
            tx.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert add_rank(db, "after the disk was cleared") == 3


def test_a_writer_that_does_not_let_go_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = connect(file)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0)
    with Database(file) as db, pytest.raises(FileProblem, match="in use"), db.write(Entry(ACTOR, "t", "t")):
        pass
    other.execute("ROLLBACK")
    other.close()
