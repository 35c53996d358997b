"""The ledger of teaching: courses, hours and people by force and by person; every number opens its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.periods import parse_period, year_of
from eic_tracker.gui import theme
from eic_tracker.gui.ledger_words import (
    MEASURES,
    PERIODS,
    TOTAL,
    LedgerTab,
    count_words_of,
    ledger_tabs,
    opened_title,
    period_words,
)
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.table_out import TableOut
from eic_tracker.gui.widgets.bars import Bar
from eic_tracker.gui.widgets.bars_or_table import BarsOrTable
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.numbers_table import NumbersTable
from eic_tracker.gui.widgets.tabs import Tabs
from eic_tracker.i18n import N_
from eic_tracker.queries.listing import Request
from eic_tracker.queries.report_data import Labels
from eic_tracker.reports.report_words import agreement_words, figure_words, published_value, year_words
from eic_tracker.reports.view_paper import ViewColumn
from eic_tracker.services.figures import figure_labels
from eic_tracker.services.ledger import FurtherLine, Ledger, LedgerLine, PublishedLine, course_programmes, ledger
from eic_tracker.services.table_papers import TableAsked

_DIMENSIONS = {
    "forces": Dimension.INSTRUCTOR_FORCE,
    "persons": Dimension.INSTRUCTOR,
}


class LedgerPage(Page):
    """Reached from the instructors and by the box that finds everything."""

    name = "ledger"
    shows = frozenset({"instructor", "force", "assignment", "offering", "enrolment", "course_version"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.set_title(t("Teaching ledger"))
        self._labels: Labels | None = None
        self.ledger: Ledger | None = None
        self.out = TableOut(self, self.asked)
        self._wanted: Mapping[str, Any] = {}
        self.programme, self.per, self.year = (self._choice(t(words)) for words in _CHOICES)
        for dimension, words in PERIODS.items():
            self.per.addItem(t(words), dimension.value)
        self.year.addItem(t("All years"), "")
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        for box in (self.programme, self.per, self.year):
            line.addWidget(box)
        line.addStretch(1)
        self.layout_of_page.addLayout(line)
        self._published = QWidget()
        self._flow = FlowLayout(self._published, theme.GAP)
        self.layout_of_page.addWidget(self._published)
        self.tabs = Tabs(t("Teaching ledger"))
        self.tables: dict[str, NumbersTable] = {}
        self._specs: dict[str, LedgerTab] = {}
        self.chart: BarsOrTable | None = None
        for tab in ledger_tabs(lambda: self._labels):
            self._specs[tab.name] = tab
            self.tabs.add(tab.name, t(tab.title), partial(self._make_tab, tab))
        self.layout_of_page.addWidget(self.tabs, 1)
        self.tabs.shown.connect(lambda _name: self._take_focus())
        self.per.currentIndexChanged.connect(self._on_per)
        for box in (self.programme, self.year):
            box.currentIndexChanged.connect(lambda _number: self._read())

    def show_place(self, place: Place) -> None:
        """As it was left: period, year, tab."""
        self._wanted = place.state
        index = self.per.findData(place.state.get("per", Dimension.YEAR.value))
        self._quietly(self.per, lambda: self.per.setCurrentIndex(max(0, index)))
        self.tabs.open(str(place.state.get("tab", "forces")))
        self.read(course_programmes, done=self._on_programmes, what="programmes")

    def state(self) -> Mapping[str, Any]:
        """Period, year, programme and tab."""
        return {
            "per": self.per.currentData(),
            "year": self.year.currentData(),
            "programme": self.programme.currentData(),
            "tab": self.tabs.name(),
        }

    def refresh(self) -> None:
        """Count again."""
        self.read(figure_labels, self.t.language, done=self._on_labels, what="labels", count=True)

    def first_focus(self) -> QWidget | None:
        """The table of the tab in sight."""
        return self.tables.get(self.tabs.name(), self.per)

    def print_view(self) -> None:
        """Ctrl+P: the table in sight on paper."""
        self.out.print()

    def export_view(self) -> None:
        """Ctrl+Shift+E: the table in sight as a workbook."""
        self.out.ask_export()

    def asked(self) -> TableAsked | None:
        """The table in sight in words: people by their code, the rule with it."""
        found, t = self.ledger, self.t
        if found is None:
            return None
        tab = next(each for each in ledger_tabs(lambda: self._labels, paper=True) if each.name == self.tabs.name())
        lines = tab.lines(found)
        filters = [box.currentText() for box in (self.programme, self.year) if box.count() > 1 and box.currentData()]
        return TableAsked(
            title=f"{self.title()}: {t(tab.title)}",
            columns=tuple(
                ViewColumn(t(each.title), each.width, number=each.number and each.value is not None, right=each.number)
                for each in tab.columns
            ),
            rows=tuple(tuple(each.typed(line, t) for each in tab.columns) for line in lines.values()),
            filters=tuple(filters),
            count=f"{count_words_of(len(lines), t)} · {t('As of {date}.', date=t.date(found.as_of))}",
            rule=t(tab.rule),
        )

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumHeight(theme.TARGET)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _quietly(self, box: QComboBox, act: Callable[[], object]) -> None:
        blocked = box.blockSignals(True)
        act()
        box.blockSignals(blocked)

    def _make_tab(self, tab: LedgerTab) -> QWidget:
        table = NumbersTable(self.t(tab.title), tab.columns, self.around)
        table.number_opened.connect(partial(self._open_number, tab.name))
        self.tables[tab.name] = table
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        if tab.name == "share":
            self.chart = BarsOrTable(self.t(tab.title), N_("Period"), N_("Share"), self.around, inside)
            self.chart.activated.connect(self._open_bar)
            column.addWidget(self.chart)
        column.addWidget(table, 1)
        column.addWidget(sentence(self.t(tab.rule), theme.Type.CAPTION, muted=True))
        if self.ledger is not None:
            self._fill(tab.name)
            self._show_shares(self.ledger)
        return inside

    def _fill(self, name: str) -> None:
        table = self.tables[name]
        table.show_rows(self._specs[name].lines(self.ledger) if self.ledger is not None else {})
        if not table.currentIndex().isValid() and table.rows:
            table.select_key(next(iter(table.rows)))

    def _take_focus(self) -> None:
        wanted = self.first_focus()
        if wanted is not None and self.isVisible() and not self.tabs.tabBar().hasFocus():
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_programmes(self, found: dict[str, str]) -> None:
        wanted = self._wanted.get("programme")

        def fill() -> None:
            self.programme.clear()
            for code, name in found.items():
                self.programme.addItem(name, code)
            self.programme.setCurrentIndex(max(0, self.programme.findData(wanted)))

        self._quietly(self.programme, fill)
        self.programme.setVisible(len(found) > 1)
        self.refresh()

    def _on_labels(self, labels: Labels) -> None:
        self._labels = labels
        self._read()

    def _on_per(self, _number: int) -> None:
        """Another calendar has other years."""
        fiscal = str(self.year.currentData() or "").startswith("FY")
        if fiscal is not (self.per.currentData() in (Dimension.FY.value, Dimension.FY_QUARTER.value)):
            self._quietly(self.year, lambda: self.year.setCurrentIndex(0))
        self._read()

    def _read(self) -> None:
        year = self._wanted.get("year") or self.year.currentData()
        only = year_of(parse_period(year)) if year else None
        per, programme = Dimension(self.per.currentData()), str(self.programme.currentData() or "")
        self.read(ledger, per, only, self.around.today, programme, done=self._show, what="ledger", count=True)

    def _show(self, found: Ledger) -> None:
        first = self.ledger is None
        self.ledger = found
        chosen = self._wanted.get("year") or self.year.currentData()
        self._wanted = {}

        def fill() -> None:
            while self.year.count() > 1:
                self.year.removeItem(1)
            for code in found.periods:
                self.year.addItem(period_words(code, self.t), code)
            self.year.setCurrentIndex(max(0, self.year.findData(chosen)))

        self._quietly(self.year, fill)
        for name in self.tables:
            self._fill(name)
        self._show_shares(found)
        self._show_published(found)
        if first:
            self._take_focus()

    def _show_shares(self, found: Ledger) -> None:
        if self.chart is None:
            return
        t, shares = self.t, found.shares[-_MOST_BARS:]
        self.chart.setVisible(bool(shares))
        names = [period_words(each.period, t) for each in shares]
        self.chart.show_bars(
            [
                Bar(
                    year_words(each.period, t),
                    each.percent,
                    f"{each.percent} %",
                    running=parse_period(each.period).last_day > found.as_of,
                    said=t(
                        "{period}: {percent} % of {hours} hours", period=year, percent=each.percent, hours=each.hours
                    ),
                )
                for each, year in zip(shares, names, strict=True)
            ],
            names,
        )

    def _show_published(self, found: Ledger) -> None:
        self._flow.drop_all()
        self._published.setVisible(bool(found.published))
        t, labels = self.t, self._labels
        for each in found.published:
            figure = each.reconciled.figure
            if labels is None or each.reconciled.counted is None:
                continue
            words = t(
                "{figure}: published {value}, counted {counted} ({state})",
                figure=figure_words(figure, replace(labels, programmes={}), t),
                value=published_value(figure, t),
                counted=t.number(each.reconciled.counted),
                state=agreement_words(figure, each.reconciled.state, each.reconciled.counted, t),
            )
            self._flow.addWidget(deed_button(Deed(words, partial(self._open_published, each)), look="link"))

    def _open_published(self, line: PublishedLine) -> None:
        assert self._labels is not None
        self.figure_requested.emit(line.ref, figure_words(line.reconciled.figure, self._labels, self.t))

    def _open_number(self, tab: str, key: int, name: str) -> None:
        found = self.ledger
        if found is None:
            return
        spec, line = self._specs[tab], self.tables[tab].rows[key]
        column = next(each for each in spec.columns if each.name == name)
        title = opened_title(spec, line, column, self.t)
        if isinstance(line, FurtherLine):
            self.rows_requested.emit("offerings", Request(keys=line.offerings), title)
        elif tab == "share":
            ref = found.ref(Measure.OFFERINGS, Dimension.INSTRUCTOR_FORCE, ())
            self.figure_requested.emit(replace(ref, by=(found.per,), keys=(line.period,)), title)
        elif isinstance(line, LedgerLine):
            measure = MEASURES.get(name, Measure.OFFERINGS)
            keys = () if key == TOTAL else line.keys
            self.figure_requested.emit(found.ref(measure, _DIMENSIONS[tab], keys), title)

    def _open_bar(self, number: int) -> None:
        if self.ledger is not None:
            shares = self.ledger.shares
            place = len(shares) - 1 - (max(0, len(shares) - _MOST_BARS) + number)
            self._open_number("share", place, "hours")


_CHOICES = (N_("Programme"), N_("Period"), N_("Year"))
_MOST_BARS = 12
