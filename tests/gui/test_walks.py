"""The day's work of three people in Spanish, by keys alone: what each does first, and how many keys it takes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.palette import Palette
from eic_tracker.gui.widgets.deed import DeedLine
from eic_tracker.gui.widgets.frozen_table import FrozenTable
from eic_tracker.gui.widgets.pdf_view import PdfView
from eic_tracker.i18n import Language
from eic_tracker.settings import Settings
from tests.gui.windows import demonstration, place_of_work, settle, until

SPANISH = Settings(language=Language.ES)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Hands:
    """Two hands on the keyboard of one window; `pressed` counts their keys."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot = qtbot
        self._window = window
        self.pressed = 0

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is, and wait until the window has done it."""
        QTest.keyClick(QApplication.focusWidget() or self._window, key, held)
        self.pressed += 1
        settle(self._qtbot, self._window)

    def type(self, text: str) -> None:
        """Type a text where the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget() or self._window, text)
        self.pressed += len(text)
        settle(self._qtbot, self._window)


def test_a_registrar_finds_a_person_by_name_and_comes_back_to_what_is_due(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.REGISTRAR, SPANISH) as window:
        until(qtbot, lambda: isinstance(QApplication.focusWidget(), DeedLine))
        hands = Hands(qtbot, window)
        hands.key(Qt.Key.Key_Return)
        assert isinstance(QApplication.focusWidget(), FrozenTable), "what is due shows its rows"
        hands.key(Qt.Key.Key_Escape)
        assert isinstance(QApplication.focusWidget(), DeedLine)
        hands.pressed = 0
        hands.key(Qt.Key.Key_K, CTRL)
        hands.type("maria nun")
        palette = window.findChild(Palette)
        assert palette is not None
        until(qtbot, lambda: any("Núñez" in line.title for line in palette.lines()))
        hands.key(Qt.Key.Key_Return)
        until(qtbot, lambda: "Núñez" in window.windowTitle())
        assert hands.pressed <= 12
        hands.key(Qt.Key.Key_Left, ALT)
        until(qtbot, lambda: isinstance(QApplication.focusWidget(), DeedLine))
        assert "Buen día" in window.windowTitle()


def test_an_instructor_sees_the_own_courses_and_no_whole_identity(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.INSTRUCTOR, SPANISH) as window:
        hands = Hands(qtbot, window)
        hands.key(Qt.Key.Key_2, CTRL)
        courses = QApplication.focusWidget()
        assert isinstance(courses, FrozenTable)
        number = str(courses.model().index(0, 0).data())
        hands.key(Qt.Key.Key_Home)
        hands.key(Qt.Key.Key_Return)
        until(qtbot, lambda: number in window.windowTitle())
        roster = QApplication.focusWidget()
        assert isinstance(roster, FrozenTable)
        said = [str(roster.model().index(0, column).data()) for column in range(roster.model().columnCount())]
        assert not any(len(text) == 13 and text.isdigit() for text in said)
        hands.key(Qt.Key.Key_Left, ALT)
        until(qtbot, lambda: QApplication.focusWidget() is courses)
        assert str(courses.model().index(courses.currentIndex().row(), 0).data()) == number


def test_a_manager_prints_the_quarter_in_four_keys(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.MANAGER, SPANISH) as window:
        until(qtbot, lambda: isinstance(QApplication.focusWidget(), DeedLine))
        hands = Hands(qtbot, window)
        hands.key(Qt.Key.Key_Return)
        until(qtbot, lambda: isinstance(QApplication.focusWidget(), PdfView))
        assert place_of_work(window).page.name == "reports"
        hands.key(Qt.Key.Key_P, CTRL)
        until(qtbot, lambda: bool(window.findChildren(QPrintDialog)))
        assert not window.findChildren(PrintView), "the report is the paper, not a list of it"
        assert hands.pressed <= 3, "the fourth is Enter in the system's own dialog"
        window.findChildren(QPrintDialog)[0].reject()
