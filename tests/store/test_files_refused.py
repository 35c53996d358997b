"""What is not one of our files, or cannot be used now: one clear sentence, and not a byte is changed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from eic_tracker.errors import FileProblem
from eic_tracker.i18n import Language, Translator
from eic_tracker.store import database
from eic_tracker.store.copies import automatic_copy, backup
from eic_tracker.store.database import APPLICATION_ID, SCHEMA_VERSION, Database, check_header, connect
from eic_tracker.store.doctor import doctor
from tests.store.forging import plain
from tests.store.small_file import rows


def _text(path: Path) -> None:
    path.write_text("Informe del IV Trimestre 2018\n" * 200, encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _another_program(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, said TEXT)")
    connection.execute("PRAGMA application_id = 77")
    connection.commit()
    connection.close()


def _another_program_with_its_log(path: Path) -> None:
    """As a crashed program leaves it: the newest rows are in the log beside the file."""
    path.unlink()
    alive = path.with_name("alive.db")
    connection = sqlite3.connect(alive)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, said TEXT)")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint")
    connection.execute("INSERT INTO notes VALUES (1, 'kept')")
    connection.commit()
    shutil.copy(alive, path)
    shutil.copy(alive.with_name("alive.db-wal"), path.with_name(path.name + "-wal"))
    connection.close()


def _newer(path: Path) -> None:
    with plain(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


def _encrypted(path: Path) -> None:
    path.unlink()
    connection = dbapi2.connect(str(path))
    connection.execute("PRAGMA key = 'una clave larga'")
    connection.execute("CREATE TABLE participant (id INTEGER PRIMARY KEY)")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.commit()
    connection.close()


def _damaged_head(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(bytes(100) + content[100:])


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a text": (_text, "not an EIC Tracker file"),
    "an empty file": (_empty, "not an EIC Tracker file"),
    "another program's file": (_another_program, "not an EIC Tracker file"),
    "another program's file that was not closed": (_another_program_with_its_log, "not an EIC Tracker file"),
    "a newer file": (_newer, "newer EIC Tracker"),
    "an encrypted file": (_encrypted, "encrypted"),
    "a file with a damaged head": (_damaged_head, "not an EIC Tracker file"),
    "no file": (Path.unlink, "There is no file"),
    "a folder": (_folder, "is a folder"),
}

DOORS: dict[str, Callable[[Path], object]] = {
    "open": Database,
    "look": check_header,
    "backup": lambda path: backup(path, path.with_name("copy.eic")),
    "automatic copy": lambda path: automatic_copy(path, "test"),
    "doctor": doctor,
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_not_ours_is_refused_in_one_sentence_and_left_as_it_is(kind: str, door: str, file: Path) -> None:
    spoil, said = REFUSED[kind]
    spoil(file)
    before = _everything(file.parent)
    with pytest.raises(FileProblem, match=said) as told:
        DOORS[door](file)
    assert _everything(file.parent) == before
    sentence = told.value.text(Translator(Language.EN))
    assert str(file) in sentence
    assert "\n" not in sentence


def test_a_page_that_was_damaged_is_told_where_it_is_read(file: Path) -> None:
    content = bytearray(file.read_bytes())
    with Database(file) as db:
        root = int(rows(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'participant'")[0][0])
    content[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    file.write_bytes(content)
    with Database(file) as db, pytest.raises(FileProblem, match="is damaged"):
        rows(db, "SELECT * FROM participant")
    with pytest.raises(FileProblem, match=r"is damaged|not sound"):
        backup(file, file.with_name("copy.eic"))
    assert not file.with_name("copy.eic").exists()
    failed = {check.code for check in doctor(file) if not check.ok}
    assert {"integrity", "journal"} <= failed
    assert file.read_bytes() == content


@pytest.fixture
def locked(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file while another program keeps it for itself."""
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0)
    other = connect(file)
    other.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    other.execute("BEGIN EXCLUSIVE")
    yield file
    other.execute("ROLLBACK")
    other.close()


def test_a_locked_file_is_told_and_left_as_it_is(locked: Path) -> None:
    with Database(locked) as db, pytest.raises(FileProblem, match="in use by another program"):
        rows(db, "SELECT 1 FROM rank")
    with pytest.raises(FileProblem, match="in use by another program"):
        backup(locked, locked.with_name("copy.eic"))
    assert not locked.with_name("copy.eic").exists()


def test_our_file_that_was_not_closed_is_recovered(file: Path) -> None:
    alive = Path(shutil.copy(file, file.with_name("alive.eic")))
    raw = connect(alive)
    raw.execute("PRAGMA wal_autocheckpoint = 0")
    raw.execute("UPDATE rank SET name = 'in the log' WHERE id = 1")
    shutil.copy(alive, file)
    shutil.copy(f"{alive}-wal", f"{file}-wal")
    raw.close()
    with Database(file) as db:
        assert rows(db, "SELECT name FROM rank WHERE id = 1") == [("in the log",)]
    assert not file.with_name(file.name + "-wal").exists()


def _everything(folder: Path) -> dict[str, bytes | None]:
    return {path.name: path.read_bytes() if path.is_file() else None for path in folder.iterdir()}
