"""How fast a demonstration file is built, beside plain `sqlite3` inserting the same rows into the same tables."""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path

import pytest

from eic_tracker.services.demonstration import build_demonstration
from tests.bench.printing import show

LARGE = 361_390
LARGEST_FILE = 640_000_000
"""About 600 MB: 593 with the rows and their journal, the rest are the lists' and the search's indexes."""


def seconds_to_build(path: Path, people: int) -> float:
    """How long the program needs."""
    start = time.perf_counter()
    build_demonstration(path, people=people)
    return time.perf_counter() - start


def seconds_to_insert(path: Path, copy: Path) -> tuple[float, int]:
    """How long plain `sqlite3` needs for as many rows in one transaction, and how many rows there are.

    The search index is not copied: it is the program's own work on top."""
    source = sqlite3.connect(path)
    schema = source.execute(
        "SELECT sql FROM sqlite_master "
        "WHERE type IN ('table', 'index') AND sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'"
    ).fetchall()
    names = [
        row[0]
        for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%'")
    ]
    tables = {name: source.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    source.close()
    start = time.perf_counter()
    plain = sqlite3.connect(copy)
    for (statement,) in schema:
        plain.execute(statement)
    for name, rows in tables.items():
        if rows:
            plain.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
    plain.commit()
    plain.close()
    return time.perf_counter() - start, sum(map(len, tables.values()))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("people", [0, LARGE])
def test_building_takes_at_most_twelve_plain_insertions(tmp_path: Path, people: int) -> None:
    path = tmp_path / "demo.eic"
    seconds = seconds_to_build(path, people)
    plain, rows = seconds_to_insert(path, tmp_path / "plain.db")
    size = path.stat().st_size
    print(f"{rows:,} rows, {size / 1e6:.0f} MB", file=sys.__stderr__)
    what = f"demonstration file with {people:,} people more" if people else "demonstration file"
    assert show(what, seconds, "plain sqlite3 inserting the same rows", plain, at_most=12)
    assert size <= LARGEST_FILE
