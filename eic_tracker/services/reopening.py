"""Opening a closed course again: a manager's exception, with a reason and who authorises it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.closing_rules import RESULTS
from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus
from eic_tracker.domain.drafts import tidy
from eic_tracker.domain.enrolling import ExceptionKind
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.services.authorisations import AuthorisationDraft, authorise
from eic_tracker.services.offerings import GONE
from eic_tracker.services.restating import closed_quarter_figures, restate
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment, Offering
from eic_tracker.store.transaction import Entry


@dataclass(frozen=True, slots=True)
class ReopeningDraft:
    """Why a closed course is opened again, and who authorises it."""

    offering_id: int
    reason: str
    authorisation: AuthorisationDraft


@dataclass(frozen=True, slots=True)
class OfferingReopened:
    """What a reopening did, for the sentence after it; `certificates` hold until the course is closed again."""

    set_id: int
    code: str
    people: int
    certificates: int
    quarters_restated: tuple[str, ...]


def reopen_offering(db: Database, acting: ActingUser, draft: ReopeningDraft) -> OfferingReopened:
    """Open a closed course again: completions count no more, every result becomes the proposal of the next closing.

    A manager's, with reason and authorisation. Diplomas hold until that closing, which annuls those of who fell."""
    require(acting, Action.MAKE_EXCEPTION, Right.WITH_REASON)
    reason = tidy(draft.reason)
    if not fold(reason):
        raise UserError(N_("Reopening a course needs a reason; nothing was changed."))
    with db.write(Entry(actor(acting), "reopen_offering", "", reason=reason)) as tx:
        row = _closed(tx.connection, draft.offering_id)
        tx.entry = replace(tx.entry, label=row["code"])
        authorisation = authorise(tx, draft.authorisation, [ExceptionKind.REOPENING])
        before = closed_quarter_figures(tx.connection, row["programme"], [row["ends_on"]])
        results = tx.connection.exec_driver_sql(
            "SELECT id, status FROM enrolment WHERE offering_id = ? AND status IN (SELECT value FROM json_each(?))",
            (draft.offering_id, json.dumps([status.value for status in RESULTS])),
        ).all()
        back = {"status": EnrolmentStatus.ENROLLED}
        tx.update(Enrolment, {key: back | {"proposed_status": EnrolmentStatus(status)} for key, status in results})
        tx.update(Offering, {draft.offering_id: {"status": OfferingStatus.OPEN, "closed_at": None}})
        certificates = tx.connection.exec_driver_sql(
            "SELECT count(*) FROM certificate k JOIN enrolment e ON e.id = k.enrolment_id "
            "WHERE e.offering_id = ? AND k.status NOT IN ('annulled', 'replaced')",
            (draft.offering_id,),
        ).scalar_one()
        restated = restate(tx, row["programme"], before, reason, authorisation)
        return OfferingReopened(tx.set_id, row["code"], len(results), certificates, restated)


def _closed(connection: Connection, offering_id: int) -> Mapping[str, Any]:
    row = (
        connection.exec_driver_sql(
            "SELECT o.code, o.status, o.ends_on, p.code AS programme FROM offering o "
            "JOIN programme p ON p.id = o.programme_id WHERE o.id = ?",
            (offering_id,),
        )
        .mappings()
        .first()
    )
    if row is None:
        raise UserError(GONE)
    if row["status"] != OfferingStatus.CLOSED:
        raise Refused(N_("Course {code} is not closed, so there is nothing to reopen."), code=row["code"])
    return {**row, "ends_on": dt.date.fromisoformat(row["ends_on"])}
