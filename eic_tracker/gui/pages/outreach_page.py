"""G.R.E.A.T.: class groups, schools, and where the programme has been."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from eic_tracker.gui.coverage_part import CoveragePart
from eic_tracker.gui.grids.class_groups import CLASS_GROUPS_GRID
from eic_tracker.gui.grids.schools import SCHOOLS_GRID
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.tabbed_grids import TabbedPage


class OutreachPage(TabbedPage):
    """Counted by head; an instructor sees own class groups and their schools."""

    name = "outreach"
    shows = frozenset(
        {
            "class_group",
            "class_group_grade",
            "class_lesson",
            "class_officer",
            "school",
            "curriculum",
            "curriculum_version",
            "municipality",
            "department",
            "instructor",
        }
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("G.R.E.A.T.", around, parent)
        self.add_grid("class_groups", self.t("Class groups"), CLASS_GROUPS_GRID, "class_group")
        self.add_grid("schools", self.t("Schools"), SCHOOLS_GRID, "school")
        self.add_part("coverage", self.t("Coverage"), self._make_coverage)

    def _make_coverage(self) -> CoveragePart:
        part = CoveragePart(self.around)
        part.figure_wanted.connect(self.figure_requested)
        part.rows_wanted.connect(self.rows_requested)
        part.failed.connect(self.noticed)
        part.said.connect(lambda text: self.done.emit(text, False))
        return part
