"""The certificates of a course in the window: two people bring them to paper and into people's hands."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.certificate_batch_part import CertificateBatchPart
from eic_tracker.gui.pages.offering_page import OfferingPage
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


def test_one_prepares_another_approves_then_they_are_printed_and_handed_over(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    key = number(demo_file, _WITHOUT)
    completed = number(demo_file, _COMPLETED, (key,))
    said: list[str] = []
    with surroundings(demo_file, Role.REGISTRAR) as around:
        part = batch_of(opened(qtbot, around, key), qtbot, said)
        assert set(part.buttons) == {"prepare", "print", "deliver"}
        part.buttons["prepare"].click()
        qtbot.waitUntil(lambda: len(said) == 1, timeout=SECONDS)
    assert number(demo_file, f"{_OF} AND c.status = 'prepared'", (key,)) == completed
    with surroundings(demo_file, Role.MANAGER) as around:
        part = batch_of(opened(qtbot, around, key), qtbot, said)
        assert set(part.buttons) == {"approve"}
        part.buttons["approve"].click()
        qtbot.waitUntil(lambda: len(said) == 2, timeout=SECONDS)
    assert number(demo_file, f"{_OF} AND c.code IS NOT NULL", (key,)) == completed
    with surroundings(demo_file, Role.REGISTRAR) as around:
        part = batch_of(opened(qtbot, around, key), qtbot, said)
        part.print_to(tmp_path / "papers")
        qtbot.waitUntil(lambda: len(said) == 3, timeout=SECONDS)
    assert len(list((tmp_path / "papers").glob("*.pdf"))) == completed
    assert number(demo_file, f"{_OF} AND c.status = 'issued'", (key,)) == completed
