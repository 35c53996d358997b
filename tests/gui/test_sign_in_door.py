"""The door of a file: who are you, the lock of an account and of the screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.open_file import OpenFile
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.widgets.labelled_field import PasswordField
from tests.gui.opened import COLOURS, opened
from tests.gui.test_doors import EN, door, file, kept, show_sign_in
from tests.services.school import PASSWORD

__all__ = ["door", "file", "kept"]


def test_a_person_signs_in_by_keys_and_is_known_the_next_time(qtbot: QtBot, file: OpenFile, kept: Preferences) -> None:
    door = show_sign_in(qtbot, file, kept)
    QTest.keyClicks(door.login.edit, "registrar")
    QTest.keyClick(door.login.edit, Qt.Key.Key_Return)
    QTest.keyClicks(door.password.edit, PASSWORD)
    with qtbot.waitSignal(door.entered, timeout=20_000) as entered:
        QTest.keyClick(door.password.edit, Qt.Key.Key_Return)
    assert entered.args[0].role is Role.REGISTRAR
    assert kept.current.last_logins == {"uid": "registrar"}
    assert door.password.text() == ""
    assert show_sign_in(qtbot, file, kept).password.edit.hasFocus()


def test_failures_and_the_lock_of_15_minutes_are_told_in_the_page(
    qtbot: QtBot, file: OpenFile, kept: Preferences
) -> None:
    door = show_sign_in(qtbot, file, kept)
    door.login.edit.setText("registrar")
    said = []
    for _ in range(6):
        door.password.edit.setText("wrong password")
        door.submit()
        qtbot.waitUntil(lambda: not door._busy, timeout=20_000)
        message = door.messages.message()
        assert message is not None
        said.append(message.text)
    assert "15 minutes" in said[0]
    assert "locked after five" in said[-1]
    assert door.login.text() == "registrar"


def test_an_empty_field_is_asked_for_before_anything_is_tried(qtbot: QtBot, file: OpenFile, kept: Preferences) -> None:
    door = show_sign_in(qtbot, file, kept)
    door.enter.click()
    assert door.login.problem()
    assert file.jobs.running == 0


def test_a_locked_screen_says_whose_work_waits_and_asks_only_the_password(
    qtbot: QtBot, file: OpenFile, kept: Preferences
) -> None:
    door = show_sign_in(qtbot, file, kept, Role.MANAGER)
    assert not door.login.isVisible()
    assert any("Manager" in label.text() for label in door.findChildren(QLabel))
    with qtbot.waitSignal(door.change_user_requested):
        door.other.click()
    door.password.edit.setText(PASSWORD)
    with qtbot.waitSignal(door.entered, timeout=20_000) as entered:
        door.submit()
    assert entered.args[0].login == "manager"


def test_who_writes_in_the_file_is_named(qtbot: QtBot, tmp_path: Path, kept: Preferences) -> None:
    with opened(tmp_path, held_by="marta (registro-2)") as file:
        door = show_sign_in(qtbot, file, kept)
        assert any("marta (registro-2)" in label.text() for label in door.findChildren(QLabel))


def test_letters_tell_that_capitals_are_locked(qtbot: QtBot) -> None:
    field = PasswordField("Password", EN, COLOURS)
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field.edit, "A")
    assert field.capitals_locked()
    QTest.keyClick(field.edit, Qt.Key.Key_A)
    assert not field.capitals_locked()
    QTest.keyClicks(field.edit, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not field.capitals_locked()
