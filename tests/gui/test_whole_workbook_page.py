"""A workbook of past courses in the real window: looked at together, mended by keys, stored and undone as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker import drafts
from eic_tracker.domain.codes import Role
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.whole_workbook_page import WholeWorkbookPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.whole_draft import FORM
from eic_tracker.gui.whole_review_part import WholeReviewPart
from eic_tracker.gui.widgets.ask_fields import AskFields
from tests.gui.test_list_review import part_of, say_letter
from tests.gui.test_offering_form import CONTROL, RUNNING, Keys
from tests.gui.windows import demonstration, go, place_of_work, settle, until
from tests.services.demonstration_file import number, rows
from tests.services.whole_books import past_courses

COUNTED = ("participant", "offering", "enrolment", "rejected_row", "source_document", "change_set")


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    """A registrar at work on the demonstration file."""
    with demonstration(qtbot, demo_file) as made:
        yield made


def part_in_sight(made: MainWindow) -> WholeReviewPart:
    """The lists under review."""
    page = place_of_work(made).page
    assert isinstance(page, WholeWorkbookPage)
    return page.part


def counted(path: Path) -> dict[str, int]:
    """How many rows the tables have."""
    return {table: number(path, f"SELECT count(*) FROM {table}") for table in COUNTED}


def choose_file(qtbot: QtBot, made: MainWindow, path: Path) -> None:
    """The question for a file, answered."""
    until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(QFileDialog)))
    dialog = next(each for each in made.findChildren(QFileDialog) if each.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    with qtbot.waitActive(made):
        made.activateWindow()
    settle(qtbot, made)


def drop(qtbot: QtBot, made: MainWindow, target: QWidget, path: Path) -> bool:
    """A path held over the window and let go; whether it is taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    held = QDragEnterEvent(QPoint(40, 40), Qt.DropAction.CopyAction, data, buttons, none)
    held.ignore()
    QApplication.sendEvent(target, held)
    if held.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(40, 40), Qt.DropAction.CopyAction, data, buttons, none))
        settle(qtbot, made)
    return held.isAccepted()


def mend_by_keys(qtbot: QtBot, office: MainWindow, keys: Keys, part: WholeReviewPart) -> None:
    """Two sheets without a course get one, a day that is none is refused, a value goes down a column."""
    assert part.whole is not None
    assert part.lists.hasFocus(), "the keyboard stands where one goes on"
    keys.press(Qt.Key.Key_F8)
    assert part.acts.one is not None
    assert part.acts.one.name == "Tiro"
    keys.press(Qt.Key.Key_Return)
    keys.type("escena")
    keys.press(Qt.Key.Key_Return)
    settle(qtbot, office)
    assert part.whole.lists[2].is_taken, "the course that was chosen is the list's now"
    keys.press(Qt.Key.Key_Return)
    assert part.acts.one.name == "Informática"
    keys.press(Qt.Key.Key_Return)
    keys.type("31/2/2008")
    keys.press(Qt.Key.Key_Return)
    assert part.lists.field.isVisible(), "what is no day is not taken and not lost"
    keys.press(Qt.Key.Key_A, CONTROL)
    keys.type("1/9/2008")
    keys.press(Qt.Key.Key_Return)
    settle(qtbot, office)
    assert all(one.is_taken for one in part.whole.lists)
    part.lists.setCurrentIndex(part.lists.model().index(1, part.lists.place_of_column("municipality")))
    keys.press(Qt.Key.Key_D, CONTROL)
    assert part.whole.lists[1].course.municipality_id == part.whole.lists[0].course.municipality_id is not None
    part.lists.select_key(1)
    keys.press(Qt.Key.Key_Delete)
    assert [one.is_taken for one in part.whole.lists] == [False, True, True, True]
    keys.press(Qt.Key.Key_Delete)
    assert all(one.is_taken for one in part.whole.lists)


