"""A small list that opens at a field while something is typed there; the keyboard stays in the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.widgets.announcing import announce

_WIDTHS = (320, 620)


class MatchList(QListWidget):
    """Lines with what tells each apart; the field's own keys walk it."""

    taken = Signal(int)
    """the place of the line that was chosen"""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(lambda item: self.taken.emit(self.row(item)))
        self.hide()

    def show_at(self, field: QWidget, lines: Sequence[str]) -> None:
        """Show these lines below the field, or above it where there is no room; the first one is marked."""
        window = field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.clear()
        for line in lines:
            item = QListWidgetItem(line)
            item.setToolTip(line)
            item.setSizeHint(QSize(0, theme.TARGET))
            self.addItem(item)
        wide = max(map(self.fontMetrics().horizontalAdvance, lines), default=0) + 40
        width = max(_WIDTHS[0], min(wide, _WIDTHS[1], window.width() - 2 * theme.GAP))
        height = len(lines) * theme.TARGET + 6
        below = field.mapTo(window, QPoint(0, field.height() + 2))
        top = below.y() if below.y() + height <= window.height() else below.y() - field.height() - 4 - height
        left = min(below.x(), window.width() - width - theme.GAP)
        self.setGeometry(left, top, width, height)
        self.setCurrentRow(0)
        self.show()
        self.raise_()
        announce(field, lines[0] if lines else "")

    def step(self, by: int) -> None:
        """Mark the next line, or the one before."""
        self.setCurrentRow(min(max(self.currentRow() + by, 0), self.count() - 1))
        item = self.currentItem()
        if item is not None:
            announce(self, item.text())
