"""The form of a version of a curriculum: its lessons with titles, and how many graduating needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.curriculum_rules import VERSION_FIELDS, VersionDraft
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.list_fields import form_field, value_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.services.curricula import VersionForm, save_curriculum_version, version_form_of


class CurriculumFormPage(FormPage):
    """A place's key is the curriculum; its state `version` the version that is changed, none for a new one."""

    name = "curriculum_form"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._key: int | None = None
        self._version: int | None = None

    def what_is_asked(self, place: Place) -> object:
        """Which version of which curriculum."""
        return place.key, place.state.get("version")

    def ask(self, place: Place) -> None:
        """Read what the form begins with."""
        version = place.state.get("version")
        self._key, self._version = place.key, version if isinstance(version, int) else None
        self.set_title(self.t("Version of a curriculum"))
        if self._key is None:
            self.on_left()
            return
        self.read(version_form_of, self._key, self._version, done=self._show, failed=self._not_read)

    def state(self) -> Mapping[str, Any]:
        """Which version."""
        return {"version": self._version}

    def save(self, values: Any, original: Any) -> None:
        """Enter or change the version."""
        assert self._key is not None
        self.around.jobs.write(
            save_curriculum_version,
            self.around.acting,
            VersionDraft(self._key, values, self._version, original),
            owner=self,
            done=self._on_saved,
            failed=self.pane.refused,
        )

    def on_left(self) -> None:
        """The curriculum among the lists."""
        where = {"section": "lists", "list": "curriculum", "current": self._key}
        self.go_requested.emit(Place("settings", state=where))

    def _not_read(self, failure: Any) -> None:
        self.tell_failure(failure)
        self.on_left()

    def _show(self, form: VersionForm) -> None:
        t = self.t
        new = form.original is None
        words = t("{code}: new version", code=form.curriculum) if new else t("{code}: version", code=form.curriculum)
        self.set_title(words)

        def said(name: str, value: object) -> str:
            return value_words(next(each for each in VERSION_FIELDS if each.name == name), value, t) or "—"

        fields = [form_field(field, {}, t, new=new) for field in VERSION_FIELDS]
        kept_as = f"curriculum {self._key} version {self._version or 'new'}"
        self.pane.edit(kept_as, words, fields, form.values, item=self._version, original=form.original, words=said)
        self.pane.take_focus()

    def _on_saved(self, _key: int) -> None:
        self.pane.saved()
        self.done.emit(self.t("The version of the curriculum is saved."), True)
        self.on_left()
