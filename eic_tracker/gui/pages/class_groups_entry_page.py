"""Many class groups of a school typed as rows: what all of them share stands above, one Enter a class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from eic_tracker.domain.class_group_draft import MULTIGRADE, ClassGroupDraft
from eic_tracker.domain.drafts import DraftProblem, DraftRefused
from eic_tracker.gui.class_group_editors import TextRowsEditor
from eic_tracker.gui.class_group_fields import (
    days,
    numbers,
    references,
    shifts,
    typing_problems,
    version_words,
    warning_words,
)
from eic_tracker.gui.class_group_rows import class_words, drafts_of, new_group_rows, row_words, told_of_rows
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import Notice
from eic_tracker.gui.offering_acts import AGAIN_KEYS, page_shortcut
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import N_
from eic_tracker.services.class_group_checks import GroupsRefused
from eic_tracker.services.class_group_forms import GroupForm, class_group_form
from eic_tracker.services.class_groups import GroupSaved, groups_to_repeat, save_class_groups

_WIDEST = 1080
_ABOVE = (
    "school_id",
    "curriculum_version_id",
    "school_year",
    "shift",
    "officer_id",
    "first_lesson_on",
    "lessons_given",
    "graduated_on",
)


class ClassGroupsEntryPage(FormPage):
    """A place's state may name the `school`."""

    name = "class_groups_entry"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._place = Place(self.name)
        self._form: GroupForm | None = None
        self.pane.widest = _WIDEST
        self.copy = QPushButton(self.t("Copy the classes of the year before"))
        self.copy.setToolTip(QKeySequence(AGAIN_KEYS).toString(QKeySequence.SequenceFormat.NativeText))
        self.copy.clicked.connect(self.copy_year_before)
        self.add_to_head(self.copy)
        page_shortcut(AGAIN_KEYS, self).activated.connect(self.copy_year_before)

    def what_is_asked(self, place: Place) -> object:
        """At which school."""
        return place.state.get("school")

    def ask(self, place: Place) -> None:
        """Read what the form offers."""
        self._place = place
        self.set_title(self.t("Enter class groups"))
        self.read(class_group_form, None, place.state.get("school"), done=self._show)

    def state(self) -> Mapping[str, Any]:
        """At which school."""
        return self._place.state

    def on_left(self) -> None:
        """The school, or all groups."""
        school = self._place.state.get("school")
        self.go_requested.emit(Place("school", school) if isinstance(school, int) else Place("outreach"))

    def save(self, values: Any, _original: Any) -> None:
        """Enter the classes of all rows, or none."""
        problems = typing_problems(values)
        if isinstance(values["officer_id"], str):
            problems.append(DraftProblem("officer_id", N_("Choose one of the list.")))
        if not values["rows"]:
            problems.append(DraftProblem("rows", N_("Type a class: its grade and section, as 4A, and its counts.")))
        if problems:
            self.pane.refused(Failure(DraftRefused(problems)))
            return
        self.around.jobs.write(
            save_class_groups,
            self.around.acting,
            drafts_of(values),
            owner=self,
            done=self._on_saved,
            failed=self._refused,
        )

    def copy_year_before(self) -> None:
        """Write the classes that the school had in the year before into the rows; nothing is stored yet."""
        values = self.pane.form.values() if self.pane.form is not None else {}
        school, year = values.get("school_id"), values.get("school_year")
        if not isinstance(school, int) or not isinstance(year, int):
            self.done.emit(self.t("Choose the school and the school year first."), False)
            return
        self.read(groups_to_repeat, school, year, done=self._copy, what="copy")

    def _show(self, form: GroupForm) -> None:
        t, self._form = self.t, form
        officers = form.draft.officers
        values = {
            "school_id": form.draft.school_id,
            "school_year": form.draft.school_year,
            "officer_id": officers[0].instructor_id if officers else None,
        }
        versions = {key: version_words(each) for key, each in form.versions.items()}
        told = t("Of classes that are being taught already, or have graduated.")
        fields = [
            FormField("school_id", t("School"), references(form.schools), required=True),
            FormField("curriculum_version_id", t("Curriculum"), references(versions), required=True, beside=True),
            FormField("school_year", t("School year"), numbers, required=True),
            FormField("shift", t("Shift"), shifts(t), beside=True),
            FormField("officer_id", t("Officer in charge"), references(form.officers), beside=True),
            FormField("rows", t("Classes"), new_group_rows, t("Enter goes on to the next class.")),
            FormField("first_lesson_on", t("First lesson"), days, told),
            FormField("lessons_given", t("Number of lessons"), numbers, beside=True),
            FormField("graduated_on", t("Day of graduation"), days, beside=True),
        ]
        self.pane.edit(f"class groups at {self._place.state.get('school')}", self.title(), fields, values)
        if form.draft.school_id is not None and self.pane.form is not None:
            self.pane.form.boxes["curriculum_version_id"].editor.widget.setFocus()
        else:
            self.pane.take_focus()

    def _copy(self, drafts: tuple[ClassGroupDraft, ...]) -> None:
        if self.pane.form is None:
            return
        t, boxes = self.t, self.pane.form.boxes
        chosen = boxes["curriculum_version_id"].editor.value()
        if chosen is None and drafts:
            chosen = drafts[0].curriculum_version_id
            boxes["curriculum_version_id"].editor.set_value(chosen)
        shift = boxes["shift"].editor.value()
        if shift is None and drafts:
            shift = drafts[0].shift
            boxes["shift"].editor.set_value(shift)
        like = [
            each
            for each in drafts
            if (each.curriculum_version_id, each.shift) == (chosen, shift) and each.grade != MULTIGRADE
        ]
        if like and boxes["officer_id"].editor.value() is None and like[0].officers:
            boxes["officer_id"].editor.set_value(like[0].officers[0].instructor_id)
        rows = boxes["rows"].editor
        there = list(rows.value())  # type: ignore[call-overload]
        known = {row.get("class") for row in there}
        rows.set_value([*there, *({"class": class_words(each)} for each in like if class_words(each) not in known)])
        self.pane.half_typed.note()
        said = t.plural("{count} class is copied.", "{count} classes are copied.", len(like))
        if left := len(drafts) - len(like):
            said += " " + t.plural(
                "{count} of another curriculum, shift or kind was left: choose that and copy again, or use the card.",
                "{count} of another curriculum, shift or kind were left: choose that and copy again, or use the card.",
                left,
            )
        self.done.emit(said, False)
        if isinstance(rows, TextRowsEditor) and rows.rows.rows:
            rows.rows.rows[len(there)]["enrolled_girls"].setFocus()

    def _refused(self, failure: Failure) -> None:
        told, form = failure.told, self.pane.form
        if not isinstance(told, GroupsRefused) or form is None:
            self.pane.refused(failure)
            return
        cells, fields = told_of_rows(told, _ABOVE, self.t)
        self.pane.refused(Failure(DraftRefused(())))
        for name, words in (*fields.items(), ("rows", row_words(cells, self.t))):
            form.boxes[name].set_problem(words)
        rows = form.boxes["rows"].editor
        if isinstance(rows, TextRowsEditor):
            rows.rows.mark_problems(cells)
        if not cells and fields:
            form.boxes[next(iter(fields))].editor.widget.setFocus()

    def _on_saved(self, saved: tuple[GroupSaved, ...]) -> None:
        t = self.t
        self.pane.saved()
        said = t.plural("{count} class group is entered.", "{count} class groups are entered.", len(saved))
        self.done.emit(said, True)
        if warnings := [problem for each in saved for problem in each.warnings]:
            self.noticed.emit(Notice(Tone.WARNING, warning_words(warnings, t)))
        school = self._place.state.get("school")
        self.go_requested.emit(Place("school", school) if isinstance(school, int) else Place("outreach"))
