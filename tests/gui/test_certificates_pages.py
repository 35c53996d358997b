"""The page of certificates: the list, the text frozen on one, and the ways from it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.pages.certificates_page import CertificatesPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from tests.gui.surroundings import surroundings
from tests.services.demonstration_file import number, rows

SECONDS = 20_000


def opened(qtbot: QtBot, around: Surroundings, width: int = 1150, **state: object) -> CertificatesPage:
    """The page in sight."""
    page = CertificatesPage(around)
    qtbot.addWidget(page)
    page.resize(width, 500)
    page.show()
    page.show_place(Place("certificates", state=state))
    return page


def said(page: CertificatesPage) -> str:
    """All that stands beside the list."""
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if label.isVisibleTo(page.detail))


def test_the_list_holds_every_certificate_and_the_chosen_one_says_what_it_says(qtbot: QtBot, demo_file: Path) -> None:
    number_of, name, key = rows(
        demo_file, "SELECT number, json_extract(snapshot, '$.name'), id FROM certificate ORDER BY serial LIMIT 1"
    )[0]
    with surroundings(demo_file, Role.MANAGER) as around:
        page = opened(qtbot, around, certificate=key)
        qtbot.waitUntil(lambda: number_of in said(page), timeout=SECONDS)
        assert len(page.grid.model.keys) == number(demo_file, "SELECT count(*) FROM certificate")
        assert name in said(page)
        assert "It says on the paper that it is a sample without value." in said(page)
        assert "book 1, folio 1, entry 1 (" in said(page)


def test_it_opens_the_person_and_the_course(qtbot: QtBot, demo_file: Path) -> None:
    key, person, offering = rows(
        demo_file,
        "SELECT k.id, e.participant_id, e.offering_id FROM certificate k JOIN enrolment e ON e.id = k.enrolment_id"
        " ORDER BY k.id LIMIT 1",
    )[0]
    with surroundings(demo_file) as around:
        page = opened(qtbot, around, certificate=key)
        qtbot.waitUntil(lambda: len(page.detail.findChildren(QPushButton)) >= 2, timeout=SECONDS)
        went: list[Place] = []
        page.go_requested.connect(went.append)
        for button in page.detail.findChildren(QPushButton):
            button.click()
        assert went == [Place("person", person), Place("offering", offering)]


def test_enter_opens_the_certificate_and_a_narrow_window_shows_the_list_alone(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file) as around:
        page = opened(qtbot, around, width=640)
        page.activateWindow()
        qtbot.waitUntil(lambda: len(page.grid.model.keys) > 0, timeout=SECONDS)
        assert not page.detail.isVisible()
        went: list[Place] = []
        page.go_requested.connect(went.append)
        page.grid.table.setFocus()
        page.grid.table.setCurrentIndex(page.grid.model.index(0, 0))
        qtbot.keyClick(page.grid.table, Qt.Key.Key_Return)
        assert went == [Place("certificate", page.grid.model.keys[0])]
