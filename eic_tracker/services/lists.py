"""The lists that a school keeps by itself: read, added to, changed, ended, opened again; every write can be undone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from eic_tracker.clock import local_date
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused, changes_between
from eic_tracker.domain.list_rules import item_problems, make_code, tidied
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.school_lists import LISTS, FieldKind, ListDraft, ListKind, ListSpec
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.school_lists import ALIASES, ListRow, Use, found_by, last_keeper, read_list, uses_of
from eic_tracker.services.list_checks import check_against_file
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.rows import table_models
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item with the rows that name it; an item that nothing names may be deleted, any other only ends."""

    row: ListRow
    uses: tuple[Use, ...]


def list_rows_of(
    db: Database, acting: ActingUser, kind: ListKind, text: str = "", with_ended: bool = False
) -> tuple[ListRow, ...]:
    """The items of a list that hold every word of `text`, in the list's order; everybody may read lists."""
    require(acting, Action.READ_FIGURES)
    with db.read() as connection:
        rows = read_list(connection, kind, local_date(db.clock()))
    return tuple(row for row in rows if (with_ended or not row.ended) and found_by(row, text))


def list_item(db: Database, acting: ActingUser, kind: ListKind, item: int) -> ListItem:
    """One item and what uses it; UserError where it is gone."""
    require(acting, Action.READ_FIGURES)
    with db.read() as connection:
        row = _find(read_list(connection, kind, local_date(db.clock())), item)
        return ListItem(row, uses_of(connection, kind, item))


def save_item(db: Database, acting: ActingUser, draft: ListDraft) -> int:
    """Add an item or change one; its key.

    DraftRefused with all problems, ChangedMeanwhile where somebody else changed it since the form was opened."""
    _require(acting, LISTS[draft.kind])
    with db.write(Entry(actor(acting), "save_list_item", "")) as tx:
        return save_item_within(tx, draft)


def save_item_within(tx: Tx, draft: ListDraft) -> int:
    """As `save_item`, within a transaction that does more and whose caller asked for the right."""
    spec = LISTS[draft.kind]
    values = tidied(spec, draft.values)
    problems = item_problems(spec, values)
    today = local_date(tx.at)
    rows = read_list(tx.connection, draft.kind, today)
    present = None if draft.id is None else _find(rows, draft.id)
    if present is not None:
        _check_unchanged(tx.connection, spec, draft, present)
    elif not spec.may_add:
        raise UserError(N_("Nothing is added to this list here; what is in it can be renamed and ended."))
    problems += check_against_file(tx.connection, spec, present, values, rows, today)
    if problems:
        places = list(values)
        raise DraftRefused(sorted(problems, key=lambda problem: places.index(problem.field)))
    return _write(tx, spec, present, values)


def end_item(db: Database, acting: ActingUser, kind: ListKind, item: int, on: dt.date) -> None:
    """End an item after a day: nothing new uses it, what used it keeps it."""
    _set_end(db, acting, kind, item, on, "end_list_item")


def reopen_item(db: Database, acting: ActingUser, kind: ListKind, item: int) -> None:
    """Take an item's end back."""
    _set_end(db, acting, kind, item, None, "reopen_list_item")


def delete_item(db: Database, acting: ActingUser, kind: ListKind, item: int) -> None:
    """Delete an item that nothing uses; Refused, with what uses it, otherwise."""
    spec = LISTS[kind]
    _require(acting, spec)
    with db.write(Entry(actor(acting), "delete_list_item", "")) as tx:
        row = _find(read_list(tx.connection, kind, local_date(tx.at)), item)
        _label(tx, kind, row.code)
        if uses := uses_of(tx.connection, kind, item):
            raise Refused(
                N_(
                    "“{name}” is in use ({count} rows name it), so it stays; end it instead, and nothing new will "
                    "use it."
                ),
                name=row.name,
                count=sum(use.rows for use in uses),
            )
        if kind in ALIASES:
            _write_aliases(tx, kind, item, ())
        tx.delete(_model(kind.value), [item])


