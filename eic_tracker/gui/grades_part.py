"""The grades of a course: a number and Enter go down, a pasted column is looked at first, blank is not zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from eic_tracker.domain.codes import Distinction, EnrolmentStatus, OfferingStatus, Seat, SignedSheet
from eic_tracker.domain.grade_texts import GradeWord, written_grade
from eic_tracker.gui import theme
from eic_tracker.gui.column_review_part import ColumnReviewPart, conversion_words
from eic_tracker.gui.grade_columns import (
    GradeColumn,
    GradeRow,
    Place,
    grade_columns,
    held_grade,
    hint_of,
    shape_of,
    summary_of,
    was_graded,
)
from eic_tracker.gui.grids.cells import NOBODY_ON_ROSTER, grade_words
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.on_behalf import BehalfButton, BehalfOf
from eic_tracker.gui.record_parts import RecordPart, on_tabs_of
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.whose_grade import ask_whose
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_delegate import CellDelegate
from eic_tracker.gui.widgets.typed_cell import TypedCell
from eic_tracker.i18n import N_
from eic_tracker.queries.class_results import ClassMember, ClassResults
from eic_tracker.services.grade_review import ColumnDraft
from eic_tracker.services.grades import (
    GradeCell,
    GradesChanged,
    GradesDraft,
    GradesRecorded,
    ScaleAsked,
    SeenGrade,
    class_results,
    record_grades,
)
from eic_tracker.services.profiles import OfferingDetail
from eic_tracker.services.recording import KEPT_PROPOSALS, OnBehalf
from eic_tracker.services.remarks import RemarkDraft, record_remark

_LONGEST = 40
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_MARKS: Mapping[str, Distinction | None] = {
    "0": None,
    "1": Distinction.KEY_PARTICIPANT,
    "2": Distinction.UNSATISFACTORY,
}

_NOT_OPEN = N_("The course is not open: its grades stand as they are. What is wrong is corrected after it is reopened.")


class GradesPart(RecordPart):
    """A column for each part or module of the course version; the keyboard is never kept waiting for the disk."""

    done = Signal(str, bool)
    noticed = Signal(object)

    def __init__(self, around: Surroundings, behalf: BehalfOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around, self.t, self.behalf = around, around.t, behalf
        self.results: ClassResults | None = None
        self.table: SmallTable | None = None
        self.cell: TypedCell | None = None
        self.columns: tuple[GradeColumn, ...] = ()
        self._offering: int | None = None
        self._writes = self._waits = False
        self._typed: dict[tuple[int, Place], str] = {}
        self._wrote: dict[tuple[int, Place], tuple[str, ...]] = {}
        self._settled: set[tuple[int, Place]] = set()
        self._refused: set[tuple[int, Place]] = set()
        self._unscaled: list[GradeCell] = []
        self.hint = sentence("", muted=True)
        self.foot = QLabel()
        self.review = ColumnReviewPart(around)
        self.stack = QStackedWidget()
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self._column.addWidget(self.hint)
        below = QHBoxLayout()
        below.addWidget(self.foot, 1)
        below.addWidget(BehalfButton(behalf, SignedSheet.GRADES))
        self._column.addLayout(below)
        self.stack.addWidget(self._page)
        self.stack.addWidget(self.review)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        page_shortcut("Ctrl+V", self._page).activated.connect(self.paste)
        self.review.accepted.connect(self._store_pasted)
        self.review.closed.connect(self._show_table)
        self.review.noticed.connect(self.noticed)

    def first_focus(self) -> QWidget | None:
        """The table, or the column under review."""
        self._waits = self.table is None
        return self.review.first_focus() if self.stack.currentWidget() is self.review else self.table

    def go_up(self) -> bool:
        """Esc: a pasted column is put away, a grade that is being typed is dropped."""
        if self.stack.currentWidget() is self.review:
            self.review.leave()
            return True
        return self.cell is not None and self.cell.drop()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """Another page or tab: what is being typed is taken."""
        if self.cell is not None:
            self.cell.finish()
        super().hideEvent(event)

    def show_detail(self, detail: OfferingDetail, state: Mapping[str, Any]) -> None:
        """Read the class."""
        if self._offering != detail.row.id:
            self._offering = detail.row.id
            self._forget()
            if self.stack.currentWidget() is self.review:
                self.review.leave()
        self._writes = detail.row.status is OfferingStatus.OPEN
        self._read()

    def _read(self) -> None:
        if self._offering is not None:
            jobs, acting = self.around.jobs, self.around.acting
            jobs.read(class_results, acting, self._offering, owner=self, done=self._show, failed=self._tell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Digits in a column of grades or distinctions; Delete takes a grade away."""
        if not (watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return super().eventFilter(watched, event)
        column, row = self._here()
        if column is None or row is None or event.modifiers() not in _PLAIN:
            return False
        if column.marks and event.text() in _MARKS and event.text():
            self._distinguish(row.member, _MARKS[event.text()])
            return True
        if column.place is not None and event.text().isdigit():
            self._begin(event.text())
            return True
        if column.place is not None and event.key() == Qt.Key.Key_Delete:
            self._take("")
            return True
        return False

    def paste(self) -> None:
        """Ctrl+V: one value goes into the cell, a column is looked at first."""
        column, row = self._here()
        if column is None or row is None or column.place is None or not self._writes or self._offering is None:
            self.done.emit(self.t("Stand on a column of grades first, in the row of the first grade."), False)
            return
        lines = QGuiApplication.clipboard().text().replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
        texts = [line.strip() for line in lines.split("\n")]
        if any("\t" in text for text in texts):
            self.done.emit(self.t("Copy one column only, the grades; the names stand here already."), False)
        elif len(texts) > 1:
            assert self.table is not None
            keys = list(self.table.rows)
            people = keys[keys.index(row.member.enrolment_id) :]
            kind, module = column.place
            self.stack.setCurrentWidget(self.review)
            self.review.start(ColumnDraft(self._offering, kind, people, texts, module), self.t(column.column.title))
        elif texts[0]:
            self._take(texts[0][:_LONGEST])

    def _begin(self, text: str) -> None:
        """Type into the cell where the keyboard stands; without a text the present grade is offered."""
        column, row = self._here()
        if column is None or row is None or column.place is None or not self._writes or self.cell is None:
            return
        name = self.t("{column} of {name}", column=self.t(column.column.title), name=row.member.name)
        held = self._typed.get((row.member.enrolment_id, column.place))
        present = held if held is not None else grade_words(held_grade(row, column.place), self.t)
        self.cell.begin(text or present, name, selected=not text)

    def _take(self, text: str) -> None:
        """Show what was typed at once and store it behind."""
        column, row = self._here()
        if column is None or row is None or column.place is None or not self._writes:
            return
        place, enrolment = column.place, row.member.enrolment_id
        held = grade_words(held_grade(row, place), self.t)
        if text.strip() == held and (enrolment, place) not in self._typed:
            return
        seen = SeenGrade(held_grade(row, place), self._wrote.get((enrolment, place), ()))
        self._wrote[(enrolment, place)] = (*seen.typed, text)
        self._typed[(enrolment, place)] = text.strip()
        self._refused.discard((enrolment, place))
        self._settled.discard((enrolment, place))
        self._show_rows()
        self._store([GradeCell(enrolment, place[0], text, place[1], seen)])

    def _store(self, cells: Sequence[GradeCell], scale: int | None = None, *, pasted: bool = False) -> None:
        if self._offering is None:
            return
        offering = self._offering

        def write(spoken: OnBehalf | None) -> None:
            self.around.jobs.write(
                record_grades,
                self.around.acting,
                GradesDraft(offering, cells, scale, spoken),
                owner=self,
                done=lambda recorded: self._on_stored(cells, recorded, pasted=pasted),
                failed=lambda failure: self._on_refused(cells, failure),
            )

        self.behalf.then(SignedSheet.GRADES, write)

    def _on_stored(self, cells: Sequence[GradeCell], recorded: GradesRecorded, *, pasted: bool) -> None:
        if pasted:
            words = self.t.plural("{count} grade is written.", "{count} grades are written.", len(cells))
            self.done.emit(words, recorded.set_id is not None)
        for cell in cells:
            key = (cell.enrolment_id, (cell.field, cell.module))
            if recorded.set_id is None or written_grade(cell.value).word is GradeWord.NO_SHOW:
                self._typed.pop(key, None)
            self._settled.add(key)
        if recorded.set_id is None:
            self._show_rows()

    def _on_refused(self, cells: Sequence[GradeCell], failure: Failure) -> None:
        if isinstance(failure.told, ScaleAsked):
            self._unscaled += cells
            self._ask_scale(failure.told)
            return
        if isinstance(failure.told, GradesChanged):
            self._on_changed(cells, failure)
            return
        self._refused |= {(cell.enrolment_id, (cell.field, cell.module)) for cell in cells}
        self._show_rows()
        self._tell(failure)

    def _on_changed(self, cells: Sequence[GradeCell], failure: Failure) -> None:
        """Somebody else graded meanwhile: what stands is shown, and one cell asks which of the two holds."""
        for cell in cells:
            key = (cell.enrolment_id, (cell.field, cell.module))
            self._typed.pop(key, None)
            self._wrote.pop(key, None)
        self._read()
        if len(cells) > 1:
            self._tell(failure)
            self.stack.setCurrentWidget(self.review)
            self.review.look_again()
        elif isinstance(failure.told, GradesChanged):
            (changed,) = failure.told.changed
            ask_whose(changed, self.t, self._place_of_row(), self, lambda cell: self._store([cell]))

    def _ask_scale(self, asked: ScaleAsked) -> None:
        """Once for all that was typed meanwhile."""
        if len(self._unscaled) > 1 and self.findChild(ChoicePopup) is not None:
            return
        popup = ChoicePopup("scale", self.t("On which scale were the grades written?"), self.t, self)
        popup.chosen.connect(lambda code, _words: self._scaled(int(code)))
        popup.destroyed.connect(self._on_unanswered)
        popup.move(self._place_of_row())
        popup.offer([(str(each[0]), conversion_words(each, self.t)) for each in asked.conversions])

    def _scaled(self, scale: int) -> None:
        cells, self._unscaled = self._unscaled, []
        if cells:
            self._store(cells, scale)

    def _on_unanswered(self) -> None:
        """The question was put away: nothing of it is stored, and the cells say so."""
        if self._unscaled:
            self._refused |= {(cell.enrolment_id, (cell.field, cell.module)) for cell in self._unscaled}
            self._unscaled = []
            self._show_rows()

    def _store_pasted(self, cells: list[GradeCell], scale: int | None) -> None:
        self._show_table()
        self._store(cells, scale, pasted=True)

    def _distinguish(self, member: ClassMember, distinction: Distinction | None) -> None:
        if self._offering is None or not self._writes:
            return
        offering = self._offering
        status = member.proposed if member.proposed in KEPT_PROPOSALS else None
        ground = member.ground_id if status is not None else None

        def write(spoken: OnBehalf | None) -> None:
            draft = RemarkDraft(offering, member.enrolment_id, status, ground, distinction, spoken)
            self.around.jobs.write(record_remark, self.around.acting, draft, owner=self, failed=self._tell)

        self.behalf.then(SignedSheet.GRADES, write)

    def _here(self) -> tuple[GradeColumn | None, GradeRow | None]:
        """The column and the row where the keyboard stands."""
        if self.table is None:
            return None, None
        index, key = self.table.currentIndex(), self.table.current_key()
        if key is None or not 0 <= index.column() < len(self.columns):
            return None, None
        return self.columns[index.column()], self.table.rows.get(key)

    def _show_table(self) -> None:
        self.stack.setCurrentWidget(self._page)
        if self.table is not None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        self._typed.clear()
        self._wrote.clear()
        self._settled.clear()
        self._refused.clear()
        self._unscaled.clear()

    def _show(self, results: ClassResults) -> None:
        for key in self._settled:
            self._typed.pop(key, None)
            self._wrote.pop(key, None)
        self._settled.clear()
        before = self.results.rules if self.results is not None else None
        self.results = results
        if before is None or shape_of(before) != shape_of(results.rules):
            self._make_table()
        self._show_rows()
        assert self.table is not None
        if self.table.currentIndex().column() <= 0 and self.table.rows:
            self.table.setCurrentIndex(self.table.model().index(max(0, self.table.currentIndex().row()), 1))

    def _show_rows(self) -> None:
        if self.results is None or self.table is None:
            return
        rows = {}
        for member in self.results.members:
            on_it = member.seat is Seat.SEAT and member.status is not EnrolmentStatus.REMOVED
            if on_it and (member.sits or not self._writes or was_graded(member)):
                key = member.enrolment_id
                typed = {place: text for (each, place), text in self._typed.items() if each == key}
                refused = frozenset(place for each, place in self._refused if each == key)
                rows[key] = GradeRow(member, self.results, typed, refused)
        column = self.table.currentIndex().column()
        self.table.show_rows(rows)
        current = self.table.currentIndex()
        if rows and column >= 0:
            self.table.setCurrentIndex(self.table.model().index(max(0, current.row()), column))
        if self.cell is not None:
            self.cell.place()
        self._say()

    def _say(self) -> None:
        """What keys do here, and the mean and the missing grades of the column."""
        column, row = self._here()
        hint = foot = ""
        if self.results is not None and self.results.is_empty:
            hint = self.t(NOBODY_ON_ROSTER)
        elif column is not None and self.results is not None and self.table is not None:
            hint = hint_of(column, row, self.results.rules, self.t) if self._writes else self.t(_NOT_OPEN)
            foot = summary_of(column, self.table.rows.values(), self.t)
        self.hint.setText(hint)
        self.foot.setText(foot)

    def _make_table(self) -> None:
        assert self.results is not None
        held = self.table.hasFocus() if self.table is not None else self._waits and on_tabs_of(self)
        if self.table is not None:
            self._column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self.columns = grade_columns(self.results.rules, self.t)
        self.table = SmallTable(self.t("Grades"), [each.column for each in self.columns], self.around, typed=True)
        muted = frozenset(place for place, each in enumerate(self.columns) if each.muted)
        self.table.setItemDelegate(CellDelegate(self.around.colours, self.table, muted))
        self.table.installEventFilter(self)
        self.table.selectionModel().currentChanged.connect(lambda _index, _before: self._say())
        self.table.opened.connect(lambda _key: self._begin(""))
        self.cell = TypedCell(self.table, _LONGEST)
        self.cell.taken.connect(self._take)
        self._column.insertWidget(1, self.table, 1)
        self.table.show()
        if held:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_of_row(self) -> QPoint:
        assert self.table is not None
        rect = self.table.visualRect(self.table.currentIndex())
        return self.table.viewport().mapToGlobal(rect.bottomLeft())

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self.t))
