"""The tab of a course given with its instructors, modules and days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.codes import OfferingStatus
from eic_tracker.gui import theme
from eic_tracker.gui.code_words import ASSIGNMENT_ROLES
from eic_tracker.gui.grids.cells import code, day, number, text
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.record_parts import ScrollPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.offering_detail import DayLine, ModuleLine
from eic_tracker.services.profiles import OfferingDetail


class DaysPart(ScrollPart):
    """Days with their marks, modules with who taught them, all instructors."""

    instructor_opened = Signal(int)
    assign_wanted = Signal()
    assignment_opened = Signal(int)
    assignment_dropped = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None, *, assigns: bool = False) -> None:
        super().__init__(around, parent)
        self._assigns = assigns
        self._teachers: SmallTable | None = None

    def fill(self, detail: OfferingDetail) -> None:
        """Three tables."""
        t = self.t
        taught = self.card(t("Instructors"))
        people = dict(enumerate(detail.assignments))
        self._teachers = self.table(
            taught,
            (
                Column("name", N_("Instructor"), _who("instructor_name", "instructor"), width=26, stretch=True),
                Column("role", N_("Role"), code("role", ASSIGNMENT_ROLES), width=22),
                Column("force", N_("Home force"), text("force"), width=26, stretch=True),
                Column("module", N_("Module"), text("module"), width=26, stretch=True),
                Column("hours", N_("Hours"), number("hours"), width=7, number=True),
                Column("until", N_("Until"), day("ended_on"), width=11, spare=True),
            ),
            people,
            t("No instructor is recorded."),
            lambda key: self.instructor_opened.emit(people[key].instructor_id),
        )
        if self._assigns and detail.row.status is OfferingStatus.OPEN:
            self._add_deeds(taught, detail)
        self.table(
            self.card(t("Modules")),
            (
                Column("title", N_("Module"), lambda row, _t: f"{row.number}. {row.title}", width=34, stretch=True),
                Column("hours", N_("Hours"), number("hours"), width=7, number=True),
                Column("weight", N_("Weight"), lambda row, _t: f"{row.weight} %", width=7, number=True),
                Column("who", N_("Instructor"), _who("instructor_name", "instructor"), width=24, stretch=True),
                Column("days", N_("Days"), _span, width=24),
            ),
            {module.number: module for module in detail.modules},
            t("This version of the course has no modules."),
        )
        self.table(
            self.card(t("Days")),
            (
                Column("day", N_("Day"), day("held_on"), width=12),
                Column("module", N_("Module"), text("module"), width=34, stretch=True),
                Column(
                    "present",
                    N_("Present or late"),
                    _marks("present", "late"),
                    width=15,
                    number=True,
                ),
                Column("late", N_("Late among them"), _marks("late"), width=16, number=True),
                Column("absent", N_("Absent"), _marks("absent"), width=7, number=True),
                Column("excused", N_("Excused"), _marks("excused"), width=9, number=True),
            ),
            {line.id: line for line in detail.days},
            t("No days are kept; attendance stands in the roster as a percentage."),
        )

    def _add_deeds(self, card: Card, detail: OfferingDetail) -> None:
        """Assign, change and take away; keys work while the keyboard is in the table."""
        t, line = self.t, QWidget()
        flow = FlowLayout(line, theme.GAP)
        flow.addWidget(deed_button(Deed(t("Assign an instructor…"), self.assign_wanted.emit)))
        if self._teachers is not None:

            def current(tell: Callable[[int], object]) -> None:
                key = self._teachers.current_key() if self._teachers is not None else None
                if key is not None:
                    tell(detail.assignments[key].id)

            change, drop = self.assignment_opened.emit, self.assignment_dropped.emit
            flow.addWidget(deed_button(Deed(t("Change the assignment…"), lambda: current(change))))
            flow.addWidget(deed_button(Deed(t("Take away (Del)"), lambda: current(drop))))
            key_in(self._teachers, "Del", lambda: current(drop))
            key_in(self._teachers, "Ins", self.assign_wanted.emit)
        card.add(line)


def key_in(widget: QWidget, keys: str, act: Callable[[], object]) -> None:
    """Keys that work while the keyboard is in a widget."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)


def _who(name: str, code_name: str) -> Callable[[Any, Translator], str]:
    return lambda row, _t: getattr(row, name) or getattr(row, code_name) or "—"


def _span(row: ModuleLine, t: Translator) -> str:
    days = [t.date(each) for each in (row.starts_on, row.ends_on) if each is not None]
    return " – ".join(dict.fromkeys(days))


def _marks(*names: str) -> Callable[[DayLine, Translator], str]:
    """How many have one of these marks; a day on which nobody was marked shows none."""

    def words(row: DayLine, t: Translator) -> str:
        if not row.present + row.late + row.absent + row.excused:
            return "—"
        return t.number(sum(getattr(row, name) for name in names))

    return words
