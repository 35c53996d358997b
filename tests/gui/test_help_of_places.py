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


PAGES = ("home", "courses", "people", "instructors", "outreach", "certificates", "history")
RECORDS = {
    "course": "course",
    "person": "participant",
    "instructor": "instructor",
    "class_group": "class_group",
    "school": "school",
}
FORMS = {
    "offering_form": "offering_form",
    "course_form": "catalogue",
    "teaching_form": "teaching_form",
    "lessons_entry": "class_groups_entry",
    "school_form": "school",
}
TABS = {"roster": "roster", "days": "offering", "documents": "offering"}
SECTIONS = {"appearance": "settings", "lists": "lists", "totals": "totals", "copies": "copies"}


def test_f1_explains_the_page_the_tab_and_the_section_in_sight(qtbot: QtBot, demo_file: Path) -> None:
    course = offering_of(demo_file, "116-2019")
    records = {name: number(demo_file, f"SELECT min(id) FROM {table}") for name, table in RECORDS.items()}
    with demonstration(qtbot, demo_file) as made:

        def explained(place: Place) -> str:
            go(qtbot, made, place)
            return help_here(qtbot, made)

        assert [explained(Place(name)) for name in PAGES] == list(PAGES)
        assert [explained(Place(name, key)) for name, key in records.items()] == list(records)
        assert {form: explained(Place(form)) for form in FORMS} == FORMS
        assert {tab: explained(Place("offering", course, {"tab": tab})) for tab in TABS} == TABS
        go(qtbot, made, Place("offering", course, {"tab": "roster"}))
        QGuiApplication.clipboard().setText("Nombre\tIdentidad\nAna Pérez\t0801199012345\n")
        place_of_work(made).page.tabs.content("roster").paste()  # type: ignore[attr-defined]
        settle(qtbot, made)
        assert help_here(qtbot, made) == "list_review"
        assert {each: explained(Place("settings", state={"section": each})) for each in SECTIONS} == SECTIONS
        enter(qtbot, made, Role.INSTRUCTOR)
        for tab in ("attendance", "grades", "closing"):
            assert explained(Place("offering", course, {"tab": tab})) == tab
        enter(qtbot, made, Role.MANAGER)
        assert explained(Place("published")) == "published_figures"
        assert explained(Place("reports")) == "reports"
        enter(qtbot, made, Role.ADMINISTRATOR)
        assert explained(Place("settings", state={"section": "users"})) == "users"


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
