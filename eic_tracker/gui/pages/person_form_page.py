"""The form of a person: a new one, or changes of one who is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.person_form import PERSON_FIELDS, PersonDraft
from eic_tracker.gui.form_page import FormPage
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.list_fields import Choices, form_field, value_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed
from eic_tracker.i18n import N_, Language
from eic_tracker.queries.countries import countries_by_name
from eic_tracker.services.person_editing import MayBeKnown, PersonForm, PersonSaved, person_form, save_person

_COUNTRIES = ("document_country", "birth_country")


@dataclass(frozen=True, slots=True)
class _Start:
    form: PersonForm
    countries: Mapping[int | str, str]


class PersonFormPage(FormPage):
    """A place's key is the person who is changed; without one somebody is entered."""

    name = "person_form"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.key: int | None = None
        self._alike: tuple[int, ...] = ()
        self._apart: frozenset[int] = frozenset()
        page_shortcut("Ctrl+J", self).activated.connect(self._somebody_else)
        page_shortcut("Ctrl+M", self).activated.connect(self._same_person)

    def what_is_asked(self, place: Place) -> object:
        """Who is changed."""
        return (place.key,)

    def ask(self, place: Place) -> None:
        """Read what the form offers."""
        self.key = place.key
        self._alike, self._apart = (), frozenset()
        self.set_title(self.t("A person") if self.key is not None else self.t("Enter a person"))
        self.read(_start, self.key, self.t.language, done=self._show)

    def _show(self, start: _Start) -> None:
        t, form = self.t, start.form
        choices: Choices = {"birth_municipality_id": form.municipalities, **dict.fromkeys(_COUNTRIES, start.countries)}
        fields = [form_field(field, choices, t, new=form.original is None) for field in PERSON_FIELDS]
        if form.original is not None:
            names = ", ".join(filter(None, [form.original["surnames"], form.original["given_names"]]))
            self.set_title(t("{name}: change", name=names))

        def words(name: str, value: object) -> str:
            field = next(each for each in PERSON_FIELDS if each.name == name)
            named = choices.get(name, {}).get(value) if isinstance(value, int | str) else None
            return value_words(field, value, t, named) or "—"

        kept_as = f"person {self.key or 'new'}"
        self.pane.edit(kept_as, self.title(), fields, form.values, item=self.key, original=form.original, words=words)
        self.pane.take_focus()

    def save(self, values: Any, original: Any) -> None:
        """Enter the person, or change the particulars."""
        self.around.jobs.write(
            save_person,
            self.around.acting,
            PersonDraft(values, self.pane.item, original, self._apart),
            owner=self,
            done=self._on_saved,
            failed=self._on_failed,
        )

    def _on_failed(self, failure: Failure) -> None:
        told = failure.told
        if not isinstance(told, MayBeKnown):
            self.pane.refused(failure)
            return
        t = self.t
        self._alike = tuple(each.id for each in told.people)
        self.pane.ask(
            told.text(t),
            (
                Deed(t("It is somebody else (Ctrl+J)"), self._somebody_else),
                Deed(t("It is that person (Ctrl+M)"), self._same_person),
            ),
        )

    def _somebody_else(self) -> None:
        """Enter the person all the same; that they are two people is remembered."""
        if self._alike and self.pane.is_open:
            self._apart |= frozenset(self._alike)
            self._alike = ()
            self.pane.save_now()

    def _same_person(self) -> None:
        """Nothing is entered: the profile of who is known already."""
        if self._alike and self.pane.is_open:
            known = self._alike[0]
            self.pane.half_typed.forget()
            self.pane.leave()
            self.go_requested.emit(Place("person", known))

    def _on_saved(self, saved: PersonSaved) -> None:
        new = self.pane.item is None
        self.pane.saved()
        said = N_("{name} is entered.") if new else N_("The particulars of {name} are changed.")
        self.done.emit(self.t(said, name=saved.name), True)
        self.go_requested.emit(Place("person", saved.id))

    def on_left(self) -> None:
        """The profile, else the list of people."""
        self.go_requested.emit(Place("person", self.key) if self.key is not None else Place("people"))


def _start(db: Any, acting: ActingUser, key: int | None, language: Language) -> _Start:
    """Read what the form offers and begins with."""
    return _Start(person_form(db, acting, key), countries_by_name(language))
