"""Kill -9 at the very calls that write, sync and rename and at random moments."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.children import Nursery, count_calls
from tests.faults.conftest import Fresh
from tests.faults.machine import EVERYTHING
from tests.faults.scenarios import SCENARIOS

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "rename", "unlink", "ftruncate", "link")
MOST_OF_A_CALL = 100_000 if EVERYTHING else 2
BESIDE_ITS_PLACE = dict.fromkeys(("build", "migrate", "restore"), 120 if EVERYTHING else 1)
"""The most of one kind of call, evenly spread: these write one file or one transaction by hundreds of like calls.

The last call of a kind is always among them; the short form takes the first and the last of these dear ones."""
RANDOM_KILLS = 40 if EVERYTHING else 4
KILLED = -9

pytestmark = pytest.mark.timeout(3600 if EVERYTHING else 240)


@pytest.mark.needs("strace")
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_kill_at_a_call_that_writes(
    name: str, nursery: Nursery, fresh: Fresh, workshop: Path, record_property: Callable[[str, object], None]
) -> None:
    kills, most = 0, min(MOST_OF_A_CALL, BESIDE_ITS_PLACE.get(name, MOST_OF_A_CALL))
    for call, count in count_calls(nursery, name, fresh(name), workshop / "calls.log", CALLS).items():
        for number in sorted({1, count, *range(1, count + 1, -(-count // most))}):
            folder = fresh(name)
            words = ["-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}"]
            ended = nursery.run(name, folder, words)
            assert ended.status == KILLED, f"{call} {number}: {ended}"
            SCENARIOS[name].check(folder, ended.acknowledged)
            kills += 1
    record_property("faults", ["kill at a call", name, kills, 0, 0])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_kill_at_any_moment(
    name: str, nursery: Nursery, fresh: Fresh, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(f"kill {name}")
    killed = 0
    for _ in range(RANDOM_KILLS):
        folder = fresh(name)
        ended = nursery.run(name, folder, kill_after=chance.uniform(0, 0.3))
        assert ended.status in (0, KILLED), ended
        SCENARIOS[name].check(folder, ended.acknowledged)
        killed += ended.status == KILLED
    record_property("faults", ["kill at random", name, killed, 0, 0])
