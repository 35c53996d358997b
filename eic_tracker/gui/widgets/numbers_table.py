"""A small table whose numbers open their rows: by a click on the number, or by Enter in its column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.small_table import SmallTable


class NumbersTable(SmallTable):
    """Left and Right go from number to number; `number_opened` names the row and the column."""

    number_opened = Signal(int, str)

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        around: Surroundings,
        *,
        whole: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, columns, around, whole=whole, parent=parent)
        self._titles = [column.heading(around.t) for column in columns]
        self._given = tuple(columns)
        self._numbers = [number for number, column in enumerate(columns) if column.number]
        self.setMouseTracking(True)
        self.row_opened.connect(self._on_row_opened)
        self.clicked.connect(self._on_clicked)

    def show_rows(self, rows: Mapping[int, Any]) -> None:
        """Show these rows; row and column of the keyboard stay."""
        column = self.currentIndex().column()
        super().show_rows(rows)
        if self.currentIndex().isValid() and column > 0:
            self.setCurrentIndex(self.currentIndex().siblingAtColumn(column))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Left and Right walk the numbers of a row and say them."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        index = self.currentIndex()
        if event.key() not in steps or event.modifiers() & Qt.KeyboardModifier.ControlModifier or not index.isValid():
            super().keyPressEvent(event)
            return
        places = [0, *self._numbers]
        here = max((place for place, column in enumerate(places) if column <= index.column()), default=0)
        column = places[min(max(here + steps[Qt.Key(event.key())], 0), len(places) - 1)]
        wanted = index.siblingAtColumn(column)
        self.setCurrentIndex(wanted)
        announce(self, f"{self._titles[column]}: {wanted.data()}")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """A hand over what opens."""
        index = self.indexAt(event.position().toPoint())
        opens = index.isValid() and index.column() in self._numbers
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() in self._numbers:
            self._open(index)

    def _on_row_opened(self, _row: int) -> None:
        index = self.currentIndex()
        # a double click on a number has opened it by its first click
        self._open(index if index.column() in self._numbers else index.siblingAtColumn(self._numbers[-1]))

    def _open(self, index: QModelIndex) -> None:
        key = self.current_key()
        if key is not None:
            self.number_opened.emit(key, self._given[index.column()].name)
