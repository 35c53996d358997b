"""Long work as one line: what is done, how far it is, and a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.widgets.announcing import announce

QUIET = 300
"""Milliseconds of work that nobody needs to see."""
_STEP = 100
"""Milliseconds between two changes of the bar."""


class ProgressRow(QWidget):
    """Stays hidden for the first 0.3 seconds; `cancel_requested` asks to stop, and the row says that it was heard."""

    cancel_requested = Signal()

    def __init__(self, cancel_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stopping = ""
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bar.setMinimumWidth(80)
        self._count = QLabel()
        self._count.setProperty("muted", True)
        self._count.setFont(theme.font(theme.Type.BODY, tabular=True))
        self._cancel = QPushButton(cancel_text)
        self._cancel.setAutoDefault(False)
        self._cancel.setMinimumHeight(theme.TARGET)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self._label, 2)
        line.addWidget(self._bar, 3)
        line.addWidget(self._count)
        line.addWidget(self._cancel)
        self._since = QElapsedTimer()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self.hide()
        self._quiet.timeout.connect(self._appear)
        self._cancel.clicked.connect(self._on_cancel)

    def start(self, text: str, stopping: str = "") -> None:
        """Work begins; `stopping` is what the row says once its button was pressed."""
        self._stopping = stopping
        self._label.setText(text)
        self._bar.setAccessibleName(text)
        self.setAccessibleName(text)
        self._count.setText("")
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._cancel.setAccessibleName(f"{self._cancel.text()}: {text}")
        self._since.invalidate()
        self._quiet.start()

    def report(self, done: int, total: int, count: str = "") -> None:
        """So much of the work is done; `count` says it in words ("27 of 33"). Shown ten times a second at most."""
        if self._since.isValid() and self._since.elapsed() < _STEP and done < total:
            return
        self._since.start()
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(count)
        self._bar.setAccessibleDescription(count)

    def finish(self, said: str = "") -> None:
        """Work has ended or stopped; `said` is told to screen readers where the row was in sight."""
        self._quiet.stop()
        if self.isVisible() and said:
            announce(self, said)
        self.hide()

    def _appear(self) -> None:
        self.show()
        announce(self, self._label.text())

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        if self._stopping:
            self._label.setText(self._stopping)
        self.cancel_requested.emit()
