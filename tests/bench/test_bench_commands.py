"""How fast commands are, each beside a baseline measured in the same run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench.printing import show

ROUNDS = 15


def seconds(command: list[str], rounds: int = ROUNDS) -> float:
    """The median time of a command."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def test_help_takes_at_most_three_bare_interpreter_starts() -> None:
    bare = seconds([sys.executable, "-c", "pass"])
    page = seconds([sys.executable, "-m", "eic_tracker", "--help"])
    assert show("eic-tracker --help", page, "a bare interpreter start", bare, at_most=3.0)


def test_counting_with_361390_people_more_takes_at_most_three_times_as_long(tmp_path: Path) -> None:
    from eic_tracker.services.demonstration import build_demonstration

    times = []
    for people in (0, 361_390):
        path = tmp_path / f"{people}.eic"
        build_demonstration(path, people=people)
        command = [sys.executable, "-m", "eic_tracker", "--file", str(path)]
        times.append(seconds([*command, "counts", "--by", "year,quarter,sex", "--json"], 5))
    assert show("counts with 361,390 people more", times[1], "counts without them", times[0], at_most=3.0)


@pytest.mark.parametrize("step", ["certificates", "rollup", "report", "reconcile"])
def test_each_paper_beside_the_reading_of_its_facts(tmp_path: Path, step: str, demo_file: Path) -> None:
    command = [sys.executable, "-m", "eic_tracker", "--file", str(demo_file)]
    reading = seconds([*command, "counts", "--json"], 3)
    commands = {
        "certificates": [
            ["certificates", "prepare", "--offering", last_closed(demo_file)],
            ["certificates", "approve", "--offering", last_closed(demo_file)],
            ["certificates", "issue", "--offering", last_closed(demo_file), "--out", str(tmp_path)],
        ],
        "rollup": [["rollup", "--period", "2018Q4", "--out", str(tmp_path / "rollup.xlsx")]],
        "report": [["report", "quarterly", "--period", "2018Q4", "--out", str(tmp_path / "quarterly.pdf")]],
        "reconcile": [["reconcile", "--json"]],
    }[step]
    taken = sum(seconds([*command, *words], 1) for words in commands)
    assert show(step, taken, "reading and counting the facts", reading, at_most=8.0)


def last_closed(path: Path) -> str:
    """The offering that was closed last."""
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        query = "SELECT code FROM offering WHERE status = 'closed' ORDER BY ends_on DESC, code DESC LIMIT 1"
        return str(connection.execute(query).fetchone()[0])
    finally:
        connection.close()
