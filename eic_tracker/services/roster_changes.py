"""Changes of a roster: a post corrected, a seat given, somebody taken off with a reason or replaced by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, RowMapping

from eic_tracker.domain.codes import EnrolmentStatus, Seat
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused, changes_between
from eic_tracker.domain.enrolling import concerns
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.enrolling import Service, institution_of_units, institutions_in_need, read_known
from eic_tracker.queries.person_detail import surviving_record
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.enrolment import (
    STANDING,
    Enrolled,
    EnrolmentDraft,
    EnrolmentLine,
    authorise_concerns,
    enrol_within,
    free_seats,
    service_columns,
    service_problems,
    situation_of,
)
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.offerings import open_offering
from eic_tracker.services.restating import closed_quarter_figures, restate
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Entry, Tx

LEAVING = (EnrolmentStatus.REMOVED, EnrolmentStatus.NO_SHOW, EnrolmentStatus.WITHDREW)
"""What a reason may make of an enrolment before the course is closed."""

SERVICE_LABELS: Mapping[str, str] = {
    "rank_id": N_("Rank"),
    "unit_id": N_("Unit"),
    "institution_id": N_("Institution"),
    "rank_text": N_("Rank"),
    "unit_text": N_("Unit"),
    "institution_text": N_("Institution"),
    "post": N_("Post"),
    "lodging": N_("Lodging"),
}


@dataclass(frozen=True, slots=True)
class PostDraft:
    """The post and lodging of an enrolment as a form hands them over; `original` is what it started from."""

    enrolment_id: int
    values: Mapping[str, Any]
    original: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RosterReason:
    """A reason for taking somebody off: its key, its name, what it makes of the enrolment."""

    id: int
    name: str
    status: EnrolmentStatus


@dataclass(frozen=True, slots=True)
class RosterChanged:
    """What was stored: the number of the journal's entry, the course's number, the quarters that it restates."""

    set_id: int
    code: str
    quarters_restated: tuple[str, ...] = ()


def reasons_to_take_off(db: Database, acting: ActingUser) -> tuple[RosterReason, ...]:
    """The reasons of the school's list for taking somebody off a roster, those of removal first."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, name, applies_to FROM ground WHERE valid_to IS NULL "
            "AND applies_to IN ('removed', 'no_show', 'withdrew') ORDER BY id"
        ).all()
    found = [RosterReason(key, name, EnrolmentStatus(status)) for key, name, status in rows]
    return tuple(sorted(found, key=lambda reason: LEAVING.index(reason.status)))


def enrolment_post(db: Database, acting: ActingUser, enrolment_id: int) -> Mapping[str, Any]:
    """The values from which the form of an enrolment's post starts."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        return _post(_enrolment(connection, enrolment_id))


def enrolment_posts(db: Database, acting: ActingUser, keys: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    """The same of several enrolments, by key."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        return {key: _post(_enrolment(connection, key)) for key in keys}


def edit_enrolment(db: Database, acting: ActingUser, draft: PostDraft) -> RosterChanged:
    """Correct rank, unit, institution, post or lodging of an enrolment, as they were then; errors as below."""
    return edit_enrolments(db, acting, [draft])


def edit_enrolments(db: Database, acting: ActingUser, drafts: Sequence[PostDraft]) -> RosterChanged:
    """Correct the posts of people of one roster, all or none, in one entry of the journal.

    A unit brings its institution where none is said. DraftRefused with the problems, ChangedMeanwhile where somebody
    changed one of them since."""
    require(acting, Action.ENROL)
    with db.write(Entry(actor(acting), "edit_enrolment", "")) as tx:
        rows = [_enrolment(tx.connection, draft.enrolment_id) for draft in drafts]
        if len({row["offering_id"] for row in rows}) != 1:
            raise ValueError("posts are corrected one roster at a time")
        offering = _offering(tx, rows[0])
        changed = {
            draft.enrolment_id: _corrected(tx.connection, row, draft) for row, draft in zip(rows, drafts, strict=True)
        }
        tx.update(Enrolment, changed)
        return RosterChanged(tx.set_id, offering["code"])


