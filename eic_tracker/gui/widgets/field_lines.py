"""The lines about a field: what helps to fill it in, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from eic_tracker.gui import icons, theme
from eic_tracker.gui.theme import Colours, Tone

_ICON = 16


class ProblemLine(QWidget):
    """What is wrong with `control`, right under it; its frame turns red and screen readers hear the problem first."""

    def __init__(self, control: QWidget, described: str, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._described = described
        icon = QLabel()
        colour = colours.tone(Tone.ERROR)[0]
        icon.setPixmap(icons.icon(icons.OF_TONE[Tone.ERROR], colours, _ICON, colour=colour).pixmap(_ICON))
        self._problem = caption("")
        self._problem.setProperty("tone", Tone.ERROR.value)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.SPACE)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._problem, 1)
        self.hide()
        control.setAccessibleDescription(described)

    def problem(self) -> str:
        """What is wrong, as it is shown; empty where nothing is."""
        return self._problem.text()

    def set_problem(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        if text == self._problem.text():
            return
        self._problem.setText(text)
        self.setVisible(bool(text))
        self._control.setAccessibleDescription(" ".join(filter(None, [text, self._described])))
        theme.mark(self._control, "problem", bool(text))


def hint(text: str) -> QLabel:
    """What helps to fill a field in; not there where nothing is said."""
    line = caption(text)
    line.setProperty("muted", True)
    if not text:
        line.hide()
    return line


def caption(text: str) -> QLabel:
    """A small line that wraps."""
    label = QLabel(text)
    label.setFont(theme.font(theme.Type.CAPTION))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
