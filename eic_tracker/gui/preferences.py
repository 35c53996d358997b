"""The person's preferences while the window is open; stored a moment after each change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from eic_tracker import settings
from eic_tracker.i18n import Language
from eic_tracker.settings import Settings

_STORE_AFTER = 800


class Preferences(QObject):
    """Reads and changes the settings of this person on this computer; a disk that refuses stops nobody's work."""

    def __init__(self, current: Settings, store: Callable[[Settings], bool] = settings.save) -> None:
        super().__init__()
        self.current = current
        self._store = store
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STORE_AFTER)
        self._timer.timeout.connect(self.store)

    @classmethod
    def load(cls) -> Preferences:
        """The stored preferences, or the usual ones."""
        return cls(settings.load())

    @property
    def language(self) -> Language:
        """The language of the window."""
        return self.current.language

    @property
    def theme(self) -> str:
        """system, light or dark."""
        return self.current.theme

    @property
    def text_percent(self) -> int:
        """The size of all text, 90 to 150."""
        return self.current.text_percent

    @property
    def density(self) -> str:
        """The height of rows: compact, normal, wide."""
        return self.current.density

    @property
    def idle_minutes(self) -> int:
        """Minutes until the window locks itself."""
        return self.current.idle_minutes

    @property
    def geometry(self) -> str:
        """Where the window stood, as Qt writes it, in base 64."""
        return self.current.geometry

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """The files that were open, newest first."""
        return self.current.recent_files

    @property
    def last_file(self) -> Path | None:
        """The file that was open last."""
        return self.current.recent_files[0] if self.current.recent_files else None

    def is_dark(self) -> bool:
        """Whether the chosen theme is dark, or the system's is where that is followed."""
        if self.current.theme == "system":
            return QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self.current.theme == "dark"

    def note_file(self, path: Path) -> None:
        """A file was opened."""
        self.keep(settings.with_file(self.current, path))

    def change(self, **values: Any) -> None:
        """Set some of the settings."""
        self.keep(replace(self.current, **values))

    def keep(self, changed: Settings) -> None:
        """Take new settings, and store them a moment later."""
        self.current = changed
        self._timer.start()

    def store(self) -> bool:
        """Store now; False where the disk refuses."""
        self._timer.stop()
        return self._store(self.current)
