"""Facts of a record: a quiet name and its value in each line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.theme import Tone

Fact = tuple[str, str]
"""Name and value, both already in the person's language; a fact without value is left out."""


class FactList(QWidget):
    """Values can be selected by mouse and keyboard; screen readers hear each with its name."""

    def __init__(self, facts: Sequence[Fact] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GROUP_GAP)
        self._grid.setVerticalSpacing(theme.SPACE)
        self._grid.setColumnStretch(1, 1)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts in place of others."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line, (name, value) in enumerate(fact for fact in facts if fact[1]):
            title = QLabel(name)
            title.setProperty("muted", True)
            title.setTextFormat(Qt.TextFormat.PlainText)
            title.setWordWrap(True)
            said = sentence(value)
            said.setAccessibleName(f"{name}: {value}")
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(title, line, 0, top)
            self._grid.addWidget(said, line, 1, top)
        self._grid.setColumnMinimumWidth(0, 96)


def sentence(text: str, size: theme.Type = theme.Type.BODY, tone: Tone | None = None, *, muted: bool = False) -> QLabel:
    """A text that breaks its lines and can be selected."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(theme.font(size))
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if tone is not None:
        label.setProperty("tone", tone.value)
    if muted:
        label.setProperty("muted", True)
    return label
