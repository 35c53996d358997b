"""Certificates, books and folios, acts, deliveries, revocations, signatories."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from eic_tracker.domain.codes import (
    ActKind,
    AnnulmentGround,
    CertificateKind,
    CertificateStatus,
    KeyEnd,
    KeyTitle,
    TemplateKind,
)
from eic_tracker.store.columns import choice, content, key, ref, secret, uid


class SigningKey(SQLModel, table=True):
    """A key by which an approver signs certificates; its private half is locked with their own passphrase.

    The key of a demonstration file is derived from the file's identity and has no private half here."""

    __tablename__ = "signing_key"
    __table_args__ = (
        CheckConstraint("demonstration OR locked_private IS NOT NULL", name="locked_unless_demonstration"),
    )
    id: int = key()
    uid: str = uid()
    user_id: int = ref("user.id")
    title: KeyTitle = choice(KeyTitle, "title")
    kid: str = Field(unique=True, max_length=16)
    point: str = Field(max_length=130)
    locked_private: str | None = secret()
    valid_from: dt.date
    valid_to: dt.date | None = None
    ended: KeyEnd | None = choice(KeyEnd, "ended", optional=True)
    demonstration: bool = False


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


class SignatoryAbsence(SQLModel, table=True):
    """Days on which a signatory is away and the deputy signs by absence."""

    __tablename__ = "signatory_absence"
    id: int = key()
    signatory_id: int = ref("signatory.id")
    starts_on: dt.date
    ends_on: dt.date | None = None
    reason: str


class TrustListRow(SQLModel, table=True):
    """A signed list of keys and annulled certificates: published here, or taken in from another office."""

    __tablename__ = "trust_list"
    __table_args__ = (UniqueConstraint("issuer", "sequence", "own"),)
    id: int = key()
    issuer: str
    sequence: int
    own: bool
    issued_on: dt.date
    fingerprint: str
    content: bytes = content()
    recorded_at: dt.datetime


class CertificateTemplate(SQLModel, table=True):
    """How certificates of a kind look; its versions hold the content."""

    __tablename__ = "certificate_template"
    id: int = key()
    uid: str = uid()
    kind: TemplateKind = choice(TemplateKind, "kind")
    name: str
    programme_id: int | None = ref("programme.id", optional=True)
    valid_to: dt.date | None = None


class CertificateTemplateVersion(SQLModel, table=True):
    """The content of a template as canonical JSON; frozen with the first certificate that uses it."""

    __tablename__ = "certificate_template_version"
    __table_args__ = (UniqueConstraint("certificate_template_id", "number"),)
    id: int = key()
    certificate_template_id: int = ref("certificate_template.id", index=False)
    number: int
    content: str
    digest: str
    frozen_at: dt.datetime | None = None


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
    """A book of the register, with how many entries a folio and folios the book holds; 0 where nobody knows.

    A paper book of the past may bear the number of one of today. What its certificates of opening and closing say is
    frozen as canonical JSON when they are printed."""

    __tablename__ = "register_book"
    __table_args__ = (UniqueConstraint("number", "on_paper"),)
    id: int = key()
    number: str
    entries_per_folio: int
    folios: int
    on_paper: bool = False
    opened_on: dt.date
    closed_on: dt.date | None = None
    opening: str | None = None
    closing: str | None = None


class Folio(SQLModel, table=True):
    """A page of a book: what it says is frozen when it is printed full; its digest covers that of the page before."""

    __tablename__ = "folio"
    __table_args__ = (UniqueConstraint("register_book_id", "number"),)
    id: int = key()
    register_book_id: int = ref("register_book.id", index=False)
    number: int
    printed_at: dt.datetime | None = None
    content: str | None = None
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

    Corrections are duplicates that name the first. `code` is the signed text of its symbol; a statement or transcript
    is of a participant and says its purpose and who asked for it; an instructor's names the offering. `cause` is why a
    duplicate was asked for."""

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
    participant_id: int | None = ref("participant.id", optional=True)
    code: str | None = None
    telephone_code: str | None = Field(default=None, unique=True, max_length=19)
    signing_key_id: int | None = ref("signing_key.id", optional=True, index=False)
    template_version_id: int | None = ref("certificate_template_version.id", optional=True, index=False)
    purpose: str | None = None
    asked_by: str | None = None
    with_grades: bool = False
    valid_to: dt.date | None = None
    source_document_id: int | None = ref("source_document.id", optional=True, index=False)
    offering_id: int | None = ref("offering.id", optional=True)
    cause: AnnulmentGround | None = choice(AnnulmentGround, "cause", optional=True)


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
