"""What belongs to one certificate: the text frozen on it, its lines in the register, deliveries, annulment."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.queries.offerings import day, moment


@dataclass(frozen=True, slots=True)
class FrozenSignatory:
    """Who signs on the paper."""

    name: str
    rank: str
    post: str
    by_absence: bool


@dataclass(frozen=True, slots=True)
class FrozenText:
    """What is printed, frozen with the number: later changes of the person or the course do not touch it."""

    name: str
    rank: str
    course_title: str
    offering: str
    hours: int | None
    """None, as the days, where a diploma of a paper book does not tell and no roster is on file"""
    starts_on: dt.date | None
    ends_on: dt.date | None
    issued_on: dt.date
    place: str
    course_place: str | None
    document: str | None
    reference: str
    signatories: tuple[FrozenSignatory, ...]
    demonstration: bool
    telephone_code: str = ""
    """what is asked by telephone; empty on what was frozen before codes were signed"""
    duplicate_of: str = ""
    purpose: str = ""
    asked_by: str = ""
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """Where the certificate stands in the register."""

    book: str
    folio: int
    entry: int
    entered_on: dt.date
    note: str | None


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery; `letter` of a proxy."""

    delivered_on: dt.date
    received_by: str | None
    letter: str | None


@dataclass(frozen=True, slots=True)
class RevocationLine:
    """The annulment: ground, reason, by whose order."""

    ground: str
    reason: str
    revoked_on: dt.date
    authorised_by: str | None
    """name, post and letter"""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A spoiled sheet: the serial printed on it, and when that was noted."""

    serial: str
    noted_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class CauseLine:
    """Why a duplicate was asked for; number, date and sender of the paper that proves it."""

    cause: str
    number: str | None
    dated: dt.date | None
    sender: str | None


@dataclass(frozen=True, slots=True)
class CertificateLink:
    """Another certificate of the same chain of duplicates."""

    id: int
    number: str | None


_REGISTER = """
SELECT b.number, l.number, y.number, y.entered_on, y.note FROM register_entry y
JOIN folio l ON l.id = y.folio_id JOIN register_book b ON b.id = l.register_book_id
WHERE y.certificate_id = ? ORDER BY y.id
"""
_DELIVERIES = """
SELECT v.delivered_on, v.received_by, d.number FROM delivery v
LEFT JOIN source_document d ON d.id = v.proxy_document_id WHERE v.certificate_id = ? ORDER BY v.delivered_on, v.id
"""
_REVOCATIONS = """
SELECT r.ground, r.reason, r.revoked_on,
       nullif(concat_ws(', ', z.authorised_by, nullif(z.post, ''), nullif(z.letter, '')), '')
FROM revocation r
LEFT JOIN authorisation z ON z.id = r.authorisation_id WHERE r.certificate_id = ? ORDER BY r.id
"""
_FIRST = "SELECT f.id, f.number FROM certificate k JOIN certificate f ON f.id = k.duplicate_of_id WHERE k.id = ?"
_DUPLICATES = """
SELECT id, number FROM certificate
WHERE duplicate_of_id = ? AND (number IS NOT NULL OR status = 'prepared') ORDER BY id
"""


def frozen_text(connection: Connection, certificate: int) -> FrozenText | None:
    """The text of a certificate; None while nothing is frozen."""
    text = connection.exec_driver_sql("SELECT snapshot FROM certificate WHERE id = ?", (certificate,)).scalar_one()
    if not text:
        return None
    said: dict[str, Any] = json.loads(text)
    return FrozenText(
        name=said["name"],
        rank=said["rank"],
        course_title=said["course_title"],
        offering=said["offering_code"],
        hours=said["hours"],
        starts_on=day(said["starts_on"]),
        ends_on=day(said["ends_on"]),
        issued_on=dt.date.fromisoformat(said["issued_on"]),
        place=said["place"],
        course_place=said["course_place"],
        document=said["document"],
        reference=said["reference"],
        signatories=tuple(FrozenSignatory(**each) for each in said["signatories"]),
        demonstration=said["demonstration"],
        telephone_code=said.get("telephone_code", ""),
        duplicate_of=said.get("duplicate_of", ""),
        purpose=said.get("purpose", ""),
        asked_by=said.get("asked_by", ""),
        valid_to=day(said.get("valid_to")),
    )


def register_lines(connection: Connection, certificate: int) -> tuple[RegisterLine, ...]:
    """The lines of the register that name the certificate."""
    return tuple(
        RegisterLine(book, folio, entry, dt.date.fromisoformat(entered), note)
        for book, folio, entry, entered, note in connection.exec_driver_sql(_REGISTER, (certificate,))
    )


def deliveries_of(connection: Connection, certificate: int) -> tuple[DeliveryLine, ...]:
    """Its deliveries in order."""
    return tuple(
        DeliveryLine(dt.date.fromisoformat(delivered), receiver, letter)
        for delivered, receiver, letter in connection.exec_driver_sql(_DELIVERIES, (certificate,))
    )


def revocations_of(connection: Connection, certificate: int) -> tuple[RevocationLine, ...]:
    """Its annulments in order; a certificate that holds has none."""
    return tuple(
        RevocationLine(ground, reason, dt.date.fromisoformat(revoked), authorised)
        for ground, reason, revoked, authorised in connection.exec_driver_sql(_REVOCATIONS, (certificate,))
    )


def spoiled_sheets(connection: Connection, certificate: int) -> tuple[SheetLine, ...]:
    """The sheets spoiled under its number, in order."""
    rows = connection.exec_driver_sql(
        "SELECT sheet_serial, printed_at FROM certificate_sheet WHERE certificate_id = ? AND spoiled ORDER BY id",
        (certificate,),
    )
    return tuple(SheetLine(serial, moment(noted)) for serial, noted in rows)


def cause_of(connection: Connection, certificate: int) -> CauseLine | None:
    """Why it is a duplicate; None for a first one."""
    row = connection.exec_driver_sql(
        "SELECT c.cause, d.number, d.dated, d.sender FROM certificate c "
        "LEFT JOIN source_document d ON d.id = c.source_document_id WHERE c.id = ? AND c.cause IS NOT NULL",
        (certificate,),
    ).first()
    return CauseLine(row.cause, row.number, day(row.dated), row.sender) if row is not None else None


def first_of(connection: Connection, certificate: int) -> CertificateLink | None:
    """The certificate that this one is a duplicate of."""
    row = connection.exec_driver_sql(_FIRST, (certificate,)).first()
    return CertificateLink(*row) if row else None


def duplicates_of(connection: Connection, certificate: int) -> tuple[CertificateLink, ...]:
    """The duplicates that name this certificate, those taken back left out; without a number it waits for approval."""
    return tuple(CertificateLink(*row) for row in connection.exec_driver_sql(_DUPLICATES, (certificate,)))
