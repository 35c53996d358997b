"""The register books as they stand: their folios, the entries of each, the pages that were frozen."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import CertificateStatus
from eic_tracker.domain.folio_pages import BoundPage, FolioEntry, PageKind, Remark, RemarkKind
from eic_tracker.domain.paper_codes import act_code, text_digest
from eic_tracker.queries.offerings import day, moment


@dataclass(frozen=True, slots=True)
class BookRow:
    """A register book; of a paper book of the past `entries_per_folio` is 0 and its pages are not printed."""

    id: int
    number: str
    on_paper: bool
    entries_per_folio: int
    folios: int
    opened_on: dt.date
    closed_on: dt.date | None
    used: int
    """its highest folio with an entry"""
    entries: int
    printed: int
    """folios that are frozen"""
    last_printed: int | None
    last_code: str | None
    opening: str | None
    closing: str | None


@dataclass(frozen=True, slots=True)
class FolioRow:
    """A folio: how many entries it holds, and what was frozen of it."""

    id: int
    number: int
    entries: int
    printed_at: dt.datetime | None
    content: str | None
    digest: str | None
    previous_digest: str | None


_BOOKS = """
SELECT b.id, b.number, b.on_paper, b.entries_per_folio, b.folios, b.opened_on, b.closed_on,
       (SELECT coalesce(max(f.number), 0) FROM folio f WHERE f.register_book_id = b.id
        AND EXISTS (SELECT 1 FROM register_entry y WHERE y.folio_id = f.id)),
       (SELECT count(*) FROM register_entry y JOIN folio f ON f.id = y.folio_id WHERE f.register_book_id = b.id),
       (SELECT count(*) FROM folio f WHERE f.register_book_id = b.id AND f.digest IS NOT NULL),
       l.number, l.digest, b.opening, b.closing
FROM register_book b
LEFT JOIN folio l ON l.id = (SELECT f.id FROM folio f WHERE f.register_book_id = b.id AND f.digest IS NOT NULL
    ORDER BY f.number DESC LIMIT 1)
ORDER BY b.on_paper, b.id
"""


def read_books(connection: Connection) -> tuple[BookRow, ...]:
    """All books in the order of their opening, the paper books of the past last."""
    books = []
    for (
        key,
        number,
        paper,
        room,
        folios,
        opened,
        closed,
        *counts,
        digest,
        opening,
        closing,
    ) in connection.exec_driver_sql(_BOOKS):
        used, entries, printed, last = counts
        opened_on = dt.date.fromisoformat(opened)
        code = act_code(digest) if digest else None
        books.append(
            BookRow(
                key,
                number,
                bool(paper),
                room,
                folios,
                opened_on,
                day(closed),
                used,
                entries,
                printed,
                last,
                code,
                opening,
                closing,
            )
        )
    return tuple(books)


_FOLIOS = """
SELECT f.id, f.number, (SELECT count(*) FROM register_entry y WHERE y.folio_id = f.id), f.printed_at, f.content,
       f.digest, f.previous_digest
FROM folio f WHERE f.register_book_id = ? ORDER BY f.number
"""


def read_folios(connection: Connection, book: int) -> tuple[FolioRow, ...]:
    """The folios of a book in order, those with an entry."""
    return tuple(
        FolioRow(key, number, entries, moment(printed), content, digest, previous)
        for key, number, entries, printed, content, digest, previous in connection.exec_driver_sql(_FOLIOS, (book,))
        if entries
    )


_ENTRIES = """
SELECT f.number, y.number, y.entered_on, y.note, k.id, k.number, k.snapshot, k.status,
       coalesce(e.rank_text, r.name, i.rank_text, ''),
       coalesce(p.given_names || ' ' || p.surnames, i.given_names || ' ' || i.surnames, ''),
       coalesce(p.document_number, ''), coalesce(c.title, ''), coalesce(o.code, ''), v.hours,
       coalesce(a.number || '-' || a.year, ''), first.number
