"""F1 explains what is in sight: each page, each tab where something is done, each section, and the doors."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.dialogs.door_help import DoorHelp
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.help_page import HelpPage
from eic_tracker.gui.place import Place
from tests.gui.windows import demonstration, enter, go, place_of_work, settle, until, window
from tests.services.demonstration_file import number
from tests.services.school import school_file


def help_here(qtbot: QtBot, made: MainWindow) -> str:
    """The page of help that F1 opens; Alt+Left goes back."""
    QTest.keyClick(QApplication.focusWidget() or made, Qt.Key.Key_F1)
    settle(qtbot, made)
    page = place_of_work(made).page
    assert isinstance(page, HelpPage)
    shown = page.page_name()
    place_of_work(made).back()
    settle(qtbot, made)
    return shown


def offering_of(path: Path, code: str) -> int:
    return number(path, "SELECT id FROM offering WHERE code = ?", [code])


def test_f1_explains_the_page_the_tab_and_the_section_in_sight(qtbot: QtBot, demo_file: Path) -> None:
    course = offering_of(demo_file, "116-2019")
    records = {
        name: number(demo_file, f"SELECT min(id) FROM {table}")
        for name, table in (
            ("course", "course"),
            ("person", "participant"),
            ("instructor", "instructor"),
            ("class_group", "class_group"),
            ("school", "school"),
        )
    }
    with demonstration(qtbot, demo_file) as made:
        for name in ("home", "courses", "people", "instructors", "outreach", "certificates", "history"):
            go(qtbot, made, Place(name))
            assert help_here(qtbot, made) == name
        for name, key in records.items():
            go(qtbot, made, Place(name, key))
            assert help_here(qtbot, made) == name
        for form, wanted in (
            ("offering_form", "offering_form"),
            ("course_form", "catalogue"),
            ("teaching_form", "teaching_form"),
            ("lessons_entry", "class_groups_entry"),
            ("school_form", "school"),
        ):
            go(qtbot, made, Place(form))
            assert help_here(qtbot, made) == wanted
        for tab, wanted in (("roster", "roster"), ("days", "offering"), ("documents", "offering")):
            go(qtbot, made, Place("offering", course, {"tab": tab}))
            assert help_here(qtbot, made) == wanted
        go(qtbot, made, Place("offering", course, {"tab": "roster"}))
        QGuiApplication.clipboard().setText("Nombre\tIdentidad\nAna Pérez\t0801199012345\n")
        place_of_work(made).page.tabs.content("roster").paste()  # type: ignore[attr-defined]
        settle(qtbot, made)
        assert help_here(qtbot, made) == "list_review"
        for section, wanted in (
            ("appearance", "settings"),
            ("lists", "lists"),
            ("totals", "totals"),
            ("copies", "copies"),
        ):
            go(qtbot, made, Place("settings", state={"section": section}))
            assert help_here(qtbot, made) == wanted
        enter(qtbot, made, Role.INSTRUCTOR)
        for tab in ("attendance", "grades", "closing"):
            go(qtbot, made, Place("offering", course, {"tab": tab}))
            assert help_here(qtbot, made) == tab
        enter(qtbot, made, Role.MANAGER)
        for name, wanted in (("published", "published_figures"), ("reports", "reports")):
            go(qtbot, made, Place(name))
            assert help_here(qtbot, made) == wanted
        enter(qtbot, made, Role.ADMINISTRATOR)
        go(qtbot, made, Place("settings", state={"section": "users"}))
        assert help_here(qtbot, made) == "users"


def test_f1_explains_the_door_before_anybody_has_signed_in(qtbot: QtBot, tmp_path: Path) -> None:
    path = school_file(tmp_path)
    with window(qtbot) as made:
        made.acts.help()
        first = made.findChild(DoorHelp)
        assert first is not None
        assert first.page == "first_run"
        QTest.keyClick(first, Qt.Key.Key_Escape)
        until(qtbot, lambda: made.findChild(DoorHelp) is None)
        made.open(path)
        door = made.findChild(SignIn)
        assert door is not None
        door.password.edit.setText("half typed")
        made.acts.help()
        second = made.findChild(DoorHelp)
        assert second is not None
        assert second.page == "sign_in"
        QTest.keyClick(second, Qt.Key.Key_Escape)
        until(qtbot, lambda: made.findChild(DoorHelp) is None)
        assert door.password.text() == "half typed"
