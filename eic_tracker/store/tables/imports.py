"""Lists that came in from outside: what was taken in, what stayed out and why, and what a sender's columns mean."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from eic_tracker.store.columns import choice, key, ref, uid


class ImportKind(StrEnum):
    """What a list brings: people alone, people on the roster of an offering, or their results in it."""

    PEOPLE = "people"
    ENROLMENTS = "enrolments"
    RESULTS = "results"


class RejectedAs(StrEnum):
    """Why a row stayed out: an error in it, an undecided likeness, an open question, an exception without authority."""

    ERROR = "error"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    QUESTION = "question"
    EXCEPTION = "exception"


class ListImport(SQLModel, table=True):
    """A list that was taken in: its file and sheet, who sent it, and how many of its rows were what."""

    __tablename__ = "list_import"
    __table_args__ = (
        CheckConstraint("new + known + left_out = people", name="counts_add_up"),
        CheckConstraint("new >= 0 AND known >= 0 AND left_out >= 0", name="counts_not_negative"),
    )
    id: int = key()
    uid: str = uid()
    kind: ImportKind = choice(ImportKind, "kind")
    file: str
    sheet: str
    digest: str = Field(max_length=64, index=True)
    """SHA-256 of its rows as read, which tells the same list again"""
    offering_id: int | None = ref("offering.id", optional=True)
    source_document_id: int | None = ref("source_document.id", optional=True)
    people: int
    new: int
    known: int
    left_out: int
    recorded_at: dt.datetime


class RejectedRow(SQLModel, table=True):
    """A row of a list that stayed out, as it was read (JSON), with its problems (JSON).

    It goes only when somebody takes it in later or puts it aside for good; the journal keeps it then."""

    __tablename__ = "rejected_row"
    __table_args__ = (UniqueConstraint("list_import_id", "sheet", "row"),)
    id: int = key()
    list_import_id: int = ref("list_import.id", index=False)
    sheet: str
    row: int
    rejected_as: RejectedAs = choice(RejectedAs, "rejected_as")
    content: str
    problems: str


class RememberedColumn(SQLModel, table=True):
    """What a sender's column means: mapped once, remembered by the folded header."""

    __tablename__ = "remembered_column"
    __table_args__ = (UniqueConstraint("sender", "header"),)
    id: int = key()
    sender: str
    header: str
    field: str


class PersonWithoutDocument(SQLModel, table=True):
    """Whom a row without a document became: the same list again means the same person by it, no other list does."""

    __tablename__ = "person_without_document"
    __table_args__ = (UniqueConstraint("list_import_id", "digest"),)
    id: int = key()
    list_import_id: int = ref("list_import.id", index=False)
    digest: str = Field(max_length=64)
    participant_id: int = ref("participant.id")
