"""Targets in the window, by keys: entered, refused, corrected, approved by another person, taken out, opened."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.gui.grids.targets import TARGETS
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.targets_page import TargetsPage
from eic_tracker.gui.place import Place
from eic_tracker.i18n import Language, Translator
from tests.gui.windows import demonstration, enter, go, place_of_work, settle, until
from tests.services.demonstration_file import rows

KEPT = "SELECT value, approved_by_id IS NOT NULL FROM target WHERE measure = 'graduated'"


def opened(qtbot: QtBot, made: MainWindow) -> TargetsPage:
    page = go(qtbot, made, Place("targets")).page
    assert isinstance(page, TargetsPage)
    until(qtbot, lambda: bool(page.table.rows))
    settle(qtbot, made)
    return page


def press(qtbot: QtBot, made: MainWindow, on: QWidget, key: Qt.Key, control: bool = False) -> None:
    made.activateWindow()
    on.setFocus()
    until(qtbot, on.hasFocus)
    QTest.keyClick(on, key, Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier)


def test_a_registrar_enters_a_target_and_a_manager_approves_it_by_keys(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as made:
        page = opened(qtbot, made)
        press(qtbot, made, page.table, Qt.Key.Key_N, control=True)
        until(qtbot, lambda: page.asked is not None and page.asked.isVisible())
        asked = page.asked
        assert asked is not None
        asked.form.write({"programme": "GREAT", "measure": Measure.GRADUATED, "period": "2019", "value": "muchos"})
        QTest.keyClick(asked, Qt.Key.Key_Return)
        assert asked.isVisible(), "a number that is none is said at its field"
        asked.form.write({"value": 0})
        QTest.keyClick(asked, Qt.Key.Key_Return)
        until(qtbot, lambda: page.asked is not asked)
        again = page.asked
        assert again is not None
        assert again.form.values()["programme"] == "GREAT", "what was typed stays"
        again.form.write({"value": 90_000})
        QTest.keyClick(again, Qt.Key.Key_Return)
        settle(qtbot, made)
        assert rows(demo_file, KEPT) == [(90_000, 0)]
        new = page.table.current_key() or 0
        assert page.table.rows[new].target.measure is Measure.GRADUATED, "the new target is in sight"
        assert not page.approve_button.isEnabled()
        press(qtbot, made, page.table, Qt.Key.Key_F2)
        until(qtbot, lambda: page.asked is not again and page.asked is not None and page.asked.isVisible())
        assert page.asked is not None
        page.asked.form.write({"value": 91_000})
        QTest.keyClick(page.asked, Qt.Key.Key_Return)
        settle(qtbot, made)
        assert rows(demo_file, KEPT) == [(91_000, 0)]

        enter(qtbot, made, Role.MANAGER)
        page = opened(qtbot, made)
        page.table.select_key(new)
        press(qtbot, made, page.table, Qt.Key.Key_Return, control=True)
        settle(qtbot, made)
        assert rows(demo_file, KEPT) == [(91_000, 1)]
        page.table.select_key(new)
        page.ask = lambda *_args: "otro plan"
        press(qtbot, made, page.table, Qt.Key.Key_Delete)
        settle(qtbot, made)
        assert rows(demo_file, KEPT) == []
        made.activateWindow()
        until(qtbot, made.isActiveWindow)
        QTest.keyClick(made, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, made)
        assert rows(demo_file, KEPT) == [(91_000, 1)]


def test_a_target_opens_its_rows_and_an_auditor_only_reads(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.AUDITOR) as made:
        page = opened(qtbot, made)
        assert not any(
            button.isEnabled()
            for button in (page.approve_button, page.correct_button, page.withdraw_button, page.code_button)
        )
        row = page.table.rows[page.table.current_key() or 0]
        press(qtbot, made, page.table, Qt.Key.Key_Return)
        settle(qtbot, made)
        workplace = place_of_work(made)
        assert workplace.pane.isVisible()
        assert workplace.pane.value.text() == page.t.number(row.counted)
        page.years.setCurrentIndex(page.years.findData(2018))
        assert {each.target.period.year for each in page.table.rows.values()} == {2018}


def test_the_code_of_an_indicator_is_kept(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        page = opened(qtbot, made)
        page.code_button.click()
        assert page.asked is not None
        page.asked.form.write({"code": "INL-4.1"})
        QTest.keyClick(page.asked, Qt.Key.Key_Return)
        settle(qtbot, made)
        assert rows(demo_file, "SELECT code FROM indicator") == [("INL-4.1",)]


def test_the_period_of_a_target_is_told_in_words_and_never_as_a_code() -> None:
    column = next(each for each in TARGETS if each.name == "period")
    now = [
        SimpleNamespace(target=SimpleNamespace(period=parse_period(code))) for code in ("2019", "2019Q1", "FY2019Q2")
    ]
    told = [column.text(each, Translator(Language.ES)) for each in now]
    assert told == ["Año 2019", "I Trimestre 2019", "AF2019, 2.º trimestre (EE. UU.)"]
