"""Whom the programme of the schools has reached, by place, time, grade, kind of school and curriculum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from eic_tracker.domain.facts import COVERED_BY, Dimension
from eic_tracker.domain.periods import parse_period
from eic_tracker.gui import theme
from eic_tracker.gui.coverage_export import CoverageExport, may_export
from eic_tracker.gui.coverage_way import ExpectedWay, legend
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.notices import notice_of, reading_notice
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.tabbed_grids import TabPart
from eic_tracker.gui.waiting_words import WaitWatch
from eic_tracker.gui.widgets.bars import MOST, Bar, Bars
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.numbers_table import NumbersTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.i18n import N_
from eic_tracker.queries.listing import Choice, Request
from eic_tracker.reports.coverage_words import BREAKDOWNS, COUNTED_AGAIN, cell_words
from eic_tracker.reports.report_words import short_period
from eic_tracker.services.coverage import Coverage, CoverageRow, coverage, together
from eic_tracker.services.figures import FigureRef
from eic_tracker.services.listings import list_choices

_ALL, _WITH, _WITHOUT = "all", "with", "without"
_LOWEST_FOR_BARS = 460
"""Pixels of height from which table and bars have room."""


@dataclass(frozen=True, slots=True)
class _Heads:
    """A column of the table: which heads it shows, and the figure that they are."""

    measure: str
    sex: str = ""

    def value(self, row: CoverageRow) -> int:
        heads = row.reached if self.measure == "reached" else row.graduated
        return {"": heads.total, "F": heads.girls, "M": heads.boys, "U": heads.unrecorded}[self.sex]

    def ref(self, row: CoverageRow) -> FigureRef:
        ref = row.reached_ref if self.measure == "reached" else row.graduated_ref
        return replace(ref, by=(*ref.by, Dimension.SEX), keys=(*ref.keys, self.sex)) if self.sex else ref


_HEADS = {
    "reached": _Heads("reached"),
    "girls": _Heads("reached", "F"),
    "boys": _Heads("reached", "M"),
    "unrecorded": _Heads("reached", "U"),
    "graduated": _Heads("graduated"),
    "graduated_girls": _Heads("graduated", "F"),
    "graduated_boys": _Heads("graduated", "M"),
    "graduated_unrecorded": _Heads("graduated", "U"),
}
_TOTAL = -1
"""The key of the line below the cells."""
_BREAKDOWNS = tuple(each for each in COVERED_BY if each is not Dimension.SEX)
"""Each line tells girls and boys apart already."""
_WORDS = {
    Dimension.DEPARTMENT: N_("{covered} of {all} departments have class groups with young people reached."),
    Dimension.MUNICIPALITY: N_("{covered} of {all} municipalities have class groups with young people reached."),
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the table: a cell, or the whole."""

    words: str
    row: CoverageRow


def _heads(name: str, title: str, width: int = 10) -> Column:
    column = _HEADS[name]
    return Column(
        name,
        title,
        lambda line, t: t.number(column.value(line.row)),
        width=width,
        number=True,
        value=lambda line: column.value(line.row),
        spare=name.startswith("graduated_"),
    )


_COLUMNS = (
    Column("cell", N_("Breakdown"), lambda line, _t: line.words, width=16),
    Column("groups", N_("Class groups"), lambda line, t: t.number(line.row.groups), width=10, number=True),
    Column("schools", N_("Schools"), lambda line, t: t.number(line.row.schools), width=9, number=True, spare=True),
    _heads("girls", N_("Girls")),
    _heads("boys", N_("Boys")),
    _heads("unrecorded", N_("Not recorded")),
    _heads("reached", N_("Reached")),
    _heads("graduated", N_("Graduated")),
    _heads("graduated_girls", N_("Graduated girls")),
    _heads("graduated_boys", N_("Graduated boys")),
    _heads("graduated_unrecorded", N_("Graduated, not recorded")),
)


