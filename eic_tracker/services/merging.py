"""Two records of one person become one, field by field; taken apart again, both are exactly what they were."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import EnrolmentStatus, Sex
from eic_tracker.domain.names import match_key, sort_key
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.merging import (
    COLUMNS,
    FIELDS,
    RosterPlace,
    days_by_programme,
    merge_of,
    people_of_number,
    places_on_rosters,
    read_columns,
    told_apart_row,
)
from eic_tracker.queries.person_detail import surviving_record
from eic_tracker.services.restating import Figures, closed_quarter_figures, restate
from eic_tracker.services.sign_in import actor
from eic_tracker.store import journal
from eic_tracker.store.database import Database
from eic_tracker.store.rows import binding
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.people import DifferentPeople, Participant
from eic_tracker.store.transaction import Entry, Tx

MERGED = N_("two records of one person were merged")
TAKEN_APART = N_("records that had been merged were taken apart")
"""Reasons of restatements, kept by these keys and shown in the language of the reader."""

_BETTER = (
    EnrolmentStatus.COMPLETED,
    EnrolmentStatus.NOT_COMPLETED,
    EnrolmentStatus.WITHDREW,
    EnrolmentStatus.ENROLLED,
    EnrolmentStatus.APPLIED,
    EnrolmentStatus.NO_SHOW,
)
"""Of two rows in one offering the one that says more is kept."""

_EMPTY = (None, "", Sex.U.value)


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field of both records (its stored values), and whether the one that goes should give it."""

    field: str
    kept: str | None
    gone: str | None
    take: bool


@dataclass(frozen=True, slots=True)
class SharedOffering:
    """A course given in which both sit: whose row is kept, whose is taken off as a duplicate."""

    code: str
    kept_enrolment: int
    removed_enrolment: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would do: the records, their fields with what is proposed, the courses in which both sit."""

    kept: int
    gone: int
    fields: tuple[FieldChoice, ...]
    shared: tuple[SharedOffering, ...]


@dataclass(frozen=True, slots=True)
class MergeDraft:
    """Which record stands, which goes, and the fields that the one that goes gives."""

    kept: int
    gone: int
    take: frozenset[str]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MergeDone:
    """What was stored: the journal's entry (None of a trial), the records, the courses with one row taken off."""

    set_id: int | None
    kept: int
    gone: int
    shared: tuple[SharedOffering, ...] = ()
    quarters_restated: tuple[str, ...] = ()


def merge_preview(db: Database, acting: ActingUser, kept: int, gone: int) -> MergePreview:
    """Both records side by side; what the first lacks and the second has is proposed. Nothing is changed."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        kept, gone, mine, theirs = _both(connection, kept, gone)
        shared = _shared(connection, kept, gone)
    choices = tuple(
        FieldChoice(field, _said(mine, field), _said(theirs, field), _lacks(mine, theirs, field)) for field in FIELDS
    )
    return MergePreview(kept, gone, choices, shared)


def merge_people(db: Database, acting: ActingUser, draft: MergeDraft) -> MergeDone:
    """Merge in one entry: rosters, certificates and papers of the record that goes are the person's from now on.

    Refused where certificates stand on both rows of one course."""
    require(acting, Action.ENROL)
    if unknown := draft.take - set(FIELDS):
        raise UserError(
            N_("There is no field {name}; choose of: {fields}."), name=min(unknown), fields=", ".join(FIELDS)
        )
    label = f"{draft.kept} {draft.gone}"
    with db.write(Entry(actor(acting), "merge_participants", label, reason=draft.reason.strip() or None)) as tx:
        kept, gone, mine, theirs = _both(tx.connection, draft.kept, draft.gone)
        before = _figures(tx.connection, kept, gone)
        shared = _shared(tx.connection, kept, gone)
        _take_fields(tx, draft, mine, theirs)
        tx.update(Participant, {gone: {"merged_into_id": kept}})
        removed = {
            "status": EnrolmentStatus.REMOVED,
            "ground_id": _duplicate_ground(tx.connection),
            "proposed_status": None,
        }
        tx.update(Enrolment, {each.removed_enrolment: removed for each in shared})
        if (apart := told_apart_row(tx.connection, kept, gone)) is not None:
            tx.delete(DifferentPeople, [apart])
        return MergeDone(tx.set_id, kept, gone, shared, _restate(tx, before, MERGED))


class _Trial(Exception):
    """All went well, and nothing of it is to be kept."""


def unmerge_people(db: Database, acting: ActingUser, gone: int, reason: str, *, trial: bool = False) -> MergeDone:
    """Take a merge back: both records and their rows are what they were before it; a trial keeps nothing of it.

    Refused, with the entries, where later work stands on what the merge changed."""
    require(acting, Action.ENROL)
    if not reason.strip():
        raise UserError(N_("Taking records apart needs a reason; nothing was changed."))
    with db.read() as connection:
        row = read_columns(connection, gone)
        merged = merge_of(connection, gone)
    if row is None:
        raise UserError(N_("There is no person {number} in this file."), number=gone)
    if row["merged_into_id"] is None or merged is None:
        raise Refused(N_("Person {number} is not merged into another; nothing was changed."), number=gone)
    kept = int(row["merged_into_id"])
    before: dict[str, Figures] = {}
    quarters: list[str] = []

    def finish(tx: Tx) -> None:
        quarters.extend(_restate(tx, before, TAKEN_APART))
        if trial:
            raise _Trial

    set_id = None
    with suppress(_Trial):
        set_id = journal.undo(
            db,
            merged,
            actor(acting),
            reason,
            lambda connection: before.update(_figures(connection, kept, gone)),
            leaving=frozenset({"restatement"}),
            finish=finish,
        )
    return MergeDone(set_id, kept, gone, quarters_restated=tuple(quarters))


def tell_apart(db: Database, acting: ActingUser, one: int, other: int) -> int | None:
    """Remember that two records are two people; the journal's entry, None where that is known already."""
    require(acting, Action.ENROL)
    with db.write(Entry(actor(acting), "tell_apart", f"{one} {other}")) as tx:
        one, other, _, _ = _both(tx.connection, one, other)
        if told_apart_row(tx.connection, one, other) is not None:
            return None
        first, second = sorted((one, other))
        tx.insert(DifferentPeople, [{"first_id": first, "second_id": second, "recorded_at": tx.at}])
        return tx.set_id


