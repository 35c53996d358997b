"""A window without a person: it is put into a language, theme, size, role and place, and waited for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from eic_tracker.app import application, open_file
from eic_tracker.domain.codes import Role
from eic_tracker.gui.doors.first_run import FirstRun
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.place import Place
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.workplace import Workplace
from eic_tracker.i18n import Language, Translator
from eic_tracker.settings import Settings
from tests.shots.files import Records

PATIENCE = 40.0
PSEUDO = "pseudo"


class Stage:
    """One window and the files that it may open."""

    def __init__(self, window: MainWindow, demo: Path, school: Path, records: Records) -> None:
        self.window = window
        self.demo = demo
        self.school = school
        self.records = records

    @property
    def workplace(self) -> Workplace:
        """The workplace in sight."""
        assert self.window.workplace is not None
        return self.window.workplace

    @property
    def t(self) -> Translator:
        """The language of the window."""
        return self.window.t

    def dress(self, t: Translator, dark: bool) -> None:
        """Put the window into a language and a theme."""
        self.window.preferences.change(language=t.language, theme="dark" if dark else "light")
        self.window.t = t
        self.window.make_anew()
        self.settle()

    def resize(self, size: QSize) -> None:
        """Make the window as large as a screen leaves it, its frame and the task bar not counted."""
        if self.window.size() != size:
            self.window.resize(size)
            self.settle()

    def open(self, path: Path) -> None:
        """Open a file, unless it is open."""
        if self.window.file is None or self.window.file.path != path:
            self.window.open(path)
            self.settle()

    def work_as(self, role: Role) -> None:
        """Be a user of the demonstration."""
        self.open(self.demo)
        self.until(lambda: self.window.workplace is not None)
        if self.window.acting is None or self.window.acting.role is not role:
            self.window.enter_as(role)
            self.until(lambda: self.window.acting is not None and self.window.acting.role is role)
        self.settle()

    def go(self, page: str, key: int | None = None) -> Workplace:
        """Be at a place."""
        self.window.go(Place(page, key))
        self.settle()
        return self.workplace

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; AssertionError when it takes too long."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"nothing within {PATIENCE} s"
            QTest.qWait(2)

    def settle(self) -> None:
        """Wait until nothing is read, made or drawn any more."""
        calm = 0
        end = time.monotonic() + PATIENCE
        while calm < 3:
            assert time.monotonic() < end, f"the window is not calm within {PATIENCE} s"
            QTest.qWait(2)
            calm = calm + 1 if self._is_calm() else 0

    def close_dialogs(self) -> None:
        """Away with all dialogs and pop-ups."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()
                if isinstance(widget, QDialog):
                    widget.deleteLater()
        self.settle()

    def dialog(self) -> QWidget:
        """The dialog in sight."""
        self.until(lambda: any(dialog.isVisible() for dialog in self.window.findChildren(QDialog)))
        self.settle()
        return next(dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible())

    def _is_calm(self) -> bool:
        file = self.window.file
        if file is not None and file.jobs.running:
            return False
        return all(door._work.running == 0 for door in self.window.findChildren(FirstRun))


@contextmanager
def stage(demo: Path, school: Path, records: Records) -> Iterator[Stage]:
    """A window on its first screen; it and all it opened are gone at the end."""
    application()
    # the demonstration is entered without a password, so the window is in the language from its beginning
    preferences = Preferences(Settings(language=Language.ES, theme="light"), store=lambda _settings: True)
    window = MainWindow(open_file, preferences)
    window.resize(1366, 768)
    window.show()
    made = Stage(window, demo, school, records)
    try:
        made.settle()
        yield made
    finally:
        made.close_dialogs()
        window.close()
        window.deleteLater()
        QTest.qWait(5)
