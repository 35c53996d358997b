"""Rows as the database holds them: one binding for inserting, journalling and verifying."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import Column, Float, Integer, String, Table
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

if TYPE_CHECKING:
    from sqlmodel import SQLModel

_DIALECT = sqlite_dialect()


@dataclass(frozen=True, slots=True)
class ColumnBinding:
    """How one column's value becomes what the file holds and what the journal says."""

    name: str
    bind: Callable[[Any], Any] | None
    digest_only: bool
    default: Any
    required: bool

    def bound(self, value: Any) -> Any:
        """The value as the file will hold it; TypeError where the column takes another type."""
        if value is None or self.bind is None:
            return value
        try:
            return self.bind(value)
        except TypeError as error:
            raise TypeError(f"{self.name} got a {type(value).__name__}") from error


@dataclass(frozen=True, slots=True)
class TableBinding:
    """One table: its columns in order and the statement that inserts a whole row."""

    table: Table
    columns: tuple[ColumnBinding, ...]
    names: frozenset[str]
    insert_sql: str
    all_journalled: bool

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    def bound(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of a new row in column order, defaults filled; unknown columns are an error."""
        if not row.keys() <= self.names:
            raise KeyError(f"{self.name}: {sorted(row.keys() - self.names)}")
        values = []
        for column in self.columns:
            value = column.bound(row.get(column.name, column.default))
            if value is None and column.required:
                raise ValueError(f"{self.name}.{column.name} is required")
            values.append(value)
        return tuple(values)

    def bound_changes(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """The changed columns of an update as the file will hold them."""
        by_name = {column.name: column for column in self.columns}
        return {name: by_name[name].bound(value) for name, value in changes.items()}

    def payload(self, values: Iterable[Any], *, names: Iterable[str] | None = None) -> dict[str, Any]:
        """What the journal keeps of these values: NULLs of whole rows left out, secrets and bytes as digests."""
        if names is None and self.all_journalled:
            return {column.name: value for column, value in zip(self.columns, values, strict=True) if value is not None}
        if names is None:
            return {
                column.name: _journalled(value, digest_only=column.digest_only)
                for column, value in zip(self.columns, values, strict=True)
                if value is not None
            }
        by_name = {column.name: column for column in self.columns}
        return {
            name: _journalled(value, digest_only=by_name[name].digest_only)
            for name, value in zip(names, values, strict=True)
        }


def _journalled(value: Any, *, digest_only: bool) -> Any:
    if value is None:
        return None
    if isinstance(value, bytes):
        return "sha256:" + hashlib.sha256(value).hexdigest()
    if digest_only:
        return "sha256:" + hashlib.sha256(str(value).encode()).hexdigest()
    return value


def as_json(payload: Mapping[str, Any]) -> str:
    """The canonical text of a payload: what is stored is what is hashed."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _binder(column: Column[Any]) -> Callable[[Any], Any] | None:
    """What makes a value the very one that the file gives back: the journal must not say True where it holds 1."""
    from sqlmodel import AutoString

    processor: Callable[[Any], Any] | None = column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    if processor is not None:
        return processor
    if isinstance(column.type, String | AutoString):
        return str.__str__
    if isinstance(column.type, Integer):
        return int.__index__
    return float if isinstance(column.type, Float) else None


def _default(model: type[SQLModel], name: str) -> Any:
    from pydantic_core import PydanticUndefined

    default = model.model_fields[name].default
    return None if default is PydanticUndefined else default


@cache
def binding(model: type[SQLModel]) -> TableBinding:
    """The binding of a table class."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    columns = [
        ColumnBinding(
            name=column.name,
            bind=_binder(column),
            digest_only=column.info.get("journal") == "digest",
            default=_default(model, column.name),
            required=not column.nullable,
        )
        for column in table.columns
    ]
    quoted = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" for _ in table.columns)
    names = frozenset(column.name for column in columns)
    return TableBinding(
        table,
        tuple(columns),
        names,
        f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})',
        all_journalled=not any(column.digest_only for column in columns),
    )


def table_models() -> dict[str, type[SQLModel]]:
    """Every table class by table name."""
    from sqlmodel import SQLModel

    from eic_tracker.store import tables  # noqa: F401  (fills the registry)

    return {mapper.class_.__tablename__: mapper.class_ for mapper in SQLModel._sa_registry.mappers}


def random_uid() -> str:
    """A new identity that leaves the machine: 32 hexadecimal digits."""
    return uuid4().hex


def prepare_to_write() -> None:
    """Load what every write needs and no read: a good part of a second, which the first write is spared."""
    from eic_tracker.store import tables  # noqa: F401  (fills the registry)
