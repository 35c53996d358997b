"""What is typed over a row of a list: which value a problem asks for, what is offered, which fields the text fills."""

from __future__ import annotations

from collections.abc import Mapping

from eic_tracker.exchange.rows import Problem, Severity
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.list_review import ReviewedRow

NAME = "name"
FIELDS: Mapping[str, str] = {
    NAME: N_("Surnames, given names"),
    "document": N_("Identity document"),
    "sex": N_("Sex"),
    "birth_date": N_("Date of birth"),
    "rank": N_("Rank"),
    "unit": N_("Unit"),
    "institution": N_("Institution"),
    "phone": N_("Telephone"),
    "police_number": N_("Police number"),
    "birth_place": N_("Place of birth"),
}
"""What can be typed, with its words."""
COLUMN_OF = {"birth_date": "born"}
_FIELD_OF = {"given_names": NAME, "family_names": NAME, "document_type": "document", "country": "document"}
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.REPAIR: 2}
_WORDS_WITHOUT_COMMA = 2


def field_of_problem(row: ReviewedRow) -> str | None:
    """The value that the row's gravest problem is about; None where no value would mend it."""
    fields = ((problem, _field(problem)) for problem in sorted(row.problems, key=lambda each: _WEIGHT[each.severity]))
    return next((name for _, name in fields if name is not None), None)


def has_error_to_mend(row: ReviewedRow) -> bool:
    """Whether a value that is typed may take an error away."""
    return any(problem.severity is Severity.ERROR and _field(problem) for problem in row.problems)


def field_of_column(column: str) -> str | None:
    """What stands in a column of the review, where it can be typed."""
    name = {"born": "birth_date"}.get(column, column)
    return name if name in FIELDS else None


def offered(row: ReviewedRow, name: str, t: Translator) -> str:
    """The text to begin with: as the row is read, else as the list writes it."""
    read = row.row
    if name == NAME:
        return ", ".join(part for part in (read.family_names, read.given_names) if part)
    if name == "birth_date" and read.birth_date is not None:
        return t.date(read.birth_date)
    typed = next((each.proposal for each in row.problems if each.code == "typed" and each.field == name), None)
    value = getattr(read, name)
    return typed or str(value or "") or read.written.get(name, "")


def fields_of(name: str, text: str) -> dict[str, str] | None:
    """The fields that the text fills; empty texts give back what the list says, None where a comma is missing."""
    text = " ".join(text.split())
    if name != NAME:
        return {name: text}
    if not text:
        return {"family_names": "", "given_names": ""}
    family, comma, given = text.partition(",")
    words = text.split()
    if not comma:
        if len(words) > _WORDS_WITHOUT_COMMA:
            return None
        family, given = words[0], " ".join(words[1:])
    return {"family_names": family.strip(), "given_names": given.strip()}


def _field(problem: Problem) -> str | None:
    name = _FIELD_OF.get(problem.field, problem.field)
    return name if name in FIELDS else None