def _corrected(connection: Connection, row: RowMapping, draft: PostDraft) -> dict[str, Any]:
    """The columns of an enrolment whose post is corrected."""
    present = _post(row)
    if changes := changes_between(draft.original, present, SERVICE_LABELS):
        raise ChangedMeanwhile(row["name"], "", changes)
    values = {**present, **draft.values}
    lodging = values.pop("lodging")
    service = Service(**values)
    if problems := service_problems(connection, service):
        raise DraftRefused(problems)
    institution = service.institution_id
    if institution is None and service.unit_id is not None:
        institution = institution_of_units(connection, [service.unit_id])[service.unit_id] or None
    return {**service_columns(service, institution), "lodging": lodging}


def give_seat(
    db: Database, acting: ActingUser, enrolment_id: int, authorisation: AuthorisationDraft | None = None
) -> RosterChanged:
    """Give an alternate or an applicant a seat; AuthorisationNeeded where the course is full or the person not apt."""
    require(acting, Action.ENROL)
    require(acting, Action.MAKE_EXCEPTION, Right.ASK, Right.WITH_REASON)
    with db.write(Entry(actor(acting), "seat_enrolment", "")) as tx:
        row = _enrolment(tx.connection, enrolment_id)
        offering = _offering(tx, row)
        if row["status"] != EnrolmentStatus.APPLIED:
            raise Refused(N_("{name} waits for no seat in {code}."), name=row["name"], code=offering["code"])
        tx.update(Enrolment, {enrolment_id: _seated(tx, offering, row, authorisation)})
        return RosterChanged(tx.set_id, offering["code"])


def take_off(db: Database, acting: ActingUser, enrolments: Sequence[int], reason_id: int) -> RosterChanged:
    """Take people off a roster with a reason of the list, which says whether they left, never came or were taken off.

    Refused where somebody holds a certificate of the course, or is off already."""
    require(acting, Action.ENROL)
    with db.write(Entry(actor(acting), "take_off_roster", "")) as tx:
        reason = _reason(tx.connection, reason_id)
        rows = [_enrolment(tx.connection, key) for key in enrolments]
        if len({row["offering_id"] for row in rows}) != 1:
            raise ValueError("people are taken off one roster at a time")
        offering = _offering(tx, rows[0])
        for row in rows:
            _check_may_leave(tx.connection, row, offering)
        before = closed_quarter_figures(tx.connection, offering["programme"], [offering["ends_on"]])
        columns = {"status": reason.status, "ground_id": reason.id}
        tx.update(Enrolment, dict.fromkeys(enrolments, columns))
        return RosterChanged(tx.set_id, offering["code"], restate(tx, offering["programme"], before))


def replace_enrolment(
    db: Database,
    acting: ActingUser,
    enrolment_id: int,
    successor: EnrolmentLine | int,
    source: SourceDraft | int | None = None,
    authorisation: AuthorisationDraft | None = None,
) -> Enrolled:
    """Take somebody out as replaced and enrol another in their seat, linked to them, in one entry of the journal.

    `successor` is a person, or the key of the enrolment of an alternate who waits on the same roster."""
    require(acting, Action.ENROL)
    require(acting, Action.MAKE_EXCEPTION, Right.ASK, Right.WITH_REASON)
    with db.write(Entry(actor(acting), "replace_enrolment", "")) as tx:
        row = _enrolment(tx.connection, enrolment_id)
        offering = _offering(tx, row)
        _check_may_leave(tx.connection, row, offering)
        if row["seat"] != Seat.SEAT or row["status"] != EnrolmentStatus.ENROLLED:
            raise Refused(N_("{name} has no seat in {code} that another could take."), **_named(row, offering))
        tx.update(Enrolment, {enrolment_id: {"status": EnrolmentStatus.REMOVED, "ground_id": None}})
        if isinstance(successor, int):
            done = _seat_alternate(tx, offering, successor, authorisation)
        else:
            draft = EnrolmentDraft(offering["id"], (replace(successor, waits=False),), source, authorisation)
            done = enrol_within(tx, draft)
            if done.already:
                raise Refused(N_("This person is on the roster of {code} already."), code=offering["code"])
        tx.update(Enrolment, {done.enrolments[0]: {"replaces_enrolment_id": enrolment_id}})
        tx.entry = replace(tx.entry, label=offering["code"])
        return done


