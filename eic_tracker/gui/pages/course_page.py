"""One course of the catalogue: how often it was given, its versions with hours, rules and modules."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.course_rules import COURSE_TYPES
from eic_tracker.gui.grids.cells import number
from eic_tracker.gui.grids.offerings import OFFERINGS_GRID
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.offering_acts import EDIT_KEYS, page_shortcut
from eic_tracker.gui.offering_parts import hours_words, rules_sentences
from eic_tracker.gui.page_list import may_edit_catalogue
from eic_tracker.gui.place import Place
from eic_tracker.gui.record_parts import PartsPage, RecordPart, ScrollPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.i18n import N_
from eic_tracker.queries.listing import Request
from eic_tracker.services.profiles import CourseDetail, course_detail

OFFERINGS_OF_COURSE = replace(
    OFFERINGS_GRID,
    name="offerings_of_course",
    columns=tuple(column for column in OFFERINGS_GRID.columns if column.name not in {"title", "type", "programme"}),
    filters=tuple(spec for spec in OFFERINGS_GRID.filters if spec.name not in {"course", "course-type", "programme"}),
    search_hint=N_("Number or place"),
    empty=N_("This course was not given yet."),
)


VERSION_KEYS = "Ctrl+Shift+N"


class CoursePage(PartsPage):
    """Read by every role; an instructor's numbers are of own courses."""

    name = "course"
    shows = frozenset({"course", "course_version", "course_module", "offering", "enrolment", "assignment"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(course_detail, around, parent)
        self._may_edit = may_edit_catalogue(around)
        if self._may_edit:
            self._add_acts()
        self.add_part("offerings", self.t("Courses given"), self._offerings)
        self.add_part("versions", self.t("Versions"), self._versions)
        self.add_part("history", self.t("History"), self.history_part)

    def show_head(self, detail: CourseDetail) -> None:
        """Title; below it type, code, how often and when last."""
        t, row = self.t, detail.row
        self.set_title(row.title)
        self.say_line(
            t(COURSE_TYPES[row.course_type]),
            row.code,
            row.programme_name,
            t.plural("given to the end {count} time", "given to the end {count} times", row.offerings),
            t("completions: {number}", number=t.number(row.completions)),
            t("last ended on {date}", date=t.date(row.last_ended_on)) if row.last_ended_on else "",
            t("given until {date}", date=t.date(row.valid_to)) if row.valid_to else "",
        )

    def _add_acts(self) -> None:
        """F2 and Ctrl+Shift+N, with a button each."""
        for words, keys, act in (
            (N_("New version…"), VERSION_KEYS, self._new_version),
            (N_("Change it…"), EDIT_KEYS, self._edit),
        ):
            button = deed_button(Deed(self.t(words), act))
            button.setToolTip(keys)
            self.add_to_head(button)
            page_shortcut(keys, self).activated.connect(act)

    def _edit(self) -> None:
        if self.detail is not None:
            self.go_requested.emit(Place("course_form", self.detail.row.id))

    def _new_version(self) -> None:
        self._open_version("new")

    def _open_version(self, version: int | str) -> None:
        if self.detail is not None:
            self.go_requested.emit(Place("course_form", self.detail.row.id, {"version": version}))

    def _versions(self) -> RecordPart:
        part = VersionsPart(self.around, may_edit=self._may_edit)
        part.change_wanted.connect(self._open_version)
        return part

    def _offerings(self) -> RecordPart:
        return self.grid_part(
            OFFERINGS_OF_COURSE,
            lambda detail: Request(filters=(("course", detail.row.code),)),
            lambda _grid, key: self.go_requested.emit(Place("offering", key)),
        )


class VersionsPart(ScrollPart):
    """The newest version first; one that no course given follows may be changed."""

    change_wanted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None, *, may_edit: bool = False) -> None:
        super().__init__(around, parent)
        self._may_edit = may_edit

    def fill(self, detail: CourseDetail) -> None:
        """A card for each version."""
        t = self.t
        if not detail.versions:
            self.say(self.card(""), t("This course has no version yet."), muted=True)
        for version in detail.versions:
            card = self.card(t("Version {number}", number=version.rules.version))
            followed = t.plural("{count} course given follows it", "{count} courses given follow it", version.offerings)
            self.say(card, f"{hours_words(version.rules, t)} · {followed}.")
            for sentence in rules_sentences(version.rules, t):
                self.say(card, sentence)
            self.table(
                card,
                (
                    Column("title", N_("Module"), lambda row, _t: f"{row.number}. {row.title}", width=40, stretch=True),
                    Column("hours", N_("Hours"), number("hours"), width=8, number=True),
                    Column("rights", N_("Human rights"), number("human_rights_hours"), width=10, number=True),
                    Column("weight", N_("Weight"), lambda row, _t: f"{row.weight} %", width=8, number=True),
                ),
                {module.number: module for module in version.modules},
                t("This version of the course has no modules."),
            )
            if self._may_edit and not version.offerings:
                key = version.rules.version_id
                words = t("Change version {number}…", number=version.rules.version)
                card.add(deed_button(Deed(words, partial(self.change_wanted.emit, key)), look="link"))
