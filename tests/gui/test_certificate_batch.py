"""The certificates of a course in the window: two people bring them to paper and into people's hands."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.certificate_batch_part import CertificateBatchPart
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import DeedLine
from eic_tracker.settings import PrintChoice
from tests.gui.surroundings import surroundings
from tests.gui.test_offering_pages import SECONDS, opened
from tests.services.demonstration_file import number

_WITHOUT = """
SELECT o.id FROM offering o WHERE o.status = 'closed' AND o.ends_on > '2019-03-01' AND NOT EXISTS
(SELECT 1 FROM certificate c JOIN enrolment e ON e.id = c.enrolment_id WHERE e.offering_id = o.id) ORDER BY o.id LIMIT 1
"""
_OF = "SELECT count(*) FROM certificate c JOIN enrolment e ON e.id = c.enrolment_id WHERE e.offering_id = ?"
_DELIVERED = """SELECT count(*) FROM delivery d JOIN certificate c ON c.id = d.certificate_id
JOIN enrolment e ON e.id = c.enrolment_id WHERE e.offering_id = ?"""
_COMPLETED = "SELECT count(*) FROM enrolment WHERE offering_id = ? AND status = 'completed'"


def batch_of(page: OfferingPage, qtbot: QtBot, said: list[str]) -> CertificateBatchPart:
    """The tab with the certificates; what it says goes into `said`."""
    page.tabs.open("certificates")
    part = page.tabs.content("certificates")
    assert isinstance(part, CertificateBatchPart)
    page.done.connect(lambda text, _undoable: said.append(text))
    return part


def read(part: CertificateBatchPart, qtbot: QtBot, name: str) -> None:
    """Wait until the course's certificates were read and what is named can be done; then do it."""
    qtbot.waitUntil(part.buttons[name].isEnabled, timeout=SECONDS)
    part.buttons[name].click()


def test_one_prepares_another_sees_and_approves_then_they_are_printed_and_handed_over(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    key = number(demo_file, _WITHOUT)
    completed = number(demo_file, _COMPLETED, (key,))
    said: list[str] = []
    with surroundings(demo_file, Role.REGISTRAR) as around:
        part = batch_of(opened(qtbot, around, key), qtbot, said)
        assert set(part.buttons) == {"prepare", "templates", "review", "print", "deliver"}
        qtbot.waitUntil(lambda: part.buttons["print"].toolTip() != "", timeout=SECONDS)
        assert not part.buttons["review"].isEnabled()
        part.buttons["prepare"].click()
        dialog = part.window().findChild(AskFields)
        assert dialog is not None
        dialog.take.click()
        qtbot.waitUntil(lambda: len(said) == 1, timeout=SECONDS)
        read(part, qtbot, "review")
        qtbot.waitUntil(lambda: part.stack.currentWidget() is part.reviewing, timeout=SECONDS)
        assert part.reviewing.approve.isHidden(), "who prepared does not approve"
        assert part.go_up()
    assert number(demo_file, f"{_OF} AND c.status = 'prepared'", (key,)) == completed

    with surroundings(demo_file, Role.MANAGER) as around:
        page = opened(qtbot, around, key)
        part = batch_of(page, qtbot, said)
        assert set(part.buttons) == {"review"}
        read(part, qtbot, "review")
        reviewing = part.reviewing
        qtbot.waitUntil(lambda: reviewing.view.pages() == 2 * completed, timeout=SECONDS)
        lines = reviewing.findings.findChildren(DeedLine)
        if lines:
            with qtbot.waitSignal(page.go_requested) as gone:
                lines[0].click()
            assert gone.args[0].page == "person"
        reviewing.approve.click()
        qtbot.waitUntil(lambda: len(said) == 2, timeout=SECONDS)
        assert part.stack.currentIndex() == 0
    assert number(demo_file, f"{_OF} AND c.code IS NOT NULL", (key,)) == completed

    with surroundings(demo_file, Role.REGISTRAR) as around:
        part = batch_of(opened(qtbot, around, key), qtbot, said)
        read(part, qtbot, "print")
        printing = part.printing
        qtbot.waitUntil(lambda: printing.view.pages() == 2 * completed, timeout=SECONDS)
        whole = printing.view.pdf
        printing.background.click()
        printing.right.setValue(2.5)
        printing.edge.setCurrentIndex(1)
        printing.files.setCurrentIndex(1)
        qtbot.waitUntil(lambda: printing.view.pdf != whole, timeout=SECONDS)
        (kept,) = around.preferences.current.prints.values()
        assert kept == PrintChoice(False, 2.5, 0.0, False, True, True)
        qtbot.wait(400)
        printing.write_to(tmp_path / "papers")
        qtbot.waitUntil(lambda: len(said) == 3, timeout=SECONDS)
        (written,) = (tmp_path / "papers").glob("*.pdf")
        assert written.read_bytes() == printing.view.pdf, "what was seen is what is written"
        printing.files.setCurrentIndex(0)
        printing.write_to(tmp_path / "each")
        qtbot.waitUntil(lambda: len(said) == 4, timeout=SECONDS)
        assert len(list((tmp_path / "each").iterdir())) == completed
        assert number(demo_file, f"{_OF} AND c.status = 'issued'", (key,)) == completed
        assert part.go_up()

        qtbot.waitUntil(lambda: bool(part._batch and not part._batch.groups[0].unprinted), timeout=SECONDS)
        read(part, qtbot, "deliver")
        delivery = part.delivery
        assert delivery.exceptions() == ()
        QTest.keyClick(delivery.list, Qt.Key.Key_Space)
        assert len(delivery.exceptions()) == 1
        delivery.deliver.click()
        qtbot.waitUntil(lambda: len(said) == 5, timeout=SECONDS)
    assert number(demo_file, _DELIVERED, (key,)) == completed - 1
