"""Certificates of an offering: a registrar prepares, a manager approves with their signature, then they are printed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import CertificateKind, CertificateStatus, EnrolmentStatus, OfferingStatus
from eic_tracker.domain.drafts import DraftRefused, date_problems
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.acts import differing_enrolments
from eic_tracker.queries.certificate_work import WaitingRow, read_waiting
from eic_tracker.services.certificate_texts import ToFreeze, texts_to_freeze
from eic_tracker.services.freezing import freeze
from eic_tracker.services.replacing import replace_firsts
from eic_tracker.services.sign_in import actor
from eic_tracker.services.signing_keys import OpenSignature, open_signature
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class Batch:
    """How many certificates of an offering a step took forward, and the set that did it (none: nothing to do)."""

    offering: str
    count: int
    set_id: int | None


@dataclass(frozen=True, slots=True)
class Approved:
    """The certificates that an approval gave numbers, in their order, and the set that did it."""

    numbers: tuple[str, ...]
    set_id: int


_OFFERING = "SELECT id, code, status, starts_on, ends_on FROM offering WHERE code = ?"
_ENTITLED = """
SELECT e.id FROM enrolment e JOIN participant p ON p.id = e.participant_id
WHERE e.offering_id = ? AND e.status = ? AND e.seat = 'seat' AND NOT EXISTS (SELECT 1 FROM certificate c
    WHERE c.enrolment_id = e.id AND c.kind IN ('diploma', 'participation') AND c.status NOT IN ('annulled', 'replaced'))
ORDER BY p.sort_key, e.id
"""
_WAITING = """
SELECT c.id, c.kind, c.duplicate_of_id, c.template_version_id, e.status AS result
FROM certificate c LEFT JOIN enrolment e ON e.id = c.enrolment_id
WHERE coalesce(c.offering_id, e.offering_id) = ? AND c.status = 'prepared'
  AND c.kind IN ('diploma', 'participation', 'instructor') ORDER BY c.id
"""


_OTHERS_WAIT = N_("Some of these certificates wait for no approval any more; read the list again.")


def prepare_certificates(
    db: Database,
    acting: ActingUser,
    code: str,
    *,
    ceremony: dt.date | None = None,
    kind: CertificateKind = CertificateKind.DIPLOMA,
) -> Batch:
    """Prepare a certificate for everyone who completed an offering and has none; no number is taken yet.

    With the day of the ceremony also while the course runs, then for everybody who sits in it. Prepared ones that wait
    get the new day; those whose person no longer is entitled are dropped. Refused for an open course without a day."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "prepare_certificates", code)) as tx:
        offering = offering_of_code(tx.connection, code)
        _check_day(offering, ceremony)
        entitled = "completed" if offering.status == OfferingStatus.CLOSED else "enrolled"
        rows = tx.connection.exec_driver_sql(_WAITING, (offering.id,)).all()
        waiting = [row for row in rows if row.duplicate_of_id is None and row.kind != CertificateKind.INSTRUCTOR]
        fit = {row.id for row in waiting if row.result == entitled or _took_part(row.kind, row.result)}
        tx.update(Certificate, {row.id: {"status": CertificateStatus.ANNULLED} for row in waiting if row.id not in fit})
        if ceremony is not None:
            tx.update(Certificate, {key: {"dated": ceremony} for key in fit})
        return _insert_prepared(tx, acting, offering, entitled, kind, ceremony)


