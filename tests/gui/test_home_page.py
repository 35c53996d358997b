"""The first page of each role: no number is cut off beside the pane, and the keyboard comes back to its tile."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.pages.home_page import HomePage
from eic_tracker.gui.pages.reports_page import ReportsPage
from eic_tracker.gui.widgets.figure_tile import FigureTile
from eic_tracker.gui.widgets.target_bar import TargetBar
from eic_tracker.i18n import Language
from eic_tracker.settings import Settings
from tests.gui.windows import demonstration, place_of_work, settle


def test_every_tile_is_whole_in_sight_beside_the_pane(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as made:
        workplace = place_of_work(made)
        page = workplace.page
        assert isinstance(page, HomePage)
        tiles = page.area.findChildren(FigureTile)
        assert len(tiles) >= 4
        tiles[0].setFocus()
        tiles[0].click()
        settle(qtbot, made)
        assert workplace.pane.isVisible()
        QTest.qWait(20)
        assert page.area.findChildren(FigureTile) == tiles, "the tiles were made anew: the keyboard would be lost"
        for tile in tiles:
            right = tile.mapTo(page.area.viewport(), QPoint(tile.width(), 0)).x()
            assert right <= page.area.viewport().width(), f"{tile.accessibleName()} is cut"
        workplace.escape()
        settle(qtbot, made)
        assert QApplication.focusWidget() is tiles[0]


def test_the_bars_are_shown_as_a_table_with_t_and_open_the_same_rows(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        workplace = place_of_work(made)
        page = workplace.page
        assert isinstance(page, HomePage)
        chart = page.chart
        newest = chart.bars.bars()[-2]
        chart.bars.setFocus()
        QTest.keyClick(chart.bars, Qt.Key.Key_Left)
        assert newest.spoken == f"I Trimestre 2019: {newest.shown}", "the number is said too"
        QTest.keyClick(chart.bars, Qt.Key.Key_T)
        settle(qtbot, made)
        assert (chart.bars.isVisible(), chart.table.isVisible()) == (False, True)
        assert QApplication.focusWidget() is chart.table
        row = chart.table.currentIndex().row()
        assert chart.table.model().index(row, 0).data() == "I Trimestre 2019", "the same quarter is chosen"
        assert chart.table.model().index(row, 1).data() == newest.shown
        QTest.keyClick(chart.table, Qt.Key.Key_Return)
        settle(qtbot, made)
        assert workplace.pane.value.text() == newest.shown
        workplace.escape()
        page.refresh()
        settle(qtbot, made)
        assert chart.table.isVisible(), "reading again changes nothing of it"
        assert QApplication.focusWidget() is chart.table
        QTest.keyClick(chart.table, Qt.Key.Key_T)
        assert chart.bars.isVisible()
        assert QApplication.focusWidget() is chart.bars


def test_the_manager_opens_the_report_of_the_quarter_that_ended_with_one_enter(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        workplace = place_of_work(made)
        first = workplace.page.first_focus()
        assert isinstance(first, QAbstractButton)
        assert first.text() == "Informe del I Trimestre 2019"
        QTest.keyClick(first, Qt.Key.Key_Return)
        settle(qtbot, made)
        page = workplace.page
        assert isinstance(page, ReportsPage)
        assert page.period.currentText() == "I Trimestre 2019"


@pytest.mark.parametrize("language", list(Language))
def test_the_first_page_of_a_manager_fits_one_screen_without_scrolling(
    qtbot: QtBot, demo_file: Path, language: Language
) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER, Settings(language=language)) as made:
        page = place_of_work(made).page
        assert isinstance(page, HomePage)
        # a screen of 1366 × 768 less title bar (31) and task bar (48), and the strip that only sample data has (22)
        made.resize(1366, 768 - 31 - 48 + 22)
        QTest.qWait(20)
        assert (made.width(), made.height()) == (1366, 711)
        assert page.area.verticalScrollBar().maximum() == 0
        assert len(page.area.findChildren(TargetBar)) == 2
        for part in page.area.findChildren(QAbstractButton):
            if part.isVisible():
                bottom = part.mapTo(page.area.viewport(), QPoint(0, part.height())).y()
                assert bottom <= page.area.viewport().height(), f"{part.accessibleName()} is below the screen"


def test_a_manager_sees_how_far_the_targets_are_and_opens_them(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        workplace = place_of_work(made)
        page = workplace.page
        assert isinstance(page, HomePage)
        first = page.area.findChildren(TargetBar)[0]
        assert first.line.text() == "EIC, Aprobados, Año 2019"
        assert first.said.text().startswith("1,420 de 3,000 (47 %). Atrasada: previsto a hoy 1,471")
        first.line.click()
        settle(qtbot, made)
        assert workplace.pane.value.text() == "1,420"
        item = workplace.pane.beside.itemAt(0)
        persons = item.widget() if item is not None else None
        assert isinstance(persons, QAbstractButton)
        assert persons.text().startswith("Personas distintas: ")
        shown = persons.text().rpartition(" ")[2]
        persons.click()
        settle(qtbot, made)
        assert workplace.pane.value.text() == shown, "each number opens with its own definition"


def test_the_registrar_has_no_card_of_targets(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as made:
        page = place_of_work(made).page
        assert isinstance(page, HomePage)
        assert not page.area.findChildren(TargetBar)
        today = [each for each in page.area.findChildren(QAbstractButton) if each.text() == "Hoy en la escuela"]
        today[0].click()
        settle(qtbot, made)
        assert place_of_work(made).page.name == "today"


def test_the_keyboard_stays_at_the_same_line_when_the_page_is_counted_again(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = place_of_work(made).page
        for times in range(3):
            first = page.first_focus()
            assert isinstance(first, QAbstractButton)
            assert first.accessibleName() == "Informe del I Trimestre 2019"
            assert QApplication.focusWidget() is first, f"lost after {times} times"
            page.refresh()
            settle(qtbot, made)
