"""All people: found by name or number, filtered, each one a step from its profile."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from eic_tracker.gui.grid_page import GridPage
from eic_tracker.gui.grids.people import PEOPLE_GRID
from eic_tracker.gui.surroundings import Surroundings


class PeoplePage(GridPage):
    """Everybody whom the user may see."""

    name = "people"
    opens = "person"
    shows = frozenset(
        {"participant", "participant_document", "enrolment", "offering", "institution", "unit", "rank", "assignment"}
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(PEOPLE_GRID, around, parent)
