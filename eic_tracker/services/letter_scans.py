"""Scans of letters and lists: filed with the paper that they show, and shown again page by page."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import AttachmentKind
from eic_tracker.domain.drafts import DraftRefused, tidy
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.services.attachments import file_scan, scan_at
from eic_tracker.services.letters import SourceDraft, file_source, source_problems
from eic_tracker.services.offerings import open_offering
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.documents import SourceDocument, SourceKind
from eic_tracker.store.transaction import Entry


@dataclass(frozen=True, slots=True)
class FiledScan:
    """A scan that was filed: keys of the paper and of the scan, and what the paper is called."""

    source_id: int
    attachment_id: int
    name: str


def file_letter_scan(
    db: Database, acting: ActingUser, offering_id: int, path: Path, source: SourceDraft | int | None = None
) -> FiledScan:
    """File the scan of a letter or list of a course; without `source` it is a list that is called as its file.

    UserError where the file is no PDF, JPEG or PNG, is damaged or too large; nothing is stored then."""
    require(acting, Action.ENROL)
    scan = scan_at(path)
    with db.write(Entry(actor(acting), "file_letter", "")) as tx:
        code = open_offering(tx.connection, offering_id)["code"]
        tx.entry = replace(tx.entry, label=code)
        if isinstance(source, int):
            key = source
        elif source is not None:
            key = file_source(tx, source)
        else:
            called = tidy(path.name)
            row = {"uid": tx.new_uid(), "kind": SourceKind.LIST, "subject": called}
            (key,) = tx.insert(SourceDocument, [row])
        attachment = file_scan(tx, scan, AttachmentKind.LETTER, offering_id=offering_id, source_document_id=key)
        row_of = tx.connection.exec_driver_sql(
            "SELECT coalesce(number, sender, subject, '') FROM source_document WHERE id = ?", (key,)
        ).scalar_one()
        return FiledScan(key, attachment, str(row_of))


def describe_letter(db: Database, acting: ActingUser, source_id: int, draft: SourceDraft) -> None:
    """Give a paper that was filed its number, date and sender; DraftRefused with what is wrong with them."""
    require(acting, Action.ENROL)
    with db.write(Entry(actor(acting), "describe_letter", tidy(draft.number or draft.sender))) as tx:
        if problems := source_problems(draft, local_date(tx.at)):
            raise DraftRefused(problems)
        columns: dict[str, Any] = {
            "kind": draft.kind,
            "dated": draft.dated,
            "number": tidy(draft.number) or None,
            "sender": tidy(draft.sender) or None,
        }
        tx.update(SourceDocument, {source_id: columns})


@dataclass(frozen=True, slots=True)
class ShownScan:
    """A scan as pages of a PDF, and what its paper is called; `source_id` is None where no paper is named."""

    attachment_id: int
    source_id: int | None
    name: str
    pdf: bytes


def scan_in_sight(db: Database, acting: ActingUser, attachment_id: int) -> ShownScan:
    """A filed scan for the eye; UserError where it was purged or its entry was undone."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT a.media_type, a.content, a.source_document_id, coalesce(d.number, d.sender, d.subject, '') AS name "
            "FROM attachment a LEFT JOIN source_document d ON d.id = a.source_document_id WHERE a.id = ?",
            (attachment_id,),
        ).first()
    if row is None or row.content is None:
        raise UserError(N_("This scan is no longer in the file."))
    content = bytes(row.content)
    pdf = content if row.media_type == "application/pdf" else _as_page(content)
    return ShownScan(attachment_id, row.source_document_id, row.name, pdf)


def scans_of_course(db: Database, acting: ActingUser, offering_id: int) -> tuple[tuple[int, str], ...]:
    """Key and name of each scan of a letter or list that was filed with a course, the newest first."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT a.id, coalesce(d.number, d.sender, d.subject, '') FROM attachment a "
            "JOIN source_document d ON d.id = a.source_document_id "
            "WHERE a.offering_id = ? AND a.kind = 'letter' AND a.content IS NOT NULL ORDER BY a.id DESC",
            (offering_id,),
        )
        return tuple((key, name) for key, name in rows)


def _as_page(picture: bytes) -> bytes:
    """A picture as a PDF of one page, its dots untouched."""
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as opened:
        opened.save(out, "PDF", resolution=150)
    return out.getvalue()
