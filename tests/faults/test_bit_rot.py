"""Disks that forget: damage anywhere in the file is told, or did no harm; it is never a crash, never a wrong figure."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eic_tracker.errors import FileProblem
from eic_tracker.store.copies import backup
from eic_tracker.store.database import Database
from eic_tracker.store.doctor import doctor
from eic_tracker.store.history import journalled_tables
from tests.faults.conftest import Fresh
from tests.faults.machine import EVERYTHING
from tests.store.small_file import rows

DAMAGES = 1_000 if EVERYTHING else 60

pytestmark = pytest.mark.timeout(1800 if EVERYTHING else 240)


def _damage(content: bytes, chance: random.Random) -> bytes:
    """The file with some bytes overwritten, blocks zeroed, its end cut off or its end forgotten."""
    size, where = len(content), chance.randrange(len(content))
    match chance.randrange(5):
        case 0:
            length = chance.choice((1, 2, 16, 512))
            return content[:where] + chance.randbytes(min(length, size - where)) + content[where + length :]
        case 1:
            block = where // 4096 * 4096
            return content[:block] + chance.randbytes(4096) + content[block + 4096 :]
        case 2:
            block = where // 4096 * 4096
            return content[:block] + bytes(4096) + content[block + 4096 :]
        case 3:
            return content[:where]
        case _:
            return content[:where] + bytes(size - where)


def _all_rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with Database(path) as db:
        return {name: rows(db, f'SELECT * FROM "{name}" ORDER BY id') for name in journalled_tables()}


def test_damage_is_told_or_did_no_harm(fresh: Fresh, record_property: Callable[[str, object], None]) -> None:
    folder = fresh("write")
    path = folder / "school.eic"
    content, before = path.read_bytes(), _all_rows(path)
    told = 0
    for seed in range(DAMAGES):
        path.write_bytes(_damage(content, random.Random(seed)))
        damaged = path.read_bytes()
        try:
            sound = all(check.ok for check in doctor(path) if check.code in {"integrity", "journal", "schema"})
        except FileProblem:
            sound = False
        if sound:
            assert _all_rows(path) == before, f"damage {seed} changed what is read, and nothing told it"
            continue
        told += 1
        assert path.read_bytes() == damaged, "who looks changes nothing"
        try:
            backup(path, folder / "copy.eic")
        except FileProblem:
            assert not (folder / "copy.eic").exists()
        (folder / "copy.eic").unlink(missing_ok=True)
    record_property("faults", ["bit rot", f"{told} told, the rest did no harm", DAMAGES, 0, 0])
    assert told > DAMAGES // 2
