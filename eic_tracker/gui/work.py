"""Work off the window's thread where no file is open, and so no Jobs object is there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from eic_tracker.gui.jobs import Cancelled, Failure, Job, failure_of


class Work(QObject):
    """A thread for each piece; answers come on the window's thread and are dropped once the owner is gone.

    It outlives its owner until the last answer has come, so that a thread never speaks to what was taken down."""

    _answer = Signal(object, object, object)

    def __init__(self, owner: QObject) -> None:
        app = QCoreApplication.instance()
        assert app is not None, "work is done for a window"
        super().__init__(app)
        self._threads: list[threading.Thread] = []
        self._running: dict[Job, tuple[Callable[[Any], None], Callable[[Failure], None]]] = {}
        self._closed = False
        self._answer.connect(self._on_answer)
        owner.destroyed.connect(self.close)
        app.aboutToQuit.connect(self.finish)

    @property
    def running(self) -> int:
        """How many pieces of work have not answered yet."""
        return len(self._running)

    def start(
        self, work: Callable[[Job], Any], *, done: Callable[[Any], None], failed: Callable[[Failure], None]
    ) -> Job:
        """Call `work(job)` on a thread; long work calls `job.report(done, total)`, which stops it when cancelled."""
        assert not self._closed, "its owner is gone"
        job = Job(self)
        self._running[job] = (done, failed)
        thread = threading.Thread(target=self._run, args=(job, work), name="eic-work")
        self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        thread.start()
        return job

    def close(self) -> None:
        """Nobody waits any more: what runs stops at its next report and is never heard of."""
        if self._closed:
            return
        self._closed = True
        for job in self._running:
            job.cancel()
        if not self._running:
            self.deleteLater()

    def finish(self) -> None:
        """The program ends: wait until what runs has stopped."""
        self.close()
        for thread in self._threads:
            thread.join()

    def _run(self, job: Job, work: Callable[[Job], Any]) -> None:
        answer: Any = None
        failure: Exception | None = None
        try:
            answer = work(job)
        except Exception as error:
            failure = error
        self._answer.emit(job, answer, failure)

    def _on_answer(self, job: Job, answer: Any, error: Exception | None) -> None:
        done, failed = self._running.pop(job)
        if not self._closed:
            if error is None:
                # Finished in the very moment in which it was cancelled: it is done, and saying so is the truth.
                done(answer)
            else:
                failed(Failure(error) if isinstance(error, Cancelled) else failure_of(error))
            job.ended.emit()
        job.deleteLater()
        if self._closed and not self._running:
            self.deleteLater()