FROM folio f
JOIN register_entry y ON y.folio_id = f.id
JOIN certificate k ON k.id = y.certificate_id
LEFT JOIN enrolment e ON e.id = k.enrolment_id
LEFT JOIN participant p ON p.id = coalesce(e.participant_id, k.participant_id)
LEFT JOIN rank r ON r.id = e.rank_id
LEFT JOIN instructor i ON i.id = k.instructor_id
LEFT JOIN offering o ON o.id = e.offering_id
LEFT JOIN course_version v ON v.id = o.course_version_id
LEFT JOIN course c ON c.id = v.course_id
LEFT JOIN act a ON a.id = k.act_id
LEFT JOIN certificate first ON first.id = k.duplicate_of_id
WHERE f.register_book_id = ? AND f.number BETWEEN ? AND ?
ORDER BY f.number, y.number
"""
_ANNULLED = """
SELECT r.certificate_id, r.reason, r.revoked_on FROM revocation r JOIN certificate k ON k.id = r.certificate_id
WHERE k.status = 'annulled' AND r.certificate_id IN ({these}) ORDER BY r.id
"""
_DELIVERED = """
SELECT d.certificate_id, d.delivered_on, coalesce(d.received_by, '') || coalesce(' (' || s.number || ')', '')
FROM delivery d LEFT JOIN source_document s ON s.id = d.proxy_document_id
WHERE d.certificate_id IN ({these}) ORDER BY d.id
"""
_REPLACED = "SELECT duplicate_of_id, number FROM certificate WHERE duplicate_of_id IN ({these}) AND number IS NOT NULL"
_THESE = """SELECT y.certificate_id FROM register_entry y JOIN folio f ON f.id = y.folio_id
WHERE f.register_book_id = ?1 AND f.number BETWEEN ?2 AND ?3"""


def read_entries(connection: Connection, book: int, first: int, last: int) -> dict[int, tuple[FolioEntry, ...]]:
    """The entries of some folios as they stand now, by folio; what was frozen on a certificate is shown of it."""
    asked = (book, first, last)
    remarks = _remarks(connection, asked)
    found: dict[int, list[FolioEntry]] = {}
    for folio, number, entered, note, key, certificate, snapshot, status, *own in connection.exec_driver_sql(
        _ENTRIES, asked
    ):
        rank, name, document, course, offering, hours, act, duplicate_of = own
        frozen: Mapping[str, Any] = json.loads(snapshot) if snapshot else {}
        margin = [Remark(RemarkKind.DUPLICATE_OF, None, duplicate_of)] if duplicate_of else []
        margin += [Remark(RemarkKind.NOTE, None, note)] if note else []
        margin += remarks.get(key, [])
        if status == "annulled" and not any(each.kind is RemarkKind.ANNULLED for each in margin):
            margin.append(Remark(RemarkKind.ANNULLED))
        found.setdefault(folio, []).append(
            FolioEntry(
                number=number,
                entered_on=dt.date.fromisoformat(entered),
                rank=frozen.get("rank", rank) or "",
                name=frozen.get("name") or name,
                document=frozen.get("document") or document,
                course=frozen.get("course_title") or course,
                offering=frozen.get("offering_code") or offering,
                hours=frozen.get("hours") or hours,
                act=frozen.get("act") or act,
                certificate=certificate or "",
                remarks=tuple(margin),
            )
        )
    return {folio: tuple(entries) for folio, entries in found.items()}


def _remarks(connection: Connection, asked: tuple[int, int, int]) -> dict[int, list[Remark]]:
    found: dict[int, list[Remark]] = {}
    for key, reason, on in connection.exec_driver_sql(_ANNULLED.format(these=_THESE), asked):
        found.setdefault(key, []).append(Remark(RemarkKind.ANNULLED, dt.date.fromisoformat(on), reason))
    for key, number in connection.exec_driver_sql(_REPLACED.format(these=_THESE), asked):
        found.setdefault(key, []).append(Remark(RemarkKind.REPLACED_BY, None, number))
    for key, on, receiver in connection.exec_driver_sql(_DELIVERED.format(these=_THESE), asked):
        found.setdefault(key, []).append(Remark(RemarkKind.DELIVERED, dt.date.fromisoformat(on), receiver))
    return found


def read_bound_pages(connection: Connection, book: BookRow) -> tuple[BoundPage, ...]:
    """The frozen pages of a book in order: opening, folios, closing."""
    pages = []
    if book.opening is not None:
        pages.append(_certified(book, PageKind.OPENING, book.opening))
    for folio in read_folios(connection, book.id):
        if folio.content is not None and folio.digest is not None:
            held = (folio.content, folio.digest, folio.previous_digest or "")
            pages.append(BoundPage(book.number, PageKind.FOLIO, folio.number, *held))
    if book.closing is not None:
        pages.append(_certified(book, PageKind.CLOSING, book.closing))
    return tuple(pages)


def _certified(book: BookRow, kind: PageKind, text: str) -> BoundPage:
    return BoundPage(book.number, kind, None, text, text_digest(text), json.loads(text)["previous"])


@dataclass(frozen=True, slots=True)
class FolioEntryRow:
    """An entry of a folio as a list shows it: its certificate's key and number, whose it is, how it stands."""

    entry: int
    certificate_id: int
    number: str
    name: str
    course: str
    status: CertificateStatus


_LINES = """
SELECT y.number, k.id, coalesce(json_extract(k.snapshot, '$.number'), k.number, ''),
       coalesce(json_extract(k.snapshot, '$.name'), p.given_names || ' ' || p.surnames,
                i.given_names || ' ' || i.surnames, ''),
       coalesce(json_extract(k.snapshot, '$.course_title'), ''), k.status
FROM register_entry y
JOIN certificate k ON k.id = y.certificate_id
LEFT JOIN enrolment e ON e.id = k.enrolment_id
LEFT JOIN participant p ON p.id = coalesce(e.participant_id, k.participant_id)
LEFT JOIN instructor i ON i.id = k.instructor_id
WHERE y.folio_id = ? ORDER BY y.number
"""


def read_folio_entries(connection: Connection, folio: int) -> tuple[FolioEntryRow, ...]:
    """The entries of a folio, by its key."""
    return tuple(
        FolioEntryRow(entry, key, number, name, course, CertificateStatus(status))
        for entry, key, number, name, course, status in connection.exec_driver_sql(_LINES, (folio,))
    )
