"""The closing of an own course in the window: digits, reasons, grades typed downwards, one chord, what blocks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import EnrolmentStatus, Role
from eic_tracker.gui.attendance_part import AttendancePart
from eic_tracker.gui.closing_columns import GRADE, RESULT
from eic_tracker.gui.closing_part import ClosingPart
from eic_tracker.gui.grades_part import GradesPart
from eic_tracker.gui.on_behalf import BehalfButton
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment, WalkIn
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.surroundings import surroundings
from tests.gui.test_offering_pages import SECONDS, opened
from tests.services.demonstration_file import number, rows

_OWN = """SELECT o.id FROM offering o JOIN assignment a ON a.offering_id = o.id
JOIN user u ON u.instructor_id = a.instructor_id
WHERE o.status = 'open' AND o.ends_on < '2019-06-28' AND u.login = 'instructor' ORDER BY o.ends_on"""


def closing(qtbot: QtBot, around: Surroundings, key: int) -> tuple[OfferingPage, ClosingPart]:
    """The page of a course with its closing in sight and read."""
    page = opened(qtbot, around, key, {"tab": "closing"})
    part = page.tabs.content("closing")
    assert isinstance(part, ClosingPart)
    qtbot.waitUntil(lambda: part.view is not None and len(part.table.rows) > 0, timeout=SECONDS)
    return page, part


def stand_on(part: ClosingPart, key: int, column: int) -> None:
    """Put the keyboard on a cell."""
    part.table.select_key(key)
    part.table.setCurrentIndex(part.table.model().index(part.table.currentIndex().row(), column))
    part.table.setFocus()


def status_of(file: Path, enrolment: int) -> tuple[object, ...]:
    """Status and grade of an enrolment."""
    return rows(file, "SELECT status, final_grade FROM enrolment WHERE id = ?", (enrolment,))[0]


def test_a_course_is_closed_with_two_chords_and_five_keys_for_an_exception(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _OWN)
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page, part = closing(qtbot, around, key)
        people = list(part.table.rows)
        completed = next(k for k, row in part.table.rows.items() if row.status is EnrolmentStatus.COMPLETED)
        QTest.keyClick(part.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        stand_on(part, completed, RESULT)
        QTest.keyClick(part.table, Qt.Key.Key_3)
        popup = page.findChild(ChoicePopup)
        assert popup is not None
        QTest.keyClicks(popup.box, "a")
        QTest.keyClick(popup.box, Qt.Key.Key_Return)
        assert part.table.rows[completed].status is EnrolmentStatus.WITHDREW
        assert part.table.rows[completed].reason == "Audiencia judicial"
        said: list[str] = []
        page.done.connect(lambda text, _undo: said.append(text))
        QTest.keyClick(part.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: bool(said), timeout=SECONDS)
        assert said[0].startswith("Course closed: ")
    found: dict[object, int] = dict(
        rows(demo_file, "SELECT status, count(*) FROM enrolment WHERE offering_id = ? GROUP BY 1", (key,))
    )
    assert "enrolled" not in found
    assert status_of(demo_file, completed)[0] == "withdrew"
    assert len(people) == sum(count for status, count in found.items() if status not in {"removed", "applied"})


def test_a_number_and_enter_store_a_grade_and_go_down(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _OWN)
    with Database(demo_file) as db, db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
        blank = dict.fromkeys(("post_test", "performance", "products", "final_grade"))
        keys = [k for (k,) in tx.connection.exec_driver_sql("SELECT id FROM enrolment WHERE offering_id = ?", (key,))]
        tx.update(Enrolment, {each: dict(blank) for each in keys})
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page, part = closing(qtbot, around, key)
        page.show()
        sitting = [k for k, row in part.table.rows.items() if row.status is None]
        first = sitting[0]
        stand_on(part, first, GRADE)
        QTest.keyClick(part.table, Qt.Key.Key_8)
        assert part.box.isVisible()
        assert part.box.text() == "8"
        QTest.keyClicks(part.box, "7,5")
        QTest.keyClick(part.box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: status_of(demo_file, first)[1] == 8750, timeout=SECONDS)
        qtbot.waitUntil(lambda: part.table.current_key() != first, timeout=SECONDS)
        assert part.table.currentIndex().column() == GRADE
        assert not part.box.isVisible()


def test_what_stands_in_the_way_is_listed_and_leads_to_the_person(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _OWN)
    query = "SELECT min(id) FROM enrolment WHERE offering_id = ? AND status = 'enrolled'"
    blank = number(demo_file, query, (key,))
    with Database(demo_file) as db, db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
        tx.update(
            Enrolment,
            {blank: dict.fromkeys(("post_test", "performance", "products", "final_grade", "proposed_status"))},
        )
    with Database(demo_file) as db, db.write(Entry(Actor("test"), "record_attendance", "test")) as tx:
        tx.insert(WalkIn, [{"offering_id": key, "name": "Luis Paz", "recorded_at": tx.at}])
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page, part = closing(qtbot, around, key)
        links = [each for each in part.findChildren(QPushButton) if "has no grade" in each.text()]
        assert len(links) == 1
        links[0].click()
        assert part.table.current_key() == blank
        assert part.table.currentIndex().column() == GRADE
        QTest.keyClick(part.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        notices: list[object] = []
        page.noticed.connect(notices.append)
        qtbot.waitUntil(lambda: bool(notices), timeout=SECONDS)
        wanted: list[str] = []
        part.tab_wanted.connect(wanted.append)
        qtbot.waitUntil(lambda: len(_shown_links(part, "without being listed")) == 1, timeout=SECONDS)
        _shown_links(part, "without being listed")[0].click()
        assert wanted == ["attendance"], "where somebody says who it was"
    assert number(demo_file, "SELECT count(*) FROM offering WHERE id = ? AND status = 'open'", (key,)) == 1


def _shown_links(part: ClosingPart, words: str) -> list[QPushButton]:
    return [each for each in part.findChildren(QPushButton) if words in each.text() and each.isVisible()]


def test_only_who_teaches_sees_the_closing_and_a_closed_course_says_so(qtbot: QtBot, demo_file: Path) -> None:
    closed = """SELECT o.id FROM offering o JOIN assignment a ON a.offering_id = o.id
    JOIN user u ON u.instructor_id = a.instructor_id WHERE o.status = 'closed' AND u.login = 'instructor'"""
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page = opened(qtbot, around, number(demo_file, closed), {"tab": "closing"})
        part = page.tabs.content("closing")
        assert isinstance(part, ClosingPart)
        assert not part.close_button.isVisible()
        assert any("is not open" in label.text() for label in part.findChildren(QLabel))
    with surroundings(demo_file, Role.REGISTRAR) as around:
        page = opened(qtbot, around, number(demo_file, closed), {"tab": "grades"})
        grades = page.tabs.content("grades")
        assert isinstance(grades, GradesPart)
        qtbot.waitUntil(lambda: "is not open" in grades.hint.text(), timeout=SECONDS)
        assert not any(link.isVisible() for link in page.findChildren(BehalfButton)), "nothing is recorded any more"
    with surroundings(demo_file, Role.MANAGER) as around:
        page = opened(qtbot, around, number(demo_file, _OWN))
        assert "closing" not in page.tabs.names()
    QApplication.processEvents()


def test_the_tabs_of_a_course_without_people_say_so_and_what_cannot_act_rests(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, "SELECT id FROM offering WHERE code = '116-2019'")
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page = opened(qtbot, around, key, {"tab": "closing"})
        part = page.tabs.content("closing")
        assert isinstance(part, ClosingPart)
        qtbot.waitUntil(lambda: part.view is not None, timeout=SECONDS)
        assert "Nobody has a seat" in part.foot.text()
        assert not part.close_button.isEnabled()
        assert "Nobody has a seat" in part.close_button.toolTip()
        page.tabs.open("attendance")
        marks = page.tabs.content("attendance")
        assert isinstance(marks, AttendancePart)
        qtbot.waitUntil(lambda: "Nobody has a seat" in marks.hint.text(), timeout=SECONDS)
        assert not marks.all_present.isEnabled()
        page.tabs.open("grades")
        grades = page.tabs.content("grades")
        assert isinstance(grades, GradesPart)
        qtbot.waitUntil(lambda: "Nobody has a seat" in grades.hint.text(), timeout=SECONDS)
