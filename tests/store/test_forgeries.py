"""Twelve kinds of direct edits with a plain SQLite program: each is found, some only by a code kept elsewhere."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from eic_tracker.i18n import Language, Translator
from eic_tracker.store.chain import Anchor, Finding, parse_anchor, verify_raw
from eic_tracker.store.database import Database, connect
from eic_tracker.store.journal import anchor_in_file, head, verify
from eic_tracker.store.search import DERIVED
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.reference import Rank
from tests.store import forging
from tests.store.small_file import GRADED, change, rows

LAST = 10
"""The number of the last change set when the forger comes."""

KINDS: dict[str, tuple[Callable[[Path], None], int | None]] = {
    "edit": (forging.edit, GRADED),
    "delete": (forging.delete, 3),
    "delete a whole set": (forging.delete_whole_set, GRADED),
    "insert": (forging.insert, GRADED),
    "swap": (forging.swap, GRADED),
    "reorder": (forging.reorder, GRADED),
    "cut the tail": (forging.cut_tail, None),
    "replace the tail": (forging.replace_tail, None),
    "re-chain from the middle": (forging.rechain_from_middle, None),
    "restore an older file": (forging.restore_older_file, None),
    "change a row without journal": (forging.row_without_journal, GRADED),
    "clone and fork": (forging.clone_and_fork, None),
    "change a grade with its digest": (forging.grade_with_digest, GRADED),
}
"""The forgery, and the change set that verifying names without help from outside; None where it needs an anchor."""


@pytest.fixture
def lived_in(file: Path) -> Path:
    """The small file two sets further on, with an older copy of it beside."""
    shutil.copy(file, file.with_name("older.eic"))
    with Database(file) as db:
        change(db, "record_grade", Enrolment, {2: {"final_grade": 9100}})
        change(db, "record_grade", Enrolment, {2: {"final_grade": 9200}})
    return file


def _code(path: Path) -> str:
    with Database(path) as db, db.read() as connection:
        found = head(connection)
    assert found is not None
    return found.code


def _verify(path: Path, *anchors: Anchor) -> Finding | None:
    with Database(path) as db, db.read() as connection:
        return verify(connection, anchors)


@pytest.mark.parametrize("kind", KINDS)
def test_a_direct_edit_is_found(kind: str, lived_in: Path, record_property: Callable[[str, object], None]) -> None:
    forge, first_set = KINDS[kind]
    code_on_paper = _code(lived_in)
    assert code_on_paper.startswith(f"{LAST}-")
    assert _verify(lived_in, parse_anchor(code_on_paper)) is None

    forge(lived_in)

    alone = _verify(lived_in)
    anchored = _verify(lived_in, parse_anchor(code_on_paper))
    assert anchored is not None
    if first_set is None:
        assert alone is None, "it can be told without an anchor: say so in KINDS"
        assert anchored.set_id == LAST
        said = f"{kind}: needs a code from outside; {anchored.text(Translator(Language.EN))}"
    else:
        assert alone is not None
        assert alone.set_id == first_set
        said = f"{kind}: {alone.text(Translator(Language.EN))}"
    print(said)
    record_property("told", said)


def test_an_anchor_before_the_forged_set_cannot_tell(lived_in: Path) -> None:
    with Database(lived_in) as db:
        early = Anchor(*rows(db, f"SELECT id, hash FROM change_set WHERE id = {GRADED - 1}")[0])
        late = Anchor(*rows(db, f"SELECT id, hash FROM change_set WHERE id = {GRADED + 1}")[0])
    forging.rechain_from_middle(lived_in)
    assert _verify(lived_in, early) is None
    found = _verify(lived_in, early, late)
    assert found is not None
    assert found.set_id == GRADED + 1


def test_another_copy_of_the_file_is_an_anchor(lived_in: Path, tmp_path: Path) -> None:
    honest = tmp_path / "honest.eic"
    shutil.copy(lived_in, honest)
    with Database(lived_in) as db:
        uid = str(rows(db, "SELECT uid FROM file_info")[0][0])
        change(db, "record_grade", Enrolment, {1: {"final_grade": 7700}})
    assert _verify(lived_in, anchor_in_file(honest, uid)) is None
    forging.clone_and_fork(lived_in)
    found = _verify(lived_in, anchor_in_file(honest, uid))
    assert found is not None
    assert found.set_id == LAST


def test_a_careless_forger_of_the_tail_is_found_without_help(lived_in: Path) -> None:
    with forging.plain(lived_in) as connection:
        connection.execute("DELETE FROM change WHERE change_set_id > ?", (LAST - 2,))
        connection.execute("DELETE FROM change_set WHERE id > ?", (LAST - 2,))
    found = _verify(lived_in)
    assert found is not None
    assert (found.set_id, found.values["table"], found.values["row"]) == (GRADED + 1, "enrolment", 2)
    assert found.values["columns"] == "final_grade"


@pytest.mark.parametrize(
    ("statement", "table", "row"),
    [
        ("INSERT INTO rank (id, code, name, position) VALUES (7, 'X', 'X', 1)", "rank", 7),
        ("DELETE FROM enrolment WHERE id = 3", "enrolment", 3),
        ("INSERT INTO rank (id, code, name, position) VALUES (2, 'R2', 'Rango 2', 2)", "rank", 2),
        ("UPDATE file_info SET kind = 'demonstration'", "file_info", 1),
        ("UPDATE user SET password_hash = 'mine'", "user", 1),
        ("UPDATE participant SET surnames = CAST(x'4E75F165' AS TEXT) WHERE id = 1", "participant", 1),
        ("UPDATE participant SET surnames = x'4E75' WHERE id = 1", "participant", 1),
    ],
)
def test_a_row_past_the_program_is_named(lived_in: Path, statement: str, table: str, row: int) -> None:
    with forging.plain(lived_in) as connection:
        connection.execute(statement)
    found = _verify(lived_in)
    assert found is not None
    assert (found.values["table"], found.values["row"]) == (table, row)


def test_erasing_payloads_does_not_break_the_chain_but_hides_no_row(lived_in: Path) -> None:
    erase = "UPDATE change SET before = NULL, after = NULL, salt = NULL WHERE table_name = '{}' AND row_id = {}"
    with forging.plain(lived_in) as connection:
        connection.execute(erase.format("rank", 2))
    assert _verify(lived_in) is None, "the row is gone: nothing is left to be proved"
    with forging.plain(lived_in) as connection:
        connection.execute(erase.format("enrolment", 1))
        connection.execute("UPDATE enrolment SET final_grade = 9999 WHERE id = 1")
    found = _verify(lived_in)
    assert found is not None
    assert (found.values["table"], found.values["row"]) == ("enrolment", 1)


def test_an_erased_row_that_was_stated_anew_holds(lived_in: Path) -> None:
    with forging.plain(lived_in) as connection:
        connection.execute(
            "UPDATE change SET before = NULL, after = NULL, salt = NULL WHERE table_name = 'rank' AND row_id = 1"
        )
    assert _verify(lived_in) is not None
    with Database(lived_in) as db:
        every = {"code": "A", "name": "A", "scale": "A", "position": 5, "source": "A", "valid_to": dt.date(2030, 1, 1)}
        change(db, "state_anew", Rank, {1: every})
    assert _verify(lived_in) is None
    with forging.plain(lived_in) as connection:
        connection.execute("UPDATE rank SET scale = 'B' WHERE id = 1")
    assert _verify(lived_in) is not None


def test_every_single_cell_is_watched(lived_in: Path) -> None:
    """Each cell of each row of the journal and of all other tables, changed alone, is found."""
    with forging.plain(lived_in):
        pass
    raw = connect(lived_in)
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("PRAGMA ignore_check_constraints = ON")
    tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    cells = [
        (table, column, key)
        for table in tables
        if table != "alembic_version" and not table.startswith(DERIVED)  # made from the rows again at any time
        for column in [row[1] for row in raw.execute(f'PRAGMA table_info("{table}")')]
        for (key,) in raw.execute(f'SELECT id FROM "{table}"').fetchall()
    ]
    missed = [cell for cell in cells if not _found_when_changed(raw, *cell)]
    raw.close()
    assert missed == []
    assert len(cells) > 500


def _found_when_changed(raw: Any, table: str, column: str, key: int) -> bool:
    before = raw.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (key,)).fetchone()[0]
    value: object
    if isinstance(before, bytes):
        value = bytes([before[0] ^ 1]) + before[1:]
    elif isinstance(before, int):
        value = before + 1000
    else:
        value = "x" if before is None else before[:-1] + ("y" if before.endswith("x") else "x")
    raw.execute("BEGIN")
    try:
        raw.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (value, key))
        return verify_raw(raw) is not None
    except dbapi2.IntegrityError:
        return True
    finally:
        raw.execute("ROLLBACK")


def test_a_table_that_was_taken_out_is_told_and_no_crash(lived_in: Path) -> None:
    with forging.plain(lived_in) as connection:
        connection.execute("DROP TABLE export")
    with Database(lived_in) as db, db.read() as connection:
        finding = verify(connection)
    assert finding is not None
    assert "export" in finding.text(Translator(Language.ES))
