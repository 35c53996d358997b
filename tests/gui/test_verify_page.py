"""Checking a certificate in the window: typed, read from its PDF, told by telephone; and the card of the signature."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.domain.verifying import CodeState
from eic_tracker.gui.pages.verify_page import VerifyPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.signature_part import SignaturePart
from tests.gui.surroundings import surroundings

SECONDS = 30_000


def test_a_certificate_is_checked_by_its_number_its_code_and_its_pdf(
    qtbot: QtBot, demo_folder: Path, demo_file: Path
) -> None:
    with surroundings(demo_file, Role.REGISTRAR) as around:
        page = VerifyPage(around)
        qtbot.addWidget(page)
        page.resize(960, 540)
        page.show()
        page.show_place(Place("verify"))
        page.box.setText("EIC-2019-000001")
        qtbot.keyClick(page.box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: len(page.answers) == 1, timeout=SECONDS)
        (answer,) = page.answers
        assert (answer.state, answer.demonstration) == (CodeState.VALID, True)
        assert answer.facts is not None
        assert page.answer_card.name.text() == answer.facts.name
        assert "DEMO" in page.answer_card.beside.text()
        page.check((answer.telephone_code or "",))
        qtbot.waitUntil(lambda: page.answers[0] is not answer, timeout=SECONDS)
        assert page.answers[0].facts == answer.facts
        page.check(("EIC1:FORGED",))
        qtbot.waitUntil(lambda: page.answers[0].state is CodeState.INVALID, timeout=SECONDS)
        assert not page.answer_card.name.isVisible()
        page.open_file(demo_folder / "certificates" / "EIC-2019-000002.pdf")
        qtbot.waitUntil(lambda: page.answers[0].state is CodeState.VALID, timeout=SECONDS)
        assert page.answers[0].facts is not None
        assert page.answers[0].facts.number == "EIC-2019-000002"


def test_the_card_shows_who_signs_and_sample_data_offer_no_passphrase(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file, Role.MANAGER) as around:
        part = SignaturePart(around)
        qtbot.addWidget(part)
        part.show()
        part.show_place(Place("settings"))
        qtbot.waitUntil(lambda: bool(part.buttons), timeout=SECONDS)
        assert set(part.buttons) == {"export", "import"}
