"""The rows of a list under review: keys that act on the row where one stands, and a field to type in over its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.small_table import SmallTable

_NAMED_KEYS = {
    Qt.Key.Key_F2: "F2",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_NARROWEST = 90
"""Pixels in which a value can be typed; a narrower cell lends its field a wider one."""


class ReviewTable(SmallTable):
    """`acts` names what plain keys do; each says whether it had anything to do there."""

    typed = Signal(str)

    def __init__(
        self, title: str, columns: Sequence[Column], around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, columns, around, parent=parent)
        self.acts: Mapping[str, Callable[[], bool]] = {}
        self._names = [column.name for column in columns]
        self._typed_column = ""
        self.field = _CellField(self.viewport())
        self.field.taken.connect(self._on_taken)
        self.field.left.connect(self.stop_typing)

    def current_column(self) -> str:
        """The name of the column where the keyboard stands."""
        column = self.currentIndex().column()
        return self._names[column] if column >= 0 else ""

    def place_of_column(self, name: str) -> int:
        """Where a column stands."""
        return self._names.index(name)

    def type_into(self, column: str, label: str, text: str) -> None:
        """Open a field over the current row's cell, or over the widest where that is not in sight."""
        self._typed_column = column
        self._place_field()
        self.field.setAccessibleName(label)
        self.field.setPlaceholderText(label)
        self.field.setText(text)
        self.field.selectAll()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """The row that is typed into stays in sight, and the field over it."""
        super().resizeEvent(event)
        if not self.field.isHidden():
            self._place_field()

    def _place_field(self) -> None:
        self.scrollTo(self.currentIndex())
        row = self.currentIndex().row()
        names = (self._typed_column, "what", "name")
        places = [self.visualRect(self.model().index(row, self._names.index(name))) for name in names]
        place = next((each for each in places if each.width() >= _NARROWEST), places[-1])
        self.field.setGeometry(place.intersected(self.viewport().rect()))

    def finish_typing(self) -> bool:
        """Take what is being typed; False where nothing was."""
        if self.field.isHidden():
            return False
        self._on_taken(self.field.text())
        return True

    def stop_typing(self) -> None:
        """Leave the field; the row stays as it was."""
        self.field.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """As low as it may be: it takes what room there is."""
        return self.minimumSize().expandedTo(QSize(256, 0))

    def event(self, event: QEvent) -> bool:
        """Keys of the row go before those of the page."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() in _PLAIN
            and _NAMED_KEYS.get(Qt.Key(event.key())) in self.acts
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """What acts on the row; all else as in every table."""
        name = _NAMED_KEYS.get(Qt.Key(event.key())) or event.text().upper()
        act = self.acts.get(name) if event.modifiers() in _PLAIN else None
        if act is None or not act():
            super().keyPressEvent(event)

    def _on_taken(self, text: str) -> None:
        self.stop_typing()
        self.typed.emit(text)


class _CellField(QLineEdit):
    """Enter, Tab and a click elsewhere take the text, Esc leaves it."""

    taken = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, before those of the page."""
        if isinstance(event, QKeyEvent) and event.modifiers() in _PLAIN:
            key = Qt.Key(event.key())
            if event.type() == QEvent.Type.ShortcutOverride and key in {*_ENDS, Qt.Key.Key_Escape, *_NAMED_KEYS}:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and key in _ENDS:
                self.taken.emit(self.text())
                return True
            if event.type() == QEvent.Type.KeyPress and key == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """What was typed is kept when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        if not self.isHidden() and event.reason() in {Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason}:
            self.taken.emit(self.text())


_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
