"""Kill -9 in the middle of printing a class's certificates."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.children import Nursery, count_calls
from tests.faults.conftest import Fresh
from tests.faults.issuing import ISSUING
from tests.faults.machine import EVERYTHING

CALLS = ("fsync", "fdatasync", "rename", "unlink")
OF_EACH = 12 if EVERYTHING else 2
KILLED = -9

pytestmark = [pytest.mark.needs("strace"), pytest.mark.timeout(1800 if EVERYTHING else 240)]


def test_every_certificate_on_disk_is_complete_and_its_issue_recorded_or_neither(
    nursery: Nursery, fresh: Fresh, workshop: Path, record_property: Callable[[str, object], None]
) -> None:
    kills, scenario = 0, ISSUING["issue"]
    for call, count in count_calls(nursery, "issue", fresh("issue"), workshop / "calls.log", CALLS).items():
        for number in sorted({1, count, *range(1, count + 1, -(-count // OF_EACH))}):
            folder = fresh("issue")
            words = ["-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}"]
            ended = nursery.run("issue", folder, words)
            assert ended.status == KILLED, f"{call} {number}: {ended}"
            scenario.check(folder, ended.acknowledged)
            kills += 1
    chance = random.Random("kill issue")
    for _ in range(OF_EACH):
        folder = fresh("issue")
        ended = nursery.run("issue", folder, kill_after=chance.uniform(0.2, 1.2))
        assert ended.status in (0, KILLED), ended
        scenario.check(folder, ended.acknowledged)
        kills += ended.status == KILLED
    record_property("faults", ["kill at a call", "issue", kills, 0, 0])
