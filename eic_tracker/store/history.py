"""Whether every row is what its journal gives: both are read in the order of keys and compared as they pass."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from eic_tracker.domain.codes import Operation
from eic_tracker.i18n import N_
from eic_tracker.store.rows import TableBinding, as_json, binding, table_models

_JOURNAL = frozenset({"change_set", "change"})

_PAST_THE_PROGRAM = N_(
    "{table} row {row} stands in the file without an entry in the journal: it was put in past the program."
)
_MISSING = N_(
    "{table} row {row} is missing, though change set {set} ({use_case}), the last that touched it, leaves it standing."
)
_NOT_DELETED = N_("{table} row {row} stands in the file, though change set {set} ({use_case}) deleted it.")
_DIFFERS = N_(
    "{table} row {row} was changed past the program ({columns}): it is not what change set {set} ({use_case}), "
    "the last that touched it, left."
)
_CONTRADICTS = N_("Change set {set} ({use_case}): the entry of {table} row {row} contradicts the entries before it.")
_ERASED = N_(
    "The history of {table} row {row} was erased though the row still stands (change set {set}, {use_case}): "
    "nothing shows any more that it is as it was written."
)
_UNKNOWN_TABLE = N_("Change set {set} ({use_case}) names a table {table} that this program does not know.")


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that its journal does not give: the sentence, where, and the last change set that touched the row."""

    message: str
    table: str
    row_id: int
    set_id: int | None = None
    columns: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[bool, int]:
        """Differences of early change sets come first, rows without any journal last."""
        return (self.set_id is None, self.set_id or 0)


@dataclass(slots=True)
class _State:
    """What the journal says of one row so far."""

    stands: bool = False
    whole: bool = True
    columns: dict[str, Any] = field(default_factory=dict)
    only: str | None = None
    set_id: int = 0


def journalled_tables() -> dict[str, TableBinding]:
    """The tables whose every row has a journal: all but the journal's own."""
    return {name: binding(model) for name, model in sorted(table_models().items()) if name not in _JOURNAL}


def find_row_that_differs(raw: Any) -> Difference | None:
    """The difference of the earliest change set over all tables; None where every row is what its journal gives."""
    first = _unknown_table(raw)
    for table in journalled_tables().values():
        for found in _differences(raw, table):
            if first is None or found.order < first.order:
                first = found
    return first


def _unknown_table(raw: Any) -> Difference | None:
    known = journalled_tables()
    for (name,) in raw.execute("SELECT DISTINCT table_name FROM change ORDER BY table_name").fetchall():
        if name not in known:
            row_id, set_id = raw.execute(
                "SELECT row_id, change_set_id FROM change WHERE table_name = ? ORDER BY id LIMIT 1", (name,)
            ).fetchone()
            return Difference(_UNKNOWN_TABLE, str(name), row_id, set_id)
    return None


def _differences(raw: Any, table: TableBinding) -> Iterator[Difference]:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    rows = iter(raw.execute(f'SELECT {names} FROM "{table.name}" ORDER BY id'))
    entries = raw.execute(
        "SELECT row_id, operation, before, after, salt IS NULL, change_set_id FROM change "
        "WHERE table_name = ? ORDER BY row_id, id",
        (table.name,),
    )
    row = next(rows, None)
    for row_id, changes in groupby(entries, key=itemgetter(0)):
        while row is not None and row[0] < row_id:
            yield Difference(_PAST_THE_PROGRAM, table.name, row[0])
            row = next(rows, None)
        here = row if row is not None and row[0] == row_id else None
        found = _compare(table, row_id, changes, here)
        if found is not None:
            yield found
        if here is not None:
            row = next(rows, None)
    while row is not None:
        yield Difference(_PAST_THE_PROGRAM, table.name, row[0])
        row = next(rows, None)


def _fold(state: _State, change: tuple[Any, ...]) -> bool:
    """Apply one entry to what is known of its row; False where it cannot have followed the entries before it."""
    row_id, operation, before, after, erased, set_id = change
    state.set_id = set_id
    if state.stands == (operation == Operation.INSERT):
        return False
    state.stands = operation != Operation.DELETE
    if erased:
        state.columns, state.only, state.whole = {"id": row_id}, None, False
        return True
    if operation == Operation.INSERT:
        # Most rows have this one entry: its text is compared as it is.
        state.columns, state.only, state.whole = {}, after, True
        return True
    _unpack(state)
    fits = _holds(state, before)
    if operation == Operation.UPDATE:
        state.columns |= json.loads(after)
    return fits


def _unpack(state: _State) -> None:
    if state.only is not None:
        state.columns, state.only = json.loads(state.only), None


def _holds(state: _State, before: str) -> bool:
    said = json.loads(before)
    return all(
        state.columns[name] == value if name in state.columns else value is None or not state.whole
        for name, value in said.items()
    )


def _compare(
    table: TableBinding, row_id: int, changes: Iterable[tuple[Any, ...]], row: tuple[Any, ...] | None
) -> Difference | None:
    state = _State()
    try:
        if not all(_fold(state, change) for change in changes):
            return Difference(_CONTRADICTS, table.name, row_id, state.set_id)
        return _compare_state(table, row_id, state, row)
    except (ValueError, TypeError, AttributeError):
        # The entry's digest is right and yet it is no payload: it was forged with its digest.
        return Difference(_CONTRADICTS, table.name, row_id, state.set_id)


def _compare_state(table: TableBinding, row_id: int, state: _State, row: tuple[Any, ...] | None) -> Difference | None:
    if row is None:
        return Difference(_MISSING, table.name, row_id, state.set_id) if state.stands else None
    if not state.stands:
        return Difference(_NOT_DELETED, table.name, row_id, state.set_id)
    payload = table.payload(row)
    if state.only is not None and _text(payload) == state.only:
        return None
    _unpack(state)
    if not state.whole and not table.names <= state.columns.keys():
        return Difference(_ERASED, table.name, row_id, state.set_id)
    differing = tuple(
        column.name for column in table.columns if payload.get(column.name) != state.columns.get(column.name)
    )
    return Difference(_DIFFERS, table.name, row_id, state.set_id, differing) if differing else None


def _text(payload: dict[str, Any]) -> str | None:
    try:
        return as_json(payload)
    except TypeError:
        # Bytes where text belongs: the columns are compared one by one.
        return None
