"""Today at the school: courses of the day, present, absent, not marked, beds; every number opens its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.dialogs.print_view import show_upright
from eic_tracker.gui.grids.targets import COURSES_OF_DAY, PARTS_OF_DAY, PartOfDay
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, DeedLine, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.numbers_table import NumbersTable
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.queries.day_at_school import DayAtSchool
from eic_tracker.queries.listing import Request
from eic_tracker.reports.day_words import DAY_DEFINITION, NO_INSTITUTION, NO_REASON, beds_words, marking_words
from eic_tracker.reports.report_words import sex_words
from eic_tracker.services.day_at_school import daily_report, today_at_school

_ONE_DAY = dt.timedelta(days=1)


class TodayPage(Page):
    """Opens on today; the day before and after are one button away. Ctrl+P prints the daily report."""

    name = "today"
    shows = frozenset({"offering", "enrolment", "attendance", "offering_day", "participant"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.show_sheet = show_upright
        self.day = around.today
        self.found: DayAtSchool | None = None
        self._opens = right(around.acting, Action.READ_PEOPLE) is not Right.NO
        self.set_title(t("Today at the school"))
        self.report_button = self.primary_button(t("Daily report…"), self.print_view)
        self.report_button.setToolTip("Ctrl+P")
        self.before = deed_button(Deed(t("Day before"), partial(self._go, -_ONE_DAY)))
        self.after = deed_button(Deed(t("Day after"), partial(self._go, _ONE_DAY)))
        self.when = sentence("", theme.Type.SECTION)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        line.addWidget(self.when, 1)
        for button in (self.before, self.after):
            line.addWidget(button)
        self.marking = sentence("", tone=Tone.WARNING)
        self.courses = NumbersTable(t("Courses of the day"), COURSES_OF_DAY, around, whole=True)
        self.parts = NumbersTable(t("By sex and institution"), PARTS_OF_DAY, around, whole=True)
        for table in (self.courses, self.parts):
            table.number_opened.connect(partial(self._open, table))
        self.beds = DeedLine(Deed("", self._open_beds))
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(0)
        self.view = StateView(around.colours)
        self._body = ScrolledColumn()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, theme.SPACE, 0)
        body.setSpacing(theme.GAP)
        for widget in (self.marking, self.courses, self.beds):
            body.addWidget(widget)
        body.addLayout(self._reasons)
        body.addWidget(self.parts)
        body.addWidget(sentence(t(DAY_DEFINITION), theme.Type.CAPTION, muted=True))
        body.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._body)
        column = self.layout_of_page
        column.addLayout(line)
        column.addWidget(self.area, 1)
        column.addWidget(self.view, 1)
        self.area.hide()

    def show_place(self, place: Place) -> None:
        """The day that is asked for, else today."""
        said = place.state.get("day")
        self.day = dt.date.fromisoformat(str(said)) if said else self.around.today
        self.refresh()

    def state(self) -> Mapping[str, Any]:
        """The day in sight."""
        return {"day": self.day.isoformat()}

    def refresh(self) -> None:
        """Read the day again."""
        self.read(today_at_school, self.day, done=self._show)

    def first_focus(self) -> QWidget | None:
        """The courses; on a day without any, the way to another day."""
        return self.courses if self.area.isVisibleTo(self) else self.before

    def print_view(self) -> None:
        """Ctrl+P: the daily report before it is printed."""
        if self.found is not None and self.found.courses:
            make = partial(daily_report, day=self.found.day, t=self.t)
            self.show_sheet(self.around, make, self.t("Daily report"), self.window())

    def _go(self, step: dt.timedelta) -> None:
        self.day += step
        self.refresh()

    def _show(self, found: DayAtSchool) -> None:
        t = self.t
        self.found = found
        self.when.setText(t.date(found.day))
        self.area.setVisible(bool(found.courses))
        self.view.setVisible(not found.courses)
        self.report_button.setEnabled(bool(found.courses))
        if not found.courses:
            self.view.show_empty(t("No course runs on this day."))
            return
        said = marking_words(found, t)
        self.marking.setText(said)
        self.marking.setVisible(bool(said))
        self.courses.show_rows({each.course.id: each for each in found.courses})
        parts = [PartOfDay(t("All"), found.total)]
        parts += [PartOfDay(sex_words(sex, t, youth=False), count) for sex, count in found.by_sex if count.expected]
        parts += [PartOfDay(name or t(NO_INSTITUTION), count) for name, count in found.by_institution]
        self.parts.show_rows(dict(enumerate(parts, 1)))
        self.beds.setText(beds_words(found, t))
        self.beds.setAccessibleName(self.beds.text())
        self._show_reasons(found)

    def _show_reasons(self, found: DayAtSchool) -> None:
        while (item := self._reasons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for name, keys in found.reasons:
            words = self.t(
                "Absent, {reason}: {count}", reason=name or self.t(NO_REASON), count=self.t.number(len(keys))
            )
            line = DeedLine(Deed(words, partial(self._open_keys, keys, words)))
            line.setAccessibleName(words)
            self._reasons.addWidget(line)

    def _open(self, table: NumbersTable, key: int, column: str) -> None:
        row = table.rows[key]
        keys = getattr(row, column) if hasattr(row, column) else getattr(row.count, column)
        name = row.name if isinstance(row, PartOfDay) else row.course.code
        title = next(each.title for each in (*COURSES_OF_DAY, *PARTS_OF_DAY) if each.name == column)
        self._open_keys(keys, f"{name}: {self.t(title)}")

    def _open_beds(self) -> None:
        if self.found is not None:
            self._open_keys(self.found.beds, self.t("Beds taken tonight"))

    def _open_keys(self, keys: tuple[int, ...], title: str) -> None:
        if self._opens:
            self.rows_requested.emit("enrolments", Request(keys=keys, today=self.day), title)
