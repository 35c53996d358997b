"""One person: who they are, their courses one below the other, certificates, and what was changed about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import icons, theme
from eic_tracker.gui.code_words import DOCUMENT_KINDS, PERSON_STATES
from eic_tracker.gui.dialogs.ask_reason import ask_reason
from eic_tracker.gui.grids.cells import moment, name_of
from eic_tracker.gui.grids.person_records import ORIGINS_OF_PERSON, TWINS, Twin, vetting_fact
from eic_tracker.gui.grids.records import CERTIFICATES_OF_PERSON, COURSES_OF_PERSON, ENTRIES
from eic_tracker.gui.page_list import may_write
from eic_tracker.gui.person_acts import PersonActs
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_page import CardColumn, RecordPage
from eic_tracker.gui.sign_words import sign_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import Fact, sentence
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.countries import country_name
from eic_tracker.queries.listing import Request
from eic_tracker.queries.person_detail import DocumentLine
from eic_tracker.reports.rollup.words import ONE_ADULT
from eic_tracker.services.duplicates import LikelyDuplicate, duplicates_of
from eic_tracker.services.listings import list_keys
from eic_tracker.services.merging import unmerge_people
from eic_tracker.services.person_editing import photo_of
from eic_tracker.services.profiles import PersonProfile, person_profile

_COURSES, _CERTIFICATES, _FACTS, _HISTORY = N_("Courses taken"), N_("Certificates"), N_("Particulars"), N_("History")
_ORIGINS, _TWINS = N_("Letters"), N_("Duplicates")
_PHOTO_HEIGHT = 160

Ask = Callable[[QWidget, Translator, str], str | None]


class PersonPage(RecordPage):
    """The profile; an instructor sees own courses and masked numbers."""

    name = "person"
    ask: Ask = staticmethod(ask_reason)
    shows = frozenset(
        {
            "participant",
            "participant_document",
            "photo",
            "different_people",
            "source_document",
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
        self._photo: QPixmap | None = None
        self.acts = PersonActs(self) if may_write(around) else None
        if self.acts is not None:
            self.add_to_head(self.acts)
        self.add_table(
            "courses", t(_COURSES), COURSES_OF_PERSON, t("This person has been in no course yet."), self._open_course
        )
        self.add_table(
            "certificates",
            t(_CERTIFICATES),
            CERTIFICATES_OF_PERSON,
            t("No certificate has been prepared for this person."),
            lambda row: self.go_requested.emit(Place("certificate", row.id)),
        )
        self.tabs.add("facts", t(_FACTS), self._make_facts)
        sees_all = right(around.acting, Action.READ_PEOPLE) is Right.YES
        if sees_all:
            self.add_table(
                "origins", t(_ORIGINS), ORIGINS_OF_PERSON, t("No letter names this person."), self._open_course
            )
        if self.acts is not None:
            self.add_table("twins", t(_TWINS), TWINS, t("Nobody else seems to be this person."), self._open_twin)
        self.add_table("history", t(_HISTORY), ENTRIES, t("Nothing about this person was changed."), self._open_entry)

    def show_place(self, place: Place) -> None:
        """Nothing of the person before stays."""
        if place.key != self.key:
            self.profile = self._photo = None
        super().show_place(place)

    def read_record(self) -> None:
        """The profile, its photo, and who may be the same person."""
        self.read(person_profile, self.key, self.around.today, done=self.show_record, failed=self.not_read)
        if right(self.around.acting, Action.READ_PEOPLE) is Right.YES:
            self.read(photo_of, self.key, done=self._show_photo, what="photo")
        if self.acts is not None:
            self.read(duplicates_of, self.key, done=self._show_twins, failed=lambda _failure: None, what="twins")
        else:
            request = Request(filters=(("possible_duplicate", "yes"),), keys=(self.key or 0,))
            self.read(list_keys, "people", request, done=self._on_same, what="twins")

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
        names = self.tabs.names()
        if "origins" in names:
            self.show_rows("origins", t(_ORIGINS), dict(enumerate(profile.origins)))
        if self.acts is not None:
            self.acts.show_person(profile)
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
                (t("Verification"), [vetting_fact(each, t) for each in profile.vetting or ()]),
                (t("Records joined to this one"), merged),
            ),
            self._picture(),
        )

    def _picture(self) -> QWidget | None:
        if self._photo is None or self.profile is None:
            return None
        label = QLabel()
        label.setPixmap(self._photo)
        label.setAccessibleName(self.t("Photo of {name}", name=name_of(self.profile.row, self.t)))
        return label

    def _show_photo(self, content: bytes | None) -> None:
        photo = QPixmap()
        self._photo = None
        if content is not None and photo.loadFromData(content):
            self._photo = photo.scaledToHeight(_PHOTO_HEIGHT, Qt.TransformationMode.SmoothTransformation)
        if self.acts is not None:
            self.acts.show_photo(self._photo is not None)
        if self.facts is not None:
            self._fill_facts(self.facts)

    def _kind(self, kind: str | None) -> str:
        return self.t(DOCUMENT_KINDS[kind]) if kind in DOCUMENT_KINDS else self.t(DOCUMENT_KINDS["other"])

    def _document(self, line: DocumentLine) -> Fact:
        t = self.t
        country = country_name(line.country, t.language) if line.country else ""
        until = t("valid until {date}", date=t.date(line.valid_to)) if line.valid_to else ""
        return self._kind(line.kind), " · ".join(part for part in (line.number, country, until) if part)

    def _show_twins(self, found: tuple[LikelyDuplicate, ...]) -> None:
        """The people who may be this one, and the records that were joined to it."""
        if self.profile is None:
            return
        rows: dict[int, Twin] = {pair.second.id: Twin.likely(pair) for pair in found}
        rows |= {each.id: Twin.joined(each) for each in self.profile.merged}
        self.show_rows("twins", self.t(_TWINS), rows)
        if not found:
            self.show_hints([])
            return
        other = found[0].second
        words = self.t(
            "May be the same person as {name}: {signs}.",
            name=name_of(other, self.t),
            signs=sign_words(found[0].likeness.signs, self.t),
        )
        self._hint(words, Deed(self.t("Side by side"), lambda: self._compare(other.id)))

    def _on_same(self, keys: Any) -> None:
        """Who may not decide sees those of the same name and birthday, or number, in the list."""
        if self.key is None or not len(keys):
            self.show_hints([])
            return
        words = self.t(
            "This person may stand in the file twice: somebody else has the same name and day of birth, or"
            " the same number."
        )
        self._hint(words, Deed(self.t("Show both"), self._show_both))

    def _hint(self, words: str, deed: Deed) -> None:
        bar = QFrame()
        bar.setProperty("tone", Tone.DUPLICATE.value)
        line = QHBoxLayout(bar)
        line.setContentsMargins(theme.GAP, theme.SPACE, theme.GAP, theme.SPACE)
        line.setSpacing(theme.GAP)
        mark = QLabel()
        colour = self.around.colours.tone(Tone.DUPLICATE)[0]
        mark.setPixmap(icons.icon("duplicate", self.around.colours, colour=colour).pixmap(icons.SIZE))
        bar.setAccessibleName(words)
        line.addWidget(mark)
        line.addWidget(sentence(words), 1)
        line.addWidget(deed_button(deed))
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

    def _open_twin(self, twin: Twin) -> None:
        """Enter: side by side with who may be the same; a record that was joined is taken apart again."""
        if twin.is_joined:
            self._separate(twin)
        else:
            self._compare(twin.id)

    def _compare(self, other: int) -> None:
        if self.profile is not None:
            self.go_requested.emit(Place("same_person", self.profile.row.id, {"other": other, "back": "person"}))

    def _separate(self, twin: Twin) -> None:
        t = self.t
        question = t("{name} becomes a record of its own again, exactly as it was. Why?", name=twin.name)
        reason = self.ask(self, t, question)
        if reason is not None:
            self.write(
                unmerge_people,
                twin.id,
                reason,
                said=lambda _done: t("{name} is a record of its own again.", name=twin.name),
                undoable=False,
            )

    def _open_course(self, row: Any) -> None:
        if row.offering_id is not None:
            self.go_requested.emit(Place("offering", row.offering_id))

    def _open_entry(self, row: Any) -> None:
        self.go_requested.emit(Place("history", state={"entry": row.id}))
