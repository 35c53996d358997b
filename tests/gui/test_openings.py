"""Pages are opened again and again: the number of widgets stays, memory grows within a measure."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.page_list import PAGES
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.figure_tile import FigureTile
from tests.faults.machine import EVERYTHING
from tests.gui.windows import demonstration, go, place_of_work, settle
from tests.shots.files import RECORD_OF, Records, records

FEW = 30 if EVERYTHING else 12
"""So often in a run: one object left by each opening is seen at any number; the bench opens each page 2,000 times."""
WARM = 5
BYTES_EACH = 40_000
"""What one opening may leave behind at most: a page of rows is far larger, so that a leaked page is seen."""
SPARE = 12_000_000
"""What the allocator and the caches of Qt may keep, however often."""


def objects(window: MainWindow) -> int:
    """How many Qt objects there are in the window."""
    return len(window.findChildren(QObject)) + len(QApplication.topLevelWidgets())


def resident() -> int:
    """Bytes of memory that the process holds; 0 where the system does not say."""
    if not sys.platform.startswith("linux"):
        return 0
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def stays_level(qtbot: QtBot, window: MainWindow, times: int, open_once: Callable[[int], None], what: str) -> None:
    """Open something many times; nothing may pile up."""
    for number in range(WARM):
        open_once(number)
    go(qtbot, window, Place("home"))
    gc.collect()
    before, memory = objects(window), resident()
    for number in range(times):
        open_once(number)
    go(qtbot, window, Place("home"))
    gc.collect()
    after, grown = objects(window), resident() - memory
    assert after <= before, f"{what}: {after - before} objects more after {times} openings"
    assert grown <= SPARE + times * BYTES_EACH, f"{what}: {grown / 1e6:.1f} MB more after {times} openings"


def other_record(page: str, found: Records, number: int) -> int | None:
    """One of two neighbouring records, in turn, of a page that shows one."""
    key = getattr(found, RECORD_OF.get(page, page), None)
    return None if key is None else key - number % 2


def open_all(qtbot: QtBot, demo_file: Path, page: str, times: int) -> None:
    found = records(demo_file)
    role = Role.MANAGER if page == "reports" else Role.REGISTRAR
    with demonstration(qtbot, demo_file, role) as window:

        def open_once(number: int) -> None:
            window.go(Place("help" if page == "home" else "home"))
            window.go(Place(page, other_record(page, found, number)))
            if number % 10 == 0:
                settle(qtbot, window)
            else:
                QApplication.processEvents()
            assert place_of_work(window).trail.here.page == page

        stays_level(qtbot, window, times, open_once, page)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_is_opened_again_leaves_nothing_behind(qtbot: QtBot, demo_file: Path, page: str) -> None:
    open_all(qtbot, demo_file, page, FEW)


@pytest.mark.timeout(300)
def test_the_pane_and_the_search_box_leave_nothing_behind(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as window:

        def open_once(_number: int) -> None:
            go(qtbot, window, Place("home"))
            for number in range(len(place_of_work(window).page.findChildren(FigureTile))):
                place_of_work(window).page.findChildren(FigureTile)[number].click()
                settle(qtbot, window)
            window.acts.search()
            settle(qtbot, window)
            place_of_work(window).escape()

        stays_level(qtbot, window, FEW // 6, open_once, "pane and search box")


@pytest.mark.timeout(300)
def test_new_languages_and_looks_leave_nothing_behind(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as window:

        def open_once(_number: int) -> None:
            for act in (window.acts.language_en, window.acts.theme_dark, window.acts.language_es):
                act()
                settle(qtbot, window)
            window.acts.theme_light()
            settle(qtbot, window)

        stays_level(qtbot, window, FEW // 6, open_once, "languages and looks")
