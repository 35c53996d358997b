"""A school as its form hands it over: what is wrong with it, the shape of its SACE code, names that are alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.list_rules import field_problems, tidied_fields
from eic_tracker.domain.names import fold
from eic_tracker.domain.school_lists import FieldKind, FieldSpec, ListKind
from eic_tracker.i18n import N_

Values = Mapping[str, object]
_K = FieldKind

ADMINISTRATION_CHOICES = (
    ("official", N_("Public")),
    ("non_governmental", N_("Private")),
    ("proheco", "PROHECO"),
    ("municipal", N_("Of the municipality")),
    ("ccepreb", "CCEPREB"),
)

SCHOOL_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("name", N_("Name"), required=True),
    FieldSpec(
        "sace_code",
        N_("SACE code"),
        longest=20,
        help=N_("As the ministry writes it: nine digits, a letter, two digits (080100642M02)."),
    ),
    FieldSpec("municipality_id", N_("Municipality"), _K.REFERENCE, required=True, refers_to=ListKind.MUNICIPALITY),
    FieldSpec("locality", N_("Locality"), help=N_("Village, neighbourhood or colony.")),
    FieldSpec("administration", N_("Administration"), _K.CHOICE, choices=ADMINISTRATION_CHOICES),
    FieldSpec("has_morning", N_("Meets in the morning"), _K.BOOL),
    FieldSpec("has_afternoon", N_("Meets in the afternoon"), _K.BOOL),
    FieldSpec("has_evening", N_("Meets in the evening"), _K.BOOL),
    FieldSpec(
        "valid_to",
        N_("Ended on"),
        _K.DATE,
        help=N_("Its last day. After it, nothing new uses it; what used it keeps it."),
    ),
    FieldSpec("another_school", N_("This is another school than those with a like name"), _K.BOOL),
)
"""The fields of a school, in the order of its form; `another_school` answers a question and is not kept."""

SCHOOL_LABELS: Mapping[str, str] = {field.name: field.label for field in SCHOOL_FIELDS}

_SACE = re.compile(r"[0-9]{9}[A-Z][0-9]{2}")
_KINDS_OF_SCHOOL = frozenset(
    {"esc", "escuela", "instituto", "centro", "educativo", "basico", "basica", "ceb", "colegio"}
)
_PARTICLES = frozenset({"de", "del", "la", "las", "los", "el", "y", "no", "n"})
_ALIKE = 88


@dataclass(frozen=True, slots=True)
class SchoolDraft:
    """A school as a form or list hands it over: `id` None for a new one; `original` what the form started from."""

    values: Values
    id: int | None = None
    original: Values | None = None


def tidied_school(values: Values) -> dict[str, object]:
    """The values of its fields as they would be kept; the SACE code in capitals without blanks."""
    kept = tidied_fields(SCHOOL_FIELDS, values)
    code = kept["sace_code"]
    kept["sace_code"] = "".join(code.split()).upper() if isinstance(code, str) else None
    return kept


def school_problems(values: Values) -> tuple[DraftProblem, ...]:
    """What is wrong with tidied values on their own, in the order of the form."""
    return field_problems(SCHOOL_FIELDS, values)


def sace_warning(code: str | None, municipality: str | None) -> DraftProblem | None:
    """What is unusual about a SACE code, told and kept: its shape, or another municipality than the school's.

    The shape, and that it begins with the municipality's code, are inferred from examples: no rule was found."""
    if code is None:
        return None
    if _SACE.fullmatch(code) is None:
        message = N_("The SACE code {code} has an unusual shape; most are like 080100642M02. Look at it again.")
        return DraftProblem("sace_code", message, {"code": code})
    if municipality is not None and not code.startswith(municipality):
        message = N_("The SACE code {code} begins with another municipality than {municipality}. Look at it again.")
        return DraftProblem("sace_code", message, {"code": code, "municipality": municipality})
    return None


def is_like(one: str, other: str) -> bool:
    """Whether two names may be one school: the same words but for the kind of school, or nearly so."""
    mine, theirs = _telling_words(one), _telling_words(other)
    if not mine or not theirs:
        return fold(one) == fold(other)
    numbers = [{word for word in words if word.isdigit()} for words in (mine, theirs)]
    if numbers[0] != numbers[1]:
        return False
    return fuzz.token_sort_ratio(" ".join(mine), " ".join(theirs)) >= _ALIKE


def _telling_words(name: str) -> list[str]:
    return [word for word in fold(name).split() if word not in _KINDS_OF_SCHOOL | _PARTICLES]
