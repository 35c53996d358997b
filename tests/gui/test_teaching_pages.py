"""Those who teach, in the real window by keys: entered, assigned, taken away, and the ledger whose numbers open."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.domain.names import fold
from eic_tracker.domain.teaching_rules import TeachingKind
from eic_tracker.gui.figure_pane import FigurePane
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.instructor_page import InstructorPage
from eic_tracker.gui.pages.ledger_page import LedgerPage
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.pages.teaching_form_page import TeachingFormPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.teaching_places import form_place
from tests.gui.windows import demonstration, go, place_of_work, settle
from tests.services.demonstration_file import number, rows

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    """A registrar at work on the demonstration file."""
    with demonstration(qtbot, demo_file) as made:
        yield made


class Hands:
    """A person at the keyboard: what has it gets the keys."""

    def __init__(self, qtbot: QtBot, made: MainWindow) -> None:
        self.qtbot, self.made = qtbot, made

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._target(), key, modifiers)
        settle(self.qtbot, self.made)

    def type(self, text: str, *, tabs: int = 1) -> None:
        """Into the field, and on to another one."""
        for letter in text:
            QTest.keyClicks(self._target(), letter)
        self.qtbot.wait(1)
        for _ in range(tabs):
            self.press(Qt.Key.Key_Tab)

    def save(self) -> None:
        self.press(Qt.Key.Key_Return, CONTROL)

    def _target(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.made


def shows(pane: FigurePane, value: str) -> bool:
    return pane.value.text() == value


def here(made: MainWindow) -> Place:
    return place_of_work(made).trail.here


def enter_namesake(qtbot: QtBot, demo_file: Path, office: MainWindow, hands: Hands) -> InstructorPage:
    """An advisor of the same name as one who is there, entered after the doubt is told."""
    twin = rows(demo_file, "SELECT given_names, surnames, code FROM instructor WHERE code = 'ASE-001'")[0]
    go(qtbot, office, Place("instructors"))
    hands.press(Qt.Key.Key_Insert)
    form = place_of_work(office).page
    assert isinstance(form, TeachingFormPage)
    hands.type(fold(str(twin[0])))
    hands.type(fold(str(twin[1])))
    hands.type("colombia", tabs=0)
    hands.press(Qt.Key.Key_Return)
    hands.save()
    assert form.pane.form is not None
    doubt = form.pane.form.boxes["another_person"]
    assert "ASE-001" in doubt.problem(), "somebody with the same name is there already"
    hands.press(Qt.Key.Key_Space)
    hands.save()
    page = place_of_work(office).page
    assert isinstance(page, InstructorPage)
    key = here(office).key
    assert rows(demo_file, "SELECT code FROM instructor WHERE id = ?", (key,)) == [("CNP-001",)]
    assert "ASE-001" in page.hints.itemAt(0).widget().text()  # type: ignore[union-attr]
    return page


def test_an_advisor_is_entered_with_stay_and_course_and_taken_off_again_by_keys_alone(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    hands = Hands(qtbot, office)
    page = enter_namesake(qtbot, demo_file, office, hands)
    key = here(office).key
    page.tabs.open("stays")
    hands.press(Qt.Key.Key_Insert)
    hands.type("7/1/2019")
    hands.type("31/5/2019")
    hands.save()
    assert rows(demo_file, "SELECT starts_on, ends_on FROM rotation WHERE instructor_id = ?", (key,)) == [
        ("2019-01-07", "2019-05-31")
    ]
    assert page.tabs.name() == "stays"

    running = number(demo_file, "SELECT id FROM offering WHERE code = '116-2019'")
    go(qtbot, office, form_place(TeachingKind.ASSIGNMENT, owner=key, offering=running))
    hands.save()
    message = place_of_work(office).messages.message()
    assert message is not None
    assert "31/05/2019" in message.text, "the stay is over before the course ends"
    offering = go(qtbot, office, Place("offering", running, {"tab": "days"})).page
    assert isinstance(offering, OfferingPage)
    days = offering.tabs.content("days")
    table = days._teachers  # type: ignore[union-attr]
    mine = next(place for place, line in table.rows.items() if line.instructor_id == key)
    table.select_key(mine)
    table.setFocus()
    hands.press(Qt.Key.Key_Delete)
    assert rows(demo_file, "SELECT id FROM assignment WHERE instructor_id = ?", (key,)) == []
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert len(rows(demo_file, "SELECT id FROM assignment WHERE instructor_id = ?", (key,))) == 1


def test_every_number_of_the_ledger_opens_its_rows(qtbot: QtBot, demo_file: Path, office: MainWindow) -> None:
    hands = Hands(qtbot, office)
    page = go(qtbot, office, Place("ledger", state={"year": "2018"})).page
    assert isinstance(page, LedgerPage)
    qtbot.waitUntil(lambda: page.ledger is not None and page.year.currentData() == "2018")
    settle(qtbot, office)
    pane = place_of_work(office).pane
    table = page.tables["forces"]
    cnp = next(place for place, line in table.rows.items() if line.keys == ("2018", "CNP"))
    table.select_key(cnp)
    table.setFocus()
    for _ in range(3):
        hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.value.text() == "844")
    assert "instructor principal" in pane.definition.text(), "the rule stands under the number"
    assert pane.rows is not None
    assert len(pane.rows.keys) == 844
    hands.press(Qt.Key.Key_Escape)
    for name, column, expected in (("further", "courses", None), ("persons", "hours", None), ("share", "hours", "98")):
        page.tabs.open(name)
        settle(qtbot, office)
        table = page.tables[name]
        key = next(iter(table.rows))
        table.number_opened.emit(key, column)
        line = table.rows[key]
        wanted = expected or str(len(line.offerings) if name == "further" else line.counts.offerings)
        qtbot.waitUntil(partial(shows, pane, wanted))
        asked = page.asked()
        assert asked is not None
        assert len(asked.rows) == len(table.rows)
        if name == "persons":
            codes = {code for (code,) in rows(demo_file, "SELECT code FROM instructor")}
            assert {row[1] for row in asked.rows} <= codes, "papers call people by their code"
