"""New people: recorded once; whoever has the document already is that person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.names import match_key, sort_key
from eic_tracker.domain.person_rules import NewPerson, person_problems, tidied_person
from eic_tracker.i18n import N_
from eic_tracker.store.tables.people import DocumentKind, Participant, PersonState
from eic_tracker.store.transaction import Tx


def insert_people(tx: Tx, people: Sequence[NewPerson]) -> list[int]:
    """Record new people whose drafts are in order (`new_person_problems` found nothing); their keys in order."""
    own = {"recorded_at": tx.at}
    return tx.insert(
        Participant, [{"uid": tx.new_uid(), **person_columns(tidied_person(person)), **own} for person in people]
    )


def person_columns(person: NewPerson) -> dict[str, Any]:
    """The columns of a tidied person."""
    return {
        "given_names": person.given_names,
        "surnames": person.surnames,
        "match_key": match_key(person.given_names, person.surnames),
        "sort_key": sort_key(f"{person.surnames} {person.given_names}"),
        "sex": person.sex,
        "document_kind": DocumentKind(person.document_kind) if person.document_kind else None,
        "document_country": person.document_country,
        "document_number": person.document_number,
        "police_number": person.police_number,
        "birth_date": person.birth_date,
        "birth_municipality_id": person.birth_municipality_id,
        "birth_place": person.birth_place,
        "birth_country": person.birth_country,
        "phone": person.phone,
        "state": PersonState(person.state),
        "state_since": person.state_since,
    }


def new_person_problems(tx: Tx, person: NewPerson) -> tuple[DraftProblem, ...]:
    """What is wrong with a new person, on its own and beside the people of the file."""
    tidied = tidied_person(person)
    problems = person_problems(tidied, local_date(tx.at))
    if not problems and (holder := holder_of(tx.connection, tidied)) is not None:
        message = N_("This number is that of {name}, who is recorded already.")
        return (DraftProblem("document_number", message, {"name": holder[1]}),)
    return problems


def holder_of(connection: Connection, person: NewPerson) -> tuple[int, str] | None:
    """Who has a tidied person's document already: key and name of the record that holds it; None where nobody has."""
    if person.document is None:
        return None
    row = connection.exec_driver_sql(
        "SELECT id, given_names || ' ' || surnames FROM participant "
        "WHERE document_country = ?1 AND document_kind = ?2 AND document_number = ?3 "
        "UNION ALL SELECT p.id, p.given_names || ' ' || p.surnames FROM participant_document d "
        "JOIN participant p ON p.id = d.participant_id WHERE d.country = ?1 AND d.kind = ?2 AND d.number = ?3",
        person.document,
    ).first()
    return None if row is None else (row[0], row[1])
