"""An officer's month in the real window: from a message, and from a workbook that LibreOffice saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from eic_tracker.gui.group_review_part import GroupReviewPart
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.group_lists_page import GroupListsPage
from eic_tracker.gui.pages.outreach_page import OutreachPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.ask_fields import AskFields
from tests.gui.test_offering_form import CONTROL, Keys
from tests.gui.windows import demonstration, go, place_of_work, settle, until
from tests.reports.recalculation import convert
from tests.services.demonstration_file import number, rows

HEAD = 4
CLASS_LIST = Path(__file__).parents[1] / "data" / "lists" / "seccion-4A-matutina.xlsx"


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    """A registrar at work on the demonstration file, on the page of the programme."""
    with demonstration(qtbot, demo_file) as made:
        go(qtbot, made, Place("outreach"))
        yield made


def review_in_sight(qtbot: QtBot, made: MainWindow) -> GroupReviewPart:
    """The part with the list, once it was looked at."""
    until(qtbot, lambda: isinstance(place_of_work(made).page, GroupListsPage))
    page = place_of_work(made).page
    assert isinstance(page, GroupListsPage)
    until(qtbot, lambda: page.part.review is not None)
    settle(qtbot, made)
    return page.part


def test_a_message_is_pasted_answered_and_stored_by_keys_and_one_undo_takes_it_back(
    qtbot: QtBot, office: MainWindow, demo_file: Path
) -> None:
    (school,) = rows(demo_file, "SELECT name FROM school GROUP BY name HAVING count(*) = 1 ORDER BY id LIMIT 1")[0]
    before = number(demo_file, "SELECT count(*) FROM class_group")
    text = f"Buenas tardes\n{school}\n4K mat 15 niñas 17 niños lec 2\n5 K vesp H 14 M 16\n6K Ana Fingida"
    QGuiApplication.clipboard().setText(text)
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_V, CONTROL)
    part = review_in_sight(qtbot, office)
    assert part.question.text().startswith("Quedan 2 preguntas.")
    for _ in range(2):
        asked = part.question.text()
        assert isinstance(QGuiApplication.focusObject(), QPushButton), "what is proposed has the keyboard"
        keys.press(Qt.Key.Key_Return)
        until(qtbot, lambda asked=asked: part.question.text() != asked or not part.question.isVisible())  # type: ignore[misc]
        settle(qtbot, office)
    assert not part.question.isVisible()
    assert part.heading.text() == "2 nuevos · 0 cambian · 0 conocidos · 1 con error"
    assert "líneas 1" in part.said.text()
    assert "Fingida" not in part.detail.text() + part.table.model().index(2, 6).data()
    keys.press(Qt.Key.Key_F4)
    until(qtbot, lambda: any(each.isVisible() for each in office.findChildren(AskFields)))
    dialog = next(each for each in office.findChildren(AskFields) if each.isVisible())
    dialog.form.boxes["date"].editor.widget.setFocus()
    keys.type("5/6")
    keys.press(Qt.Key.Key_Return, CONTROL)
    with qtbot.waitActive(office):
        office.activateWindow()
    until(qtbot, lambda: "2 (05/06/2019)" in str(part.table.model().index(0, 4).data()))
    settle(qtbot, office)
    assert part.store_button.text() == "Incorporar 2 grupos de clase"
    keys.press(Qt.Key.Key_Return, CONTROL)
    query = (
        "SELECT grade, section, shift, enrolled_girls, enrolled_boys, reached_girls, lessons_given FROM class_group "
        "WHERE section = 'K' ORDER BY grade"
    )
    stored = [("4", "K", "morning", 15, 17, 15, 1), ("5", "K", "afternoon", 16, 14, 0, 0)]
    until(qtbot, lambda: rows(demo_file, query) == stored)
    settle(qtbot, office)
    assert number(demo_file, "SELECT count(*) FROM class_group") == before + 2
    keys.press(Qt.Key.Key_Z, CONTROL)
    until(qtbot, lambda: number(demo_file, "SELECT count(*) FROM class_group") == before)


@pytest.mark.needs("soffice")
def test_a_month_that_libreoffice_saved_is_stored_by_keys_and_a_pasted_class_empties_the_clipboard(
    qtbot: QtBot, office: MainWindow, demo_file: Path, tmp_path: Path
) -> None:
    officer, group = rows(
        demo_file,
        "SELECT i.code, g.id FROM class_group g JOIN class_officer f ON f.class_group_id = g.id "
        "JOIN instructor i ON i.id = f.instructor_id WHERE g.school_year = 2019 AND g.graduated_on IS NULL "
        "AND g.school_id IS NOT NULL AND g.lessons_given < 5 ORDER BY g.id LIMIT 1",
    )[0]
    path = tmp_path / "junio.xlsx"
    take_month(qtbot, office, str(officer), path)
    go(qtbot, office, Place("outreach"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    uid = rows(demo_file, "SELECT uid FROM class_group WHERE id = ?", [group])[0][0]
    row = next(line for line in sheet.iter_rows(min_row=HEAD + 1) if line[0].value == uid)
    row[4].value, row[5].value, row[6].value = "27/06/2019", 3, 4
    book.save(path)
    saved = convert(path, tmp_path, "xlsx")
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_I, CONTROL)
    choose(qtbot, office, saved)
    part = review_in_sight(qtbot, office)
    assert part.review is not None
    assert [each.outcome.value for each in part.review.rows] == ["change"]
    keys.press(Qt.Key.Key_Return, CONTROL)
    lessons = "SELECT girls, boys FROM class_lesson WHERE class_group_id = ? AND given_on = '2019-06-27'"
    until(qtbot, lambda: rows(demo_file, lessons, [group]) == [(3, 4)])
    settle(qtbot, office)
    page = go(qtbot, office, Place("outreach")).page
    assert isinstance(page, OutreachPage)
    drop(page, saved)
    part = review_in_sight(qtbot, office)
    assert part.review is not None
    assert [each.outcome.value for each in part.review.rows] == ["known"], "the same sheet again changes nothing"
    cells = openpyxl.load_workbook(CLASS_LIST).worksheets[0].iter_rows(values_only=True)
    QGuiApplication.clipboard().setText("\n".join("\t".join(str(cell or "") for cell in line) for line in cells))
    keys.press(Qt.Key.Key_V, CONTROL)
    part = review_in_sight(qtbot, office)
    assert "Se contó a 32 alumnos; no se guarda ningún nombre." in part.said.text()
    assert QGuiApplication.clipboard().text() == ""
    keys.press(Qt.Key.Key_Escape)
    until(qtbot, lambda: not place_of_work(office).toast.isVisible())
    keys.press(Qt.Key.Key_Escape)
    until(qtbot, lambda: part.request is None)


def take_month(qtbot: QtBot, office: MainWindow, officer: str, path: Path) -> None:
    """The workbook of this month, asked for by keys on the page of lists."""
    go(qtbot, office, Place("group_lists"))
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_M, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    until(qtbot, lambda: any(each.isVisible() for each in office.findChildren(AskFields)))
    dialog = next(each for each in office.findChildren(AskFields) if each.isVisible())
    dialog.form.boxes["officer"].editor.set_value(officer)
    keys.press(Qt.Key.Key_Return, CONTROL)
    choose(qtbot, office, path)
    until(qtbot, path.exists)
    settle(qtbot, office)


def choose(qtbot: QtBot, office: MainWindow, path: Path) -> None:
    """A file named in the system's dialog."""
    until(qtbot, lambda: any(each.isVisible() for each in office.findChildren(QFileDialog)))
    chosen = next(each for each in office.findChildren(QFileDialog) if each.isVisible())
    chosen.fileSelected.emit(str(path))
    chosen.reject()
    with qtbot.waitActive(office):
        office.activateWindow()


def drop(page: OutreachPage, path: Path) -> None:
    """A file let go over the page."""
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, files, buttons, keys))
