"""Participants, their documents, and vetting."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from eic_tracker.domain.codes import Sex
from eic_tracker.store.columns import choice, content, key, ref, uid


class DocumentKind(StrEnum):
    """Kind of an identity document."""

    NATIONAL_ID = "national_id"
    PASSPORT = "passport"
    RESIDENCE = "residence"
    OTHER = "other"


class PersonState(StrEnum):
    """Whether the person serves: active, left the institution, reinstated."""

    ACTIVE = "active"
    LEFT = "left"
    REINSTATED = "reinstated"


class VettingKind(StrEnum):
    """Which check was asked for."""

    NONE = "none"
    COURTESY = "courtesy"
    LEAHY = "leahy"


class VettingStatus(StrEnum):
    """Where the check stands; never why."""

    NOT_REQUIRED = "not_required"
    IN_PROCESS = "in_process"
    APT = "apt"
    NOT_APT = "not_apt"
    EXPIRED = "expired"


class Participant(SQLModel, table=True):
    """A person; `merged_into_id` names the record that survives where two were one person."""

    __tablename__ = "participant"
    __table_args__ = (
        Index("uq_participant_document", "document_country", "document_kind", "document_number", unique=True),
        # Lists show people in these orders without those who were merged away.
        Index("ix_participant_listed_by_name", "merged_into_id", "sort_key", "id", "sex", "state"),
        Index("ix_participant_listed_by_document", "merged_into_id", "document_number"),
        # Records of the same name and birth date stand side by side, without a look at the rows.
        Index("ix_participant_same", "match_key", "birth_date", "merged_into_id"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_merged_into_itself"),
    )
    id: int = key()
    uid: str = uid()
    given_names: str
    surnames: str
    match_key: str
    sort_key: str
    sex: Sex = choice(Sex, "sex")
    document_kind: DocumentKind | None = choice(DocumentKind, "document_kind", optional=True)
    document_country: str | None = Field(default=None, max_length=3)
    document_number: str | None = None
    police_number: str | None = Field(default=None, index=True)
    birth_date: dt.date | None = None
    birth_municipality_id: int | None = ref("municipality.id", optional=True, index=False)
    birth_place: str | None = None
    birth_country: str | None = Field(default=None, max_length=3)
    phone: str | None = None
    state: PersonState = choice(PersonState, "state", default=PersonState.ACTIVE)
    state_since: dt.date | None = None
    merged_into_id: int | None = ref("participant.id", optional=True, index=False)
    recorded_at: dt.datetime


class ParticipantDocument(SQLModel, table=True):
    """A further or former document of a person (passport beside the national id, an old number)."""

    __tablename__ = "participant_document"
    __table_args__ = (Index("uq_participant_document_number", "country", "kind", "number", unique=True),)
    id: int = key()
    participant_id: int = ref("participant.id")
    kind: DocumentKind = choice(DocumentKind, "kind")
    country: str = Field(max_length=3)
    number: str
    valid_to: dt.date | None = None


class Photo(SQLModel, table=True):
    """The photo that a person may have: a small JPEG without metadata; taken out with its bytes."""

    __tablename__ = "photo"
    __table_args__ = (UniqueConstraint("participant_id"),)
    id: int = key()
    participant_id: int = ref("participant.id", index=False)
    sha256: str = Field(max_length=64)
    content: bytes = content()
    recorded_at: dt.datetime


class Vetting(SQLModel, table=True):
    """A check of a person: kind, status, dates and tracking number; never reasons."""

    __tablename__ = "vetting"
    id: int = key()
    participant_id: int = ref("participant.id")
    kind: VettingKind = choice(VettingKind, "kind")
    status: VettingStatus = choice(VettingStatus, "status")
    requested_on: dt.date | None = None
    answered_on: dt.date | None = None
    expires_on: dt.date | None = None
    tracking_number: str | None = None
    source_document_id: int | None = ref("source_document.id", optional=True)


class DifferentPeople(SQLModel, table=True):
    """Two records that look alike and were found to be two people: they are not proposed again."""

    __tablename__ = "different_people"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="in_order"),
    )
    id: int = key()
    first_id: int = ref("participant.id", index=False)
    second_id: int = ref("participant.id")
    recorded_at: dt.datetime
