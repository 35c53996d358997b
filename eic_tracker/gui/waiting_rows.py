"""A link on the roster to the rows of lists that stayed out; hidden where none waits."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from eic_tracker.clock import HONDURAS
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Job
from eic_tracker.gui.notices import reading_notice
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.services.pending_rows import PendingList, pending_lists


class WaitingRows(QPushButton):
    """Opens the one list that has such rows, or asks which."""

    opened = Signal(int)
    """the key of the list whose rows are wanted"""
    noticed = Signal(object)
    """a Notice: whether rows wait could not be read"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._lists: tuple[PendingList, ...] = ()
        self._job: Job | None = None
        self.setAutoDefault(False)
        self.setMinimumHeight(theme.TARGET)
        self.setProperty("link", True)
        self.clicked.connect(lambda _checked=False: self.ask())
        self.hide()

    def show_offering(self, offering: int | None) -> None:
        """The rows that wait for a course."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._show(())
        if offering is not None:
            around = self._around
            self._job = around.jobs.read(
                pending_lists,
                around.acting,
                offering,
                owner=self,
                done=self._show,
                failed=lambda failure: self.noticed.emit(reading_notice(failure, around.t)),
            )

    def ask(self) -> None:
        """Which list is meant, where there are several."""
        if len(self._lists) == 1:
            self.opened.emit(self._lists[0].id)
            return
        t = self._around.t
        popup = ChoicePopup("list", t("Rows of which list?"), t, self.window())
        popup.chosen.connect(lambda code, _words: self.opened.emit(int(code)))
        popup.move(self.mapToGlobal(QPoint(0, self.height())))
        popup.offer([(str(each.id), self._words(each)) for each in self._lists])

    def _words(self, waiting: PendingList) -> str:
        t = self._around.t
        day = t.date(waiting.recorded_at.astimezone(HONDURAS).date())
        return t("{file}, {date}: {count}", file=waiting.file, date=day, count=waiting.rows)

    def _show(self, lists: tuple[PendingList, ...]) -> None:
        self._lists = lists
        count = sum(each.rows for each in lists)
        t = self._around.t
        self.setText(t.plural("{count} row of a list waits…", "{count} rows of lists wait…", count))
        self.setVisible(bool(lists))
