"""The lesson of a day for several class groups at once: of a school, or of an officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.class_group_rules import errors_of
from eic_tracker.domain.drafts import DraftProblem, DraftRefused
from eic_tracker.gui.class_group_editors import TextRowsEditor
from eic_tracker.gui.class_group_fields import days, references, warning_words
from eic_tracker.gui.class_group_rows import class_words, lesson_rows, lessons_of, row_words
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import Notice
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import N_
from eic_tracker.reports.paper_words import SHIFTS
from eic_tracker.services.class_group_checks import GroupsRefused
from eic_tracker.services.class_group_forms import GroupForm, TaughtNow, class_group_form, groups_taught_now
from eic_tracker.services.class_groups import GroupSaved, record_lessons

_WIDEST = 900


class LessonsEntryPage(FormPage):
    """A place's state may name the `school` whose groups are shown."""

    name = "lessons_entry"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._place = Place(self.name)
        self._groups: tuple[TaughtNow, ...] = ()
        self._asked_of: tuple[object, ...] = ()
        self.pane.widest = _WIDEST

    def what_is_asked(self, place: Place) -> object:
        """At which school."""
        return place.state.get("school")

    def ask(self, place: Place) -> None:
        """Read what the form offers."""
        self._place = place
        self.set_title(self.t("Lesson of several class groups"))
        self.read(class_group_form, None, place.state.get("school"), done=self._show)

    def state(self) -> Mapping[str, Any]:
        """At which school."""
        return self._place.state

    def on_left(self) -> None:
        """The school, or all groups."""
        school = self._place.state.get("school")
        self.go_requested.emit(Place("school", school) if isinstance(school, int) else Place("outreach"))

    def save(self, values: Any, _original: Any) -> None:
        """Record the lesson of every group in whose row something stands."""
        day = values["given_on"]
        given = lessons_of(self._groups, values["rows"], day) if isinstance(day, dt.date) else []
        if not isinstance(day, dt.date):
            self._tell("given_on", N_("Say the day as 05/03/2026."))
        elif not given:
            self._tell("rows", N_("Type who was present, or the number of the lesson, at least at one group."))
        else:
            self.around.jobs.write(
                record_lessons, self.around.acting, given, owner=self, done=self._on_saved, failed=self._refused
            )

    def _tell(self, field: str, message: str) -> None:
        self.pane.refused(Failure(DraftRefused([DraftProblem(field, message)])))

    def _show(self, form: GroupForm) -> None:
        t = self.t
        officers = form.draft.officers
        values = {
            "school_id": form.draft.school_id,
            "officer_id": officers[0].instructor_id if officers else None,
            "given_on": self.around.today,
        }
        told = t("Where no lesson is named, the next one is meant. Rows in which nothing stands stay as they are.")
        fields = [
            FormField("school_id", t("School"), references(form.schools)),
            FormField("officer_id", t("Officer"), references(form.officers), beside=True),
            FormField("given_on", t("Given on"), days, required=True, beside=True),
            FormField("rows", t("Class groups that have not graduated"), lesson_rows, told),
        ]
        self._asked_of, self._groups = (), ()
        self.pane.edit(f"lessons at {self._place.state.get('school')}", self.title(), fields, values)
        assert self.pane.form is not None
        for name in ("school_id", "officer_id", "given_on"):
            self.pane.form.boxes[name].editor.on_change(self._ask_groups)
        self._ask_groups()
        if form.draft.school_id is None:
            self.pane.take_focus()
        else:
            self.pane.form.boxes["given_on"].editor.widget.setFocus()

    def _ask_groups(self) -> None:
        form = self.pane.form
        if form is None:
            return
        school, officer, day = (form.boxes[name].editor.value() for name in ("school_id", "officer_id", "given_on"))
        asked = (
            school if isinstance(school, int) else None,
            officer if isinstance(officer, int) else None,
            day if isinstance(day, dt.date) else self.around.today,
        )
        if asked != self._asked_of:
            self._asked_of = asked
            self.read(groups_taught_now, *asked, done=self._offer, what="groups")

    def _offer(self, groups: tuple[TaughtNow, ...]) -> None:
        form = self.pane.form
        if form is None:
            return
        editor = form.boxes["rows"].editor
        if not isinstance(editor, TextRowsEditor):
            return
        untouched = not form.is_dirty and not self._groups
        typed = {group.id: row for group, row in zip(self._groups, editor.rows.texts(), strict=False)}
        self._groups = groups
        editor.rows.write([typed.get(group.id, {}) for group in groups], [self._group_words(each) for each in groups])
        for group, row in zip(groups, editor.rows.rows, strict=True):
            row["number"].setPlaceholderText(str(group.next_lesson or ""))
        if groups and self._place.state.get("school") is not None and untouched:
            editor.rows.rows[0]["girls"].setFocus()

    def _group_words(self, group: TaughtNow) -> str:
        draft, t = group.draft, self.t
        name = class_words(draft) if draft.by_grade == () else f"{t('Multigrade')} {draft.section or ''}".strip()
        parts = [name, t(SHIFTS[draft.shift]) if draft.shift else "", group.school or "", group.code]
        return " · ".join(part for part in parts if part)

    def _refused(self, failure: Failure) -> None:
        told, form = failure.told, self.pane.form
        if not isinstance(told, GroupsRefused) or form is None:
            self.pane.refused(failure)
            return
        editor = form.boxes["rows"].editor
        if not isinstance(editor, TextRowsEditor):
            return
        rows = [place for place, row in enumerate(editor.rows.texts()) if any(row.values())]
        cells = {
            (row, "number"): problem.told().text(self.t)
            for row, problems in zip(rows, told.by_group, strict=False)
            for problem in errors_of(problems)
        }
        self.pane.refused(Failure(DraftRefused(())))
        form.boxes["rows"].set_problem(row_words(cells, self.t))
        editor.rows.mark_problems(cells)

    def _on_saved(self, saved: tuple[GroupSaved, ...]) -> None:
        t = self.t
        self.pane.saved()
        said = t.plural(
            "The lesson of {count} class group is recorded.",
            "The lessons of {count} class groups are recorded.",
            len(saved),
        )
        self.done.emit(said, True)
        if warnings := [problem for each in saved for problem in each.warnings]:
            self.noticed.emit(Notice(Tone.WARNING, warning_words(warnings, t)))
        self.on_left()
