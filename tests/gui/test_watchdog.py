"""The window's thread goes on while papers, copies and searches are made: a heart beats and its pauses are told.

A pause is told twice: as the clock saw it, with all that the machine did besides, and as the window's thread worked.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from eic_tracker.app import keep_what_stays
from eic_tracker.domain.codes import ReportKind, Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.services.papers import preview_report, save_rollup
from eic_tracker.services.published import published_figures
from eic_tracker.services.search import search
from eic_tracker.store.copies import backup
from tests.gui.test_list_review import office, part_of
from tests.gui.test_offering_form import RUNNING
from tests.gui.windows import demonstration, go, settle
from tests.services.demonstration_file import number

__all__ = ["office"]

BEAT = 5
"""Milliseconds between two beats."""
SCROLL = 100
"""Milliseconds after which the person scrolls on, so that rows are painted meanwhile."""
BASELINE = 2.0
Work = Callable[[Callable[[Any], None]], None]
"""Starts something and is called back with its answer, or the failure."""
GOAL = 0.050
TIMES = 4
"""By how much the longest pause may be longer than beside a thread that only counts (which Python lets in)."""
OWN_TIMES = 2
"""By how much the window's own thread may work longer between two beats than for scrolling alone."""


class Pause(NamedTuple):
    """Seconds between two beats: as they passed, and what the window's thread worked of them."""

    passed: float
    worked: float


class Longest(NamedTuple):
    """The longest of all pauses each way, and how many passed the goal of how many."""

    passed: float
    worked: float
    late: int
    beats: int

    def __str__(self) -> str:
        told = f"longest pause {self.passed * 1000:.0f} ms, own work in one {self.worked * 1000:.0f} ms"
        return f"{told}; {self.late} of {self.beats} beats later than the goal of {GOAL * 1000:.0f} ms"


class Heart(QObject):
    """Beats on the window's thread while rows are scrolled, and notes its pauses."""

    def __init__(self, table: QTableView) -> None:
        super().__init__()
        self._table = table
        self._last = Pause(0.0, 0.0)
        self._steps = 0
        self._pauses: list[Pause] = []
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(BEAT)
        self._beat.timeout.connect(self._on_beat)
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL)
        self._scroll.timeout.connect(self._on_scroll)

    def start(self) -> None:
        self._pauses = []
        self._last = Pause(time.perf_counter(), time.thread_time())
        self._beat.start()
        self._scroll.start()

    def stop(self) -> Longest:
        """The longest pauses since the start."""
        self._on_beat()
        self._beat.stop()
        self._scroll.stop()
        passed = [pause.passed for pause in self._pauses]
        late = sum(seconds > GOAL for seconds in passed)
        return Longest(max(passed), max(pause.worked for pause in self._pauses), late, len(passed))

    def _on_beat(self) -> None:
        now = Pause(time.perf_counter(), time.thread_time())
        self._pauses.append(Pause(now.passed - self._last.passed, now.worked - self._last.worked))
        self._last = now

    def _on_scroll(self) -> None:
        self._steps += 1
        bar = self._table.verticalScrollBar()
        bar.setValue(self._steps % 10 * bar.pageStep())