def _require(acting: ActingUser, spec: ListSpec) -> None:
    require(acting, Action.EDIT_LISTS)
    if spec.official:
        require(acting, Action.ADMINISTER)


def _set_end(db: Database, acting: ActingUser, kind: ListKind, item: int, on: dt.date | None, use_case: str) -> None:
    spec = LISTS[kind]
    _require(acting, spec)
    with db.write(Entry(actor(acting), use_case, "")) as tx:
        row = _find(read_list(tx.connection, kind, local_date(tx.at)), item)
        values = {**row.values, "valid_to": on}
        if problems := [problem for problem in item_problems(spec, values) if problem.field == "valid_to"]:
            raise DraftRefused(problems)
        _label(tx, kind, row.code)
        tx.update(_model(kind.value), {item: {"valid_to": on}})


def _find(rows: tuple[ListRow, ...], item: int) -> ListRow:
    for row in rows:
        if row.id == item:
            return row
    raise UserError(N_("This item is no longer in the list; somebody deleted it, or its entry was undone."))


def _check_unchanged(connection: Connection, spec: ListSpec, draft: ListDraft, present: ListRow) -> None:
    if draft.original is None:
        raise ValueError("a draft of an item that exists carries the values that it started from")
    if changes := changes_between(draft.original, present.values, spec.labels):
        raise ChangedMeanwhile(present.name, last_keeper(connection, spec.kind, present.id), changes)


def _write(tx: Tx, spec: ListSpec, present: ListRow | None, values: Mapping[str, object]) -> int:
    columns: dict[str, Any] = {
        field.name: values[field.name] for field in spec.fields if field.kind is not FieldKind.NAMES
    }
    model = _model(spec.kind.value)
    if present is None:
        code = columns.get("code") or _new_code(tx.connection, spec, values)
        _label(tx, spec.kind, code)
        (item,) = tx.insert(model, [{**columns, "code": code}])
    else:
        item = present.id
        _label(tx, spec.kind, present.code)
        tx.update(model, {item: columns})
    if spec.kind in ALIASES:
        names = values["aliases"]
        assert isinstance(names, tuple)
        _write_aliases(tx, spec.kind, item, names)
    return item


def _new_code(connection: Connection, spec: ListSpec, values: Mapping[str, object]) -> str:
    """A code that no item has or ever had: journals and papers of the past name items by code."""
    inserted = connection.exec_driver_sql(
        "SELECT after FROM change WHERE table_name = ? AND operation = 'insert' AND after IS NOT NULL",
        (spec.kind.value,),
    )
    ever = [json.loads(after)["code"] for (after,) in inserted]
    now = [code for (code,) in connection.exec_driver_sql(f"SELECT code FROM {spec.kind.value}")]
    taken = {fold(code) for code in (*ever, *now)}
    prefix = f"{values['applies_to']} " if spec.kind is ListKind.REASON else ""
    return make_code(f"{prefix}{values['name']}", taken, small=spec.small_codes)


def _write_aliases(tx: Tx, kind: ListKind, item: int, names: tuple[str, ...]) -> None:
    model, reference = _model(ALIASES[kind]), f"{kind.value}_id"
    present = {
        row.match_key: row
        for row in tx.connection.exec_driver_sql(
            f"SELECT id, match_key, text FROM {ALIASES[kind]} WHERE {reference} = ?", (item,)
        )
    }
    wanted = {fold(name): name for name in names}
    tx.delete(model, [row.id for key, row in present.items() if key not in wanted])
    tx.update(model, {row.id: {"text": wanted[key]} for key, row in present.items() if key in wanted})
    tx.insert(
        model,
        [{"match_key": key, "text": name, reference: item} for key, name in wanted.items() if key not in present],
    )


def _label(tx: Tx, kind: ListKind, code: str) -> None:
    """The journal's label is known once the item is: its list and code, never its name."""
    tx.entry = replace(tx.entry, label=f"{kind.value} {code}")


def _model(table: str) -> type[SQLModel]:
    return table_models()[table]
