"""A line that opens over a cell of a table: Enter takes it and goes down, Esc drops it, leaving it takes it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from eic_tracker.gui.widgets.frozen_table import FrozenTable

_STEPS = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class TypedCell(QLineEdit):
    """Lies in the table's viewport; `taken` comes before the keyboard moves on, so nothing typed waits for it."""

    taken = Signal(str)

    def __init__(self, table: FrozenTable, longest: int) -> None:
        super().__init__(table.viewport())
        self._table = table
        self._open = False
        self.setMaxLength(longest)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFrame(False)
        self.hide()
        for bar in (table.verticalScrollBar(), table.horizontalScrollBar()):
            bar.valueChanged.connect(lambda _value: self.place())
        table.resized.connect(self.place)

    @property
    def is_open(self) -> bool:
        """Whether something is being typed."""
        return self._open

    def begin(self, text: str, name: str, *, selected: bool = False) -> None:
        """Open over the current cell; `name` is what screen readers call it."""
        self._table.scrollTo(self._table.currentIndex())
        self._open = True
        self.setAccessibleName(name)
        self.setText(text)
        self.place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if selected:
            self.selectAll()

    def place(self) -> None:
        """Stand where the cell stands now."""
        if self._open:
            self.setGeometry(self._table.visualRect(self._table.currentIndex()))

    def finish(self, step: int = 0) -> None:
        """Take what was typed, close, and go so many rows down in the same column."""
        if not self._open:
            return
        text = self.text()
        self._close()
        self.taken.emit(text)
        self._go(step)

    def drop(self) -> bool:
        """Close without taking; False where nothing was open."""
        was_open = self._open
        self._close()
        return was_open

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter and the arrows take and move; Esc drops."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.finish(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self.drop()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """Another page, window or cell: what was typed is not lost."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finish()

    def _close(self) -> None:
        if not self._open:
            return
        self._open = False
        had_keyboard = self.hasFocus()
        self.hide()
        if had_keyboard:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, step: int) -> None:
        here: QModelIndex = self._table.currentIndex()
        row = here.row() + step
        if step and 0 <= row < self._table.model().rowCount():
            self._table.setCurrentIndex(self._table.model().index(row, here.column()))
