"""The attendance of an own course: people by days; all present with one chord, then the exceptions by one key each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from eic_tracker.domain.codes import AttachmentKind, AttendanceMark, DayPart, OfferingStatus
from eic_tracker.gui import theme
from eic_tracker.gui.grids.cells import name_of
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.on_behalf import BehalfButton, BehalfOf
from eic_tracker.gui.record_parts import RecordPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_delegate import CellDelegate
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_results import ClassDay, ClassMember, ClassResults
from eic_tracker.services.attendance import AttendanceDraft, MarkDraft, reasons_of_absence, record_attendance
from eic_tracker.services.grades import class_results
from eic_tracker.services.profiles import OfferingDetail
from eic_tracker.services.recording import OnBehalf

ALL_KEYS = "Ctrl+T"
_MARKS: Mapping[AttendanceMark, tuple[str, Tone]] = {
    AttendanceMark.PRESENT: (N_("present"), Tone.OK),
    AttendanceMark.ABSENT: (N_("absent"), Tone.ERROR),
    AttendanceMark.EXCUSED: (N_("excused"), Tone.WARNING),
    AttendanceMark.LATE: (N_("late"), Tone.INFO),
}
_DIGITS = {str(place): mark for place, mark in enumerate(_MARKS, 1)}
_PARTS = {DayPart.MORNING: N_("{day} morning"), DayPart.AFTERNOON: N_("{day} afternoon")}
FIRST_DAY = 2
"""The column of the first day."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A person with the percentage that the days give."""

    member: ClassMember
    percent: int | None


def _mark_words(day: int, row: _Row, t: Translator) -> str:
    mark = row.member.marks.get(day)
    return t(_MARKS[mark.mark][0]) if mark is not None else ""


def _mark_tone(day: int, row: _Row) -> Tone:
    mark = row.member.marks.get(day)
    return _MARKS[mark.mark][1] if mark is not None else Tone.PLAIN


def day_words(day: ClassDay, t: Translator) -> str:
    """The heading of a day: 03/06, and which half of it."""
    words = t.date(day.held_on)[:6].rstrip("/ ")
    return t(_PARTS[day.part], day=words) if day.part in _PARTS else words


class AttendancePart(RecordPart):
    """A column for each day; digits mark the person where the keyboard stands."""

    done = Signal(str, bool)
    noticed = Signal(object)

    def __init__(self, around: Surroundings, behalf: BehalfOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around, self.t, self.behalf = around, around.t, behalf
        t = self.t
        self.results: ClassResults | None = None
        self.table: SmallTable | None = None
        self._reasons: tuple[tuple[int, str], ...] = ()
        self._offering: int | None = None
        self._days: tuple[ClassDay, ...] = ()
        self.hint = sentence("", muted=True)
        self.all_present = deed_button(Deed(t("All present on this day"), self.mark_all), look="primary")
        self.all_present.setToolTip(ALL_KEYS)
        self.foot = QLabel()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self._column.addWidget(self.hint)
        below = QHBoxLayout()
        below.addWidget(self.foot, 1)
        below.addWidget(BehalfButton(behalf, AttachmentKind.ATTENDANCE_SHEET))
        below.addWidget(self.all_present)
        self._column.addLayout(below)
        page_shortcut(ALL_KEYS, self).activated.connect(self.mark_all)

    def first_focus(self) -> QWidget | None:
        """The table, once it is there."""
        return self.table

    def show_detail(self, detail: OfferingDetail, state: Mapping[str, Any]) -> None:
        """Read the marks."""
        self._offering = detail.row.id
        writes = detail.row.status is OfferingStatus.OPEN
        for widget in (self.hint, self.all_present):
            widget.setVisible(writes)
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
                self._mark(day, _DIGITS.get(digit))
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

    def _write(self, day: ClassDay, marks: list[MarkDraft], *, step: bool = False) -> None:
        if self._offering is None:
            return
        offering = self._offering

        def write(spoken: OnBehalf | None) -> None:
            draft = AttendanceDraft(offering, day.held_on, marks, part=day.part, on_behalf=spoken)
            self.around.jobs.write(record_attendance, self.around.acting, draft, owner=self, failed=self._tell)

        self.behalf.then(AttachmentKind.ATTENDANCE_SHEET, write)
        if step:
            self._step()

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
            member.enrolment_id: _Row(member, results.attendance_of(member))
            for member in results.members
            if member.sits or member.marks
        }
        column = self.table.currentIndex().column()
        self.table.show_rows(rows)
        current = self.table.currentIndex()
        row = current.row() if current.isValid() else 0
        wanted = column if column >= 0 else self._first_open_day()
        self.table.setCurrentIndex(self.table.model().index(row, wanted))
        marked = sum(any(day.id in row.member.marks for row in rows.values()) for day in results.days)
        self.foot.setText(self.t("Days with marks: {marked} of {days}", marked=marked, days=len(results.days)))

    def _say_hint(self) -> None:
        """What keys do where the keyboard stands, and on which day."""
        day = self._day()
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
        held = self.table is not None and self.table.hasFocus()
        if self.table is not None:
            self._column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self._days = days
        self.table = SmallTable(self.t("Attendance"), _columns(days, self.t), self.around)
        self.table.setItemDelegate(CellDelegate(self.around.colours, self.table))
        self.table.installEventFilter(self)
        self.table.selectionModel().currentChanged.connect(lambda _index, _before: self._say_hint())
        self._column.insertWidget(1, self.table, 1)
        self.table.show()
        if held:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_of_row(self, table: SmallTable) -> QPoint:
        return table.viewport().mapToGlobal(table.visualRect(table.currentIndex()).bottomLeft())

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self.t))


def _columns(days: tuple[ClassDay, ...], t: Translator) -> tuple[Column, ...]:
    of_days = tuple(
        Column(
            f"day{day.id}",
            day_words(day, t),
            partial(_mark_words, day.id),
            width=12,
            tone=partial(_mark_tone, day.id),
        )
        for day in days
    )
    return (
        Column("name", N_("Surnames, given names"), lambda row, t: name_of(row.member, t), width=36),
        Column(
            "percent",
            N_("Attendance"),
            lambda row, _t: "" if row.percent is None else f"{row.percent} %",
            width=11,
            number=True,
        ),
        *of_days,
    )


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
