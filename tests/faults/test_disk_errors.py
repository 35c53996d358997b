"""Full disks, I/O errors, disks and folders that refuse: told in a sentence, nothing lost, and it works again after."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.children import TOLD, Nursery, count_calls
from tests.faults.conftest import Fresh
from tests.faults.machine import EVERYTHING
from tests.faults.scenarios import SCENARIOS

POINTS = 12 if EVERYTHING else 2
DEAR = () if EVERYTHING else ("build", "restore")
"""Scenarios of a second or more each time: the short form fails one call in the middle of each kind."""

ERRORS = (
    ("pwrite64", "ENOSPC"),
    ("pwrite64", "EIO"),
    ("write", "ENOSPC"),
    ("fsync", "EIO"),
    ("ftruncate", "EIO"),
    ("rename", "EIO"),
    ("link", "EIO"),
    ("unlink", "EIO"),
    ("pread64", "EIO"),
)
"""The call that fails and how. Papers are written with write, databases with pwrite64."""

pytestmark = pytest.mark.timeout(3600 if EVERYTHING else 240)

Tell = Callable[[str, object], None]


@pytest.mark.needs("strace")
@pytest.mark.parametrize("for_ever", [False, True], ids=["once", "for ever"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_an_error_of_the_disk_is_told_and_loses_nothing(
    name: str, for_ever: bool, nursery: Nursery, fresh: Fresh, workshop: Path, record_property: Tell
) -> None:
    faults, told = 0, 0
    counts = count_calls(nursery, name, fresh(name), workshop / "calls.log", sorted({call for call, _ in ERRORS}))
    for call, error in ERRORS:
        for number in _spread(counts[call], 1 if name in DEAR else POINTS):
            folder = fresh(name)
            when = f"{number}+" if for_ever else str(number)
            words = ["-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"]
            ended = nursery.run(name, folder, words)
            what = f"{call} {error} {when}: {ended}"
            assert ended.status in ((0, TOLD) if for_ever else (0,)), what
            assert "Traceback" not in ended.said, what
            SCENARIOS[name].check(folder, ended.acknowledged)
            faults += 1
            told += "TOLD" in ended.said
    record_property("faults", ["disk error", f"{name}, {'for ever' if for_ever else 'once'}", faults, 0, 0])
    assert told > 0, "no error was ever told"


def _spread(count: int, points: int) -> list[int]:
    """Up to so many numbers from 1 to `count`, at equal distances; a single one is that of the middle."""
    if points == 1:
        return [(count + 1) // 2] if count else []
    return sorted({1 + (count - 1) * step // (points - 1) for step in range(points)}) if count else []
