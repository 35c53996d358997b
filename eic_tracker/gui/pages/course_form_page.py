"""The form of the catalogue: a new course with its first version, a course, or one of its versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.course_rules import COURSE_FIELDS, VERSION_FIELDS
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.list_fields import form_field, value_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.modules_editor import ModulesEditor
from eic_tracker.i18n import N_
from eic_tracker.services.catalogue import (
    CourseDraft,
    CourseForm,
    CourseSaved,
    VersionDraft,
    course_form,
    save_course,
    save_version,
    version_form,
)


class CourseFormPage(FormPage):
    """A place's key is the course, none for a new one; its state `version` is "new", or the version that is changed."""

    name = "course_form"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.key: int | None = None
        self.version: int | str | None = None

    def what_is_asked(self, place: Place) -> object:
        """Which course, and which version of it."""
        return place.key, _version(place)

    def ask(self, place: Place) -> None:
        """Read what the form begins with."""
        self.key, self.version = place.key, _version(place)
        self.set_title(self.t("Catalogue of courses"))
        if self.key is not None and self.version is not None:
            key = self.version if isinstance(self.version, int) else None
            self.read(version_form, self.key, key, done=self._show)
        else:
            self.read(course_form, self.key, done=self._show)

    def state(self) -> Mapping[str, Any]:
        """Which version is written."""
        return {"version": self.version}

    def _show(self, start: CourseForm) -> None:
        t = self.t
        specs = [
            *(COURSE_FIELDS if self.version is None else ()),
            *(VERSION_FIELDS if self.key is None or self.version is not None else ()),
        ]
        choices = {"programme_id": {**start.programmes}}
        fields = [form_field(field, choices, t, new=self.key is None) for field in specs]
        if self.key is None or self.version is not None:
            told = t("Where there are any, their hours make those of the course; weights, if given, make 100.")
            fields.append(FormField("modules", t("Modules"), ModulesEditor, help=told))
        if self.key is None:
            title = t("New course of the catalogue")
        elif self.version is None:
            title = t("Course {code} of the catalogue: change", code=start.code)
        else:
            title = t("Course {code} · version {number}", code=start.code, number=start.version)
        self.set_title(title)
        by_name = {field.name: field for field in specs}

        def words(name: str, value: object) -> str:
            if name not in by_name:
                return ", ".join(each.title for each in value) if isinstance(value, tuple) else "—"
            named = start.programmes.get(value) if name == "programme_id" and isinstance(value, int) else None
            return value_words(by_name[name], value, t, named) or "—"

        exists = self.key is not None and self.version != "new"
        original = start.values if exists else None
        kept_as = f"catalogue {self.key or 'new'} {self.version or ''}".strip()
        self.pane.edit(kept_as, title, fields, start.values, item=self.key, original=original, words=words)
        self.pane.take_focus()

    def save(self, values: Any, original: Any) -> None:
        """Write the course, its version, or both."""
        use_case: Any = save_course
        draft: CourseDraft | VersionDraft = CourseDraft(values, self.key, original)
        if self.key is not None and self.version is not None:
            use_case = save_version
            draft = VersionDraft(values, self.key, self.version if isinstance(self.version, int) else None, original)
        self.around.jobs.write(
            use_case, self.around.acting, draft, owner=self, done=self._on_saved, failed=self.pane.refused
        )

    def _on_saved(self, saved: CourseSaved) -> None:
        self.pane.saved()
        if self.version is not None:
            said = self.t("Version {number} of {code} is written.", number=saved.version, code=saved.code)
        else:
            words = N_("{code} is in the catalogue.") if self.key is None else N_("{code} is changed in the catalogue.")
            said = self.t(words, code=saved.code)
        self.done.emit(said, True)
        self.go_requested.emit(Place("course", saved.id, {"tab": "versions"}))

    def on_left(self) -> None:
        """The course, else the catalogue."""
        place = Place("courses", state={"tab": "courses"})
        self.go_requested.emit(Place("course", self.key) if self.key is not None else place)


def _version(place: Place) -> int | str | None:
    version = place.state.get("version")
    return version if isinstance(version, int | str) else None
