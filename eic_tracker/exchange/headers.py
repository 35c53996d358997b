"""Which field a column's header names, in the Spanish and English of those who send lists."""

from __future__ import annotations

import csv
import re
from enum import StrEnum
from functools import cache, lru_cache

from eic_tracker import paths
from eic_tracker.domain.names import fold

LONGEST_HEADER = 80


class Field(StrEnum):
    """What a column holds; NAME is a whole name in one cell, SEX_F, SEX_M and SEX_H hold a mark where it applies."""

    NUMBER = "number"
    NAME = "name"
    GIVEN = "given_names"
    SECOND_GIVEN = "second_given_name"
    FAMILY = "family_names"
    SECOND_FAMILY = "second_family_name"
    DOCUMENT = "document"
    PASSPORT = "passport"
    DOCUMENT_TYPE = "document_type"
    COUNTRY = "country"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    SEX_F = "sex_f"
    SEX_M = "sex_m"
    SEX_H = "sex_h"
    BIRTH_PLACE = "birth_place"
    RANK = "rank"
    POST = "post"
    UNIT = "unit"
    INSTITUTION = "institution"
    PHONE = "phone"
    POLICE_NUMBER = "police_number"
    OTHER = "other"
    """a header that is understood and means nothing here: e-mail, age, signature, mark"""


NAMES = frozenset({Field.NAME, Field.GIVEN, Field.FAMILY})
"""The fields that make a table a list of people, beside a document."""
DOCUMENTS = frozenset({Field.DOCUMENT, Field.PASSPORT})

_NUMBER_OF = re.compile(r"(?:(?:n|no|nro|num|numero|number|n o|no o)(?: (?:de|del|de la|of))? )+")
_WHOSE = re.compile(
    r" (?:(?:del?|de la|de los|de las|of|of the) )?(?:participantes?|personal|alumn[oa]s?|cursantes?|polic\w+|"
    r"funcionari[oa]s?|investigador(?:es)?|students?|persona|person|officer|completos?|completas?|actual(?:es)?)$"
)


@cache
def _texts() -> dict[str, Field]:
    path = paths.resources() / "exchange" / "columns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["header"]: Field(row["field"]) for row in csv.DictReader(file)}


def field_of(header: str) -> Field | None:
    """The field that a header names by itself, None where it is no header that is known."""
    if not header or len(header) > LONGEST_HEADER or sum(map(str.isdigit, header)) > _DIGITS:
        return None
    found = _field_of(header)
    if found is None and (aside := _ASIDE.sub("", header)) != header:
        return _field_of(aside)
    return found


_DIGITS = 3
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
"""What a form explains behind a question: "Teléfono (WhatsApp)"."""


@lru_cache(maxsize=8192)
def _field_of(header: str) -> Field | None:
    text = fold(header)
    if not text:
        return Field.NUMBER if header.strip() in {"#", "№"} else None
    known = _texts()
    for form in _forms(text):
        found = known.get(form)
        if found is not None:
            return found
    return None


def _forms(text: str) -> list[str]:
    """A header as written, then without "número de" before it and "de los participantes", "completo" after it."""
    forms = [text]
    shorter = _NUMBER_OF.sub("", text, count=1) if _NUMBER_OF.match(text) else text
    while True:
        if shorter not in forms:
            forms.append(shorter)
        cut = _WHOSE.sub("", shorter)
        if cut == shorter:
            return forms
        shorter = cut


class NameOrder(StrEnum):
    """Which names stand first where a cell holds a whole name."""

    GIVEN_FIRST = "given_first"
    FAMILY_FIRST = "family_first"


_GIVEN = re.compile(r"\b(?:nombres?|(?:given|first) names?|names?)\b")
_FAMILY = re.compile(r"\b(?:apellidos?|surnames?|last names?|family names?|last)\b")


def order_told_by(header: str) -> NameOrder | None:
    """The order that a header of whole names tells: "Apellidos, Nombres"; None where it tells none."""
    text = fold(header)
    family = _FAMILY.search(text)
    if family is None:
        return None
    rest = text[: family.start()] + " " * (family.end() - family.start()) + text[family.end() :]
    given = _GIVEN.search(rest)
    if given is None:
        return None
    return NameOrder.GIVEN_FIRST if given.start() < family.start() else NameOrder.FAMILY_FIRST
