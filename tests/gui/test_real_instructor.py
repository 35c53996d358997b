"""An instructor ends a course by keys alone, on a real screen under a window manager, in Spanish."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import run
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.real_screen import RealScreen, real_screen
from tests.gui.test_classroom_budgets import CLASS, _told_apart, class_of_35
from tests.gui.test_real_screen import FOLDER, pictured, started
from tests.services.demonstration_file import number, rows

pytestmark = [
    pytest.mark.needs("Xvfb", "openbox", "xdotool"),
    pytest.mark.skipif(bool(run.missing_libraries(run.SCREEN)), reason="for want of Qt's libraries for a screen"),
]
PICTURES = os.environ.get("EIC_PICTURES")
"""A folder where the pictures of the walk are kept, for people to look at."""

REST = 0.3
"""seconds in which nothing moves: more than a page waits for another reading, less than a cursor takes to blink"""


class Hands:
    """Keys of a person who looks before pressing the next, with a picture of each step."""

    def __init__(self, screen: RealScreen, window: str, folder: Path) -> None:
        self.screen, self.window, self.folder = screen, window, folder
        self.pressed = 0

    def press(self, *keys: str) -> None:
        """Press keys, each of which counts."""
        self.pressed += len(keys)
        self.screen.keys(*keys)

    def look(self, name: str) -> None:
        """Wait until the window stays as it is, and keep its picture."""
        before, until, since = b"", time.monotonic() + 20, 0.0
        while time.monotonic() < until:
            path = self.folder / f"{name}.png"
            assert pictured(self.screen, self.window, path) > 20
            seen = path.read_bytes()
            if seen != before:
                before, since = seen, time.monotonic()
            elif time.monotonic() - since > REST:
                return
        raise AssertionError(f"the window does not come to rest: {name}")


def until(holds: Callable[[], bool]) -> None:
    """Wait until what was typed is stored."""
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, "not stored within 20 s"
        time.sleep(0.2)


def ungraded_class(file: Path) -> int:
    """The instructor's course that waits to be closed, with 35 people, without marks and grades."""
    key = class_of_35(file, post_test_weight=0, performance_weight=0, products_weight=0)
    with Database(file) as db, db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
        people = tx.connection.exec_driver_sql(
            "SELECT id FROM enrolment WHERE offering_id = ? AND status = 'enrolled'", (key,)
        )
        blank = {"final_grade": None, "proposed_status": None, "attendance_percent": None}
        tx.update(Enrolment, dict.fromkeys(people.scalars().all(), blank))
    return key


@pytest.mark.long
@pytest.mark.timeout(240)
def test_an_instructor_marks_grades_and_closes_a_course_of_35_by_keys(demo_folder: Path, tmp_path: Path) -> None:
    folder = Path(PICTURES) if PICTURES else tmp_path
    with real_screen() as screen:
        environment = {**screen.environment(), "XDG_DATA_HOME": str(tmp_path / "data"), "LANG": "es_HN.UTF-8"}
        command = [sys.executable, "-c", FOLDER]
        told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        file = Path(told.stdout.strip()) / "demo.eic"
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(demo_folder / "demo.eic", file)
        key = ungraded_class(file)
        with started([sys.executable, "-m", "eic_tracker"], environment) as child:
            hands = come_in(screen, folder)
            mark(hands, file, key)
            grade(hands, file, key)
            close(hands, file, key)
            screen.keys("ctrl+q")
            assert child.wait(30) == 0


def come_in(screen: RealScreen, folder: Path) -> Hands:
    """Open the file, work as the instructor, open the course that waits from the home page."""
    window = screen.window("EIC Tracker")
    screen.activate(window)
    time.sleep(1)
    screen.keys("alt+x")
    screen.window("Buen día")
    hands = Hands(screen, window, folder)
    hands.look("registrar")
    width, _ = screen.size(window)
    screen.xdotool("mousemove", "--window", window, str(width - 120), "43", "click", "1")
    hands.look("roles")
    screen.keys("Down", "Down", "Return")
    screen.window("Yanes")
    hands.look("home")
    hands.press("Return")
    hands.look("waiting")
    hands.press("Return")
    screen.window("Curso 091-2019")
    hands.look("course")
    return hands


def mark(hands: Hands, file: Path, key: int) -> None:
    """The course stands at its closing, two tabs before is the attendance: all present, then one absent, one late."""
    hands.press("ctrl+Page_Up", "ctrl+Page_Up")
    hands.look("attendance")
    before = hands.pressed
    hands.press("ctrl+t")
    query = (
        "SELECT a.mark, count(*) FROM attendance a JOIN enrolment e ON e.id = a.enrolment_id "
        "WHERE e.offering_id = ? AND e.status = 'enrolled' GROUP BY 1 ORDER BY 1"
    )
    until(lambda: rows(file, query, (key,)) == [("present", CLASS)])
    hands.look("all-present")
    hands.press("2", "4")
    until(lambda: rows(file, query, (key,)) == [("absent", 1), ("late", 1), ("present", CLASS - 2)])
    assert hands.pressed - before == 3
    hands.look("marked")


def grade(hands: Hands, file: Path, key: int) -> None:
    """A grade for each, down the column."""
    hands.press("ctrl+Page_Down")
    hands.look("grades")
    hands.press("Right", *["8", "5", "Return"] * CLASS)
    query = "SELECT count(*) FROM enrolment WHERE offering_id = ? AND status = 'enrolled' AND final_grade = 8500"
    until(lambda: number(file, query, (key,)) == CLASS)
    hands.look("graded")


def close(hands: Hands, file: Path, key: int) -> None:
    """Two chords, and at most five keys for each of two exceptions."""
    hands.press("ctrl+Page_Down")
    hands.look("closing")
    listed = rows(
        file,
        "SELECT p.surnames || ', ' || p.given_names FROM enrolment e JOIN participant p ON p.id = e.participant_id "
        "WHERE e.offering_id = ? AND e.status = 'enrolled' ORDER BY p.sort_key, e.id",
        (key,),
    )
    exceptions = _told_apart([str(name) for (name,) in listed], 2)
    before = hands.pressed
    hands.press("ctrl+t")
    for letters, reason in zip(exceptions, "ae", strict=True):
        hands.press(*letters, "3", reason)
        hands.look(f"reason-{reason}")
        hands.press("Return")
        # letters that are typed at once go on with the name that was looked for before
        time.sleep(1)
    hands.look("decided")
    hands.press("ctrl+Return")
    until(lambda: number(file, "SELECT count(*) FROM offering WHERE id = ? AND status = 'closed'", (key,)) == 1)
    assert hands.pressed - before <= 2 + 5 * len(exceptions)
    hands.look("closed")
    found: dict[object, object] = dict(
        rows(file, "SELECT status, count(*) FROM enrolment WHERE offering_id = ? GROUP BY 1", (key,))
    )
    assert (found["completed"], found["not_completed"], found["withdrew"]) == (CLASS - 3, 1, 2)
