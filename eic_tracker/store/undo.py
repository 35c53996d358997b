"""Named undo: a change set is taken back by a set of its own, or refused with the list of what stands in the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row
from sqlalchemy.exc import IntegrityError

from eic_tracker.domain.codes import Operation
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.store.history import journalled_tables
from eic_tracker.store.rows import TableBinding, table_models
from eic_tracker.store.transaction import Actor, Entry, Tx

if TYPE_CHECKING:
    from eic_tracker.store.database import Database

NEVER_UNDONE = frozenset(
    {
        "attach_summary_sheet",
        "black_out_summary_sheet",
        "purge_summary_sheet",
        "forget_pupil_name",
        "keep_pupil_names",
        "purge_due_names",
        "purge_pupil_names",
        "start_keeping_names",
        "stop_keeping_names",
        "make_file",
        "import_reference_lists",
        "correct_enrolment",
        "close_offering",
        "reopen_offering",
        "replace_photo",
        "remove_photo",
        "restore",
    }
)
"""Use-cases that are not undone: they have an inverse of their own, or are what the file stands on."""

NEVER_UNDONE_TABLES = frozenset(
    {
        "file_info",
        "user",
        "export",
        "act",
        "certificate",
        "certificate_series",
        "certificate_sheet",
        "folio",
        "register_book",
        "register_entry",
        "revocation",
        "signing_key",
        "audit_sample",
        "closed_quarter",
        "quarter_figure",
        "quarter_cell",
        "quarter_paper",
        "restatement",
    }
)
"""Tables of numbers, certificates, keys, quarters, draws, sign-ins, exports: a set that touched one stays for ever."""

KEPT_TABLES = frozenset({"source_document", "authorisation", "attachment"})
"""Papers that came in stay on file when the set that brought them is undone; what was said of them is taken back."""

_SHOWN = 5
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Step:
    """One change of the set that is taken back."""

    table: TableBinding
    row_id: int
    operation: str
    before: str | None
    after: str | None


def undo(
    db: Database,
    set_id: int,
    actor: Actor,
    reason: str | None,
    check: Callable[[Connection], None] = lambda _connection: None,
    *,
    leaving: frozenset[str] = frozenset(),
    finish: Callable[[Tx], None] = lambda _tx: None,
) -> int:
    """Take a change set back as a new set, whose number is returned; Refused, with the list, where that cannot be.

    `check` asks the rules of its caller within the same transaction; what it raises leaves everything as it was.
    An inverse that has rules of its own leaves what the set did in tables `leaving`, and writes more in `finish`."""
    entry = Entry(actor, "undo", f"change set {set_id}", reason=reason, undoes_id=set_id)
    try:
        with db.write(entry) as tx:
            _check_set(tx.connection, set_id, leaving)
            check(tx.connection)
            steps = _steps(tx.connection, set_id, leaving)
            _check_untouched(tx.connection, set_id, steps)
            _check_unreferenced(tx.connection, set_id, steps)
            for (table, operation), group in groupby(reversed(steps), key=lambda step: (step.table, step.operation)):
                _take_back(tx, table, operation, list(group))
            finish(tx)
            return tx.set_id
    except IntegrityError as error:
        raise Refused(
            N_(
                "Change set {set} was not undone: what it deleted or changed no longer fits the rows of today. "
                "Undo the later sets first."
            ),
            set=set_id,
        ) from error


def may_be_undone(connection: Connection, set_id: int) -> bool:
    """Whether a change set is of a kind that is ever undone; later work may still stand in the way."""
    try:
        _check_set(connection, set_id)
    except Refused:
        return False
    return True


def _check_set(connection: Connection, set_id: int, leaving: frozenset[str] = frozenset()) -> None:
    row = connection.exec_driver_sql("SELECT use_case FROM change_set WHERE id = ?", (set_id,)).first()
    if row is None:
        raise UserError(N_("There is no change set {set} in this file. “journal show” lists the newest."), set=set_id)
    changes = connection.exec_driver_sql(
        "SELECT DISTINCT table_name, operation FROM change WHERE change_set_id = ?", (set_id,)
    ).all()
    touched = {name for name, _ in changes}
    barred = sorted(touched & NEVER_UNDONE_TABLES - leaving)
    if row.use_case in NEVER_UNDONE or barred:
        raise Refused(
            N_(
                "Change set {set} ({use_case}) is never undone: what numbers, certificates, quarters, accounts and "
                "corrections did is set right by another entry, not taken away. It touched: {tables}."
            ),
            set=set_id,
            use_case=row.use_case,
            tables=", ".join(barred or sorted(touched)) or "-",
        )
    if all(_stays(name, operation) for name, operation in changes):
        raise Refused(
            N_("Change set {set} ({use_case}) has nothing to undo: the papers that it filed stay on file."),
            set=set_id,
            use_case=row.use_case,
        )


def _stays(table: str, operation: str) -> bool:
    """Whether a change brought a paper, which is not taken out of the file again."""
    return table in KEPT_TABLES and operation == Operation.INSERT


def _steps(connection: Connection, set_id: int, leaving: frozenset[str]) -> list[_Step]:
    known = journalled_tables()
    steps = []
    for row in connection.exec_driver_sql(
        "SELECT table_name, row_id, operation, before, after, salt FROM change WHERE change_set_id = ? ORDER BY id",
        (set_id,),
    ):
        table, row_id, operation, before, after, salt = row
        if table in leaving or _stays(table, operation):
            continue
        if salt is None:
            raise Refused(
                N_("Change set {set} cannot be undone: the values of {table} row {row} were erased from the journal."),
                set=set_id,
                table=table,
                row=row_id,
            )
        if operation != Operation.INSERT:
            _check_restorable(set_id, known[table], row_id, before)
        steps.append(_Step(known[table], row_id, operation, before, after))
    return steps


def _check_restorable(set_id: int, table: TableBinding, row_id: int, before: str) -> None:
    """The journal keeps only digests of bytes and secrets: what it does not hold cannot come back."""
    said = json.loads(before)
    for column in table.columns:
        if column.digest_only and said.get(column.name) is not None:
            raise Refused(
                N_(
                    "Change set {set} cannot be undone: of {table} row {row} the journal keeps only a fingerprint "
                    "of {column}."
                ),
                set=set_id,
                table=table.name,
                row=row_id,
                column=column.name,
            )


def _check_untouched(connection: Connection, set_id: int, steps: Sequence[_Step]) -> None:
    """Refuse when a later set touched one of the rows; one that was undone itself left them as they were."""
    later: dict[int, set[str]] = {}
    cancelled = _cancelled_since(connection, set_id)
    for table, keys in _rows_by_table(steps):
        for chunk in _chunks(keys):
            for found, row_id in connection.exec_driver_sql(
                f"SELECT change_set_id, row_id FROM change WHERE table_name = ? AND change_set_id > ? "
                f"AND row_id IN ({_marks(chunk)}) ORDER BY change_set_id, id",
                (table.name, set_id, *chunk),
            ):
                if found not in cancelled:
                    later.setdefault(found, set()).add(f"{table.name} {row_id}")
    if later:
        raise _refused_for(connection, set_id, later)


def _cancelled_since(connection: Connection, set_id: int) -> frozenset[int]:
    """The later sets that changed nothing together: done and undone, or undone and done again."""
    undoes = {
        row[0]: row[1]
        for row in connection.exec_driver_sql("SELECT id, undoes_id FROM change_set WHERE undoes_id IS NOT NULL")
    }
    chains: dict[int, list[int]] = {}
    for later in undoes:
        begins = later
        while begins in undoes:
            begins = undoes[begins]
        chains.setdefault(begins, [begins]).append(later)
    cancelled: set[int] = set()
    for chain in chains.values():
        since = [each for each in chain if each > set_id]
        if set_id not in chain and len(since) % 2 == 0:
            cancelled.update(since)
    return frozenset(cancelled)


def _check_unreferenced(connection: Connection, set_id: int, steps: Sequence[_Step]) -> None:
    """Refuse when rows that the set inserted are named by rows of other sets."""
    inserted = [step for step in steps if step.operation == Operation.INSERT]
    # What the set itself changed so that it names them is taken back before they go.
    own = {(step.table.name, step.row_id) for step in steps}
    later: dict[int, set[str]] = {}
    for table, keys in _rows_by_table(inserted):
        for other, column in _references_to(table.name):
            for chunk in _chunks(keys):
                for (row_id,) in connection.exec_driver_sql(
                    f'SELECT id FROM "{other}" WHERE "{column}" IN ({_marks(chunk)})', chunk
                ):
                    if (other, row_id) not in own:
                        later.setdefault(_last_set_of(connection, other, row_id), set()).add(f"{other} {row_id}")
    if later:
        raise _refused_for(connection, set_id, later)


def _last_set_of(connection: Connection, table: str, row_id: int) -> int:
    return int(
        connection.exec_driver_sql(
            "SELECT coalesce(max(change_set_id), 0) FROM change WHERE table_name = ? AND row_id = ?", (table, row_id)
        ).scalar_one()
    )


def _references_to(table: str) -> Iterator[tuple[str, str]]:
    for other in journalled_tables().values():
        for key in other.table.foreign_keys:
            if key.column.table.name == table:
                yield other.name, key.parent.name


def _refused_for(connection: Connection, set_id: int, later: dict[int, set[str]]) -> Refused:
    lines = []
    for found in sorted(later)[:_SHOWN]:
        row: Row[Any] | None = connection.exec_driver_sql(
            "SELECT use_case, label FROM change_set WHERE id = ?", (found,)
        ).first()
        said = f"{row.use_case} {row.label}" if row else "?"
        rows = sorted(later[found])
        lines.append(f"{found} ({said}: {', '.join(rows[:_SHOWN])}{' …' if len(rows) > _SHOWN else ''})")
    return Refused(
        N_("Change set {set} was not undone: later change sets stand on its rows ({count}). Undo them first: {list}."),
        set=set_id,
        count=len(later),
        list="; ".join(lines) + ("; …" if len(later) > _SHOWN else ""),
    )


def _take_back(tx: Tx, table: TableBinding, operation: str, steps: Sequence[_Step]) -> None:
    if operation == Operation.INSERT:
        tx.delete(table_models()[table.name], [step.row_id for step in steps])
    elif operation == Operation.DELETE:
        rows = [json.loads(step.before or "{}") for step in steps]
        tx.insert_bound(table, [tuple(row.get(column.name) for column in table.columns) for row in rows])
    else:
        # One row may have been changed several times in the set: each change is taken back on its own.
        for step in steps:
            tx.update_bound(table, {step.row_id: json.loads(step.before or "{}")})


def _rows_by_table(steps: Iterable[_Step]) -> Iterator[tuple[TableBinding, list[int]]]:
    rows: dict[str, dict[int, None]] = {}
    bindings: dict[str, TableBinding] = {}
    for step in steps:
        bindings[step.table.name] = step.table
        rows.setdefault(step.table.name, {})[step.row_id] = None
    for name, keys in rows.items():
        yield bindings[name], list(keys)


def _chunks(keys: list[int]) -> Iterator[tuple[int, ...]]:
    for start in range(0, len(keys), _CHUNK):
        yield tuple(keys[start : start + _CHUNK])


def _marks(chunk: Sequence[int]) -> str:
    return ", ".join("?" for _ in chunk)
