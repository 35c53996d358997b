"""What an instructor may be asked for, counted in the real window: keys and clicks of closing, keys of grades."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.closing_columns import RESULT
from eic_tracker.gui.closing_part import ClosingPart
from eic_tracker.gui.grades_part import GradesPart
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.place import Place
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import CourseVersion, Enrolment
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.test_closing_part import _OWN
from tests.gui.windows import demonstration, go, settle, until
from tests.services.demonstration_file import number, rows

CLASS = 35
_MODIFIERS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt})
CTRL = Qt.KeyboardModifier.ControlModifier


class Counter(QObject):
    """Counts what hands do: keys that are pressed (a chord is one), and clicks."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = self.clicks = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key on whatever has the keyboard."""
        QTest.keyClick(_focused(), key, modifiers)

    def write(self, text: str) -> None:
        """Letters and digits one by one."""
        for letter in text:
            QTest.keyClicks(_focused(), letter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if isinstance(watched, QWidget) and event.spontaneous() and watched is _focused_or_none():
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                self.keys += event.key() not in _MODIFIERS
            self.clicks += event.type() == QEvent.Type.MouseButtonPress
        return False


def _focused() -> QWidget:
    widget = _focused_or_none()
    assert widget is not None, "nothing has the keyboard"
    return widget


def _focused_or_none() -> QWidget | None:
    popup = QApplication.activePopupWidget()
    return popup.focusWidget() if popup is not None else QApplication.focusWidget()


@contextmanager
def counted() -> Iterator[Counter]:
    """A counter that sees every event of the window."""
    app, counter = QApplication.instance(), Counter()
    assert app is not None
    app.installEventFilter(counter)
    try:
        yield counter
    finally:
        app.removeEventFilter(counter)


def class_of_35(file: Path, **rules: object) -> int:
    """The instructor's course that waits to be closed, with 35 people, all graded; `rules` are its version's."""
    key = number(file, _OWN)
    with Database(file) as db, db.write(Entry(Actor("test"), "enrol", "test")) as tx:
        present = (
            tx.connection.exec_driver_sql("SELECT id FROM enrolment WHERE offering_id = ?", (key,)).scalars().all()
        )
        others = tx.connection.exec_driver_sql(
            "SELECT id FROM participant WHERE merged_into_id IS NULL AND id NOT IN "
            "(SELECT participant_id FROM enrolment WHERE offering_id = ?) ORDER BY id * 7919 % 10007 LIMIT ?",
            (key, CLASS),
        )
        tx.update(Enrolment, {each: {"status": "removed", "seat": "seat"} for each in present})
        row = {"offering_id": key, "status": "enrolled", "seat": "seat", "recorded_at": tx.at}
        graded = {"final_grade": 8_000, "attendance_percent": 100, "proposed_status": "completed"}
        people = others.scalars().all()
        tx.insert(Enrolment, [{**row, **graded, "uid": tx.new_uid(), "participant_id": each} for each in people])
        version = tx.connection.exec_driver_sql("SELECT course_version_id FROM offering WHERE id = ?", (key,))
        tx.update(CourseVersion, {version.scalar_one(): rules})
    return key


def test_a_course_of_35_is_closed_with_5_keys_and_5_for_each_exception_and_no_click(
    qtbot: QtBot, demo_file: Path
) -> None:
    key = class_of_35(demo_file)
    with demonstration(qtbot, demo_file, Role.INSTRUCTOR) as window:
        page = go(qtbot, window, Place("offering", key, {"tab": "closing"})).page
        assert isinstance(page, OfferingPage)
        part = page.tabs.content("closing")
        assert isinstance(part, ClosingPart)
        until(qtbot, lambda: len(part.table.rows) == CLASS)
        assert part.table.hasFocus()
        names = [row.line.listed for row in part.table.rows.values()]
        exceptions = _told_apart(names, 3)
        with counted() as hands:
            hands.press(Qt.Key.Key_T, CTRL)
            for place, name in enumerate(exceptions):
                hands.write(name)
                assert part.table.currentIndex().column() == RESULT
                hands.write("3")
                hands.write("e" if place else "a")
                hands.press(Qt.Key.Key_Return)
                # offscreen no window comes forward when a popup goes; letters typed later begin a new name
                window.activateWindow()
                until(qtbot, part.table.hasFocus)
                qtbot.wait(QApplication.keyboardInputInterval() + 50)
            hands.press(Qt.Key.Key_Return, CTRL)
            settle(qtbot, window)
            until(qtbot, lambda: _closed(demo_file, key))
            assert hands.keys <= 5 + 5 * len(exceptions), hands.keys
            assert hands.keys >= 2 + 4 * len(exceptions), "the counter sees every key"
            assert hands.clicks == 0
    found: dict[object, object] = dict(
        rows(demo_file, "SELECT status, count(*) FROM enrolment WHERE offering_id = ? GROUP BY 1", (key,))
    )
    assert (found["completed"], found["withdrew"]) == (CLASS - 3, 3)


def _told_apart(names: list[str], count: int) -> list[str]:
    """The first one or two letters of people whom these letters lead to."""
    found: list[str] = []
    for name in names[1:]:
        letters = name[:2]
        first = next(each for each in names if each.startswith(letters))
        if first == name and letters.isascii() and letters.isalpha() and len(found) < count:
            found.append(letters.lower())
    assert len(found) == count
    return found


def _closed(file: Path, key: int) -> bool:
    return number(file, "SELECT count(*) FROM offering WHERE id = ? AND status = 'closed'", (key,)) == 1


def test_grades_for_35_take_at_most_125_keys_and_no_blank_becomes_a_zero(qtbot: QtBot, demo_file: Path) -> None:
    key = class_of_35(demo_file, post_test_weight=0, performance_weight=0, products_weight=0)
    with Database(demo_file) as db, db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
        people = tx.connection.exec_driver_sql(
            "SELECT id FROM enrolment WHERE offering_id = ? AND status = 'enrolled'", (key,)
        )
        tx.update(Enrolment, {each: {"final_grade": None, "proposed_status": None} for each in people.scalars().all()})
    with demonstration(qtbot, demo_file, Role.INSTRUCTOR) as window:
        page = go(qtbot, window, Place("offering", key, {"tab": "grades"})).page
        assert isinstance(page, OfferingPage)
        part = page.tabs.content("grades")
        assert isinstance(part, GradesPart)
        until(qtbot, lambda: part.table is not None and len(part.table.rows) == CLASS)
        assert part.table is not None
        assert part.table.hasFocus(), "the keyboard waits in the table"
        with counted() as hands:
            hands.press(Qt.Key.Key_Right)
            for place in range(CLASS):
                if place == 7:
                    hands.press(Qt.Key.Key_Down)
                    continue
                hands.write(str(60 + place))
                hands.press(Qt.Key.Key_Return)
            assert hands.keys <= 125, hands.keys
            assert hands.keys >= 3 * (CLASS - 1), "the counter sees every key"
        query = (
            "SELECT count(final_grade), min(final_grade) FROM enrolment WHERE offering_id = ? AND status = 'enrolled'"
        )
        until(qtbot, lambda: rows(demo_file, query, (key,)) == [(CLASS - 1, 6_000)])
        settle(qtbot, window)
