"""A journal entry with names for the rows that it touches and points to, so that nobody reads keys."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.domain.permissions import ActingUser, Action, Right, right
from eic_tracker.services.history import ChangedRow, EntryDetail, entry_detail
from eic_tracker.store.database import Database
from eic_tracker.store.history import journalled_tables

_NAMED_BY: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "programme",
            "institution",
            "unit",
            "rank",
            "force",
            "department",
            "municipality",
            "ground",
            "curriculum",
            "school",
            "signatory",
        ),
        "name",
    ),
    "course": "title",
    "course_module": "title",
    "offering": "code",
    "user": "login",
    "instructor": "given_names || ' ' || surnames",
    "source_document": "number",
    "certificate": "number",
    "published_figure": "key",
}
_NAMED_PEOPLE: Mapping[str, str] = {"participant": "given_names || ' ' || surnames"}
_CODED_PEOPLE: Mapping[str, str] = {"instructor": "code"}


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An entry's detail; `names` by table and row, `refers` the table to which a column points, by table and column."""

    detail: EntryDetail
    names: Mapping[tuple[str, int], str]
    refers: Mapping[tuple[str, str], str]


def named_entry(db: Database, acting: ActingUser, number: int) -> NamedEntry:
    """An entry as people read it, with the present names of what it touches; rows that are gone have none.

    People's names are for whoever may read all of them; who may read nobody has those who teach by their code.
    UserError where there is no entry that the user may see."""
    detail = entry_detail(db, acting, number)
    refers = _references({row.table for row in detail.rows})
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in detail.rows:
        wanted[row.table].add(row.row_id)
        for table, key in _pointed(row, refers):
            wanted[table].add(key)
    by = {**_NAMED_BY, **{Right.YES: _NAMED_PEOPLE, Right.NO: _CODED_PEOPLE}.get(right(acting, Action.READ_PEOPLE), {})}
    with db.read() as connection:
        names = {
            (table, key): name
            for table, keys in wanted.items()
            if table in by
            for key, name in _names(connection, table, by[table], keys).items()
        }
    return NamedEntry(detail, names, refers)


def _references(tables: set[str]) -> dict[tuple[str, str], str]:
    known = journalled_tables()
    return {
        (name, key.parent.name): key.column.table.name
        for name in tables & known.keys()
        for key in known[name].table.foreign_keys
    }


def _pointed(row: ChangedRow, refers: Mapping[tuple[str, str], str]) -> list[tuple[str, int]]:
    return [
        (refers[row.table, change.column], value)
        for change in row.columns
        if (row.table, change.column) in refers
        for value in (change.before, change.after)
        if isinstance(value, int)
    ]


def _names(connection: Connection, table: str, said: str, keys: set[int]) -> dict[int, str]:
    rows = connection.exec_driver_sql(
        f'SELECT id, {said} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))', (json.dumps(sorted(keys)),)
    )
    return {key: name for key, name in rows if name}
