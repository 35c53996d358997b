"""Keeps what is half typed in a form: a second after typing stops, and at once when the form is left."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from eic_tracker import drafts
from eic_tracker.clock import now_utc
from eic_tracker.errors import UserError
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.surroundings import Surroundings

REST = 1_000
"""Milliseconds of rest after which what is typed is on the disk: so much a crash may cost."""


class HalfTyped(QObject):
    """The draft of one form; `content()` says what stands in it, None where nothing was changed."""

    failed = Signal(str)
    """the disk refused: a sentence"""

    def __init__(self, around: Surroundings, content: Callable[[], Mapping[str, Any] | None], parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._content = content
        self._form = ""
        self._job: Job | None = None
        self._turn = 0
        """grows whenever what is being kept is no longer what is to be kept"""
        self._writing = threading.Lock()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._on_rest)

    def open(self, form: str) -> drafts.Draft | None:
        """Begin with a form of this name; what was kept of it, if anything."""
        self.leave()
        self._form = form
        return drafts.take(self._around.file_uid, self._around.acting.login, form)

    def note(self) -> None:
        """Something was typed."""
        if self._form:
            self._rest.start()

    def keep_now(self) -> None:
        """The window locks, closes or shows something else: keep at once what was not kept yet."""
        waiting = self._rest.isActive() or self._job is not None
        self._stop()
        content = self._content() if self._form and waiting else None
        if content is not None:
            self._tell(self._keep(None, self._form, content, self._turn))

    def leave(self) -> None:
        """The form is left; what was typed stays kept."""
        self.keep_now()
        self._form = ""

    def forget(self) -> None:
        """It was saved, or is not wanted."""
        self._stop()
        if self._form:
            with self._writing:
                drafts.forget(self._around.file_uid, self._around.acting.login, self._form)

    def _stop(self) -> None:
        self._turn += 1
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_rest(self) -> None:
        content = self._content()
        if content is None:
            self.forget()
            return
        job = self._around.jobs.read(
            self._keep, self._form, content, self._turn, owner=self, done=self._tell, failed=self._on_not_kept
        )
        job.ended.connect(lambda: self._on_kept(job))
        self._job = job

    def _on_not_kept(self, failure: Failure) -> None:
        self.failed.emit(notice_of(failure, self._around.t).text)

    def _on_kept(self, job: Job) -> None:
        if self._job is job:
            self._job = None

    def _keep(self, _db: Any, form: str, content: Mapping[str, Any], turn: int) -> str:
        """A sentence where it could not be kept; the window's file has nothing to do with it.

        What was forgotten or kept anew meanwhile is not written over."""
        with self._writing:
            if turn != self._turn:
                return ""
            try:
                drafts.keep(self._around.file_uid, self._around.acting.login, form, content, now_utc())
            except UserError as error:
                return error.text(self._around.t)
        return ""

    def _tell(self, told: str) -> None:
        if told:
            self.failed.emit(told)
