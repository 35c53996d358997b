"""What is shown of people everywhere: names, identity numbers (masked where they must be), and how they are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eic_tracker.domain.names import fold
from eic_tracker.queries.listing import Sight
from eic_tracker.store.search import TAIL, matching, matching_tail, words

MASK = "•••"
SHOWN = 5
"""Characters of an identity number that stay readable where it is masked."""

SHORTEST_NUMBER = 4
"""Digits from which a text may be the end of a document's number."""

IDENTITY = """p.id, p.given_names, p.surnames, p.sex, p.document_kind, p.document_country, p.document_number,
       p.police_number"""
"""The columns of `identity`, in its order, of a participant `p`."""

RECORDS_OF = """WITH RECURSIVE record(id) AS (
    SELECT {person} UNION SELECT away.id FROM participant away JOIN record ON away.merged_into_id = record.id)
    SELECT id FROM record"""
"""The person's own record and all that were merged into it; `{person}` is an expression. A circle ends."""

IDENTITY_TABLES = frozenset(
    {
        "participant",
        "participant_document",
        "person_without_document",
        "photo",
        "pupil_name",
        "different_people",
        "rejected_row",
        "walk_in",
        "vetting",
        "certificate",
        "folio",
        "delivery",
    }
)
"""Those that hold identities, which users who see masked numbers do not read here at all."""

PEOPLE_TABLES = IDENTITY_TABLES | {
    "audit_sample_item",
    "enrolment",
    "module_grade",
    "attendance",
    "walk_in_mark",
    "revocation",
    "register_entry",
    "certificate_sheet",
    "act",
    "instructor",
    "accreditation",
    "rotation",
    "mentored_unit",
}
"""Tables whose changes say something of people on rosters and acts, or of those who teach them."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is; numbers are masked for those who may not read them, as in `•••12345`."""

    id: int
    given_names: str
    surnames: str
    sex: str
    document_kind: str | None
    document_country: str | None
    document: str | None
    police_number: str | None


def identity(values: Sequence[Any], sight: Sight) -> Identity:
    """The identity of the columns `IDENTITY`."""
    key, given, surnames, sex, kind, country, document, police = values
    return Identity(key, given, surnames, sex, kind, country, shown(document, sight), shown(police, sight))


def shown(number: str | None, sight: Sight) -> str | None:
    """An identity number as the user may see it: its last five characters, of short numbers no more than half."""
    if number is None or not sight.masked:
        return number
    kept = min(SHOWN, len(number) // 2)
    return MASK + number[len(number) - kept :]


def records_of(person: str) -> str:
    """SQL of the keys of a person's records; `person` is the expression of the surviving record's key."""
    return RECORDS_OF.replace("{person}", person)


def people_text(text: str) -> tuple[str, tuple[object, ...]]:
    """The condition that finds people `p` by beginnings of names in any order, or by the end of one of their numbers.

    The search index answers; it knows the last characters of numbers only, more of them are compared with the rows."""
    typed = words(text)
    if not typed:
        return "0", ()
    begun = [f"({matching([word], begun=True)}{_or_tail(word)})" for word in typed]
    longer = [word for word in typed if is_number(word) and len(word) > TAIL]
    condition, values = _indexed(" AND ".join(begun), longer)
    whole = "".join(typed)
    if len(typed) > 1 and is_number(whole):
        tail, more = _indexed(matching_tail(whole), [whole])
        return f"({condition} OR {tail})", values + more
    return condition, values


def _or_tail(word: str) -> str:
    return f" OR {matching_tail(word)}" if is_number(word) else ""


def _indexed(expression: str, numbers: Sequence[str]) -> tuple[str, tuple[object, ...]]:
    """Whom the index finds, as far as these words begin a name or end a number of theirs."""
    condition = "p.id IN (SELECT rowid FROM search_person WHERE search_person MATCH ?)"
    values: list[object] = [expression]
    for number in numbers:
        condition += (
            " AND ((' ' || p.match_key) LIKE ? OR p.document_number LIKE ? OR p.police_number LIKE ? OR EXISTS "
            "(SELECT 1 FROM participant_document d WHERE d.participant_id = p.id AND d.number LIKE ?))"
        )
        values += [f"% {number}%", *[f"%{number}"] * 3]
    return f"({condition})", tuple(values)


def masked_people_text(text: str) -> tuple[str, tuple[object, ...]]:
    """The same for those who see masked numbers: of a number that is typed whole only what they see is compared."""
    shown_words = (word[-SHOWN:] if is_number(word) else word for word in text.replace("-", "").split())
    return _found(
        " ".join(shown_words),
        f"substr(x.document_number, -min({SHOWN}, length(x.document_number) / 2))",
        f"substr(x.police_number, -min({SHOWN}, length(x.police_number) / 2))",
    )


def _found(text: str, document: str, police: str) -> tuple[str, tuple[object, ...]]:
    """Each word begins a word of the name; or the whole text, without dashes, ends one of the numbers.

    Words of digits beside words of letters may end the numbers, too."""
    conditions, values = [], list[object]()
    for word in fold(text).split():
        condition = "(' ' || x.match_key) LIKE ?"
        values.append(f"% {word}%")
        if is_number(word):
            condition = f"({condition} OR {document} LIKE ? OR {police} LIKE ?)"
            values += [f"%{word}"] * 2
        conditions.append(condition)
    condition = " AND ".join(conditions) or "0"
    whole = "".join(character for character in text if character.isalnum())
    if is_number(whole) and len(conditions) > 1:
        condition = f"({condition}) OR {document} LIKE ? OR {police} LIKE ?"
        values += [f"%{whole}"] * 2
    return f"p.id IN (SELECT x.id FROM participant x WHERE {condition})", tuple(values)


def is_number(word: str) -> bool:
    """Whether a word may be (the end of) an identity number."""
    return len(word) >= SHORTEST_NUMBER and sum(character.isdigit() for character in word) >= SHORTEST_NUMBER
