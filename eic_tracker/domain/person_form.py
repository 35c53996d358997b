"""A person as a form hands them over: its fields, and what is wrong with a state, a further document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.drafts import DraftProblem, date_problems
from eic_tracker.domain.person_rules import HONDURAS, LONGEST_NAME, NATIONAL_ID, NewPerson
from eic_tracker.domain.school_lists import FieldKind, FieldSpec, ListKind
from eic_tracker.i18n import N_

Values = Mapping[str, Any]

ACTIVE = "active"
_K = FieldKind
_COUNTRY = 3
_SEXES = ((Sex.F.value, N_("Female")), (Sex.M.value, N_("Male")), (Sex.U.value, N_("Not recorded")))
_DOCUMENT_KINDS = (
    (NATIONAL_ID, N_("National identity")),
    ("passport", N_("Passport")),
    ("residence", N_("Residence card")),
    ("other", N_("Other document")),
)
_STATES = (
    (ACTIVE, N_("Active")),
    ("left", N_("Left the institution")),
    ("reinstated", N_("Reinstated")),
)

PERSON_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("surnames", N_("Surnames"), required=True, longest=LONGEST_NAME),
    FieldSpec("given_names", N_("Given names"), longest=LONGEST_NAME),
    FieldSpec("sex", N_("Sex"), _K.CHOICE, required=True, choices=_SEXES),
    FieldSpec("document_number", N_("Number of the document"), longest=30),
    FieldSpec("document_kind", N_("Kind of document"), _K.CHOICE, choices=_DOCUMENT_KINDS),
    FieldSpec("document_country", N_("Country of the document"), _K.COUNTRY),
    FieldSpec("police_number", N_("Police no."), longest=30),
    FieldSpec("birth_date", N_("Date of birth"), _K.DATE),
    FieldSpec(
        "birth_municipality_id",
        N_("Municipality of birth"),
        _K.REFERENCE,
        refers_to=ListKind.MUNICIPALITY,
    ),
    FieldSpec("birth_place", N_("Place of birth"), longest=LONGEST_NAME),
    FieldSpec("birth_country", N_("Country of birth"), _K.COUNTRY),
    FieldSpec("phone", N_("Telephone"), longest=30),
    FieldSpec("state", N_("State"), _K.CHOICE, required=True, choices=_STATES),
    FieldSpec(
        "state_since",
        N_("State since"),
        _K.DATE,
        help=N_("Needed for who left the institution or was reinstated."),
    ),
)
"""The fields of a person, in the order of the form."""

PERSON_LABELS: Mapping[str, str] = {field.name: field.label for field in PERSON_FIELDS}

DOCUMENT_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("document_number", N_("Number of the document"), required=True, longest=30),
    FieldSpec("document_kind", N_("Kind of document"), _K.CHOICE, required=True, choices=_DOCUMENT_KINDS),
    FieldSpec("document_country", N_("Country of the document"), _K.COUNTRY, required=True),
    FieldSpec("valid_to", N_("Valid until"), _K.DATE),
)
"""The fields of a further document."""

NEW_PERSON: Values = {
    "sex": Sex.U.value,
    "document_kind": NATIONAL_ID,
    "document_country": HONDURAS,
    "state": ACTIVE,
}
"""What the form of a new person begins with."""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person as a form hands them over: `id` is None for a new one; `original` is what the form started from.

    `apart_from` are people who are much alike and whom the person at the keyboard says to be others."""

    values: Values
    id: int | None = None
    original: Values | None = None
    apart_from: frozenset[int] = frozenset()


def person_of(values: Values) -> NewPerson:
    """The person whom the fields say; texts that are no day stay what they are, for the rules to name."""
    said: dict[str, Any] = {field.name: values.get(field.name) for field in PERSON_FIELDS}
    for name in ("given_names", "surnames"):
        said[name] = said[name] or ""
    sex = said["sex"]
    return NewPerson(**{**said, "sex": Sex(sex) if sex else Sex.U, "state": said["state"] or ACTIVE})


def choice_problems(values: Values) -> tuple[DraftProblem, ...]:
    """What was typed where something of a list must be chosen."""
    wrong = [
        name
        for name in ("document_country", "birth_country")
        if (code := values.get(name)) is not None and not (len(code) == _COUNTRY and code.isupper())
    ]
    if not isinstance(values.get("birth_municipality_id"), int | None):
        wrong.append("birth_municipality_id")
    return tuple(DraftProblem(name, N_("Choose one of the list.")) for name in wrong)


def state_problems(state: str, since: object, today: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with a state and its date."""
    if problems := date_problems("state_since", since):
        return problems
    if since is None and state != ACTIVE:
        return (DraftProblem("state_since", N_("Say since when.")),)
    if isinstance(since, dt.date) and since > today:
        return (DraftProblem("state_since", N_("{date} has not come yet."), {"date": since}),)
    return ()
