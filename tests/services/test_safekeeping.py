"""Copies that make themselves, copies on another disk, and putting one back from the window."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from eic_tracker import paths
from eic_tracker.domain.codes import Role
from eic_tracker.errors import FileProblem, Refused
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import safekeeping
from eic_tracker.services.safekeeping import (
    WHY,
    automatic_copy_if_changed,
    copies_for,
    copies_of_file,
    copy_elsewhere,
    days_since_elsewhere,
    days_without_copy_elsewhere,
    restore_copy,
)
from eic_tracker.settings import Settings, with_copy_elsewhere
from eic_tracker.store import copies, elsewhere
from eic_tracker.store.database import Database
from eic_tracker.store.lock import hold
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import NOW, school, user, values

EN = Translator(Language.EN)


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr(paths, "data_folder", lambda: folder)
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with school(tmp_path) as made:
        yield made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


class Stopped(Exception):
    """As the window stops work that nobody waits for."""


def write_something(db: Database) -> None:
    with db.write(Entry(Actor("somebody"), "sign_in", "somebody")) as tx:
        tx.record_event()


def entries(path: Path) -> int:
    with Database(path) as found:
        return len(values(found, "SELECT id FROM change_set"))


def test_a_copy_makes_itself_only_when_something_changed(db: Database) -> None:
    made = automatic_copy_if_changed(db, "changed", now=NOW)
    assert made.path is not None
    assert "Copy made" in made.text(EN)
    again = automatic_copy_if_changed(db, "closing", now=NOW)
    assert (again.path, again.failed) == (None, False)
    assert "Nothing has changed since the copy of" in again.text(EN)
    write_something(db)
    assert automatic_copy_if_changed(db, "closing", now=NOW + dt.timedelta(minutes=30)).path is not None
    kept = copies_of_file(db)
    assert [copy.why for copy in kept] == ["closing", "changed"]
    assert kept[0].set_id == kept[1].set_id + 1
    assert kept[0].size == kept[0].path.stat().st_size
    assert {copy.why for copy in kept} <= WHY.keys()


def test_a_copy_of_the_same_number_and_another_past_is_none_of_this_state(db: Database) -> None:
    made = automatic_copy_if_changed(db, "changed", now=NOW)
    assert made.path is not None
    write_something(db)
    other = automatic_copy_if_changed(db, "changed", now=NOW + dt.timedelta(minutes=30))
    assert other.path is not None
    shutil.copy(made.path, other.path)
    assert automatic_copy_if_changed(db, "closing", now=NOW + dt.timedelta(hours=1)).path is not None


def test_a_damaged_copy_does_not_count(db: Database) -> None:
    made = automatic_copy_if_changed(db, "changed", now=NOW)
    assert made.path is not None
    made.path.write_bytes(b"damaged")
    assert automatic_copy_if_changed(db, "closing", now=NOW + dt.timedelta(hours=1)).path is not None


def test_a_copy_that_cannot_be_made_is_told_and_not_raised(db: Database, own_data_folder: Path) -> None:
    (own_data_folder / "copies").write_bytes(b"a file where the folder should be")
    told = automatic_copy_if_changed(db, "closing")
    assert told.failed
    assert told.path is None
    assert "could not be written" in told.text(EN)


def test_a_copy_that_nobody_waits_for_is_not_begun(db: Database) -> None:
    def cancelled(_done: int, _all: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        automatic_copy_if_changed(db, "changed", progress=cancelled)
    assert copies_of_file(db) == ()


def test_a_copy_on_a_stick_is_the_file_and_is_not_replaced_by_the_next(db: Database, stick: Path) -> None:
    administrator = user(db, Role.ADMINISTRATOR)
    seen: list[tuple[int, int]] = []
    made = copy_elsewhere(db, administrator, stick, progress=lambda done, of: seen.append((done, of)), now=NOW)
    assert entries(made.path) == entries(db.path) - 1, "the entry is written once the copy was read back"
    assert values(db, "SELECT actor, use_case, label FROM change_set ORDER BY id DESC LIMIT 1") == [
        (administrator.login, "copy_elsewhere", "stick")
    ]
    assert seen == sorted(seen)
    assert seen[-1] == (2 * made.size, 2 * made.size)
    assert "not encrypted" in made.text(EN)
    second = copy_elsewhere(db, administrator, stick, now=NOW)
    assert second.path != made.path
    assert sorted(stick.iterdir()) == sorted([made.path, second.path])


def test_a_copy_on_the_file_s_own_disk_says_so(db: Database, stick: Path) -> None:
    made = copy_elsewhere(db, user(db, Role.ADMINISTRATOR), stick)
    assert made.same_disk
    assert "same disk" in made.text(EN)


def test_a_copy_on_another_disk_says_it_was_read_back(
    db: Database, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "is_same_disk", lambda _path, _folder: False)
    for known, said in ((True, "read back from the disk and is equal"), (False, "written and checked")):
        monkeypatch.setattr(elsewhere, "reads_past_memory", lambda known=known: known)
        made = copy_elsewhere(db, user(db, Role.ADMINISTRATOR), stick)
        assert not made.same_disk
        assert said in made.text(EN)


def test_a_stick_that_forgets_a_byte_is_found_out(db: Database, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forget(part: Path) -> None:
        with part.open("rb+") as file:
            file.seek(-1, 2)
            last = file.read(1)
            file.seek(-1, 2)
            file.write(bytes([last[0] ^ 1]))

    monkeypatch.setattr(elsewhere, "_sync_and_forget", forget)
    with pytest.raises(FileProblem, match="reads back differently"):
        copy_elsewhere(db, user(db, Role.ADMINISTRATOR), stick)
    assert list(stick.iterdir()) == []
    assert taken(db) == 0, "a copy that was not made stands nowhere as made"


def taken(db: Database) -> int:
    return len(values(db, "SELECT id FROM change_set WHERE use_case = 'copy_elsewhere'"))


def test_a_copy_whose_entry_cannot_be_written_is_not_left_behind(
    db: Database, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator = user(db, Role.ADMINISTRATOR)
    monkeypatch.setattr(db, "read_only", True)
    with pytest.raises(Refused, match="only read"):
        copy_elsewhere(db, administrator, stick)
    assert list(stick.iterdir()) == []


def test_a_stick_that_is_not_in_is_told_before_anything_happens(db: Database, tmp_path: Path) -> None:
    before = entries(db.path)
    with pytest.raises(FileProblem, match="Put the stick or disk in"):
        copy_elsewhere(db, user(db, Role.ADMINISTRATOR), tmp_path / "pulled out")
    assert not (tmp_path / "pulled out").exists()
    assert entries(db.path) == before


def test_a_stick_pulled_out_while_reading_back_is_told(db: Database, stick: Path) -> None:
    def pull_out(_done: int, _all: int) -> None:
        shutil.rmtree(stick, ignore_errors=True)

    with pytest.raises(FileProblem, match="could not be written"):
        copy_elsewhere(db, user(db, Role.ADMINISTRATOR), stick, progress=pull_out)
    assert not stick.exists()
    assert taken(db) == 0


def test_a_copy_that_is_stopped_leaves_nothing(db: Database, stick: Path) -> None:
    def cancelled(done: int, of: int) -> None:
        if done > of // 2:
            raise Stopped

    with pytest.raises(Stopped):
        copy_elsewhere(db, user(db, Role.ADMINISTRATOR), stick, progress=cancelled)
    assert list(stick.iterdir()) == []
    assert taken(db) == 0


def test_the_window_puts_a_copy_back_once_it_let_go_of_the_file(db: Database) -> None:
    administrator = user(db, Role.ADMINISTRATOR)
    with hold(db.path, administrator.login):
        automatic_copy_if_changed(db, "changed")
        before = entries(db.path)
        write_something(db)
        (copy,) = copies_of_file(db)
        db.close()
        with pytest.raises(FileProblem):
            restore_copy(copy.path, db.path, administrator)
    done = restore_copy(copy.path, db.path, administrator)
    assert done.kept_aside is not None
    assert entries(done.kept_aside) == before + 1
    assert entries(db.path) == before + 1, "the copy's entries and the one that says it was put back"
    assert values(db, "SELECT use_case FROM change_set ORDER BY id DESC LIMIT 1") == [("restore",)]


def test_a_damaged_file_is_offered_all_copies_there_are(db: Database) -> None:
    automatic_copy_if_changed(db, "changed")
    db.close()
    kept = copies_for(db.path)
    assert len(kept) == 1
    db.path.write_bytes(b"damaged")
    assert copies_for(db.path) == kept
    db.path.unlink()
    assert copies_for(db.path) == kept
    shutil.rmtree(paths.data_folder() / "copies")
    assert copies_for(db.path) == ()


def test_days_without_a_copy_elsewhere(db: Database) -> None:
    uid = str(values(db, "SELECT uid FROM file_info")[0][0])
    made_at = dt.datetime.fromisoformat(str(values(db, "SELECT at FROM change_set WHERE id = 1")[0][0]))
    made_at = made_at.replace(tzinfo=dt.UTC)
    none = Settings()
    assert days_since_elsewhere(none, uid, made_at) is None
    assert days_without_copy_elsewhere(db, none, made_at + dt.timedelta(days=8)) == 8
    taken = with_copy_elsewhere(none, uid, made_at + dt.timedelta(days=8), Path("/media/usb"))
    assert days_without_copy_elsewhere(db, taken, made_at + dt.timedelta(days=8, hours=30)) == 1
    assert days_since_elsewhere(taken, uid, made_at + dt.timedelta(days=8) - dt.timedelta(hours=1)) == 0
    assert days_since_elsewhere(taken, uid, made_at) is None, "a clock set back does not hide the banner for years"


def test_automatic_copies_are_of_this_file_alone(db: Database, tmp_path: Path) -> None:
    automatic_copy_if_changed(db, "changed")
    (tmp_path / "other").mkdir()
    with Database(_new_school(tmp_path / "other")) as other:
        assert copies_of_file(other) == ()
        automatic_copy_if_changed(other, "changed")
        assert len(copies_of_file(other)) == 1
    assert len(copies_of_file(db)) == 1
    assert copies.copies_folder("x").parent == paths.data_folder() / "copies"
    assert safekeeping.DAYS_ELSEWHERE == 7


def _new_school(folder: Path) -> Path:
    from eic_tracker.services.new_file import NewFile, make_file
    from tests.services.school import PASSWORD

    path = folder / "other.eic"
    make_file(path, NewFile("Otra escuela", "administrator", "Ada Ministradora", PASSWORD))
    return path
