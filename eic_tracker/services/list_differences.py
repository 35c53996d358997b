"""What a list says otherwise than the file of somebody whom the file knows; nothing of theirs changes silently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from eic_tracker.domain.codes import Sex
from eic_tracker.domain.matching import name_words
from eic_tracker.domain.names import fold
from eic_tracker.domain.person_rules import NewPerson
from eic_tracker.exchange.rows import PersonRow, Problem, Severity
from eic_tracker.i18n import N_
from eic_tracker.queries.likenesses import PersonOnFile

DIFFERS, ADDED = "differs_from_file", "added_to_file"

_DIFFERS = N_("The file says {theirs}; that stays. Correct the person where the list is right.")
_ADDED = N_("The file did not have this of the person; it is added.")


def differences(row: PersonRow, person: NewPerson, known: PersonOnFile) -> tuple[Problem, ...]:
    """What the row says otherwise (a warning, the file keeps its own), and what it adds where the file had nothing."""
    found = []
    said = name_words(f"{person.given_names} {person.surnames}")
    if said != name_words(f"{known.given_names} {known.surnames}"):
        written = f"{known.given_names} {known.surnames}"
        found.append(_differs("given_names", f"{person.given_names} {person.surnames}".strip(), written))
    for field, mine, theirs in _compared(row, person, known):
        if mine is None or mine == theirs or (isinstance(mine, str) and fold(mine) == fold(str(theirs or ""))):
            continue
        if theirs is None:
            found.append(Problem(field, Severity.WARNING, ADDED, str(mine), None, _ADDED))
        else:
            found.append(_differs(field, str(mine), theirs))
    return tuple(found)


def additions(person: NewPerson, known: PersonOnFile) -> dict[str, object]:
    """The columns of the person that the file had nothing in and the list fills."""
    values: dict[str, object] = {}
    if known.sex is Sex.U and person.sex is not Sex.U:
        values["sex"] = person.sex
    for column in ("birth_date", "police_number", "phone"):
        if getattr(known, column) is None and getattr(person, column) is not None:
            values[column] = getattr(person, column)
    if known.document_number is None and person.document_number is not None:
        for column in ("document_kind", "document_country", "document_number"):
            values[column] = getattr(person, column)
    return values


def is_further(person: NewPerson, known: PersonOnFile) -> bool:
    """Whether the list names a document of another kind or country than those that the file has of the person."""
    kinds = {(kind, country) for kind, country, _ in known.documents}
    return bool(kinds) and (person.document_kind, person.document_country) not in kinds


def _compared(
    row: PersonRow, person: NewPerson, known: PersonOnFile
) -> Iterator[tuple[str, str | dt.date | None, str | dt.date | None]]:
    yield "sex", _sex(person.sex), _sex(known.sex)
    yield "birth_date", person.birth_date, known.birth_date
    yield "police_number", person.police_number, known.police_number
    yield "phone", person.phone, known.phone
    if row.document is None or person.document_number in {number for _, _, number in known.documents}:
        return
    yield "document", person.document_number, None if is_further(person, known) else known.document_number


def _sex(sex: Sex) -> str | None:
    return None if sex is Sex.U else sex.value


def _differs(field: str, mine: str, theirs: str | dt.date) -> Problem:
    said = theirs.isoformat() if isinstance(theirs, dt.date) else theirs
    return Problem(field, Severity.WARNING, DIFFERS, mine, said, _DIFFERS, {"theirs": theirs})
