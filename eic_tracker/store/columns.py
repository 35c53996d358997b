"""How columns are written: keys, references, codes with CHECK, days and UTC moments."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, LargeBinary, MetaData
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention

DIGEST_ONLY = {"journal": "digest"}
"""Column info: the journal keeps a SHA-256 of the value, never the value (bytes, password hashes)."""


def key() -> Any:
    """The integer key; the writer hands out keys that were never used before."""
    return Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


def uid() -> Any:
    """The identity that leaves the machine: 32 hexadecimal digits, unique."""
    return Field(unique=True, max_length=32)


def ref(target: str, *, optional: bool = False, index: bool = True) -> Any:
    """A reference to another table's key; never cascades."""
    if optional:
        return Field(default=None, foreign_key=target, index=index, nullable=True)
    return Field(foreign_key=target, index=index)


def choice(enum: type[StrEnum], name: str, *, optional: bool = False, default: StrEnum | None = None) -> Any:
    """A code stored by value, with a CHECK constraint called `name`."""
    sa_type = Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
        length=32,
    )
    if optional or default is not None:
        return Field(default=default, sa_type=sa_type, nullable=optional)
    return Field(sa_type=sa_type)


def secret() -> Any:
    """A text of which the journal keeps only a digest."""
    return Field(default=None, sa_column_kwargs={"info": DIGEST_ONLY})


def content() -> Any:
    """Bytes of a file; the journal keeps their digest."""
    return Field(sa_type=LargeBinary, sa_column_kwargs={"info": DIGEST_ONLY})
