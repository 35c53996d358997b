"""Copies that make themselves, the reminder of one elsewhere, a copy on a stick, and putting one back in few clicks."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.clock import now_utc
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused
from eic_tracker.gui import keeping
from eic_tracker.gui.dialogs import waiting
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.settings_page import SettingsPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.copies_part import CopiesPart
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import Language
from eic_tracker.services.safekeeping import AutomaticCopy, copies_for
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.services.users import set_active, set_password
from eic_tracker.settings import CopyElsewhere, Settings
from eic_tracker.store.database import Database
from tests.gui.windows import demonstration, go, place_of_work, settle, until, window
from tests.services.school import school_file, user, values

ENGLISH = Settings(language=Language.EN)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A school's file; its copies lie in a data folder of this test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    return school_file(tmp_path)


@contextmanager
def working(qtbot: QtBot, path: Path, role: Role, settings: Settings = ENGLISH) -> Iterator[MainWindow]:
    """The window on a school's file, somebody signed in."""
    with window(qtbot, settings) as made:
        made.open(path)
        sign_in_as(qtbot, made, path, role)
        yield made


def sign_in_as(qtbot: QtBot, made: MainWindow, path: Path, role: Role) -> None:
    with Database(path) as db:
        acting = user(db, role)
    made.enter(acting)
    settle(qtbot, made)


def uid_of(path: Path) -> str:
    with Database(path) as db, db.read() as connection:
        return read_file_facts(connection).uid


def copied_days_ago(path: Path, days: int) -> Settings:
    made_at = now_utc() - dt.timedelta(days, minutes=1)
    return Settings(language=Language.EN, copies_elsewhere={uid_of(path): CopyElsewhere(made_at, "/media/usb")})


def message(made: MainWindow) -> str:
    shown = place_of_work(made).messages.message()
    return shown.text if shown is not None else ""


def press(part: QWidget, text: str) -> None:
    next(each for each in part.findChildren(QPushButton) if each.text() == text and each.isVisible()).click()


def copies_part(qtbot: QtBot, made: MainWindow) -> CopiesPart:
    page = go(qtbot, made, Place("settings", state={"section": "copies"})).page
    assert isinstance(page, SettingsPage)
    assert isinstance(page.part, CopiesPart)
    return page.part


def test_closing_makes_a_copy_once(qtbot: QtBot, path: Path) -> None:
    with working(qtbot, path, Role.REGISTRAR):
        assert copies_for(path) == ()
    (made,) = copies_for(path)
    assert made.why == "closing"
    with working(qtbot, path, Role.REGISTRAR):
        pass
    assert len(copies_for(path)) == 1, "nothing was entered meanwhile"


def test_every_half_hour_what_changed_is_copied_while_the_window_is_open(qtbot: QtBot, path: Path) -> None:
    with working(qtbot, path, Role.ADMINISTRATOR) as made:
        assert made.keeping._timer.isActive()
        assert made.keeping._timer.interval() == keeping.EVERY == 30 * 60_000
        made.keeping._timer.timeout.emit()
        settle(qtbot, made)
        assert [copy.why for copy in copies_for(path)] == ["changed"]
        made.keeping._timer.timeout.emit()
        settle(qtbot, made)
        assert len(copies_for(path)) == 1


def test_a_demonstration_needs_no_copies(qtbot: QtBot, demo_file: Path) -> None:
    before = copies_for(demo_file)
    with demonstration(qtbot, demo_file) as made:
        assert not made.keeping._timer.isActive()
    assert copies_for(demo_file) == before


def no_room(*_values: object, **_options: object) -> AutomaticCopy:
    return AutomaticCopy(None, True, "No copy of the file could be made ({why}).", {"why": "full"})


