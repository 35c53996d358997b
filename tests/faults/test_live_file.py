"""The live file is opened by SQLite alone: one close() by anybody else in the process would drop SQLite's locks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.children import Nursery
from tests.faults.conftest import Fresh

BY_SQLITE = "O_NOFOLLOW"
"""SQLite opens files so, Python never does."""


@pytest.mark.needs("strace")
@pytest.mark.parametrize("name", ["write", "import", "migrate", "backup", "restore"])
def test_the_live_file_is_opened_by_sqlite_alone(name: str, nursery: Nursery, fresh: Fresh, workshop: Path) -> None:
    folder, log = fresh(name), workshop / "opened.log"
    ended = nursery.run(name, folder, ["-o", str(log), "-e", "trace=openat"])
    assert ended.status == 0, ended.said
    live = tuple(f'"{folder / "school.eic"}{suffix}"' for suffix in ("", "-wal", "-shm"))
    opened = [line for line in log.read_text(encoding="utf-8").splitlines() if any(quoted in line for quoted in live)]
    assert len(opened) >= 2
    assert [line for line in opened if BY_SQLITE not in line] == []
