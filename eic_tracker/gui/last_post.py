"""The post of the row that was stored last, for the row that is typed now: offered, or taken by Ctrl+D."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from eic_tracker.gui.entry_row import EntryRow
from eic_tracker.queries.enrolling import NOWHERE, Service


class LastPost(QObject):
    """Keeps rank and unit of the row above."""

    filled = Signal()

    def __init__(self, row: EntryRow) -> None:
        super().__init__(row)
        self._row = row
        self._service: Service = NOWHERE

    def note(self, service: Service) -> None:
        """A row was stored with this post."""
        self._service = service

    def offer(self, cell: str) -> None:
        """The keyboard came into a cell: the unit is offered there, marked, so that typing replaces it."""
        unit = self._row.unit
        if cell == "unit" and self._service.unit_id is not None and unit.value() is None and not self._row.is_blank:
            unit.set_value(self._service.unit_id)
            unit.selectAll()

    def fill(self) -> None:
        """Ctrl+D: the cell with the keyboard, rank or unit, gets what the row above has."""
        kept = {
            self._row.unit: self._service.unit_id or self._service.unit_text,
            self._row.rank: self._service.rank_id or self._service.rank_text,
        }
        for box, value in kept.items():
            if box is QApplication.focusWidget() and value is not None:
                box.restore(value)
                self.filled.emit()
