"""What an item says: its title, its values line by line, what can be done with it, and what was done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, DeedLine, deed_button
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn


@dataclass(frozen=True, slots=True)
class Line:
    """A label with its value; without a label a sentence of its own."""

    label: str
    value: str
    tone: Tone | None = None


class ItemDetail(QScrollArea):
    """Filled anew for each item; `ask` puts a question with its answer's field under the buttons."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(title)
        self.setMinimumWidth(280)
        self.buttons: list[QWidget] = []
        self._last_by_tab: QWidget | None = None
        self._asked: QWidget | None = None
        self._inside = ScrolledColumn()
        self._column = QVBoxLayout(self._inside)
        self._questions = QVBoxLayout()
        self._end = QVBoxLayout()
        self.show_item("", ())

    def show_item(self, title: str, lines: Sequence[Line], deeds: Sequence[Deed] = ()) -> None:
        """Write an item out; what was asked is gone."""
        self._inside = ScrolledColumn()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(theme.GAP, 0, theme.GAP, theme.GAP)
        self._column.setSpacing(theme.GAP)
        self._asked = None
        self._last_by_tab = None
        if title:
            self._say(title, theme.Type.SECTION)
        for line in lines:
            words = f"{line.label}: {line.value}" if line.label else line.value
            self._say(words, tone=line.tone, muted=not line.label and line.tone is None)
        place = QWidget()
        flow = FlowLayout(place, theme.GAP)
        self.buttons = [deed_button(deed) for deed in deeds]
        for button in self.buttons:
            flow.addWidget(button)
        self._column.addWidget(place)
        if not deeds:
            place.hide()
        self._questions = QVBoxLayout()
        self._end = QVBoxLayout()
        self._end.setSpacing(theme.SPACE)
        self._column.addLayout(self._questions)
        self._column.addLayout(self._end)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self._next_by_tab(self.buttons)

    def ask(self, label: str, field: QWidget, deed: Deed) -> None:
        """A question under the buttons: its field, and the button that does it."""
        self.drop_question()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        words = QLabel(label)
        words.setWordWrap(True)
        words.setBuddy(field)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        line.addWidget(field, 1)
        line.addWidget(deed_button(deed, look="primary"), 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(words)
        column.addLayout(line)
        self._questions.addWidget(box)
        box.show()
        self._asked = box
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop_question(self) -> bool:
        """Take the question away; False where there was none."""
        if self._asked is None:
            return False
        self._asked.hide()
        self._asked.deleteLater()
        self._asked = None
        return True

    def add_links(self, title: str, links: Sequence[tuple[Deed, str]]) -> None:
        """Further lines that lead somewhere, each with what it is about, under a heading."""
        if not links:
            return
        heading = QLabel(title)
        heading.setFont(theme.font(theme.Type.STRONG))
        self._end.addSpacing(theme.GAP)
        self._end.addWidget(heading)
        for deed, about in links:
            button = DeedLine(deed)
            button.setAccessibleName(f"{deed.text}: {about}")
            words = QLabel(about)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            words.setProperty("muted", True)
            words.setIndent(theme.GAP)
            self._end.addWidget(button)
            self._next_by_tab([button])
            self._end.addWidget(words)

    def _next_by_tab(self, buttons: Sequence[QWidget]) -> None:
        """Tab goes from the rows to what is done with the chosen one, not first to the controls above the rows."""
        before: QWidget = self._last_by_tab if self._last_by_tab is not None else self
        for button in buttons:
            QWidget.setTabOrder(before, button)
            before = button
        self._last_by_tab = before

    def text(self) -> str:
        """All that is written, line by line."""
        return "\n".join(label.text() for label in self._inside.findChildren(QLabel))

    def holds_keyboard(self) -> bool:
        """Whether the keyboard is in it."""
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def _say(
        self, text: str, size: theme.Type = theme.Type.BODY, *, tone: Tone | None = None, muted: bool = False
    ) -> None:
        label = QLabel(text)
        label.setFont(theme.font(size))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if tone is not None:
            label.setProperty("tone", tone.value)
        if muted:
            label.setProperty("muted", True)
        self._column.addWidget(label)
