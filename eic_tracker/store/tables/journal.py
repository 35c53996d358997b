"""The one journal: change sets in a hash chain, and the changes of each."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary
from sqlmodel import Field, SQLModel

from eic_tracker.domain.codes import Operation
from eic_tracker.store.columns import choice, key, ref, uid


class ChangeSet(SQLModel, table=True):
    """One write: who, on behalf of whom, when, what, why, who ordered it, and its place in the chain."""

    __tablename__ = "change_set"
    id: int = key()
    uid: str = uid()
    at: dt.datetime
    user_id: int | None = ref("user.id", optional=True)
    actor: str
    on_behalf_of: str | None = None
    use_case: str
    label: str
    reason: str | None = None
    authorisation_id: int | None = ref("authorisation.id", optional=True, index=False)
    undoes_id: int | None = ref("change_set.id", optional=True)
    changes: int
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64, unique=True)


class Change(SQLModel, table=True):
    """One row's change: columns before and after as JSON, salted digest; payloads may be erased, digests stay."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_table_name_row_id", "table_name", "row_id"),)
    id: int = key()
    change_set_id: int = Field(
        sa_column=Column(
            Integer,
            ForeignKey("change_set.id", deferrable=True, initially="DEFERRED"),
            nullable=False,
            index=True,
        )
    )
    table_name: str
    row_id: int
    operation: Operation = choice(Operation, "operation")
    before: str | None = None
    after: str | None = None
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)
