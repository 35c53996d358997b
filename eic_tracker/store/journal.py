"""The journal as people read it: the newest sets, one set with its changes; verifying and undoing stand beside."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import Operation
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.i18n import N_
from eic_tracker.store.chain import Anchor, Finding, Head, head, parse_anchor, raw_head, verify
from eic_tracker.store.database import Database, check_header, connect_to_read, told
from eic_tracker.store.undo import may_be_undone, undo

__all__ = [
    "Anchor",
    "ChangeRow",
    "Finding",
    "Head",
    "SetRow",
    "anchor_in_file",
    "changes_of",
    "head",
    "may_be_undone",
    "newest_sets",
    "parse_anchor",
    "show",
    "touched_since",
    "undo",
    "verify",
]


@dataclass(frozen=True, slots=True)
class SetRow:
    """One change set: who, on behalf of whom, when (UTC), what, why, by whose order, how many changes, its code."""

    id: int
    at: dt.datetime
    actor: str
    on_behalf_of: str | None
    use_case: str
    label: str
    reason: str | None
    authorised_by: str | None
    undoes_id: int | None
    undone_by_id: int | None
    changes: int
    code: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row's change; `before` and `after` are None where they do not apply or were erased."""

    table: str
    row_id: int
    operation: Operation
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    erased: bool


_SETS = (
    "SELECT s.id, s.at, s.actor, s.on_behalf_of, s.use_case, s.label, s.reason, a.authorised_by, s.undoes_id, "
    "(SELECT max(u.id) FROM change_set u WHERE u.undoes_id = s.id), s.changes, s.hash "
    "FROM change_set s LEFT JOIN authorisation a ON a.id = s.authorisation_id "
)


def newest_sets(connection: Connection, limit: int = 50) -> tuple[SetRow, ...]:
    """The newest change sets, newest first."""
    rows = connection.exec_driver_sql(_SETS + "ORDER BY s.id DESC LIMIT ?", (limit,))
    return tuple(_set_row(row) for row in rows)


def show(connection: Connection, set_id: int) -> SetRow:
    """One change set; UserError where the file has none of this number."""
    row = connection.exec_driver_sql(_SETS + "WHERE s.id = ?", (set_id,)).first()
    if row is None:
        raise UserError(N_("There is no change set {set} in this file. “journal show” lists the newest."), set=set_id)
    return _set_row(row)


def changes_of(connection: Connection, set_id: int) -> tuple[ChangeRow, ...]:
    """The changes of a set in the order in which they were made."""
    rows = connection.exec_driver_sql(
        "SELECT table_name, row_id, operation, before, after, salt IS NULL FROM change WHERE change_set_id = ? "
        "ORDER BY id",
        (set_id,),
    )
    return tuple(
        ChangeRow(table, row_id, Operation(operation), _payload(before), _payload(after), bool(erased))
        for table, row_id, operation, before, after, erased in rows
    )


def touched_since(db: Database, set_id: int) -> tuple[int, frozenset[str]]:
    """The newest change set's number, and the tables that sets after `set_id` touched; below 0 none are looked for."""
    with db.read() as connection:
        newest = int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM change_set").scalar_one())
        if set_id < 0 or newest == set_id:
            return newest, frozenset()
        tables = connection.exec_driver_sql("SELECT DISTINCT table_name FROM change WHERE change_set_id > ?", (set_id,))
        return newest, frozenset(str(table) for (table,) in tables)


def anchor_in_file(path: Path, uid: str) -> Anchor:
    """The head of another copy of the file `uid`, as an anchor; FileProblem where it is a copy of another file."""
    check_header(path)
    with told(path):
        raw = connect_to_read(path)
        try:
            row = raw.execute("SELECT uid FROM file_info").fetchone()
            found = raw_head(raw)
        finally:
            raw.close()
    if row is None or found is None or row[0] != uid:
        raise FileProblem(N_("{file} is not a copy of this file; choose an older or newer copy of it."), file=path)
    return Anchor(found.set_id, found.hash)


def _set_row(row: Any) -> SetRow:
    identity, at, *others, stored = row
    moment = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    values: tuple[Any, ...] = (identity, moment, *others, Head(identity, stored).code)
    return SetRow(*values)


def _payload(text: str | None) -> Mapping[str, Any] | None:
    return None if text is None else json.loads(text)