class CoveragePart(TabPart):
    """Every number opens its rows; the bars show reached beside graduated, of the cells with most or of the last."""

    figure_wanted = Signal(object, str)
    rows_wanted = Signal(str, object, str)
    failed = Signal(object)
    """a Notice"""
    said = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self.t = around.t
        self.found: Coverage | None = None
        self._rows: dict[int, _Line] = {}
        self._job: Job | None = None
        self._current: int | None = None
        self._keyboard_waits = False
        self._wanted_year: object = None
        self.by = self._choice(self.t("Breakdown"), [(BREAKDOWNS[each], each.value) for each in _BREAKDOWNS])
        self.year = self._choice(self.t("Year"), [(N_("All years"), "")])
        self.shown = self._choice(
            self.t("Which rows"),
            [(N_("All rows"), _ALL), (N_("With class groups"), _WITH), (N_("Without any"), _WITHOUT)],
        )
        self.summary = sentence("", muted=True)
        self.way = ExpectedWay(around)
        self.export = CoverageExport(around, self._asked)
        self.legend = legend(around)
        self.bars = Bars(self.t("Young people reached and graduated"), around.colours)
        self.table = NumbersTable(self.t("Coverage"), _COLUMNS, around)
        self.state_view = StateView(around.colours)
        self._lay_out()
        self.state_view.show_reading(self.t("Reading…"))
        self._watch = WaitWatch(
            self, around.jobs, around.t, lambda: [self._job] if self._job else [], self._say_waiting
        )
        self.table.hide()
        self.bars.hide()
        self.by.currentIndexChanged.connect(lambda _index: self._count())
        self.year.currentIndexChanged.connect(lambda _index: self._count())
        self.shown.currentIndexChanged.connect(lambda _index: self._show_rows())
        self.table.number_opened.connect(self._open)
        self.bars.activated.connect(self._open_bar)
        self.bars.table_requested.connect(self.table.setFocus)
        self._bar_rows: list[_Line] = []
        self._others: _Line | None = None
        self.way.figure_wanted.connect(self.figure_wanted)
        self.way.failed.connect(self.failed)
        self.export.said.connect(self.said)
        self.export.noticed.connect(self.failed)
        around.jobs.read(
            list_choices, around.acting, "class_groups", "year", owner=self, done=self._offer_years, failed=self._tell
        )

    def restore(self, state: Mapping[str, Any]) -> None:
        """Places, year and choice as they were; then count."""
        for box, name in ((self.by, "by"), (self.shown, "shown")):
            self._choose(box, state.get(name))
        self._wanted_year = state.get("year")
        self._choose(self.year, self._wanted_year)
        self._current = state.get("current", self.table.current_key())
        self._count()

    def state(self) -> dict[str, Any]:
        """What is chosen, and where the keyboard stands."""
        return {
            "by": self.by.currentData(),
            "year": self.year.currentData(),
            "shown": self.shown.currentData(),
            "current": self.table.current_key(),
        }

    def first_focus(self) -> QWidget:
        """The table, or the choices while it is counted."""
        self._keyboard_waits = not self._rows
        return self.table if self._rows else self.by

    def export_view(self) -> bool:
        """Ctrl+Shift+E: for whom the workbook is."""
        if not may_export(self.around):
            return False
        self.export.showMenu()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Low windows have the table alone: it says all that the bars say."""
        super().resizeEvent(event)
        self._show_bars()

    def _lay_out(self) -> None:
        tools = QWidget()
        flow = FlowLayout(tools, theme.GAP)
        for words, box in ((N_("&Breakdown"), self.by), (N_("&Year"), self.year), (N_("&Show"), self.shown)):
            label = QLabel(self.t(words))
            label.setBuddy(box)
            pair = QWidget()
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(theme.GAP)
            line.addWidget(label)
            line.addWidget(box)
            flow.addWidget(pair)
        flow.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(tools)
        column.addWidget(self.summary)
        column.addWidget(self.way)
        column.addWidget(self.legend)
        column.addWidget(self.bars)
        column.addWidget(self.table, 1)
        column.addWidget(self.state_view, 1)
        column.addWidget(sentence(self.t(COUNTED_AGAIN), muted=True))

    def _choice(self, name: str, items: list[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for words, code in items:
            box.addItem(self.t(words), code)
        return box

    def _choose(self, box: QComboBox, code: object) -> None:
        place = box.findData(code) if code is not None else -1
        if place >= 0:
            blocked = box.blockSignals(True)
            box.setCurrentIndex(place)
            box.blockSignals(blocked)

    def _offer_years(self, choices: tuple[Choice, ...]) -> None:
        chosen = self.year.currentData() or self._wanted_year
        blocked = self.year.blockSignals(True)
        for choice in choices:
            self.year.addItem(choice.code, choice.code)
        self.year.blockSignals(blocked)
        place = self.year.findData(chosen)
        if place > 0:
            self.year.setCurrentIndex(place)

    def _asked(self) -> tuple[Dimension, int | None]:
        """The breakdown in sight, and its year."""
        year = self.year.currentData()
        return Dimension(self.by.currentData()), int(year) if year else None

    def _count(self) -> None:
        if self._job is not None:
            self._job.cancel()
        by, year = self._asked()
        self.way.read()
        self._job = self.around.jobs.count(
            _coverage_of,
            self.around.acting,
            by,
            self.around.today,
            year,
            owner=self,
            done=self._on_counted,
            failed=self._tell,
        )
        self._watch.begin()

    def _say_waiting(self, words: str) -> None:
        if words and self.found is None:
            self.state_view.show_reading(words)

    def _on_counted(self, found: Coverage) -> None:
        self._job = None
        self.found = found
        self._show_rows()

    def _show_rows(self) -> None:
        if self.found is None:
            return
        wanted = {_ALL: (True, False), _WITH: (True,), _WITHOUT: (False,)}[self.shown.currentData()]
        found = self.found
        self._rows = {
            key: _Line(cell_words(found.by, row.code, row.name, self.t), row)
            for key, row in enumerate(found.rows)
            if row.covered in wanted
        }
        total = {_TOTAL: _Line(self.t("Total"), found.total)} if self.shown.currentData() == _ALL else {}
        self.table.show_rows(self._rows | total)
        self.summary.setText(self._summary(found))
        self.table.setVisible(bool(self._rows))
        self.state_view.setVisible(not self._rows)
        if not self._rows:
            self.state_view.show_nothing_found(
                self.t("No row is like that."), self.t("Show all rows"), lambda: self.shown.setCurrentIndex(0)
            )
        elif self.table.current_key() is None:
            self.table.select_key(self._current if self._current in self._rows else next(iter(self._rows)))
        if self._keyboard_waits and self._rows and self.by.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._keyboard_waits = False
        self._show_bars()

    def _summary(self, found: Coverage) -> str:
        """How many cells have something, and the whole: reached never without graduated."""
        t, total = self.t, found.total
        known = sum(1 for row in found.rows if row.code is not None)
        parts = [
            t(_WORDS[found.by], covered=t.number(found.places), all=t.number(known)) if found.by in _WORDS else "",
            t(
                "{reached} reached and {graduated} graduated in {groups} class groups.",
                reached=t.number(total.reached.total),
                graduated=t.number(total.graduated.total),
                groups=t.number(total.groups),
            ),
            t("As of {date}.", date=t.date(found.as_of)),
        ]
        return " ".join(part for part in parts if part)

    def _show_bars(self) -> None:
        lines = [line for line in self._rows.values() if line.row.covered]
        dated = self.found is not None and self.found.by in (Dimension.YEAR, Dimension.QUARTER)
        by_most = lines[::-1] if dated else sorted(lines, key=lambda line: -line.row.reached.total)
        apart = MOST if len(lines) <= MOST else MOST - 1
        self._others = self._together(by_most[apart:])
        shown = [*by_most[:apart], *([self._others] if self._others is not None else [])]
        self._bar_rows = shown[::-1] if dated else shown
        self.bars.show_bars([self._bar(line) for line in self._bar_rows])
        seen = bool(self._bar_rows) and self.height() >= _LOWEST_FOR_BARS
        self.bars.setVisible(seen)
        self.legend.setVisible(seen)

    def _together(self, lines: list[_Line]) -> _Line | None:
        """The lines without a bar of their own as one, so that the bars make the total; None where all have theirs."""
        if not lines:
            return None
        return _Line(self.t("others ({count})", count=len(lines)), together([line.row for line in lines]))

    def _bar(self, line: _Line) -> Bar:
        reached, graduated = (self.t.number(heads.total) for heads in (line.row.reached, line.row.graduated))
        label = line.words
        if self.found is not None and self.found.by is Dimension.QUARTER and line.row.code:
            period = parse_period(line.row.code)
            label = self.t(short_period(period), year=period.year)
        return Bar(
            label,
            line.row.reached.total,
            reached,
            said=self.t(
                "{cell}: {reached} reached, {graduated} graduated",
                cell=line.words,
                reached=reached,
                graduated=graduated,
            ),
            second=line.row.graduated.total,
        )

    def _open_bar(self, number: int) -> None:
        line = self._bar_rows[number]
        if line is self._others:
            self._open_groups(line)
        else:
            self._open_figure(line, "reached")

    def _open_groups(self, line: _Line) -> None:
        title = self.t("Class groups: {place}", place=line.words)
        self.rows_wanted.emit("class_groups", Request(keys=line.row.group_keys), title)

    def _open(self, key: int, column: str) -> None:
        line = self.table.rows[key]
        if column in _HEADS:
            self._open_figure(line, column)
        elif column == "groups":
            self._open_groups(line)
        else:
            title = self.t("Schools: {place}", place=line.words)
            self.rows_wanted.emit("schools", Request(keys=line.row.school_keys), title)

    def _open_figure(self, line: _Line, column: str) -> None:
        title = next(self.t(each.title) for each in _COLUMNS if each.name == column)
        self.figure_wanted.emit(_HEADS[column].ref(line.row), f"{title}: {line.words}")

    def _tell(self, failure: Failure) -> None:
        self._job = None
        if self.found is not None:
            self.failed.emit(reading_notice(failure, self.t))
            return
        self.state_view.show_failed(notice_of(failure, self.t).text, self.t("Try again"), self._count)


def _coverage_of(db: Any, acting: Any, by: Dimension, as_of: Any, year: int | None) -> Coverage:
    return coverage(db, acting, by, as_of, year=year)
