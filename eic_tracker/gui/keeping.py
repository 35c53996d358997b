"""Copies that make themselves: every half hour while something changed, and when the file is closed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from eic_tracker.clock import now_utc
from eic_tracker.domain.permissions import Action
from eic_tracker.gui.dialogs.waiting import say_before_going_on, wait_for
from eic_tracker.gui.jobs import Failure, Job, Lane
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.open_file import OpenFile
from eic_tracker.gui.place import Place
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed
from eic_tracker.gui.work import Work
from eic_tracker.services.safekeeping import (
    DAYS_ELSEWHERE,
    automatic_copy_if_changed,
    days_without_copy_elsewhere,
    restore_copy,
)

if TYPE_CHECKING:
    from eic_tracker.gui.main_window import MainWindow
    from eic_tracker.gui.workplace import Workplace

EVERY = 30 * 60_000
"""Milliseconds between automatic copies."""
REMINDER = "copy-elsewhere"
_NO_COPY = "no-copy"


class Keeping(QObject):
    """Asks for a copy when it is time; demonstrations and files that are only read need none."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._told_later: list[Notice] = []
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._on_time)

    def start(self, file: OpenFile) -> None:
        """A file was opened."""
        if _is_kept(file):
            self._timer.start()

    def finish(self, file: OpenFile) -> None:
        """The file is about to be closed: one more copy; the file closes whatever becomes of it.

        The copy is made after the last write, on its thread; what could not be written any more is told."""
        self._timer.stop()
        if not _is_kept(file):
            return
        t = self._window.t
        lost: list[Failure] = []

        def begin(done: Any, failed: Any) -> Job:
            return file.jobs.read(
                automatic_copy_if_changed, "closing", owner=self, done=done, failed=failed, lane=Lane.WRITE
            )

        note = file.jobs.writing.connect(lambda state: lost.append(state) if isinstance(state, Failure) else None)
        made = wait_for(self._window, t("Making the copy of this file before it closes…"), begin)
        file.jobs.writing.disconnect(note)
        for failure in lost:
            if failure is not made:
                say_before_going_on(self._window, notice_of(failure, t).text, t("Close"))
        if isinstance(made, Failure):
            say_before_going_on(self._window, notice_of(made, t).text, t("Close"))
        elif made.failed:
            say_before_going_on(self._window, made.text(t), t("Close"))

    def remind(self, workplace: Workplace) -> None:
        """Tell what waited to be told, and whether a copy on another disk is due; withdrawn once one was made."""
        for notice in self._told_later:
            workplace.tell(notice)
        self._told_later = []
        file = self._window.file
        around = workplace.around
        if file is None or not _is_kept(file) or not around.may(Action.EDIT_LISTS):
            return
        around.jobs.read(
            days_without_copy_elsewhere,
            around.preferences.current,
            now_utc(),
            owner=workplace,
            done=lambda days: _tell_days(workplace, days),
            failed=lambda _failure: None,
        )

    def restore(self, copy: Path) -> None:
        """Put a copy in the place of the open file, and open it again; the present file is kept aside."""
        window = self._window
        file, acting, t = window.file, window.acting, window.t
        if file is None or acting is None:
            return
        path = file.path
        window.show_first_run()
        work = Work(self)

        def begin(done: Any, failed: Any) -> Job:
            return work.start(lambda _job: restore_copy(copy, path, acting), done=done, failed=failed)

        answer = wait_for(window, t("Putting the copy back…"), begin)
        work.close()
        if isinstance(answer, Failure):
            say_before_going_on(window, notice_of(answer, t).text, t("Open the file as it was"))
        else:
            aside = answer.kept_aside.name if answer.kept_aside is not None else ""
            said = t("The copy was put back. The file as it was before is kept beside it: {file}", file=aside)
            self._told_later.append(Notice(Tone.OK, said))
        window.open(path)

    def _on_time(self) -> None:
        file = self._window.file
        if file is not None:
            job = file.jobs.long(
                automatic_copy_if_changed, "changed", owner=self, done=self._on_copied, failed=self._on_failed
            )
            job.says = self._window.t("Copying, then reading the copy back…")
        if self._window.workplace is not None:
            self.remind(self._window.workplace)

    def _on_copied(self, made: Any) -> None:
        workplace = self._window.workplace
        if workplace is None:
            return
        if made.failed:
            workplace.messages.tell(Tone.WARNING, made.text(self._window.t), key=_NO_COPY)
        else:
            workplace.messages.withdraw(_NO_COPY)

    def _on_failed(self, failure: Failure) -> None:
        if self._window.workplace is not None:
            self._window.workplace.tell(notice_of(failure, self._window.t))


def _is_kept(file: OpenFile) -> bool:
    return not file.demonstration and not file.read_only


def _tell_days(workplace: Workplace, days: int) -> None:
    t = workplace.t
    if days < DAYS_ELSEWHERE:
        workplace.messages.withdraw(REMINDER)
        return
    text = t.plural(
        "For {count} day no copy of this file has been made on another disk. If this computer fails, work is lost.",
        "For {count} days no copy of this file has been made on another disk. If this computer fails, work is lost.",
        days,
    )
    deeds: tuple[Deed, ...] = ()
    if workplace.around.may(Action.ADMINISTER):
        place = Place("settings", state={"section": "copies", "copy_now": True})
        deeds = (Deed(t("Copy now"), lambda: workplace.go(place)),)
    else:
        text += " " + t("An administrator can make one.")
    workplace.messages.tell(Tone.WARNING, text, deeds=deeds, key=REMINDER)
