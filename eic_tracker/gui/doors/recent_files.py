"""The files that were open last, newest first; those that are gone told apart."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from eic_tracker import settings
from eic_tracker.gui import icons, theme
from eic_tracker.gui.preferences import Preferences
from eic_tracker.gui.theme import Colours, Tone
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.elided_label import ElidedLabel
from eic_tracker.i18n import Translator

MOST = 4
_INDENT = 5
"""as far as the style sheet puts the words of a link"""


class RecentFiles(Card):
    """`chosen` gives the path of a file that is there."""

    chosen = Signal(Path)

    def __init__(
        self, preferences: Preferences, t: Translator, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(t("Recent files"), parent=parent)
        self._preferences = preferences
        self._t = t
        self._colours = colours
        self._present: frozenset[Path] | None = None
        self.buttons: dict[Path, QPushButton] = {}
        self._fill()

    def show_present(self, present: frozenset[Path]) -> None:
        """Which of them are there, as the disks say."""
        if present != frozenset(self._preferences.recent_files) or self._present is not None:
            self._present = present
            self._fill()

    def forget(self, path: Path) -> None:
        """Take a file off the list; the file itself is left alone."""
        self._preferences.keep(settings.without_file(self._preferences.current, path))
        self._fill()

    def _fill(self) -> None:
        self.clear()
        self.buttons.clear()
        recent = self._preferences.recent_files[:MOST]
        for path in recent:
            self.add(self._row(path, missing=self._present is not None and path not in self._present))
        if not recent:
            none = QLabel(self._t("None yet."))
            none.setProperty("muted", True)
            self.add(none)

    def _row(self, path: Path, *, missing: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        words = QVBoxLayout()
        words.setSpacing(0)
        folder = ElidedLabel(str(path.parent))
        folder.setProperty("muted", True)
        folder.setFont(theme.font(theme.Type.CAPTION))
        folder.setIndent(_INDENT)
        if missing:
            name = QLabel(path.name)
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setIndent(_INDENT)
            gone = QLabel(self._t("Not found"))
            gone.setProperty("tone", Tone.WARNING.value)
            sign = QLabel()
            colour = self._colours.tone(Tone.WARNING)[0]
            sign.setPixmap(icons.icon("warning", self._colours, 16, colour=colour).pixmap(16))
            head = QHBoxLayout()
            head.setSpacing(theme.SPACE)
            for widget in (name, sign, gone):
                head.addWidget(widget)
            head.addStretch(1)
            words.addLayout(head)
        else:
            button = QPushButton(path.name.replace("&", "&&"))
            button.setProperty("link", True)
            button.setAutoDefault(False)
            button.setMinimumHeight(theme.TARGET)
            button.setAccessibleName(self._t("Open {file}", file=path.name))
            button.setAccessibleDescription(str(path.parent))
            button.clicked.connect(lambda _checked=False: self.chosen.emit(path))
            self.buttons[path] = button
            words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(folder)
        line.addLayout(words, 1)
        line.addWidget(self._forget_button(path), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _forget_button(self, path: Path) -> QToolButton:
        button = QToolButton()
        icons.dress(button, "close", self._colours, 16)
        button.setMinimumSize(theme.TARGET, theme.TARGET)
        button.setAccessibleName(self._t("Take {file} off this list", file=path.name))
        button.setToolTip(self._t("Take it off this list; the file stays where it is"))
        button.clicked.connect(partial(self._on_forget, path))
        return button

    def _on_forget(self, path: Path, _checked: bool = False) -> None:
        self.forget(path)
