"""A roster typed faster than people are found: every key means what it means when it is typed slowly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.names import fold
from eic_tracker.gui import roster_entry
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.services.roster_entry import find_to_enrol
from tests.gui.test_roster_entry import OPEN, entry_of, known_people, open_roster, roster
from tests.gui.windows import WAIT, demonstration, settle, until
from tests.services.demonstration_file import rows

TAB, ENTER, ESCAPE = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """While it is not set, nobody is found yet."""
    found = threading.Event()
    find = find_to_enrol

    def slow(*asked: Any) -> Any:
        assert found.wait(WAIT / 1000)
        return find(*asked)

    monkeypatch.setattr(roster_entry, "find_to_enrol", slow)
    yield found
    found.set()


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path, answers: threading.Event) -> Iterator[MainWindow]:
    """A registrar at the roster of the open course."""
    with demonstration(qtbot, demo_file) as made:
        open_roster(qtbot, made, demo_file)
        yield made
        answers.set()
        settle(qtbot, made)
        entry_of(made).half_typed.forget()


def at_once(made: MainWindow, *typed: str | Qt.Key) -> None:
    """Words and keys, one after the other, none of which waits for what the one before brings."""
    for each in typed:
        for key in each if isinstance(each, str) else (each,):
            target = QApplication.activePopupWidget() or QApplication.focusWidget() or made
            if isinstance(key, Qt.Key):
                QTest.keyClick(target, key)
            else:
                QTest.keyClicks(target, key)


def test_rows_typed_before_anybody_is_found_are_stored_as_rows_typed_slowly(
    qtbot: QtBot, demo_file: Path, office: MainWindow, answers: threading.Event
) -> None:
    (first, one), (second, other) = known_people(demo_file)[:2]
    at_once(office, one, TAB, ENTER)
    at_once(office, other, ENTER, ENTER)
    at_once(office, "0801199512345", TAB, "Paz Rivera", TAB, "Ana", TAB, "F", TAB, "dpi", ENTER, ENTER)
    assert roster(demo_file) == [], "nothing is known yet"
    answers.set()
    until(qtbot, lambda: len(roster(demo_file)) == 3)
    settle(qtbot, office)
    people = f"SELECT participant_id FROM enrolment WHERE offering_id = ({OPEN}) ORDER BY id"
    assert [key for (key,) in rows(demo_file, people)][:2] == [first, second]
    assert roster(demo_file)[2][:4] == ("Paz Rivera", "Ana", "F", "0801199512345")
    assert roster(demo_file)[2][6] is not None
    assert entry_of(office).row.is_blank
    assert entry_of(office).row.number.hasFocus()


def test_nobody_is_chosen_from_a_list_that_was_not_seen(
    qtbot: QtBot, demo_file: Path, office: MainWindow, answers: threading.Event
) -> None:
    [(surnames,)] = rows(demo_file, "SELECT surnames FROM participant WHERE merged_into_id IS NULL ORDER BY id LIMIT 1")
    words = fold(str(surnames)).split()[0]
    at_once(office, words, ENTER, ENTER)
    answers.set()
    settle(qtbot, office)
    entry = entry_of(office)
    assert entry.matches.isVisible()
    assert entry.person is None
    assert entry.row.number.text() == words
    at_once(office, ENTER)
    assert entry.person is not None


def test_a_row_that_is_emptied_is_not_covered_by_the_answer_that_comes_late(
    qtbot: QtBot, demo_file: Path, office: MainWindow, answers: threading.Event
) -> None:
    at_once(office, known_people(demo_file)[0][1][:6], ESCAPE)
    answers.set()
    settle(qtbot, office)
    entry = entry_of(office)
    assert entry.row.is_blank
    assert not entry.matches.isVisible()
