"""Power cuts and kills, replayed from one traced run at every point of it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.children import Nursery
from tests.faults.conftest import Fresh
from tests.faults.machine import EVERYTHING
from tests.faults.power_cut import STRACE_WORDS, SYNCS, Disk, Event, is_visible, put_down, read_trace
from tests.faults.scenarios import CARELESS, SCENARIOS, SETS, Lost, Scenario

CUTS = 400 if EVERYTHING else 50
KILLS = 100_000 if EVERYTHING else 60

DEAR = {"migrate": 3}
"""Scenarios whose check takes so many times as long, so that the short form takes fewer states of them."""

pytestmark = [pytest.mark.needs("strace"), pytest.mark.timeout(1800 if EVERYTHING else 240)]

Tell = Callable[[str, object], None]


def _traced(nursery: Nursery, fresh: Fresh, scenario: str, workshop: Path) -> list[Event]:
    folder = fresh(scenario)
    log = workshop / "trace.log"
    ended = nursery.run(scenario, folder, [*STRACE_WORDS, "-o", str(log)])
    assert ended.status == 0, ended.said
    return read_trace(log, folder)


def _judge(scenario: Scenario, files: dict[str, bytes], folder: Path, acknowledged: int) -> str:
    put_down(files, folder)
    try:
        scenario.check(folder, acknowledged)
    except Lost:
        return "lost"
    except Exception as error:
        return f"corrupt: {type(error).__name__} {error}"
    return "sound"


def _cut(scenario: Scenario, events: list[Event], folder: Path, most: int) -> Counter[str]:
    """What many power cuts leave: for each state whether it is sound, has lost something, or is corrupt."""
    chance = random.Random(20181231)
    points = Counter(chance.choices(range(len(events) + 1), k=most))
    told: Counter[str] = Counter()
    for point, acknowledged, disk in _replayed(events, folder):
        for _ in range(points[point]):
            told[_judge(scenario, disk.after_a_power_cut(chance), folder, acknowledged)] += 1
    return told


def _kill(scenario: Scenario, events: list[Event], folder: Path, most: int) -> Counter[str]:
    """What kills leave, one before each call that others can see the effect of."""
    visible = [point for point, event in enumerate(events, 1) if is_visible(event.name) and event.call not in SYNCS]
    points = {0, *visible[:: -(-len(visible) // most)]}
    told: Counter[str] = Counter()
    for point, acknowledged, disk in _replayed(events, folder):
        if point in points:
            told[_judge(scenario, disk.as_memory_says(), folder, acknowledged)] += 1
    return told


def _replayed(events: list[Event], folder: Path) -> Iterator[tuple[int, int, Disk]]:
    disk, acknowledged = Disk(folder), 0
    yield 0, 0, disk
    for point, event in enumerate(events, 1):
        acknowledged += event.call == "ack"
        disk.apply(event)
        yield point, acknowledged, disk


def _sum(told: Counter[str]) -> tuple[int, int, int]:
    return (
        told.total(),
        told["lost"],
        sum(count for what, count in told.items() if what.startswith("corrupt")),
    )


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_power_cut_loses_nothing_that_was_acknowledged(
    name: str, nursery: Nursery, fresh: Fresh, workshop: Path, record_property: Tell
) -> None:
    events = _traced(nursery, fresh, name, workshop)
    told = _cut(SCENARIOS[name], events, fresh(name), CUTS // DEAR.get(name, 1))
    record_property("faults", ["power cut", name, *_sum(told)])
    assert set(told) == {"sound"}, told


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_kill_at_any_call_leaves_the_old_or_the_new(
    name: str, nursery: Nursery, fresh: Fresh, workshop: Path, record_property: Tell
) -> None:
    events = _traced(nursery, fresh, name, workshop)
    told = _kill(SCENARIOS[name], events, fresh(name), KILLS // DEAR.get(name, 1))
    record_property("faults", ["kill, replayed", name, *_sum(told)])
    assert set(told) == {"sound"}, told


@pytest.mark.parametrize("name", CARELESS)
def test_the_harness_notices_careless_work(
    name: str, nursery: Nursery, fresh: Fresh, workshop: Path, record_property: Tell
) -> None:
    """Without this the zeros of the other tests would prove nothing."""
    events = _traced(nursery, fresh, name, workshop)
    told = _cut(CARELESS[name], events, fresh(name), 150)
    states, lost, corrupt = _sum(told)
    record_property("told", f"self-test, {name}: of {states} power cuts {lost} lost something, {corrupt} corrupted")
    if name.startswith("WAL"):
        assert lost > 10, told
        assert corrupt == 0, told
    else:
        assert corrupt > 10, told


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_acknowledgement_follows_a_sync(
    name: str, nursery: Nursery, fresh: Fresh, workshop: Path, record_property: Tell
) -> None:
    syncs, acknowledged, since = 0, 0, 0
    for event in _traced(nursery, fresh, name, workshop):
        if event.call in SYNCS:
            syncs, since = syncs + 1, since + 1
        elif event.call == "ack":
            assert since > 0, f"acknowledgement {acknowledged + 1} without a sync"
            acknowledged, since = acknowledged + 1, 0
    assert acknowledged == (SETS if name == "write" else 1)
    record_property("told", f"{name}: {syncs} syncs for {acknowledged} acknowledgements")
