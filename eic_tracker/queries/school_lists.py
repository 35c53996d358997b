"""Reads the lists that a school keeps by itself: items with their other spellings, and what uses an item."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping

from eic_tracker.domain.names import fold, sort_key
from eic_tracker.domain.school_lists import LISTS, FieldKind, FieldSpec, ListKind, ListSpec
from eic_tracker.store.history import journalled_tables

ALIASES = {ListKind.INSTITUTION: "institution_alias", ListKind.UNIT: "unit_alias", ListKind.RANK: "rank_alias"}
"""The tables of other spellings; their reference is the list's name with `_id`."""

_NAMED_BY_CODE = {
    ListKind.FORCE: (("published_figure", "instructor_force"), ("historical_total", "instructor_force")),
    ListKind.DEPARTMENT: (("published_figure", "departments"), ("historical_total", "departments")),
    ListKind.MUNICIPALITY: (("published_figure", "municipalities"), ("historical_total", "municipalities")),
}
"""Columns that name items by code instead of key; several codes are joined by `;`."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """An item: `values` by field as a draft takes them, `named` the names of the items that it refers to."""

    kind: ListKind
    id: int
    code: str
    name: str
    values: Mapping[str, object]
    named: Mapping[str, str]
    ended: bool

    @property
    def ended_on(self) -> dt.date | None:
        """Its last day, past or still to come."""
        value = self.values.get("valid_to")
        return value if isinstance(value, dt.date) else None


@dataclass(frozen=True, slots=True)
class Use:
    """How many rows of a table name an item."""

    table: str
    rows: int


def read_list(connection: Connection, kind: ListKind, today: dt.date) -> tuple[ListRow, ...]:
    """All items of a list, ended ones too: ranks from the lowest, departments and municipalities by code, by name."""
    spec = LISTS[kind]
    columns = [field.name for field in spec.fields if field.kind is not FieldKind.NAMES]
    listed = ", ".join(dict.fromkeys(["id", "code", *columns]))
    where = "WHERE NOT is_load" if kind is ListKind.PROGRAMME else ""
    aliases = _aliases(connection, kind)
    names = {field.name: _names(connection, field.refers_to) for field in spec.fields if field.refers_to is not None}
    rows = []
    for found in connection.exec_driver_sql(f"SELECT {listed} FROM {kind.value} {where}").mappings():
        values = {
            field.name: aliases.get(found["id"], ()) if field.kind is FieldKind.NAMES else _value(field, found)
            for field in spec.fields
        }
        named = {name: known[key] for name, known in names.items() if (key := found[name]) is not None}
        last = values.get("valid_to")
        ended = isinstance(last, dt.date) and last < today
        rows.append(ListRow(kind, found["id"], found["code"], found["name"], values, named, ended))
    return tuple(sorted(rows, key=lambda row: _order(spec, row)))


def _order(spec: ListSpec, row: ListRow) -> tuple[object, ...]:
    if spec.official:
        return (row.code,)
    if spec.kind is ListKind.RANK:
        return (row.values["position"], sort_key(row.name))
    first = row.named.get(spec.unique_within or "", str(row.values.get(spec.unique_within or "", "")))
    return (sort_key(first), sort_key(row.name), row.id)


def _value(field: FieldSpec, found: RowMapping) -> object:
    value = found[field.name]
    if field.kind is FieldKind.DATE:
        return None if value is None else dt.date.fromisoformat(str(value))
    return bool(value) if field.kind is FieldKind.BOOL else value


def _aliases(connection: Connection, kind: ListKind) -> dict[int, tuple[str, ...]]:
    if kind not in ALIASES:
        return {}
    texts = defaultdict(list)
    for item, text in connection.exec_driver_sql(f"SELECT {kind.value}_id, text FROM {ALIASES[kind]}"):
        texts[item].append(text)
    return {item: tuple(sorted(found, key=fold)) for item, found in texts.items()}


def _names(connection: Connection, kind: ListKind) -> dict[int, str]:
    rows = connection.exec_driver_sql(f"SELECT id, name FROM {kind.value}")
    return {row.id: row.name for row in rows}


def found_by(row: ListRow, text: str) -> bool:
    """Whether every word of the text stands in the item: its name, code, other spellings, what it belongs to."""
    aliases = row.values.get("aliases", ())
    assert isinstance(aliases, tuple)
    held = fold(" ".join((row.name, row.code, *aliases, *row.named.values())))
    return all(word in held for word in fold(text).split())


def uses_of(connection: Connection, kind: ListKind, item: int) -> tuple[Use, ...]:
    """The tables whose rows name an item, with how many; its own other spellings are not a use."""
    found: dict[str, int] = defaultdict(int)
    for table, column in _references(kind):
        found[table] += connection.exec_driver_sql(
            f'SELECT count(*) FROM "{table}" WHERE "{column}" = ?', (item,)
        ).scalar_one()
    if kind in _NAMED_BY_CODE:
        code = connection.exec_driver_sql(f"SELECT code FROM {kind.value} WHERE id = ?", (item,)).scalar_one()
        for table, column in _NAMED_BY_CODE[kind]:
            found[table] += connection.exec_driver_sql(
                f"SELECT count(*) FROM {table} WHERE ';' || {column} || ';' LIKE '%;' || ? || ';%'", (code,)
            ).scalar_one()
    return tuple(Use(table, rows) for table, rows in sorted(found.items()) if rows)


def _references(kind: ListKind) -> Iterator[tuple[str, str]]:
    for binding in journalled_tables().values():
        for key in binding.table.foreign_keys:
            if key.column.table.name == kind.value and binding.name != ALIASES.get(kind):
                yield binding.name, key.parent.name


def last_actor(connection: Connection, table: str, rows: Collection[int]) -> tuple[int, str]:
    """The newest entry that touched one of the rows, and the login of whoever made it; (0, "?") where none did."""
    marks = ", ".join("?" for _ in rows) or "NULL"
    found = connection.exec_driver_sql(
        "SELECT s.id, s.actor FROM change c JOIN change_set s ON s.id = c.change_set_id "
        f"WHERE c.table_name = ? AND c.row_id IN ({marks}) ORDER BY s.id DESC LIMIT 1",
        (table, *rows),
    ).first()
    return (found.id, found.actor) if found else (0, "?")


def last_keeper(connection: Connection, kind: ListKind, item: int) -> str:
    """The login of whoever changed an item, or one of its other spellings, last."""
    newest = [last_actor(connection, kind.value, [item])]
    if kind in ALIASES:
        spellings = [
            row_id
            for row_id, after in connection.exec_driver_sql(
                "SELECT row_id, after FROM change WHERE table_name = ? AND operation = 'insert'", (ALIASES[kind],)
            )
            if after is not None and json.loads(after)[f"{kind.value}_id"] == item
        ]
        newest.append(last_actor(connection, ALIASES[kind], spellings))
    return max(newest)[1]
