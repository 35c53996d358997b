"""Class groups, lessons and schools in the real window by keys: ten classes in few keys, a card, a lesson of all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.domain.names import fold
from eic_tracker.gui.dialogs.sheet_view import SheetView
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.class_group_form_page import ClassGroupFormPage
from eic_tracker.gui.pages.class_group_page import ClassGroupPage
from eic_tracker.gui.pages.class_groups_entry_page import ClassGroupsEntryPage
from eic_tracker.gui.pages.lessons_entry_page import LessonsEntryPage
from eic_tracker.gui.pages.school_form_page import SchoolFormPage
from eic_tracker.gui.place import Place
from tests.gui.windows import demonstration, go, place_of_work, settle
from tests.services.demonstration_file import number, rows

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NEW_SCHOOL = (
    "SELECT min(s.id) FROM school s WHERE s.name LIKE 'Escuela%' "
    "AND NOT EXISTS (SELECT 1 FROM class_group g WHERE g.school_id = s.id AND g.school_year = 2019) "
    "AND (SELECT count(*) FROM class_group g WHERE g.school_id = s.id AND g.school_year = 2018 "
    "AND g.grade IS NOT NULL AND g.shift = 'morning') >= 3"
)


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    """A registrar at work on the demonstration file."""
    with demonstration(qtbot, demo_file) as made:
        yield made


class Hands:
    """A person at the keyboard; every key is counted."""

    def __init__(self, qtbot: QtBot, made: MainWindow) -> None:
        self.qtbot, self.made, self.keys = qtbot, made, 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        QTest.keyClick(self._target(), key, modifiers)
        if key is not Qt.Key.Key_Tab:
            settle(self.qtbot, self.made)

    def type(self, text: str, *, tabs: int = 1) -> None:
        """Into the field, and on to another one."""
        for letter in fold(text) if not text.isascii() else text:
            self.keys += 1
            QTest.keyClicks(self._target(), letter)
        for _ in range(tabs):
            self.press(Qt.Key.Key_Tab)

    def choose(self, text: str) -> None:
        """Type into a field that finds, take the first, go on."""
        self.type(text, tabs=0)
        self.press(Qt.Key.Key_Return)
        # without a screen a list that was closed keeps the keyboard from the window
        self.made.activateWindow()
        self.qtbot.waitUntil(self.made.isActiveWindow)
        self.press(Qt.Key.Key_Tab)

    def save(self) -> None:
        self.press(Qt.Key.Key_Return, CONTROL)

    def _target(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.made


def message(made: MainWindow) -> str:
    told = place_of_work(made).messages.message()
    return told.text if told is not None else ""


def test_ten_classes_of_a_school_are_typed_in_fewer_keys_than_three_minutes_hold(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    hands = Hands(qtbot, office)
    school = number(demo_file, NEW_SCHOOL)
    code = str(rows(demo_file, "SELECT code FROM school WHERE id = ?", (school,))[0][0])
    go(qtbot, office, Place("outreach"))
    hands.keys = 0
    hands.press(Qt.Key.Key_Insert)
    page = place_of_work(office).page
    assert isinstance(page, ClassGroupsEntryPage)
    hands.choose(code)
    hands.choose("prim")
    hands.press(Qt.Key.Key_Tab)
    hands.type("m", tabs=2)
    for section in "ABC":
        for grade in "456":
            hands.type(f"{grade}{section}")
            hands.type("15")
            hands.type("17", tabs=0)
            hands.press(Qt.Key.Key_Return)
    hands.type("6C")
    hands.type("300", tabs=0)
    hands.save()
    form = page.pane.form
    assert form is not None
    told = form.boxes["rows"].problem()
    assert told.count(" 10:") == 2, told
    assert rows(demo_file, "SELECT id FROM class_group WHERE school_id = ? AND school_year = 2019", (school,)) == []
    for _ in range(3):
        hands.press(Qt.Key.Key_Backspace)
    hands.type("14", tabs=0)
    hands.press(Qt.Key.Key_Tab, SHIFT)
    hands.type("6D", tabs=0)
    hands.save()
    stored = rows(
        demo_file,
        "SELECT grade, section, shift, enrolled_girls FROM class_group WHERE school_id = ? AND school_year = 2019 "
        "ORDER BY id",
        (school,),
    )
    assert len(stored) == 10
    assert (stored[0], stored[-1]) == (("4", "A", "morning", 15), ("6", "D", "morning", 14))
    assert hands.keys <= 180, "three minutes at one key a second, with a slip set right"
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert rows(demo_file, "SELECT id FROM class_group WHERE school_id = ? AND school_year = 2019", (school,)) == []

    go(qtbot, office, Place("school", school))
    hands.press(Qt.Key.Key_Insert)
    hands.press(Qt.Key.Key_D, CONTROL | SHIFT)
    hands.type("20", tabs=0)
    hands.save()
    copied = rows(demo_file, "SELECT grade FROM class_group WHERE school_id = ? AND school_year = 2019", (school,))
    assert len(copied) >= 3, "the classes of the year before"
    assert "Nobody" in message(office) or "nadie" in message(office)

    hands.press(Qt.Key.Key_T, CONTROL)
    lessons = place_of_work(office).page
    assert isinstance(lessons, LessonsEntryPage)
    assert lessons.pane.form is not None
    hands.type("14", tabs=0)
    hands.press(Qt.Key.Key_Down)
    hands.type("5", tabs=0)
    hands.save()
    assert " 2:" in lessons.pane.form.boxes["rows"].problem(), "nobody is on the list of the second class"
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Backspace)
    hands.save()
    given = rows(
        demo_file,
        "SELECT l.number, l.given_on, l.girls, g.reached_girls FROM class_lesson l JOIN class_group g "
        "ON g.id = l.class_group_id WHERE g.school_id = ? AND g.school_year = 2019",
        (school,),
    )
    assert given == [(1, "2019-06-28", 14, 14)]


def test_a_card_is_changed_and_told_what_is_wrong_under_its_fields_and_a_school_is_entered(
    qtbot: QtBot, demo_file: Path, office: MainWindow, tmp_path: Path
) -> None:
    hands = Hands(qtbot, office)
    group = number(
        demo_file,
        "SELECT min(g.id) FROM class_group g JOIN class_lesson l ON l.class_group_id = g.id "
        "WHERE g.graduated_on IS NULL AND g.grade IN ('4', '5', '6') AND g.first_lesson_on > '2019-04-01'",
    )
    before = rows(demo_file, "SELECT enrolled_girls, enrolled_boys FROM class_group WHERE id = ?", (group,))[0]
    go(qtbot, office, Place("class_group", group))
    hands.press(Qt.Key.Key_F2)
    page = place_of_work(office).page
    assert isinstance(page, ClassGroupFormPage)
    form = page.pane.form
    assert form is not None
    assert form.boxes["lessons"].isVisible()
    assert not form.boxes["by_grade"].isVisible()
    hands.save()
    assert place_of_work(office).trail.here == Place("class_group", group)
    assert rows(demo_file, "SELECT id FROM change_set WHERE use_case = 'save_class_groups'") == [], "nothing changed"

    hands.press(Qt.Key.Key_F2)
    form = page.pane.form
    assert form is not None
    form.boxes["graduated"].editor.widget.setFocus()
    hands.type(str(int(str(before[0])) + 3), tabs=0)
    form.boxes["section"].editor.widget.setFocus()
    hands.type("X", tabs=0)
    hands.save()
    assert form.boxes["graduated"].problem()
    assert form.boxes["graduated_on"].problem()
    form.boxes["graduated"].editor.set_value(None)
    hands.save()
    section = "SELECT section FROM class_group WHERE id = ?"
    assert str(rows(demo_file, section, (group,))[0][0]).startswith("X")
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert not str(rows(demo_file, section, (group,))[0][0]).startswith("X")

    shown = go(qtbot, office, Place("class_group", group, {"tab": "papers"})).page
    assert isinstance(shown, ClassGroupPage)
    scan = tmp_path / "hoja.png"
    QImage(QSize(300, 400), QImage.Format.Format_RGB32).save(str(scan))
    shown.sheets.attach(scan)
    settle(qtbot, office)
    shown.sheets.look()
    settle(qtbot, office)
    (view,) = office.findChildren(SheetView)
    assert not view.black_out.isEnabled(), "nothing is marked yet"
    QTest.keyClick(view.sheet, Qt.Key.Key_Return)
    view.black_out.click()
    settle(qtbot, office)
    left = "SELECT content IS NULL, holds_names FROM attachment WHERE class_group_id = ? ORDER BY id"
    assert rows(demo_file, left, (group,)) == [(1, 1), (0, 0)]
    shown.sheets.look()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in office.findChildren(SheetView)))
    view = next(each for each in office.findChildren(SheetView) if each.isVisible())
    view.purge.click()
    settle(qtbot, office)
    assert rows(demo_file, left, (group,)) == [(1, 1), (1, 1)]

    office.activateWindow()
    qtbot.waitUntil(office.isActiveWindow)
    go(qtbot, office, Place("outreach", state={"tab": "schools"}))
    hands.press(Qt.Key.Key_Insert)
    school = place_of_work(office).page
    assert isinstance(school, SchoolFormPage)
    twin = rows(
        demo_file,
        "SELECT s.name, m.name FROM school s JOIN municipality m ON m.id = s.municipality_id ORDER BY s.id LIMIT 1",
    )[0]
    hands.type(str(twin[0]).replace("Escuela", "Centro Educativo"))
    hands.type("123")
    hands.choose(str(twin[1]))
    hands.save()
    assert school.pane.form is not None
    assert str(twin[0]) in school.pane.form.boxes["another_school"].problem()
    hands.press(Qt.Key.Key_Space)
    hands.save()
    assert "123" in message(office), "the code is unusual, told and kept"
    assert rows(demo_file, "SELECT count(*) FROM school WHERE sace_code = '123'") == [(1,)]
