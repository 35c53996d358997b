"""What every test gets: a home of its own, no network, no leftovers, and the marks `needs` and `long`."""

from __future__ import annotations

import collections
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

import run

pytest_plugins = ["pytester", "tests.window_guards"]

EVERYTHING = os.environ.get("EIC_TRACKER_ALL") == "1"
LEFTOVER_GRACE = 2.0

hypothesis.settings.register_profile("short", deadline=None, print_blob=True)
hypothesis.settings.register_profile("all", deadline=None, print_blob=True, max_examples=300)
hypothesis.settings.load_profile("all" if EVERYTHING else "short")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what this machine or this run cannot do, each with its reason."""
    packages = {program.name: program.package for program in run.PROGRAMS}
    for item in items:
        if item.get_closest_marker("long") and not EVERYTHING:
            item.add_marker(pytest.mark.skip(reason="long: only with --all"))
        names = {name for mark in item.iter_markers("needs") for name in mark.args}
        unknown = sorted(names - packages.keys())
        if unknown:
            raise pytest.UsageError(f"{item.nodeid} needs {unknown}: name the program and its package in run.py")
        missing = sorted(name for name in names if shutil.which(name) is None)
        if missing and not EVERYTHING:
            wanted = ", ".join(f"{name} (Debian: {packages[name]})" for name in missing)
            item.add_marker(pytest.mark.skip(reason=f"for want of {wanted}"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """With --all a missing program is a failure, never a gap."""
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            if shutil.which(name) is None:
                pytest.fail(f"{name} is missing and --all was asked for", pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly how many tests were left out and why."""
    reasons: collections.Counter[str] = collections.Counter()
    for report in terminalreporter.stats.get("skipped", ()):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] += 1
    if reasons:
        terminalreporter.section("left out")
    for reason, count in sorted(reasons.items()):
        terminalreporter.line(f"{count} x {reason}")
    _tell_of_faults(terminalreporter)


def _tell_of_faults(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was injected and what was lost: tests record it as `faults` (kind, where, number, lost, corrupt)."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    called = [report for report in reports if getattr(report, "when", "") == "call"]
    recorded = [(name, value) for report in called for name, value in report.user_properties]
    faults = [value for name, value in recorded if name == "faults"]
    told = [value for name, value in recorded if name == "told"]
    if faults or told:
        terminalreporter.section("faults and forgeries")
    for kind, where, number, _lost, _corrupt in sorted(faults):
        terminalreporter.line(f"{kind}, {where}: {number:,}")
    for line in sorted(told):
        terminalreporter.line(line)
    if faults:
        number, lost, corrupt = (sum(row[column] for row in faults) for column in (2, 3, 4))
        terminalreporter.line(f"{number:,} faults injected, {lost:,} lost, {corrupt:,} corrupt")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty home for the whole run, also for child processes: nothing of the person's own is read or written."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE"):
            patch.setenv(name, str(folder))
        for name, place in {
            "XDG_DATA_HOME": "data",
            "XDG_CONFIG_HOME": "config",
            "XDG_CACHE_HOME": "cache",
            "XDG_STATE_HOME": "state",
            "LOCALAPPDATA": "local",
            "APPDATA": "roaming",
        }.items():
            (folder / place).mkdir()
            patch.setenv(name, str(folder / place))
        (folder / "run").mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(folder / "run"))
        for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
            patch.delenv(name, raising=False)
        patch.setenv("LANG", "C.UTF-8")
        yield folder


@pytest.fixture(scope="session", autouse=True)
def offline() -> Iterator[None]:
    """Connections leave the test only to this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            host = address[0] if isinstance(address, tuple) else address
            assert host in {"127.0.0.1", "::1", "localhost"}, f"a test wanted to reach {address!r}"
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """A test that leaves a thread or a process running fails."""
    threads = set(threading.enumerate())
    processes = _children()
    yield
    until = time.monotonic() + LEFTOVER_GRACE
    while (left := _leftovers(threads, processes)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not left, f"still running after the test: {left}"


def _leftovers(threads: set[threading.Thread], processes: dict[int, str]) -> list[str]:
    names = [f"thread {thread.name}" for thread in threading.enumerate() if thread not in threads and _runs(thread)]
    running = _children()
    return names + [f"process {number} ({running[number]})" for number in running.keys() - processes.keys()]


def _runs(thread: threading.Thread) -> bool:
    """Whether a thread still runs; Python before 3.13 keeps the names of foreign threads, as of Qt, for ever."""
    foreign = isinstance(thread, threading._DummyThread)
    return not foreign or Path(f"/proc/self/task/{thread.native_id}").exists()


def _children() -> dict[int, str]:
    """The running child processes of this one by number; multiprocessing's own attendants and the dead left out."""
    found: dict[int, str] = {}
    if not sys.platform.startswith("linux"):
        return found
    own = str(os.getpid()).encode()
    # twice a test: a list of paths would take three times as long
    for number in [entry.name for entry in os.scandir("/proc") if entry.name.isdigit()]:
        try:
            # the name in brackets may hold anything, so the fields are counted from its end
            state, parent = Path(f"/proc/{number}/stat").read_bytes().rpartition(b")")[2].split()[:2]
            if parent == own and state != b"Z":
                words = (
                    Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                )
                if "multiprocessing.resource_tracker" not in words and "multiprocessing.forkserver" not in words:
                    found[int(number)] = words
        except (OSError, ValueError):
            continue
    return found


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `eic-tracker demo` wrote, made once for all workers of a run. Read only: take `demo_file` to change it."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder = base / "demonstration"
    finished = base / "demonstration.finished"
    with (base / "demonstration.lock").open("a+b") as lock:
        while not run.try_lock(lock.fileno()):
            time.sleep(0.1)
        if not finished.exists():
            words = [sys.executable, "-m", "eic_tracker", "demo", "--out", str(folder), "--no-window"]
            made = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
            assert made.returncode == 0, made.stdout + made.stderr
            # while it is read, other files lie beside it: what the job left is told now
            finished.write_text("\n".join(sorted(path.name for path in folder.iterdir())), encoding="utf-8")
    return folder


@pytest.fixture
def demo_file(demo_folder: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration file that a test may change."""
    return Path(shutil.copy(demo_folder / "demo.eic", tmp_path / "demo.eic"))
