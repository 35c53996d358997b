"""People entered and changed by hand: particulars, further documents, and the photo that a person may have."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftProblem, DraftRefused, changes_between, date_problems
from eic_tracker.domain.matching import Marks, name_words
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.person_form import (
    NEW_PERSON,
    PERSON_LABELS,
    PersonDraft,
    Values,
    choice_problems,
    person_of,
    state_problems,
)
from eic_tracker.domain.person_rules import NewPerson, person_problems, tidied_person
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.identities import records_of
from eic_tracker.queries.likenesses import PersonOnFile
from eic_tracker.queries.offering_form import municipality_names
from eic_tracker.queries.person_detail import read_form_values, surviving_record
from eic_tracker.queries.school_lists import last_actor
from eic_tracker.services.attachments import Scan, small_picture
from eic_tracker.services.duplicates import people_alike
from eic_tracker.services.people import holder_of, insert_people, person_columns
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.people import DifferentPeople, DocumentKind, Participant, ParticipantDocument, Photo
from eic_tracker.store.transaction import Entry, Tx

_GONE = N_("This person is no longer in the file; the entry was undone, or the record was merged into another.")
_TAKEN = N_("This number is that of {name}, who is recorded already.")


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What a person's form offers and starts from; `original` is None for a new person."""

    municipalities: Mapping[int | str, str]
    values: Values
    original: Values | None


@dataclass(frozen=True, slots=True)
class PersonSaved:
    """A person as stored: the key and the whole name."""

    id: int
    name: str


class MayBeKnown(Refused):
    """Somebody much alike is recorded already: nothing was stored until it is said that it is another person."""

    def __init__(self, people: tuple[PersonOnFile, ...]) -> None:
        names = "; ".join(f"{each.surnames}, {each.given_names}" for each in people)
        super().__init__(N_("Somebody much alike is recorded already: {names}. Nothing was stored."), names=names)
        self.people = people


def person_form(db: Database, acting: ActingUser, key: int | None) -> PersonForm:
    """The form of a person, or of a new one; UserError where the person is gone."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        places = municipality_names(connection, local_date(db.clock()))
        if key is None:
            return PersonForm(places, NEW_PERSON, None)
        values = _values(connection, surviving_record(connection, key))
    usual = {} if values["document_number"] else {name: NEW_PERSON[name] for name in _OF_DOCUMENT}
    return PersonForm(places, {**values, **usual}, values)


_OF_DOCUMENT = ("document_kind", "document_country")


def save_person(db: Database, acting: ActingUser, draft: PersonDraft) -> PersonSaved:
    """Enter a person or change one; what it said before stays in the history.

    DraftRefused with all problems, ChangedMeanwhile where somebody changed it since, MayBeKnown where a new person is
    much like others of the file."""
    require(acting, Action.ENROL)
    if draft.id is None:
        with db.write(Entry(actor(acting), "record_person", "")) as tx:
            return _enter(tx, draft)
    with db.write(Entry(actor(acting), "edit_person", str(draft.id))) as tx:
        return _change(tx, draft, draft.id)


def add_document(db: Database, acting: ActingUser, key: int, values: Values) -> int:
    """Record a further document of a person, a passport beside the national id or an old number; its key."""
    require(acting, Action.ENROL)
    with db.write(Entry(actor(acting), "add_document", str(key))) as tx:
        _require_there(tx.connection, key)
        document: dict[str, Any] = {name: values.get(name) for name in _DOCUMENT}
        person = tidied_person(NewPerson("", "", **document))
        problems = [
            *document_problems(values),
            *(each for each in person_problems(person, local_date(tx.at)) if each.field == "document_number"),
        ]
        problems = problems or list(_number_problems(tx.connection, person))
        if problems or person.document_kind is None:
            raise DraftRefused(problems)
        row = {
            "participant_id": key,
            "kind": DocumentKind(person.document_kind),
            "country": person.document_country,
            "number": person.document_number,
            "valid_to": values.get("valid_to"),
        }
        return tx.insert(ParticipantDocument, [row])[0]


def document_problems(values: Values) -> tuple[DraftProblem, ...]:
    """What is missing or no date in a further document."""
    missing = [name for name in _DOCUMENT if not values.get(name)]
    return (
        *(DraftProblem(name, N_("This is needed.")) for name in missing),
        *choice_problems({"document_country": values.get("document_country") or None}),
        *date_problems("valid_to", values.get("valid_to")),
    )


_DOCUMENT = ("document_number", "document_kind", "document_country")


def drop_document(db: Database, acting: ActingUser, key: int) -> None:
    """Take a further document off a person, which was entered by mistake; it stays in the history."""
    require(acting, Action.ENROL)
    with db.write(Entry(actor(acting), "drop_document", "")) as tx:
        person = tx.connection.exec_driver_sql(
            "SELECT participant_id FROM participant_document WHERE id = ?", (key,)
        ).scalar()
        if person is None:
            raise UserError(N_("This document is no longer in the file; its entry was undone."))
        tx.entry = replace(tx.entry, label=str(person))
        tx.delete(ParticipantDocument, [key])


def photo_of(db: Database, acting: ActingUser, key: int) -> bytes | None:
    """A person's photo as a JPEG, of the record itself or of one that was joined to it; None where there is none."""
    require(acting, Action.READ_PEOPLE, Right.YES)
    with db.read() as connection:
        key = surviving_record(connection, key)
        content = connection.exec_driver_sql(
            f"SELECT content FROM photo WHERE participant_id IN ({records_of('?1')}) "
            "ORDER BY participant_id <> ?1, id LIMIT 1",
            (key,),
        ).scalar()
    return None if content is None else bytes(content)


