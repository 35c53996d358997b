"""Whoever was given a password by somebody else chooses an own one before anything of the file is seen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.doors.own_password import OwnPassword
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.services.sign_in import sign_in
from eic_tracker.services.users import add_user, password_was_given, set_password
from eic_tracker.store.database import Database
from tests.gui.windows import settle, until, window
from tests.services.school import NOW, PASSWORD, school_file, user

GIVEN, OWN = "la que dio Ada", "mia y bien larga"


def shown(made: MainWindow) -> object:
    """The door or workplace in sight."""
    return made._screens.currentWidget()


def is_working(made: MainWindow) -> bool:
    """Whether somebody is in; asked anew each time."""
    return made.workplace is not None


def come_in(qtbot: QtBot, made: MainWindow, login: str, password: str) -> None:
    until(qtbot, lambda: isinstance(shown(made), SignIn))
    door = shown(made)
    assert isinstance(door, SignIn)
    door.login.edit.setText(login)
    door.password.edit.setText(password)
    door.submit()
    until(qtbot, lambda: shown(made) is not door)
    settle(qtbot, made)


def type_twice(qtbot: QtBot, made: MainWindow, first: str, second: str) -> None:
    door = shown(made)
    assert isinstance(door, OwnPassword)
    until(qtbot, door.new.edit.hasFocus)
    for text in (first, second):
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, made)


def test_a_new_user_chooses_an_own_password_by_keys_before_the_first_page(qtbot: QtBot, tmp_path: Path) -> None:
    path = school_file(tmp_path)
    with Database(path, clock=lambda: NOW) as db:
        administrator = user(db, Role.ADMINISTRATOR)
        add_user(
            db,
            administrator,
            login="rosa",
            full_name="Rosa Ñáñez",
            role=Role.AUDITOR,
            password=GIVEN,
            valid_to=None,
        )
    with window(qtbot) as made:
        made.open(path)
        come_in(qtbot, made, "rosa", GIVEN)
        assert not is_working(made), "nothing of the file is seen yet"
        type_twice(qtbot, made, OWN, "otra cosa larga")
        door = shown(made)
        assert isinstance(door, OwnPassword)
        assert door.again.problem()
        door.new.edit.selectAll()
        door.again.edit.clear()
        door.new.edit.setFocus()
        type_twice(qtbot, made, GIVEN, GIVEN)
        assert door.new.problem(), "the password that was given is no own one"
        assert not is_working(made)
        assert door.new.edit.hasSelectedText(), "the next try does not lengthen it"
        assert not door.again.text()
        door.other.click()
        come_in(qtbot, made, "rosa", GIVEN)
        type_twice(qtbot, made, OWN, OWN)
        until(qtbot, lambda: made.workplace is not None)
        assert made.acting is not None
        assert made.acting.login == "rosa"
        made.change_user()
        come_in(qtbot, made, "rosa", OWN)
        assert is_working(made), "it is asked once"
        made.change_user()
        come_in(qtbot, made, "registrar", PASSWORD)
        assert is_working(made), "nobody else is asked"


def test_a_password_is_given_until_its_owner_changes_it_and_again_when_an_administrator_does(tmp_path: Path) -> None:
    with Database(school_file(tmp_path), clock=lambda: NOW) as db:
        administrator, registrar = user(db, Role.ADMINISTRATOR), user(db, Role.REGISTRAR)
        assert not password_was_given(db, administrator)
        set_password(db, administrator, login="registrar", password=GIVEN)
        sign_in(db, "registrar", GIVEN)
        assert password_was_given(db, registrar), "signing in changes nothing of it"
        set_password(db, registrar, login="registrar", password=OWN)
        assert not password_was_given(db, registrar)
        set_password(db, administrator, login="administrator", password=OWN)
        assert not password_was_given(db, administrator)