@pytest.fixture
def window(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        yield made
    gc.unfreeze()


def measured(qtbot: QtBot, heart: Heart, work: Work) -> Longest:
    """The longest pauses while a piece of work runs; `work(done)` starts it."""
    answers: list[Any] = []
    heart.start()
    work(answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=100_000)
    pauses = heart.stop()
    assert not isinstance(answers[0], Failure), answers[0]
    return pauses


def rest(done: Callable[[Any], None]) -> None:
    QTimer.singleShot(int(BASELINE * 1000), lambda: done(True))


def count(done: Callable[[Any], None]) -> None:
    """A thread that only counts, as long as the baseline lasts."""
    until = time.perf_counter() + BASELINE

    def spin() -> None:
        while time.perf_counter() < until:
            pass

    thread = threading.Thread(target=spin)
    thread.start()

    def end() -> None:
        thread.join()
        done(True)

    QTimer.singleShot(int(BASELINE * 1000) + 50, end)


def works_of(window: MainWindow, folder: Path) -> dict[str, Work]:
    """What takes long, as the window starts it."""
    assert window.file is not None
    assert window.acting is not None
    jobs, acting, today, t = window.file.jobs, window.acting, window.file.today(), window.t
    period = parse_period("2018Q4")
    given: dict[str, Any] = {"t": t, "today": today}

    def started(start: Callable[..., Any], work: Callable[..., Any], *args: Any) -> Work:
        def begin(done: Callable[[Any], None]) -> None:
            start(work, acting, *args, owner=window, done=done, failed=done)

        return begin

    return {
        "quarterly report": started(jobs.paper, partial(preview_report, **given), ReportKind.QUARTERLY, period),
        "roll-up": started(
            jobs.paper, partial(save_rollup, audience="school", **given), period, folder / "rollup.xlsx"
        ),
        "published figures": started(jobs.count, published_figures, today),
        "backup": started(jobs.long, lambda db, _acting, progress: backup(db.path, folder / "copy.eic")),
        "search": started(jobs.read, search, "maria"),
    }


@pytest.mark.timeout(600)
def test_the_window_goes_on_while_papers_are_made(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    grid = go(qtbot, window, Place("people")).page.findChildren(Grid)[0]
    settle(qtbot, window)
    # as the program does once it has started
    keep_what_stays()
    heart = Heart(grid.table)
    idle = measured(qtbot, heart, rest)
    counting = measured(qtbot, heart, count)
    print(f"at rest: {idle}\nbeside counting: {counting}", file=sys.__stderr__)
    pauses = {}
    for name, work in works_of(window, tmp_path).items():
        pauses[name] = measured(qtbot, heart, work)
        print(f"{name}: {pauses[name]}", file=sys.__stderr__)
        settle(qtbot, window)
    assert max(pause.passed for pause in pauses.values()) <= TIMES * max(idle.passed, counting.passed), pauses
    assert max(pause.worked for pause in pauses.values()) <= OWN_TIMES * max(idle.worked, counting.worked), pauses
    heart.deleteLater()


@pytest.mark.timeout(300)
def test_the_window_goes_on_while_a_long_list_is_reviewed(
    qtbot: QtBot, demo_file: Path, office: MainWindow, tmp_path: Path
) -> None:
    many = 10_000
    people = "".join(f"0801199{line:06};Wendolyn {line % 7};Quiroz Tábora;F\n" for line in range(many))
    file = tmp_path / "lista.csv"
    file.write_text(f"DNI;Nombres;Apellidos;Sexo\n{people}", encoding="utf-8")
    settle(qtbot, office)
    keep_what_stays()
    review = part_of(office).review
    heart = Heart(review.table)

    def read(done: Callable[[Any], None]) -> None:
        review.open_file(file, number(demo_file, RUNNING))
        review.show()
        qtbot.waitUntil(lambda: review.review is not None, timeout=100_000)
        qtbot.wait(500)
        done(review.review)

    readings = [measured(qtbot, heart, read)]
    review.leave()
    settle(qtbot, office)
    readings.append(measured(qtbot, heart, read))
    # what else the machine does shows in one of them, what the program does in both
    pause = min(readings, key=lambda found: found.worked)
    scrolling = measured(qtbot, heart, rest)
    print(f"review of {many} rows: {pause}\nscrolling it: {scrolling}", file=sys.__stderr__)
    assert len(review.table.rows) == many
    assert pause.worked <= max(GOAL, TIMES * scrolling.worked), (pause, scrolling)
    review.table.select_key(many)
    last = review.table.currentIndex()
    qtbot.waitUntil(lambda: last.data() != "…")
    review.leave()
    settle(qtbot, office)
    heart.deleteLater()
