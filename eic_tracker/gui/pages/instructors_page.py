"""Instructors and advisors: where they come from, what they led, who is here now."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from eic_tracker.gui.grid_page import GridPage
from eic_tracker.gui.grids.instructors import INSTRUCTORS_GRID
from eic_tracker.gui.surroundings import Surroundings


class InstructorsPage(GridPage):
    """All instructors; to an instructor themselves alone."""

    name = "instructors"
    opens = "instructor"
    shows = frozenset({"instructor", "force", "assignment", "offering", "rotation", "class_officer", "mentored_unit"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(INSTRUCTORS_GRID, around, parent)