def _seat_alternate(
    tx: Tx, offering: Mapping[str, Any], enrolment_id: int, authorisation: AuthorisationDraft | None
) -> Enrolled:
    row = _enrolment(tx.connection, enrolment_id)
    if row["offering_id"] != offering["id"] or row["status"] != EnrolmentStatus.APPLIED:
        raise Refused(N_("{name} waits for no seat in {code}."), **_named(row, offering))
    tx.update(Enrolment, {enrolment_id: _seated(tx, offering, row, authorisation)})
    return Enrolled(tx.set_id, offering["code"], (enrolment_id,), 0, ())


def _seated(
    tx: Tx, offering: Mapping[str, Any], row: RowMapping, authorisation: AuthorisationDraft | None
) -> dict[str, Any]:
    """The columns of somebody who waited and now has a seat; an answer on them may have come in meanwhile."""
    person = surviving_record(tx.connection, row["participant_id"])
    known = read_known(tx.connection, offering["id"], offering["starts_on"], [person])[person]
    line = EnrolmentLine(person, Service(institution_id=row["institution_id"]))
    free, need = free_seats(tx.connection, offering), institutions_in_need(tx.connection)
    situation = situation_of({**offering, "enrolment_open": True}, line, known, free, need)
    key = authorise_concerns(tx, authorisation, concerns(situation))
    columns: dict[str, Any] = {"status": EnrolmentStatus.ENROLLED, "seat": Seat.SEAT}
    return columns if key is None else {**columns, "authorisation_id": key}


_ENROLMENT = """
SELECT e.id, e.offering_id, e.participant_id, e.status, e.seat, e.rank_id, e.unit_id, e.institution_id,
       e.rank_text, e.unit_text, e.institution_text, e.post, e.lodging, p.given_names || ' ' || p.surnames AS name
FROM enrolment e JOIN participant p ON p.id = e.participant_id WHERE e.id = ?
"""


def _enrolment(connection: Connection, key: int) -> RowMapping:
    row = connection.exec_driver_sql(_ENROLMENT, (key,)).mappings().first()
    if row is None:
        raise UserError(N_("This enrolment is no longer in the file; its entry was undone."))
    return row


def _offering(tx: Tx, row: RowMapping) -> Mapping[str, Any]:
    offering = open_offering(tx.connection, row["offering_id"])
    tx.entry = replace(tx.entry, label=offering["code"])
    return offering


def _post(row: RowMapping) -> dict[str, Any]:
    values = {name: row[name] for name in SERVICE_LABELS}
    return {**values, "lodging": None if row["lodging"] is None else bool(row["lodging"])}


def _named(row: RowMapping, offering: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": row["name"], "code": offering["code"]}


def _reason(connection: Connection, key: int) -> RosterReason:
    row = connection.exec_driver_sql(
        "SELECT id, name, applies_to FROM ground WHERE id = ? AND valid_to IS NULL", (key,)
    ).first()
    if row is None or row.applies_to not in set(LEAVING):
        raise UserError(N_("Choose a reason of the list; nothing was changed."))
    return RosterReason(row.id, row.name, EnrolmentStatus(row.applies_to))


def _check_may_leave(connection: Connection, row: RowMapping, offering: Mapping[str, Any]) -> None:
    if row["status"] not in STANDING:
        raise Refused(N_("{name} is no longer on the roster of {code}."), **_named(row, offering))
    number = connection.exec_driver_sql(
        "SELECT number FROM certificate WHERE enrolment_id = ? AND status NOT IN ('annulled', 'replaced', 'prepared') "
        "LIMIT 1",
        (row["id"],),
    ).first()
    if number is not None:
        raise Refused(
            N_("{name} holds a certificate of {code}, which must be annulled first."), **_named(row, offering)
        )
