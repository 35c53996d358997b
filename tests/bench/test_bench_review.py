"""How fast forty pasted rows are reviewed and stored in the real window on the demonstration file."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.duplicates_page import DuplicatesPage
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.roster_part import RosterPart
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.list_sources import ListSource
from tests.bench.conftest import LARGE
from tests.bench.printing import show, tell
from tests.bench.test_bench_imports import GIVEN, SURNAMES
from tests.gui.test_roster_entry import change
from tests.gui.windows import demonstration, place_of_work
from tests.services.demonstration_file import number

RUNNING = "SELECT id FROM offering WHERE code = '116-2019'"
REVIEW, STORE = 0.300, 0.200
"""The goals of the design in seconds."""
ROUNDS = 3


def pasted(first: int) -> ListSource:
    """Forty people as a spreadsheet copies them, none of whom the file knows."""
    lines = ["DNI\tNombres\tApellidos\tSexo\tFecha de nacimiento\tDependencia"]
    for each in range(first, first + 40):
        given = f"{GIVEN[each % 12]} {GIVEN[(each // 12) % 12]}"
        family = f"{SURNAMES[(each // 7) % 10]} {SURNAMES[(each // 70) % 10]}"
        lines.append(f"08011991{each:05d}\t{given}\t{family}\tF\t15/05/1991\tTránsito")
    return ListSource("portapapeles", text="\n".join(lines) + "\n")


def until(holds: Callable[[], bool]) -> float:
    """Seconds until something holds, while the window goes on."""
    start = time.perf_counter()
    while not holds():
        QApplication.processEvents()
        time.sleep(0.001)
    return time.perf_counter() - start


def part_of(made: MainWindow) -> Any:
    """The roster in sight."""
    page = place_of_work(made).page
    assert isinstance(page, OfferingPage)
    part = page.tabs.content("roster")
    assert isinstance(part, RosterPart)
    return part


def rounds(made: MainWindow, offering: int, first: int) -> tuple[list[float], list[float]]:
    """Seconds of each review and of each storing of forty pasted rows in the window."""
    made.go(Place("offering", offering))
    page = place_of_work(made).page
    assert isinstance(page, OfferingPage)
    # what else is done meanwhile is not waited for
    until(lambda: page.tabs.content("roster") is not None)
    part = part_of(made)
    until(lambda: part._offering == offering)
    reviewed, stored = [], []
    for each in range(first, first + ROUNDS):
        part._show_review()
        part.review.open_source(pasted(40 * each), offering)
        reviewed.append(until(lambda: part.review.review is not None))
        part.review.origin.source, part.review.origin.is_said = SourceDraft("Oficio 1"), True
        until(lambda: not part.review.is_busy)
        part.review.asking.repairs_chosen.emit(True)
        until(lambda: not part.review.is_busy)
        part.review.store()
        stored.append(until(lambda: not part.is_reviewing))
        until(lambda: part.review.review is None)
    told = [f"{each:.3f}" for each in (*reviewed, *stored)]
    print("each review, then each storing:", *told, file=sys.__stderr__)
    return reviewed, stored


def test_forty_pasted_rows_are_reviewed_and_stored_in_the_window_at_once(qtbot: QtBot, demo_file: Path) -> None:
    change(demo_file, capacity=500)
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as made:
        reviewed, stored = rounds(made, number(demo_file, RUNNING), 0)
    assert show("review of 40 pasted rows in the window", min(reviewed), "the goal", REVIEW, at_most=1)
    assert show("storing them in the window", min(stored), "the goal", STORE, at_most=1)


@pytest.mark.timeout(900)
def test_forty_rows_are_reviewed_beside_the_people_of_a_country_while_duplicates_are_looked_for(
    qtbot: QtBot, large_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(large_file, tmp_path / "large.eic"))
    change(path, capacity=500)
    with demonstration(qtbot, path, Role.REGISTRAR) as made:
        offering = number(path, RUNNING)
        alone = rounds(made, offering, 0)
        made.go(Place("duplicates"))
        page = place_of_work(made).page
        assert isinstance(page, DuplicatesPage)
        beside = rounds(made, offering, ROUNDS)
        assert page.found is None, "they are still looked for"
    for what, quiet, busy, goal in zip(("review", "storing"), alone, beside, (REVIEW, STORE), strict=True):
        told = f"{what} of 40 pasted rows beside {LARGE:,} people"
        tell(told, min(quiet), "the goal", goal)
        tell(f"{told} who are compared meanwhile", min(busy), "the goal", goal)
        assert show(f"{told} who are compared meanwhile", min(busy), "with nothing else to do", min(quiet), at_most=5)
