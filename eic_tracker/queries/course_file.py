"""What the course file gathers: letters, checks by date, register entries, deliveries, certificates, scans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.queries.offerings import day


@dataclass(frozen=True, slots=True)
class CheckLine:
    """How the newest check of somebody stands, with its dates and nothing else."""

    name: str
    status: str
    requested_on: dt.date | None
    answered_on: dt.date | None
    expires_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Handover:
    """When a certificate was delivered; to whom and by which letter where another took it."""

    on: dt.date
    received_by: str | None
    letter: str | None


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A certificate of the course: where it stands in the register, and its deliveries, oldest first."""

    name: str
    number: str | None
    status: str
    dated: dt.date | None
    book: str | None
    folio: int | None
    entry: int | None
    deliveries: tuple[Handover, ...]


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A scan that belongs to the course or one of its letters; its bytes are read when they are needed."""

    id: int
    kind: str
    media_type: str
    purged: bool


_CHECKS = """
SELECT p.given_names || ' ' || p.surnames, v.status, v.requested_on, v.answered_on, v.expires_on
FROM enrolment e JOIN participant p ON p.id = e.participant_id
JOIN vetting v ON v.id = (SELECT x.id FROM vetting x WHERE x.participant_id = p.id
    ORDER BY coalesce(x.answered_on, x.requested_on) DESC, x.id DESC LIMIT 1)
WHERE e.offering_id = ? AND e.seat = 'seat' AND e.status NOT IN ('applied', 'removed') ORDER BY p.sort_key, e.id
"""
_REGISTER = """
SELECT k.id, p.given_names || ' ' || p.surnames, k.number, k.status, k.dated, b.number, f.number, r.number
FROM certificate k JOIN enrolment e ON e.id = k.enrolment_id JOIN participant p ON p.id = e.participant_id
LEFT JOIN register_entry r ON r.certificate_id = k.id LEFT JOIN folio f ON f.id = r.folio_id
LEFT JOIN register_book b ON b.id = f.register_book_id
WHERE e.offering_id = ? AND k.kind <> 'statement' ORDER BY k.number IS NULL, k.number, k.id
"""
_DELIVERIES = """
SELECT v.certificate_id, v.delivered_on, v.received_by, s.number
FROM delivery v JOIN certificate k ON k.id = v.certificate_id JOIN enrolment e ON e.id = k.enrolment_id
LEFT JOIN source_document s ON s.id = v.proxy_document_id
WHERE e.offering_id = ? ORDER BY v.delivered_on, v.id
"""
_SCANS = """
SELECT id, kind, media_type, content IS NULL FROM attachment
WHERE offering_id = ?1 OR source_document_id IN
    (SELECT source_document_id FROM offering WHERE id = ?1
     UNION SELECT source_document_id FROM enrolment WHERE offering_id = ?1)
ORDER BY recorded_at, id
"""


def checks_of(connection: Connection, offering: int) -> tuple[CheckLine, ...]:
    """The newest check of everybody with a seat who has one."""
    rows = connection.exec_driver_sql(_CHECKS, (offering,))
    return tuple(
        CheckLine(name, status, day(requested), day(answered), day(expires))
        for name, status, requested, answered, expires in rows
    )


def register_of(connection: Connection, offering: int) -> tuple[RegisterLine, ...]:
    """The certificates of the course by number, those without one last."""
    given: dict[int, list[Handover]] = {}
    for certificate, on, by, letter in connection.exec_driver_sql(_DELIVERIES, (offering,)):
        given.setdefault(certificate, []).append(Handover(dt.date.fromisoformat(on), by, letter))
    return tuple(
        RegisterLine(name, number, status, day(dated), book, folio, entry, tuple(given.get(key, ())))
        for key, name, number, status, dated, book, folio, entry in connection.exec_driver_sql(_REGISTER, (offering,))
    )


def scans_of(connection: Connection, offering: int) -> tuple[ScanLine, ...]:
    """The scans of the course and of its letters, oldest first."""
    rows = connection.exec_driver_sql(_SCANS, (offering,))
    return tuple(ScanLine(key, kind, media, bool(purged)) for key, kind, media, purged in rows)


def scan_bytes(connection: Connection, keys: Iterable[int]) -> dict[int, bytes]:
    """The bytes of scans by key; those that were purged are left out."""
    found = {}
    for key in keys:
        content = connection.exec_driver_sql("SELECT content FROM attachment WHERE id = ?", (key,)).scalar()
        if content is not None:
            found[key] = bytes(content)
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """Numbers by which the checklist of a course tells what is missing."""

    seated: int
    without_letter: int
    without_grade: int
    days: int
    days_without_marks: int
    sheets: int
    completed: int
    without_certificate: int


_COUNTED = """
SELECT (SELECT count(*) FROM enrolment e WHERE e.offering_id = o.id AND {seated}),
       (SELECT count(*) FROM enrolment e WHERE e.offering_id = o.id AND {seated} AND e.source_document_id IS NULL
        AND o.source_document_id IS NULL),
       (SELECT count(*) FROM enrolment e WHERE e.offering_id = o.id AND {seated} AND e.final_grade IS NULL
        AND e.status NOT IN ('withdrew', 'no_show') AND coalesce(e.proposed_status, '') NOT IN ('withdrew', 'no_show')
        AND (SELECT v.minimum_grade FROM course_version v WHERE v.id = o.course_version_id) > 0),
       (SELECT count(*) FROM offering_day d WHERE d.offering_id = o.id),
       (SELECT count(*) FROM offering_day d WHERE d.offering_id = o.id
        AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.offering_day_id = d.id)),
       (SELECT count(*) FROM attachment t WHERE t.offering_id = o.id AND t.kind = 'attendance_sheet'
        AND t.content IS NOT NULL),
       (SELECT count(*) FROM enrolment e WHERE e.offering_id = o.id AND {seated} AND e.status = 'completed'),
       (SELECT count(*) FROM enrolment e WHERE e.offering_id = o.id AND {seated} AND e.status = 'completed'
        AND NOT EXISTS (SELECT 1 FROM certificate k WHERE k.enrolment_id = e.id
            AND k.kind IN ('diploma', 'participation') AND k.status NOT IN ('annulled', 'replaced', 'prepared')))
FROM offering o WHERE o.id = ?
""".format(seated="e.seat = 'seat' AND e.status NOT IN ('applied', 'removed')")


def count_for_checklist(connection: Connection, offering: int) -> Counted:
    """The numbers of a course that exists."""
    return Counted(*connection.exec_driver_sql(_COUNTED, (offering,)).one())
