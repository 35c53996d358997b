"""Courses: those that were given, and the catalogue."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton, QWidget

from eic_tracker.domain.codes import OfferingStatus
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.grids.offerings import COURSES_GRID, OFFERINGS_GRID
from eic_tracker.gui.offering_acts import AGAIN_KEYS, EDIT_KEYS, page_shortcut
from eic_tracker.gui.page_list import may_edit_catalogue, may_write
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.tabbed_grids import TabbedPage
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.queries.offerings import OfferingRow

CATALOGUE_KEYS = "Ctrl+Shift+N"


class CoursesPage(TabbedPage):
    """Two lists; an instructor sees own courses given, and the whole catalogue."""

    name = "courses"
    shows = frozenset(
        {
            "offering",
            "enrolment",
            "assignment",
            "certificate",
            "course",
            "course_version",
            "instructor",
            "force",
            "municipality",
            "programme",
        }
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        own = right(around.acting, Action.READ_FIGURES) is Right.OWN
        super().__init__(around.t("My courses") if own else around.t("All courses"), around, parent)
        # what waits to be closed comes first to who closes it
        given = replace(OFFERINGS_GRID, order="waiting") if own else OFFERINGS_GRID
        self.add_grid("offerings", self.t("Courses given"), given, "offering")
        self.add_grid("courses", self.t("Catalogue"), COURSES_GRID, "course")
        if may_write(around):
            new = self.primary_button(self.t("New course"), lambda: self.go_requested.emit(Place("offering_form")))
            new.setToolTip("Ctrl+N")
            page_shortcut(EDIT_KEYS, self).activated.connect(self._edit)
            page_shortcut(AGAIN_KEYS, self).activated.connect(self._again)
        if may_edit_catalogue(around):
            entry = QPushButton(self.t("New course of the catalogue…"))
            entry.setAutoDefault(False)
            entry.setMinimumHeight(theme.TARGET)
            entry.setToolTip(CATALOGUE_KEYS)
            entry.clicked.connect(lambda _checked=False: self._new_in_catalogue())
            self.add_to_head(entry)
            page_shortcut(CATALOGUE_KEYS, self).activated.connect(self._new_in_catalogue)
            if not may_write(around):
                page_shortcut(EDIT_KEYS, self).activated.connect(self._edit)

    def _new_in_catalogue(self) -> None:
        """Ctrl+Shift+N: a course that was never given before."""
        self.go_requested.emit(Place("course_form"))

    def _edit(self) -> None:
        """F2: change the course where the keyboard stands; one that was given where it is open."""
        part = self.part()
        if self.tabs.name() == "courses" and isinstance(part, Grid) and may_edit_catalogue(self.around):
            if (key := part.current_key()) is not None:
                self.go_requested.emit(Place("course_form", key))
            return
        row = self._current()
        if row is not None and row.status is OfferingStatus.OPEN:
            self.go_requested.emit(Place("offering_form", row.id))

    def _again(self) -> None:
        """Ctrl+Shift+D: give the course where the keyboard stands again."""
        row = self._current()
        if row is not None:
            self.go_requested.emit(Place("offering_form", state={"like": row.id}))

    def _current(self) -> OfferingRow | None:
        part = self.part()
        if self.tabs.name() != "offerings" or not isinstance(part, Grid) or (key := part.current_key()) is None:
            return None
        cells = part.model.known(part.model.place_of(key))
        return cells.row if cells is not None else None
