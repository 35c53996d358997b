"""Courses: those that were given, and the catalogue."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from eic_tracker.gui.grids.offerings import COURSES_GRID, OFFERINGS_GRID
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.tabbed_grids import TabbedPage


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
        super().__init__(around.t("All courses"), around, parent)
        self.add_grid("offerings", self.t("Courses given"), OFFERINGS_GRID, "offering")
        self.add_grid("courses", self.t("Catalogue"), COURSES_GRID, "course")
