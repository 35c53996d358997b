"""A new person as a form, a grid or a list hands them over, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.drafts import DraftProblem, date_problems, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.i18n import N_

HONDURAS = "HND"
NATIONAL_ID = "national_id"
LONGEST_NAME = 80
_NATIONAL = re.compile(r"[0-9]{13}")
_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z./-]{2,29}")
_COUNTRY = re.compile(r"[A-Z]{3}")
_OLDEST, _YOUNGEST = 100, 14
"""Years of age that a participant may have."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to be recorded; kind and country of the document are codes, its number is without blanks."""

    given_names: str
    surnames: str
    sex: Sex = Sex.U
    document_kind: str | None = None
    document_country: str | None = None
    document_number: str | None = None
    police_number: str | None = None
    birth_date: dt.date | None = None
    birth_municipality_id: int | None = None
    birth_place: str | None = None
    birth_country: str | None = None
    phone: str | None = None
    state: str = "active"
    state_since: dt.date | None = None

    @property
    def document(self) -> tuple[str, str, str] | None:
        """Country, kind and number; None where there is no number."""
        if not self.document_number:
            return None
        return (self.document_country or "", self.document_kind or "", self.document_number)


def tidied_person(person: NewPerson) -> NewPerson:
    """The person as they would be kept: texts tidied, numbers without blanks, of a Honduran id also without dashes."""
    number = "".join((person.document_number or "").split()).upper() or None
    if number and (person.document_kind, person.document_country) == (NATIONAL_ID, HONDURAS):
        number = number.replace("-", "")
    return replace(
        person,
        given_names=tidy(person.given_names),
        surnames=tidy(person.surnames),
        document_number=number,
        document_kind=person.document_kind if number else None,
        document_country=person.document_country if number else None,
        police_number="".join((person.police_number or "").split()) or None,
        birth_place=tidy(person.birth_place or "") or None,
        phone=tidy(person.phone or "") or None,
    )


def person_problems(person: NewPerson, today: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with a tidied person on its own; whether they are recorded already is the file's question."""
    return (
        *_name_problems(person),
        *_document_problems(person),
        *_birth_problems(person, today),
        *_text_problems(person),
    )


def _name_problems(person: NewPerson) -> list[DraftProblem]:
    problems = []
    for field, text in (("surnames", person.surnames), ("given_names", person.given_names)):
        if not writable(text) or len(text) > LONGEST_NAME:
            problems.append(DraftProblem(field, N_("This holds characters that cannot be kept, or is too long.")))
        elif not fold(text):
            # People of one name exist, and are written with it as their surname.
            if field == "surnames" or not fold(person.surnames):
                problems.append(DraftProblem(field, N_("A name is needed.")))
        elif any(character.isdigit() for character in text):
            problems.append(DraftProblem(field, N_("There are digits in this name.")))
    return problems


def _document_problems(person: NewPerson) -> list[DraftProblem]:
    if person.document_number is None:
        return []
    if not person.document_kind or not _COUNTRY.fullmatch(person.document_country or ""):
        return [DraftProblem("document_number", N_("Say which kind of document this is, and of which country."))]
    if (person.document_kind, person.document_country) == (NATIONAL_ID, HONDURAS):
        if _NATIONAL.fullmatch(person.document_number) is None:
            found = len(person.document_number)
            message = N_("A Honduran identity number has 13 digits; this has {found} characters.")
            return [DraftProblem("document_number", message, {"found": found})]
    elif _NUMBER.fullmatch(person.document_number) is None:
        return [DraftProblem("document_number", N_("This is not the number of a document."))]
    return []


def _birth_problems(person: NewPerson, today: dt.date) -> list[DraftProblem]:
    problems = list(date_problems("birth_date", person.birth_date))
    if person.birth_date is not None and not problems:
        age = today.year - person.birth_date.year
        if not _YOUNGEST <= age <= _OLDEST:
            message = N_("Born on {date} they would be {age} years old; look at the year.")
            problems.append(DraftProblem("birth_date", message, {"date": person.birth_date, "age": age}))
    return problems


def _text_problems(person: NewPerson) -> list[DraftProblem]:
    return [
        DraftProblem(field, N_("This holds characters that cannot be kept, or is too long."))
        for field, text in (
            ("police_number", person.police_number),
            ("birth_place", person.birth_place),
            ("phone", person.phone),
        )
        if text is not None and (not writable(text) or len(text) > LONGEST_NAME)
    ]
