"""What the doctor says of a file, sound and not, without changing it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eic_tracker import paths
from eic_tracker.i18n import Language, Translator
from eic_tracker.store.copies import automatic_copy
from eic_tracker.store.database import Database
from eic_tracker.store.doctor import Check, doctor
from eic_tracker.store.files import temporary_name
from eic_tracker.store.lock import hold
from tests.store.forging import edit, plain
from tests.store.small_file import add_rank

NOW = dt.datetime(2018, 12, 31, 18, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Automatic copies of these tests go to a folder of their own."""
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "data")


def _failed(path: Path, now: dt.datetime = NOW) -> dict[str, Check]:
    return {check.code: check for check in doctor(path, now=now) if not check.ok}


def test_a_sound_file_with_a_copy_passes_every_check(file: Path) -> None:
    automatic_copy(file, "import", now=NOW)
    before = file.read_bytes()
    checks = doctor(file, now=NOW)
    assert [check.code for check in checks if not check.ok] == []
    assert len({check.code for check in checks}) == len(checks)
    assert all(check.text(Translator(Language.EN)) for check in checks)
    assert file.read_bytes() == before


def test_a_file_without_a_copy_or_with_an_old_one_is_told(file: Path) -> None:
    assert set(_failed(file)) == {"copies"}
    automatic_copy(file, "import", now=NOW)
    assert set(_failed(file, NOW + dt.timedelta(days=7))) == set()
    assert set(_failed(file, NOW + dt.timedelta(days=8))) == {"copies"}


def test_a_changed_journal_is_told_with_its_change_set(file: Path) -> None:
    edit(file)
    failed = _failed(file)
    assert {"journal", "schema"} <= set(failed)
    assert failed["journal"].values["set"] == 4


def test_a_missing_trigger_is_told(file: Path) -> None:
    with plain(file):
        pass
    assert "schema" in _failed(file)
    assert "journal" not in _failed(file)


def test_a_text_that_cannot_be_read_is_told_as_damage(file: Path) -> None:
    content = file.read_bytes()
    damaged = content.replace(b"spoiled BOOLEAN NOT NULL", b"spoiled BOOLEAN N\xe9T NULL")
    assert damaged != content
    file.write_bytes(damaged)
    assert "is damaged" in _failed(file)["schema"].text(Translator(Language.EN))


def test_references_that_lead_nowhere_are_told(file: Path) -> None:
    with plain(file) as connection:
        connection.execute("DELETE FROM rank WHERE id = 1")
    assert _failed(file)["integrity"].values["fault"] == "enrolment 1 -> rank"


def test_a_window_and_its_log_are_told(file: Path) -> None:
    with hold(file, "registrar"), Database(file) as db:
        add_rank(db, "X")
        said = {check.code: check.text(Translator(Language.EN)) for check in doctor(file, now=NOW)}
    assert "registrar has the file open" in said["lock"]
    assert "in the log" in said["leftovers"]


def test_what_an_interrupted_work_left_is_told(file: Path) -> None:
    part = temporary_name(file)
    part.touch()
    assert _failed(file)["leftovers"].values["names"] == part.name
