"""Instructors and advisors: where they come from, what they led, who is here now."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from eic_tracker.domain.teaching_rules import TeachingKind
from eic_tracker.gui import theme
from eic_tracker.gui.commands import key_words
from eic_tracker.gui.grid_page import GridPage
from eic_tracker.gui.grids.instructors import INSTRUCTORS_GRID
from eic_tracker.gui.instructor_acts import ADD_KEYS
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.page_list import may_write
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.teaching_places import form_place


class InstructorsPage(GridPage):
    """All instructors; to an instructor themselves alone."""

    name = "instructors"
    opens = "instructor"
    shows = frozenset(
        {"instructor", "force", "assignment", "offering", "rotation", "class_officer", "mentored_unit"}
    ) | {"accreditation"}

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(INSTRUCTORS_GRID, around, parent)
        ledger = QPushButton(self.t("Teaching ledger"))
        ledger.setAutoDefault(False)
        ledger.setMinimumHeight(theme.TARGET)
        ledger.clicked.connect(lambda _checked=False: self.go_requested.emit(Place("ledger")))
        self.add_to_head(ledger)
        if may_write(around):
            new = self.primary_button(self.t("New instructor"), self._add)
            new.setToolTip(key_words((ADD_KEYS,), self.t))
            page_shortcut(ADD_KEYS, self).activated.connect(self._add)

    def _add(self) -> None:
        """The form of a new instructor."""
        self.go_requested.emit(form_place(TeachingKind.INSTRUCTOR))
