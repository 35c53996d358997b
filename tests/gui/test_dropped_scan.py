"""A signed sheet that is dropped anywhere on the window finds its course by its code; one question files it."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.domain.sheet_weeks import sheet_weeks
from eic_tracker.gui.dialogs.sheet_view import SheetView
from eic_tracker.gui.pages.class_group_page import ClassGroupPage
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.pages.outreach_page import OutreachPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.roster_part import RosterPart
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.workplace import Workplace
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.course_papers import read_course_head, read_days
from eic_tracker.reports.attendance_sheet_pdf import SheetFacts, attendance_sheets_pdf
from eic_tracker.services.group_sheets import group_sheets
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.gui.windows import demonstration, go, place_of_work, until
from tests.services.demonstration_file import number, rows
from tests.services.taught import photograph

_COURSE = "SELECT id FROM offering WHERE code = '116-2019'"


def sheet(file: Path, key: int) -> bytes:
    """The attendance sheets of a course, nobody named."""
    with Database(file) as db, db.read() as connection:
        head = read_course_head(connection, key)
        assert head is not None
        weeks = sheet_weeks(read_days(connection, key), head.starts_on, head.ends_on)
    names = {"school": "EIC", "place": "", "instructor": ""}
    facts = SheetFacts(
        head.uid, head.code, head.title, **names, people=(), weeks=weeks, chosen=frozenset(), demonstration=True
    )
    return attendance_sheets_pdf(facts, Translator(Language.ES))


def drop(target: Workplace | OfferingPage | OutreachPage, path: Path) -> None:
    """Let a file fall on the window or a page."""
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, files, buttons, keys))


def choices(workplace: Workplace) -> list[ChoicePopup]:
    """The questions in sight."""
    return [each for each in workplace.findChildren(ChoicePopup) if each.isVisible()]


def group_sheet(file: Path, key: int, uid: str | None = None) -> bytes:
    """The sheet of a class group; with another `uid` it is one of another file."""
    with Database(file) as db:
        registrar = demonstration_user(db, Role.REGISTRAR, None)
        if uid is not None:
            with patch("eic_tracker.services.group_sheets.uid_of_group", return_value=uid):
                return group_sheets(db, registrar, [key], t=Translator(Language.ES))
        return group_sheets(db, registrar, [key], t=Translator(Language.ES))


def test_a_scan_of_a_group_sheet_is_attached_to_its_group_wherever_it_falls_and_a_strange_code_is_told(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    key = number(demo_file, "SELECT max(id) FROM class_group WHERE school_id IS NOT NULL")
    code = rows(demo_file, "SELECT code FROM class_group WHERE id = ?", (key,))[0][0]
    scan, strange = tmp_path / "ficha.pdf", tmp_path / "ajena.pdf"
    scan.write_bytes(group_sheet(demo_file, key))
    strange.write_bytes(group_sheet(demo_file, key, "f" * 32))
    attached = "SELECT count(*) FROM attachment WHERE class_group_id = ?"
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as window:
        page = go(qtbot, window, Place("outreach")).page
        assert isinstance(page, OutreachPage)
        workplace = place_of_work(window)
        drop(page, strange)
        until(qtbot, lambda: "ajena.pdf" in workplace.toast.text() and "FG-" in workplace.toast.text())
        drop(page, scan)
        until(qtbot, lambda: any(str(code) in each.list.item(0).text() for each in page.findChildren(ChoicePopup)))
        assert number(demo_file, attached, (key,)) == 0, "nothing is attached before it is said"
        popup = page.findChildren(ChoicePopup)[-1]
        popup.list.setCurrentRow(0)
        popup.take()
        until(qtbot, lambda: isinstance(workplace.page, ClassGroupPage))
        assert number(demo_file, attached, (key,)) == 1
        shown = workplace.page
        assert isinstance(shown, ClassGroupPage)
        until(qtbot, lambda: shown.detail is not None)
        shown.sheets.attach(strange)
        until(qtbot, lambda: number(demo_file, attached, (key,)) == 2)
        shown.sheets.look()
        until(qtbot, lambda: any(each.isVisible() for each in window.findChildren(ChoicePopup)))
        which = next(each for each in window.findChildren(ChoicePopup) if each.isVisible())
        which.list.setCurrentRow(1)
        which.take()
        until(qtbot, lambda: any(each.isVisible() for each in window.findChildren(SheetView)))
        view = next(each for each in window.findChildren(SheetView) if each.isVisible())
        view.purge.click()
        purged = "SELECT content IS NULL FROM attachment WHERE class_group_id = ? ORDER BY id"
        until(qtbot, lambda: rows(demo_file, purged, (key,)) == [(1,), (0,)])


def test_a_scan_dropped_on_any_page_proposes_its_course_and_is_filed_there(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    key = number(demo_file, _COURSE)
    scan, photo = tmp_path / "hojas.pdf", tmp_path / "foto.jpg"
    scan.write_bytes(sheet(demo_file, key))
    photo.write_bytes(photograph())
    filed = "SELECT count(*) FROM attachment WHERE offering_id = ? AND kind = 'attendance_sheet'"
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as window:
        workplace = go(qtbot, window, Place("home"))
        drop(workplace, photo)
        until(qtbot, lambda: "foto.jpg" in workplace.toast.text())
        drop(workplace, scan)
        until(qtbot, lambda: workplace.findChild(ChoicePopup) is not None)
        popup = workplace.findChild(ChoicePopup)
        assert popup is not None
        assert popup.list.item(0).data(Qt.ItemDataRole.UserRole) == "file"
        assert number(demo_file, filed, (key,)) == 0, "nothing is filed before it is said"
        assert "116-2019" in popup.list.item(0).text()
        popup.list.setCurrentRow(0)
        popup.take()
        until(qtbot, lambda: isinstance(workplace.page, OfferingPage))
        assert number(demo_file, filed, (key,)) == 1
        page = workplace.page
        assert isinstance(page, OfferingPage)
        until(qtbot, lambda: page.detail is not None)
        other = tmp_path / "otra.pdf"
        other_key = number(demo_file, "SELECT id FROM offering WHERE code = '123-2019'")
        other.write_bytes(sheet(demo_file, other_key))
        drop(page, other)
        until(qtbot, lambda: any("123-2019" in each.list.item(0).text() for each in choices(workplace)))
        choices(workplace)[-1].close()
        assert number(demo_file, filed, (other_key,)) == 0, "on the page of one course another's sheet is asked for too"
        people = tmp_path / "nomina.csv"
        people.write_text("Nombre;Identidad\nAna Inventada Paz;0801199012345\n", "utf-8")
        drop(page, people)
        until(qtbot, lambda: page.tabs.name() == "roster")
        roster = page.tabs.content("roster")
        assert isinstance(roster, RosterPart)
        until(qtbot, lambda: roster.is_reviewing)
        assert number(demo_file, "SELECT count(*) FROM participant WHERE surnames LIKE 'Inventada%'") == 0
