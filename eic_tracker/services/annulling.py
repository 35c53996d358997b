"""Certificates that stood on a completion which is no more: annulled with number kept and reason, never deleted."""

from __future__ import annotations

import json
from collections.abc import Collection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import CertificateStatus
from eic_tracker.store.tables.certificates import AnnulmentGround, Certificate, Revocation
from eic_tracker.store.transaction import Tx


def annul_certificates(
    tx: Tx, enrolments: Collection[int], reason: str, authorisation: int | None = None
) -> tuple[str, ...]:
    """Annul what holds or is prepared for these enrolments, within a transaction; the numbers that were taken."""
    standing = tx.connection.exec_driver_sql(
        "SELECT id, number FROM certificate WHERE enrolment_id IN (SELECT value FROM json_each(?)) "
        "AND status NOT IN ('annulled', 'replaced') ORDER BY id",
        (json.dumps(sorted(enrolments)),),
    ).all()
    tx.update(Certificate, {key: {"status": CertificateStatus.ANNULLED} for key, _ in standing})
    tx.insert(
        Revocation,
        [
            {
                "certificate_id": key,
                "ground": AnnulmentGround.NOT_COMPLETED,
                "reason": reason,
                "revoked_on": local_date(tx.at),
                "authorisation_id": authorisation,
            }
            for key, _ in standing
        ],
    )
    return tuple(number for _, number in standing if number)
