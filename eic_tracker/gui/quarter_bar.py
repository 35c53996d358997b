"""Whether the quarter of a report is closed, and what can be done about it: close it, take out what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from eic_tracker.clock import local_date
from eic_tracker.domain.periods import Period, quarter_of, title
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.queries.closed_quarters import ClosedQuarter, FrozenPaper
from eic_tracker.services.quarters import (
    QuarterClosed,
    ReadiedPapers,
    discard_papers,
    freeze_quarter,
    ready_papers,
    save_frozen_paper,
)


class QuarterBar(QWidget):
    """One sentence and its deeds, for a quarter; nothing for other spans."""

    done = Signal(str)
    noticed = Signal(object)
    changed = Signal()
    """the quarter was closed"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        t = self._t = around.t
        self._job: Job | None = None
        self._period: Period | None = None
        self._closed: ClosedQuarter | None = None
        self._not_closed = 0
        self.said = sentence("")
        self.close_button = deed_button(Deed(t("Close the quarter…"), self.ask_close))
        self.sent_button = deed_button(Deed(t("Papers as sent…"), self.ask_sent))
        self._progress = ProgressRow(t("Cancel"))
        self._progress.cancel_requested.connect(self._cancel)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        line.addWidget(self.said, 1)
        for button in (self.close_button, self.sent_button):
            button.hide()
            line.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(line)
        whole.addWidget(self._progress)
        self.hide()

    def show_quarter(self, period: Period, quarters: Sequence[ClosedQuarter], not_closed: int) -> None:
        """Say how a quarter stands; `not_closed` courses of it still wait."""
        t, today = self._t, self._around.today
        self._period, self._not_closed = period, not_closed
        quarter = quarter_of(period.first_day)
        found = next((each for each in quarters if each.period == quarter), None)
        self._closed = found
        acting, writes = self._around.acting, not self._around.read_only
        ended, is_closed = quarter.last_day < today, found is not None and found.is_closed
        managing = writes and right(acting, Action.QUARTERLY_REPORTS) is Right.YES
        if found is None:
            words = t("Not closed: its figures may still change.") if ended else t("The quarter still runs.")
        elif found.is_closed:
            day = t.date(local_date(found.closed_at))
            words = t("Closed on {day} by {person}.", day=day, person=found.closed_by or "—")
            if found.restatements:
                count = len(found.restatements)
                words += " " + t.plural("{count} figure was restated.", "{count} figures were restated.", count)
        else:
            day = t.date(local_date(found.reopened_at or found.closed_at))
            words = t("Reopened on {day}: {reason}", day=day, reason=found.reopened_reason)
        self.said.setText(words)
        self.close_button.setVisible(managing and ended and not is_closed)
        self.sent_button.setVisible(found is not None and bool(found.papers))
        self.show()

    def ask_close(self) -> None:
        """Say what closing does, then ask where its folder goes."""
        if self._period is None:
            return
        t, name = self._t, title(self._period, self._t)
        sentences = [
            t(
                "{period}: closing it freezes its figures and writes the report and the workbook to be sent.",
                period=name,
            ),
            t("What is corrected later is told as a restatement. Only an administrator can reopen it, with a reason."),
        ]
        if self._not_closed:
            sentences.append(
                t.plural(
                    "{count} course of the quarter is not closed: its completions are not counted.",
                    "{count} courses of the quarter are not closed: their completions are not counted.",
                    self._not_closed,
                )
            )
        asked = AskFields(t("Close the quarter"), sentences, (), lambda _values: (), self._around, self.window())
        asked.given.connect(lambda _values: self._ask_folder())
        asked.start({})

    def _ask_folder(self) -> None:
        folder = self._around.preferences.current.last_folder or Path.home()
        chosen = QFileDialog.getExistingDirectory(self, self._t("Where the folder of the quarter goes"), str(folder))
        if chosen and self._period is not None:
            name = self._t("quarter") + f"-{quarter_of(self._period.first_day).code}"
            self.close_into(Path(chosen) / name)

    def close_into(self, folder: Path) -> None:
        """Make the papers in another process, then freeze the figures for which they were made."""
        if self._period is None:
            return
        t = self._t
        words = t("Making the papers of the quarter…")
        self._progress.start(words)
        self._job = job = self._around.jobs.paper(
            partial(ready_papers, t=t, today=self._around.today),
            self._around.acting,
            self._period,
            folder,
            owner=self,
            done=self._on_readied,
            failed=self._on_failed,
        )
        job.says = words
        job.ended.connect(lambda: discard_papers(folder) if job.cancelled else None)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._progress.finish()

    def ask_sent(self) -> None:
        """Ask where the papers go, as they were frozen."""
        if self._closed is None:
            return
        folder = self._around.preferences.current.last_folder or Path.home()
        chosen = QFileDialog.getExistingDirectory(self, self._t("Where the papers as sent go"), str(folder))
        if chosen:
            self.save_sent(Path(chosen))

    def save_sent(self, folder: Path) -> None:
        """Write the newest frozen papers into a folder."""
        if self._closed is None:
            return
        newest = max(paper.recorded_at for paper in self._closed.papers)
        papers = [paper for paper in self._closed.papers if paper.recorded_at == newest]
        self._around.jobs.read(
            partial(_save_all, papers=papers, folder=folder),
            self._around.acting,
            owner=self,
            done=lambda _none: self.done.emit(self._t("Saved: {file}", file=folder)),
            failed=self._on_failed,
        )

    def _on_readied(self, made: ReadiedPapers) -> None:
        self._around.jobs.write(
            freeze_quarter,
            self._around.acting,
            made,
            owner=self,
            done=self._on_closed,
            failed=self._on_failed,
        )

    def _on_closed(self, closed: QuarterClosed) -> None:
        self._on_changed(self._t("Closed. What is to be sent: {file}", file=closed.folder))

    def _on_changed(self, words: str) -> None:
        self._progress.finish()
        self.done.emit(words)
        self.changed.emit()

    def _on_failed(self, failure: Failure) -> None:
        self._progress.finish()
        self.noticed.emit(notice_of(failure, self._t))


def _save_all(db: Any, acting: Any, *, papers: Sequence[FrozenPaper], folder: Path) -> None:
    for paper in papers:
        save_frozen_paper(db, acting, paper, folder / paper.name)
