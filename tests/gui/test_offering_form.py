"""A course given is entered, repeated, changed and cancelled in the real window, by the keyboard, within its budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker import drafts
from eic_tracker.domain.codes import Role
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.courses_page import CoursesPage
from eic_tracker.gui.pages.offering_form_page import OfferingFormPage
from eic_tracker.gui.place import Place
from tests.gui.windows import demonstration, go, place_of_work, settle
from tests.services.demonstration_file import number, rows

RUNNING = "SELECT id FROM offering WHERE code = '116-2019'"
MOST_KEYS = 40
"""Storyboard R1c: 45 seconds at 0.28 s a key leave room for 1.2 s of thought before each of five fields."""


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    """A registrar at work on the demonstration file."""
    with demonstration(qtbot, demo_file) as made:
        yield made


class Keys:
    """A person's keys: what has the keyboard gets them, and they are counted."""

    def __init__(self, qtbot: QtBot, made: MainWindow) -> None:
        self.qtbot = qtbot
        self.made = made
        self.pressed = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, and all that follows from it."""
        self.pressed += 1
        QTest.keyClick(self._target(), key, modifiers)
        settle(self.qtbot, self.made)

    def type(self, text: str) -> None:
        """Letters, one key each."""
        for letter in text:
            self.pressed += 1
            QTest.keyClicks(self._target(), letter)
        self.qtbot.wait(1)

    def _target(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.made


def form_of(made: MainWindow) -> OfferingFormPage:
    """The form in sight."""
    page = place_of_work(made).page
    assert isinstance(page, OfferingFormPage)
    assert page.pane.form is not None
    return page


def values_of(made: MainWindow) -> dict[str, object]:
    """What stands in its fields."""
    form = form_of(made).pane.form
    assert form is not None
    return form.values()


CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_new_course_is_entered_by_keys_alone_within_its_budget(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    go(qtbot, office, Place("courses"))
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_N, CONTROL)
    keys.type("escena")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Tab)
    keys.type("8/7")
    keys.press(Qt.Key.Key_Tab)
    started = values_of(office)
    assert started["starts_on"] == dt.date(2019, 7, 8)
    hours = number(
        demo_file,
        "SELECT v.hours FROM course_version v WHERE v.course_id = ? ORDER BY v.version DESC LIMIT 1",
        (started["course_id"],),
    )
    last = started["ends_on"]
    assert isinstance(last, dt.date)
    assert len([day for day in range((last - dt.date(2019, 7, 8)).days + 1) if (day % 7) < 5]) == -(-hours // 8)
    keys.press(Qt.Key.Key_Tab)
    keys.type("ulloa")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return, CONTROL)
    assert keys.pressed <= MOST_KEYS
    place = place_of_work(office).trail.here
    assert place.page == "offering"
    entered = rows(demo_file, "SELECT code, starts_on, place FROM offering WHERE id = ?", (place.key,))
    ((code, starts, where),) = entered
    assert (str(code)[-5:], starts) == ("-2019", "2019-07-08")
    assert where
    assert str(code) in place_of_work(office).toast.text()
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert rows(demo_file, "SELECT id FROM offering WHERE id = ?", (place.key,)) == []


def test_last_month_s_course_is_given_again_with_new_dates_by_three_keys(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    key = number(demo_file, RUNNING)
    page = go(qtbot, office, Place("courses")).page
    assert isinstance(page, CoursesPage)
    grid = page.part()
    assert grid is not None
    grid.select_key(key)  # type: ignore[union-attr]
    settle(qtbot, office)
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert values_of(office)["starts_on"] == dt.date(2019, 7, 1)
    assert values_of(office)["code"] is None
    keys.press(Qt.Key.Key_Return, CONTROL)
    new = place_of_work(office).trail.here.key
    said = "SELECT course_version_id, place, capacity, vetting_required FROM offering WHERE id = ?"
    assert rows(demo_file, said, (new,)) == rows(demo_file, said, (key,))
    assert rows(demo_file, "SELECT ends_on FROM offering WHERE id = ?", (new,)) == [("2019-07-26",)]


def test_a_course_is_changed_from_its_page_and_comes_back_to_it(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    key = number(demo_file, RUNNING)
    go(qtbot, office, Place("offering", key))
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_F2)
    form = form_of(office).pane.form
    assert form is not None
    assert not form.boxes["course_id"].editor.widget.isEnabled()
    form.boxes["place"].editor.set_value("Aula magna")
    keys.press(Qt.Key.Key_S, CONTROL)
    assert place_of_work(office).trail.here == Place("offering", key)
    assert rows(demo_file, "SELECT place FROM offering WHERE id = ?", (key,)) == [("Aula magna",)]
    assert "Aula magna" in place_of_work(office).page.line.text()  # type: ignore[attr-defined]


def test_what_is_wrong_is_said_under_its_field_and_nothing_is_stored(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    before = number(demo_file, "SELECT count(*) FROM offering")
    go(qtbot, office, Place("offering_form"))
    Keys(qtbot, office).press(Qt.Key.Key_Return, CONTROL)
    form = form_of(office).pane.form
    assert form is not None
    told = {name for name, box in form.boxes.items() if box.problem()}
    assert told == {"course_id", "starts_on"}
    assert form.boxes["course_id"].editor.widget.hasFocus()
    assert number(demo_file, "SELECT count(*) FROM offering") == before


def test_what_is_half_typed_stays_for_the_next_time(qtbot: QtBot, office: MainWindow) -> None:
    go(qtbot, office, Place("offering_form"))
    page = form_of(office)
    assert page.pane.form is not None
    page.pane.form.boxes["place"].editor.widget.setFocus()
    QTest.keyClicks(page.pane.form.boxes["place"].editor.widget, "XYZ ")
    Keys(qtbot, office).press(Qt.Key.Key_Escape)
    assert place_of_work(office).trail.here.page == "courses"
    go(qtbot, office, Place("offering_form"))
    message = form_of(office).pane.bar.message()
    assert message is not None
    around = place_of_work(office).around
    kept = drafts.take(around.file_uid, around.acting.login, "offering like none")
    assert kept is not None
    assert "XYZ" in kept.content["place"]
    form_of(office).pane.half_typed.forget()


def test_a_cancelled_course_says_so_and_ctrl_z_brings_it_back(
    qtbot: QtBot, demo_file: Path, office: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = number(demo_file, RUNNING)
    page = go(qtbot, office, Place("offering", key)).page
    monkeypatch.setattr(page.acts, "ask", lambda *_args: "huelga de transporte")  # type: ignore[attr-defined]
    page.acts.cancel.trigger()  # type: ignore[attr-defined]
    settle(qtbot, office)
    said = "SELECT status, cancelled_reason FROM offering WHERE id = ?"
    assert rows(demo_file, said, (key,)) == [("cancelled", "huelga de transporte")]
    assert not page.acts.edit.isVisible()  # type: ignore[attr-defined]
    Keys(qtbot, office).press(Qt.Key.Key_Z, CONTROL)
    assert rows(demo_file, said, (key,)) == [("open", None)]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INSTRUCTOR])
def test_who_may_not_enter_courses_finds_no_door_to_it(qtbot: QtBot, demo_file: Path, role: Role) -> None:
    with demonstration(qtbot, demo_file, role) as made:
        assert not made.commands.actions["new_offering"].isVisible()
        go(qtbot, made, Place("courses"))
        Keys(qtbot, made).press(Qt.Key.Key_N, CONTROL)
        assert place_of_work(made).trail.here.page == "courses"
