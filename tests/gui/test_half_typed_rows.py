"""Rows of a roster that are half typed or refused: kept, offered again, never lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker import drafts
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.place import Place
from tests.gui.test_offering_form import Keys
from tests.gui.test_roster_entry import change, entry_of, known_people, office, open_roster, roster, soon, type_new
from tests.gui.windows import demonstration, go, place_of_work, settle

__all__ = ["office", "soon"]


def kept_rows(made: MainWindow) -> list[Any]:
    """What is kept of the roster on the disk."""
    around = place_of_work(made).around
    draft = drafts.take(around.file_uid, around.acting.login, f"roster {entry_of(made).offering}")
    return list(draft.content["rows"]) if draft is not None else []


def test_what_is_half_typed_survives_another_page_and_a_crash(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    keys = Keys(qtbot, office)
    keys.type("0801199512345")
    keys.press(Qt.Key.Key_Tab)
    keys.type("Paz Riv")
    # a crash: nothing is told, only what is on the disk stays
    qtbot.waitUntil(lambda: [each["surnames"] for each in kept_rows(office)] == ["Paz Riv"], timeout=20_000)
    go(qtbot, office, Place("courses"))
    open_roster(qtbot, office, demo_file)
    assert entry_of(office).row.surnames.text() == "Paz Riv"
    assert roster(demo_file) == []


def test_a_half_typed_row_is_there_again_after_closing_and_opening(qtbot: QtBot, demo_file: Path) -> None:
    key, document = known_people(demo_file)[0]
    with demonstration(qtbot, demo_file) as made:
        open_roster(qtbot, made, demo_file)
        keys = Keys(qtbot, made)
        keys.type(document)
        keys.press(Qt.Key.Key_Return)
    with demonstration(qtbot, demo_file) as made:
        open_roster(qtbot, made, demo_file)
        entry = entry_of(made)
        qtbot.waitUntil(lambda: entry.person is not None, timeout=20_000)
        assert entry.person.person.id == key
        entry.row.take_focus()
        Keys(qtbot, made).press(Qt.Key.Key_Return)
        assert [each[3] for each in roster(demo_file)] == [document]
        qtbot.waitUntil(lambda: kept_rows(made) == [], timeout=20_000)


def test_a_row_that_is_refused_while_the_next_is_typed_waits_under_it(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    entry = entry_of(office)
    holder = sqlite3.connect(demo_file, isolation_level=None)
    keys = Keys(qtbot, office)
    type_new(keys, "0801199512345", "Paz Rivera", "Ana")
    change(demo_file, status="cancelled")
    holder.close()
    QApplication.sendPostedEvents()
    entry.row.ended.emit()
    entry.row.number.setText("0801199555555")
    settle(qtbot, office)
    assert roster(demo_file) == []
    assert [each.kept["surnames"] for each in entry.sending.waiting] == ["Paz Rivera"]
