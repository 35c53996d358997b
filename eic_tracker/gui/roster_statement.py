"""The way from a row of a closed course's roster to a statement of it for the person."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.queries.offerings import OfferingRow
from eic_tracker.queries.rosters import EnrolmentRow

STATEMENT_KEYS = "Ctrl+Shift+C"


class RosterStatement(QWidget):
    """Stands below the roster of a closed course; an open one has nothing to state yet."""

    go_wanted = Signal(object)
    said = Signal(str)

    def __init__(self, grid: Grid, around: Surroundings) -> None:
        super().__init__()
        self._grid = grid
        self._t = t = around.t
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self.button = deed_button(Deed(t("Statement or transcript…"), self.open), look="link")
        self.button.setToolTip(STATEMENT_KEYS)
        line.addWidget(self.button)
        line.addStretch(1)
        page_shortcut(STATEMENT_KEYS, grid.table).activated.connect(self.open)
        self.hide()

    def show_row(self, row: OfferingRow) -> None:
        """The course in sight."""
        self.setVisible(row.status is OfferingStatus.CLOSED)

    def open(self) -> None:
        """The form for the person where the keyboard stands, with this course chosen."""
        cells = self._grid.model.known(self._grid.table.currentIndex().row())
        if self.isHidden() or cells is None:
            return
        row: EnrolmentRow = cells.row
        if row.status is EnrolmentStatus.COMPLETED:
            self.go_wanted.emit(Place("statement", row.participant_id, {"enrolment": row.id}))
        else:
            self.said.emit(self._t("Only who completed the course gets a statement of it."))
