"""The form of a course given: a new one, the next edition of an earlier one, or changes of one that is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.offering_rules import OFFERING_FIELDS, OfferingDraft, last_day
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.list_fields import form_field, value_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.total_words import total_words
from eic_tracker.i18n import N_
from eic_tracker.queries.offering_form import OfferingForm
from eic_tracker.services.offerings import (
    OfferingSaved,
    next_edition,
    offering_form,
    offering_values,
    save_offering,
)


@dataclass(frozen=True, slots=True)
class _Start:
    """What the form offers and begins with; `original` of one that exists."""

    form: OfferingForm
    values: Mapping[str, Any]
    original: Mapping[str, Any] | None


class OfferingFormPage(FormPage):
    """A place's key is the offering that is changed; its state `like` the one that is given again."""

    name = "offering_form"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.key: int | None = None
        self._like: int | None = None
        self._hours: Mapping[int, int] = {}
        self._proposed: dt.date | None = None

    def what_is_asked(self, place: Place) -> object:
        """Which course is changed, or given again."""
        like = place.state.get("like")
        return place.key, like if isinstance(like, int) else None

    def ask(self, place: Place) -> None:
        """Read what the form offers."""
        like = place.state.get("like")
        self.key, self._like = place.key, like if isinstance(like, int) else None
        self.set_title(self.t("Course given") if self.key is not None else self.t("Enter a course given"))
        self.read(_start, self.key, self._like, done=self._show)

    def state(self) -> Mapping[str, Any]:
        """Which course is given again."""
        return {"like": self._like}

    def _show(self, start: _Start) -> None:
        t = self.t
        choices: dict[str, dict[int | str, str]] = {
            "course_id": {**start.form.courses},
            "lead_id": {**start.form.leads},
            "municipality_id": {**start.form.municipalities},
            "historical_total_id": {key: total_words(total, t) for key, total in start.form.totals.items()},
        }
        specs = [field for field in OFFERING_FIELDS if field.name != "historical_total_id" or start.form.totals]
        self._hours = start.form.hours
        self._proposed = None
        fields = [form_field(field, choices, t, new=start.original is None) for field in specs]
        title = self.title()
        if start.original is not None:
            title = t("Course {code}: change", code=start.values["code"])
        elif self._like is not None:
            title = t("Next edition of the course")
        self.set_title(title)

        def words(name: str, value: object) -> str:
            field = next(each for each in OFFERING_FIELDS if each.name == name)
            named = choices[name].get(value) if name in choices and isinstance(value, int) else None
            return value_words(field, value, t, named) or "—"

        kept_as = f"offering {self.key}" if self.key is not None else f"offering like {self._like or 'none'}"
        self.pane.edit(kept_as, title, fields, start.values, item=self.key, original=start.original, words=words)
        form = self.pane.form
        assert form is not None
        if start.original is None and self._like is None:
            for name in ("course_id", "starts_on"):
                form.boxes[name].editor.on_change(self._propose_last_day)
        self.pane.take_focus()

    def _propose_last_day(self) -> None:
        """Write the last day that follows from the hours, as long as nobody wrote another."""
        form = self.pane.form
        if form is None:
            return
        values = form.values()
        course, start, end = values["course_id"], values["starts_on"], values["ends_on"]
        if end not in (None, self._proposed):
            return
        hours = self._hours.get(course) if isinstance(course, int) else None
        known = hours is not None and isinstance(start, dt.date)
        self._proposed = last_day(start, hours) if known else None  # type: ignore[arg-type]
        form.write({"ends_on": self._proposed})

    def save(self, values: Any, original: Any) -> None:
        """Enter the course or change it."""
        self.around.jobs.write(
            save_offering,
            self.around.acting,
            OfferingDraft(values, self.pane.item, original),
            owner=self,
            done=self._on_saved,
            failed=self.pane.refused,
        )

    def _on_saved(self, saved: OfferingSaved) -> None:
        new = self.pane.item is None
        self.pane.saved()
        said = N_("Course {code} is entered.") if new else N_("Course {code} is changed.")
        self.done.emit(self.t(said, code=saved.code), True)
        self.go_requested.emit(Place("offering", saved.id))

    def on_left(self) -> None:
        """The course, or the list of all."""
        place = Place("offering", self.key) if self.key is not None else Place("courses")
        self.go_requested.emit(place)


def _start(db: Any, acting: ActingUser, key: int | None, like: int | None) -> _Start:
    """Read what the form offers and begins with."""
    form = offering_form(db, acting)
    if key is not None:
        values = offering_values(db, acting, key)
        return _Start(form, values, values)
    if like is not None:
        return _Start(form, next_edition(db, acting, like), None)
    return _Start(form, form.usual, None)
