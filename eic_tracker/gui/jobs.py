"""The window's one door to the file: work off the window's thread, answers on it.

One thread writes, one reads lists, one makes papers and counts. Answers that nobody waits for any more are dropped."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal

from eic_tracker.errors import UserError
from eic_tracker.gui.garbage import WindowGarbage
from eic_tracker.services.apart import Apart, Unwanted
from eic_tracker.services.present_rights import RightsChanged, ask_every_time, work_of
from eic_tracker.store.database import Database, ReadingStopped
from eic_tracker.store.rows import prepare_to_write

log = logging.getLogger(__name__)


class Lane(StrEnum):
    """Which thread does the work."""

    WRITE = "write"
    READ = "read"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job gave no answer: a sentence for the person, or a bug with its trace."""

    error: BaseException
    trace: str = ""

    @property
    def told(self) -> UserError | None:
        """The error where it is one for people."""
        return self.error if isinstance(self.error, UserError) else None


class Cancelled(Exception):
    """Raised inside long work that was cancelled: nothing half done remains."""


class Job(QObject):
    """A running piece of work; `cancel()` drops its answer and stops long work at its next progress report."""

    finished = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = False
        self.says = ""
        """what it does, in the person's words, for who waits behind it"""

    @property
    def cancelled(self) -> bool:
        """Whether the answer is no longer wanted."""
        return self._cancelled

    def cancel(self) -> None:
        """The answer is no longer wanted."""
        self._cancelled = True

    def report(self, done: int, total: int) -> None:
        """Called by long work on its own thread; raises Cancelled once nobody wants the answer."""
        if self._cancelled:
            raise Cancelled
        self.progressed.emit(done, total)


