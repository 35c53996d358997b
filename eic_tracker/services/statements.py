"""Statements and transcripts on request, and certificates of those who taught: certificates like all others.

What somebody failed or left appears on none of them, nor why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import CertificateKind, CertificateStatus, OfferingStatus
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, date_problems, tidy, writable
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.person_detail import surviving_record
from eic_tracker.queries.statements import StatedCourse, stated_courses
from eic_tracker.services.certificates import Batch, offering_of_code
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate
from eic_tracker.store.transaction import Entry, Tx

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """A statement of one completed course (its enrolment), or a transcript of all that a person completed (none)."""

    participant_id: int
    enrolment_id: int | None = None
    with_grades: bool = False
    purpose: str = ""
    asked_by: str = ""
    """empty: the person"""
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A certificate that waits for approval: its key and the entry."""

    id: int
    set_id: int


def courses_to_state(db: Database, acting: ActingUser, participant_id: int) -> tuple[StatedCourse, ...]:
    """What a transcript of the person would list now, and of which courses a statement can be made."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.read() as connection:
        return stated_courses(connection, surviving_record(connection, participant_id))


def prepare_statement(db: Database, acting: ActingUser, draft: StatementDraft) -> Prepared:
    """Prepare a statement of one course; Refused where the person did not complete it, or it is not closed."""
    require(acting, Action.PREPARE_CERTIFICATES)
    if draft.enrolment_id is None:
        raise UserError(N_("Choose the course of which the statement speaks, or make a transcript of all."))
    with db.write(Entry(actor(acting), "prepare_statement", f"enrolment {draft.enrolment_id}")) as tx:
        return _prepare(tx, acting, draft, CertificateKind.STATEMENT)


def prepare_transcript(db: Database, acting: ActingUser, draft: StatementDraft) -> Prepared:
    """Prepare a transcript of all that a person completed; Refused where that is nothing."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "prepare_transcript", f"participant {draft.participant_id}")) as tx:
        return _prepare(tx, acting, draft, CertificateKind.TRANSCRIPT)


def _prepare(tx: Tx, acting: ActingUser, draft: StatementDraft, kind: CertificateKind) -> Prepared:
    if problems := statement_problems(draft, local_date(tx.at)):
        raise DraftRefused(problems)
    person = surviving_record(tx.connection, draft.participant_id)
    courses = stated_courses(tx.connection, person)
    one = kind is CertificateKind.STATEMENT
    if not courses or (one and draft.enrolment_id not in {course.enrolment_id for course in courses}):
        raise Refused(N_("The person completed no such course that is closed; there is nothing to state."))
    row = {
        "uid": tx.new_uid(),
        "kind": kind,
        "status": CertificateStatus.PREPARED,
        "participant_id": person,
        "enrolment_id": draft.enrolment_id if one else None,
        "with_grades": draft.with_grades,
        "purpose": tidy(draft.purpose) or None,
        "asked_by": tidy(draft.asked_by) or None,
        "valid_to": draft.valid_to,
        "prepared_by_id": acting.id,
    }
    return Prepared(tx.insert(Certificate, [row])[0], tx.set_id)


def prepare_instructor_certificates(db: Database, acting: ActingUser, code: str) -> Batch:
    """Prepare a certificate for everybody who taught in a closed offering and has none of it."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "prepare_instructor_certificates", code)) as tx:
        offering = offering_of_code(tx.connection, code)
        if offering.status != OfferingStatus.CLOSED:
            raise Refused(
                N_("The offering {offering} is not closed yet; who taught in it gets a certificate afterwards."),
                offering=code,
            )
        rows = [
            {
                "uid": tx.new_uid(),
                "kind": CertificateKind.INSTRUCTOR,
                "status": CertificateStatus.PREPARED,
                "instructor_id": instructor,
                "offering_id": offering.id,
                "prepared_by_id": acting.id,
            }
            for instructor in _taught_without(tx.connection, offering.id)
        ]
        tx.insert(Certificate, rows)
        return Batch(code, len(rows), tx.set_id if rows else None)


def _taught_without(connection: Connection, offering: int) -> list[int]:
    """Who taught in an offering and has no certificate of it that holds or waits."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT i.id FROM assignment a JOIN instructor i ON i.id = a.instructor_id WHERE a.offering_id = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.instructor_id = i.id AND c.offering_id = ?1 "
        "AND c.status NOT IN ('annulled', 'replaced')) ORDER BY i.match_key, i.id",
        (offering,),
    )
    return [key for (key,) in rows]


def statement_problems(draft: StatementDraft, today: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with what somebody asks for, in the order of its form."""
    problems = list(date_problems("valid_to", draft.valid_to))
    for name, text in (("purpose", draft.purpose), ("asked_by", draft.asked_by)):
        if not writable(tidy(text)) or len(tidy(text)) > _LONGEST:
            problems.append(DraftProblem(name, N_("This holds characters that cannot be kept, or is too long.")))
    if not problems and draft.valid_to is not None and draft.valid_to < today:
        problems.append(DraftProblem("valid_to", N_("The last day of validity is past already.")))
    return tuple(problems)


def person_of_enrolment(db: Database, acting: ActingUser, enrolment_id: int) -> int:
    """The key of the person of an enrolment; UserError where there is none."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.read() as connection:
        key = connection.exec_driver_sql("SELECT participant_id FROM enrolment WHERE id = ?", (enrolment_id,)).scalar()
    if key is None:
        raise UserError(N_("There is no enrolment {id} in this file. The roster shows the numbers."), id=enrolment_id)
    return int(key)
