"""Enter presses the button that has the keyboard; opening a page shows nothing else as a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.gui.page_list import PAGES
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.deed import DeedLine
from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.gui.widgets.frozen_table import FrozenTable
from tests.gui.windows import demonstration, go, place_of_work, settle, until


class Flashes(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_enter_on_something_due_opens_its_rows_and_esc_comes_back_to_it(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as window:
        until(qtbot, lambda: isinstance(QApplication.focusWidget(), DeedLine))
        line = QApplication.focusWidget()
        assert line is not None
        QTest.keyClick(line, Qt.Key.Key_Return)
        pane = place_of_work(window).pane
        assert pane.isVisible()
        settle(qtbot, window)
        focused = QApplication.focusWidget()
        assert isinstance(focused, FrozenTable)
        assert pane.isAncestorOf(focused)
        QTest.keyClick(focused, Qt.Key.Key_Escape)
        assert not place_of_work(window).pane.isVisible()
        assert QApplication.focusWidget() is line


def test_enter_presses_the_button_of_a_dialog_that_has_the_keyboard_and_no_other(qtbot: QtBot) -> None:
    dialog = DialogFrame("Title", QSize(400, 300))
    qtbot.addWidget(dialog)
    pressed: list[str] = []
    for name in ("one", "two"):
        dialog.add_button(name).clicked.connect(lambda _checked=False, name=name: pressed.append(name))
    dialog.open()
    dialog.activateWindow()
    until(qtbot, lambda: QApplication.activeWindow() is dialog)
    two = dialog.findChildren(QPushButton)[1]
    two.setFocus()
    QTest.keyClick(two, Qt.Key.Key_Return)
    assert pressed == ["two"]
    QTest.keyClick(two, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert pressed == ["two", "two"]


def test_no_page_flashes_as_a_window_when_it_is_opened(qtbot: QtBot, demo_file: Path) -> None:
    flashes = Flashes()
    with demonstration(qtbot, demo_file) as window:
        QApplication.instance().installEventFilter(flashes)  # type: ignore[union-attr]
        try:
            for name in (name for name, spec in PAGES.items() if spec.rail):
                go(qtbot, window, Place(name))
        finally:
            QApplication.instance().removeEventFilter(flashes)  # type: ignore[union-attr]
    assert flashes.shown == []


def test_the_window_says_its_first_page_in_its_title(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as window:
        assert window.windowTitle() == f"{place_of_work(window).page.title()} — {demo_file.name} — EIC Tracker"
