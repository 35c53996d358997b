"""Work off the window's thread: answers on it, dropped when nobody waits, writes never lost."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eic_tracker.errors import Refused
from eic_tracker.gui.jobs import Failure, Jobs
from eic_tracker.store.database import Database
from eic_tracker.store.journal import touched_since
from eic_tracker.store.tables.reference import Setting
from eic_tracker.store.transaction import Actor, Entry

WAIT = 10_000


@pytest.fixture
def jobs(demo_file: Path, qtbot: QtBot) -> Iterator[Jobs]:
    """The door to a demonstration file."""
    owner = QObject()
    with Database(demo_file) as db:
        made = Jobs(db, touched_since, owner)
        yield made
        made.close()
    owner.deleteLater()


def note(db: Database, value: str) -> int:
    with db.write(Entry(Actor("test"), "change_settings", value)) as tx:
        return tx.insert(Setting, [{"name": value, "value": "1"}])[0]


def test_an_answer_comes_on_the_windows_thread_and_the_work_runs_on_another(qtbot: QtBot, jobs: Jobs) -> None:
    threads: list[object] = []
    owner = QObject()

    def work(_db: Database) -> int:
        threads.append(threading.current_thread())
        return 5

    jobs.read(
        work,
        owner=owner,
        done=lambda answer: threads.append((answer, QThread.currentThread())),
    )
    qtbot.waitUntil(lambda: len(threads) == 2, timeout=WAIT)
    assert threads[0] is not threading.main_thread()
    app = QApplication.instance()
    assert app is not None
    assert threads[1] == (5, app.thread())


def _note_thread(found: list[threading.Thread]) -> None:
    found.append(threading.current_thread())


class Circle:
    """Garbage that only the search for circles finds."""

    def __init__(self, found: list[threading.Thread]) -> None:
        self.itself = self
        self.end = weakref.finalize(self, _note_thread, found)


def test_circles_of_objects_are_taken_away_by_the_windows_thread_whatever_other_threads_make(
    qtbot: QtBot, jobs: Jobs
) -> None:
    found: list[threading.Thread] = []
    answers: list[int] = []

    def make_many(_db: Database) -> int:
        return len([[number] for number in range(200_000)])

    for _ in range(50):
        Circle(found)
    for _ in range(3):
        jobs.read(make_many, owner=jobs, done=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 3 and len(found) == 50, timeout=WAIT)
    assert set(found) == {threading.main_thread()}


def test_python_looks_for_circles_by_itself_once_the_file_is_closed(demo_file: Path, qtbot: QtBot) -> None:
    owner = QObject()
    with Database(demo_file) as db:
        first, second = Jobs(db, touched_since, owner), Jobs(db, touched_since, owner)
        assert not gc.isenabled()
        first.close()
        assert not gc.isenabled(), "the other still has threads"
        second.close()
    assert gc.isenabled()
    owner.deleteLater()


def test_the_answer_for_a_closed_page_is_dropped(qtbot: QtBot, jobs: Jobs) -> None:
    answers: list[object] = []
    gate = threading.Event()
    owner = QObject()
    job = jobs.read(lambda _db: gate.wait(5), owner=owner, done=answers.append)
    owner.deleteLater()
    qtbot.wait(10)
    with qtbot.waitSignal(job.ended, timeout=WAIT):
        gate.set()
    assert answers == []


def test_the_answer_of_a_cancelled_job_is_dropped(qtbot: QtBot, jobs: Jobs) -> None:
    answers: list[object] = []
    owner = QObject()
    job = jobs.read(lambda _db: 1, owner=owner, done=answers.append)
    job.cancel()
    qtbot.waitUntil(lambda: jobs.running == 0, timeout=WAIT)
    assert answers == []


def test_what_was_written_is_told_to_everybody_even_when_the_page_is_gone(qtbot: QtBot, jobs: Jobs) -> None:
    owner = QObject()
    with qtbot.waitSignal(jobs.changed, timeout=WAIT) as told:
        jobs.write(note, "first", owner=owner)
        owner.deleteLater()
    assert told.args == [frozenset({"setting"})]


def test_a_command_beside_the_window_is_noticed(qtbot: QtBot, jobs: Jobs, demo_file: Path) -> None:
    with Database(demo_file) as other:
        note(other, "beside")
    with qtbot.waitSignal(jobs.changed, timeout=WAIT) as told:
        jobs.watch()
    assert told.args == [frozenset({"setting"})]


def test_a_refusal_is_told_in_its_sentence_and_a_bug_with_its_trace(
    qtbot: QtBot, jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    failures: list[Failure] = []
    owner = QObject()

    def refuse(_db: Database) -> None:
        raise Refused("no")

    def fail(_db: Database) -> None:
        raise ZeroDivisionError

    jobs.read(refuse, owner=owner, done=print, failed=failures.append)
    jobs.read(fail, owner=owner, done=print, failed=failures.append)
    qtbot.waitUntil(lambda: len(failures) == 2, timeout=WAIT)
    assert isinstance(failures[0].told, Refused)
    assert failures[1].told is None
    assert "ZeroDivisionError" in failures[1].trace
    assert "a job failed" in caplog.text


def test_long_work_stops_at_its_next_report_once_it_is_cancelled(qtbot: QtBot, jobs: Jobs) -> None:
    begun, steps = threading.Event(), []
    gate = threading.Event()

    def work(_db: Database, *, progress: object) -> None:
        assert callable(progress)
        for number in range(100):
            steps.append(number)
            begun.set()
            gate.wait(5)
            progress(number, 100)

    owner = QObject()
    job = jobs.long(work, owner=owner, done=print)
    assert begun.wait(5)
    job.cancel()
    with qtbot.waitSignal(job.ended, timeout=WAIT):
        gate.set()
    assert steps == [0]


def test_closing_waits_for_a_write_and_drops_what_was_only_read(jobs: Jobs, demo_file: Path, qtbot: QtBot) -> None:
    answers: list[object] = []
    owner = QObject()
    jobs.write(note, "last words", owner=owner)
    jobs.read(lambda _db: 1, owner=owner, done=answers.append)
    jobs.close()
    with Database(demo_file) as db, db.read() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM setting WHERE name = 'last words'").scalar_one()
    assert found == 1
    qtbot.wait(10)
    assert answers == []
