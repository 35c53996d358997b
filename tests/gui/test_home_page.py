"""The first page of each role: no number is cut off beside the pane, and the keyboard comes back to its tile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.pages.home_page import HomePage
from eic_tracker.gui.widgets.figure_tile import FigureTile
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
