"""The papers of a course in the window: acts made, seen, printed and rectified by keys, sheets, the course file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.acts_part import ActsPart
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.deed import DeedLine
from eic_tracker.reports.pdf.opening import opened_pdf
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.surroundings import surroundings
from tests.gui.test_offering_pages import SECONDS, opened
from tests.services.demonstration_file import number, rows
from tests.services.taught import photograph

CONTROL = Qt.KeyboardModifier.ControlModifier
_CLOSED = "SELECT id FROM offering WHERE code = '026-2019'"


def acts(qtbot: QtBot, around: Surroundings, key: int) -> tuple[OfferingPage, Any]:
    """The page of a course with its acts in sight and read."""
    page = opened(qtbot, around, key, {"tab": "acts"})
    part = page.tabs.content("acts")
    assert isinstance(part, ActsPart)
    qtbot.waitUntil(lambda: part.lacking.count() > 0 and bool(part.table.rows), timeout=SECONDS)
    # what the window does: whoever wrote, the page reads again
    around.jobs.changed.connect(lambda _tables: page.read_record())
    part.papers.ask = lambda *_: "para el aula"
    page.activateWindow()
    part.table.setFocus()
    return page, part


def view(qtbot: QtBot) -> PrintView:
    """The paper that came into sight, once its pages are there."""

    def found() -> list[PrintView]:
        shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, PrintView) and each.isVisible()]
        return [each for each in shown if each.preview.view.pdf]

    qtbot.waitUntil(lambda: bool(found()), timeout=SECONDS)
    return found()[0]


def words(dialog: PrintView) -> str:
    """What the paper says; then it is closed."""
    with opened_pdf(dialog.preview.view.pdf) as document:
        said = " ".join(page.get_textpage().get_text_range() for page in document)
    dialog.close()
    return " ".join(said.split())


def popup(page: OfferingPage) -> ChoicePopup:
    """The choice that came up."""
    return next(each for each in page.findChildren(ChoicePopup) if each.isVisible())


def mend(qtbot: QtBot, part: Any, text: str) -> None:
    """Go where it is mended that the file lacks something."""

    def found() -> list[DeedLine]:
        return [each for each in part.findChildren(DeedLine) if each.isVisible() and text in each.text()]

    qtbot.waitUntil(lambda: bool(found()), timeout=SECONDS)
    found()[0].click()


def test_an_act_is_made_seen_printed_and_rectified_without_the_mouse(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, _CLOSED)
    with surroundings(demo_file) as around:
        page, part = acts(qtbot, around, key)
        QTest.keyClick(part.table, Qt.Key.Key_M, CONTROL)
        QTest.keyClick(popup(page).box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: part.pane.is_open)
        part.pane.form.boxes["place"].editor.widget.setText("Aula Magna")
        QTest.keyClick(part.pane, Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: not part.pane.is_open and len(part.table.rows) == 2, timeout=SECONDS)
        made = max(part.table.rows)
        part.table.select_key(made)
        assert part.table.rows[made].state == "draft"
        QTest.keyClick(part.table, Qt.Key.Key_Return)
        assert "DRAFT" in words(view(qtbot))
        page.print_view()
        dialog = view(qtbot)
        qtbot.waitUntil(lambda: part.table.rows[made].state == "frozen", timeout=SECONDS)
        said = words(dialog)
        assert part.table.rows[made].code in said
        assert "Aula Magna" in said
        with Database(demo_file) as db, db.write(Entry(Actor("test"), "correct_enrolment", "test")) as tx:
            query = "SELECT max(id) FROM enrolment WHERE offering_id = ? AND status = 'completed'"
            tx.update(Enrolment, {tx.connection.exec_driver_sql(query, (key,)).scalar_one(): {"final_grade": 7777}})
        around.jobs.watch()
        qtbot.waitUntil(lambda: part.table.rows[made].state == "differs", timeout=SECONDS)
        mend(qtbot, part, "otherwise than what stands now")
        assert part.table.current_key() == made
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow, timeout=SECONDS)
        part.table.setFocus()
        QTest.keyClick(part.table, Qt.Key.Key_R, CONTROL)
        qtbot.waitUntil(lambda: part.pane.is_open)
        QTest.keyClick(part.pane, Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(part.pane.save.isEnabled, timeout=SECONDS)
        assert part.pane.is_open, "without authority and facts nothing is stored"
        for name in ("authorised_by", "post", "letter"):
            part.pane.form.boxes[name].editor.widget.setText("Comisario Inventado")
        part.pane.form.boxes["facts"].editor.widget.setPlainText("Error de transcripción")
        QTest.keyClick(part.pane, Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: len(part.table.rows) == 3, timeout=SECONDS)
    assert rows(demo_file, "SELECT kind, rectifies_id FROM act WHERE id > ?", (made,)) == [("rectification", made)]


def test_an_act_of_one_module_is_chosen_by_its_name_and_takes_a_number_of_its_own(
    qtbot: QtBot, demo_file: Path
) -> None:
    query = "SELECT x.number, x.title FROM offering_module o JOIN course_module x ON x.id = o.course_module_id"
    key = number(demo_file, "SELECT id FROM offering WHERE code = '083-2019'")
    modules = rows(demo_file, f"{query} WHERE o.offering_id = ? ORDER BY x.number", (key,))
    second, title = modules[1]
    with surroundings(demo_file) as around:
        page, part = acts(qtbot, around, key)
        there = set(part.table.rows)
        QTest.keyClick(part.table, Qt.Key.Key_M, CONTROL)
        offered = popup(page)
        words_of_choices = [offered.list.item(line).text() for line in range(offered.list.count())]
        of_modules = [f"Act of grades, module {module}: {name}" for module, name in modules]
        assert words_of_choices[-len(modules) :] == of_modules
        QTest.keyClicks(offered.box, f"module {second}")
        QTest.keyClick(offered.box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: part.pane.is_open)
        QTest.keyClick(part.pane, Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: len(part.table.rows) == len(there) + 1, timeout=SECONDS)
        (made,) = set(part.table.rows) - there
        part.table.select_key(made)
        QTest.keyClick(part.table, Qt.Key.Key_Return)
        said = words(view(qtbot))
        assert f"{second}. {title}" in said
        assert f"{modules[0][0]}. {modules[0][1]}" not in said
    assert rows(demo_file, "SELECT kind FROM act WHERE id = ?", (made,)) == [("grades",)]


def test_sheets_scans_and_the_course_file_leave_and_come_in_from_the_same_place(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    key = number(demo_file, _CLOSED)
    with surroundings(demo_file) as around:
        page, part = acts(qtbot, around, key)
        QTest.keyClick(part.table, Qt.Key.Key_J, CONTROL)
        qtbot.waitUntil(lambda: any(each.isVisible() for each in page.findChildren(ChoicePopup)), timeout=SECONDS)
        QTest.keyClick(popup(page).box, Qt.Key.Key_Down)
        QTest.keyClick(popup(page).box, Qt.Key.Key_Return)
        assert "week 1" in words(view(qtbot))
        part.show_merit()
        assert "Order of merit" in words(view(qtbot))
        (tmp_path / "hoja.jpg").write_bytes(photograph())
        said: list[str] = []
        part.done.connect(lambda text, _undo: said.append(text))
        part.file_scan(tmp_path / "hoja.jpg")
        qtbot.waitUntil(lambda: bool(said), timeout=SECONDS)
        notices: list[Any] = []
        part.noticed.connect(notices.append)
        part.file_scan(tmp_path / "no.jpg")
        qtbot.waitUntil(lambda: bool(notices), timeout=SECONDS)
        assert "cannot be read" in notices[0].text
        part.papers.write_course_file(key, tmp_path / "expediente.pdf")
        qtbot.waitUntil(lambda: len(said) == 2, timeout=SECONDS)
        assert "expediente.pdf" in said[1]
        mend(qtbot, part, "no certificate")
        assert page.tabs.name() == "certificates"
    with opened_pdf((tmp_path / "expediente.pdf").read_bytes()) as document:
        assert len(document) > 10
    assert number(demo_file, "SELECT count(*) FROM export") == 3


def test_a_reader_sees_acts_and_cannot_make_them(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file, Role.AUDITOR) as around:
        page, part = acts(qtbot, around, number(demo_file, _CLOSED))
        assert part.preview_button.isVisible()
        assert part.file_button.isVisible()
        hidden = (part.new_button, part.text_button, part.print_button, part.rectify_button, part.scan_button)
        assert not any(button.isVisible() for button in hidden)
        part.choose_kind()
        assert not page.findChildren(ChoicePopup)
