"""One course given: roster, days, results, certificates, papers, history."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.course_rules import COURSE_TYPES
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.domain.teaching_rules import TeachingKind
from eic_tracker.exchange.class_workbook import ClassList
from eic_tracker.gui.acts_part import ActsPart
from eic_tracker.gui.attendance_part import AttendancePart
from eic_tracker.gui.certificate_batch_part import CertificateBatchPart
from eic_tracker.gui.closing_part import ClosingPart
from eic_tracker.gui.course_printing import PrintMenu
from eic_tracker.gui.days_part import DaysPart
from eic_tracker.gui.dialogs.ask_reason import ask_reason
from eic_tracker.gui.dialogs.print_view import show_upright
from eic_tracker.gui.dropped import dropped_path
from eic_tracker.gui.dropped_scan import DroppedScan
from eic_tracker.gui.grades_part import GradesPart
from eic_tracker.gui.grids.certificates import CERTIFICATES_OF_OFFERING
from eic_tracker.gui.grids.offerings import phase_tone, phase_words, seats_words
from eic_tracker.gui.grids.roster import ROSTER_GRID
from eic_tracker.gui.offering_acts import OfferingActs
from eic_tracker.gui.offering_parts import PapersPart, ResultsPart, hours_words
from eic_tracker.gui.on_behalf import BehalfOf
from eic_tracker.gui.page_list import may_write
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_parts import PartsPage, RecordPart
from eic_tracker.gui.roster_part import RosterPart
from eic_tracker.gui.roster_statement import RosterStatement
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.teaching_places import form_place
from eic_tracker.gui.vetting_part import VettingPart
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.queries.listing import Request
from eic_tracker.reports.report_words import days_words
from eic_tracker.services.assignments import remove_assignment
from eic_tracker.services.class_list_reading import open_class_list
from eic_tracker.services.listings import list_keys, list_rows
from eic_tracker.services.profiles import OfferingDetail, offering_detail


class OfferingPage(PartsPage):
    """Those who may read no people see neither roster nor certificates."""

    name = "offering"
    shows = frozenset(
        {
            "offering",
            "enrolment",
            "participant",
            "assignment",
            "offering_module",
            "offering_day",
            "attendance",
            "walk_in",
            "walk_in_mark",
            "module_grade",
            "certificate",
            "act",
            "attachment",
            "source_document",
            "authorisation",
            "rejected_row",
            "vetting",
            "course",
            "course_version",
            "course_module",
            "instructor",
        }
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(offering_detail, around, parent)
        t = self.t
        self._results: ResultsPart | None = None
        self.statement: RosterStatement | None = None
        self.behalf = BehalfOf(around, self)
        self._records = right(around.acting, Action.RECORD_RESULTS) is not Right.NO and not around.read_only
        self.acts = OfferingActs(self, ask_reason) if may_write(around) else None
        if self.acts is not None:
            self.add_to_head(self.acts)
        self.printing: PrintMenu | None = None
        if right(around.acting, Action.READ_FIGURES) is Right.YES:
            self.printing = PrintMenu(self, ask_reason, show_upright)
            self.add_to_head(self.printing)
        self.scans = DroppedScan(around, self)
        self.scans.said.connect(self.done)
        self.scans.noticed.connect(self.noticed)
        self.scans.place_wanted.connect(self.go_requested)
        self.setAcceptDrops(self.acts is not None or self._records)
        sees_people = around.may(Action.READ_PEOPLE)
        if sees_people:
            self.add_part("roster", t("Roster"), self._roster)
        self.add_part("days", t("Days"), self._days)
        self.add_part("results", t("Results"), self._make_results)
        if self._records:
            self.add_part("attendance", t("Attendance"), self._attendance)
            self.add_part("grades", t("Grades"), self._grades)
            self.add_part("closing", t("Closing"), self._closing)
        if sees_people:
            self.add_part("certificates", t("Certificates"), self._certificates)
        if sees_people:
            self.add_part("acts", t("Acts"), self._acts)
        if self.acts is not None:
            self.add_part("vetting", t("Verification"), self._vetting)
        self.add_part("documents", t("Documents"), lambda: PapersPart(around))
        self.add_part("history", t("History"), self.history_part)

    def show_head(self, detail: OfferingDetail) -> None:
        """Code, title and state; below it when, where, who leads, how many."""
        t, row = self.t, detail.row
        self.set_title(t("Course {code} · {title}", code=row.code, title=row.course_title))
        self.badge.say(phase_tone(row), phase_words(row, t))
        place = ", ".join(part for part in (row.place, row.municipality_name) if part)
        lead = row.lead_name or row.lead
        self.say_line(
            days_words(row.starts_on, row.ends_on, t),
            place,
            t(COURSE_TYPES[row.course_type]),
            hours_words(detail.rules, t),
            t("led by {name} ({force})", name=lead, force=row.force_name or "") if lead else "",
            t("seats: {seats}", seats=seats_words(row, t)),
            t("open for enrolment") if row.enrolment_open and row.closed_at is None else "",
        )
        if self.printing is not None:
            self.printing.show_row(row)
        self.behalf.show_detail(detail)
        if self.statement is not None:
            self.statement.show_row(row)
        if self.acts is not None:
            self.acts.show_row(row)
            self.tabs.offer("vetting", row.vetting_required)
        if self._results is not None:
            self._read_grades()

    def help_name(self) -> str:
        """What is done in the tab in sight has a help of its own; what is only read is explained with the page."""
        tab = self.tabs.name()
        part = self.tabs.content(tab)
        if isinstance(part, RosterPart):
            return "list_review" if part.is_reviewing else "roster" if part.scan.scan is None else "transcribing"
        return _HELP_OF_TABS.get(tab, self.name)

    def import_list(self) -> None:
        """Ctrl+I: a list onto the roster."""
        roster = self._open_roster()
        if roster is not None:
            roster.import_list()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """A file may be dropped anywhere on the page."""
        if dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """A scan goes where its code says, a class list to the attendance, any other list to the roster."""
        path = dropped_path(event.mimeData())
        if path is None or self.detail is None:
            return
        event.acceptProposedAction()
        if self.scans.takes(path):
            self.scans.open(path, self._open_other)
        else:
            self._open_other(path)

    def _open_other(self, path: Path) -> None:
        """A folder, or a file that is no scan with a code."""
        if path.is_dir():
            self._open_whole(path)
            return
        if not self._records:
            self._open_as_roster(path)
            return
        jobs, acting = self.around.jobs, self.around.acting
        jobs.long(
            open_class_list,
            acting,
            path,
            owner=self,
            done=lambda read: self._on_dropped(path, read),
            failed=lambda _failure: self._open_as_roster(path),
        )

    def _on_dropped(self, path: Path, read: ClassList | None) -> None:
        if read is None:
            self._open_as_roster(path)
            return
        self.tabs.open("attendance")
        part = self.tabs.content("attendance")
        if isinstance(part, AttendancePart):
            part.open_read_list(read)

    def _open_whole(self, path: Path) -> None:
        """A folder of lists, or a workbook with a course on each sheet: not of this course alone."""
        self.go_requested.emit(Place("whole_workbook", state={"path": str(path)}))

    def _open_as_roster(self, path: Path) -> None:
        roster = self._open_roster()
        if roster is not None:
            roster.open_list(path)
        else:
            self.done.emit(self.t("{file} is no class list of this program.", file=path.name), False)

    def _open_roster(self) -> RosterPart | None:
        """The roster, brought into sight, for who enrols."""
        if self.acts is None or self.detail is None:
            return None
        self.tabs.open("roster")
        part = self.tabs.content("roster")
        return part if isinstance(part, RosterPart) else None

    def _roster(self) -> RecordPart:
        if self.acts is None:
            return self.grid_part(ROSTER_GRID, _of_offering, self._open_person)
        grid = self.make_grid(ROSTER_GRID, self._open_person)
        part = RosterPart(grid, _of_offering, self.around)
        part.review.whole_wanted.connect(self._open_whole)
        part.done.connect(self.done)
        part.noticed.connect(self.noticed)
        self.statement = RosterStatement(grid, self.around)
        below = part.layout()
        assert below is not None
        below.addWidget(self.statement)
        self.statement.go_wanted.connect(self.go_requested)
        self.statement.said.connect(lambda text: self.done.emit(text, False))
        if self.detail is not None:
            self.statement.show_row(self.detail.row)
        return part

    def _attendance(self) -> RecordPart:
        part = AttendancePart(self.around, self.behalf)
        part.done.connect(self.done)
        part.noticed.connect(self.noticed)
        part.tab_wanted.connect(self.tabs.open)
        return part

    def _grades(self) -> RecordPart:
        part = GradesPart(self.around, self.behalf)
        part.done.connect(self.done)
        part.noticed.connect(self.noticed)
        return part

    def _closing(self) -> RecordPart:
        part = ClosingPart(self.around, self.behalf)
        part.done.connect(self.done)
        part.noticed.connect(self.noticed)
        part.tab_wanted.connect(self.tabs.open)
        return part

    def _acts(self) -> RecordPart:
        part = ActsPart(self.around, ask_reason, show_upright)
        part.done.connect(self.done)
        part.noticed.connect(self.noticed)
        part.tab_wanted.connect(self._mend)
        return part

    def _mend(self, name: str) -> None:
        """The part where something is mended; who has not that part sees the one that shows it."""
        self.tabs.open(name if name in self.tabs.names() else _SHOWN_IN.get(name, "roster"))

    def _vetting(self) -> RecordPart:
        part = VettingPart(self.around, ask_reason)
        part.done.connect(self.done)
        part.noticed.connect(self.noticed)
        return part

    def _certificates(self) -> RecordPart:
        grid = self.make_grid(CERTIFICATES_OF_OFFERING, self._open_certificate)
        part = CertificateBatchPart(grid, _of_offering, self.around, ask_reason)
        part.go_wanted.connect(self.go_requested)
        part.done.connect(self.done)
        part.noticed.connect(self.noticed)
        return part

    def _days(self) -> RecordPart:
        part = DaysPart(self.around, assigns=self.acts is not None)
        part.instructor_opened.connect(lambda key: self.go_requested.emit(Place("instructor", key)))
        assignment = TeachingKind.ASSIGNMENT
        part.assign_wanted.connect(lambda: self.go_requested.emit(form_place(assignment, offering=self.key)))
        part.assignment_opened.connect(
            lambda key: self.go_requested.emit(form_place(assignment, key, offering=self.key))
        )
        part.assignment_dropped.connect(
            lambda key: self.write(remove_assignment, key, said=lambda _code: self.t("The assignment is taken away."))
        )
        return part

    def _make_results(self) -> RecordPart:
        self._results = ResultsPart(self.around)
        self._results.rows_wanted.connect(lambda request, title: self.rows_requested.emit("roster", request, title))
        if self.detail is not None:
            self._read_grades()
        return self._results

    def _read_grades(self) -> None:
        if self.around.may(Action.READ_PEOPLE):
            self.read(list_keys, "roster", _of_offering(self.detail), done=self._on_graded, what="grades")

    def _on_graded(self, keys: array[int]) -> None:
        self.read(list_rows, "roster", list(keys), done=self._show_grades, what="grades")

    def _show_grades(self, rows: dict[int, Any]) -> None:
        if self._results is not None and self.detail is not None:
            counted = [row for row in rows.values() if row.seat.value == "seat" and row.status.value in _GRADED]
            self._results.show_grades(self.detail.row.id, counted, self.detail.rules.scale)

    def _open_person(self, grid: Grid, key: int) -> None:
        cells = grid.model.known(grid.model.place_of(key))
        if cells is not None:
            self.go_requested.emit(Place("person", cells.row.participant_id))

    def _open_certificate(self, _grid: Grid, key: int) -> None:
        self.go_requested.emit(Place("certificate", key))


_SHOWN_IN = {"attendance": "days", "closing": "results", "grades": "results"}
"""Where those see what they cannot mend themselves."""

_HELP_OF_TABS = {
    "acts": "acts",
    "attendance": "attendance",
    "grades": "grades",
    "closing": "closing",
    "certificates": "course_certificates",
    "vetting": "verification",
}
_GRADED = frozenset({"enrolled", "completed", "not_completed", "withdrew"})
"""Results over which the averages beside the bars are taken."""


def _of_offering(detail: OfferingDetail) -> Request:
    return Request(filters=(("offering", str(detail.row.id)),))
