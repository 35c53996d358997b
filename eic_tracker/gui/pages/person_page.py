"""One person: who they are, their courses one below the other, certificates, and what was changed about them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from eic_tracker.gui import icons, theme
from eic_tracker.gui.code_words import DOCUMENT_KINDS, PERSON_STATES
from eic_tracker.gui.grids.cells import moment, name_of
from eic_tracker.gui.grids.records import CERTIFICATES_OF_PERSON, COURSES_OF_PERSON, ENTRIES
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_page import CardColumn, RecordPage
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import Fact, sentence
from eic_tracker.i18n import N_
from eic_tracker.queries.countries import country_name
from eic_tracker.queries.listing import Request
from eic_tracker.queries.person_detail import DocumentLine, VettingLine
from eic_tracker.reports.rollup.words import ONE_ADULT
from eic_tracker.services.listings import list_keys
from eic_tracker.services.profiles import PersonProfile, person_profile

_COURSES, _CERTIFICATES, _FACTS, _HISTORY = N_("Courses taken"), N_("Certificates"), N_("Particulars"), N_("History")
_VETTING = {
    "in_process": N_("in process"),
    "apt": N_("apt"),
    "not_apt": N_("not apt"),
    "not_required": N_("not required"),
    "expired": N_("expired"),
}


class PersonPage(RecordPage):
    """The profile; an instructor sees own courses and masked numbers."""

    name = "person"
    shows = frozenset(
        {
            "participant",
            "participant_document",
            "enrolment",
            "offering",
            "certificate",
            "delivery",
            "vetting",
            "institution",
            "unit",
            "rank",
        }
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.profile: PersonProfile | None = None
        self.facts: CardColumn | None = None
        self.add_table(
            "courses", t(_COURSES), COURSES_OF_PERSON, t("This person has been in no course yet."), self._open_course
        )
        self.add_table(
            "certificates",
            t(_CERTIFICATES),
            CERTIFICATES_OF_PERSON,
            t("No certificate has been prepared for this person."),
            self._open_course,
        )
        self.tabs.add("facts", t(_FACTS), self._make_facts)
        self.add_table("history", t(_HISTORY), ENTRIES, t("Nothing about this person was changed."), self._open_entry)

    def read_record(self) -> None:
        """The profile, and whether the person may stand in the file twice."""
        self.read(person_profile, self.key, self.around.today, done=self.show_record, failed=self.not_read)
        request = Request(filters=(("possible_duplicate", "yes"),), keys=(self.key or 0,))
        self.read(list_keys, "people", request, done=self._on_twins, what="twins")

    def show_record(self, profile: PersonProfile) -> None:
        """Fill the page."""
        t, row = self.t, profile.row
        self.profile = profile
        self.set_title(name_of(row, t))
        words, tone = PERSON_STATES[row.state]
        self.badge.say(tone, t(words))
        number = f"{self._kind(row.document_kind)} {row.document}" if row.document else t("no identity document")
        police = t("police no. {number}", number=row.police_number) if row.police_number else None
        sex = t(ONE_ADULT[row.sex])
        self.say_line(number, police, sex, row.rank, row.unit, row.institution)
        self.show_rows("courses", t(_COURSES), {each.id: each for each in profile.enrolments})
        self.show_rows("certificates", t(_CERTIFICATES), {each.id: each for each in profile.certificates})
        self.show_rows("history", t(_HISTORY), {each.id: each for each in profile.history})
        if self.facts is not None:
            self._fill_facts(self.facts)
        self.record_shown()

    def _make_facts(self) -> QWidget:
        self.facts = CardColumn(self.t(_FACTS))
        self._fill_facts(self.facts)
        return self.facts

    def _fill_facts(self, column: CardColumn) -> None:
        profile, t = self.profile, self.t
        if profile is None:
            return
        facts = profile.facts
        place = ", ".join(part for part in (facts.birth_place, facts.birth_municipality) if part)
        country = country_name(facts.birth_country, t.language) if facts.birth_country else ""
        person: list[Fact] = [
            (t("Given names"), profile.row.given_names),
            (t("Surnames"), profile.row.surnames),
            (t("Born"), t.date(facts.birth_date) if facts.birth_date else ""),
            (t("Place of birth"), " · ".join(part for part in (place, country) if part)),
            (t("Telephone"), facts.phone or ""),
            (t("State since"), t.date(facts.state_since) if facts.state_since else ""),
            (t("In the file since"), moment(facts.recorded_at, t) if facts.recorded_at else ""),
            (t("Completed courses"), t.number(profile.row.completions)),
        ]
        merged = [
            (
                ", ".join(part for part in (each.surnames, each.given_names) if part),
                " · ".join(
                    part
                    for part in (each.document, t.plural("{count} enrolment", "{count} enrolments", each.enrolments))
                    if part
                ),
            )
            for each in profile.merged
        ]
        column.show_cards(
            (
                (t("Personal details"), person),
                (t("Identity documents"), [self._document(each) for each in profile.documents]),
                (t("Vetting (Leahy)"), [self._vetting(each) for each in profile.vetting or ()]),
                (t("Records joined to this one"), merged),
            )
        )

    def _kind(self, kind: str | None) -> str:
        return self.t(DOCUMENT_KINDS[kind]) if kind in DOCUMENT_KINDS else self.t(DOCUMENT_KINDS["other"])

    def _document(self, line: DocumentLine) -> Fact:
        t = self.t
        country = country_name(line.country, t.language) if line.country else ""
        until = t("valid until {date}", date=t.date(line.valid_to)) if line.valid_to else ""
        return self._kind(line.kind), " · ".join(part for part in (line.number, country, until) if part)

    def _vetting(self, line: VettingLine) -> Fact:
        t = self.t
        asked = t.date(line.requested_on) if line.requested_on else t("no date")
        until = t("valid until {date}", date=t.date(line.expires_on)) if line.expires_on else ""
        status = t(_VETTING[line.status]) if line.status in _VETTING else line.status
        return asked, " · ".join(part for part in (status, until, line.tracking_number) if part)

    def _on_twins(self, keys: Any) -> None:
        if self.key is None or not len(keys):
            self.show_hints([])
            return
        bar = QFrame()
        bar.setProperty("tone", Tone.DUPLICATE.value)
        line = QHBoxLayout(bar)
        line.setContentsMargins(theme.GAP, theme.SPACE, theme.GAP, theme.SPACE)
        line.setSpacing(theme.GAP)
        mark = QLabel()
        colour = self.around.colours.tone(Tone.DUPLICATE)[0]
        mark.setPixmap(icons.icon("duplicate", self.around.colours, colour=colour).pixmap(icons.SIZE))
        words = self.t(
            "This person may stand in the file twice: somebody else has the same name and day of birth, or"
            " the same number."
        )
        bar.setAccessibleName(words)
        line.addWidget(mark)
        line.addWidget(sentence(words), 1)
        line.addWidget(deed_button(Deed(self.t("Show both"), self._show_both)))
        self.show_hints([bar])

    def _show_both(self) -> None:
        if self.profile is not None:
            row = self.profile.row
            state = {
                "filters": (("possible_duplicate", "yes"),),
                "text": f"{row.given_names} {row.surnames}",
                "current": row.id,
                "selected": [row.id],
            }
            self.go_requested.emit(Place("people", state={"grid": state}))

    def _open_course(self, row: Any) -> None:
        if row.offering_id is not None:
            self.go_requested.emit(Place("offering", row.offering_id))

    def _open_entry(self, row: Any) -> None:
        self.go_requested.emit(Place("history", state={"entry": row.id}))
