"""Duplicates: each names the first, with its cause and the paper that proves it; sheets that were spoiled in print."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import AnnulmentGround, CertificateKind, CertificateStatus
from eic_tracker.domain.drafts import DraftProblem, DraftRefused, tidy, writable
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.services.annulling import standing_certificate
from eic_tracker.services.letters import SourceDraft, file_source
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate, CertificateSheet, Revocation
from eic_tracker.store.transaction import Entry, Tx

CAUSES = (
    AnnulmentGround.LOSS,
    AnnulmentGround.THEFT,
    AnnulmentGround.DAMAGE,
    AnnulmentGround.ERROR,
    AnnulmentGround.CHANGE_OF_NAME,
)
"""Why a duplicate is asked for."""

_HOLDING = {CertificateStatus.APPROVED, CertificateStatus.ISSUED, CertificateStatus.PAPER_BOOK}
_AGAIN = {CertificateKind.STATEMENT, CertificateKind.TRANSCRIPT}
_LONGEST_SERIAL = 40


@dataclass(frozen=True, slots=True)
class DuplicateDraft:
    """A duplicate of a certificate by its number: its cause and the paper behind it.

    Of a theft the number of the report to the police, of an error or damage the returned original, of a change of name
    the registry's paper."""

    number: str
    cause: AnnulmentGround
    document: SourceDraft = field(default_factory=SourceDraft)


@dataclass(frozen=True, slots=True)
class DuplicatePrepared:
    """A duplicate that waits for approval: its key, the first's number, the entry."""

    id: int
    first: str
    set_id: int


def prepare_duplicate(db: Database, acting: ActingUser, draft: DuplicateDraft) -> DuplicatePrepared:
    """Prepare a duplicate; the first holds until somebody else approves it. DraftRefused without its paper.

    Refused for statements and transcripts, which are simply made again, and where one waits already."""
    require(acting, Action.PREPARE_CERTIFICATES)
    if draft.cause not in CAUSES:
        raise UserError(N_("This is no cause of a duplicate; choose loss, theft, damage, error or change of name."))
    if draft.cause is AnnulmentGround.THEFT and not tidy(draft.document.number):
        raise DraftRefused((DraftProblem("number", N_("Of a theft the number of the report is needed.")),))
    with db.write(Entry(actor(acting), "prepare_duplicate", draft.number.strip())) as tx:
        first = standing_certificate(tx.connection, draft.number)
        if CertificateKind(first.kind) in _AGAIN:
            raise Refused(N_("{number} needs no duplicate: make a new one."), number=first.number)
        if first.enrolment_id is None and first.instructor_id is None:
            raise Refused(
                N_("{number} stands in a paper book and names nobody of a roster here; enter the course first."),
                number=first.number,
            )
        waiting = tx.connection.exec_driver_sql(
            "SELECT EXISTS (SELECT 1 FROM certificate WHERE duplicate_of_id = ? AND status = 'prepared')", (first.id,)
        ).scalar_one()
        if waiting:
            raise Refused(N_("A duplicate of {number} waits for approval already."), number=first.number)
        row = {
            "uid": tx.new_uid(),
            "kind": first.kind,
            "status": CertificateStatus.PREPARED,
            "enrolment_id": first.enrolment_id,
            "participant_id": first.participant_id,
            "instructor_id": first.instructor_id,
            "offering_id": first.offering_id,
            "dated": local_date(tx.at),
            "duplicate_of_id": first.id,
            "cause": draft.cause,
            "source_document_id": file_source(tx, draft.document),
            "prepared_by_id": acting.id,
        }
        return DuplicatePrepared(tx.insert(Certificate, [row])[0], first.number, tx.set_id)


def replace_firsts(tx: Tx, duplicates: Sequence[int]) -> None:
    """Within an approval: what these duplicates name is replaced, with their cause and paper.

    Refused where one of the firsts holds no more."""
    rows = tx.connection.exec_driver_sql(
        "SELECT d.cause, d.source_document_id, f.id, f.number, f.status FROM certificate d "
        "JOIN certificate f ON f.id = d.duplicate_of_id WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY f.id",
        (json.dumps(list(duplicates)),),
    ).all()
    for row in rows:
        if row.status not in _HOLDING:
            raise Refused(
                N_("Certificate {number} holds no more; its duplicate cannot be approved."), number=row.number
            )
    tx.update(Certificate, {row.id: {"status": CertificateStatus.REPLACED} for row in rows})
    tx.insert(
        Revocation,
        [
            {
                "certificate_id": row.id,
                "ground": AnnulmentGround(row.cause),
                "reason": REPLACED,
                "revoked_on": local_date(tx.at),
                "source_document_id": row.source_document_id,
            }
            for row in rows
        ],
    )


REPLACED = N_("replaced by a duplicate")
"""The reason of a replaced certificate; shown in the language of the reader."""


def spoil_sheet(db: Database, acting: ActingUser, number: str, serial: str) -> int:
    """Note a sheet of special paper, by its printed serial, that was spoiled under a number; the entry's number."""
    require(acting, Action.PREPARE_CERTIFICATES)
    serial = tidy(serial)
    if not serial or len(serial) > _LONGEST_SERIAL or not writable(serial):
        raise UserError(N_("Write the serial number that is printed on the spoiled sheet."))
    with db.write(Entry(actor(acting), "spoil_sheet", number.strip())) as tx:
        certificate = standing_certificate(tx.connection, number)
        known = tx.connection.exec_driver_sql(
            "SELECT c.number FROM certificate_sheet s JOIN certificate c ON c.id = s.certificate_id "
            "WHERE s.sheet_serial = ?",
            (serial,),
        ).scalar()
        if known is not None:
            raise Refused(N_("Sheet {serial} is noted under {number} already."), serial=serial, number=known)
        row = {"certificate_id": certificate.id, "sheet_serial": serial, "spoiled": True, "printed_at": tx.at}
        tx.insert(CertificateSheet, [row])
        return tx.set_id
