"""A field that names a file: chosen in the system's dialog, shown by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QPushButton

from eic_tracker.gui import theme
from eic_tracker.i18n import Translator

SCANS = ("*.pdf", "*.jpg", "*.jpeg", "*.png")


class _Choose(QPushButton):
    """Enter presses it, in a dialog too."""

    changed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter asks for the file."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class FileEditor:
    """The path of a file, or None."""

    def __init__(self, label: str, t: Translator, endings: Sequence[str] = SCANS) -> None:
        self._label = label
        self._t = t
        self._endings = endings
        self._path: Path | None = None
        self.widget = _Choose()
        self.widget.setAutoDefault(False)
        self.widget.setMinimumHeight(theme.TARGET)
        self.widget.clicked.connect(lambda _checked=False: self._ask())
        self.set_value(None)

    def value(self) -> object:
        """The path."""
        return self._path

    def set_value(self, value: Any) -> None:
        """Name a file."""
        self._path = value if isinstance(value, Path) else None
        shown = self._path.name if self._path is not None else self._t("Choose a file…")
        self.widget.setText(shown)
        self.widget.setAccessibleName(f"{self._label}: {shown}")

    def kept(self) -> Any:
        """The path as a text."""
        return str(self._path) if self._path is not None else None

    def restore(self, kept: Any) -> None:
        """Name it again."""
        self.set_value(Path(kept) if isinstance(kept, str) else None)

    def on_change(self, act: Callable[[], None]) -> None:
        """Every choice."""
        self.widget.changed.connect(act)

    def _ask(self) -> None:
        ask_file(self.widget, self._label, self._t, self._take, self._endings)

    def _take(self, path: Path) -> None:
        self.set_value(path)
        self.widget.changed.emit()


def ask_file(
    parent: Any, title: str, t: Translator, take: Callable[[Path], object], endings: Sequence[str] = SCANS
) -> None:
    """Ask for one file with the system's dialog, in the folder of the person's papers."""
    dialog = QFileDialog(parent.window(), title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(t("Scans ({endings})", endings=" ".join(endings)))
    dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
