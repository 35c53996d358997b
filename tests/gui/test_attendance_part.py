"""The attendance of an own course in the window: all present with one chord, the exceptions by one key each."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import EnrolmentStatus, Role
from eic_tracker.gui.attendance_columns import FIRST_DAY
from eic_tracker.gui.attendance_part import AttendancePart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Attendance, Enrolment
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.surroundings import surroundings
from tests.gui.test_closing_part import _OWN
from tests.gui.test_offering_pages import SECONDS, opened
from tests.services.demonstration_file import number, rows


def without_marks(file: Path, key: int) -> None:
    """Take all attendance out of a course."""
    with Database(file) as db, db.write(Entry(Actor("test"), "record_attendance", "test")) as tx:
        query = "SELECT a.id FROM attendance a JOIN enrolment e ON e.id = a.enrolment_id WHERE e.offering_id = ?"
        tx.delete(Attendance, [mark for (mark,) in tx.connection.exec_driver_sql(query, (key,))])
        people = tx.connection.exec_driver_sql("SELECT id FROM enrolment WHERE offering_id = ?", (key,))
        tx.update(Enrolment, {person: {"attendance_percent": None} for (person,) in people})


def marks(file: Path, key: int) -> dict[object, object]:
    """How many marks of each kind the course has."""
    query = (
        "SELECT a.mark, count(*) FROM attendance a JOIN enrolment e ON e.id = a.enrolment_id "
        "WHERE e.offering_id = ? GROUP BY 1"
    )
    return dict(rows(file, query, (key,)))


def test_all_are_present_with_one_chord_and_each_exception_is_one_key(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _OWN)
    without_marks(demo_file, key)
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page = opened(qtbot, around, key, {"tab": "attendance"})
        around.jobs.changed.connect(lambda _touched: page.refresh())
        part = page.tabs.content("attendance")
        assert isinstance(part, AttendancePart)
        qtbot.waitUntil(lambda: part.table is not None and len(part.table.rows) > 0, timeout=SECONDS)
        table = part.table
        assert table is not None
        assert table.currentIndex().column() == FIRST_DAY
        people = [k for k, row in table.rows.items() if row.member.status is EnrolmentStatus.ENROLLED]
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: marks(demo_file, key) == {"present": len(people)}, timeout=SECONDS)
        qtbot.waitUntil(lambda: bool(table.rows[people[0]].member.marks), timeout=SECONDS)
        table.select_key(people[0])
        table.setCurrentIndex(table.model().index(table.currentIndex().row(), FIRST_DAY))
        QTest.keyClick(table, Qt.Key.Key_2)
        qtbot.waitUntil(lambda: marks(demo_file, key).get("absent") == 1, timeout=SECONDS)
        qtbot.waitUntil(lambda: table.current_key() == people[1], timeout=SECONDS)
        QTest.keyClick(table, Qt.Key.Key_3)
        popup = page.findChild(ChoicePopup)
        assert popup is not None
        QTest.keyClicks(popup.box, "perm")
        QTest.keyClick(popup.box, Qt.Key.Key_Return)
        wanted = {"present": len(people) - 2, "absent": 1, "excused": 1}
        qtbot.waitUntil(lambda: marks(demo_file, key) == wanted, timeout=SECONDS)
        qtbot.waitUntil(lambda: table.rows[people[0]].percent == 0, timeout=SECONDS)
        assert table.rows[people[1]].percent is None


def test_two_who_mark_the_same_person_see_both_values_and_a_day_is_added(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _OWN)
    without_marks(demo_file, key)
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page = opened(qtbot, around, key, {"tab": "attendance"})
        part = page.tabs.content("attendance")
        assert isinstance(part, AttendancePart)
        qtbot.waitUntil(lambda: part.table is not None and len(part.table.rows) > 0, timeout=SECONDS)
        table = part.table
        assert table is not None
        person = next(k for k, row in table.rows.items() if row.member.status is EnrolmentStatus.ENROLLED)
        table.select_key(person)
        table.setCurrentIndex(table.model().index(table.currentIndex().row(), FIRST_DAY))
        day = part.results.days[0] if part.results is not None else None
        assert day is not None
        with Database(demo_file) as db, db.write(Entry(Actor("test"), "record_attendance", "test")) as tx:
            tx.insert(Attendance, [{"enrolment_id": person, "offering_day_id": day.id, "mark": "late"}])
        QTest.keyClick(table, Qt.Key.Key_2)
        qtbot.waitUntil(lambda: page.findChild(ChoicePopup) is not None, timeout=SECONDS)
        popup = page.findChild(ChoicePopup)
        assert popup is not None
        words = [popup.list.item(line).text() for line in range(popup.list.count())]
        assert words == ["late, as it stands", "absent, as you wrote"]
        assert marks(demo_file, key) == {"late": 1}, "nothing is overwritten in silence"
        QTest.keyClicks(popup.box, "abs")
        QTest.keyClick(popup.box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: marks(demo_file, key) == {"absent": 1}, timeout=SECONDS)
        part.add_day()
        dialog = page.findChild(AskFields)
        assert dialog is not None
        dialog.form.write({"held_on": day.held_on.replace(year=2018), "part": "whole"})
        notices: list[object] = []
        page.noticed.connect(notices.append)
        dialog.take.click()
        qtbot.waitUntil(lambda: bool(notices), timeout=SECONDS)
        assert "lies outside course" in getattr(notices[0], "text", "")


def test_who_comes_unlisted_is_typed_by_keyboard_marked_below_and_matched_by_the_registrar(
    qtbot: QtBot, demo_file: Path
) -> None:
    key = number(demo_file, _OWN)
    without_marks(demo_file, key)
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        part = attendance_of(qtbot, around, key)
        table = table_of(part)
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        dialog = part.findChild(AskFields)
        assert dialog is not None
        for letters, after in (("Luis Paz", Qt.Key.Key_Tab), ("0801199055555", Qt.Key.Key_Return)):
            field = dialog.focusWidget()
            assert field is not None
            QTest.keyClicks(field, letters)
            QTest.keyClick(field, after)
        qtbot.waitUntil(lambda: min(table.rows) < 0, timeout=SECONDS)
        line = list(table.rows)[-1]
        day = table.model().index(table.model().rowCount() - 1, FIRST_DAY)
        assert (table.model().index(day.row(), 0).data(), day.data()) == ("Luis Paz (not on the roster)", "present")
        table.setCurrentIndex(day)
        QTest.keyClick(table, Qt.Key.Key_4)
        qtbot.waitUntil(lambda: rows(demo_file, "SELECT mark FROM walk_in_mark") == [("late",)], timeout=SECONDS)
        table.select_key(line)
        QTest.keyClick(table, Qt.Key.Key_Return)
        popup = part.findChild(ChoicePopup)
        assert popup is not None
        assert [popup.list.item(at).text() for at in range(popup.list.count())] == ["Typed in error: take off"]
        popup.close()
    with surroundings(demo_file, Role.REGISTRAR) as around:
        part = attendance_of(qtbot, around, key)
        table = table_of(part)
        line = list(table.rows)[-1]
        person = next(k for k, row in table.rows.items() if row.member.status is EnrolmentStatus.ENROLLED)
        table.select_key(line)
        QTest.keyClick(table, Qt.Key.Key_Return)
        popup = part.findChild(ChoicePopup)
        assert popup is not None
        chosen = [popup.list.item(at).data(Qt.ItemDataRole.UserRole) for at in range(popup.list.count())]
        popup.list.setCurrentRow(chosen.index(str(person)))
        popup.take()
        qtbot.waitUntil(lambda: marks(demo_file, key) == {"late": 1}, timeout=SECONDS)
        qtbot.waitUntil(lambda: line not in table.rows, timeout=SECONDS)
    assert rows(demo_file, "SELECT enrolment_id FROM walk_in") == [(person,)]


def attendance_of(qtbot: QtBot, around: Surroundings, key: int) -> AttendancePart:
    """The attendance of a course, read."""
    page = opened(qtbot, around, key, {"tab": "attendance"})
    around.jobs.changed.connect(lambda _touched: page.refresh())
    part = page.tabs.content("attendance")
    assert isinstance(part, AttendancePart)
    qtbot.waitUntil(lambda: part.table is not None and len(part.table.rows) > 0, timeout=SECONDS)
    return part


def table_of(part: AttendancePart) -> SmallTable:
    """The table that stands there now."""
    assert part.table is not None
    return part.table
