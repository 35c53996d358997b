"""One instructor: courses with hours and people, stays, mentored units, class groups."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.gui.grids.cells import name_of
from eic_tracker.gui.grids.instructors import stay_of
from eic_tracker.gui.grids.records import (
    CERTIFICATES_OF_PERSON,
    COURSES_OF_INSTRUCTOR,
    ENTRIES,
    GROUPS_OF_INSTRUCTOR,
    STAYS_OF_INSTRUCTOR,
    UNITS_OF_INSTRUCTOR,
)
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_page import RecordPage
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_
from eic_tracker.queries.countries import country_name
from eic_tracker.services.profiles import InstructorDetail, instructor_detail

_COURSES, _STAYS, _UNITS = N_("Courses taught"), N_("Stays"), N_("Mentored units")
_GROUPS, _CERTIFICATES, _HISTORY = N_("Class groups"), N_("Certificates"), N_("History")


class InstructorPage(RecordPage):
    """An instructor or advisor."""

    name = "instructor"
    shows = frozenset(
        {
            "instructor",
            "force",
            "assignment",
            "offering",
            "enrolment",
            "rotation",
            "mentored_unit",
            "class_officer",
            "class_group",
            "certificate",
        }
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.detail: InstructorDetail | None = None
        self.add_table(
            "courses", t(_COURSES), COURSES_OF_INSTRUCTOR, t("No course has been assigned yet."), self._open_course
        )
        self.add_table("stays", t(_STAYS), STAYS_OF_INSTRUCTOR, t("No stay has been entered."))
        self.add_table("units", t(_UNITS), UNITS_OF_INSTRUCTOR, t("No unit is mentored by this instructor."))
        self.add_table(
            "groups",
            t(_GROUPS),
            GROUPS_OF_INSTRUCTOR,
            t("This instructor has taught no class group."),
            self._open_groups,
        )
        self.add_table(
            "certificates",
            t(_CERTIFICATES),
            CERTIFICATES_OF_PERSON,
            t("No certificate has been prepared for this instructor."),
            self._open_course,
        )
        self.add_table(
            "history", t(_HISTORY), ENTRIES, t("Nothing about this instructor was changed."), self._open_entry
        )

    def read_record(self) -> None:
        """The instructor with all that belongs to them."""
        self.read(instructor_detail, self.key, self.around.today, done=self.show_record, failed=self.not_read)

    def show_record(self, detail: InstructorDetail) -> None:
        """Fill the page."""
        t, row = self.t, detail.row
        self.detail = detail
        self.set_title(name_of(row, t))
        stay = stay_of(row, t)
        self.badge.say(Tone.INFO, t("Here {stay}", stay=stay) if stay else "")
        self.say_line(
            row.code,
            row.rank,
            row.force_name,
            country_name(row.country, t.language),
            t.plural("led {count} course", "led {count} courses", row.leads),
            t.plural("assisted in {count}", "assisted in {count}", row.assists) if row.assists else None,
        )
        self.show_rows("courses", t(_COURSES), {each.offering_id: each for each in detail.taught})
        self.show_rows("stays", t(_STAYS), {each.id: each for each in detail.rotations})
        self.show_rows("units", t(_UNITS), {each.id: each for each in detail.mentored})
        self.show_rows("groups", t(_GROUPS), {each.year: each for each in detail.class_groups})
        self.show_rows("certificates", t(_CERTIFICATES), {each.id: each for each in detail.certificates})
        self.show_rows("history", t(_HISTORY), {each.id: each for each in detail.history})
        self.record_shown()

    def _open_course(self, row: Any) -> None:
        if row.offering_id is not None:
            self.go_requested.emit(Place("offering", row.offering_id))

    def _open_groups(self, row: Any) -> None:
        if self.detail is not None:
            filters = (("officer", self.detail.row.code), ("year", str(row.year)))
            self.go_requested.emit(Place("outreach", state={"grid": {"filters": filters}}))

    def _open_entry(self, row: Any) -> None:
        self.go_requested.emit(Place("history", state={"entry": row.id}))
