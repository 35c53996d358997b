"""The verification of a course's people: who needs it and how they stand, the list out, the answers pasted back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.vetting_rules import Standing, VettingAnswer
from eic_tracker.exchange.vetting_answers import pasted_answers
from eic_tracker.gui import theme
from eic_tracker.gui.grids.cells import day, name_of, text
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.leaving_words import leaving_question
from eic_tracker.gui.letter_of_origin import LetterOfOrigin
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.record_parts import RecordPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.exports import Leaving
from eic_tracker.services.profiles import OfferingDetail
from eic_tracker.services.vetting import (
    ReadAnswer,
    VettingPerson,
    VettingRecorded,
    list_leaving,
    read_answers,
    record_vetting,
    request_vetting,
    vetting_people,
    write_vetting_list,
)

STANDINGS: Mapping[str, tuple[str, Tone]] = {
    Standing.NOT_REQUIRED.value: (N_("not required"), Tone.PLAIN),
    Standing.MISSING.value: (N_("not asked for yet"), Tone.WARNING),
    Standing.IN_PROCESS.value: (N_("in process"), Tone.INFO),
    Standing.APT.value: (N_("apt"), Tone.OK),
    Standing.NOT_APT.value: (N_("not apt to be enrolled"), Tone.ERROR),
}

Ask = Callable[[QWidget, Translator, str], str | None]


class VettingPart(RecordPart):
    """A table of people; pasted answers stand in a second one until they are stored or left."""

    done = Signal(str, bool)
    noticed = Signal(object)

    def __init__(self, around: Surroundings, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self.ask = ask
        self._t = t = around.t
        self._offering: int | None = None
        self._code = ""
        self.people: dict[int, VettingPerson] = {}
        self.answers: tuple[VettingAnswer, ...] = ()
        tools = QWidget()
        flow = FlowLayout(tools, theme.GAP)
        self.list_button = deed_button(Deed(t("List for verification…"), self._ask_place))
        self.asked_button = deed_button(Deed(t("It was asked for"), self._request))
        self.paste_button = deed_button(Deed(t("Paste answers"), self.paste))
        self.paste_button.setToolTip("Ctrl+V")
        for button in (self.list_button, self.asked_button, self.paste_button):
            flow.addWidget(button)
        self.table = SmallTable(t("Verification"), _PEOPLE, around)
        self.empty = StateView(around.colours)
        self.review = SmallTable(t("Pasted answers"), _ANSWERS, around)
        self.counts = sentence("")
        self.problem = sentence("", tone=Tone.ERROR)
        self.review.current_changed.connect(self._say_problem)
        self.store_button = deed_button(Deed(t("Store the answers"), self.store), look="primary")
        self.store_button.setToolTip("Ctrl+Enter")
        self.leave_button = deed_button(Deed(t("Leave them"), self.drop))
        self.origin = LetterOfOrigin(around)
        self.stack = QStackedWidget()
        for widget in (self.table, self.empty, self._review_page()):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(tools)
        column.addWidget(self.stack, 1)
        for keys, act in (("Ctrl+V", self.paste), ("Ctrl+Return", self.store), ("Ctrl+Enter", self.store)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @property
    def is_reviewing(self) -> bool:
        """Whether pasted answers are in sight."""
        return self.stack.currentIndex() == _REVIEW

    def show_detail(self, detail: OfferingDetail, state: Mapping[str, Any]) -> None:
        """Read who needs it; a review that is open stays."""
        if detail.row.id != self._offering:
            self.drop()
        self._offering, self._code = detail.row.id, detail.row.code
        words = self._t("Nobody on this roster needs verification.")
        self._read(vetting_people, detail.row.id, done=lambda people: self._show(people, words))

    def first_focus(self) -> QWidget:
        """The answers or the people, else what can be done."""
        if self.is_reviewing:
            return self.review
        return self.table if self.people else self.paste_button

    def go_up(self) -> bool:
        """Esc: pasted answers are left."""
        if self.is_reviewing:
            self.drop()
            return True
        return False

    def paste(self) -> None:
        """Read the clipboard beside the roster; nothing is stored yet."""
        text = QGuiApplication.clipboard().text()
        self.answers = pasted_answers(text, self._t("clipboard"), self.around.today)
        if not self.answers or self._offering is None:
            self.done.emit(self._t("There are no answers in the clipboard."), False)
            return
        self._read(read_answers, self._offering, self.answers, done=self._show_review)

    def store(self) -> None:
        """Ctrl+Enter: store all answers, in one entry."""
        if not self.is_reviewing or not self.store_button.isEnabled():
            return
        t = self._t

        def stored(answer: VettingRecorded) -> None:
            self.drop()
            self.done.emit(t.plural("{count} answer is stored.", "{count} answers are stored.", answer.people), True)

        self._write(record_vetting, self._offering, self.answers, self.origin.source, done=stored)

    def drop(self) -> None:
        """Back to the people."""
        self.answers = ()
        self.stack.setCurrentIndex(_TABLE if self.people else _EMPTY)

    def write_to(self, path: Path) -> None:
        """Write the list; a reason is asked once many identities left within a day."""
        self._read(list_leaving, self._offering, done=partial(self._write_asked, path))

    def _write_asked(self, path: Path, leaving: Leaving) -> None:
        t, reason = self._t, None
        if leaving.needs_reason:
            reason = self.ask(self, t, leaving_question(leaving.people, t))
            if reason is None:
                return

        def written(count: int) -> None:
            said = t.plural(
                "{count} person is on the list {file}.", "{count} people are on the list {file}.", count, file=path.name
            )
            self.done.emit(said, False)

        self.around.jobs.write(
            write_vetting_list,
            self.around.acting,
            self._offering,
            path,
            t=t,
            reason=reason,
            owner=self,
            done=written,
            failed=self._tell,
        )

    def _review_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        foot = QWidget()
        line = FlowLayout(foot, theme.GAP)
        for widget in (self.store_button, self.leave_button, self.origin):
            line.addWidget(widget)
        column.addWidget(self.counts)
        column.addWidget(self.review, 1)
        column.addWidget(self.problem)
        column.addWidget(foot)
        return page

    def _show(self, people: Sequence[VettingPerson], nobody: str) -> None:
        self.people = {each.participant_id: each for each in people}
        self.table.show_rows(self.people)
        standings = {each.standing for each in people}
        self.list_button.setEnabled(bool(standings & {Standing.MISSING, Standing.IN_PROCESS}))
        self.asked_button.setEnabled(Standing.MISSING in standings)
        self.paste_button.setEnabled(bool(people))
        if not people:
            self.empty.show_empty(nobody)
        if not self.is_reviewing:
            self.stack.setCurrentIndex(_TABLE if people else _EMPTY)

    def _show_review(self, read: tuple[ReadAnswer, ...]) -> None:
        wrong = sum(bool(each.problems) for each in read)
        t = self._t
        self.review.show_rows(dict(enumerate(read, 1)))
        said = t(
            "{count} rows = {good} to be stored + {wrong} with a problem.",
            count=t.number(len(read)),
            good=t.number(len(read) - wrong),
            wrong=t.number(wrong),
        )
        if wrong:
            said += " " + t("Nothing is stored while a row has a problem: set it right in the list and paste it again.")
        self.counts.setText(said)
        self.store_button.setEnabled(not wrong)
        self.stack.setCurrentIndex(_REVIEW)
        self.review.select_key(next((place for place, each in enumerate(read, 1) if each.problems), 1))
        self.review.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_problem(self, key: object) -> None:
        """The whole sentence of the row where the keyboard stands: its cell is narrow."""
        row = self.review.rows.get(key) if isinstance(key, int) else None
        self.problem.setText(_problem_words(row, self._t) if row is not None and row.problems else "")
        self.problem.setVisible(bool(self.problem.text()))

    def _ask_place(self) -> None:
        dialog = QFileDialog(self.window(), self._t("List for verification…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self._t("Excel workbook (*.xlsx)"))
        dialog.setDefaultSuffix("xlsx")
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.selectFile(self._t("verification {code}", code=self._code) + ".xlsx")
        dialog.fileSelected.connect(lambda name: self.write_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _request(self) -> None:
        t = self._t

        def noted(answer: VettingRecorded) -> None:
            said = t.plural("Noted for {count} person.", "Noted for {count} people.", answer.people)
            self.done.emit(said, True)

        self._write(request_vetting, self._offering, done=noted)

    def _read(self, query: Callable[..., Any], *args: Any, done: Callable[[Any], None]) -> None:
        acting: ActingUser = self.around.acting
        self.around.jobs.read(query, acting, *args, owner=self, done=done, failed=self._tell)

    def _write(self, use_case: Callable[..., Any], *args: Any, done: Callable[[Any], None]) -> None:
        self.around.jobs.write(use_case, self.around.acting, *args, owner=self, done=done, failed=self._tell)

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))


_TABLE, _EMPTY, _REVIEW = range(3)


def _standing_words(row: VettingPerson, t: Translator) -> str:
    return t(STANDINGS[row.standing.value][0])


def _result_words(row: ReadAnswer, t: Translator) -> str:
    return t(STANDINGS[row.status][0]) if row.status is not None else row.answer.result


def _problem_words(row: ReadAnswer, t: Translator) -> str:
    if row.problems:
        return " ".join(problem.text(t) for problem in row.problems)
    return t("is stored")


_PEOPLE = (
    Column("name", N_("Surnames, given names"), name_of, width=30, stretch=True),
    Column("document", N_("Identity no."), text("document"), width=18, identity=True),
    Column("institution", N_("Institution"), text("institution"), width=24, stretch=True),
    Column("unit", N_("Unit"), text("unit"), width=24, stretch=True),
    Column("born", N_("Date of birth"), day("birth_date"), width=12),
    Column(
        "standing",
        N_("Verification"),
        _standing_words,
        width=22,
        tone=lambda row: STANDINGS[row.standing.value][1],
    ),
)
_ANSWERS = (
    Column("who", N_("In the list"), lambda row, _t: row.answer.who, width=24, stretch=True),
    Column("name", N_("Recorded as"), lambda row, _t: row.name or "—", width=26, stretch=True),
    Column("result", N_("Verification"), _result_words, width=16),
    Column(
        "date", N_("Date"), lambda row, t: t.date(row.answer.answered_on) if row.answer.answered_on else "", width=12
    ),
    Column("tracking", N_("Tracking number"), lambda row, _t: row.answer.tracking_number, width=16),
    Column(
        "what",
        N_("What happens"),
        _problem_words,
        width=36,
        stretch=True,
        tone=lambda row: Tone.ERROR if row.problems else Tone.OK,
    ),
)