def store_and_undo(qtbot: QtBot, office: MainWindow, demo_file: Path, keys: Keys, part: WholeReviewPart) -> None:
    """One entry holds all courses; one key takes them all back."""
    before = counted(demo_file)
    keys.press(Qt.Key.Key_Return, CONTROL)
    say_letter(qtbot, office, keys, "Oficio 12-2009")
    keys.press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, office)
    added = {table: count - before[table] for table, count in counted(demo_file).items()}
    assert added == {
        "participant": 4,
        "offering": 4,
        "enrolment": 12,
        "rejected_row": 1,
        "source_document": 1,
        "change_set": 1,
    }
    assert part.request is None, "nothing is left to be taken in"
    keys.press(Qt.Key.Key_Z, CONTROL)
    undone = {table for table, count in counted(demo_file).items() if count == before[table]}
    assert undone >= {"participant", "offering", "enrolment", "rejected_row"}


def test_a_workbook_of_courses_is_mended_by_keys_stored_in_one_entry_and_undone_by_one_key(
    qtbot: QtBot, demo_file: Path, office: MainWindow, tmp_path: Path
) -> None:
    go(qtbot, office, Place("home"))
    before = counted(demo_file)
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_I, CONTROL)
    choose_file(qtbot, office, past_courses(tmp_path))
    part = part_in_sight(office)
    assert part.whole is not None
    assert part.review is not None
    assert [(one.name, one.is_taken) for one in part.whole.lists] == [
        ("Homicidios 2009", True),
        ("Foto 2009", True),
        ("Tiro", False),
        ("Informática", False),
    ]
    counts = part.review.counts
    assert counts["rows"] == 13
    assert counts["rows"] == sum(count for name, count in counts.items() if name != "rows")
    assert "13 filas = 7 entran + 0 repetidas + 1 quedan fuera + 5 de listas sin curso" in part.said.text()
    assert "Alguien Nunca Visto" in part.one_said.text()
    assert "2" in part.store_button.text()
    assert counted(demo_file) == before

    mend_by_keys(qtbot, office, keys, part)
    office.go(Place("help"))
    office.acts.back()
    settle(qtbot, office)
    assert all(one.is_taken for one in part_in_sight(office).whole.lists), "what was said stays"  # type: ignore[union-attr]
    out = tmp_path / "fuera.xlsx"
    part.export.export_to(out)
    until(qtbot, out.exists)
    settle(qtbot, office)
    written = [[cell.value for cell in row] for row in openpyxl.load_workbook(out).worksheets[0].iter_rows()]
    assert any("8.01199E+11" in str(row) for row in written), "the row that stays out leaves with its reason"
    store_and_undo(qtbot, office, demo_file, keys, part)


def kept_of(made: MainWindow) -> dict[str, Any]:
    """What is kept on the disk of the lists."""
    around = place_of_work(made).around
    draft = drafts.take(around.file_uid, around.acting.login, FORM)
    return dict(draft.content) if draft is not None else {}


