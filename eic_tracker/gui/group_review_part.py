"""A list of class groups beside the file: what its rows are, what is asked, and the key that stores it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from eic_tracker.errors import Refused, UserError
from eic_tracker.exchange.group_lists import GroupSource
from eic_tracker.gui import theme
from eic_tracker.gui.group_list_words import COLUMNS, option_words, sentences_of, summary
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.list_review_part import LONG
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor, LineEditor, ReferenceEditor
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.services.group_matching import GroupChoices, group_choices
from eic_tracker.services.group_review import GroupRequest, GroupReview, open_group_file, review_groups
from eic_tracker.services.import_groups import GroupsImported, store_group_list

SAY_KEYS = "F4"


class GroupReviewPart(QWidget):
    """Nothing is stored before Ctrl+Enter; Esc puts the list away. No name of a pupil gets as far as here."""

    done = Signal(str, bool)
    noticed = Signal(object)
    shown = Signal()
    emptied = Signal(str)
    """nothing is looked at; why what was chosen could not be read, or nothing"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._t = t = around.t
        self.request: GroupRequest | None = None
        self.review: GroupReview | None = None
        self._choices: GroupChoices | None = None
        self._job: Job | None = None
        self._asked = ""
        self.options: dict[str, QPushButton] = {}
        self.progress = ProgressRow(t("Stop"))
        self.heading = QLabel()
        self.said = sentence("", muted=True)
        self.question = sentence("", tone=Tone.WARNING)
        self._answers = QWidget()
        self._flow = FlowLayout(self._answers, theme.GAP)
        self.table = SmallTable(t("Class groups of the list"), COLUMNS, around)
        self.detail = sentence("")
        self.store_button = deed_button(Deed("", self.store), look="primary")
        self.store_button.setToolTip("Ctrl+Enter")
        self.say_button = deed_button(Deed(t("Say of the whole list…"), self.say))
        self.say_button.setToolTip(SAY_KEYS)
        self.leave_button = deed_button(Deed(t("Put the list away"), self.leave))
        self.leave_button.setToolTip("Esc")
        foot = QWidget()
        line = FlowLayout(foot, theme.GAP)
        for button in (self.store_button, self.say_button, self.leave_button):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for widget in (self.heading, self.said, self.question, self._answers):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(foot)
        self.table.current_changed.connect(lambda _key: self._show_detail())
        self.progress.cancel_requested.connect(self.leave)
        for keys, act in (
            ("Ctrl+Return", self.store),
            ("Ctrl+Enter", self.store),
            ("F8", self.next_problem),
            (SAY_KEYS, self.say),
        ):
            page_shortcut(keys, self).activated.connect(act)

    def open_path(self, path: Path) -> None:
        """Read a file in a process of its own, then look at its class groups."""
        self._begin()
        t = self._t
        self.progress.start(t("Reading {file}", file=path.name), t("Stopping…"))
        jobs, acting = self._around.jobs, self._around.acting
        self._watch(jobs.long(open_group_file, acting, path, owner=self, done=self.open_source, failed=self._on_unread))

    def open_source(self, source: GroupSource) -> None:
        """Look at what was read or pasted."""
        self.open_request(GroupRequest(source))

    def open_request(self, request: GroupRequest) -> None:
        """Look at a list of which something may have been said before."""
        self._begin()
        jobs, acting, today = self._around.jobs, self._around.acting, self._around.today

        def known(choices: GroupChoices) -> None:
            self._choices = choices
            self.look_at(request)

        jobs.read(group_choices, acting, today, owner=self, done=known, failed=self._on_unread)

    def look_at(self, request: GroupRequest) -> None:
        """Set the list beside the file; what was asked before is not waited for."""
        self._stop()
        self.request = request
        self._show_store()
        jobs, acting, today = self._around.jobs, self._around.acting, self._around.today
        look = jobs.paper if request.source.lines > LONG else jobs.read
        self._watch(look(review_groups, acting, request, today, owner=self, done=self._show, failed=self._on_unread))

    def refresh(self) -> None:
        """What the list means beside the file of now."""
        if self.request is not None and self._job is None:
            self.look_at(self.request)

    def first_focus(self) -> QWidget:
        """What is proposed for the open question, else the rows."""
        questions = self.review.questions if self.review is not None else ()
        return self.options.get(questions[0].proposal, self.table) if questions else self.table

    def store(self) -> None:
        """Ctrl+Enter: store all that can be, in one entry."""
        if self.review is None or self._job is not None or not self.store_button.isEnabled():
            return
        review = self.review
        self.store_button.setEnabled(False)
        self._around.jobs.write(
            store_group_list,
            self._around.acting,
            review,
            owner=self,
            done=self._on_stored,
            failed=self._on_not_stored,
        )

    def leave(self) -> None:
        """Esc: nothing of the list is stored."""
        self._begin()
        self.done.emit(self._t("The list was put away; nothing of it is stored."), False)

    def next_problem(self) -> None:
        """F8: the next row of which something is said."""
        told = [key for key, row in self.table.rows.items() if row.left_out or row.problems]
        if told:
            current = self.table.current_key() or 0
            self.table.select_key(next((key for key in told if key > current), told[0]))

    def say(self) -> None:
        """F4: say what the rows do not: year, curriculum, place, day, officer."""
        if self.request is None or self._choices is None:
            return
        t, choices, this_year = self._t, self._choices, self._around.today.year
        years = [(str(year), str(year)) for year in (this_year, this_year - 1, this_year - 2)]
        nothing = t("as the rows say")
        fields = [
            FormField("year", t("School year"), lambda label, _around: ChoiceEditor(label, years, nothing)),
            FormField(
                "curriculum",
                t("Curriculum"),
                lambda label, _around: ChoiceEditor(label, list(choices.curricula.items()), nothing),
            ),
            FormField(
                "municipality",
                t("Municipality"),
                lambda label, around: ReferenceEditor(label, choices.municipalities, around),
                help=t("Schools that are not in the directory are entered there."),
            ),
            FormField("date", t("Day of the lessons"), DateEditor, help=t("Of lessons that are told without a day.")),
            FormField("officer", t("Officer"), lambda label, around: ReferenceEditor(label, choices.officers, around)),
            FormField("reason", t("Why it is there again"), lambda label, _around: LineEditor(label)),
        ]
        dialog = AskFields(t("Say of the whole list"), (), fields, lambda _values: (), self._around, self)
        dialog.given.connect(self._on_said)
        said = dict(self.request.values)
        day = said.get("date")
        dialog.start({**said, "date": None if day is None else dt.date.fromisoformat(day)})

    def _begin(self) -> None:
        self._stop()
        self.request = self.review = None
        self._asked = ""
        self.table.show_rows({})
        self.emptied.emit("")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None
        self.progress.finish()

    def _watch(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self.progress.report)

    def _show(self, review: GroupReview) -> None:
        is_first = self.review is None
        self._stop()
        self.review = review
        t, counts = self._t, review.counts
        wrong = counts["rows"] - sum(counts[each] for each in ("new", "change", "known"))
        parts = [
            t.plural("{count} new", "{count} new", counts["new"]),
            t.plural("{count} changes", "{count} change", counts["change"]),
            t.plural("{count} known", "{count} known", counts["known"]),
            t.plural("{count} with an error", "{count} with errors", wrong),
        ]
        if waiting := sum(bool(row.waits_for) for row in review.rows):
            parts.append(t.plural("{count} waits for an answer", "{count} wait for an answer", waiting))
        self.heading.setText(" · ".join(parts))
        self.said.setText(summary(review, t))
        self._show_question()
        self.table.show_rows(dict(enumerate(review.rows, 1)))
        if self.table.current_key() is None and self.table.rows:
            self.table.select_key(1)
        self._show_detail()
        self._show_store()
        asked = review.questions[0].key if review.questions else ""
        if is_first or asked != self._asked:
            self._asked = asked
            self.shown.emit()

    def _show_question(self) -> None:
        self._flow.drop_all()
        self.options = {}
        questions = self.review.questions if self.review is not None else ()
        self.question.setVisible(bool(questions))
        self._answers.setVisible(bool(questions))
        if not questions:
            return
        t, asked = self._t, questions[0]
        left = t.plural("{count} question is open.", "{count} questions are open.", len(questions))
        self.question.setText(f"{left} {t(asked.message, **asked.values)}")
        for option in asked.options:
            words = option_words(asked, option, self._choices, t)
            act = Deed(words, lambda o=option: self._answer(asked.key, o))  # type: ignore[misc]
            self.options[option] = deed_button(act)
            self.options[option].setProperty("data", True)
            self._flow.addWidget(self.options[option])

    def _show_detail(self) -> None:
        key = self.table.current_key()
        row = self.table.rows.get(key) if key is not None else None
        self.detail.setText(" ".join(sentences_of(row, self._t)) if row is not None else "")

    def _show_store(self) -> None:
        count = len(self.review.drafts) if self.review is not None else 0
        self.store_button.setText(self._t.plural("Take in {count} class group", "Take in {count} class groups", count))
        self.store_button.setEnabled(count > 0 and self._job is None)

    def _answer(self, key: str, option: str) -> None:
        if self.request is not None:
            self.look_at(replace(self.request, answers={**self.request.answers, key: option}))

    def _on_said(self, values: Mapping[str, Any]) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.request is not None:
            said = {name: str(value) for name, value in values.items() if value}
            self.look_at(replace(self.request, values=said))

    def _on_stored(self, stored: GroupsImported) -> None:
        t = self._t
        if stored.set_id is None:
            self.leave()
            return
        said = t.plural("{count} class group is stored.", "{count} class groups are stored.", len(stored.codes))
        if stored.left_out:
            said += " " + t.plural("{count} row stays out.", "{count} rows stay out.", stored.left_out)
        self._begin()
        self.done.emit(said, True)

    def _on_not_stored(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))
        self._show_store()
        if isinstance(failure.told, Refused) and self.request is not None:
            self.look_at(self.request)

    def _on_unread(self, failure: Failure) -> None:
        """What was said or chosen makes no sense: the list stays as it was, or how to begin is said."""
        self._stop()
        notice = notice_of(failure, self._t)
        if self.review is not None and isinstance(failure.told, UserError):
            self.request = self.review.request
            self.noticed.emit(notice)
            self._show_store()
            return
        self._begin()
        self.emptied.emit(notice.text)
        if notice.trace:
            self.noticed.emit(notice)
