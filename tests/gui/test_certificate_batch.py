"""The certificates of a course in the window: two people bring them to paper and into people's hands."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.certificate_batch_part import CertificateBatchPart
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.reports.pdf.opening import opened_pdf
from eic_tracker.reports.template_pdf import PrintOptions
from eic_tracker.settings import CertificatePrinting
from eic_tracker.store.database import Database
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.surroundings import surroundings
from tests.gui.test_offering_pages import SECONDS, opened
from tests.services.demonstration_file import number

_WITHOUT = """
SELECT o.id FROM offering o WHERE o.status = 'closed' AND o.ends_on > '2019-03-01' AND NOT EXISTS
(SELECT 1 FROM certificate c JOIN enrolment e ON e.id = c.enrolment_id WHERE e.offering_id = o.id) ORDER BY o.id LIMIT 1
"""
_OF = "SELECT count(*) FROM certificate c JOIN enrolment e ON e.id = c.enrolment_id WHERE e.offering_id = ?"
_COMPLETED = "SELECT count(*) FROM enrolment WHERE offering_id = ? AND status = 'completed'"


def batch_of(page: OfferingPage, qtbot: QtBot, said: list[str]) -> CertificateBatchPart:
    """The tab with the certificates; what it says goes into `said`."""
    page.tabs.open("certificates")
    part = page.tabs.content("certificates")
    assert isinstance(part, CertificateBatchPart)
    page.done.connect(lambda text, _undoable: said.append(text))
    return part


def taken(qtbot: QtBot, page: OfferingPage, **values: object) -> AskFields:
    """Fill the open question in and take it."""
    shown = page.window()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in shown.findChildren(AskFields)), timeout=SECONDS)
    asked = next(each for each in shown.findChildren(AskFields) if each.isVisible())
    asked.form.write(values)
    asked.take.click()
    return asked


def assert_shown(qtbot: QtBot, page: OfferingPage, people: int) -> None:
    """Sheets for so many people are in sight, face and reverse; close them."""
    shown = page.window()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in shown.findChildren(PrintView)), timeout=SECONDS)
    view = next(each for each in shown.findChildren(PrintView) if each.isVisible())
    qtbot.waitUntil(lambda: bool(view.preview.view.pdf), timeout=SECONDS)
    with opened_pdf(view.preview.view.pdf) as document:
        assert len(document) == 2 * people
    view.reject()


def rename(file: Path, offering: int) -> None:
    """Somebody of the course is written in capitals, with a long name."""
    query = "SELECT participant_id FROM enrolment WHERE offering_id = ? AND status = 'completed' ORDER BY id LIMIT 1"
    person = number(file, query, (offering,))
    with Database(file) as db, db.write(Entry(Actor("test"), "edit_person", "test")) as tx:
        tx.update(Participant, {person: {"given_names": "MARÍA", "surnames": "MAYÚSCULAS SIEMPRE DEMASIADO LARGAS"}})


def test_one_prepares_another_approves_then_they_are_printed_and_handed_over(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    key = number(demo_file, _WITHOUT)
    completed = number(demo_file, _COMPLETED, (key,))
    said: list[str] = []
    with surroundings(demo_file, Role.REGISTRAR) as around:
        page = opened(qtbot, around, key)
        part = batch_of(page, qtbot, said)
        assert set(part.buttons) == {
            "prepare", "instructors", "check", "preview", "template", "paper", "print", "deliver"
        }  # fmt: skip
        part.buttons["check"].click()
        qtbot.waitUntil(part.found.isVisible, timeout=SECONDS)
        assert not part.found.table.isVisible(), "nothing waits yet"
        part.buttons["prepare"].click()
        taken(qtbot, page)
        qtbot.waitUntil(lambda: len(said) == 1, timeout=SECONDS)
        rename(demo_file, key)
        part.buttons["check"].click()
        qtbot.waitUntil(part.found.table.isVisible, timeout=SECONDS)
        assert "MAYÚSCULAS" in part.found.said.text(), "the longest name is said"
        went: list[Place] = []
        page.go_requested.connect(went.append)
        QTest.keyClick(part.found.table, Qt.Key.Key_Return)
        assert went[0].page == "certificate"
        part.buttons["preview"].click()
        assert_shown(qtbot, page, completed)
    assert number(demo_file, f"{_OF} AND c.status = 'prepared'", (key,)) == completed
    with surroundings(demo_file, Role.MANAGER) as around:
        part = batch_of(opened(qtbot, around, key), qtbot, said)
        assert set(part.buttons) == {"check", "preview", "approve", "template"}
        part.buttons["approve"].click()
        qtbot.waitUntil(lambda: len(said) == 2, timeout=SECONDS)
    assert number(demo_file, f"{_OF} AND c.code IS NOT NULL", (key,)) == completed
    with surroundings(demo_file, Role.REGISTRAR) as around:
        page = opened(qtbot, around, key)
        part = batch_of(page, qtbot, said)
        part.buttons["paper"].click()
        wrong = taken(qtbot, page, right="nada")
        assert wrong.isVisible(), "an offset is a number of millimetres"
        taken(qtbot, page, right="-1,5", preprinted=True)
        assert_shown(qtbot, page, completed)
        assert around.preferences.current.certificate_printing == CertificatePrinting(-15, 0, True)
        part.print_to(tmp_path / "papers", PrintOptions(), merge=False)
        qtbot.waitUntil(lambda: len(said) == 3, timeout=SECONDS)
        part.print_to(tmp_path / "papers", PrintOptions(), merge=True)
        qtbot.waitUntil(lambda: len(said) == 4, timeout=SECONDS)
    assert len(list((tmp_path / "papers").glob("*.pdf"))) == completed + 1
    assert number(demo_file, f"{_OF} AND c.status = 'issued'", (key,)) == completed
