"""Likely duplicates among 361,390 people, looked for beside a window in which somebody goes on typing."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.pages.duplicates_page import DuplicatesPage
from eic_tracker.gui.pages.person_form_page import PersonFormPage
from eic_tracker.gui.place import Place
from eic_tracker.i18n import Language
from eic_tracker.settings import Settings
from tests.bench.conftest import LARGE
from tests.bench.printing import show, tell
from tests.bench.test_bench_window import Painted, late, until_painted
from tests.gui.windows import demonstration, go, place_of_work, settle

MINUTE, ECHO = 60.0, 0.050
"""The goals of the design, in seconds."""
QUIET = 60
"""Keys typed while nothing else is done."""
TEXT = "inventado de la prueba "
PAUSE = 80
"""Milliseconds between two keys of a quick typist."""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="tells processor seconds by /proc")
@pytest.mark.timeout(900)
def test_somebody_types_on_while_all_people_are_compared(qtbot: QtBot, large_file: Path) -> None:
    with demonstration(qtbot, large_file, Role.REGISTRAR, Settings(language=Language.ES)) as window:
        form = go(qtbot, window, Place("person_form")).page
        assert isinstance(form, PersonFormPage)
        assert form.pane.form is not None
        field = form.pane.form.boxes["surnames"].editor.widget
        assert isinstance(field, QLineEdit)
        quiet = typed(field, lambda count: count >= QUIET)
        window.go(Place("duplicates"))
        page = place_of_work(window).page
        assert isinstance(page, DuplicatesPage)
        start, before = time.perf_counter(), processor_seconds()
        window.go(Place("person_form"))
        field.setFocus()
        beside = typed(field, lambda _count: page.found is not None)
        seconds, processor = time.perf_counter() - start, processor_seconds() - before
        settle(qtbot, window)
        assert page.found is not None
        assert page.found.total >= 6
        form.pane.half_typed.forget()
    what = f"likely duplicates among {LARGE:,} people, beside the window"
    found = show(f"{what}, of a processor", processor, "a minute", MINUTE, at_most=1)
    tell(what, seconds, "the goal", MINUTE)
    echo = f"echo of a key meanwhile, 95th percentile of {len(beside)}"
    held = show(echo, late(beside), "with nothing else to do", late(quiet), at_most=5)
    tell(echo, late(beside), "the goal", ECHO)
    tell("echo of a key meanwhile, median", statistics.median(beside), "the goal", ECHO)
    assert found
    assert held


def processor_seconds() -> float:
    """What the other processes of this one took of a processor so far: how busy the machine is makes no difference."""
    taken = 0.0
    for process in multiprocessing.active_children():
        numbers = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        taken += (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
    return taken


def typed(field: QLineEdit, done: Callable[[int], bool]) -> list[float]:
    """Type until it is done; seconds from each key to the painting in which it stands."""
    painted = Painted(field)
    taken: list[float] = []
    while not done(len(taken)):
        letter = TEXT[len(taken) % len(TEXT)]
        before = len(field.text())
        start = time.perf_counter()
        QTest.keyClicks(field, letter)
        taken.append(until_painted(painted, start, lambda before=before: len(field.text()) > before))  # type: ignore[misc]
        QTest.qWait(PAUSE)
        if len(field.text()) > 60:
            field.clear()
    return taken