def test_what_was_said_of_the_lists_survives_a_crash_until_they_are_put_away(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    book, away = past_courses(tmp_path), tmp_path / "away.xlsx"
    with demonstration(qtbot, demo_file) as made:
        go(qtbot, made, Place("whole_workbook", state={"path": str(book)}))
        part, keys = part_in_sight(made), Keys(qtbot, made)
        assert kept_of(made) == {}, "of lists that were only looked at nothing is kept"
        part.lists.select_key(1)
        keys.press(Qt.Key.Key_Delete)
        # a crash: nothing is told, only what is on the disk stays
        until(qtbot, lambda: kept_of(made).get("said") == {"Homicidios 2009": {"leave": "yes"}})
        content = kept_of(made)
        go(qtbot, made, Place("home"))
    assert content["path"] == str(book)

    book.rename(away)
    with demonstration(qtbot, demo_file) as made:
        go(qtbot, made, Place("whole_workbook"))
        part, keys = part_in_sight(made), Keys(qtbot, made)
        assert part.request is None
        assert kept_of(made) == content, "the file is not there now; what was said of it is"
        away.rename(book)
        go(qtbot, made, Place("home"))
        go(qtbot, made, Place("whole_workbook"))
        assert part.whole is not None
        assert [one.is_taken for one in part.whole.lists] == [False, True, False, False]
        assert part.whole.lists[0].is_left_out
        keys.press(Qt.Key.Key_Escape)
        assert part.request is None
        assert kept_of(made) == {}
        go(qtbot, made, Place("home"))
        go(qtbot, made, Place("whole_workbook"))
        assert part.request is None, "what was put away does not come back"


def test_folders_and_workbooks_that_are_dropped_come_to_the_page_and_what_is_no_list_is_one_sentence(
    qtbot: QtBot, demo_file: Path, office: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "listas"
    folder.mkdir()
    book = past_courses(folder)
    work = place_of_work(office)
    go(qtbot, office, Place("courses"))
    assert not drop(qtbot, office, work, tmp_path / "nota.mp3")
    assert drop(qtbot, office, work, folder)
    part = part_in_sight(office)
    assert part.whole is not None
    assert len(part.whole.lists) == 4
    entries = number(demo_file, "SELECT count(*) FROM change_set")
    Keys(qtbot, office).press(Qt.Key.Key_Escape)
    assert part.request is None
    assert number(demo_file, "SELECT count(*) FROM change_set") == entries

    go(qtbot, office, Place("offering", number(demo_file, RUNNING)))
    roster = part_of(office)
    roster.open_list(book)
    settle(qtbot, office)
    link = next(each for each in roster.review.asking.findChildren(QPushButton) if "Cada hoja" in each.text())
    link.setFocus()
    Keys(qtbot, office).press(Qt.Key.Key_Space)
    settle(qtbot, office)
    assert not roster.is_reviewing
    part = part_in_sight(office)
    assert part.whole is not None
    assert len(part.whole.lists) == 4

    broken = tmp_path / "rota.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut off")
    part.open_path(broken)
    settle(qtbot, office)
    page = place_of_work(office).page
    assert isinstance(page, WholeWorkbookPage)
    assert page.view.isVisible()
    assert "rota.xlsx" in page.view.text()
    part.open_path(book)
    part.progress.cancel_requested.emit()
    settle(qtbot, office)
    assert part.request is None, "reading that is stopped leaves nothing behind"
    assert number(demo_file, "SELECT count(*) FROM change_set") == entries


def test_a_list_onto_a_full_course_waits_for_who_authorises_it(
    qtbot: QtBot, demo_file: Path, office: MainWindow, tmp_path: Path
) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "123-2019"
    for line in (["N°", "Nombre completo", "Identidad"], [1, "Quiroz Tábora, Wendolyn Marisela", "0801198845671"]):
        sheet.append(line)
    path = tmp_path / "uno.xlsx"
    made.save(path)
    go(qtbot, office, Place("whole_workbook", state={"path": str(path)}))
    part = part_in_sight(office)
    assert part.whole is not None
    assert part.whole.lists[0].course.code == "123-2019"
    assert not part.store_button.isEnabled(), "the course takes nobody without an order"
    assert part.asking.exceptions.isVisible()
    part.asking.exceptions.setFocus()
    keys = Keys(qtbot, office)
    keys.press(Qt.Key.Key_Space)
    until(qtbot, lambda: any(each.isVisible() for each in office.findChildren(AskFields)))
    for text in ("Comisario Paz", "Jefe de estudios"):
        keys.type(text)
        keys.press(Qt.Key.Key_Tab)
    keys.type("Oficio 9")
    keys.press(Qt.Key.Key_Return)
    settle(qtbot, office)
    with qtbot.waitActive(office):
        office.activateWindow()
    assert part.store_button.isEnabled()
    part.lists.setFocus()
    keys.press(Qt.Key.Key_Return, CONTROL)
    say_letter(qtbot, office, keys, "Oficio 13-2019")
    keys.press(Qt.Key.Key_Return, CONTROL)
    settle(qtbot, office)
    assert rows(demo_file, "SELECT authorised_by FROM authorisation ORDER BY id DESC LIMIT 1") == [("Comisario Paz",)]


@pytest.mark.parametrize("role", [Role.INSTRUCTOR])
def test_who_does_not_enrol_comes_to_no_lists(qtbot: QtBot, demo_file: Path, tmp_path: Path, role: Role) -> None:
    with demonstration(qtbot, demo_file, role) as made:
        assert not made.commands.actions["whole_workbook"].isVisible()
        assert not drop(qtbot, made, place_of_work(made), past_courses(tmp_path))
