"""A list beside the file, in the roster's place: what its rows are, what is asked, and the key that stores it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from eic_tracker.errors import Refused
from eic_tracker.exchange.lists import COLUMN
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.left_out_export import LeftOutExport
from eic_tracker.gui.letter_of_origin import LetterOfOrigin
from eic_tracker.gui.list_asking import ListAsking, ask_exceptions
from eic_tracker.gui.list_columns import KEYS as COLUMN_KEYS
from eic_tracker.gui.list_columns import ListColumns
from eic_tracker.gui.list_row_acts import ListRowActs
from eic_tracker.gui.list_row_detail import ListRowDetail
from eic_tracker.gui.list_rows_table import ReviewTable
from eic_tracker.gui.list_words import columns, repairs_of, tally_of
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.outcome_filter import OutcomeFilter
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import authorisation_of
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.import_people import ImportDraft, Imported
from eic_tracker.services.list_review import Review, ReviewedRow
from eic_tracker.services.list_sources import ListSource, ReviewRequest, open_list, review_source, store_list
from eic_tracker.services.pending_rows import open_pending
from eic_tracker.services.roster_entry import PostChoices, post_choices

LONG = 400
"""Lines of a list beyond which it is looked at in a process of its own."""


class ListReviewPart(QWidget):
    """Nothing is stored before Ctrl+Enter; Esc puts the list away."""

    done = Signal(str, bool)
    noticed = Signal(object)
    closed = Signal()
    whole_wanted = Signal(object)
    """the path of a file whose sheets are courses of their own"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self._t = t = around.t
        self.request: ReviewRequest | None = None
        self.review: Review | None = None
        self._order: AuthorisationDraft | None = None
        self._job: Job | None = None
        self._asked = ""
        self._path: Path | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(t("Review of a list"))
        self.progress = ProgressRow(t("Stop"))
        self.filters = OutcomeFilter(around)
        self.asking = ListAsking(t)
        self._ranks: dict[int | str, str] = {}
        self._units: dict[int | str, str] = {}
        self.columns = ListColumns(t)
        self.table = ReviewTable(t("Rows of the list"), columns(self._ranks, self._units), around)
        self.table.setMinimumHeight(_LEAST_ROWS)
        self.detail = ListRowDetail(t)
        self.export = LeftOutExport(self)
        self.origin = LetterOfOrigin(around)
        self.store_button = deed_button(Deed("", self.store), look="primary")
        self.store_button.setToolTip("Ctrl+Enter")
        self.leave_button = deed_button(Deed(t("Put the list away"), self.leave))
        self.leave_button.setToolTip("Esc")
        self.failure = StateView(around.colours)
        self.stack = QStackedWidget()
        self.within = QScrollArea()
        self.within.setFrameShape(QScrollArea.Shape.NoFrame)
        self.within.setWidgetResizable(True)
        self.within.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.within.setWidget(self._body())
        self.acts = ListRowActs(self)
        self.stack.addWidget(self._whole())
        self.stack.addWidget(self.failure)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.progress)
        column.addWidget(self.stack, 1)
        self._connect()

    @property
    def shown(self) -> list[ReviewedRow]:
        """The rows in sight."""
        return list(self.table.rows.values())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """What is being typed stays in sight."""
        super().resizeEvent(event)
        if not self.table.field.isHidden():
            QTimer.singleShot(0, self, lambda: self.within.ensureWidgetVisible(self.table, 0, 0))

    def open_file(self, path: Path, offering: int) -> None:
        """Read a file in a process of its own, then review it."""
        self._begin()
        self._path = path
        t = self._t
        self.progress.start(t("Reading {file}", file=path.name), t("Stopping…"))

        def opened(source: ListSource) -> None:
            self.open_source(source, offering)

        self._watch(
            self.around.jobs.long(open_list, self.around.acting, path, owner=self, done=opened, failed=self._on_unread)
        )

    def open_waiting(self, list_import: int, offering: int) -> None:
        """Review the rows of an earlier list that stayed out."""
        self._begin()

        def opened(source: ListSource) -> None:
            self.open_source(source, offering)

        acting = self.around.acting
        self._watch(
            self.around.jobs.read(open_pending, acting, list_import, owner=self, done=opened, failed=self._on_unread)
        )

    def open_source(self, source: ListSource, offering: int) -> None:
        """Review what was read or pasted."""
        self._begin()
        jobs, acting = self.around.jobs, self.around.acting
        jobs.read(post_choices, acting, owner=self, done=self._name, failed=self._on_unread)
        self.look_at(ReviewRequest(source, offering, sender=self._sender()))

    def first_focus(self) -> QWidget:
        """The open question, else the rows."""
        if self.stack.currentWidget() is self.failure:
            buttons = [each for each in self.failure.findChildren(QPushButton) if not each.isHidden()]
            return buttons[-1] if buttons else self
        return self.asking.first_focus() or self.table

    def store(self) -> None:
        """Ctrl+Enter: ask for the letter until it, or that there is none, was said; then store all that can be."""
        if self.table.finish_typing():
            return
        if self.review is None or self._job is not None or not self.store_button.isEnabled():
            return
        if not self.origin.is_said:
            self.origin.click()
            return
        review = self.review
        waiting = self.request.source.waiting if self.request is not None else {}
        self.store_button.setEnabled(False)
        self.around.jobs.write(
            store_list,
            self.around.acting,
            ImportDraft(review, self.origin.source, self._order, waiting),
            from_file=self.request is not None and self.request.source.is_file,
            owner=self,
            done=lambda answer: self._on_stored(answer, review),
            failed=self._on_not_stored,
        )

    def leave(self) -> None:
        """Esc: nothing of the list is stored."""
        self._drop()
        self.done.emit(self._t("The list was put away; nothing of it is stored."), False)

    @property
    def is_busy(self) -> bool:
        """Whether the list is being read."""
        return self._job is not None

    def _body(self) -> QWidget:
        page = ScrolledColumn()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.filters)
        column.addWidget(self.columns)
        column.addWidget(self.asking)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        return page

    def _whole(self) -> QWidget:
        """What can be scrolled, and below it the keys that store the list or put it away, always in sight."""
        whole, foot = QWidget(), QWidget()
        line = FlowLayout(foot, theme.GAP)
        for widget in (self.store_button, self.leave_button, self.origin, self.export.button):
            line.addWidget(widget)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.within, 1)
        column.addWidget(foot)
        return whole

    def _connect(self) -> None:
        self.filters.chosen.connect(self._show_rows)
        self.asking.answered.connect(self._answer)
        self.asking.repairs_chosen.connect(self._choose_repairs)
        self.asking.courses_wanted.connect(self._go_whole)
        self.asking.authorisation_wanted.connect(self._ask_authorisation)
        self.columns.chosen.connect(self._answer_all)
        self.origin.said.connect(self._on_letter)
        self.progress.cancel_requested.connect(self.leave)
        self.within.verticalScrollBar().rangeChanged.connect(self._on_grown)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+Return", self.store),
            ("Ctrl+Enter", self.store),
            ("F8", self.acts.next_problem),
            (COLUMN_KEYS, self.columns.ask),
        )
        for sequence, act in keys:
            page_shortcut(sequence, self).activated.connect(act)

    def _on_grown(self, _least: int, _most: int) -> None:
        self.acts.follow()

    def _go_whole(self) -> None:
        """The file is of several courses: it is looked at as a whole."""
        path = self._path
        self._drop()
        if path is not None:
            self.whole_wanted.emit(path)

    def _begin(self) -> None:
        self._stop()
        self.request = self.review = self._order = None
        self.table.field.hide()
        self.columns.show_list(None)
        self.origin.ask_anew()
        self.table.show_rows({})
        self.filters.show_review(None)
        self.asking.clear()
        self.detail.show_row(None)
        self._show_store()
        self.stack.setCurrentIndex(0)

    def _drop(self) -> None:
        self._begin()
        self.closed.emit()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None
        self.progress.finish()

    def _sender(self) -> str:
        return self.origin.source.sender if self.origin.source is not None else ""

    def look_at(self, request: ReviewRequest) -> None:
        """Set the list beside the file, as it is asked for; what was asked before is not waited for."""
        self._stop()
        self.request = request
        self._show_store()
        t, jobs = self._t, self.around.jobs
        self.progress.start(t("Reading {file}", file=request.source.name), t("Stopping…"))
        look = jobs.paper if request.source.lines > LONG else jobs.read
        acting, today = self.around.acting, self.around.today
        self._watch(look(review_source, acting, request, today, owner=self, done=self._show, failed=self._on_unread))

    def _watch(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self.progress.report)

    def _name(self, choices: PostChoices) -> None:
        """The names of ranks and units, for the rows."""
        self._ranks.update(choices.ranks)
        self._units.update(choices.units)
        self._show_rows()

    def _show(self, review: Review) -> None:
        is_first = self.review is None
        self._stop()
        self.review = review
        self.filters.show_review(review)
        repairs = sum(len(repairs_of(row)) for row in review.rows if row.problems)
        self.columns.show_list(review.read)
        self.asking.show_review(review, repairs, accepted=self.request is None or self.request.repairs)
        self._show_rows()
        self._show_store()
        asked = review.read.questions[0].key if review.read.questions else ""
        if is_first or asked != self._asked:
            self._asked = asked
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        rows = () if self.review is None else self.review.rows
        current = self.table.current_key()
        self.table.show_rows({key: row for key, row in enumerate(rows, 1) if self.filters.lets(row)})
        if self.table.current_key() is None and self.table.rows:
            self.table.select_key(current if current in self.table.rows else next(iter(self.table.rows)))
        self.acts.show_detail()

    def _show_store(self) -> None:
        count, left_out = (0, 0) if self.review is None else tally_of(self.review)
        self.export.show_count(left_out)
        self.store_button.setText(self._t.plural("Enrol {count} person", "Enrol {count} people", count))
        self.store_button.setEnabled(count > 0 and self._job is None)

    def _answer(self, key: str, option: str) -> None:
        self._answer_all({key: option})

    def _answer_all(self, said: Mapping[str, str]) -> None:
        if self.request is not None:
            moves = any(key in _MOVES_ROWS or key.startswith(COLUMN) for key in said)
            decisions = {} if moves else self.request.decisions
            answers = {**self.request.answers, **said}
            self.look_at(replace(self.request, answers=answers, decisions=decisions))

    def _choose_repairs(self, accepted: bool) -> None:
        if self.request is not None:
            self.look_at(replace(self.request, repairs=accepted))

    def _ask_authorisation(self) -> None:
        if self.review is not None:
            ask_exceptions(self.review, self.around, self).given.connect(self._on_authorised)

    def _on_authorised(self, values: Mapping[str, Any]) -> None:
        if self.request is not None:
            self._order = authorisation_of(values)
            self.look_at(replace(self.request, authorised=True))

    def _on_letter(self) -> None:
        """The letter was asked for by Ctrl+Enter, or said before: its sender's columns may be known."""
        if self.request is None or self.review is None:
            return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.request.sender != self._sender():
            self.look_at(replace(self.request, sender=self._sender()))

    def _on_stored(self, answer: Imported, review: Review) -> None:
        t = self._t
        self._drop()
        if answer.set_id is None:
            self.done.emit(t("The file has all of it already; nothing was stored."), False)
            return
        said = t.plural("{count} person is enrolled.", "{count} people are enrolled.", len(answer.enrolments))
        if review.left_out:
            said += " " + t.plural(
                "{count} row stays out and is kept with its reason.",
                "{count} rows stay out and are kept with their reasons.",
                review.left_out,
            )
        self.done.emit(said, True)

    def _on_not_stored(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))
        self._show_store()
        if isinstance(failure.told, Refused) and self.request is not None:
            self.look_at(self.request)

    def _on_unread(self, failure: Failure) -> None:
        self._stop()
        notice = notice_of(failure, self._t)
        self.failure.show_failed(notice.text, self._t("Back to the roster"), self._drop)
        self.stack.setCurrentWidget(self.failure)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        if notice.trace:
            self.noticed.emit(notice)


_LEAST_ROWS = 150
"""Pixels of the heading and four rows."""
_MOVES_ROWS = frozenset({"sheet", "hidden_rows"})
"""Answers that change which rows there are, so that what was decided of them no longer fits."""
