"""Users of the program, and what kind of file this is."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from eic_tracker.domain.codes import FileKind, Role
from eic_tracker.store.columns import choice, key, ref, secret, uid


class User(SQLModel, table=True):
    """A user with one role; an advisor's account ends with the rotation."""

    __tablename__ = "user"
    id: int = key()
    uid: str = uid()
    login: str = Field(unique=True)
    full_name: str
    role: Role = choice(Role, "role")
    instructor_id: int | None = ref("instructor.id", optional=True, index=False)
    password_hash: str | None = secret()
    active: bool = True
    valid_to: dt.date | None = None
    failed_attempts: int = 0
    locked_until: dt.datetime | None = None
    last_sign_in: dt.datetime | None = None


class FileInfo(SQLModel, table=True):
    """The one row that says what this file is; triggers keep it as it was made."""

    __tablename__ = "file_info"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: int = key()
    uid: str = Field(max_length=32)
    kind: FileKind = choice(FileKind, "kind")
    created_at: dt.datetime
    clock: dt.date | None = None
