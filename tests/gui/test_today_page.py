"""Today at the school in the window: what is not marked is said, numbers open their rows, the report is one page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.pages.today_page import TodayPage
from eic_tracker.gui.place import Place
from tests.gui.windows import demonstration, go, place_of_work, settle, until


def test_the_day_is_read_by_keys_and_printed(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = go(qtbot, made, Place("today")).page
        assert isinstance(page, TodayPage)
        until(qtbot, lambda: page.found is not None)
        settle(qtbot, made)
        assert "80 personas" in page.marking.text()
        assert page.beds.text().startswith("64 de 200 camas")
        page.before.click()
        settle(qtbot, made)
        assert page.when.text() == "27/06/2019"
        assert not page.marking.isVisible()
        made.activateWindow()
        page.parts.setFocus()
        page.parts.select_key(2)
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
            QTest.keyClick(page.parts, key)
        settle(qtbot, made)
        pane = place_of_work(made).pane
        assert pane.isVisible()
        assert pane.title.text() == "Mujeres: Presentes"
        until(qtbot, lambda: pane.value.text() == "20")
        place_of_work(made).escape()

        page.print_view()
        until(qtbot, lambda: any(each.isVisible() for each in made.findChildren(PrintView)))
        shown = next(each for each in made.findChildren(PrintView) if each.isVisible())
        until(qtbot, lambda: bool(shown.preview.view.pdf))
        shown.reject()


def test_a_day_without_courses_says_so(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.AUDITOR) as made:
        page = go(qtbot, made, Place("today", state={"day": "2010-01-01"})).page
        assert isinstance(page, TodayPage)
        until(qtbot, lambda: page.found is not None)
        settle(qtbot, made)
        assert page.view.isVisible()
        assert not page.report_button.isEnabled()
        page.print_view()
        assert not made.findChildren(PrintView)
