"""The lists of a workbook or folder, each with its course, beside the file; one key stores them in one entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from eic_tracker.errors import Refused
from eic_tracker.exchange.by_hand import is_left_out
from eic_tracker.gui import course_list_words, list_words, theme
from eic_tracker.gui.course_list_acts import CourseListActs
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.left_out_export import LeftOutExport
from eic_tracker.gui.letter_of_origin import LetterOfOrigin
from eic_tracker.gui.list_asking import ListAsking, ask_exceptions
from eic_tracker.gui.list_columns import KEYS as COLUMN_KEYS
from eic_tracker.gui.list_columns import ListColumns
from eic_tracker.gui.list_review_part import LONG
from eic_tracker.gui.list_rows_table import CourseListTable
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.outcome_filter import OutcomeFilter
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.whole_draft import WholeDraft
from eic_tracker.gui.widgets.ask_fields import authorisation_of
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.queries.course_words import CourseWords
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.list_review import Review, ReviewedRow, is_enrolled
from eic_tracker.services.roster_entry import PostChoices, post_choices
from eic_tracker.services.whole_workbook import (
    WholeImported,
    WholeRequest,
    WholeReview,
    course_words,
    import_whole,
    open_whole,
    review_whole,
)


class WholeReviewPart(QWidget):
    """Nothing is stored before Ctrl+Enter; Esc puts all lists away. What was said stays until then."""

    done = Signal(str, bool)
    noticed = Signal(object)
    shown = Signal()
    emptied = Signal(str)
    """nothing is looked at; why what was chosen could not be read, or nothing"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self.t = t = around.t
        self.request: WholeRequest | None = None
        self.whole: WholeReview | None = None
        self.review: Review | None = None
        self.words: CourseWords | None = None
        self._before: WholeRequest | None = None
        self._order: AuthorisationDraft | None = None
        self._job: Job | None = None
        self._asked = ""
        self.path: Path | None = None
        self.draft = WholeDraft(self)
        self.progress = ProgressRow(t("Stop"))
        self.filters = OutcomeFilter(around)
        self.said = sentence("")
        self.asking = ListAsking(t)
        self.columns = ListColumns(t)
        self.lists = CourseListTable(t("Lists"), course_list_words.columns(lambda: self.words), around)
        self.lists.setMinimumHeight(_LEAST_LISTS)
        self.one_said = sentence("", muted=True)
        self._ranks: dict[int | str, str] = {}
        self._units: dict[int | str, str] = {}
        self.rows = SmallTable(t("Rows of the list"), list_words.columns(self._ranks, self._units), around)
        self.rows.setMinimumHeight(_LEAST_ROWS)
        self.rows_label = QLabel(t("&Rows of the list"))
        self.rows_label.setBuddy(self.rows)
        self.acts = CourseListActs(self)
        self.export = LeftOutExport(self)
        self.origin = LetterOfOrigin(around)
        self.store_button = deed_button(Deed("", self.store), look="primary")
        self.store_button.setToolTip("Ctrl+Enter")
        self.leave_button = deed_button(Deed(t("Put the lists away"), self.leave))
        self.leave_button.setToolTip("Esc")
        self.within, self.foot = QScrollArea(), QWidget()
        self._build()
        self._connect()

    def read_names(self) -> None:
        """The names of courses, places and instructors, ranks and units."""
        read, acting = self.around.jobs.read, self.around.acting
        read(course_words, acting, owner=self, done=self._name_courses, failed=self._tell)
        read(post_choices, acting, owner=self, done=self._name_posts, failed=self._tell)

    def refresh(self) -> None:
        """What the lists mean beside the file of now."""
        self.read_names()
        if self.request is not None and self._job is None:
            self.look_at(self.request)

    def first_focus(self) -> QWidget:
        """The open question, else the lists."""
        return self.asking.first_focus() or self.lists

    def open_path(self, path: Path) -> None:
        """Read a workbook or a folder in processes of their own, then look at its lists."""
        self.draft.left = None
        self._open(path, self.look_at)

    def take_up(self) -> bool:
        """Open the lists again that were looked at when the program ended; False where there are none."""
        path = self.draft.path if self.request is None and self._job is None else None
        if path is not None:
            self._open(path, lambda request: self.look_at(self.draft.take_up(request)))
        return path is not None

    def _open(self, path: Path, done: Callable[[WholeRequest], None]) -> None:
        self._begin()
        self.path = path
        t = self.t
        self.progress.start(t("Reading {file}", file=path.name), t("Stopping…"))
        jobs, acting = self.around.jobs, self.around.acting
        self._watch_job(jobs.long(open_whole, acting, path, owner=self, done=done, failed=self._on_unread))

    def look_at(self, request: WholeRequest) -> None:
        """Set the lists beside the file; what was asked before is not waited for."""
        self._stop()
        self._before, self.request = self.request, request
        self.draft.note()
        self._show_store()
        t, jobs = self.t, self.around.jobs
        self.progress.start(t("Reading {file}", file=request.file), t("Stopping…"))
        look = jobs.paper if request.lines > LONG else jobs.read
        acting, today = self.around.acting, self.around.today
        self._watch_job(look(review_whole, acting, request, today, owner=self, done=self._show, failed=self._on_unseen))

    def store(self) -> None:
        """Ctrl+Enter: ask for the letter until it, or that there is none, was said; then store all that can be."""
        if self.lists.finish_typing():
            return
        if self.whole is None or self._job is not None or not self.store_button.isEnabled():
            return
        if not self.origin.is_said:
            self.origin.click()
            return
        whole = self.whole
        self.store_button.setEnabled(False)
        self.around.jobs.write(
            import_whole,
            self.around.acting,
            whole,
            self.origin.source,
            self._order,
            owner=self,
            done=lambda answer: self._on_stored(answer, whole),
            failed=self._on_not_stored,
        )

    def leave(self) -> None:
        """Esc: nothing of the lists is stored."""
        self._begin()
        self.draft.forget()
        self.done.emit(self.t("The lists were put away; nothing of them is stored."), False)

    def _build(self) -> None:
        page = ScrolledColumn()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        above: tuple[QWidget, ...] = (self.filters, self.said, self.asking)
        between: tuple[QWidget, ...] = (self.one_said, self.columns, self.rows_label)
        for widget in above:
            column.addWidget(widget)
        column.addWidget(self.lists, 3)
        for widget in between:
            column.addWidget(widget)
        column.addWidget(self.rows, 2)
        self.within.setFrameShape(QScrollArea.Shape.NoFrame)
        self.within.setWidgetResizable(True)
        self.within.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.within.setWidget(page)
        line = FlowLayout(self.foot, theme.GAP)
        for button in (self.store_button, self.leave_button, self.origin, self.export.button):
            line.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.GAP)
        whole.addWidget(self.within, 1)
        whole.addWidget(self.foot)

    def _connect(self) -> None:
        self.filters.chosen.connect(self._show_lists)
        self.lists.current_changed.connect(lambda _key: self._show_one())
        self.asking.answered.connect(lambda key, option: self._answer({key: option}))
        self.asking.repairs_chosen.connect(self._choose_repairs)
        self.asking.authorisation_wanted.connect(self._ask_authorisation)
        self.columns.chosen.connect(self._answer)
        self.origin.said.connect(self._on_letter)
        self.origin.noticed.connect(self.noticed)
        self.progress.cancel_requested.connect(self.leave)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+Return", self.store),
            ("Ctrl+Enter", self.store),
            ("F8", self.acts.next_problem),
            ("Ctrl+D", self.acts.as_above),
            (COLUMN_KEYS, self.columns.ask),
        )
        for sequence, act in keys:
            page_shortcut(sequence, self).activated.connect(act)

    def _begin(self) -> None:
        self._stop()
        self.draft.keep_now()
        self.request = self._before = self.whole = self.review = self._order = self.path = None
        self._asked = ""
        self.lists.field.hide()
        self.origin.ask_anew()
        self.emptied.emit("")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None
        self.progress.finish()

    def _watch_job(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self.progress.report)

    def _name_courses(self, words: CourseWords) -> None:
        self.words = words
        if self.whole is not None:
            self._show_lists()

    def _name_posts(self, choices: PostChoices) -> None:
        self._ranks.update(choices.ranks)
        self._units.update(choices.units)

    def _show(self, whole: WholeReview) -> None:
        is_first = self.whole is None
        self._stop()
        self._before = None
        self.whole, self.review = whole, whole.together()
        self.filters.show_review(self.review)
        self.said.setText(course_list_words.summary(whole, self.t))
        repairs = sum(len(list_words.repairs_of(row)) for row in self.review.rows)
        self.asking.show_review(self.review, repairs, accepted=self.request is None or self.request.repairs)
        self._show_lists()
        self._show_store()
        asked = self.review.read.questions[0].key if self.review.read.questions else ""
        if is_first or asked != self._asked:
            self._asked = asked
            self.shown.emit()

    def _show_lists(self) -> None:
        """The lists that have rows of the outcome that is asked for."""
        lists = () if self.whole is None else self.whole.lists
        shown = {
            key: one
            for key, one in enumerate(lists, 1)
            if one.review is None or any(self.filters.lets(row) for row in one.review.rows)
        }
        current = self.lists.current_key()
        self.lists.show_rows(shown)
        if self.lists.current_key() is None and shown:
            self.lists.select_key(current if current in shown else next(iter(shown)))
        self._show_one()

    def _show_one(self) -> None:
        """The rows of the list where the keyboard stands, and what is said of it."""
        one = self.acts.one
        review = one.review if one is not None else None
        rows: dict[int, ReviewedRow] = {} if review is None else dict(enumerate(review.rows, 1))
        self.rows.show_rows({key: row for key, row in rows.items() if self.filters.lets(row)})
        self.columns.show_list(review.read if review is not None else None)
        self.one_said.setText("" if one is None else course_list_words.sentences_of(one, self.t))

    def _show_store(self) -> None:
        taken = [one for one in self.whole.lists if one.is_taken] if self.whole is not None else []
        people = sum(is_enrolled(row) for one in taken if one.review is not None for row in one.review.rows)
        rows = () if self.review is None else tuple(row for row in self.review.rows if not is_left_out(row.row))
        t = self.t
        lists = t.plural("Take in {count} list", "Take in {count} lists", len(taken))
        enrolled = t.plural("{count} is enrolled", "{count} are enrolled", people)
        self.store_button.setText(f"{lists} · {enrolled}")
        self.store_button.setEnabled(people > 0 and self._job is None)
        self.export.show_count(sum(row.left_out is not None for row in rows))

    def _answer(self, said: Mapping[str, str]) -> None:
        """What was answered holds for all lists."""
        if self.request is not None:
            self.look_at(replace(self.request, answers={**self.request.answers, **said}))

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
        """The letter was said: what its sender's columns mean may be known."""
        if self.request is None or self.whole is None:
            return
        self.lists.setFocus(Qt.FocusReason.OtherFocusReason)
        sender = self.origin.source.sender if self.origin.source is not None else ""
        if self.request.sender != sender:
            self.look_at(replace(self.request, sender=sender))

    def _on_stored(self, answer: WholeImported, whole: WholeReview) -> None:
        """The lists that stay out stay in sight, to be mended."""
        t, request = self.t, self.request
        out = {one.name for one in whole.lists if not one.is_taken}
        said_out = {name for name, said in (request.said if request else {}).items() if said.get("leave") == "yes"}
        path = self.path
        self._begin()
        self.draft.forget()
        if request is not None and out - said_out:
            self.path = path
            self.look_at(replace(request, sheets=tuple(each for each in request.sheets if each.name in out)))
        if answer.set_id is None:
            self.done.emit(t("The file has all of it already; nothing was stored."), False)
            return
        people = sum(len(each.enrolments) for each in answer.lists.values())
        said = [
            t.plural("{count} person is enrolled.", "{count} people are enrolled.", people),
            t.plural("{count} course is new.", "{count} courses are new.", len(answer.new_courses)),
        ]
        if left := sum(each.left_out for each in answer.lists.values()):
            said.append(
                t.plural(
                    "{count} row stays out and is kept with its reason.",
                    "{count} rows stay out and are kept with their reasons.",
                    left,
                )
            )
        if out:
            said.append(t.plural("{count} list stays out.", "{count} lists stay out.", len(out)))
        self.done.emit(" ".join(said), True)

    def _on_not_stored(self, failure: Failure) -> None:
        self._tell(failure)
        self._show_store()
        if isinstance(failure.told, Refused) and self.request is not None:
            self.look_at(self.request)

    def _on_unseen(self, failure: Failure) -> None:
        """What was said cannot be: the lists stand as they stood before it was said."""
        if self.whole is None or self._before is None:
            self._on_unread(failure)
            return
        self._stop()
        self.request, self._before = self._before, None
        self._show_store()
        self._tell(failure)

    def _on_unread(self, failure: Failure) -> None:
        self._begin()
        notice = notice_of(failure, self.t)
        self.emptied.emit(self.draft.with_what_stays(notice.text))
        if notice.trace:
            self.noticed.emit(notice)

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self.t))


_LEAST_LISTS, _LEAST_ROWS = 150, 110
"""Pixels of a heading and four lines, of a heading and three."""
