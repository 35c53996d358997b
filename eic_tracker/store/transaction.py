"""The only way to write rows: insert, update, delete, each with its line in the journal."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import Operation
from eic_tracker.store.rows import TableBinding, as_json, binding
from eic_tracker.store.search import Upkeep

if TYPE_CHECKING:
    # the tables take a third of the program's start, and who only reads never needs them
    from sqlmodel import SQLModel

_GATE = "eic_tracker.journalled"
_SALT_BYTES = 16
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a user of the file, or the program itself when a file is made (no id)."""

    login: str
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a journal entry says of a write beside its rows; `label` is code-like text, names stay out of it."""

    actor: Actor
    use_case: str
    label: str
    reason: str | None = None
    authorisation_id: int | None = None
    on_behalf_of: str | None = None
    undoes_id: int | None = None


class UnjournalledWrite(RuntimeError):
    """A row was about to be written past the journal: a bug in the program."""


def refuse_unjournalled_writes(
    connection: Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
) -> None:
    """Guard on the writer's engine: only `Tx` may change rows."""
    if connection.info.get(_GATE):
        return
    first = statement.split(None, 1)[0].upper()
    if first not in _READING or (first == "WITH" and _CHANGING.search(statement)):
        raise UnjournalledWrite(statement[:120])


_READING = frozenset({"SELECT", "WITH", "BEGIN", "PRAGMA", "EXPLAIN"})
_CHANGING = re.compile(r"\b(INSERT|REPLACE)\s+(OR\s+\w+\s+)?INTO\b|\bDELETE\s+FROM\b|\bUPDATE\b", re.IGNORECASE)


def change_digest(salt: bytes, table: str, row_id: int, operation: str, before: str | None, after: str | None) -> bytes:
    """SHA-256 of a change with its salt; fields are separated by NUL, which JSON never holds."""
    text = f"{table}\0{row_id}\0{operation}\0{before or ''}\0{after or ''}"
    return hashlib.sha256(salt + text.encode()).digest()


def set_hash(fields: Mapping[str, Any], digests: Iterable[bytes]) -> str:
    """SHA-256 of a change set: its fields (the previous hash among them) and the digests of its changes."""
    whole = hashlib.sha256(as_json(fields).encode())
    for digest in digests:
        whole.update(digest)
    return whole.hexdigest()


HASHED_FIELDS = (
    "id",
    "uid",
    "at",
    "user_id",
    "actor",
    "on_behalf_of",
    "use_case",
    "label",
    "reason",
    "authorisation_id",
    "undoes_id",
    "changes",
    "previous_hash",
)
GENESIS = "0" * 64


