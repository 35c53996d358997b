"""The class list in the window: it is taken, filled, dropped on the course, looked at, and stored by one key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.attendance_part import AttendancePart
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.services.class_list_lines import ListState
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.surroundings import surroundings
from tests.gui.test_closing_part import _OWN
from tests.gui.test_offering_pages import SECONDS, opened
from tests.services.demonstration_file import number, rows
from tests.services.test_class_lists import HEAD, Sheet


def drop(page: OfferingPage, path: Path) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, files, buttons, keys))


def test_a_list_is_taken_filled_dropped_and_stored_with_both_values_shown(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    key = number(demo_file, _OWN)
    path = tmp_path / "lista.xlsx"
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page = opened(qtbot, around, key, {"tab": "attendance"})
        part = page.tabs.content("attendance")
        assert isinstance(part, AttendancePart)
        qtbot.waitUntil(lambda: part.table is not None and len(part.table.rows) > 0, timeout=SECONDS)
        part.lists.take(key, "091-2019")
        part.lists.write(path)
        qtbot.waitUntil(path.exists, timeout=SECONDS)
        qtbot.waitUntil(lambda: around.jobs.running == 0, timeout=SECONDS)
        for dialog in QApplication.topLevelWidgets():
            dialog.close()
        page.show()
        sheet = Sheet(path)
        column = sheet.column("Final test")
        first, second = (sheet.sheet.cell(HEAD + n, column) for n in (1, 2))
        first.value, second.value = 55, 56
        sheet.save()
        ids = [str(sheet.sheet.cell(HEAD + n, 1).value) for n in (1, 2)]
        changed = number(demo_file, "SELECT id FROM enrolment WHERE uid = ?", (ids[1],))
        with Database(demo_file) as db, db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
            tx.update(Enrolment, {changed: {"post_test": 9_900}})
        drop(page, path)
        review = part.list
        qtbot.waitUntil(lambda: review.review is not None, timeout=SECONDS)
        assert review.review is not None
        assert [line.state for line in review.review.lines] == [ListState.CHANGE, ListState.CONFLICT]
        assert [review.table.model().index(1, column).data() for column in (2, 3)] == ["99", "56"]
        assert "since this list left" in review.notes.text()
        assert review.store_button.text() == "Write 1 cell"
        QTest.keyClick(review.table, Qt.Key.Key_F8)
        QTest.keyClick(review.table, Qt.Key.Key_2)
        assert review.store_button.text() == "Write 2 cells"
        QTest.keyClick(review.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        query = "SELECT post_test FROM enrolment WHERE uid IN (?, ?) ORDER BY post_test"
        qtbot.waitUntil(lambda: rows(demo_file, query, ids) == [(5_500,), (5_600,)], timeout=SECONDS)
        qtbot.waitUntil(lambda: part.first_focus() is part.table, timeout=SECONDS)
        other = tmp_path / "otra.csv"
        other.write_text("a;b\n1;2\n", "utf-8")
        part.open_list(other)
        qtbot.waitUntil(lambda: "is no class list" in review.failure.text(), timeout=SECONDS)
        review.leave()
    entries = rows(demo_file, "SELECT count(*) FROM change_set WHERE use_case = 'import_class_list'")
    assert entries == [(1,)]
