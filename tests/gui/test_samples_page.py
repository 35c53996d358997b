"""Audit samples in the window, by keys: drawn, checked down the list, undone, printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.pages.samples_page import SamplesPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.ask_fields import AskFields
from tests.gui.windows import demonstration, enter, go, settle, until
from tests.services.demonstration_file import rows

OUTCOMES = "SELECT outcome, note FROM audit_sample_item ORDER BY position"


def test_a_manager_draws_and_checks_by_keys_and_an_auditor_reads(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = go(qtbot, made, Place("samples")).page
        assert isinstance(page, SamplesPage)
        assert page.view.isVisible(), "nothing was drawn yet"
        QTest.keyClick(page.draw_button, Qt.Key.Key_Insert)
        asked = next(each for each in made.findChildren(AskFields) if each.isVisible())
        asked.form.write({"period": "nada", "size": 0})
        asked.take.click()
        assert asked.isVisible(), "what cannot be drawn is said at its field"
        asked.form.write({"period": "2019Q2", "size": 3, "seed": "6 3 1"})
        QTest.keyClick(asked, Qt.Key.Key_Return)
        until(qtbot, lambda: page.detail is not None)
        settle(qtbot, made)
        assert len(page.table.rows) == 3
        made.activateWindow()
        page.table.setFocus()
        until(qtbot, page.table.hasFocus)
        QTest.keyClick(page.table, Qt.Key.Key_1)
        settle(qtbot, made)
        QTest.keyClick(page.table, Qt.Key.Key_3)
        until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(AskFields)))
        missing = next(each for each in made.findChildren(AskFields) if each.isVisible())
        QTest.keyClick(missing, Qt.Key.Key_Return)
        assert missing.isVisible(), "without what is missing nothing is kept"
        missing.form.write({"note": "Sin acta"})
        QTest.keyClick(missing, Qt.Key.Key_Return)
        settle(qtbot, made)
        assert rows(demo_file, OUTCOMES) == [("supported", None), ("unsupported", "Sin acta"), (None, None)]
        assert "50.0 %" in page.found.text()
        made.activateWindow()
        until(qtbot, made.isActiveWindow)
        QTest.keyClick(made, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, made)
        assert rows(demo_file, OUTCOMES)[1] == (None, None)

        page.show_checklist()
        until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(PrintView)))
        shown = next(each for each in made.findChildren(PrintView) if each.isVisible())
        until(qtbot, lambda: bool(shown.preview.view.pdf))
        assert rows(demo_file, "SELECT kind, people FROM export ORDER BY id DESC LIMIT 1") == [("audit sample 1", 3)]
        shown.reject()

        enter(qtbot, made, Role.AUDITOR)
        read = go(qtbot, made, Place("samples")).page
        assert isinstance(read, SamplesPage)
        until(qtbot, lambda: read.detail is not None)
        assert read.paper_button.isVisible()
        assert not any(button.isVisible() for button in read.buttons.values())