class Jobs(QObject):
    """Runs functions of the database on their threads and tells the window what changed."""

    changed = Signal(object)
    """frozenset of the names of the tables that a write touched"""
    writing = Signal(object)
    """True while a write runs, False when all is stored, a Failure where the last one failed"""
    rights_changed = Signal()
    """work was refused because the user's rights are others than at sign-in"""
    _answer = Signal(object, object, object)

    def __init__(
        self, db: Database, touched_since: Callable[[Database, int], tuple[int, frozenset[str]]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._db = db
        ask_every_time(db)
        self._apart = Apart(db.path)
        self._touched_since = touched_since
        self._last_set = touched_since(db, -1)[0]
        self._lanes = {lane: ThreadPoolExecutor(1, thread_name_prefix=f"eic-{lane.value}") for lane in Lane}
        self._running: dict[Job, tuple[QObject, Lane]] = {}
        self._watching = False
        self._closed = False
        self._stopping = False
        self._threads: dict[Lane, int] = {}
        self._prepared = False
        self._answer.connect(self._on_answer)
        self._garbage = WindowGarbage(self)

    @property
    def running(self) -> int:
        """How many jobs have not answered yet."""
        return len(self._running)

    def read(
        self,
        query: Callable[..., Any],
        *args: Any,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[Failure], None] | None = None,
        lane: Lane = Lane.READ,
    ) -> Job:
        """Call `query(db, *args)` and give its answer to `done`, unless `owner` is gone by then."""
        return self._start(lane, lambda _job: query(self._db, *args), owner, done, failed, args)

    def write(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        owner: QObject,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
        **options: Any,
    ) -> Job:
        """Call `use_case(db, *args, **options)` on the writer's thread, then tell everybody what it touched."""
        self.writing.emit(True)
        return self._start(Lane.WRITE, lambda _job: use_case(self._db, *args, **options), owner, done, failed, args)

    def long(
        self,
        work: Callable[..., Any],
        *args: Any,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[Failure], None] | None = None,
        **options: Any,
    ) -> Job:
        """Call `work(db, *args, progress=…, **options)`: `job.cancel()` stops it at its next report."""
        return self._start(
            Lane.LONG, lambda job: work(self._db, *args, progress=job.report, **options), owner, done, failed, args
        )

    def paper(
        self,
        make: Callable[..., Any],
        *args: Any,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[Failure], None] | None = None,
    ) -> Job:
        """Call `make(db, *args)` in a process of its own, so that the window goes on; `job.cancel()` ends it."""
        return self._start(Lane.LONG, lambda job: self._made_apart(job, make, args), owner, done, failed)

    def count(
        self,
        query: Callable[..., Any],
        *args: Any,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[Failure], None] | None = None,
    ) -> Job:
        """As `read`, beside the lists: figures that read many facts never hold up the rows of a grid."""
        return self.read(query, *args, owner=owner, done=done, failed=failed, lane=Lane.LONG)

    def ahead_of(self, job: Job) -> Job | None:
        """The work that a job waits for: the one that runs on its thread, None where the job itself does."""
        if job not in self._running:
            return None
        lane = self._running[job][1]
        first = next(each for each, (_, other) in self._running.items() if other is lane)
        return None if first is job else first

    def watch(self) -> None:
        """Look whether a command beside the window wrote; called by a timer."""
        if not self._watching and not self._closed and not self._stopping:
            self._watching = True
            self._start(
                Lane.READ,
                lambda _job: self._touched_since(self._db, self._last_set),
                self,
                self._on_watched,
                self._on_watch_failed,
            )

    def stop(self) -> Lane | None:
        """Cancel all that can be cancelled and begin nothing new but writes; what is still waited for, None at last.

        To be called again until then: what is being read stops at its next statement."""
        self._stopping = True
        for job, (_, lane) in self._running.items():
            if lane is not Lane.WRITE:
                job.cancel()
        # What is read for a write is part of it.
        self._db.stop_reading([thread for lane, thread in self._threads.items() if lane is not Lane.WRITE])
        return next((lane for lane in Lane if any(lane is each for _, each in self._running.values())), None)

    def close(self) -> None:
        """Let running writes end, drop everything else, stop the threads."""
        self._closed = True
        for job in self._running:
            job.cancel()
        for lane in Lane:
            self._lanes[lane].shutdown(wait=True, cancel_futures=lane is not Lane.WRITE)
        self._running.clear()
        self._apart.close()
        self._garbage.end()

    def _made_apart(self, job: Job, make: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        try:
            return self._apart.call(make, args, self._db.clock(), lambda: job.cancelled, job.report)
        except Unwanted as unwanted:
            raise Cancelled from unwanted

    def _start(
        self,
        lane: Lane,
        work: Callable[[Job], Any],
        owner: QObject,
        done: Callable[[Any], None] | None,
        failed: Callable[[Failure], None] | None,
        given: tuple[Any, ...] = (),
    ) -> Job:
        assert _on_window_thread(), "jobs are started by the window's thread"
        job = Job(self)
        if (self._closed or self._stopping) and lane is not Lane.WRITE:
            # a page that still stands while the file is being closed reads nothing more
            return job
        self._running[job] = (owner, lane)
        if done is not None:
            job.finished.connect(done)
        if failed is not None:
            job.failed.connect(failed)
        self._lanes[lane].submit(self._run, job, work, lane, given)
        return job

    def _run(self, job: Job, work: Callable[[Job], Any], lane: Lane, given: tuple[Any, ...]) -> None:
        if job.cancelled and lane is not Lane.WRITE:
            self._send(job, None, Cancelled())
            return
        self._threads[lane] = threading.get_ident()
        try:
            with work_of(given):
                answer, failure = work(job), None
        except Exception as error:
            answer, failure = None, error
        self._send(job, answer, failure)

    def _send(self, job: Job, answer: Any, failure: Exception | None) -> None:
        if not self._closed:
            self._answer.emit(job, answer, failure)

    def _on_answer(self, job: Job, answer: Any, error: Exception | None) -> None:
        owner, lane = self._running.pop(job, (None, Lane.READ))
        failure = None if error is None or isinstance(error, (Cancelled, ReadingStopped)) else failure_of(error)
        if lane is Lane.WRITE:
            # What was written counts, also where the page that asked for it is closed by now.
            self.writing.emit(failure if failure is not None else False)
            self.watch()
        if owner is not None and shiboken6.isValid(owner) and not job.cancelled:
            if failure is not None:
                job.failed.emit(failure)
            elif error is None:
                job.finished.emit(answer)
        if isinstance(error, RightsChanged):
            self.rights_changed.emit()
        job.ended.emit()
        job.deleteLater()
        if not (self._running or self._prepared or self._closed):
            self._prepared = True
            self._lanes[Lane.WRITE].submit(prepare_to_write)

    def _on_watched(self, answer: tuple[int, frozenset[str]]) -> None:
        self._watching = False
        last, touched = answer
        if last != self._last_set:
            self._last_set = last
            self.changed.emit(touched)

    def _on_watch_failed(self, failure: Failure) -> None:
        self._watching = False
        self.writing.emit(failure)


def failure_of(error: BaseException) -> Failure:
    """An error as it is told: a sentence, or a bug with its trace, logged."""
    if isinstance(error, UserError):
        return Failure(error)
    from eic_tracker.gui.report_text import trace_without_data

    trace = "".join(traceback.format_exception(error))
    # What an error quotes may name people: the log keeps where it happened, not what it said.
    log.error("a job failed\n%s", trace_without_data(trace))
    return Failure(error, trace)


def _on_window_thread() -> bool:
    app = QCoreApplication.instance()
    return app is not None and QThread.currentThread() is app.thread()
