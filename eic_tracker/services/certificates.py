"""Certificates of an offering: a registrar prepares, a manager approves, then they are printed."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from eic_tracker.domain.codes import CertificateKind, CertificateStatus, OfferingStatus
from eic_tracker.domain.numbering import certificate_number
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.acts import differing_enrolments
from eic_tracker.queries.school import read_school
from eic_tracker.queries.signatories import signers_on
from eic_tracker.reports.certificate_facts import (
    CertificateFacts,
    CertificateSignatory,
    facts_of_snapshot,
    snapshot_text,
)
from eic_tracker.reports.certificate_pdf import certificates_pdf, check_letters
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store.database import Database
from eic_tracker.store.files import write_bytes
from eic_tracker.store.tables.certificates import Certificate, CertificateSeries
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class Batch:
    """How many certificates of an offering a step took forward, and the set that did it (none: nothing to do)."""

    offering: str
    count: int
    set_id: int | None


_OFFERING = """
SELECT o.id, o.code, o.status, o.starts_on, o.ends_on, o.place, v.hours, c.title, p.code AS programme,
       m.name AS municipality
FROM offering o
JOIN course_version v ON v.id = o.course_version_id
JOIN course c ON c.id = v.course_id
JOIN programme p ON p.id = o.programme_id
LEFT JOIN municipality m ON m.id = o.municipality_id
WHERE o.code = ?
"""
_COMPLETED = """
SELECT e.id FROM enrolment e JOIN participant p ON p.id = e.participant_id
WHERE e.offering_id = ? AND e.status = 'completed' AND e.seat = 'seat'
  AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.enrolment_id = e.id AND c.status NOT IN ('annulled', 'replaced'))
ORDER BY p.sort_key, e.id
"""
_OF_OFFERING = """
SELECT c.id, c.number, c.status, c.snapshot, c.prepared_by_id, e.id AS enrolment_id, e.status AS result,
       p.given_names, p.surnames, coalesce(e.rank_text, r.name, '') AS rank
FROM certificate c
JOIN enrolment e ON e.id = c.enrolment_id
JOIN participant p ON p.id = e.participant_id
LEFT JOIN rank r ON r.id = e.rank_id
WHERE e.offering_id = ? AND c.status = ? ORDER BY c.serial, p.sort_key, c.id
"""


def _offering(connection: Connection, code: str) -> Row[Any]:
    rows = connection.exec_driver_sql(_OFFERING, (code,)).all()
    if not rows:
        raise UserError(N_("There is no offering {offering} in this file. Check the code."), offering=code)
    return rows[0]


def prepare_certificates(db: Database, acting: ActingUser, code: str) -> Batch:
    """Prepare a certificate for everyone who completed a closed offering and has none; no number is taken yet."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "prepare_certificates", code)) as tx:
        offering = _offering(tx.connection, code)
        if offering.status != OfferingStatus.CLOSED:
            raise Refused(
                N_("The offering {offering} is not closed yet; close it before its certificates are prepared."),
                offering=code,
            )
        rows = [
            {
                "uid": tx.new_uid(),
                "kind": CertificateKind.DIPLOMA,
                "status": CertificateStatus.PREPARED,
                "enrolment_id": enrolment,
                "prepared_by_id": acting.id,
            }
            for (enrolment,) in tx.connection.exec_driver_sql(_COMPLETED, (offering.id,)).all()
        ]
        tx.insert(Certificate, rows)
        return Batch(code, len(rows), tx.set_id if rows else None)