class Tx:
    """An open write: rows go in through it, and its journal entry is appended when the block ends."""

    def __init__(
        self,
        connection: Connection,
        entry: Entry,
        at: dt.datetime,
        new_uid: Callable[[], str],
        *,
        keep_search: bool = True,
    ) -> None:
        self.connection = connection
        self.entry = entry
        self.at = at
        self.new_uid = new_uid
        self.set_id: int = self._highest("change_set") + 1
        self._next_change_id = self._highest("change") + 1
        self._next_ids: dict[str, int] = {}
        self._digests: list[bytes] = []
        self._event = False
        self._search = Upkeep(connection) if keep_search else None

    def insert(self, model: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert rows (defaults filled, keys handed out where missing) and return their keys in order."""
        table = binding(model)
        prepared, keys = [], []
        for row in rows:
            key = row.get("id") or self._next_id(table)
            keys.append(key)
            prepared.append(table.bound({**row, "id": key}))
        self.insert_bound(table, prepared)
        return keys

    def update(self, model: type[SQLModel], changes: Mapping[int, Mapping[str, Any]]) -> None:
        """Change columns of rows by key; columns that already hold the value leave no trace."""
        table = binding(model)
        self.update_bound(table, {key: table.bound_changes(columns) for key, columns in changes.items()})

    def delete(self, model: type[SQLModel], keys: Sequence[int]) -> None:
        """Delete rows by key; their whole content stays in the journal."""
        table = binding(model)
        before = self._rows(table, keys)
        self._note(table, before.values())
        self._journal(table, [(key, Operation.DELETE.value, as_json(table.payload(before[key])), None) for key in keys])
        self._execute(f'DELETE FROM "{table.name}" WHERE id = ?', [(key,) for key in keys])

    def authorised_by(self, authorisation_id: int) -> None:
        """Name the authorisation that stands behind this write."""
        self.entry = replace(self.entry, authorisation_id=authorisation_id)

    def record_event(self) -> None:
        """Leave an entry even though no row changes: something happened to the file as a whole (a restore)."""
        self._event = True

    def insert_bound(self, table: TableBinding, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows whose values are already as the file holds them (undo, bulk)."""
        self._note(table, rows)
        self._execute(table.insert_sql, rows)
        insert = Operation.INSERT.value
        self._journal(table, [(row[0], insert, None, as_json(table.payload(row))) for row in rows])

    def update_bound(self, table: TableBinding, changes: Mapping[int, Mapping[str, Any]]) -> None:
        """Change columns whose values are already as the file holds them."""
        before = self._rows(table, list(changes))
        position = {column.name: index for index, column in enumerate(table.columns)}
        self._note(table, before.values())
        self._note(
            table,
            [
                [wanted.get(name, before[key][index]) for name, index in position.items()]
                for key, wanted in changes.items()
            ],
        )
        lines = []
        for key, wanted in changes.items():
            old = {name: before[key][position[name]] for name in wanted}
            new = {name: value for name, value in wanted.items() if old[name] != value}
            if not new:
                continue
            names = list(new)
            lines.append(
                (
                    key,
                    Operation.UPDATE.value,
                    as_json(table.payload([old[name] for name in names], names=names)),
                    as_json(table.payload(list(new.values()), names=names)),
                )
            )
            assignments = ", ".join(f'"{name}" = ?' for name in names)
            self._execute(f'UPDATE "{table.name}" SET {assignments} WHERE id = ?', [(*new.values(), key)])
        self._journal(table, lines)

    def append_to_journal(self) -> None:
        """Append this write's change set; a write that changed nothing leaves no entry."""
        if not self._digests and not self._event:
            return
        if self._search is not None:
            self._search.finish(self._execute)
        last = self.connection.exec_driver_sql("SELECT hash FROM change_set ORDER BY id DESC LIMIT 1").first()
        fields = {
            "id": self.set_id,
            "uid": self.new_uid(),
            "at": self.at,
            "user_id": self.entry.actor.user_id,
            "actor": self.entry.actor.login,
            "on_behalf_of": self.entry.on_behalf_of,
            "use_case": self.entry.use_case,
            "label": self.entry.label,
            "reason": self.entry.reason,
            "authorisation_id": self.entry.authorisation_id,
            "undoes_id": self.entry.undoes_id,
            "changes": len(self._digests),
            "previous_hash": last[0] if last else GENESIS,
            "hash": "",
        }
        from eic_tracker.store.tables.journal import ChangeSet

        table = binding(ChangeSet)
        bound = dict(zip((column.name for column in table.columns), table.bound(fields), strict=True))
        bound["hash"] = set_hash({name: bound[name] for name in HASHED_FIELDS}, self._digests)
        self._execute(table.insert_sql, [tuple(bound.values())])

    def _journal(self, table: TableBinding, lines: Sequence[tuple[int, str, str | None, str | None]]) -> None:
        if not lines:
            return
        from eic_tracker.store.tables.journal import Change

        salts = os.urandom(_SALT_BYTES * len(lines))
        rows = []
        for index, (row_id, operation, before, after) in enumerate(lines):
            salt = salts[index * _SALT_BYTES : (index + 1) * _SALT_BYTES]
            digest = change_digest(salt, table.name, row_id, operation, before, after)
            self._digests.append(digest)
            rows.append(
                (
                    self._next_change_id + index,
                    self.set_id,
                    table.name,
                    row_id,
                    operation,
                    before,
                    after,
                    salt,
                    digest,
                )
            )
        self._next_change_id += len(rows)
        self._execute(binding(Change).insert_sql, rows)

    def _note(self, table: TableBinding, rows: Iterable[Sequence[Any]]) -> None:
        if self._search is not None:
            self._search.note(table, rows)

    def _execute(self, statement: str, parameters: Sequence[tuple[Any, ...]]) -> None:
        if not parameters:
            return
        self.connection.info[_GATE] = True
        try:
            self.connection.exec_driver_sql(statement, list(parameters))
        finally:
            self.connection.info[_GATE] = False

    def _rows(self, table: TableBinding, keys: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        found: dict[int, tuple[Any, ...]] = {}
        for start in range(0, len(keys), _CHUNK):
            chunk = tuple(keys[start : start + _CHUNK])
            marks = ", ".join("?" for _ in chunk)
            query = f'SELECT {names} FROM "{table.name}" WHERE id IN ({marks})'
            found.update((row[0], tuple(row)) for row in self.connection.exec_driver_sql(query, chunk))
        if len(found) != len(set(keys)):
            raise KeyError(f"{table.name}: {sorted(set(keys) - found.keys())}")
        return found

    def _highest(self, table: str) -> int:
        return int(self.connection.exec_driver_sql(f'SELECT coalesce(max(id), 0) FROM "{table}"').scalar_one())

    def _next_id(self, table: TableBinding) -> int:
        """A key that was never used, not even by a row that an undo took away."""
        if table.name not in self._next_ids:
            journalled = self.connection.exec_driver_sql(
                "SELECT coalesce(max(row_id), 0) FROM change WHERE table_name = ?", (table.name,)
            ).scalar_one()
            self._next_ids[table.name] = max(self._highest(table.name), int(journalled)) + 1
        key = self._next_ids[table.name]
        self._next_ids[table.name] = key + 1
        return key
