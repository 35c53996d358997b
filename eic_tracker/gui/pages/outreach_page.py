"""G.R.E.A.T.: class groups, schools, officers, and where the programme has been."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui.coverage_part import CoveragePart
from eic_tracker.gui.dropped import dropped_path
from eic_tracker.gui.dropped_scan import DroppedScan
from eic_tracker.gui.grids.class_groups import CLASS_GROUPS_GRID
from eic_tracker.gui.grids.officers import OFFICERS_GRID
from eic_tracker.gui.grids.schools import SCHOOLS_GRID
from eic_tracker.gui.instructor_acts import ADD_KEYS
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.outreach_acts import (
    LESSON_KEYS,
    add_deed,
    entry_place,
    lessons_place,
    may_enter_groups,
    may_enter_schools,
)
from eic_tracker.gui.page_list import PAGES, may_open
from eic_tracker.gui.place import Place
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
            "accreditation",
        }
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("G.R.E.A.T.", around, parent)
        self.add_grid("class_groups", self.t("Class groups"), CLASS_GROUPS_GRID, "class_group")
        self.add_grid("schools", self.t("Schools"), SCHOOLS_GRID, "school")
        if right(around.acting, Action.READ_PEOPLE) is not Right.NO:
            self.add_grid("officers", self.t("Officers"), OFFICERS_GRID, "instructor")
        self.add_part("coverage", self.t("Coverage"), self._make_coverage)
        self.scans = DroppedScan(around, self)
        self.scans.said.connect(self.done)
        self.scans.noticed.connect(self.noticed)
        self.scans.place_wanted.connect(self.go_requested)
        self._takes_lists = may_open(PAGES["group_lists"], around)
        if self._takes_lists:
            self.setAcceptDrops(True)
            add_deed(
                self, self.t("Take in a list…"), "", lambda: self.go_requested.emit(Place("group_lists"))
            ).setToolTip("Ctrl+I")
            page_shortcut("Ctrl+V", self).activated.connect(self._paste)
        if may_enter_schools(around):
            add_deed(self, self.t("Enter a school"), "", lambda: self.go_requested.emit(Place("school_form")))
        if may_enter_groups(around):
            lesson, words = lambda: self.go_requested.emit(lessons_place()), self.t("Record a lesson")
            add_deed(self, words, LESSON_KEYS, lesson)
            add_deed(self, self.t("Enter class groups"), ADD_KEYS, self.begin, primary=True)

    def begin(self) -> None:
        """Something new of what the tab in sight lists."""
        if self.tabs.name() == "schools" and may_enter_schools(self.around):
            self.go_requested.emit(Place("school_form"))
        else:
            self.go_requested.emit(entry_place())

    def begin_new(self) -> bool:
        """Ctrl+N: the same."""
        if may_enter_groups(self.around):
            self.begin()
            return True
        return False

    def import_list(self) -> None:
        """Ctrl+I: a school's list, a monthly workbook or a message."""
        if self._takes_lists:
            self.go_requested.emit(Place("group_lists", state={"choose": True}))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """A file of class groups may be dropped on the page."""
        if self._takes_lists and dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """A scan goes where its code says; anything else is looked at on the page of lists."""
        path = dropped_path(event.mimeData())
        if path is None:
            return
        event.acceptProposedAction()
        if self.scans.takes(path):
            self.scans.open(path, self._open_list)
        else:
            self._open_list(path)

    def _open_list(self, path: Path) -> None:
        self.go_requested.emit(Place("group_lists", state={"path": str(path)}))

    def _paste(self) -> None:
        """Ctrl+V: what the clipboard holds is looked at on the page of lists."""
        self.go_requested.emit(Place("group_lists", state={"paste": True}))

    def _make_coverage(self) -> CoveragePart:
        part = CoveragePart(self.around)
        part.figure_wanted.connect(self.figure_requested)
        part.rows_wanted.connect(self.rows_requested)
        part.failed.connect(self.noticed)
        part.said.connect(lambda text: self.done.emit(text, False))
        return part
