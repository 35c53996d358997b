"""The attendance of an own course: people by days; all present with one chord, then the exceptions by one key each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from eic_tracker.domain.codes import AttendanceMark, DayPart, EnrolmentStatus, OfferingStatus, SignedSheet
from eic_tracker.exchange.class_workbook import ClassList
from eic_tracker.gui import theme
from eic_tracker.gui.attendance_columns import DIGITS, FIRST_DAY, MARKS, AttendanceRow, attendance_columns, day_words
from eic_tracker.gui.class_list_part import ClassListPart
from eic_tracker.gui.class_list_travel import ClassListTravel, ask_day
from eic_tracker.gui.grids.cells import NOBODY_ON_ROSTER
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.on_behalf import BehalfButton, BehalfOf
from eic_tracker.gui.record_parts import RecordPart, on_tabs_of
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.walk_ins import WalkIns
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_delegate import CellDelegate
from eic_tracker.queries.class_results import ClassDay, ClassResults, Mark, WalkIn
from eic_tracker.services.attendance import (
    AttendanceDraft,
    MarkDraft,
    MarksChanged,
    reasons_of_absence,
    record_attendance,
)
from eic_tracker.services.grades import class_results
from eic_tracker.services.profiles import OfferingDetail
from eic_tracker.services.recording import OnBehalf

ALL_KEYS, DAY_KEYS, CAME_KEYS = "Ctrl+T", "Ctrl+D", "Ctrl+M"
_LONGEST = 400
"""Days from the first of a course among which the next one is looked for."""


class AttendancePart(RecordPart):
    """A column for each day; digits mark the person where the keyboard stands."""

    done = Signal(str, bool)
    noticed = Signal(object)
    tab_wanted = Signal(str)

    def __init__(self, around: Surroundings, behalf: BehalfOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around, self.t, self.behalf = around, around.t, behalf
        t = self.t
        self.results: ClassResults | None = None
        self.table: SmallTable | None = None
        self._reasons: tuple[tuple[int, str], ...] = ()
        self._offering: int | None = None
        self._days: tuple[ClassDay, ...] = ()
        self._sent: dict[tuple[int, int], Mark | None] = {}
        self._code, self._next_day = "", around.today
        self._writes = self._waits = False
        self.hint = sentence("", muted=True)
        self.all_present = deed_button(Deed(t("All present on this day"), self.mark_all), look="primary")
        self.all_present.setToolTip(ALL_KEYS)
        self.foot = QLabel()
        self.list = ClassListPart(around, behalf)
        self.lists = ClassListTravel(around, self)
        self.lists.brought.connect(self.open_list)
        self.lists.said.connect(lambda text: self.done.emit(text, False))
        self.lists.failed.connect(self._tell)
        self.walk_ins = WalkIns(around, behalf, self)
        self.walk_ins.said.connect(lambda text: self.done.emit(text, True))
        self.walk_ins.failed.connect(self._tell)
        self.walk_ins.roster_wanted.connect(lambda: self.tab_wanted.emit("roster"))
        self.stack = QStackedWidget()
        self._page = QWidget()
        self.stack.addWidget(self._page)
        self.stack.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self._column.addWidget(self.hint)
        self._column.addWidget(self._made_foot())
        page_shortcut(ALL_KEYS, self._page).activated.connect(self.mark_all)
        page_shortcut(DAY_KEYS, self._page).activated.connect(self.add_day)
        page_shortcut(CAME_KEYS, self._page).activated.connect(self.add_walk_in)
        self.list.done.connect(self.done)
        self.list.noticed.connect(self.noticed)
        self.list.closed.connect(self._show_table)

    def _made_foot(self) -> QWidget:
        """The count, and what can be done with the days, below the table."""
        t, foot = self.t, QWidget()
        below = FlowLayout(foot, theme.GAP)
        self.foot.setMinimumHeight(theme.TARGET)
        below.addWidget(self.foot)
        below.addWidget(BehalfButton(self.behalf, SignedSheet.ATTENDANCE))
        self.tools = [
            deed_button(Deed(text, act), look="link")
            for text, act in (
                (t("Add a day…"), self.add_day),
                (t("Came unlisted…"), self.add_walk_in),
                (t("Take the list…"), lambda: self.lists.take(self._offering, self._code)),
                (t("Bring the list back…"), self.lists.bring),
            )
        ]
        for button in self.tools:
            below.addWidget(button)
        below.addWidget(self.all_present)
        self.tools[0].setToolTip(DAY_KEYS)
        self.tools[1].setToolTip(CAME_KEYS)
        return foot

    def first_focus(self) -> QWidget | None:
        """The table, once it is there, or the list that came back."""
        self._waits = self.table is None
        return self.list.first_focus() if self.stack.currentWidget() is self.list else self.table

    def go_up(self) -> bool:
        """Esc: a list that came back is put away."""
        if self.stack.currentWidget() is not self.list:
            return False
        self.list.leave()
        return True

    def open_list(self, path: Path) -> None:
        """Look at a list that was chosen or dropped."""
        if self._offering is not None and self._writes:
            self.stack.setCurrentWidget(self.list)
            self.list.open_file(path, self._offering)

    def open_read_list(self, read: ClassList) -> None:
        """Look at a list that was dropped and read already."""
        if self._offering is not None and self._writes:
            self.stack.setCurrentWidget(self.list)
            self.list.open_list(read, self._offering)

    def add_day(self) -> None:
        """Ask for a day, or half of one, and its module."""
        if self.results is None or not self._writes:
            return
        dialog = ask_day(self.results, self._next_day, self.around, self)
        dialog.given.connect(self._add_day)

    def add_walk_in(self) -> None:
        """Type somebody who is here on the day of the keyboard and stands on no roster."""
        day = self._day()
        if self._offering is None or not self._writes:
            return
        if day is None:
            self.done.emit(self.t("Stand on a day first: Right leads to the days."), False)
            return
        self.walk_ins.ask(self._offering, day)

    def _open_row(self, key: int) -> None:
        """Enter: who somebody is that came without being listed."""
        member = self.table.rows[key].member if self.table is not None else None
        if isinstance(member, WalkIn) and self.results is not None and self.table is not None and self._writes:
            self.walk_ins.choose(member, self.results, self._place_of_row(self.table))

    def _add_day(self, values: Mapping[str, Any]) -> None:
        if self._offering is None:
            return
        offering = self._offering
        part, module = DayPart(values["part"]), values.get("module")

        def write(spoken: OnBehalf | None) -> None:
            draft = AttendanceDraft(offering, values["held_on"], part=part, module=module, on_behalf=spoken)
            self.around.jobs.write(record_attendance, self.around.acting, draft, owner=self, failed=self._tell)

        self.behalf.then(SignedSheet.ATTENDANCE, write)

    def _show_table(self) -> None:
        self.stack.setCurrentWidget(self._page)
        if self.table is not None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_detail(self, detail: OfferingDetail, state: Mapping[str, Any]) -> None:
        """Read the marks."""
        if self._offering != detail.row.id and self.stack.currentWidget() is self.list:
            self.list.leave()
        self._offering, self._code = detail.row.id, detail.row.code
        self._writes = detail.row.status is OfferingStatus.OPEN
        held = {day.held_on for day in detail.days}
        dates = (detail.row.starts_on + dt.timedelta(days=n) for n in range(_LONGEST))
        self._next_day = next((day for day in dates if day not in held), detail.row.starts_on)
        for widget in (self.hint, self.all_present, *self.tools):
            widget.setVisible(self._writes)
        jobs, acting = self.around.jobs, self.around.acting
        jobs.read(reasons_of_absence, acting, owner=self, done=self._keep_reasons, failed=self._tell)
        jobs.read(class_results, acting, detail.row.id, owner=self, done=self._show, failed=self._tell)

    def mark_all(self) -> None:
        """Everybody without a mark on the day where the keyboard stands was present."""
        day = self._day()
        if day is None or self.results is None:
            self.done.emit(self.t("Stand on a day first: Right leads to the days."), False)
            return
        unmarked = [member for member in self.results.members if member.sits and day.id not in member.marks]
        self._write(day, [MarkDraft(member.enrolment_id, AttendanceMark.PRESENT) for member in unmarked])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Digits in the column of a day."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.table:
            digit, day = event.text(), self._day()
            if event.modifiers() in _PLAIN and digit and digit in "01234" and day is not None:
                self._mark(day, DIGITS.get(digit))
                return True
        return super().eventFilter(watched, event)

    def _mark(self, day: ClassDay, mark: AttendanceMark | None) -> None:
        key = self.table.current_key() if self.table is not None else None
        if key is None:
            return
        if mark is not AttendanceMark.EXCUSED:
            self._write(day, [MarkDraft(key, mark)], step=True)
            return
        assert self.table is not None
        popup = ChoicePopup("reason", self.t("Excused: why?"), self.t, self)
        popup.chosen.connect(
            lambda code, _words: self._write(day, [MarkDraft(key, AttendanceMark.EXCUSED, int(code))], step=True)
        )
        popup.move(self._place_of_row(self.table))
        popup.offer([(str(reason), name) for reason, name in self._reasons])

    def _write(
        self,
        day: ClassDay,
        marks: list[MarkDraft],
        *,
        step: bool = False,
        seen: Mapping[int, Mark | None] | None = None,
    ) -> None:
        if self._offering is None:
            return
        offering, rows = self._offering, self.table.rows if self.table is not None else {}
        if seen is None:
            shown = {each.enrolment_id: rows[each.enrolment_id].member.marks.get(day.id) for each in marks}
            seen = {key: self._sent.get((key, day.id), mark) for key, mark in shown.items()}
        for each in marks:
            self._sent[(each.enrolment_id, day.id)] = None if each.mark is None else Mark(each.mark, each.ground_id)

        def write(spoken: OnBehalf | None) -> None:
            draft = AttendanceDraft(offering, day.held_on, marks, part=day.part, on_behalf=spoken, seen=seen)
            self.around.jobs.write(
                record_attendance,
                self.around.acting,
                draft,
                owner=self,
                failed=lambda failure: self._on_not_marked(day, failure),
            )

        self.behalf.then(SignedSheet.ATTENDANCE, write)
        if step:
            self._step()

    def _on_not_marked(self, day: ClassDay, failure: Failure) -> None:
        """What was refused is not what stands there; of a mark that two people wrote somebody chooses."""
        self._sent.clear()
        told = failure.told
        if not isinstance(told, MarksChanged) or len(told.changed) > 1:
            self._tell(failure)
            return
        (changed,) = told.changed
        wanted = changed.wanted
        marks = [MarkDraft(changed.enrolment_id, wanted.mark if wanted else None, wanted.ground_id if wanted else None)]
        title = self.t("{name} was marked meanwhile by somebody else. Which holds?", name=changed.name)
        popup = ChoicePopup("changed", title, self.t, self)

        def take(code: str, _words: str) -> None:
            if code == "mine":
                self._write(day, marks, seen={changed.enrolment_id: changed.here})

        popup.chosen.connect(take)
        if self.table is not None:
            popup.move(self._place_of_row(self.table))
        here, mine = (self.t(MARKS[each.mark][0]) if each else self.t("no mark") for each in (changed.here, wanted))
        popup.offer(
            [("theirs", self.t("{mark}, as it stands", mark=here)), ("mine", self.t("{mark}, as you wrote", mark=mine))]
        )

    def _step(self) -> None:
        """The next person, at once: the next digit is hers."""
        if self.table is None:
            return
        index, model = self.table.currentIndex(), self.table.model()
        if index.isValid() and index.row() + 1 < model.rowCount():
            self.table.setCurrentIndex(model.index(index.row() + 1, index.column()))

    def _day(self) -> ClassDay | None:
        """The day where the keyboard stands."""
        column = self.table.currentIndex().column() - FIRST_DAY if self.table is not None else -1
        return self._days[column] if 0 <= column < len(self._days) else None

    def _keep_reasons(self, reasons: tuple[tuple[int, str], ...]) -> None:
        self._reasons = reasons

    def _show(self, results: ClassResults) -> None:
        self.results = results
        if self.table is None or results.days != self._days:
            self._make_table(results.days)
        assert self.table is not None
        rows = {
            member.enrolment_id: AttendanceRow(member, results.attendance_of(member))
            for member in results.members
            if member.sits or (member.marks and member.status is not EnrolmentStatus.REMOVED)
        }
        rows |= {each.line: AttendanceRow(each, None) for each in results.unmatched}
        self._sent = {
            (key, day): mark
            for (key, day), mark in self._sent.items()
            if key in rows and rows[key].member.marks.get(day) != mark
        }
        column = self.table.currentIndex().column()
        self.table.show_rows(rows)
        current = self.table.currentIndex()
        row = current.row() if current.isValid() else 0
        wanted = column if column >= 0 else self._first_open_day()
        self.table.setCurrentIndex(self.table.model().index(row, wanted))
        marked = sum(any(day.id in row.member.marks for row in rows.values()) for day in results.days)
        self.foot.setText(self.t("Days with marks: {marked} of {days}", marked=marked, days=len(results.days)))
        self.all_present.setEnabled(bool(rows))
        why = self.t(NOBODY_ON_ROSTER) if results.is_empty else ""
        self.all_present.setToolTip(why or ALL_KEYS)
        for button in self.tools[2:]:
            rest(button, why)
        if results.is_empty:
            self.hint.setText(self.t(NOBODY_ON_ROSTER))

    def _say_hint(self) -> None:
        """What keys do where the keyboard stands, and on which day."""
        day = self._day()
        if self.results is not None and self.results.is_empty:
            self.hint.setText(self.t(NOBODY_ON_ROSTER))
            return
        if day is None:
            self.hint.setText(self.t("Left and Right lead from day to day; letters jump to a name."))
            return
        words = day_words(day, self.t)
        self.hint.setText(
            self.t("{day}: 1 present, 2 absent, 3 excused, 4 late, 0 no mark; letters jump to a name.", day=words)
        )

    def _first_open_day(self) -> int:
        """The column of the first day without marks."""
        assert self.results is not None
        marked = {day for member in self.results.members for day in member.marks}
        return next((FIRST_DAY + place for place, day in enumerate(self._days) if day.id not in marked), FIRST_DAY)

    def _make_table(self, days: tuple[ClassDay, ...]) -> None:
        held = self.table.hasFocus() if self.table is not None else self._waits and on_tabs_of(self)
        if self.table is not None:
            self._column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self._days = days
        self.table = SmallTable(self.t("Attendance"), attendance_columns(days, self.t), self.around, typed=True)
        self.table.setItemDelegate(CellDelegate(self.around.colours, self.table))
        self.table.installEventFilter(self)
        self.table.opened.connect(self._open_row)
        self.table.selectionModel().currentChanged.connect(lambda _index, _before: self._say_hint())
        self._column.insertWidget(1, self.table, 1)
        self.table.show()
        if held:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_of_row(self, table: SmallTable) -> QPoint:
        return table.viewport().mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft())

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self.t))


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