def prepare_participation(db: Database, acting: ActingUser, code: str, *, ceremony: dt.date | None = None) -> Batch:
    """Prepare a certificate of participation for who sat in a closed offering to its end and did not complete it.

    It tells neither grade nor result. Refused while the course runs: then nobody knows who does not complete."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "prepare_participation", code)) as tx:
        offering = offering_of_code(tx.connection, code)
        if offering.status == OfferingStatus.OPEN:
            raise Refused(
                N_("The offering {offering} is not closed yet: who does not complete it is known afterwards."),
                offering=code,
            )
        _check_day(offering, ceremony)
        result = EnrolmentStatus.NOT_COMPLETED.value
        return _insert_prepared(tx, acting, offering, result, CertificateKind.PARTICIPATION, ceremony)


def _insert_prepared(
    tx: Tx, acting: ActingUser, offering: Row[Any], result: str, kind: CertificateKind, ceremony: dt.date | None
) -> Batch:
    """Prepare for everybody with a result who has none; by the template that was chosen for those which wait."""
    rows = tx.connection.exec_driver_sql(_WAITING, (offering.id,)).all()
    chosen = {row.template_version_id for row in rows if row.kind == kind and row.duplicate_of_id is None}
    new = [
        {
            "uid": tx.new_uid(),
            "kind": kind,
            "status": CertificateStatus.PREPARED,
            "enrolment_id": enrolment,
            "dated": ceremony,
            "prepared_by_id": acting.id,
            "template_version_id": max(chosen, key=lambda version: version or 0, default=None),
        }
        for (enrolment,) in tx.connection.exec_driver_sql(_ENTITLED, (offering.id, result)).all()
    ]
    tx.insert(Certificate, new)
    return Batch(offering.code, len(new), tx.set_id if new else None)


def _took_part(kind: str, result: str | None) -> bool:
    """Whether a certificate stands although its holder did not complete the course."""
    return kind == CertificateKind.PARTICIPATION and result == EnrolmentStatus.NOT_COMPLETED


def approve_certificates(
    db: Database,
    acting: ActingUser,
    code: str,
    *,
    t: Translator,
    passphrase: str | None = None,
    seen: Sequence[int] | None = None,
) -> Batch:
    """Approve the prepared certificates of an offering with one's own signature; what is printed is frozen.

    Numbers are taken without gaps, dated to the ceremony or the offering's last day. Refused for whoever prepared them,
    where results changed meanwhile, and where others wait than those `seen`. A demonstration asks no passphrase."""
    require(acting, Action.APPROVE_CERTIFICATES)
    with db.read() as connection:
        waiting = connection.exec_driver_sql(_WAITING, (offering_of_code(connection, code).id,)).all()
        _refuse_own(connection, acting, [row.id for row in waiting])
    signature = open_signature(db, acting, passphrase)
    with db.write(Entry(actor(acting), "approve_certificates", code)) as tx:
        offering = offering_of_code(tx.connection, code)
        rows = tx.connection.exec_driver_sql(_WAITING, (offering.id,)).all()
        if seen is not None and {row.id for row in rows} != set(seen):
            raise Refused(_OTHERS_WAIT)
        numbers = _approve(tx, acting, signature, [row.id for row in rows], t)
        return Batch(code, len(numbers), tx.set_id if numbers else None)


def waiting_certificates(db: Database, acting: ActingUser) -> tuple[WaitingRow, ...]:
    """All certificates that wait for approval, with who prepared them: they cannot be the one who approves."""
    require(acting, Action.READ_PEOPLE, Right.YES)
    with db.read() as connection:
        return read_waiting(connection)


def approve_prepared(
    db: Database, acting: ActingUser, certificate_ids: Sequence[int], *, t: Translator, passphrase: str | None = None
) -> Approved:
    """Approve prepared certificates of any kind by their keys; as `approve_certificates`.

    Refused where one of them waits no more: all or none."""
    require(acting, Action.APPROVE_CERTIFICATES)
    with db.read() as connection:
        _refuse_own(connection, acting, certificate_ids)
    signature = open_signature(db, acting, passphrase)
    with db.write(Entry(actor(acting), "approve_papers", str(len(certificate_ids)))) as tx:
        return Approved(_approve(tx, acting, signature, certificate_ids, t), tx.set_id)


def _approve(
    tx: Tx, acting: ActingUser, signature: OpenSignature, keys: Sequence[int], t: Translator
) -> tuple[str, ...]:
    items = texts_to_freeze(tx.connection, keys, local_date(tx.at), t)
    if len(items) != len(set(keys)):
        raise Refused(_OTHERS_WAIT)
    _refuse_own(tx.connection, acting, keys)
    _refuse_unfit(items)
    _refuse_differing(tx.connection, items)
    numbers = freeze(tx, acting, signature, items, t.language)
    replace_firsts(tx, [item.id for item in items if item.duplicate_of_id is not None])
    return numbers


def _refuse_own(connection: Connection, acting: ActingUser, keys: Sequence[int]) -> None:
    """Refused where the user prepared one of them: four eyes."""
    own = connection.exec_driver_sql(
        "SELECT EXISTS (SELECT 1 FROM certificate WHERE id IN (SELECT value FROM json_each(?)) AND prepared_by_id = ?)",
        (json.dumps(list(keys)), acting.id),
    ).scalar_one()
    if own:
        raise Refused(
            N_("“{login}” prepared these certificates; another manager must approve them."), login=acting.login
        )


def _refuse_unfit(items: Sequence[ToFreeze]) -> None:
    """Refused where somebody no longer has the result on which their certificate stands."""
    unfit = [
        item
        for item in items
        if item.enrolment_id is not None
        and item.result != "completed"
        and not _took_part(item.facts.kind, item.result)
        and not (item.open and item.result == "enrolled" and item.facts.kind is not CertificateKind.STATEMENT)
    ]
    if unfit:
        raise Refused(
            N_("{count} prepared certificates of {offering} stand on results that changed; prepare them again."),
            count=len(unfit),
            offering=unfit[0].facts.offering_code,
        )


def _refuse_differing(connection: Connection, items: Sequence[ToFreeze]) -> None:
    """Refused where people stand otherwise than on a printed act: act and diploma say the same."""
    for offering, code in {(item.offering_id, item.facts.offering_code) for item in items if item.offering_id}:
        assert offering is not None
        differing = differing_enrolments(connection, offering) & {item.enrolment_id for item in items}
        if differing:
            raise Refused(
                N_(
                    "{count} people of {offering} stand otherwise than on a printed act. Rectify the act or set their"
                    " results right, then approve."
                ),
                count=len(differing),
                offering=code,
            )


def offering_of_code(connection: Connection, code: str) -> Row[Any]:
    """Key, code, status and days of an offering; UserError where there is none."""
    row = connection.exec_driver_sql(_OFFERING, (code,)).first()
    if row is None:
        raise UserError(N_("There is no offering {offering} in this file. Check the code."), offering=code)
    return row


def _check_day(offering: Row[Any], ceremony: dt.date | None) -> None:
    """The course is closed, or the day of its ceremony is known, which is not before its last day."""
    if offering.status == OfferingStatus.CANCELLED:
        raise Refused(N_("The offering {offering} was cancelled: it has no results."), offering=offering.code)
    if ceremony is None:
        if offering.status != OfferingStatus.CLOSED:
            raise Refused(
                N_(
                    "The offering {offering} is not closed yet; close it, or say the day of the ceremony for which its "
                    "certificates are prepared."
                ),
                offering=offering.code,
            )
        return
    if problems := date_problems("ceremony", ceremony):
        raise DraftRefused(problems)
    if ceremony < dt.date.fromisoformat(offering.ends_on):
        raise UserError(
            N_("The ceremony of {offering} cannot be before its last day, {day}."),
            offering=offering.code,
            day=dt.date.fromisoformat(offering.ends_on),
        )
