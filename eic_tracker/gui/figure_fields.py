"""The fields by which a published figure, a historical total and the document behind either are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from eic_tracker.domain.school_lists import FieldSpec
from eic_tracker.gui.settings_parts.list_fields import form_field
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor, LineEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import Translator
from eic_tracker.services.historical_totals import PAPERS
from eic_tracker.services.letters import SourceDraft


def figure_fields(
    specs: Sequence[FieldSpec], programmes: Mapping[str, str], t: Translator, *, new: bool
) -> list[FormField]:
    """A form's fields; the programme is chosen by its name."""
    choices = [(code, name) for code, name in programmes.items()]
    fields = [form_field(spec, {}, t, new=new) for spec in specs]
    return [
        replace(field, make=lambda label, _around: ChoiceEditor(label, choices, None), help="")
        if field.name == "programme"
        else field
        for field in fields
    ]


def document_fields(t: Translator) -> list[FormField]:
    """The document that tells a figure: number, date, page, sender."""
    return [
        FormField("number", t("Number of the document"), _line, t("A paper without a number: S/N."), required=True),
        FormField("dated", t("Its date"), DateEditor, required=True, beside=True),
        FormField("page", t("Page"), _line, t("Where the number stands in it."), required=True),
        FormField("sender", t("Sender"), _line, beside=True),
    ]


def document_of(values: Mapping[str, Any]) -> SourceDraft:
    """The document that the fields say."""
    return SourceDraft(values["number"] or "", values["dated"], values["sender"] or "", "", PAPERS["report"])


def _line(label: str, _around: Surroundings) -> LineEditor:
    return LineEditor(label, longest=200)
