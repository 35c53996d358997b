"""The closing of an own course: grades typed downwards, results by the rules, then the exceptions, then one chord."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from eic_tracker.domain.closing_rules import RESULTS, Blocker
from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus, SignedSheet
from eic_tracker.domain.enrolling import AuthorisationNeeded
from eic_tracker.gui import theme
from eic_tracker.gui.closing_columns import COLUMNS, GRADE, RESULT, ShownLine
from eic_tracker.gui.code_words import ENROLMENT_STATUSES
from eic_tracker.gui.column_review_part import conversion_words
from eic_tracker.gui.grids.cells import NOBODY_ON_ROSTER, grade_words
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.on_behalf import BehalfButton, BehalfOf
from eic_tracker.gui.record_parts import RecordPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.whose_grade import ask_whose
from eic_tracker.gui.widgets.ask_fields import ask_authorisation, authorisation_of
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_delegate import CellDelegate
from eic_tracker.gui.widgets.typed_cell import TypedCell
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.closing import (
    ClosingBlocked,
    ClosingDraft,
    ClosingView,
    Decision,
    OfferingClosed,
    close_offering,
    closing_view,
)
from eic_tracker.services.grades import (
    GradeCell,
    GradeField,
    GradesChanged,
    GradesDraft,
    ScaleAsked,
    SeenGrade,
    record_grades,
)
from eic_tracker.services.profiles import OfferingDetail
from eic_tracker.services.recording import OnBehalf

CLOSE_KEYS, DEFAULT_KEYS = "Ctrl+Return", "Ctrl+T"
_DIGITS = {str(place): status for place, status in enumerate(RESULTS, 1)}


class ClosingPart(RecordPart):
    """Everybody with the result that closing gives; what stands in the way is listed below."""

    done = Signal(str, bool)
    noticed = Signal(object)
    tab_wanted = Signal(str)
    """the part of the page where something is mended"""

    def __init__(self, around: Surroundings, behalf: BehalfOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around, self.t, self.behalf = around, around.t, behalf
        t = self.t
        self.view: ClosingView | None = None
        self.decisions: dict[int, tuple[EnrolmentStatus, int | None]] = {}
        self._offering: int | None = None
        self._unscaled: list[GradeCell] = []
        self._wrote: dict[int, tuple[str, ...]] = {}
        self.hint = sentence("", muted=True)
        self.table = SmallTable(t("Closing"), COLUMNS, around, typed=True)
        self.table.installEventFilter(self)
        self.table.selectionModel().currentChanged.connect(lambda index, _before: self._say_hint(index.column()))
        self.table.opened.connect(lambda _key: self._begin_or_choose(""))
        self.table.setItemDelegate(CellDelegate(around.colours, self.table))
        self.box = TypedCell(self.table, 40)
        self.box.taken.connect(self._take_grade)
        self.foot = QLabel()
        self.by_rule = deed_button(Deed(t("Results by the rules"), self.take_defaults), look="link")
        self.by_rule.setToolTip(DEFAULT_KEYS)
        self.close_button = deed_button(Deed(t("Close the course"), self.close_course), look="primary")
        self.close_button.setToolTip("Ctrl+Enter")
        self.blocked = QVBoxLayout()
        self.blocked.setSpacing(0)
        self._lay_out()
        page_shortcut(CLOSE_KEYS, self).activated.connect(self.close_course)
        page_shortcut(DEFAULT_KEYS, self).activated.connect(self.take_defaults)

    def _say_hint(self, column: int) -> None:
        """What keys do in the column where the keyboard stands."""
        if column == GRADE:
            words = self.t("Grade: type a number; Enter stores it and goes down. Enter first for NSP or a blank.")
        elif column == RESULT:
            words = self.t("Result: 1 completed, 2 not completed, 3 left the course, 4 did not come; letters: a name.")
        else:
            words = self.t("Left and Right lead to grade and result; letters jump to a name.")
        self.hint.setText(words)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        foot = QWidget()
        below = FlowLayout(foot, theme.GAP)
        self.foot.setMinimumHeight(theme.TARGET)
        below.addWidget(self.foot)
        below.addWidget(BehalfButton(self.behalf, SignedSheet.GRADES))
        below.addWidget(self.by_rule)
        below.addWidget(self.close_button)
        column.addWidget(foot)
        column.addLayout(self.blocked)

    def first_focus(self) -> QWidget:
        """The table, in the column of results."""
        return self.table

    def go_up(self) -> bool:
        """Esc: a grade that is being typed is dropped."""
        return self.box.drop()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
        """Another page or tab: what is being typed is taken."""
        self.box.finish()
        super().hideEvent(event)

    def show_detail(self, detail: OfferingDetail, state: Mapping[str, Any]) -> None:
        """Read what closing would do now; decisions made here stay."""
        if self._offering != detail.row.id:
            self._offering, self.decisions, self._wrote = detail.row.id, {}, {}
        if detail.row.status is not OfferingStatus.OPEN:
            self._show_closed()
            return
        self._read(detail.row.id)

    def _read(self, offering: int) -> None:
        jobs, acting = self.around.jobs, self.around.acting
        jobs.read(closing_view, acting, offering, owner=self, done=self._show_view, failed=self._tell)

    def take_defaults(self) -> None:
        """Everybody's result follows from the rules again."""
        self.decisions.clear()
        self._show_rows()

    def decide(self, key: int, status: EnrolmentStatus, ground: int | None) -> None:
        """Give one person another result than the rules."""
        self.decisions[key] = (status, ground)
        self._show_rows()
        self._step()

    def close_course(self) -> None:
        """Close with the decisions that were made."""
        self.box.finish()
        self._close(None)

    def _close(self, authorisation: AuthorisationDraft | None) -> None:
        if self.view is None or self._offering is None:
            return
        offering, state = self._offering, self.view.state
        decisions = [Decision(key, status, ground) for key, (status, ground) in self.decisions.items()]

        def write(spoken: OnBehalf | None) -> None:
            draft = ClosingDraft(offering, decisions, authorisation, spoken, state)
            self.around.jobs.write(
                close_offering, self.around.acting, draft, owner=self, done=self._on_closed, failed=self._on_not_closed
            )

        self.behalf.then(SignedSheet.GRADES, write)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Digits in the column of grades or results."""
        pressed = watched is self.table and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.modifiers() in _PLAIN and event.text().isdigit():
            return self._digit(event.text())
        return super().eventFilter(watched, event)

    def _digit(self, digit: str) -> bool:
        column, key = self.table.currentIndex().column(), self.table.current_key()
        if key is None or self.view is None:
            return False
        if column == GRADE:
            self._begin_or_choose(digit)
            return True
        if column == RESULT and digit in _DIGITS:
            self._choose(key, _DIGITS[digit])
            return True
        return False

    def _begin_or_choose(self, digit: str) -> None:
        key = self.table.current_key()
        if key is None or self.table.currentIndex().column() != GRADE:
            return
        line = self.table.rows[key].line
        present = grade_words(line.grade, self.t)
        self.box.begin(digit or present, self.t("Grade of {name}", name=line.name), selected=not digit)

    def _take_grade(self, text: str) -> None:
        key = self.table.current_key()
        if (
            key is None
            or self._offering is None
            or text.strip() == grade_words(self.table.rows[key].line.grade, self.t)
        ):
            return
        seen = SeenGrade(self.table.rows[key].line.final, self._wrote.get(key, ()))
        self._wrote[key] = (*seen.typed, text)
        self._write_grade(GradesDraft(self._offering, [GradeCell(key, GradeField.FINAL, text, seen=seen)]))

    def _write_grade(self, draft: GradesDraft) -> None:
        def write(spoken: OnBehalf | None) -> None:
            self.around.jobs.write(
                record_grades,
                self.around.acting,
                replace(draft, on_behalf=spoken),
                owner=self,
                failed=lambda failure: self._on_not_graded(failure, draft),
            )

        self.behalf.then(SignedSheet.GRADES, write)

    def _on_not_graded(self, failure: Failure, draft: GradesDraft) -> None:
        if isinstance(failure.told, GradesChanged):
            self._on_changed(failure.told, draft)
            return
        if not isinstance(failure.told, ScaleAsked):
            self._tell(failure)
            return
        self._unscaled += draft.cells
        if len(self._unscaled) > len(draft.cells):
            return
        popup = ChoicePopup("scale", self.t("On which scale were the grades written?"), self.t, self)
        popup.chosen.connect(lambda code, _words: self._scaled(draft.offering_id, int(code)))
        popup.destroyed.connect(self._unscaled.clear)
        popup.move(self._place_of_row())
        popup.offer([(str(each[0]), conversion_words(each, self.t)) for each in failure.told.conversions])

    def _on_changed(self, told: GradesChanged, draft: GradesDraft) -> None:
        """Somebody else graded meanwhile: what stands is shown, and which of the two holds is asked."""
        offering = draft.offering_id
        self._read(offering)
        for changed in told.changed:
            self._wrote.pop(changed.cell.enrolment_id, None)
            place = self._place_of_row()
            ask_whose(changed, self.t, place, self, lambda cell: self._write_grade(GradesDraft(offering, [cell])))

    def _scaled(self, offering: int, scale: int) -> None:
        cells = list(self._unscaled)
        self._unscaled.clear()
        self._write_grade(GradesDraft(offering, cells, scale))

    def _choose(self, key: int, status: EnrolmentStatus) -> None:
        if status is EnrolmentStatus.COMPLETED:
            self.decide(key, status, None)
            return
        assert self.view is not None
        words = self.t(ENROLMENT_STATUSES[status][0])
        popup = ChoicePopup("reason", self.t("{result}: why?", result=words), self.t, self)
        popup.chosen.connect(lambda code, _words: self.decide(key, status, int(code)))
        popup.move(self._place_of_row())
        popup.offer([(str(each), name) for each, name, applies in self.view.reasons if applies == status.value])

    def _place_of_row(self) -> QPoint:
        return self.table.viewport().mapToGlobal(self.table.visualRect(self.table.currentIndex()).bottomLeft())

    def _step(self) -> None:
        """The next person, in the same column."""
        index = self.table.currentIndex()
        model = self.table.model()
        if index.isValid() and index.row() + 1 < model.rowCount():
            self.table.setCurrentIndex(model.index(index.row() + 1, index.column()))

    def _show_view(self, view: ClosingView) -> None:
        finals = {line.enrolment_id: line.final for line in view.lines}
        before = {line.enrolment_id: line.final for line in self.view.lines} if self.view is not None else {}
        self._wrote = {key: texts for key, texts in self._wrote.items() if finals.get(key) == before.get(key)}
        self.view = view
        known = {line.enrolment_id for line in view.lines}
        self.decisions = {key: held for key, held in self.decisions.items() if key in known}
        column = self.table.currentIndex().column()
        self._show_rows()
        if column < 0 and view.lines:
            self.table.setCurrentIndex(self.table.model().index(0, RESULT))
        told = (*view.blockers, *view.warnings)
        self._show_blockers([each for each in told if each.enrolment_id not in self.decisions])
        for widget in (self.hint, self.by_rule, self.close_button):
            widget.show()

    def _show_rows(self) -> None:
        if self.view is None:
            return
        names = {key: name for key, name, _ in self.view.reasons}
        shown: dict[int, ShownLine] = {}
        for line in self.view.lines:
            status, ground = self.decisions.get(line.enrolment_id, (line.status, line.ground_id))
            key, reason = line.enrolment_id, names.get(ground or 0, "")
            shown[key] = ShownLine(line, status, reason, key in self.decisions, key in self.view.differing)
        column = self.table.currentIndex().column()
        self.table.show_rows(shown)
        current = self.table.currentIndex()
        if current.isValid() and column >= 0:
            self.table.setCurrentIndex(self.table.model().index(current.row(), column))
        counts = Counter(row.status for row in shown.values())
        said = {status: self.t(ENROLMENT_STATUSES[status][0]) for status in RESULTS}
        parts = [f"{said[status]}: {self.t.number(counts[status])}" for status in RESULTS if counts[status]]
        if counts[None]:
            nothing = self.t("No result yet")
            parts.append(f"{nothing}: {self.t.number(counts[None])}")
        self.foot.setText(" · ".join(parts) or self.t(NOBODY_ON_ROSTER))
        why = "" if shown else self.t(NOBODY_ON_ROSTER)
        rest(self.close_button, why, "Ctrl+Enter")
        rest(self.by_rule, why, DEFAULT_KEYS)

    def _show_blockers(self, blockers: list[Blocker]) -> None:
        while (item := self.blocked.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for blocker in blockers[:_SHOWN]:
            self.blocked.addWidget(deed_button(Deed(blocker.text(self.t), partial(self._mend, blocker)), look="link"))
        if len(blockers) > _SHOWN:
            more = self.t.plural("and {count} more", "and {count} more", len(blockers) - _SHOWN)
            self.blocked.addWidget(sentence(more, muted=True))

    def _mend(self, blocker: Blocker) -> None:
        """Go where it is mended: the person's row, or the part of the page."""
        if blocker.enrolment_id in self.table.rows:
            self.table.select_key(int(blocker.enrolment_id or 0))
            row = self.table.currentIndex().row()
            column = GRADE if blocker.code == "missing_grade" else RESULT
            self.table.setCurrentIndex(self.table.model().index(row, column))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tab_wanted.emit("attendance" if blocker.code == "walk_in" else blocker.mended_at.value)

    def _show_closed(self) -> None:
        self.view, self.decisions = None, {}
        self.table.show_rows({})
        self._show_blockers([])
        self.foot.setText(self.t("The course is not open: its results stand in the roster."))
        for widget in (self.hint, self.by_rule, self.close_button):
            widget.hide()

    def _on_closed(self, closed: OfferingClosed) -> None:
        counts = closed.counts
        others = sum(counts.values()) - counts[EnrolmentStatus.COMPLETED]
        completed = self.t.number(counts[EnrolmentStatus.COMPLETED])
        words = self.t("Course closed: {completed} completed, {others} did not.", completed=completed, others=others)
        self.decisions.clear()
        self.done.emit(words, False)

    def _on_not_closed(self, failure: Failure) -> None:
        if isinstance(failure.told, AuthorisationNeeded):
            dialog = ask_authorisation([each.text(self.t) for each in failure.told.concerns], self.around, self)
            dialog.given.connect(lambda values: self._close(authorisation_of(values)))
            dialog.start({})
            return
        if isinstance(failure.told, ClosingBlocked):
            self._show_blockers([*failure.told.blockers, *(self.view.warnings if self.view is not None else ())])
        self._tell(failure)

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self.t))


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_SHOWN = 6
"""So many sentences about what stands in the way are shown."""
