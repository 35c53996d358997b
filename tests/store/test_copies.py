"""Copies are checked before they get their name; restoring puts one back whole and keeps what was there."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker import paths
from eic_tracker.domain.codes import FileKind
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.store import copies as copies_module
from eic_tracker.store.copies import (
    KEEP_ALL,
    NEVER_DELETED,
    Copy,
    automatic_copy,
    backup,
    copies_folder,
    list_copies,
    superseded,
)
from eic_tracker.store.database import SCHEMA_VERSION, Database, connect
from eic_tracker.store.journal import head, newest_sets, verify
from eic_tracker.store.lock import InUse, hold
from eic_tracker.store.restoring import restore
from eic_tracker.store.tables.reference import Rank
from tests.store.forging import plain, rechain_from_middle, row_without_journal
from tests.store.small_file import ACTOR, add_rank, change, make_small_file, rows

NOW = dt.datetime(2018, 12, 31, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Automatic copies of these tests go to a folder of their own."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr(paths, "data_folder", lambda: folder)
    return folder


def _code(path: Path) -> str:
    with Database(path) as db, db.read() as connection:
        found = head(connection)
        assert verify(connection) is None
    assert found is not None
    return found.code


# Backup


def test_a_backup_is_the_file_at_that_moment(file: Path, tmp_path: Path) -> None:
    code = _code(file)
    to = backup(file, tmp_path / "usb" / "copy.eic")
    assert _code(to) == code
    assert [found.name for found in to.parent.iterdir()] == ["copy.eic"]


def test_a_backup_into_a_folder_takes_the_name_of_the_file(file: Path, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    assert backup(file, tmp_path / "usb") == tmp_path / "usb" / "small.eic"


def test_a_backup_of_a_file_that_is_being_written_holds_what_was_saved(file: Path, tmp_path: Path) -> None:
    with Database(file) as db:
        add_rank(db, "saved")
        from eic_tracker.store.transaction import Entry

        with db.write(Entry(ACTOR, "test", "test")) as tx:
            tx.insert(Rank, [{"code": "open", "name": "open", "position": 1}])
            backup(file, tmp_path / "copy.eic")
    with Database(tmp_path / "copy.eic") as copy:
        assert rows(copy, "SELECT code FROM rank") == [("R1",), ("saved",)]


def test_a_backup_leaves_no_deleted_bytes_behind(file: Path, tmp_path: Path) -> None:
    raw = connect(file)
    # as a file of before the program overwrote what it deletes, or another program's
    raw.execute("PRAGMA secure_delete=OFF").fetchall()
    raw.execute("CREATE TABLE scratch (said TEXT)")
    raw.execute("INSERT INTO scratch VALUES ('palabra-que-se-borra')")
    raw.execute("DROP TABLE scratch")
    raw.close()
    assert b"palabra-que-se-borra" in file.read_bytes()
    assert b"palabra-que-se-borra" not in backup(file, tmp_path / "copy.eic").read_bytes()


def test_an_older_copy_is_replaced_and_anything_else_is_left(file: Path, tmp_path: Path) -> None:
    to = backup(file, tmp_path / "copy.eic")
    with Database(file) as db:
        add_rank(db, "X")
    backup(file, to)
    assert _code(to) == _code(file)
    letter = tmp_path / "letter.odt"
    letter.write_bytes(b"oficio")
    other = tmp_path / "other.eic"
    make_small_file(other, FileKind.SCHOOL)
    for kept in (letter, other):
        before = kept.read_bytes()
        with pytest.raises(FileProblem, match="is not a copy of this file"):
            backup(file, kept)
        assert kept.read_bytes() == before
    with pytest.raises(UserError, match="replace the file itself"):
        backup(file, file)


def test_a_copy_that_is_open_is_not_replaced(file: Path, tmp_path: Path) -> None:
    to = backup(file, tmp_path / "copy.eic")
    with Database(to) as db:
        add_rank(db, "X")
        with pytest.raises(InUse):
            backup(file, to)


def test_a_copy_whose_references_lead_nowhere_is_not_kept(file: Path, tmp_path: Path) -> None:
    with plain(file) as connection:
        connection.execute("DELETE FROM rank WHERE id = 1")
    with pytest.raises(FileProblem, match=r"not sound \(enrolment 1 -> rank\)"):
        backup(file, tmp_path / "copy.eic")
    assert list(tmp_path.glob("*copy*")) == []


# Automatic copies and their rotation


def test_an_automatic_copy_is_named_by_moment_journal_and_reason(file: Path, own_data_folder: Path) -> None:
    first = automatic_copy(file, "import", now=NOW)
    second = automatic_copy(file, "import", now=NOW)
    assert first.name == "20181231T180000Z-000008-import.eic"
    assert second.name == "20181231T180000Z-000008-import-2.eic"
    assert first.parent.parent == own_data_folder / "copies"
    assert {copy.path for copy in list_copies(first.parent)} == {first, second}
    assert _code(first) == _code(file)


def test_older_automatic_copies_are_thinned(file: Path) -> None:
    for hour in range(0, 24 * 10, 6):
        automatic_copy(file, "test", now=NOW + dt.timedelta(hours=hour))
    with Database(file) as db:
        uid = str(rows(db, "SELECT uid FROM file_info")[0][0])
    folder = copies_folder(uid)
    (folder / "notes.txt").write_text("not a copy", encoding="utf-8")
    left = list_copies(folder)
    newest = left[0].made_at
    assert sum(1 for copy in left if newest - copy.made_at <= KEEP_ALL) == 9
    assert len({copy.made_at.date() for copy in left}) == 11
    assert len(left) < 24


_MOMENTS = st.datetimes(dt.datetime(2010, 1, 1), dt.datetime(2029, 12, 31), timezones=st.just(dt.UTC))  # noqa: DTZ001
_COPIES = st.lists(st.tuples(_MOMENTS, st.integers(1, 60)), max_size=60).map(
    lambda made: tuple(Copy(Path(f"{n}.eic"), at, set_id, "test") for n, (at, set_id) in enumerate(made))
)


@given(copies=_COPIES, now=_MOMENTS)
def test_rotation_never_touches_the_newest_nor_the_last_two_days(copies: tuple[Copy, ...], now: dt.datetime) -> None:
    gone = set(superseded(copies, now))
    kept = set(copies) - gone
    assert gone <= set(copies)
    for newness in (lambda copy: copy.made_at, lambda copy: copy.set_id):
        newest = sorted(map(newness, copies), reverse=True)[:NEVER_DELETED]
        assert sorted(map(newness, kept), reverse=True)[:NEVER_DELETED] == newest
    assert all(now - copy.made_at > KEEP_ALL for copy in gone)


@given(copies=_COPIES, now=_MOMENTS)
def test_rotation_is_done_at_once(copies: tuple[Copy, ...], now: dt.datetime) -> None:
    kept = tuple(copy for copy in copies if copy not in set(superseded(copies, now)))
    assert superseded(kept, now) == ()


@given(copies=_COPIES, now=_MOMENTS)
def test_rotation_keeps_a_copy_of_each_of_the_last_days_weeks_and_months(
    copies: tuple[Copy, ...], now: dt.datetime
) -> None:
    kept = {copy for copy in copies if copy not in set(superseded(copies, now))}
    for count, span in (
        (12, lambda at: at.date()),
        (10, lambda at: at.isocalendar()[:2]),
        (9, lambda at: (at.year, at.month)),
    ):
        spans = sorted({span(copy.made_at) for copy in copies}, reverse=True)[:count]
        assert {span(copy.made_at) for copy in kept} >= set(spans)


def test_a_year_of_hourly_copies_leaves_a_small_folder() -> None:
    made = tuple(Copy(Path(f"{hour}.eic"), NOW + dt.timedelta(hours=hour), hour, "test") for hour in range(24 * 365))
    left = len(made) - len(superseded(made, made[-1].made_at))
    assert 48 < left < 48 + 12 + 10 + 9 + NEVER_DELETED


# Restore


def test_a_restore_puts_the_copy_back_and_keeps_what_was_there(file: Path, tmp_path: Path) -> None:
    copy = backup(file, tmp_path / "copy.eic")
    with Database(file) as db:
        add_rank(db, "later")
    replaced = _code(file)
    done = restore(copy, file, ACTOR)
    with Database(file) as db:
        assert rows(db, "SELECT code FROM rank") == [("R1",)]
        with db.read() as connection:
            newest = newest_sets(connection, 1)[0]
            assert verify(connection) is None
    assert (newest.use_case, newest.label, newest.actor, newest.code) == ("restore", replaced, "registrar", done.code)
    assert done.kept_aside is not None
    assert done.automatic_copy is not None
    assert _code(done.kept_aside) == _code(done.automatic_copy) == replaced
    assert done.kept_aside.name.startswith("small.before-restore-")
    assert sorted(found.name for found in tmp_path.iterdir()) == sorted(
        ["copy.eic", "data", "small.eic", done.kept_aside.name]
    )


@pytest.mark.parametrize("damage", ["missing", "emptied", "overwritten", "cut", "with its log"])
def test_a_restore_works_when_the_file_is_damaged_or_missing(file: Path, tmp_path: Path, damage: str) -> None:
    copy = backup(file, tmp_path / "copy.eic")
    whole = file.read_bytes()
    match damage:
        case "missing":
            file.unlink()
        case "emptied":
            file.write_bytes(b"")
        case "overwritten":
            file.write_bytes(b"\xa5" * len(whole))
        case "cut":
            file.write_bytes(whole[: len(whole) // 2 - 100])
        case "with its log":
            file.write_bytes(b"\xa5" * len(whole))
            file.with_name("small.eic-wal").write_bytes(b"\x37\x7f\x06\x82" + b"\xa5" * 9000)
    before = file.read_bytes() if file.exists() else None
    done = restore(copy, file, ACTOR)
    assert _code(file) == done.code
    assert (done.kept_aside.read_bytes() if done.kept_aside else None) == before
    if damage == "with its log":
        assert done.kept_aside is not None
        assert done.kept_aside.with_name(done.kept_aside.name + "-wal").stat().st_size == 9004
    assert not file.with_name("small.eic-wal").exists()


def test_a_restore_is_refused_while_the_file_is_open(file: Path, tmp_path: Path) -> None:
    copy = backup(file, tmp_path / "copy.eic")
    before = file.read_bytes()
    with hold(file, "manager"), pytest.raises(InUse, match="manager"):
        restore(copy, file, ACTOR)
    with Database(file) as db:
        rows(db, "SELECT 1 FROM rank")
        with pytest.raises(InUse):
            restore(copy, file, ACTOR)
    assert file.read_bytes() == before
    assert sorted(found.name for found in tmp_path.iterdir()) == ["copy.eic", "data", "small.eic"]


def test_a_demonstration_never_takes_the_place_of_a_damaged_school_either(file: Path, tmp_path: Path) -> None:
    demonstration = tmp_path / "demo.eic"
    make_small_file(demonstration, FileKind.DEMONSTRATION)
    content = bytearray(file.read_bytes())
    content[-3000:-2000] = bytes(range(250)) * 4
    file.write_bytes(content)
    with pytest.raises(Refused, match="a school's file"):
        restore(demonstration, file, ACTOR)
    assert file.read_bytes() == content


def test_a_demonstration_never_takes_the_place_of_a_school_nor_the_reverse(file: Path, tmp_path: Path) -> None:
    demonstration = tmp_path / "demo.eic"
    make_small_file(demonstration, FileKind.DEMONSTRATION)
    for copy, path, said in (
        (demonstration, file, "a school's file"),
        (file, demonstration, "is a demonstration"),
    ):
        before = path.read_bytes()
        with pytest.raises(Refused, match=said):
            restore(copy, path, ACTOR)
        assert path.read_bytes() == before


def test_a_copy_of_another_file_is_refused(file: Path, tmp_path: Path) -> None:
    make_small_file(tmp_path / "other.eic")
    with pytest.raises(Refused, match="another file"):
        restore(tmp_path / "other.eic", file, ACTOR)
    with pytest.raises(UserError, match="from itself"):
        restore(file, file, ACTOR)


def test_a_foreign_file_is_not_replaced(file: Path, tmp_path: Path) -> None:
    import sqlite3

    other = tmp_path / "notes.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE notes (id INTEGER)")
    connection.close()
    before = other.read_bytes()
    with pytest.raises(FileProblem, match="not an EIC Tracker file"):
        restore(file, other, ACTOR)
    assert other.read_bytes() == before


def test_a_copy_that_was_tampered_with_is_not_put_back(file: Path, tmp_path: Path) -> None:
    copy = backup(file, tmp_path / "copy.eic")
    with plain(copy) as connection:
        connection.execute("UPDATE change SET after = replace(after, '8500', '9999') WHERE change_set_id = 4")
    before = file.read_bytes()
    with pytest.raises(FileProblem, match=r"not sound \(journal: change_set 4, enrolment 1\)"):
        restore(copy, file, ACTOR)
    assert file.read_bytes() == before


def test_a_copy_whose_rows_were_changed_is_not_put_back(file: Path, tmp_path: Path) -> None:
    copy = backup(file, tmp_path / "copy.eic")
    row_without_journal(copy)
    with pytest.raises(FileProblem, match=r"journal: change_set 4, enrolment 1"):
        restore(copy, file, ACTOR)
    shutil.copy(file, copy)
    rechain_from_middle(copy)
    restore(copy, file, ACTOR)
    with Database(file) as db:
        assert rows(db, "SELECT final_grade FROM enrolment WHERE id = 1") == [(9999,)], "only an anchor tells"


def test_a_disk_without_hard_links_keeps_the_file_aside_too(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_names: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    copy = backup(file, tmp_path / "copy.eic")
    code = _code(file)
    monkeypatch.setattr("os.link", no_links)
    done = restore(copy, file, ACTOR)
    assert done.kept_aside is not None
    assert _code(done.kept_aside) == code


def test_a_user_of_today_is_named_even_where_the_copy_does_not_know_them(file: Path, tmp_path: Path) -> None:
    from eic_tracker.store.transaction import Actor

    copy = backup(file, tmp_path / "copy.eic")
    restore(copy, file, Actor("newcomer", 77))
    with Database(file) as db:
        assert rows(db, "SELECT actor, user_id FROM change_set ORDER BY id DESC LIMIT 1") == [("newcomer", None)]


def test_copies_are_made_before_a_migration(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def noted(path: Path, why: str) -> Path:
        made.append(why)
        return automatic_copy(path, why)

    monkeypatch.setattr(copies_module, "automatic_copy", noted)
    with plain(file) as connection:
        connection.execute("PRAGMA user_version = 0")
    Database(file).close()
    assert made == ["migration"]
    with plain(file) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_changing_the_file_while_it_is_copied_is_no_fault(file: Path, tmp_path: Path) -> None:
    with Database(file) as db:
        change(db, "test", Rank, {1: {"name": "X"}})
        to = backup(file, tmp_path / "copy.eic")
        change(db, "test", Rank, {1: {"name": "Y"}})
    assert _code(to).startswith("9-")