def test_a_copy_that_fails_is_told_and_never_loses_the_closing(
    qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(keeping, "automatic_copy_if_changed", no_room)
    monkeypatch.setattr(keeping, "say_before_going_on", lambda _window, text, _button: told.append(text))
    with working(qtbot, path, Role.REGISTRAR) as made:
        made.keeping._timer.timeout.emit()
        settle(qtbot, made)
        assert message(made) == "No copy of the file could be made (full)."
        made.show_first_run()
        assert made.file is None
    assert told == ["No copy of the file could be made (full)."]


def test_the_sentence_at_the_end_closes_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "SAID_FOR", 30)
    with window(qtbot, ENGLISH) as made:
        waiting.say_before_going_on(made, "No copy could be made.", "Close")
        assert not [each for each in made.findChildren(waiting.Waiting) if each.isVisible()]


def test_work_that_takes_longer_is_said_and_cannot_be_closed_away(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "QUIET", 10)
    seen: list[str] = []
    with window(qtbot, ENGLISH) as made:

        def look() -> None:
            (dialog,) = made.findChildren(waiting.Waiting)
            dialog.close()
            if dialog.isVisible():
                seen.extend(label.text() for label in dialog.findChildren(QLabel))

        def begin(done: object, _failed: object) -> None:
            QTimer.singleShot(100, look)
            QTimer.singleShot(200, lambda: done(7))  # type: ignore[operator]

        assert waiting.wait_for(made, "Making the copy…", begin) == 7
        assert seen == ["Making the copy…"]


@pytest.mark.parametrize(("days", "due"), [(6, False), (7, True), (40, True)])
def test_after_seven_days_without_a_copy_elsewhere_the_window_says_so(
    qtbot: QtBot, path: Path, days: int, due: bool
) -> None:
    with working(qtbot, path, Role.ADMINISTRATOR, copied_days_ago(path, days)) as made:
        assert (f"For {days} days no copy" in message(made)) is due


