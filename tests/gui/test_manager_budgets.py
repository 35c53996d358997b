"""What a manager does at the end of a quarter, by keys alone, counted against the budgets of the design."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.pages.published_page import PublishedPage
from eic_tracker.gui.pages.reports_page import ReportsPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.printing import Printing
from eic_tracker.gui.widgets.figure_tile import FigureTile
from tests.gui.test_offering_form import CONTROL, Keys
from tests.gui.windows import demonstration, go, place_of_work, settle, until
from tests.reports.pdf_reading import words_of

Key = Qt.Key
KEYS_TO_PRINT, KEYS_TO_PEOPLE, KEYS_TO_RECONCILE = 4, 1, 12


def test_the_last_quarter_is_printed_from_the_first_page_within_four_keys(
    qtbot: QtBot, demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "paper.pdf"
    monkeypatch.setattr(Printing, "ask", lambda printing, _parent: printing.print_to_file(str(paper), 1, 2))
    with demonstration(qtbot, demo_file, Role.MANAGER) as office:
        go(qtbot, office, Place("home"))
        first = place_of_work(office).page.first_focus()
        assert isinstance(first, QAbstractButton)
        until(qtbot, first.hasFocus)
        keys = Keys(qtbot, office)
        keys.press(Key.Key_Return)
        page = place_of_work(office).page
        assert isinstance(page, ReportsPage)
        until(qtbot, lambda: bool(page.preview.view.pdf))
        keys.press(Key.Key_P, CONTROL)
        until(qtbot, paper.exists)
        settle(qtbot, office)
        # the system's own dialog takes one Enter more
        assert keys.pressed + 1 <= KEYS_TO_PRINT
        shown = words_of(bytes(page.preview.view.pdf))
        assert "Informe trimestral I Trimestre 2019" in shown


def test_a_figure_of_the_first_page_opens_its_people_with_one_key_and_their_number_is_the_figure(
    qtbot: QtBot, demo_file: Path
) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as office:
        go(qtbot, office, Place("home"))
        tile = next(each for each in place_of_work(office).page.findChildren(FigureTile) if each.isVisible())
        tile.setFocus()
        until(qtbot, tile.hasFocus)
        keys = Keys(qtbot, office)
        keys.press(Key.Key_Return)
        pane = place_of_work(office).pane
        until(qtbot, lambda: pane.rows is not None)
        settle(qtbot, office)
        assert keys.pressed == KEYS_TO_PEOPLE
        assert pane.rows is not None
        assert pane.value.text() == office.t.number(pane.rows.value)
        assert sum(pane.rows.amounts) == pane.rows.value
        assert pane.support.text().startswith("Qué la respalda: ")
        keys.press(Key.Key_Escape)
        until(qtbot, lambda: not pane.isVisible())
        assert QApplication.focusWidget() is tile, "Esc goes back to the figure"


def test_a_published_total_is_reconciled_and_its_sheet_seen_by_few_keys(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as office:
        go(qtbot, office, Place("home"))
        keys = Keys(qtbot, office)
        keys.press(Key.Key_8, CONTROL)
        page = place_of_work(office).page
        assert isinstance(page, PublishedPage)
        until(qtbot, lambda: page.acts.chosen is not None)
        assert page.acts.chosen is not None
        assert page.acts.chosen.figure.key == "eic-graduates"
        keys.press(Key.Key_Return)
        pane = place_of_work(office).pane
        until(qtbot, lambda: pane.rows is not None and pane.value.text() == "15,175")
        assert keys.pressed <= KEYS_TO_RECONCILE
        settle(qtbot, office)
