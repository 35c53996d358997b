"""Files of earlier schemas: they open here with all their rows, and their journal stays whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command

from eic_tracker import paths
from eic_tracker.store.copies import copies_folder, list_copies
from eic_tracker.store.database import APPLICATION_ID, SCHEMA_VERSION, Database, connect, header
from eic_tracker.store.journal import verify
from eic_tracker.store.migrate import alembic_config, create_file, migration_engine
from eic_tracker.store.schema import schema_sql
from eic_tracker.store.search import rebuild
from eic_tracker.store.undo import undo
from tests.store.small_file import ACTOR, GRADED, make_small_file, rows


def earlier_schema(path: Path, schema: int) -> None:
    """An empty file as the first migrations alone make it."""
    raw = connect_new(path)
    raw.close()
    engine = migration_engine(path)
    config = alembic_config(engine)

    def finish(connection: Any) -> None:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={schema}")

    config.attributes["finish"] = finish
    command.upgrade(config, f"{schema:04}")
    engine.dispose()


def connect_new(path: Path) -> Any:
    """A raw connection to a new, empty file."""
    path.touch()
    return connect(path)


def carry_over(new: Path, old: Path, schema: int) -> None:
    """Put the rows of a file into one of an earlier schema, as far as that has a place for them."""
    raw = connect(old)
    raw.execute("PRAGMA foreign_keys=OFF").fetchall()
    raw.execute("DELETE FROM alembic_version")
    raw.execute("ATTACH ? AS new", (str(new),))
    tables = raw.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_%'")
    for (table,) in tables.fetchall():
        columns = ", ".join(f'"{row[1]}"' for row in raw.execute(f'PRAGMA main.table_info("{table}")'))
        raw.execute(f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM new."{table}"')
    raw.execute("UPDATE alembic_version SET version_num = ?", (f"{schema:04}",))
    rebuild(raw)
    raw.close()


@pytest.fixture(params=range(1, SCHEMA_VERSION))
def old_schema(request: pytest.FixtureRequest) -> int:
    """Each schema that files were made with before this one."""
    return int(request.param)


@pytest.fixture
def old_file(tmp_path: Path, old_schema: int) -> Path:
    """A file of an earlier schema with eight change sets."""
    make_small_file(tmp_path / "small.eic")
    earlier_schema(tmp_path / "old.eic", old_schema)
    carry_over(tmp_path / "small.eic", tmp_path / "old.eic", old_schema)
    return tmp_path / "old.eic"


def test_a_file_of_an_earlier_schema_opens_with_all_its_rows_after_a_copy_was_made(
    old_file: Path, old_schema: int, tmp_path: Path
) -> None:
    create_file(tmp_path / "new.eic")
    assert header(old_file) == (APPLICATION_ID, old_schema)
    with Database(old_file) as db:
        assert rows(db, "SELECT id, status, final_grade, unit_text FROM enrolment ORDER BY id") == [
            (1, "enrolled", 8500, None),
            (2, "enrolled", 9000, None),
            (3, "withdrew", None, None),
        ]
        assert rows(db, "SELECT minimum_grade, rounding, second_chance FROM course_version") == [
            (7000, "none", "replaces")
        ]
        (uid,) = rows(db, "SELECT uid FROM file_info")[0]
    assert header(old_file) == (APPLICATION_ID, SCHEMA_VERSION)
    assert schema_sql(old_file) == schema_sql(tmp_path / "new.eic")
    (copy,) = list_copies(copies_folder(uid))
    assert copy.why == "migration"
    assert header(copy.path)[1] == old_schema
    assert copies_folder(uid).is_relative_to(paths.data_folder())


def test_the_journal_of_a_file_of_an_earlier_schema_stays_whole_and_can_be_undone(old_file: Path) -> None:
    with Database(old_file) as db:
        with db.read() as connection:
            assert verify(connection, []) is None
        undo(db, GRADED, ACTOR, "test")
        with db.read() as connection:
            assert verify(connection, []) is None
        assert rows(db, "SELECT final_grade FROM enrolment WHERE id = 1") == [(None,)]
