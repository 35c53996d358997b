"""One instructor: courses with hours and people, stays, accreditations, mentored units, class groups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.permissions import Action
from eic_tracker.domain.teaching_rules import WARN_BEFORE, TeachingKind
from eic_tracker.gui.grids.cells import name_of
from eic_tracker.gui.grids.instructors import stay_of
from eic_tracker.gui.grids.records import (
    ACCREDITATIONS_OF_INSTRUCTOR,
    CERTIFICATES_OF_PERSON,
    COURSES_OF_INSTRUCTOR,
    ENTRIES,
    GROUPS_OF_INSTRUCTOR,
    STAYS_OF_INSTRUCTOR,
    UNITS_OF_INSTRUCTOR,
)
from eic_tracker.gui.instructor_acts import InstructorActs
from eic_tracker.gui.page_list import may_write
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_page import CardColumn, RecordPage
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, DeedLine
from eic_tracker.gui.widgets.fact_list import Fact, sentence
from eic_tracker.i18n import N_
from eic_tracker.queries.countries import country_name
from eic_tracker.queries.instructors import InstructorRow
from eic_tracker.queries.teaching_detail import TaughtLine
from eic_tracker.services.profiles import InstructorDetail, instructor_detail

_COURSES, _STAYS, _UNITS = N_("Courses taught"), N_("Stays"), N_("Mentored units")
_ACCREDITATIONS, _FACTS = N_("Accreditations"), N_("Data")
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
            "accreditation",
            "participant",
            "user",
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
        self.facts: CardColumn | None = None
        self.add_table(
            "courses", t(_COURSES), COURSES_OF_INSTRUCTOR, t("No course has been assigned yet."), self._open_course
        )
        self.acts = InstructorActs(self, self.tabs.name, self._row_in) if around.may(Action.READ_PEOPLE) else None
        if self.acts is not None:
            self.add_to_head(self.acts)
        self.add_table(
            "stays",
            t(_STAYS),
            STAYS_OF_INSTRUCTOR,
            t("No stay has been entered."),
            self._opener(TeachingKind.ROTATION),
        )
        self.add_table(
            "accreditations",
            t(_ACCREDITATIONS),
            ACCREDITATIONS_OF_INSTRUCTOR,
            t("No accreditation has been entered."),
            self._opener(TeachingKind.ACCREDITATION),
        )
        self.add_table(
            "units",
            t(_UNITS),
            UNITS_OF_INSTRUCTOR,
            t("No unit is mentored by this instructor."),
            self._opener(TeachingKind.MENTORED_UNIT),
        )
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
            lambda row: self.go_requested.emit(Place("certificate", row.id)),
        )
        self.tabs.add("facts", t(_FACTS), self._make_facts)
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
        cancelled = len(detail.taught) - row.leads - row.assists
        if row.ended_on is not None:
            self.badge.say(Tone.PLAIN, t("Ended on {date}", date=t.date(row.ended_on)))
        else:
            self.badge.say(Tone.INFO, t("Here {stay}", stay=stay) if stay else "")
        if self.acts is not None:
            self.acts.show_key(row.id)
        self.show_hints([*self._lapsing(row), *self._alike(detail)])
        self.say_line(
            row.code,
            row.rank,
            row.force_name,
            country_name(row.country, t.language),
            t.plural("led {count} course", "led {count} courses", row.leads),
            t.plural("assisted in {count}", "assisted in {count}", row.assists) if row.assists else None,
            t.plural("{count} cancelled", "{count} cancelled", cancelled) if cancelled else None,
        )
        self.show_rows("courses", t(_COURSES), {each.offering_id: each for each in detail.taught})
        self.show_rows("stays", t(_STAYS), {each.id: each for each in detail.rotations})
        self.show_rows("accreditations", t(_ACCREDITATIONS), {each.id: each for each in detail.accreditations})
        self.show_rows("units", t(_UNITS), {each.id: each for each in detail.mentored})
        self.show_rows("groups", t(_GROUPS), {each.year: each for each in detail.class_groups})
        self.show_rows("certificates", t(_CERTIFICATES), {each.id: each for each in detail.certificates})
        self.show_rows("history", t(_HISTORY), {each.id: each for each in detail.history})
        if self.facts is not None:
            self._fill_facts(self.facts)
        self.record_shown()

    def _lapsing(self, row: InstructorRow) -> list[QWidget]:
        """That an accreditation is over, or will be soon."""
        if row.lapses_on is None or row.lapses_on > self.around.today + WARN_BEFORE:
            return []
        t, date = self.t, self.t.date(row.lapses_on)
        if row.lapses_on < self.around.today:
            return [sentence(t("An accreditation ended on {date}.", date=date), tone=Tone.ERROR)]
        return [sentence(t("An accreditation ends on {date}.", date=date), tone=Tone.WARNING)]

    def _alike(self, detail: InstructorDetail) -> list[QWidget]:
        """A step to each record that may be the same person."""
        hints: list[QWidget] = []
        for each in detail.alike:
            if each.table == "participant":
                words = self.t("May be the same as {name} among the people", name=each.name)
            else:
                words = self.t("May be the same person: {name}, {code}", name=each.name, code=each.code)
            place = Place("person" if each.table == "participant" else "instructor", each.id)
            hints.append(DeedLine(Deed(words, partial(self.go_requested.emit, place))))
        return hints

    def _make_facts(self) -> QWidget:
        self.facts = CardColumn(self.t(_FACTS))
        self._fill_facts(self.facts)
        return self.facts

    def _fill_facts(self, column: CardColumn) -> None:
        if self.detail is None:
            return
        t, row, facts = self.t, self.detail.row, self.detail.facts
        register: list[Fact] = [
            (t("Given names"), row.given_names),
            (t("Surnames"), row.surnames),
            (t("Home force"), f"{row.force_name} · {country_name(row.country, t.language)}"),
            (t("Rank there"), row.rank or ""),
            (t("Police number"), facts.police_number or ""),
            (t("Specialities"), ", ".join(facts.specialities)),
            (t("Languages"), ", ".join(facts.languages)),
            (t("Code"), row.code),
            (t("Account"), facts.account or ""),
        ]
        if facts.participant_id is not None:
            said = facts.participant_number or f"N.º {facts.participant_id}"
            register.append((t("The same person among the people"), said))
        column.show_cards([(t("Register"), register)])

    def _row_in(self, tab: str) -> int | None:
        """The key of the row where the keyboard stands in a tab; of a course the one assignment in it."""
        table = self._tables.get(tab)
        key = table.current_key() if table is not None else None
        if tab != "courses" or key is None:
            return key
        row: TaughtLine = self._rows["courses"][key]
        return row.assignment_id

    def _opener(self, kind: TeachingKind) -> Callable[[Any], None] | None:
        """What Enter on a row does: its form, for those who keep the register."""
        acts = self.acts
        return (lambda row: acts.change(kind, row.id)) if acts is not None and may_write(self.around) else None

    def _open_course(self, row: Any) -> None:
        if row.offering_id is not None:
            self.go_requested.emit(Place("offering", row.offering_id))

    def _open_groups(self, row: Any) -> None:
        if self.detail is not None:
            filters = (("officer", self.detail.row.code), ("year", str(row.year)))
            self.go_requested.emit(Place("outreach", state={"grid": {"filters": filters}}))

    def _open_entry(self, row: Any) -> None:
        self.go_requested.emit(Place("history", state={"entry": row.id}))
