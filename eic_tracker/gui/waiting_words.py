"""What a page says that waits because other work runs first on the same thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from eic_tracker.gui.jobs import Job, Jobs
from eic_tracker.i18n import Translator

QUIET = 300
"""Milliseconds of waiting that nobody needs to be told."""


def waiting_words(jobs: Jobs, job: Job, t: Translator) -> str:
    """That a job waits and for what; empty where it is at work, or has ended."""
    ahead = jobs.ahead_of(job)
    if ahead is None:
        return ""
    if not ahead.says:
        return t("Waiting: other work is done first.")
    return t("Waiting until this is done: {work}", work=ahead.says.rstrip("…"))


class WaitWatch(QObject):
    """Tells, from 300 ms on and until all has come, what the jobs of its owner wait for; empty when for nothing."""

    def __init__(
        self, owner: QObject, jobs: Jobs, t: Translator, waited: Callable[[], Iterable[Job]], say: Callable[[str], None]
    ) -> None:
        super().__init__(owner)
        self._jobs, self._t, self._waited, self._say = jobs, t, waited, say
        self._said = ""
        self._timer = QTimer(self)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """A job was started."""
        if not self._timer.isActive():
            self._timer.start()

    def look(self) -> None:
        """Say how it stands now."""
        jobs = list(self._waited())
        words = next((words for job in jobs if (words := waiting_words(self._jobs, job, self._t))), "")
        if words != self._said:
            self._said = words
            self._say(words)
        if not jobs:
            self._timer.stop()