def person_meant(db: Database, acting: ActingUser, text: str) -> int:
    """The key of the person whom a number means: that of the record, or of a document; UserError where nobody."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        found = people_of_number(connection, text)
    if not found:
        raise UserError(N_("There is no person {number} in this file."), number=text)
    if len(found) > 1:
        raise UserError(N_("More than one document has the number {number}; name the record instead."), number=text)
    return found[0]


def _both(connection: Connection, kept: int, gone: int) -> tuple[int, int, Mapping[str, Any], Mapping[str, Any]]:
    """The two records that stand now, with their columns; UserError or Refused where they are not two."""
    for key in (kept, gone):
        if read_columns(connection, key) is None:
            raise UserError(N_("There is no person {number} in this file."), number=key)
    kept, gone = surviving_record(connection, kept), surviving_record(connection, gone)
    if kept == gone:
        raise Refused(N_("These are two records of one person already; nothing was changed."))
    mine, theirs = read_columns(connection, kept), read_columns(connection, gone)
    assert mine is not None
    assert theirs is not None
    return kept, gone, mine, theirs


def _said(row: Mapping[str, Any], field: str) -> str | None:
    said = " ".join(str(row[column]) for column in COLUMNS[field] if row[column] is not None)
    return said or None


def _lacks(mine: Mapping[str, Any], theirs: Mapping[str, Any], field: str) -> bool:
    main = COLUMNS[field][-1] if field == "document" else COLUMNS[field][0]
    if field == "birth_place":
        return _said(mine, field) is None and _said(theirs, field) is not None
    return mine[main] in _EMPTY and theirs[main] not in _EMPTY


def _take_fields(tx: Tx, draft: MergeDraft, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
    """Give the kept record what was chosen of the other; documents change places, since each number is one person's."""
    columns = {column: theirs[column] for field in draft.take - {"document"} for column in COLUMNS[field]}
    if {"given_names", "surnames"} & draft.take:
        columns |= _keys_of_name({**mine, **columns})
    _update_stored(tx, mine["id"], columns)
    if "document" in draft.take:
        document = COLUMNS["document"]
        _update_stored(tx, theirs["id"], dict.fromkeys(document))
        _update_stored(tx, mine["id"], {column: theirs[column] for column in document})
        _update_stored(tx, theirs["id"], {column: mine[column] for column in document})


def _keys_of_name(row: Mapping[str, Any]) -> dict[str, str]:
    given, surnames = row["given_names"], row["surnames"]
    return {"match_key": match_key(given, surnames), "sort_key": sort_key(f"{surnames} {given}")}


def _update_stored(tx: Tx, key: int, columns: Mapping[str, Any]) -> None:
    if columns:
        tx.update_bound(binding(Participant), {key: columns})


def _shared(connection: Connection, kept: int, gone: int) -> tuple[SharedOffering, ...]:
    """The courses in which both stand; Refused where a certificate stands on both rows."""
    mine = {place.offering_id: place for place in places_on_rosters(connection, kept) if place.status != "removed"}
    found = []
    for theirs in places_on_rosters(connection, gone):
        if theirs.status == EnrolmentStatus.REMOVED or theirs.offering_id not in mine:
            continue
        own = mine[theirs.offering_id]
        if own.certified and theirs.certified:
            raise Refused(
                N_(
                    "Both records have a certificate of course {code}. Have one of them annulled first; "
                    "nothing was changed."
                ),
                code=own.code,
            )
        better, other = sorted((own, theirs), key=_worth)
        found.append(SharedOffering(own.code, better.enrolment_id, other.enrolment_id))
    return tuple(found)


def _worth(place: RosterPlace) -> tuple[bool, int]:
    return not place.certified, _BETTER.index(EnrolmentStatus(place.status))


def _duplicate_ground(connection: Connection) -> int | None:
    return connection.exec_driver_sql("SELECT id FROM ground WHERE code = 'removed-duplicate'").scalar()


def _figures(connection: Connection, kept: int, gone: int) -> dict[str, Figures]:
    places = (*places_on_rosters(connection, kept), *places_on_rosters(connection, gone))
    return {
        programme: closed_quarter_figures(connection, programme, days)
        for programme, days in days_by_programme(places).items()
    }


def _restate(tx: Tx, before: Mapping[str, Figures], reason: str) -> tuple[str, ...]:
    found: set[str] = set()
    for programme, figures in before.items():
        found.update(restate(tx, programme, figures, reason))
    return tuple(sorted(found))
