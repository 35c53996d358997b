"""The closed quarters, for who may reopen one: with a reason that stands in the journal and in the next report."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.periods import title
from eic_tracker.gui.dialogs.ask_reason import ask_reason
from eic_tracker.gui.grids.closed_quarters import CLOSED_QUARTERS
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.part import Part
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.queries.closed_quarters import ClosedQuarter
from eic_tracker.services.quarters import closed_quarters, reopen_quarter


class QuartersPart(Part):
    """The newest first; the chosen one can be reopened."""

    name = "quarters"
    shows = frozenset({"closed_quarter", "restatement"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.ask_reason: Callable[..., str | None] = ask_reason
        self.told = sentence(
            t(
                "A closed quarter keeps its figures as they were sent. Reopened, it counts from the rows again; what"
                " differs when a manager closes it anew is told as a restatement."
            )
        )
        self.table = SmallTable(t("Closed quarters"), CLOSED_QUARTERS, around)
        self.reopen_button = deed_button(Deed(t("Reopen the quarter…"), self.reopen))
        self.layout_of_page.addWidget(self.told)
        self.layout_of_page.addWidget(self.reopen_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.layout_of_page.addWidget(self.table, 1)
        self.table.current_changed.connect(lambda _key: self._enable())
        self._enable()

    def show_place(self, place: Place) -> None:
        """All of them."""
        self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        self.read(closed_quarters, done=self._show)

    def first_focus(self) -> QWidget | None:
        """The table."""
        return self.table

    def reopen(self) -> None:
        """Ask why, and open the chosen quarter again."""
        chosen = self._chosen()
        if chosen is None:
            return
        name = title(chosen.period, self.t)
        reason = self.ask_reason(self.window(), self.t, self.t("Why is {period} reopened?", period=name))
        if reason:
            words = self.t("{period} is open again; a manager closes it anew.", period=name)
            self.write(reopen_quarter, chosen.period, reason, said=lambda _none: words, undoable=False)

    def _chosen(self) -> ClosedQuarter | None:
        found = self.table.rows.get(self.table.current_key() or 0)
        return found if isinstance(found, ClosedQuarter) else None

    def _show(self, quarters: tuple[ClosedQuarter, ...]) -> None:
        self.table.show_rows({each.id: each for each in quarters})
        if quarters and self.table.current_key() not in self.table.rows:
            self.table.select_key(quarters[0].id)
        self._enable()

    def _enable(self) -> None:
        chosen = self._chosen()
        why = "" if chosen is not None and chosen.is_closed else self.t("No closed quarter is chosen.")
        rest(self.reopen_button, why)
        self.reopen_button.setHidden(self.around.read_only)