def approve_certificates(db: Database, acting: ActingUser, code: str, *, t: Translator) -> Batch:
    """Approve the prepared certificates of an offering: numbers are taken without gaps, what is printed is frozen.

    Refused for whoever prepared them. They are dated to the offering's last day."""
    require(acting, Action.APPROVE_CERTIFICATES)
    with db.write(Entry(actor(acting), "approve_certificates", code)) as tx:
        offering = _offering(tx.connection, code)
        prepared = tx.connection.exec_driver_sql(_OF_OFFERING, (offering.id, "prepared")).all()
        if any(row.prepared_by_id == acting.id for row in prepared):
            raise Refused(
                N_("“{login}” prepared these certificates; another manager must approve them."), login=acting.login
            )
        unfit = [row for row in prepared if row.result != "completed"]
        if unfit:
            raise Refused(
                N_("{count} prepared certificates of {offering} stand on results that changed; prepare them again."),
                count=len(unfit),
                offering=code,
            )
        _refuse_differing(tx.connection, offering, [row.enrolment_id for row in prepared])
        dated = dt.date.fromisoformat(offering.ends_on)
        series, serial = _series(tx, offering.programme, dated.year, len(prepared))
        common = _common_facts(tx.connection, offering, dated, t)
        facts = [
            replace(
                common,
                number=certificate_number(offering.programme, dated.year, serial + position),
                rank=row.rank,
                name=f"{row.given_names} {row.surnames}",
            )
            for position, row in enumerate(prepared)
        ]
        # A letter that cannot be printed is told before a number is taken for it.
        check_letters(facts)
        changes = {}
        for position, (row, item) in enumerate(zip(prepared, facts, strict=True)):
            snapshot = snapshot_text(item)
            changes[row.id] = {
                "status": CertificateStatus.APPROVED,
                "number": item.number,
                "certificate_series_id": series,
                "serial": serial + position,
                "dated": dated,
                "snapshot": snapshot,
                "snapshot_digest": hashlib.sha256(snapshot.encode()).hexdigest(),
                "approved_by_id": acting.id,
            }
        tx.update(Certificate, changes)
        return Batch(code, len(changes), tx.set_id if changes else None)


def _refuse_differing(connection: Connection, offering: Row[Any], enrolments: list[int]) -> None:
    """Refused where people stand otherwise than on a printed act: act and diploma say the same."""
    differing = differing_enrolments(connection, offering.id) & set(enrolments)
    if differing:
        raise Refused(
            N_(
                "{count} people of {offering} stand otherwise than on a printed act. Rectify the act or set their"
                " results right, then approve."
            ),
            count=len(differing),
            offering=offering.code,
        )


def _series(tx: Tx, prefix: str, year: int, count: int) -> tuple[int, int]:
    """The series' key and the first of `count` new numbers, which are taken."""
    row = tx.connection.exec_driver_sql(
        "SELECT id, last_number FROM certificate_series WHERE prefix = ? AND year = ?", (prefix, year)
    ).first()
    if row is None:
        return tx.insert(CertificateSeries, [{"prefix": prefix, "year": year, "last_number": count}])[0], 1
    tx.update(CertificateSeries, {row.id: {"last_number": row.last_number + count}})
    return row.id, row.last_number + 1


def _common_facts(connection: Connection, offering: Row[Any], dated: dt.date, t: Translator) -> CertificateFacts:
    school = read_school(connection)
    signatories = tuple(
        CertificateSignatory(each.rank, each.name, each.post, by_absence=each.by_absence)
        for each in signers_on(connection, dated)
    )
    return CertificateFacts(
        letterhead=school.letterhead,
        kind=CertificateKind.DIPLOMA,
        number="",
        rank="",
        name="",
        course_title=offering.title,
        offering_code=offering.code,
        hours=offering.hours,
        starts_on=dt.date.fromisoformat(offering.starts_on),
        ends_on=dt.date.fromisoformat(offering.ends_on),
        issued_on=dated,
        place=school.place,
        signatories=signatories,
        demonstration=read_file_facts(connection).demonstration,
        reference=t("Offering {offering}", offering=offering.code),
        course_place=offering.municipality or offering.place,
    )


def print_certificates(db: Database, acting: ActingUser, code: str, folder: Path, *, t: Translator) -> list[Path]:
    """Write one PDF for each approved or issued certificate of an offering, named by its number; return the paths.

    The first print marks them as issued; a reprint shows the frozen content again."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "issue_certificates", code)) as tx:
        offering = _offering(tx.connection, code)
        approved = tx.connection.exec_driver_sql(_OF_OFFERING, (offering.id, "approved")).all()
        issued = tx.connection.exec_driver_sql(_OF_OFFERING, (offering.id, "issued")).all()
        if not approved and not issued:
            raise Refused(
                N_("No certificate of {offering} is approved; a registrar prepares them and a manager approves."),
                offering=code,
            )
        tx.update(
            Certificate,
            {row.id: {"status": CertificateStatus.ISSUED, "issued_at": tx.at} for row in approved},
        )
    written = []
    for row in [*issued, *approved]:
        path = folder / f"{row.number}.pdf"
        write_bytes(path, certificates_pdf([facts_of_snapshot(row.snapshot)], t))
        written.append(path)
    return written
