"""Certificates, books and folios, acts, deliveries, revocations, signatories."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from eic_tracker.domain.codes import ActKind, CertificateKind, CertificateStatus
from eic_tracker.store.columns import choice, key, ref, uid


class AnnulmentGround(StrEnum):
    """Why a certificate was annulled or replaced."""

    NOT_COMPLETED = "not_completed"
    CORRECTION = "correction"
    LOSS = "loss"
    THEFT = "theft"
    DAMAGE = "damage"
    ERROR = "error"
    CHANGE_OF_NAME = "change_of_name"
    FORGERY = "forgery"


class Signatory(SQLModel, table=True):
    """Who may sign papers, from when to when; a deputy signs by absence."""

    __tablename__ = "signatory"
    id: int = key()
    rank: str
    name: str
    post: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    deputy_of_id: int | None = ref("signatory.id", optional=True)
    position: int = 1


class CertificateSeries(SQLModel, table=True):
    """A series of numbers of a kind and year; may start above 1 with the reason noted."""

    __tablename__ = "certificate_series"
    __table_args__ = (UniqueConstraint("prefix", "year"),)
    id: int = key()
    prefix: str
    year: int
    first_number: int = 1
    last_number: int = 0
    start_reason: str | None = None


class RegisterBook(SQLModel, table=True):
    """A book of the register, with how many entries a folio and folios the book holds."""

    __tablename__ = "register_book"
    id: int = key()
    number: str = Field(unique=True)
    entries_per_folio: int
    folios: int
    on_paper: bool = False
    opened_on: dt.date
    closed_on: dt.date | None = None


class Folio(SQLModel, table=True):
    """A printed page of a book; its digest is frozen and names the page before."""

    __tablename__ = "folio"
    __table_args__ = (UniqueConstraint("register_book_id", "number"),)
    id: int = key()
    register_book_id: int = ref("register_book.id", index=False)
    number: int
    printed_at: dt.datetime | None = None
    digest: str | None = None
    previous_digest: str | None = None


class Act(SQLModel, table=True):
    """An act of grades, closing or graduation; printing freezes its content and the digest over it.

    Those present and the annexes stand one on a line."""

    __tablename__ = "act"
    __table_args__ = (UniqueConstraint("kind", "year", "number"),)
    id: int = key()
    uid: str = uid()
    kind: ActKind = choice(ActKind, "kind")
    number: int
    year: int
    offering_id: int = ref("offering.id")
    offering_module_id: int | None = ref("offering_module.id", optional=True, index=False)
    held_on: dt.date | None = None
    place: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    present: str | None = None
    facts: str | None = None
    annexes: str | None = None
    content: str | None = None
    frozen_at: dt.datetime | None = None
    digest: str | None = None
    rectifies_id: int | None = ref("act.id", optional=True)
    authorisation_id: int | None = ref("authorisation.id", optional=True, index=False)


class Certificate(SQLModel, table=True):
    """A certificate with the snapshot of what is printed, frozen with its number when it is approved.

    Corrections are duplicates that name the first."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("certificate_series_id", "serial"),
        Index("ix_certificate_enrolment_id", "enrolment_id"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> prepared_by_id", name="four_eyes"),
        CheckConstraint(
            "status IN ('prepared', 'annulled') OR (number IS NOT NULL AND dated IS NOT NULL AND snapshot IS NOT NULL)",
            name="numbered_once_approved",
        ),
    )
    id: int = key()
    uid: str = uid()
    number: str | None = Field(default=None, unique=True)
    certificate_series_id: int | None = ref("certificate_series.id", optional=True, index=False)
    serial: int | None = None
    kind: CertificateKind = choice(CertificateKind, "kind")
    status: CertificateStatus = choice(CertificateStatus, "status")
    enrolment_id: int | None = ref("enrolment.id", optional=True, index=False)
    instructor_id: int | None = ref("instructor.id", optional=True)
    dated: dt.date | None = None
    snapshot: str | None = None
    snapshot_digest: str | None = None
    duplicate_of_id: int | None = ref("certificate.id", optional=True)
    act_id: int | None = ref("act.id", optional=True)
    prepared_by_id: int | None = ref("user.id", optional=True, index=False)
    approved_by_id: int | None = ref("user.id", optional=True, index=False)
    issued_at: dt.datetime | None = None


class RegisterEntry(SQLModel, table=True):
    """Where a certificate stands in the register: book, folio, number."""

    __tablename__ = "register_entry"
    __table_args__ = (UniqueConstraint("folio_id", "number"),)
    id: int = key()
    certificate_id: int = ref("certificate.id")
    folio_id: int = ref("folio.id", index=False)
    number: int
    entered_on: dt.date
    note: str | None = None


class Delivery(SQLModel, table=True):
    """Who received a certificate and when; a proxy by letter."""

    __tablename__ = "delivery"
    id: int = key()
    certificate_id: int = ref("certificate.id")
    delivered_on: dt.date
    received_by: str | None = None
    proxy_document_id: int | None = ref("source_document.id", optional=True, index=False)


class Revocation(SQLModel, table=True):
    """The annulment of a certificate: ground, authority, date."""

    __tablename__ = "revocation"
    id: int = key()
    certificate_id: int = ref("certificate.id")
    ground: AnnulmentGround = choice(AnnulmentGround, "ground")
    reason: str
    revoked_on: dt.date
    authorisation_id: int | None = ref("authorisation.id", optional=True, index=False)
    source_document_id: int | None = ref("source_document.id", optional=True, index=False)


class CertificateSheet(SQLModel, table=True):
    """A sheet of special paper by its printed serial; spoiled sheets stay under the same number."""

    __tablename__ = "certificate_sheet"
    id: int = key()
    certificate_id: int = ref("certificate.id")
    sheet_serial: str
    spoiled: bool = False
    printed_at: dt.datetime
