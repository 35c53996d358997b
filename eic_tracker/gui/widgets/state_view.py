"""What stands in the place of rows: none yet, none found, not readable, still reading."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from eic_tracker.gui import icons, theme
from eic_tracker.gui.theme import Colours, Tone
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.deed import Deed, deed_button

QUIET = 300
"""Milliseconds before reading is mentioned at all."""
_ICON = 32


class State(StrEnum):
    """Why there are no rows."""

    READING = "reading"
    EMPTY = "empty"
    NOTHING_FOUND = "nothing_found"
    FAILED = "failed"


_ICONS = {State.READING: "clock", State.EMPTY: "list", State.NOTHING_FOUND: "search", State.FAILED: "warning"}


class StateView(QWidget):
    """One sentence and at most one button, in the middle of the place."""

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._said = ""
        self._present = State.EMPTY
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text = QLabel()
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._deeds = QVBoxLayout()
        self._button: QPushButton | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.GROUP_GAP] * 4)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addWidget(self._text)
        column.addLayout(self._deeds)
        column.addStretch(3)
        self._quiet.timeout.connect(lambda: self._say(State.READING, self._said))

    def show_reading(self, text: str) -> None:
        """Nothing to see at first; after 0.3 seconds the quiet word that rows are being read."""
        self._said = text
        self._present = State.READING
        self._clear()
        self._quiet.start()

    def show_empty(self, text: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        """There is nothing yet, and how to begin."""
        self._say(State.EMPTY, text, _deed(action, act))

    def show_nothing_found(self, text: str, action: str, act: Callable[[], object]) -> None:
        """Nothing meets the filters, with the way to take them away."""
        self._say(State.NOTHING_FOUND, text, _deed(action, act))

    def show_failed(self, text: str, action: str, act: Callable[[], object]) -> None:
        """It could not be read: why, and how to try again."""
        self._say(State.FAILED, text, _deed(action, act))

    def state(self) -> State:
        """What is being said."""
        return self._present

    def text(self) -> str:
        """The sentence in sight."""
        return self._text.text()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        """What comes into sight is told as well."""
        super().showEvent(event)
        if self._present is not State.READING and self.text():
            announce(self, self.text(), urgent=self._present is State.FAILED)

    def _say(self, state: State, text: str, deed: Deed | None = None) -> None:
        self._quiet.stop()
        self._clear()
        self._present = state
        foreground = self._colours.tone(Tone.WARNING)[0] if state is State.FAILED else self._colours.muted
        drawing = icons.icon(_ICONS[state], self._colours, _ICON, colour=foreground)
        self._icon.setPixmap(drawing.pixmap(_ICON))
        self._text.setText(text)
        theme.mark(self._text, "muted", state is State.READING)
        self.setAccessibleName(text)
        if deed is not None:
            self._button = deed_button(deed, look="primary")
            self._deeds.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        if state is not State.READING and self.isVisible():
            announce(self, text, urgent=state is State.FAILED)

    def _clear(self) -> None:
        self._icon.clear()
        self._text.clear()
        if self._button is not None:
            self._button.hide()
            self._button.deleteLater()
            self._button = None


def _deed(action: str, act: Callable[[], object] | None) -> Deed | None:
    return Deed(action, act) if action and act is not None else None
