"""Delivery: all, then the exceptions, against a signature; a proxy by letter; until when an error may be claimed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import CertificateStatus
from eic_tracker.domain.drafts import DraftRefused, date_problems, tidy, writable
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.certificate_work import UncollectedRow, claim_days, read_uncollected
from eic_tracker.services.certificates import offering_of_code
from eic_tracker.services.letters import SourceDraft, file_source
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Delivery
from eic_tracker.store.transaction import Entry, Tx

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class DeliveryDraft:
    """The delivery of an offering's certificates: to everybody but the exceptions, by number, who signed for theirs."""

    offering: str
    delivered_on: dt.date | None = None
    """None: today"""
    exceptions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ProxyDraft:
    """The delivery of one certificate; with another receiver the letter that empowers them is needed."""

    number: str
    delivered_on: dt.date | None = None
    received_by: str = ""
    letter: SourceDraft | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was handed over: the numbers, those that wait, the last day for claims, the entry (None: nothing to do)."""

    numbers: tuple[str, ...]
    waiting: tuple[str, ...]
    claims_until: dt.date
    set_id: int | None


_OF_OFFERING = """
SELECT c.id, c.number, c.status, c.dated FROM certificate c LEFT JOIN enrolment e ON e.id = c.enrolment_id
WHERE coalesce(e.offering_id, c.offering_id) = ? AND c.status IN ('approved', 'issued') AND c.kind <> 'statement'
  AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.certificate_id = c.id) ORDER BY c.serial, c.id
"""


def deliver_certificates(db: Database, acting: ActingUser, draft: DeliveryDraft) -> Delivered:
    """Note that all certificates of an offering were handed over but the exceptions, which stay uncollected.

    Refused for those that were never printed, and before their date; UserError for an exception that is none."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "deliver_certificates", draft.offering)) as tx:
        offering = offering_of_code(tx.connection, draft.offering)
        rows = tx.connection.exec_driver_sql(_OF_OFFERING, (offering.id,)).all()
        kept = _exceptions(draft.exceptions, {row.number for row in rows})
        handed = [row for row in rows if row.number not in kept]
        on = _day(tx, draft.delivered_on)
        for row in handed:
            _check_given(row.number, row.status, dt.date.fromisoformat(row.dated), on)
        tx.insert(Delivery, [{"certificate_id": row.id, "delivered_on": on} for row in handed])
        waiting = tuple(row.number for row in rows if row.number in kept)
        numbers = tuple(row.number for row in handed)
        return Delivered(numbers, waiting, on + claim_days(tx.connection), tx.set_id if handed else None)


def deliver_certificate(db: Database, acting: ActingUser, draft: ProxyDraft) -> Delivered:
    """Note the delivery of one certificate to its holder, or to somebody who brings a letter."""
    require(acting, Action.PREPARE_CERTIFICATES)
    receiver = tidy(draft.received_by)
    if len(receiver) > _LONGEST_NAME or not writable(receiver):
        raise UserError(N_("The receiver's name holds characters that cannot be kept, or is too long."))
    if receiver and draft.letter is None:
        raise UserError(N_("Who collects for somebody else brings a letter; say its number and date."))
    with db.write(Entry(actor(acting), "deliver_certificate", draft.number.strip())) as tx:
        row = tx.connection.exec_driver_sql(
            "SELECT c.id, c.number, c.status, c.dated, (SELECT max(d.delivered_on) FROM delivery d "
            "WHERE d.certificate_id = c.id) AS delivered FROM certificate c WHERE c.number = ?",
            (draft.number.strip(),),
        ).first()
        if row is None:
            raise UserError(
                N_("There is no certificate {number} in this file. Check the number."), number=draft.number.strip()
            )
        if row.delivered is not None:
            raise Refused(
                N_("Certificate {number} was delivered on {day} already."),
                number=row.number,
                day=dt.date.fromisoformat(row.delivered),
            )
        on = _day(tx, draft.delivered_on)
        _check_given(row.number, row.status, dt.date.fromisoformat(row.dated), on)
        letter = file_source(tx, draft.letter) if draft.letter is not None else None
        columns = {
            "certificate_id": row.id,
            "delivered_on": on,
            "received_by": receiver or None,
            "proxy_document_id": letter,
        }
        tx.insert(Delivery, [columns])
        return Delivered((row.number,), (), on + claim_days(tx.connection), tx.set_id)


def uncollected(db: Database, acting: ActingUser, offering: str | None = None) -> tuple[UncollectedRow, ...]:
    """The certificates that hold and nobody collected, of one offering or of all; those longest waiting first."""
    require(acting, Action.READ_PEOPLE, Right.YES)
    with db.read() as connection:
        key = None if offering is None else offering_of_code(connection, offering).id
        return read_uncollected(connection, key)


def _exceptions(named: Sequence[str], known: Collection[str]) -> frozenset[str]:
    found = frozenset(number.strip() for number in named)
    if unknown := sorted(found - set(known)):
        raise UserError(
            N_("{number} is none of the certificates that wait to be delivered; check the number."), number=unknown[0]
        )
    return found


def _check_given(number: str, status: str, dated: dt.date, on: dt.date) -> None:
    if status == CertificateStatus.APPROVED:
        raise Refused(N_("Certificate {number} was not printed yet; print it, then deliver it."), number=number)
    if status != CertificateStatus.ISSUED:
        raise Refused(N_("Certificate {number} does not hold; it is not delivered."), number=number)
    if on < dated:
        raise Refused(N_("Certificate {number} is dated {day}; it is not delivered before."), number=number, day=dated)


def _day(tx: Tx, said: dt.date | None) -> dt.date:
    """The day of a delivery; DraftRefused for no date, UserError for one that has not come."""
    today = local_date(tx.at)
    if problems := date_problems("delivered_on", said):
        raise DraftRefused(problems)
    if said is not None and said > today:
        raise UserError(N_("A delivery is noted when it took place, not before; today is {today}."), today=today)
    return said or today
