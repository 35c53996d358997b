"""What people say of somebody of a class: that they left or never came, with the reason; distinctions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eic_tracker.domain.codes import AttachmentKind, Distinction, EnrolmentStatus
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.services.grades import GradesRecorded
from eic_tracker.services.recording import KEPT_PROPOSALS, OnBehalf, follow, recorded_course
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class RemarkDraft:
    """What people say of somebody of a class: that they left or never came, with the reason; a distinction.

    A status of None takes the word back: the proposal follows from grades and attendance again."""

    offering_id: int
    enrolment_id: int
    status: EnrolmentStatus | None
    ground_id: int | None = None
    distinction: Distinction | None = None
    on_behalf: OnBehalf | None = None


def record_remark(db: Database, acting: ActingUser, draft: RemarkDraft) -> GradesRecorded:
    """Record that somebody left or never came, or a distinction; the closing proposes it."""
    require(acting, Action.RECORD_RESULTS)
    if draft.status is not None and draft.status not in KEPT_PROPOSALS:
        raise ValueError(f"{draft.status} follows from the grades")
    with db.write(Entry(actor(acting), "record_remark", "")) as tx:
        course = recorded_course(tx, acting, draft.offering_id, draft.on_behalf, AttachmentKind.GRADE_SHEET)
        member = course.member(draft.enrolment_id)
        if not member.sits or course.modules is not None:
            raise Refused(
                N_("{name} has no seat in course {code}, or a result already, so nothing is entered."),
                name=member.name,
                code=course.code,
            )
        check_ground(tx, draft.status, draft.ground_id, member.name)
        columns: dict[str, Any] = {
            "proposed_status": draft.status,
            "ground_id": draft.ground_id,
            "distinction": draft.distinction,
        }
        tx.update(Enrolment, {member.enrolment_id: columns})
        follow(tx, course.id, {member.enrolment_id})
        return GradesRecorded(tx.set_id, course.code, 1, course.results.rules.scale)


def check_ground(tx: Tx, status: EnrolmentStatus | None, ground_id: int | None, name: str) -> None:
    """UserError where a reason is not one of that result, or none is given for somebody who left or never came."""
    if ground_id is None:
        if status in KEPT_PROPOSALS:
            raise UserError(N_("Choose the reason for {name}."), name=name)
        return
    applies_to = tx.connection.exec_driver_sql("SELECT applies_to FROM ground WHERE id = ?", (ground_id,)).scalar()
    if status is None or applies_to != status.value:
        raise UserError(N_("This reason does not go with the result of {name}; choose another."), name=name)
