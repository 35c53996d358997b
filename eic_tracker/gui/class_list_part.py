"""A class list that came back, beside its course: each cell that differs, both values, and the key that stores it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from eic_tracker.domain.codes import SignedSheet
from eic_tracker.errors import Refused
from eic_tracker.exchange.class_workbook import ClassList
from eic_tracker.gui import theme
from eic_tracker.gui.column_review_part import conversion_words
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.on_behalf import BehalfOf
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.class_list_lines import ListLine, ListReview, ListState
from eic_tracker.services.class_list_reading import open_class_list
from eic_tracker.services.class_list_review import review_class_list
from eic_tracker.services.class_list_store import ListDraft, ListStored, store_class_list
from eic_tracker.services.recording import OnBehalf

_CHANGE, _CONFLICT = ListState.CHANGE, ListState.CONFLICT
Row = tuple[ListLine, ListReview, bool]
"""A line, its review, and whether the list's value is taken where both changed."""


def _here(row: Row, t: Translator) -> str:
    return row[1].words(row[0], row[0].here, t) or ("" if row[0].column is None else "—")


def _there(row: Row, t: Translator) -> str:
    line, review, _ = row
    if line.state is ListState.ERROR:
        return line.written
    return review.words(line, line.there, t) or "—"


def _what(row: Row, t: Translator) -> str:
    line, _, taken = row
    if line.problem is not None:
        return line.problem.text(t)
    if line.came is not None and line.column is None:
        return t("came without being listed: is kept apart")
    if line.state is _CHANGE:
        return t("is written")
    return t("both changed: the list's is taken") if taken else t("both changed: stays as here")


def _tone(row: Row) -> Tone:
    return {ListState.ERROR: Tone.ERROR, _CONFLICT: Tone.WARNING}.get(row[0].state, Tone.OK)


_COLUMNS = (
    Column("name", N_("Surnames, given names"), lambda row, _t: row[0].name, width=26, stretch=True),
    Column("what", N_("Column"), lambda row, t: row[0].column.title(t) if row[0].column else "", width=16),
    Column("here", N_("Here"), _here, width=14),
    Column("list", N_("In the list"), _there, width=14),
    Column("state", N_("What happens"), _what, width=40, tone=_tone, stretch=True),
)


