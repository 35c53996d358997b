"""The form of a class card: the class, its officers, heads by sex, lessons with their days; no child is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.class_group_draft import MULTIGRADE, ClassGroupDraft
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.gui.class_group_editors import LessonsEditor
from eic_tracker.gui.class_group_fields import at_fields, card_fields, typing_problems, warning_words
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import Notice
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_
from eic_tracker.services.class_group_checks import GroupsRefused
from eic_tracker.services.class_group_forms import GroupForm, class_group_form
from eic_tracker.services.class_groups import GroupSaved, save_class_groups

_WIDEST = 760
_DRAFT = tuple(each.name for each in fields(ClassGroupDraft) if each.name not in {"id", "original"})


class ClassGroupFormPage(FormPage):
    """A place's key is the card that is changed; its state `school` that of a new one."""

    name = "class_group_form"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._place = Place(self.name)
        self._form: GroupForm | None = None
        self.pane.widest = _WIDEST

    def what_is_asked(self, place: Place) -> object:
        """Which card, or at which school."""
        return place.key, place.state.get("school")

    def ask(self, place: Place) -> None:
        """Read what the card offers."""
        self._place = place
        self.set_title(self.t("Enter a class group") if place.key is None else self.t("Class group: change"))
        self.read(class_group_form, place.key, place.state.get("school"), done=self._show, failed=self._not_read)

    def state(self) -> Mapping[str, Any]:
        """At which school."""
        return self._place.state

    def save(self, values: Any, original: Any) -> None:
        """Enter or change the card."""
        if problems := typing_problems(values):
            self.pane.refused(Failure(DraftRefused(problems)))
            return
        key = self.pane.item
        before = ClassGroupDraft(**{name: original[name] for name in _DRAFT}, id=key) if original else None
        said = {**values, "by_grade": values["by_grade"] if values["grade"] == MULTIGRADE else ()}
        if not said["lessons"] and self._form is not None and self._form.draft.lessons:
            # the days were taken away: nothing of them is left to go by
            said |= {"lessons_given": said["lessons_given"] or 0}
        kept = {"source_document_id": before.source_document_id if before else None}
        draft = ClassGroupDraft(**{**kept, **said}, id=key, original=before)
        self.around.jobs.write(
            save_class_groups, self.around.acting, [draft], owner=self, done=self._on_saved, failed=self._refused
        )

    def on_left(self) -> None:
        """The card, the school, or all groups."""
        school = self._place.state.get("school")
        place = Place("school", school) if isinstance(school, int) else Place("outreach")
        self.go_requested.emit(Place("class_group", self._place.key) if self._place.key is not None else place)

    def _not_read(self, failure: Failure) -> None:
        self.tell_failure(failure)
        self.on_left()

    def _show(self, form: GroupForm) -> None:
        t, draft = self.t, form.draft
        self._form = form
        if form.code:
            self.set_title(t("Class group {code}: change", code=form.code))
        values = {name: getattr(draft, name) for name in _DRAFT}
        if draft.lessons:
            # they follow from the days of the lessons
            values |= {"lessons_given": None, "first_lesson_on": None}
        original = None if draft.id is None else {name: getattr(draft, name) for name in _DRAFT}
        kept_as = f"class group {draft.id or 'new'} at {self._place.state.get('school')}"
        offered = card_fields(form, t)
        self.pane.edit(
            kept_as, self.title(), offered, {}, item=draft.id, original=original, words=lambda _field, value: str(value)
        )
        assert self.pane.form is not None
        boxes = self.pane.form.boxes
        boxes["curriculum_version_id"].editor.on_change(self._offer_lessons)
        boxes["grade"].editor.on_change(self._show_grades)
        boxes["curriculum_version_id"].editor.set_value(draft.curriculum_version_id)
        self._offer_lessons()
        self.pane.form.start(values)
        self._show_grades()
        self.pane.take_focus()

    def _offer_lessons(self) -> None:
        if self.pane.form is None or self._form is None:
            return
        version = self._form.versions.get(self.pane.form.boxes["curriculum_version_id"].editor.value())  # type: ignore[call-overload]
        box = self.pane.form.boxes["lessons"]
        if isinstance(box.editor, LessonsEditor):
            box.editor.offer(version.titles if version is not None else ())
        box.setVisible(version is not None)

    def _show_grades(self) -> None:
        if self.pane.form is not None:
            several = self.pane.form.boxes["grade"].editor.value() == MULTIGRADE
            self.pane.form.boxes["by_grade"].setVisible(several)

    def _refused(self, failure: Failure) -> None:
        told = failure.told
        if isinstance(told, GroupsRefused):
            failure = Failure(DraftRefused(at_fields(told.by_group[0])))
        self.pane.refused(failure)

    def _on_saved(self, saved: tuple[GroupSaved, ...]) -> None:
        (group,) = saved
        new = self.pane.item is None
        self.pane.saved()
        said = N_("Class group {code} is entered.") if new else N_("Class group {code} is changed.")
        self.done.emit(self.t(said, code=group.code), True)
        if group.warnings:
            self.noticed.emit(Notice(Tone.WARNING, warning_words(group.warnings, self.t)))
        self.go_requested.emit(Place("class_group", group.id))
