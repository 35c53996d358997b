"""The form of a school: its codes, where it is, who runs it, when it meets."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.school_rules import SCHOOL_FIELDS, SchoolDraft
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.notices import Notice
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.list_fields import form_field, value_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.i18n import N_
from eic_tracker.services.schools import SchoolForm, SchoolSaved, save_school, school_form


class SchoolFormPage(FormPage):
    """A place's key is the school that is changed, none for a new one."""

    name = "school_form"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._key: int | None = None

    def what_is_asked(self, place: Place) -> object:
        """Which school."""
        return place.key

    def ask(self, place: Place) -> None:
        """Read what the form offers."""
        self._key = place.key
        self.set_title(self.t("Enter a school") if place.key is None else self.t("School: change"))
        self.read(school_form, place.key, done=self._show, failed=self._not_read)

    def save(self, values: Any, original: Any) -> None:
        """Enter or change the school."""
        self.around.jobs.write(
            save_school,
            self.around.acting,
            SchoolDraft(values, self.pane.item, original),
            owner=self,
            done=self._on_saved,
            failed=self.pane.refused,
        )

    def on_left(self) -> None:
        """The school, or all schools."""
        schools = Place("outreach", state={"tab": "schools"})
        self.go_requested.emit(Place("school", self._key) if self._key is not None else schools)

    def _not_read(self, failure: Any) -> None:
        self.tell_failure(failure)
        self.on_left()

    def _show(self, form: SchoolForm) -> None:
        t, choices = self.t, {"municipality_id": form.municipalities}

        def words(name: str, value: object) -> str:
            field = next(each for each in SCHOOL_FIELDS if each.name == name)
            named = choices[name].get(value) if name in choices and isinstance(value, int) else None
            return value_words(field, value, t, named) or "—"

        fields = [form_field(field, choices, t, new=form.original is None) for field in SCHOOL_FIELDS]
        kept_as = f"school {self._key or 'new'}"
        self.pane.edit(kept_as, self.title(), fields, form.values, item=self._key, original=form.original, words=words)
        self.pane.take_focus()

    def _on_saved(self, saved: SchoolSaved) -> None:
        new = self.pane.item is None
        self.pane.saved()
        said = N_("School “{name}” is entered.") if new else N_("School “{name}” is changed.")
        self.done.emit(self.t(said, name=saved.name), True)
        if saved.warnings:
            self.noticed.emit(Notice(Tone.WARNING, " ".join(each.text(self.t) for each in saved.warnings)))
        self.go_requested.emit(Place("school", saved.id))
