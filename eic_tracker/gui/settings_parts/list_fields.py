"""The fields of a school's lists as forms, columns and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from eic_tracker.domain.school_lists import FieldKind, FieldSpec
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.editors import (
    ChoiceEditor,
    DateEditor,
    Editor,
    LineEditor,
    MakeEditor,
    NamesEditor,
    NumberEditor,
    ReferenceEditor,
    TickEditor,
)
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import Translator
from eic_tracker.queries.countries import country_name

Choices = Mapping[str, Mapping[int | str, str]]
"""What the fields that choose of another list, or of all countries, offer: by field, name by key."""


def form_field(field: FieldSpec, choices: Choices, t: Translator, *, new: bool) -> FormField:
    """A field of a list's form; what is said once only is locked afterwards."""
    return FormField(
        field.name,
        t(field.label),
        _maker(field, choices, t),
        help=t(field.help) if field.help else "",
        required=field.required,
        locked=field.fixed and not new,
    )


def _maker(field: FieldSpec, choices: Choices, t: Translator) -> MakeEditor:
    def make(label: str, around: Surroundings) -> Editor:
        kind = field.kind
        if kind is FieldKind.CHOICE:
            worded = [(code, t(words)) for code, words in field.choices]
            return ChoiceEditor(label, worded, None if field.required else "—")
        if kind in {FieldKind.REFERENCE, FieldKind.COUNTRY}:
            return ReferenceEditor(label, choices.get(field.name, {}), around)
        if kind is FieldKind.DATE:
            return DateEditor(label, around)
        if kind is FieldKind.BOOL:
            return TickEditor(label)
        if kind is FieldKind.NAMES:
            return NamesEditor(label)
        if kind is FieldKind.INT:
            return NumberEditor(label)
        return LineEditor(label, longest=field.longest + 100)

    return make


def column_of(field: FieldSpec) -> Column:
    """A column that says a field in words."""
    return Column(
        field.name,
        field.label,
        lambda row, t: value_words(field, row.values.get(field.name), t, row.named.get(field.name)),
        width=24,
        stretch=True,
    )


def value_words(field: FieldSpec, value: object, t: Translator, named: str | None = None) -> str:
    """A field's value as people read it; `named` is the name of what it refers to. Empty where there is none."""
    if value is None or value == () or value == "":
        return ""
    if named is not None:
        return named
    if isinstance(value, dt.date):
        return t.date(value)
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    if field.kind is FieldKind.CHOICE:
        words = dict(field.choices).get(str(value))
        return t(words) if words is not None else str(value)
    if field.kind is FieldKind.COUNTRY:
        return country_name(str(value), t.language)
    return str(value)