def test_copy_now_leads_to_the_folder_for_the_copy(qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(CopiesPart, "choose_folder", lambda _part: asked.append(True))
    with working(qtbot, path, Role.ADMINISTRATOR, copied_days_ago(path, 9)) as made:
        press(place_of_work(made).messages, "Copy now")
        settle(qtbot, made)
        assert asked == [True]
        page = place_of_work(made).page
        assert isinstance(page, SettingsPage)
        assert page.section == "copies"
        assert "copy_now" not in page.state(), "coming back later does not ask again"


def test_who_cannot_copy_is_told_whom_to_ask(qtbot: QtBot, path: Path) -> None:
    with working(qtbot, path, Role.REGISTRAR, copied_days_ago(path, 9)) as made:
        assert "An administrator can make one." in message(made)
        assert "Copy now" not in [each.text() for each in place_of_work(made).messages.findChildren(QPushButton)]
    with working(qtbot, path, Role.INSTRUCTOR, copied_days_ago(path, 9)) as made:
        assert message(made) == ""


def test_a_copy_on_a_stick_is_read_back_and_ends_the_reminder(
    qtbot: QtBot, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr("eic_tracker.store.elsewhere.is_same_disk", lambda _path, _folder: False)
    with working(qtbot, path, Role.ADMINISTRATOR, copied_days_ago(path, 9)) as made:
        part = copies_part(qtbot, made)
        part.copy_to(stick)
        settle(qtbot, made)
        until(qtbot, lambda: "For 9 days" not in message(made))
        assert "not encrypted" in message(made)
        assert len(list(stick.glob("school-*.eic"))) == 1
        assert str(stick) in part.elsewhere.text()
        assert part.elsewhere.property("tone") == Tone.OK.value
        assert made.preferences.current.copies_elsewhere[uid_of(path)].place == str(stick)


def test_a_copy_on_the_same_disk_is_none_elsewhere(qtbot: QtBot, path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "beside"
    folder.mkdir()
    with working(qtbot, path, Role.ADMINISTRATOR) as made:
        part = copies_part(qtbot, made)
        part.copy_to(folder)
        settle(qtbot, made)
        assert "same disk" in message(made)
        assert made.preferences.current.copies_elsewhere == {}


def test_a_stick_that_was_pulled_out_is_told_in_one_sentence(qtbot: QtBot, path: Path, tmp_path: Path) -> None:
    with working(qtbot, path, Role.ADMINISTRATOR) as made:
        part = copies_part(qtbot, made)
        part.copy_to(tmp_path / "gone")
        settle(qtbot, made)
        assert "There is no folder" in message(made)
        assert part.copy.isEnabled()


def test_everybody_sees_the_copies_and_only_administrators_act(qtbot: QtBot, path: Path) -> None:
    with working(qtbot, path, Role.ADMINISTRATOR):
        pass
    with working(qtbot, path, Role.INSTRUCTOR) as made:
        part = copies_part(qtbot, made)
        assert len(part.table.rows) == 1
        assert "Last automatic copy" in part.last.text()
        assert not part.copy.isVisible()
        assert not part.other.isVisible()
        assert part.detail.buttons == []
        part.edit_current()
        assert "Yes" not in part.detail.text()


def test_a_copy_is_put_back_in_five_clicks_and_the_present_file_is_kept(
    qtbot: QtBot, path: Path, tmp_path: Path
) -> None:
    with working(qtbot, path, Role.ADMINISTRATOR):
        pass
    with Database(path) as db:
        set_active(db, user(db, Role.ADMINISTRATOR), login="auditor", active=False)
    with working(qtbot, path, Role.ADMINISTRATOR) as made:
        part = copies_part(qtbot, made)
        clicks = 2  # settings, copies
        assert "Entries made since: 1" in part.detail.text()
        press(part.detail, "Put this copy back…")
        assert "will be missing" in part.detail.text()
        press(part.detail, "Yes, put it back now")
        clicks += 2
        assert clicks <= 5
        until(qtbot, lambda: made.file is not None and bool(made.findChildren(SignIn)))
        sign_in_as(qtbot, made, path, Role.ADMINISTRATOR)
        assert "The copy was put back" in message(made)
    with Database(path) as db:
        assert values(db, "SELECT active FROM user WHERE login = 'auditor'") == [(1,)]
    (aside,) = tmp_path.glob("school.before-restore-*.eic")
    with Database(aside) as db:
        assert values(db, "SELECT active FROM user WHERE login = 'auditor'") == [(0,)]


def test_a_copy_of_another_file_is_refused_and_the_file_opens_as_it_was(
    qtbot: QtBot, path: Path, tmp_path: Path, demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(keeping, "say_before_going_on", lambda _window, text, _button: told.append(text))
    with working(qtbot, path, Role.ADMINISTRATOR) as made:
        made.keeping.restore(demo_file)
        assert made.file is not None
        assert made.file.path == path
    assert len(told) == 1
    assert not list(tmp_path.glob("school.before-restore-*"))


def slowly(db: Database, acting: ActingUser, *, fails: bool = False) -> None:
    """A write that still runs when the window closes."""
    time.sleep(0.4)
    if fails:
        raise Refused("Nothing was stored: somebody else changed it.")
    set_password(db, acting, login=acting.login, password="otra clave larga")


def test_the_copy_on_closing_holds_what_was_stored_last(qtbot: QtBot, path: Path) -> None:
    with working(qtbot, path, Role.REGISTRAR) as made:
        assert made.file is not None
        made.file.jobs.write(slowly, made.acting, owner=made)
    (copy,) = copies_for(path)
    with Database(path) as db:
        assert values(db, "SELECT max(id) FROM change_set") == [(copy.set_id,)]
        assert values(db, "SELECT use_case FROM change_set ORDER BY id DESC LIMIT 1") == [("set_password",)]


def test_what_could_not_be_stored_on_closing_is_told(qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(keeping, "say_before_going_on", lambda _window, text, _button: said.append(text))
    with working(qtbot, path, Role.REGISTRAR) as made:
        assert made.file is not None
        made.file.jobs.write(slowly, made.acting, owner=place_of_work(made), fails=True)
    assert said == ["Nothing was stored: somebody else changed it."]
