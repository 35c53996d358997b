"""The grades of a course in the window: typed downwards, pasted after a look, explained, on behalf of somebody."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role, SecondChanceRule
from eic_tracker.gui.closing_columns import GRADE
from eic_tracker.gui.closing_part import ClosingPart
from eic_tracker.gui.grades_part import GradesPart
from eic_tracker.gui.on_behalf import AskBehalf
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.services.grades import GradeField
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import CourseVersion, Enrolment
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.surroundings import surroundings
from tests.gui.test_closing_part import _OWN
from tests.gui.test_offering_pages import SECONDS, opened
from tests.services.demonstration_file import number, rows
from tests.services.taught import photograph

GRADES = ("pre_test", "post_test", "performance", "products", "final_grade", "second_chance_grade", "proposed_status")


def without_grades(file: Path, key: int, **rules: object) -> None:
    """Take all grades out of a course; `rules` are columns of its version."""
    with Database(file) as db, db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
        people = tx.connection.exec_driver_sql("SELECT id FROM enrolment WHERE offering_id = ?", (key,)).scalars()
        tx.update(Enrolment, {each: dict.fromkeys(GRADES) for each in people.all()})
        query = "SELECT course_version_id FROM offering WHERE id = ?"
        version = tx.connection.exec_driver_sql(query, (key,)).scalar_one()
        tx.update(CourseVersion, {version: rules})


def grades(qtbot: QtBot, around: Surroundings, key: int) -> tuple[OfferingPage, GradesPart, SmallTable]:
    """The page of a course with its grades in sight and read; it reads anew what is written."""
    page = opened(qtbot, around, key, {"tab": "grades"})
    around.jobs.changed.connect(lambda _touched: page.refresh())
    part = page.tabs.content("grades")
    assert isinstance(part, GradesPart)
    qtbot.waitUntil(lambda: part.table is not None and len(part.table.rows) > 0, timeout=SECONDS)
    assert part.table is not None
    part.table.setFocus()
    return page, part, part.table


def stand(part: GradesPart, row: int, field: GradeField) -> None:
    """Put the keyboard on a cell."""
    assert part.table is not None
    column = next(n for n, each in enumerate(part.columns) if each.place == (field, None))
    part.table.setCurrentIndex(part.table.model().index(row, column))
    part.table.setFocus()


def type_down(part: GradesPart, *texts: str) -> None:
    """Type grades one after the other, each with Enter, without waiting for anything."""
    assert part.table is not None
    assert part.cell is not None
    for text in texts:
        QTest.keyClicks(part.table, text[0])
        QTest.keyClicks(part.cell, text[1:])
        QTest.keyClick(part.cell, Qt.Key.Key_Return)


def stored(file: Path, key: int, column: str) -> object:
    """A column of an enrolment."""
    return rows(file, f"SELECT {column} FROM enrolment WHERE id = ?", (key,))[0][0]


def shown(part: GradesPart, row: int, field: GradeField) -> str:
    """What a cell says."""
    assert part.table is not None
    column = next(n for n, each in enumerate(part.columns) if each.place == (field, None))
    return str(part.table.model().index(row, column).data())


def test_numbers_go_down_at_once_and_the_final_grade_follows_and_explains_itself(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _OWN)
    without_grades(demo_file, key, second_chance=SecondChanceRule.AT_MOST_MINIMUM)
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        _, part, table = grades(qtbot, around, key)
        people = list(table.rows)
        for field, typed in (
            (GradeField.POST_TEST, ("60", "72,5", "0")),
            (GradeField.PERFORMANCE, ("60", "80", "90")),
            (GradeField.PRODUCTS, ("60", "90", "91")),
        ):
            stand(part, 0, field)
            type_down(part, *typed)
            assert table.currentIndex().row() == 3
            assert shown(part, 1, field) == typed[1], "what was typed stands there before it is stored"
        qtbot.waitUntil(lambda: stored(demo_file, people[2], "products") is not None, timeout=SECONDS)
        wanted = [(6_000, 6_000), (7_250, 8_000), (0, 9_000)]
        found = [(stored(demo_file, each, "post_test"), stored(demo_file, each, "performance")) for each in people[:3]]
        assert found == wanted
        qtbot.waitUntil(lambda: stored(demo_file, people[2], "final_grade") is not None, timeout=SECONDS)
        assert stored(demo_file, people[3], "post_test") is None, "blank is no zero"
        qtbot.waitUntil(lambda: shown(part, 0, GradeField.FINAL) == "60", timeout=SECONDS)
        stand(part, 0, GradeField.FINAL)
        assert part.hint.text().startswith("Final grade: it follows from its parts")
        QTest.keyClicks(table, "d")
        assert table.currentIndex().row() == next(n for n, k in enumerate(people) if _listed(table, k).startswith("D"))
        assert table.currentIndex().column() > 0, "letters jump to a name and stay in the column"
        stand(part, 1, GradeField.SECOND_CHANCE)
        assert "Nothing is typed here" in part.hint.text()
        stand(part, 0, GradeField.SECOND_CHANCE)
        assert "counts 70 at most" in part.hint.text()
        type_down(part, "95")
        qtbot.waitUntil(lambda: _cell(table, 0, "Counts") == "70", timeout=SECONDS)
        stand(part, 0, GradeField.POST_TEST)
        type_down(part, "101")
        qtbot.waitUntil(lambda: bool(part.table and part.table.rows[people[0]].refused), timeout=SECONDS)
        assert shown(part, 0, GradeField.POST_TEST) == "101"
        assert stored(demo_file, people[0], "post_test") == 6_000
        column = next(n for n, each in enumerate(part.columns) if each.marks)
        table.setCurrentIndex(table.model().index(1, column))
        QTest.keyClick(table, Qt.Key.Key_1)
        qtbot.waitUntil(lambda: stored(demo_file, people[1], "distinction") == "key_participant", timeout=SECONDS)


def _listed(table: SmallTable, key: int) -> str:
    return str(table.rows[key].member.surnames)


def _cell(table: SmallTable, row: int, title: str) -> str:
    model = table.model()
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    return str(model.index(row, titles.index(title)).data())


def test_a_pasted_column_is_looked_at_first_and_the_scale_is_asked_once(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _OWN)
    without_grades(demo_file, key, post_test_weight=0, performance_weight=0, products_weight=0)
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        _, part, table = grades(qtbot, around, key)
        people = list(table.rows)
        stand(part, 0, GradeField.FINAL)
        QGuiApplication.clipboard().setText("4,2\n\nNSP\n4,9\nmal\n")
        QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: part.review.review is not None, timeout=SECONDS)
        assert part.review.review is not None
        assert [line.becomes for line in part.review.review.lines] == [8_400, None, None, 9_800, None]
        part.review.store()
        assert stored(demo_file, people[0], "final_grade") is None, "first it is said on which scale"
        assert "4.9 becomes 98" in part.review.question.text()
        part.review.answer(5)
        qtbot.waitUntil(part.review.store_button.isEnabled, timeout=SECONDS)
        assert part.review.store_button.text() == "Write 3 grades · 1 stays out"
        assert "is no grade" in part.review.table.model().index(4, 4).data()
        QTest.keyClick(part.review.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: stored(demo_file, people[3], "final_grade") == 9_800, timeout=SECONDS)
        assert [stored(demo_file, each, "final_grade") for each in people[:3]] == [8_400, None, None]
        assert stored(demo_file, people[2], "proposed_status") == "no_show"
        stand(part, 1, GradeField.FINAL)
        type_down(part, "3,5")
        qtbot.waitUntil(lambda: stored(demo_file, people[1], "final_grade") == 7_000, timeout=SECONDS)
        assert part.findChild(ChoicePopup) is None, "the scale is known by now"


def test_a_pasted_column_that_comes_too_late_stores_nothing_and_is_set_beside_what_stands_now(
    qtbot: QtBot, demo_file: Path
) -> None:
    key = number(demo_file, _OWN)
    without_grades(demo_file, key, post_test_weight=0, performance_weight=0, products_weight=0)
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        _, part, table = grades(qtbot, around, key)
        people = list(table.rows)
        said: list[str] = []
        told: list[str] = []
        part.done.connect(lambda words, _undoable: said.append(words))
        part.noticed.connect(lambda notice: told.append(notice.text))
        stand(part, 0, GradeField.FINAL)
        QGuiApplication.clipboard().setText("80\n81\n82\n")
        QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: part.review.review is not None, timeout=SECONDS)
        with Database(demo_file) as db, db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
            tx.update(Enrolment, {people[1]: {"final_grade": 7_500}})
        QTest.keyClick(part.review.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: bool(told) and part.review.review is not None, timeout=SECONDS)
        assert part.stack.currentWidget() is part.review
        assert "75" in told[0]
        assert not said, "nothing is said to be written that is not"
        assert [stored(demo_file, each, "final_grade") for each in people[:3]] == [None, 7_500, None]
        model = part.review.table.model()
        assert "75" in [model.index(1, column).data() for column in range(model.columnCount())]
        QTest.keyClick(part.review.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: said == ["3 grades are written."], timeout=SECONDS)
        assert [stored(demo_file, each, "final_grade") for each in people[:3]] == [8_000, 8_100, 8_200]


def test_a_registrar_names_the_instructor_and_the_sheet_once(qtbot: QtBot, demo_file: Path, tmp_path: Path) -> None:
    key = number(demo_file, _OWN)
    without_grades(demo_file, key)
    sheet = tmp_path / "hoja.jpg"
    sheet.write_bytes(photograph())
    with surroundings(demo_file, Role.REGISTRAR) as around:
        page, part, table = grades(qtbot, around, key)
        people = list(table.rows)
        stand(part, 0, GradeField.POST_TEST)
        type_down(part, "88")
        dialog = page.window().findChild(AskBehalf)
        assert dialog is not None
        assert stored(demo_file, people[0], "post_test") is None
        dialog.teacher.widget.setCurrentIndex(0)
        dialog.take_sheet(tmp_path / "gone.jpg")
        qtbot.waitUntil(lambda: "gone.jpg" in dialog.problem.text(), timeout=SECONDS)
        dialog.take_sheet(sheet)
        qtbot.waitUntil(lambda: "hoja.jpg" in dialog.said.text(), timeout=SECONDS)
        dialog.take.click()
        qtbot.waitUntil(lambda: stored(demo_file, people[0], "post_test") == 8_800, timeout=SECONDS)
        stand(part, 1, GradeField.POST_TEST)
        type_down(part, "77")
        qtbot.waitUntil(lambda: stored(demo_file, people[1], "post_test") == 7_700, timeout=SECONDS)
    query = "SELECT count(*), count(DISTINCT on_behalf_of) FROM change_set WHERE on_behalf_of IS NOT NULL"
    assert rows(demo_file, query) == [(2, 1)]
    sheets = "SELECT count(*) FROM attachment WHERE offering_id = ? AND kind = 'grade_sheet'"
    assert number(demo_file, sheets, (key,)) == 1


def test_a_window_that_kept_an_older_grade_open_shows_both_values_and_asks(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _OWN)
    without_grades(demo_file, key, post_test_weight=0, performance_weight=0, products_weight=0)
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page = opened(qtbot, around, key, {"tab": "grades"})
        part = page.tabs.content("grades")
        assert isinstance(part, GradesPart)
        qtbot.waitUntil(lambda: part.table is not None and len(part.table.rows) > 0, timeout=SECONDS)
        assert part.table is not None
        people = list(part.table.rows)
        with Database(demo_file) as db, db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
            tx.update(Enrolment, {people[0]: {"final_grade": 7_500}, people[2]: {"final_grade": 7_700}})
        stand(part, 0, GradeField.FINAL)
        type_down(part, "80", "81")
        qtbot.waitUntil(lambda: part.findChild(ChoicePopup) is not None, timeout=SECONDS)
        popup = part.findChild(ChoicePopup)
        assert popup is not None
        words = [popup.list.item(line).text() for line in range(popup.list.count())]
        assert words == ["75, as it stands", "80, as you wrote"]
        assert stored(demo_file, people[0], "final_grade") == 7_500, "nothing is overwritten in silence"
        qtbot.waitUntil(lambda: stored(demo_file, people[1], "final_grade") == 8_100, timeout=SECONDS)
        popup.list.setCurrentRow(1)
        popup.take()
        qtbot.waitUntil(lambda: stored(demo_file, people[0], "final_grade") == 8_000, timeout=SECONDS)
        page.tabs.open("closing")
        part_of_closing = page.tabs.content("closing")
        assert isinstance(part_of_closing, ClosingPart)
        qtbot.waitUntil(lambda: len(part_of_closing.table.rows) > 0, timeout=SECONDS)
        with Database(demo_file) as db, db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
            tx.update(Enrolment, {people[2]: {"final_grade": 7_800}})
        part_of_closing.table.select_key(people[2])
        row = part_of_closing.table.currentIndex().row()
        part_of_closing.table.setCurrentIndex(part_of_closing.table.model().index(row, GRADE))
        QTest.keyClicks(part_of_closing.table, "9")
        QTest.keyClicks(part_of_closing.box, "0")
        QTest.keyClick(part_of_closing.box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: part_of_closing.findChild(ChoicePopup) is not None, timeout=SECONDS)
        asked = part_of_closing.findChild(ChoicePopup)
        assert asked is not None
        words = [asked.list.item(line).text() for line in range(asked.list.count())]
        assert words == ["78, as it stands", "90, as you wrote"]
        asked.close()
        assert stored(demo_file, people[2], "final_grade") == 7_800
