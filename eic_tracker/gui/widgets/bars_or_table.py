"""Bars, and the same numbers as a table: T goes from one to the other and back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.bars import Bar, Bars
from eic_tracker.gui.widgets.numbers_table import NumbersTable


class BarsOrTable(QWidget):
    """`activated` names the bar or the row that was opened; the titles are those of the table's columns (messages)."""

    activated = Signal(int)

    def __init__(self, title: str, what: str, number: str, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars = Bars(title, around.colours)
        columns = (
            Column("what", what, lambda line, _t: line[0], width=16, stretch=True),
            Column("number", number, lambda line, _t: line[1], width=10, number=True),
        )
        self.table = NumbersTable(title, columns, around, whole=True)
        self.table.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bars)
        column.addWidget(self.table)
        self.bars.activated.connect(self.activated)
        self.bars.table_requested.connect(self._turn)
        self.table.number_opened.connect(lambda row, _column: self.activated.emit(row))
        back = QShortcut(QKeySequence(Qt.Key.Key_T), self.table)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self._turn)

    def show_bars(self, bars: Sequence[Bar], names: Sequence[str] = ()) -> None:
        """Show these numbers in the form that was chosen; `names` are those of the table where labels are short."""
        self.bars.show_bars(bars)
        said = names or [" ".join(bar.label.split()) for bar in bars]
        self.table.show_rows({place: (said[place], bar.shown) for place, bar in enumerate(bars)})

    def _turn(self) -> None:
        """Go to the same number in the other form."""
        to_table = self.table.isHidden()
        if to_table and not self.bars.bars():
            return
        self.bars.setHidden(to_table)
        self.table.setVisible(to_table)
        if to_table:
            self.table.select_key(max(self.bars.current(), 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.bars.walk_to(self.table.current_key() or 0)
            self.bars.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, (self.table if to_table else self.bars).accessibleName())
