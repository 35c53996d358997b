"""Reads the demonstration file that a test run made once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eic_tracker.store.database import Database

Rows = list[tuple[Any, ...]]


def rows(path: Path, query: str, parameters: Sequence[object] = ()) -> Rows:
    """The rows of a query on a file."""
    with Database(path) as database, database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query, tuple(parameters))]


def number(path: Path, query: str, parameters: Sequence[object] = ()) -> int:
    """The one number that a query gives."""
    return int(rows(path, query, parameters)[0][0])


def dump(path: Path) -> dict[str, Rows]:
    """Every row of every table but salts, keys' hashes what is computed from them and the search index, by key."""
    left_out = {
        "change": ("salt", "digest"),
        "change_set": ("previous_hash", "hash"),
        "user": ("password_hash",),
    }
    tables: dict[str, Rows] = {}
    with Database(path) as database, database.read() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' ORDER BY name"
        ).all()
        for (name,) in names:
            columns = [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")')]
            kept = [column for column in columns if column not in left_out.get(name, ())]
            chosen = ", ".join(f'"{column}"' for column in kept)
            tables[name] = [
                tuple(row) for row in connection.exec_driver_sql(f'SELECT {chosen} FROM "{name}" ORDER BY 1')
            ]
    return tables
