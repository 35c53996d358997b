"""A state as a small pill: icon, word and colour say the same."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from eic_tracker.gui import icons, theme
from eic_tracker.gui.theme import Colours, Tone

_ICON = 14


class Badge(QFrame):
    """Shows a word in its tone; as wide as its word."""

    def __init__(
        self, colours: Colours, tone: Tone = Tone.PLAIN, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._colours = colours
        self._empty = False
        self._icon = QLabel()
        self._word = QLabel()
        self._word.setTextFormat(Qt.TextFormat.PlainText)
        self._word.setFont(theme.font(theme.Type.CAPTION))
        self.setProperty("badge", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.SPACE, 1, theme.GAP, 1)
        line.setSpacing(theme.SPACE)
        line.addWidget(self._icon)
        line.addWidget(self._word)
        self.say(tone, text)

    def say(self, tone: Tone, text: str) -> None:
        """Show another state; an empty word hides the pill."""
        foreground = self._colours.tone(tone)[0]
        self._icon.setPixmap(icons.icon(icons.OF_TONE[tone], self._colours, _ICON, colour=foreground).pixmap(_ICON))
        self._word.setText(text)
        theme.mark(self, "tone", tone.value)
        theme.mark(self._word, "tone", tone.value)
        self.setAccessibleName(text)
        if not text:
            self.hide()
        elif self._empty:
            self.show()
        self._empty = not text

    def text(self) -> str:
        """The word."""
        return self._word.text()
