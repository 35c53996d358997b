"""Annulment: a status with reason, authority and date; the number stays, nothing is deleted."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import AnnulmentGround, CertificateStatus
from eic_tracker.domain.drafts import tidy
from eic_tracker.domain.enrolling import ExceptionKind
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.services.authorisations import AuthorisationDraft, authorise
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate, Revocation
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class AnnulmentDraft:
    """The annulment of a certificate by its number: ground, reason in words, who orders it."""

    number: str
    reason: str
    authorisation: AuthorisationDraft
    ground: AnnulmentGround = AnnulmentGround.ERROR


@dataclass(frozen=True, slots=True)
class Annulled:
    """What an annulment did; `delivered`: the paper is in somebody's hands and should be asked back."""

    number: str
    set_id: int
    delivered: bool


# Certificates of the enrolment itself, and transcripts of the person that list its course. That somebody took
# part stays true where they did not complete.
_STANDING = """
SELECT c.id, c.number, EXISTS (SELECT 1 FROM delivery d WHERE d.certificate_id = c.id) AS delivered FROM certificate c
WHERE c.status NOT IN ('annulled', 'replaced') AND (
    c.enrolment_id IN (SELECT value FROM json_each(?1)) AND NOT (c.kind = 'participation'
        AND 'not_completed' = (SELECT e.status FROM enrolment e WHERE e.id = c.enrolment_id))
    OR c.kind = 'transcript' AND c.snapshot IS NOT NULL AND EXISTS (
        SELECT 1 FROM enrolment e JOIN offering o ON o.id = e.offering_id
        JOIN participant p ON p.id = e.participant_id
        WHERE e.id IN (SELECT value FROM json_each(?1)) AND c.participant_id IN (p.id, p.merged_into_id)
        AND o.code IN (SELECT json_extract(line.value, '$.code') FROM json_each(c.snapshot, '$.courses') line)))
ORDER BY c.id
"""


def annul_certificates(
    tx: Tx, enrolments: Collection[int], reason: str, authorisation: int | None = None
) -> tuple[str, ...]:
    """Annul what holds or is prepared for these enrolments, within a transaction; the numbers that were taken.

    Transcripts that list the course go with them."""
    standing = tx.connection.exec_driver_sql(_STANDING, (json.dumps(sorted(enrolments)),)).all()
    tx.update(Certificate, {row.id: {"status": CertificateStatus.ANNULLED} for row in standing})
    tx.insert(
        Revocation,
        [
            {
                "certificate_id": row.id,
                "ground": AnnulmentGround.NOT_COMPLETED,
                "reason": reason,
                "revoked_on": local_date(tx.at),
                "authorisation_id": authorisation,
            }
            for row in standing
        ],
    )
    return tuple(row.number for row in standing if row.number)


def revoke_certificate(db: Database, acting: ActingUser, draft: AnnulmentDraft) -> Annulled:
    """Annul a certificate by its number, a manager's act; the number stays taken. Refused where it holds no more."""
    require(acting, Action.APPROVE_CERTIFICATES)
    reason = tidy(draft.reason)
    if not reason:
        raise UserError(N_("Say why the certificate is annulled; nothing was changed."))
    with db.write(Entry(actor(acting), "revoke_certificate", draft.number.strip(), reason=reason)) as tx:
        row = standing_certificate(tx.connection, draft.number)
        authorisation = authorise(tx, draft.authorisation, [ExceptionKind.ANNULMENT])
        tx.update(Certificate, {row.id: {"status": CertificateStatus.ANNULLED}})
        tx.insert(
            Revocation,
            [
                {
                    "certificate_id": row.id,
                    "ground": draft.ground,
                    "reason": reason,
                    "revoked_on": local_date(tx.at),
                    "authorisation_id": authorisation,
                }
            ],
        )
        return Annulled(row.number, tx.set_id, bool(row.delivered))


def standing_certificate(connection: Connection, number: str) -> Row[Any]:
    """The certificate of a number that holds; UserError where there is none, Refused where it was annulled."""
    row = connection.exec_driver_sql(
        "SELECT c.id, c.number, c.kind, c.status, c.enrolment_id, c.participant_id, c.instructor_id, c.offering_id, "
        "c.dated, EXISTS (SELECT 1 FROM delivery d WHERE d.certificate_id = c.id) AS delivered "
        "FROM certificate c WHERE c.number = ?",
        (number.strip(),),
    ).first()
    if row is None:
        raise UserError(N_("There is no certificate {number} in this file. Check the number."), number=number.strip())
    if row.status == CertificateStatus.PREPARED:
        raise Refused(
            N_("Number {number} of a paper book waits for approval; take it back instead."), number=row.number
        )
    if row.status == CertificateStatus.ANNULLED:
        raise Refused(N_("Certificate {number} is annulled already."), number=row.number)
    if row.status == CertificateStatus.REPLACED:
        raise Refused(N_("Certificate {number} was replaced by a duplicate; name the duplicate."), number=row.number)
    return row
