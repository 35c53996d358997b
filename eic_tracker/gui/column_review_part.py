"""A pasted column of grades beside the class: name, what was read, what it becomes, what is wrong; then one key."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from eic_tracker.domain.drafts import worded
from eic_tracker.gui import theme
from eic_tracker.gui.grids.cells import grade_words
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.grade_review import ColumnDraft, ColumnLine, ColumnReview, review_column


def _state(line: ColumnLine, t: Translator) -> str:
    if line.problem is not None:
        return line.problem_text(t)
    if line.cell is not None:
        return t("written")
    return t("blank: nothing changes") if not line.text.strip() else t("recorded already")


def _tone(line: ColumnLine) -> Tone:
    if line.problem is not None:
        return Tone.ERROR
    return Tone.OK if line.cell is not None else Tone.PLAIN


_COLUMNS = (
    Column("name", N_("Surnames, given names"), lambda line, _t: line.name, width=30, stretch=True),
    Column("here", N_("Here"), lambda line, t: grade_words(line.here, t), width=10, number=True),
    Column("text", N_("Pasted"), lambda line, _t: line.text.strip(), width=10, number=True),
    Column("grade", N_("Grade"), lambda line, t: grade_words(line.becomes, t), width=10, number=True),
    Column("state", N_("What happens"), _state, width=44, tone=_tone, stretch=True),
)


def conversion_words(conversion: tuple[int, str, str], t: Translator) -> str:
    """A scale with what the highest grade becomes by it: of 5: 4.2 is 84."""
    scale, highest, becomes = conversion
    return t("of {scale}: {highest} is {becomes}", scale=scale, highest=highest, becomes=becomes)


class ColumnReviewPart(QWidget):
    """Nothing is stored before Ctrl+Enter; Esc puts the column away."""

    accepted = Signal(object, object)
    """the cells to be stored, and the answer to the question of the scale or None"""
    closed = Signal()
    noticed = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around, self._t = around, around.t
        t = self._t
        self._draft: ColumnDraft | None = None
        self.review: ColumnReview | None = None
        self.heading = QLabel()
        self.question = sentence("", tone=Tone.WARNING)
        self.scales = QWidget()
        self._scales = FlowLayout(self.scales, theme.GAP)
        self.table = SmallTable(t("Pasted grades"), _COLUMNS, around)
        self.store_button = deed_button(Deed("", self.store), look="primary")
        self.store_button.setToolTip("Ctrl+Enter")
        self.leave_button = deed_button(Deed(t("Put it away"), self.leave))
        self.leave_button.setToolTip("Esc")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        foot = QWidget()
        line = FlowLayout(foot, theme.GAP)
        line.addWidget(self.store_button)
        line.addWidget(self.leave_button)
        for widget in (self.heading, self.question, self.scales):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(foot)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            page_shortcut(keys, self).activated.connect(self.store)

    def start(self, draft: ColumnDraft, title: str) -> None:
        """Look at a column; `title` is what it is called."""
        self.heading.setText(self._t("Paste into the column “{column}”", column=title))
        self._look(draft)

    def _look(self, draft: ColumnDraft) -> None:
        self._draft, self.review = draft, None
        self._around.jobs.read(
            review_column, self._around.acting, draft, owner=self, done=self._show, failed=self._on_unread
        )

    def first_focus(self) -> QWidget:
        """The first answer to the question of the scale, else the lines."""
        buttons = self.scales.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return buttons[0] if self.review is not None and self.review.asked is not None and buttons else self.table

    def store(self) -> None:
        """Ctrl+Enter: write the grades that are in order."""
        if self.review is None or self.review.asked is not None or self._draft is None:
            return
        cells = [line.cell for line in self.review.lines if line.cell is not None]
        if cells:
            self.accepted.emit(cells, self._draft.scale)

    def leave(self) -> None:
        """Esc: nothing of it is stored."""
        self._draft = self.review = None
        self.closed.emit()

    def look_again(self) -> None:
        """Set the same column beside what is recorded now."""
        if self._draft is not None:
            self._look(self._draft)

    def answer(self, scale: int) -> None:
        """The scale on which the class was graded."""
        if self._draft is not None:
            self._look(replace(self._draft, scale=scale))

    def _show(self, review: ColumnReview) -> None:
        self.review = review
        self.table.show_rows(dict(enumerate(review.lines, 1)))
        if review.lines:
            self.table.select_key(1)
        wrong = sum(line.problem is not None for line in review.lines)
        count = sum(line.cell is not None for line in review.lines)
        text = self._t.plural("Write {count} grade", "Write {count} grades", count)
        if wrong:
            text += " · " + self._t.plural("{count} stays out", "{count} stay out", wrong)
        self.store_button.setText(text)
        self.store_button.setEnabled(count > 0 and review.asked is None)
        self._ask_scale()
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_scale(self) -> None:
        while (item := self._scales.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        asked = self.review.asked if self.review is not None else None
        self.question.setVisible(asked is not None)
        self.scales.setVisible(asked is not None)
        if asked is None:
            return
        self.question.setText(self._t(asked.message, **worded(asked.values, self._t)))
        for each in asked.conversions:
            button = deed_button(Deed(conversion_words(each, self._t), partial(self.answer, each[0])))
            self._scales.addWidget(button)
            button.show()

    def _on_unread(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))
        self.leave()
