"""A card: what belongs together on a ground of its own, under a title."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.widgets.deed import Deed, deed_button


class Card(QFrame):
    """Title, an optional link at its right, and `body`, the layout that a page fills."""

    def __init__(self, title: str = "", link: Deed | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.title_label = QLabel(title)
        self.title_label.setFont(theme.font(theme.Type.SECTION))
        self.title_label.setTextFormat(Qt.TextFormat.PlainText)
        self.title_label.setWordWrap(True)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.GAP)
        self.head.addWidget(self.title_label, 1)
        if link is not None:
            self.head.addWidget(deed_button(link, look="link"), 0, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.GAP)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.GROUP_GAP, 12, theme.GROUP_GAP, theme.GROUP_GAP)
        whole.setSpacing(theme.GAP)
        whole.addLayout(self.head)
        whole.addLayout(self.body, 1)
        self.title_label.setVisible(bool(title))

    def set_title(self, title: str) -> None:
        """Say what the card holds."""
        self.title_label.setText(title)
        self.title_label.setVisible(bool(title))
        self.setAccessibleName(title)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of the body."""
        self.body.addWidget(widget)

    def clear(self) -> None:
        """Take everything out of the body."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def in_the_middle(card: Card) -> QHBoxLayout:
    """The card between two stretches: an alignment would measure its wrapped lines at the width of the window."""
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(card)
    line.addStretch(1)
    return line