class ClassListPart(QWidget):
    """Nothing is stored before Ctrl+Enter; 1 keeps what is here, 2 takes the list's; Esc puts the list away."""

    done = Signal(str, bool)
    noticed = Signal(object)
    closed = Signal()

    def __init__(self, around: Surroundings, behalf: BehalfOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around, self._t, self._behalf = around, around.t, behalf
        t = self._t
        self._offering = 0
        self._read: ClassList | None = None
        self._scale: int | None = None
        self.review: ListReview | None = None
        self.chosen: set[tuple[int, str]] = set()
        self.heading = QLabel()
        self.notes = sentence("", tone=Tone.WARNING)
        self.hint = sentence(
            t("Where both changed: 1 keeps what is here, 2 takes the list's; F8 the next."), muted=True
        )
        self.table = SmallTable(t("Class list"), _COLUMNS, around)
        self.table.installEventFilter(self)
        self.store_button = deed_button(Deed("", self.store), look="primary")
        self.store_button.setToolTip("Ctrl+Enter")
        self.leave_button = deed_button(Deed(t("Put the list away"), self.leave))
        self.leave_button.setToolTip("Esc")
        self.failure = StateView(around.colours)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._body())
        self.stack.addWidget(self.failure)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        for keys, act in (("Ctrl+Return", self.store), ("Ctrl+Enter", self.store), ("F8", self.next_conflict)):
            page_shortcut(keys, self).activated.connect(act)

    def open_file(self, path: Path, offering: int) -> None:
        """Read a file in a process of its own, then set it beside the course."""
        self.heading.setText(self._t("Reading {file}", file=path.name))
        jobs, acting = self._around.jobs, self._around.acting

        def opened(read: ClassList | None) -> None:
            if read is None:
                said = self._t("{file} is no class list of this program.", file=path.name)
                self.failure.show_failed(said, self._t("Back to the attendance"), self.leave)
                self.stack.setCurrentWidget(self.failure)
            else:
                self.open_list(read, offering)

        jobs.long(open_class_list, acting, path, owner=self, done=opened, failed=self._on_unread)

    def open_list(self, read: ClassList, offering: int) -> None:
        """Set a list that was read already beside a course."""
        self._offering, self._read, self._scale, self.review = offering, read, None, None
        self.chosen.clear()
        self.stack.setCurrentIndex(0)
        self._look()

    def first_focus(self) -> QWidget:
        """The lines, or the way back where the list could not be read."""
        if self.stack.currentWidget() is self.failure:
            buttons = [each for each in self.failure.findChildren(QPushButton) if not each.isHidden()]
            return buttons[-1] if buttons else self
        return self.table

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """1 and 2 choose where both changed."""
        pressed = watched is self.table and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.text() in {"1", "2"} and event.text():
            self.choose(taken=event.text() == "2")
            return True
        return super().eventFilter(watched, event)

    def choose(self, *, taken: bool) -> None:
        """Say whose value holds in the line where the keyboard stands, and go to the next conflict."""
        key = self.table.current_key()
        line = self.table.rows[key][0] if key is not None else None
        if line is None or line.state is not _CONFLICT or line.cell is None:
            return
        (self.chosen.add if taken else self.chosen.discard)(line.cell)
        self._show_rows()
        self.next_conflict()

    def next_conflict(self) -> None:
        """F8: the next line that somebody should look at, round and round."""
        keys, current = list(self.table.rows), self.table.current_key()
        start = keys.index(current) + 1 if current in keys else 0
        for key in [*keys[start:], *keys[:start]]:
            if self.table.rows[key][0].state is not _CHANGE:
                self.table.select_key(key)
                return

    def store(self) -> None:
        """Ctrl+Enter: all that changes, in one entry."""
        review = self.review
        if review is None or not self.store_button.isEnabled():
            return
        self.store_button.setEnabled(False)

        def write(spoken: OnBehalf | None) -> None:
            draft = ListDraft(review, frozenset(self.chosen), self._scale, spoken)
            self._around.jobs.write(
                store_class_list,
                self._around.acting,
                draft,
                owner=self,
                done=self._on_stored,
                failed=self._on_not_stored,
            )

        self._behalf.then(SignedSheet.GRADES, write)

    def leave(self) -> None:
        """Esc: nothing of the list is stored."""
        self.review = self._read = None
        self.table.show_rows({})
        self.closed.emit()

    def _body(self) -> QWidget:
        page, foot = QWidget(), QWidget()
        column, line = QVBoxLayout(page), FlowLayout(foot, theme.GAP)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        line.addWidget(self.store_button)
        line.addWidget(self.leave_button)
        for widget in (self.heading, self.notes, self.hint):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(foot)
        return page

    def _look(self) -> None:
        if self._read is not None:
            self._around.jobs.read(
                review_class_list,
                self._around.acting,
                self._read,
                self._offering,
                self._scale,
                owner=self,
                done=self._show,
                failed=self._on_unread,
            )

    def _show(self, review: ListReview) -> None:
        self.review = review
        t, counts = self._t, review.counts
        parts = [
            t.plural("{count} cell changes", "{count} cells change", counts[_CHANGE]),
            t.plural("{count} was changed here too", "{count} were changed here too", counts[_CONFLICT]),
            t.plural("{count} stays out", "{count} stay out", counts[ListState.ERROR]),
        ]
        self.heading.setText(f"{review.read.file}: " + " · ".join(parts))
        self.notes.setText("\n".join(note.text(t) for note in review.notes))
        self.notes.setVisible(bool(review.notes))
        self.hint.setVisible(counts[_CONFLICT] > 0)
        self._show_rows()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if review.asked is not None:
            popup = ChoicePopup("scale", t("On which scale were the grades written?"), t, self)
            popup.chosen.connect(lambda code, _words: self._answer(int(code)))
            popup.move(self.table.mapToGlobal(self.table.rect().topLeft()))
            popup.offer([(str(each[0]), conversion_words(each, t)) for each in review.asked.conversions])

    def _answer(self, scale: int) -> None:
        self._scale = scale
        self._look()

    def _show_rows(self) -> None:
        if self.review is None:
            return
        lines = enumerate(self.review.lines, 1)
        self.table.show_rows({number: (line, self.review, line.cell in self.chosen) for number, line in lines})
        if self.table.current_key() is None and self.table.rows:
            self.table.select_key(1)
        count = self.review.counts[_CHANGE] + len(self.chosen)
        self.store_button.setText(self._t.plural("Write {count} cell", "Write {count} cells", count))
        self.store_button.setEnabled(count > 0 and self.review.asked is None)

    def _on_stored(self, stored: ListStored) -> None:
        t = self._t
        said = t.plural("{count} cell of the list is written.", "{count} cells of the list are written.", stored.cells)
        if stored.kept_here or stored.errors:
            left = stored.kept_here + stored.errors
            said += " " + t.plural("{count} stays as it was here.", "{count} stay as they were here.", left)
        self.leave()
        self.done.emit(said, True)

    def _on_not_stored(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))
        if isinstance(failure.told, Refused):
            self._look()
        else:
            self._show_rows()

    def _on_unread(self, failure: Failure) -> None:
        notice = notice_of(failure, self._t)
        self.failure.show_failed(notice.text, self._t("Back to the attendance"), self.leave)
        self.stack.setCurrentWidget(self.failure)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        if notice.trace:
            self.noticed.emit(notice)
