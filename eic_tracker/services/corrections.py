"""Corrections of closed offerings: a manager's, with reason and authorisation; what stands on them follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, Row

from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus, Seat
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.services.annulling import annul_certificates
from eic_tracker.services.restating import closed_quarter_figures, restate
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.documents import Authorisation
from eic_tracker.store.transaction import Entry


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction says: the enrolment, its new status, why, and who ordered it."""

    enrolment_id: int
    status: EnrolmentStatus
    reason: str
    authorised_by: str


@dataclass(frozen=True, slots=True)
class CorrectionDone:
    """What a correction did, for the sentence shown after it."""

    set_id: int
    offering: str
    old_status: EnrolmentStatus
    new_status: EnrolmentStatus
    certificates_annulled: tuple[str, ...]
    quarters_restated: tuple[str, ...]


def correct_enrolment(db: Database, acting: ActingUser, draft: Correction) -> CorrectionDone:
    """Give an enrolment of a closed offering another status, in one set with all that follows from it.

    Certificates that stand on a completion taken away are annulled; figures of closed quarters are restated."""
    require(acting, Action.MAKE_EXCEPTION, Right.WITH_REASON)
    if not draft.reason.strip() or not draft.authorised_by.strip():
        raise UserError(N_("A correction needs a reason and the name of who authorised it; nothing was changed."))
    entry = Entry(actor(acting), "correct_enrolment", f"enrolment {draft.enrolment_id}", reason=draft.reason)
    with db.write(entry) as tx:
        row = _enrolment(tx.connection, draft.enrolment_id)
        _check(row, draft)
        authorisation = tx.insert(
            Authorisation,
            [{"authorised_by": draft.authorised_by, "exception": "correct_enrolment", "recorded_at": tx.at}],
        )[0]
        tx.authorised_by(authorisation)
        ends_on = dt.date.fromisoformat(row.ends_on)
        before = closed_quarter_figures(tx.connection, row.programme, [ends_on])
        columns = {"status": draft.status, "ground_id": None, "authorisation_id": authorisation}
        tx.update(Enrolment, {draft.enrolment_id: columns})
        stood = row.status in (EnrolmentStatus.COMPLETED, EnrolmentStatus.NOT_COMPLETED)
        lost = [draft.enrolment_id] if stood and draft.status is not EnrolmentStatus.COMPLETED else []
        annulled = annul_certificates(tx, lost, draft.reason, authorisation)
        restated = restate(tx, row.programme, before, draft.reason, authorisation)
        return CorrectionDone(tx.set_id, row.offering, EnrolmentStatus(row.status), draft.status, annulled, restated)


def _enrolment(connection: Connection, key: int) -> Row[tuple[object, ...]]:
    row = connection.exec_driver_sql(
        "SELECT e.status, e.seat, o.code AS offering, o.status AS offering_status, o.ends_on, "
        "p.code AS programme FROM enrolment e JOIN offering o ON o.id = e.offering_id "
        "JOIN programme p ON p.id = o.programme_id WHERE e.id = ?",
        (key,),
    ).first()
    if row is None:
        raise UserError(N_("There is no enrolment {id} in this file. The roster shows the numbers."), id=key)
    return row


def _check(row: Row[tuple[object, ...]], draft: Correction) -> None:
    if row.offering_status == OfferingStatus.CANCELLED:
        raise Refused(N_("The offering {offering} was cancelled: it has no results."), offering=row.offering)
    if row.offering_status != OfferingStatus.CLOSED:
        raise Refused(
            N_("The offering {offering} is not closed: record the result there, no correction is needed."),
            offering=row.offering,
        )
    if draft.status in (EnrolmentStatus.APPLIED, EnrolmentStatus.ENROLLED):
        raise UserError(
            N_("In a closed offering everybody has a result; choose one, or reopen the offering {offering}."),
            offering=row.offering,
        )
    if row.seat == Seat.ALTERNATE and draft.status is not EnrolmentStatus.REMOVED:
        raise Refused(
            N_("Enrolment {id} is an alternate without a seat in {offering}; give the person a seat first."),
            id=draft.enrolment_id,
            offering=row.offering,
        )
    if row.status == draft.status:
        raise Refused(
            N_("Enrolment {id} has this status already; nothing was changed."),
            id=draft.enrolment_id,
        )
