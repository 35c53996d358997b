"""Papers behind the rows: letters and acts, authorisations, attachments."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from eic_tracker.domain.codes import AttachmentKind
from eic_tracker.store.columns import choice, content, key, ref, uid


class SourceKind(StrEnum):
    """What a source document is."""

    LETTER = "letter"
    ACT = "act"
    LIST = "list"
    REPORT = "report"
    OTHER = "other"


class SourceDocument(SQLModel, table=True):
    """A letter (oficio) or act with number, date and sender."""

    __tablename__ = "source_document"
    id: int = key()
    uid: str = uid()
    kind: SourceKind = choice(SourceKind, "kind")
    number: str | None = Field(default=None, index=True)
    dated: dt.date | None = None
    sender: str | None = None
    subject: str | None = None
    received_on: dt.date | None = None


class Authorisation(SQLModel, table=True):
    """Who ordered an exception: name, post and letter; never edited."""

    __tablename__ = "authorisation"
    __table_args__ = (CheckConstraint("length(trim(authorised_by)) > 0", name="named"),)
    id: int = key()
    authorised_by: str
    post: str | None = None
    letter: str | None = None
    exception: str
    recorded_at: dt.datetime
    source_document_id: int | None = ref("source_document.id", optional=True)


class Attachment(SQLModel, table=True):
    """A scan or picture, re-encoded without metadata; purged with its bytes when it holds names."""

    __tablename__ = "attachment"
    id: int = key()
    uid: str = uid()
    kind: AttachmentKind = choice(AttachmentKind, "kind")
    source_document_id: int | None = ref("source_document.id", optional=True)
    offering_id: int | None = ref("offering.id", optional=True)
    class_group_id: int | None = ref("class_group.id", optional=True)
    published_figure_id: int | None = ref("published_figure.id", optional=True)
    audit_sample_id: int | None = ref("audit_sample.id", optional=True)
    periodic_report_id: int | None = ref("periodic_report.id", optional=True)
    media_type: str
    sha256: str = Field(max_length=64)
    content: bytes | None = content()
    pages: int = 1
    holds_names: bool = False
    purge_on: dt.date | None = None
    recorded_at: dt.datetime


class Export(SQLModel, table=True):
    """An export with identities that left the file: what, how many people, why, who."""

    __tablename__ = "export"
    __table_args__ = (
        CheckConstraint("people <= 50 OR (reason IS NOT NULL AND length(trim(reason)) > 0)", name="reason_given"),
    )
    id: int = key()
    kind: str
    people: int
    reason: str | None = None
    user_id: int = ref("user.id")
    recorded_at: dt.datetime