def add_photo(db: Database, acting: ActingUser, key: int, scan: Scan) -> int:
    """Keep a person's photo, made small and without what a camera adds; the one before it is gone.

    UserError where it is no JPEG or PNG, damaged, or too large."""
    require(acting, Action.ENROL)
    content = small_picture(scan)
    with db.write(Entry(actor(acting), "add_photo", str(key))) as tx:
        _require_there(tx.connection, key)
        if _drop_photo(tx, key):
            # the bytes of the one before are gone for good, so this is never undone
            tx.entry = replace(tx.entry, use_case="replace_photo")
        row = {
            "participant_id": key,
            "sha256": hashlib.sha256(content).hexdigest(),
            "content": content,
            "recorded_at": tx.at,
        }
        return tx.insert(Photo, [row])[0]


def remove_photo(db: Database, acting: ActingUser, key: int) -> None:
    """Take a person's photo out of the file for good."""
    require(acting, Action.ENROL)
    with db.write(Entry(actor(acting), "remove_photo", str(key))) as tx:
        _drop_photo(tx, surviving_record(tx.connection, key))


def _drop_photo(tx: Tx, key: int) -> bool:
    """Delete the photo of a person, of the record itself or of one that was joined to it; whether there was one."""
    rows = tx.connection.exec_driver_sql(
        f"SELECT id FROM photo WHERE participant_id IN ({records_of('?')})", (key,)
    ).all()
    tx.delete(Photo, [photo for (photo,) in rows])
    return bool(rows)


def _enter(tx: Tx, draft: PersonDraft) -> PersonSaved:
    person, problems = _checked(tx, draft.values)
    problems = problems or list(_number_problems(tx.connection, person))
    if problems:
        raise DraftRefused(problems)
    marks = _marks(person)
    alike = people_alike(tx.connection, marks, person.document_number, person.birth_date, leaving=draft.apart_from)
    if alike:
        raise MayBeKnown(tuple(other for other, _ in alike))
    (key,) = insert_people(tx, [person])
    tx.insert(
        DifferentPeople,
        [{"first_id": other, "second_id": key, "recorded_at": tx.at} for other in sorted(draft.apart_from)],
    )
    return _saved(key, person)


def _change(tx: Tx, draft: PersonDraft, key: int) -> PersonSaved:
    _require_there(tx.connection, key)
    present = _values(tx.connection, key)
    if draft.original is None:
        raise ValueError("a draft of a person who exists carries the values that it started from")
    if changes := changes_between(draft.original, present, PERSON_LABELS):
        raise ChangedMeanwhile(_name(present), last_actor(tx.connection, "participant", [key])[1], changes)
    person, problems = _checked(tx, draft.values)
    before = person_of(present)
    if not problems and person.document != before.document:
        problems = list(_number_problems(tx.connection, person))
    if problems:
        raise DraftRefused(problems)
    tx.update(Participant, {key: person_columns(person)})
    return _saved(key, person)


def _checked(tx: Tx, values: Values) -> tuple[NewPerson, list[DraftProblem]]:
    today = local_date(tx.at)
    if problems := list(choice_problems(values)):
        return NewPerson("", ""), problems
    person = tidied_person(person_of(values))
    return person, [
        *person_problems(person, today),
        *state_problems(person.state, person.state_since, today),
        *_place_problems(tx.connection, person),
    ]


def _place_problems(connection: Connection, person: NewPerson) -> list[DraftProblem]:
    import pycountry

    countries = {"document_country": person.document_country, "birth_country": person.birth_country}
    wrong = [name for name, code in countries.items() if code and pycountry.countries.get(alpha_3=code) is None]
    place = person.birth_municipality_id
    query = "SELECT 1 FROM municipality WHERE id = ?"
    if place is not None and connection.exec_driver_sql(query, (place,)).first() is None:
        wrong.append("birth_municipality_id")
    return [DraftProblem(name, N_("Choose one of the list.")) for name in wrong]


def _number_problems(connection: Connection, person: NewPerson) -> tuple[DraftProblem, ...]:
    holder = holder_of(connection, person)
    return () if holder is None else (DraftProblem("document_number", _TAKEN, {"name": holder[1]}),)


def _marks(person: NewPerson) -> Marks:
    document = person.document
    country, kind, number = document or ("", "", "")
    return Marks(
        name_words(f"{person.given_names} {person.surnames}"),
        person.sex,
        person.birth_date,
        frozenset({(kind, country, number)}) if document else frozenset(),
        person.police_number,
        person.phone,
    )


def _values(connection: Connection, key: int) -> dict[str, Any]:
    values = read_form_values(connection, key)
    if values is None:
        raise UserError(_GONE)
    return values


def _require_there(connection: Connection, key: int) -> None:
    row = connection.exec_driver_sql("SELECT merged_into_id FROM participant WHERE id = ?", (key,)).first()
    if row is None or row.merged_into_id is not None:
        raise UserError(_GONE)


def _saved(key: int, person: NewPerson) -> PersonSaved:
    return PersonSaved(key, f"{person.given_names} {person.surnames}".strip())


def _name(values: Values) -> str:
    return f"{values['given_names']} {values['surnames']}".strip()
