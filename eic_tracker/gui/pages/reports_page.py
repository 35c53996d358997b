"""The periodic reports, seen before they are printed, the closing of quarters, and the roll-up workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QMenu, QPushButton, QWidget

from eic_tracker.domain.codes import ReportKind
from eic_tracker.domain.periods import (
    Period,
    fy_quarter_of,
    last_ended_quarter,
    parse_period,
    previous,
    quarter_of,
    title,
    year_of,
)
from eic_tracker.gui import icons, theme
from eic_tracker.gui.jobs import Job
from eic_tracker.gui.offering_acts import EDIT_KEYS, page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.quarter_bar import QuarterBar
from eic_tracker.gui.report_copying import ReportCopying
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.paper_preview import PaperPreview
from eic_tracker.i18n import N_
from eic_tracker.queries.closed_quarters import ClosedQuarter
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.report_words import REPORT_TITLES
from eic_tracker.services.papers import Audience, preview_report, save_report, save_rollup
from eic_tracker.services.quarters import closed_quarters

_QUARTERS = 16
_AUDIENCES: Mapping[Audience, str] = {
    "inl": N_("For INL: details by code, advisors too…"),
    "school": N_("For the school: details by code…"),
    "public": N_("For third parties: no details, numbers of people below five left out…"),
}


class ReportsPage(Page):
    """Opens on the last quarter that ended: Enter or Ctrl+P prints it."""

    name = "reports"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.set_title(t("Reports"))
        self.period = QComboBox()
        self.period.setAccessibleName(t("Period"))
        label = QLabel(t("&Period"))
        label.setBuddy(self.period)
        label.setMinimumHeight(theme.TARGET)
        self.calendar = QComboBox()
        self.calendar.setAccessibleName(t("Calendar"))
        self.calendar.addItem(t("Calendar year"), "quarter")
        self.calendar.addItem(t("U.S. fiscal year"), "fy")
        self.kind = QComboBox()
        self.kind.setAccessibleName(t("Report"))
        for kind, words in REPORT_TITLES.items():
            self.kind.addItem(t(words), kind)
        self.particulars_button = deed_button(Deed(t("What goes with it…"), self._open_particulars))
        self.particulars_button.setToolTip(t("Letter, signers, text, sections, how it was received (F2)"))
        self.word_button = deed_button(Deed(t("Save for Word…"), self._ask_word))
        self.rollup_button = QPushButton(t("Roll-up workbook…"))
        self.rollup_button.setAutoDefault(False)
        self.rollup_button.setIcon(icons.icon("table", around.colours))
        self.samples_button = QPushButton(t("Audit samples…"))
        self.samples_button.setAutoDefault(False)
        self.samples_button.clicked.connect(lambda: self.go_requested.emit(Place("samples")))
        self.add_to_head(self.samples_button)
        self.targets_button = QPushButton(t("Targets…"))
        self.targets_button.setAutoDefault(False)
        self.targets_button.clicked.connect(lambda: self.go_requested.emit(Place("targets")))
        self.add_to_head(self.targets_button)
        self.table_button = deed_button(Deed(t("Table of your own…"), self._open_cross_table))
        self.add_to_head(self.table_button)
        line = QWidget(self)
        flow = FlowLayout(line, theme.GAP)
        for widget in (self.kind, label, self.period, self.calendar):
            flow.addWidget(widget)
        self.copying = ReportCopying(around, self)
        self.copying.copied.connect(lambda text: self.done.emit(text, False))
        self.copying.noticed.connect(self.noticed)
        for button in (self.particulars_button, self.word_button, self.copying, self.rollup_button):
            flow.addWidget(button)
        self.preview = PaperPreview(around)
        self._provisional = QLabel()
        self._provisional.setProperty("tone", Tone.WARNING.value)
        self._provisional.setWordWrap(True)
        self._provisional.hide()
        self.layout_of_page.addWidget(line)
        self.quarter_bar = QuarterBar(around)
        self.quarter_bar.noticed.connect(self.noticed)
        self.quarter_bar.done.connect(lambda text: self.done.emit(text, False))
        self.quarter_bar.changed.connect(self.refresh)
        self.layout_of_page.addWidget(self.quarter_bar)
        self.layout_of_page.addWidget(self._provisional)
        self.layout_of_page.addWidget(self.preview, 1)
        self._not_closed = 0
        self._quarters: tuple[ClosedQuarter, ...] = ()
        for choice in (self.calendar, self.kind):
            choice.currentIndexChanged.connect(lambda _number: self._fill(self._chosen()))
        self.period.currentIndexChanged.connect(lambda _number: self.refresh())
        self.audiences = QMenu(self.rollup_button)
        for audience, words in _AUDIENCES.items():
            self.audiences.addAction(t(words), partial(self._ask_rollup, audience))
        self.rollup_button.setMenu(self.audiences)
        page_shortcut(EDIT_KEYS, self).activated.connect(self._open_particulars)
        self._writing: Job | None = None
        self.preview.progress.cancel_requested.connect(self._stop_writing)
        self.preview.noticed.connect(self.noticed)
        self.preview.made.connect(self._on_made)
        self.preview.saved.connect(lambda text: self.done.emit(text, False))

    def show_place(self, place: Place) -> None:
        """The asked quarter, or the last that ended."""
        code = place.state.get("period")
        period = parse_period(str(code)) if code else last_ended_quarter(self.around.today)
        fiscal = str(code or "").startswith("FY")
        kind = ReportKind(place.state.get("kind") or (ReportKind.QUARTERLY if period.is_quarter else ReportKind.ANNUAL))
        for choice, number in ((self.calendar, int(fiscal)), (self.kind, self.kind.findData(kind))):
            blocked = choice.blockSignals(True)
            choice.setCurrentIndex(number)
            choice.blockSignals(blocked)
        paper = place.state.get("paper")
        if paper:
            self.preview.paper.setCurrentIndex(self.preview.paper.findData(Paper(paper)))
        self._fill(period)

    def state(self) -> Mapping[str, Any]:
        """The chosen quarter and paper."""
        period = self._chosen()
        return {
            "kind": self._kind().value,
            "period": period.code if period else None,
            "paper": self.preview.paper.currentData(),
        }

    def refresh(self) -> None:
        """Make the report of the chosen quarter."""
        period = self._chosen()
        if period is None:
            return
        self.preview.show_paper(
            partial(preview_report, kind=self._kind(), period=period, t=self.t, today=self.around.today),
            f"{self.t(REPORT_TITLES[self._kind()])} {title(period, self.t)}",
            self._file_name(period, "pdf"),
            apart=True,
        )
        self.copying.offer(self._kind(), period)
        self.quarter_bar.setVisible(False)
        if self._kind() is ReportKind.QUARTERLY:
            self.read(closed_quarters, done=self._on_quarters, what="quarters")

    def first_focus(self) -> QWidget | None:
        """The button that prints."""
        return self.preview.view

    def print_view(self) -> None:
        """Ctrl+P."""
        self.preview.print_paper()

    def export_view(self) -> None:
        """Ctrl+Shift+E: the roll-up workbook of the same period, for whom it is chosen."""
        self.rollup_button.setFocus()
        self.rollup_button.showMenu()

    def write_word_to(self, path: Path) -> None:
        """Write the chosen report as a document that may be edited."""
        period = self._chosen()
        if period is None:
            return
        words = self.t("Writing the document…")
        self.preview.progress.start(words)
        self._writing = job = self.around.jobs.paper(
            partial(save_report, t=self.t, today=self.around.today),
            self.around.acting,
            self._kind(),
            period,
            path,
            owner=self,
            done=lambda _data: self._on_rollup(path),
            failed=self._on_rollup_failed,
        )
        job.says = words

    def _open_cross_table(self) -> None:
        self.go_requested.emit(Place("cross_table"))

    def _ask_word(self) -> None:
        period = self._chosen()
        if period is None:
            return
        folder = self.around.preferences.current.last_folder or Path.home()
        path, _ = QFileDialog.getSaveFileName(
            self, self.t("Save for Word"), str(folder / self._file_name(period, "docx")), "Word (*.docx)"
        )
        if path:
            self.write_word_to(Path(path) if path.casefold().endswith(".docx") else Path(path + ".docx"))

    def _open_particulars(self) -> None:
        period = self._chosen()
        if period is not None:
            self.go_requested.emit(
                Place("report_particulars", state={"kind": self._kind().value, "period": period.code})
            )

    def _file_name(self, period: Period, ending: str) -> str:
        names = {
            ReportKind.QUARTERLY: self.t("quarterly-report"),
            ReportKind.ANNUAL: self.t("annual-report"),
            ReportKind.CUMULATIVE: self.t("report-since-the-beginning"),
        }
        return f"{names[self._kind()]}-{period.code}.{ending}"

    def _on_quarters(self, quarters: tuple[ClosedQuarter, ...]) -> None:
        self._quarters = quarters
        self._say_quarter()

    def _say_quarter(self) -> None:
        period = self._chosen()
        if period is not None and self._kind() is ReportKind.QUARTERLY:
            self.quarter_bar.show_quarter(period, self._quarters, self._not_closed)

    def _kind(self) -> ReportKind:
        return ReportKind(self.kind.currentData())

    def write_rollup_to(self, path: Path, audience: Audience = "school") -> None:
        """Write the roll-up of the chosen period for an audience."""
        period = self._chosen()
        if period is None:
            return
        self.preview.progress.start(self.t("Writing the workbook…"))
        self._writing = job = self.around.jobs.paper(
            partial(save_rollup, t=self.t, today=self.around.today, audience=audience),
            self.around.acting,
            period,
            path,
            owner=self,
            done=lambda _data: self._on_rollup(path),
            failed=self._on_rollup_failed,
        )
        job.says = self.t("Writing the workbook…")

    def _ask_rollup(self, audience: Audience) -> None:
        period = self._chosen()
        if period is None:
            return
        folder = self.around.preferences.current.last_folder or Path.home()
        name = self.t("roll-up") + f"-{period.code}.xlsx"
        path, _ = QFileDialog.getSaveFileName(
            self, self.t("Save the workbook"), str(folder / name), self.t("Workbook") + " (*.xlsx)"
        )
        if path:
            self.write_rollup_to(Path(path) if path.casefold().endswith(".xlsx") else Path(path + ".xlsx"), audience)

    def _stop_writing(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None
            self.preview.progress.finish()

    def _on_rollup(self, path: Path) -> None:
        self._writing = None
        self.preview.progress.finish()
        self.done.emit(self.t("Saved: {file}", file=path), False)

    def _on_rollup_failed(self, failure: Any) -> None:
        self._writing = None
        self.preview.progress.finish()
        self.tell_failure(failure)

    def _on_made(self, answer: Any) -> None:
        self._not_closed = answer.not_closed
        if self.quarter_bar.isVisibleTo(self):
            self._say_quarter()
        self._provisional.setVisible(bool(answer.not_closed))
        if answer.not_closed:
            self._provisional.setText(
                self.t.plural(
                    "Provisional: {count} course of the quarter is not closed yet; the paper says so.",
                    "Provisional: {count} courses of the quarter are not closed yet; the paper says so.",
                    answer.not_closed,
                )
            )

    def _chosen(self) -> Period | None:
        code = self.period.currentData()
        return parse_period(code) if code else None

    def _fill(self, wanted: Period | None) -> None:
        fiscal = self.calendar.currentData() == "fy"
        quarter = fy_quarter_of if fiscal else quarter_of
        yearly = self._kind() is ReportKind.ANNUAL

        def of(day: dt.date) -> Period:
            return year_of(quarter(day)) if yearly else quarter(day)

        period = of(self.around.today)
        if wanted is not None and of(wanted.last_day) != wanted:
            wanted = of(wanted.last_day)
        periods = [period]
        while len(periods) < _QUARTERS or (wanted is not None and wanted.first_day < periods[-1].first_day):
            periods.append(previous(periods[-1]))
        blocked = self.period.blockSignals(True)
        self.period.clear()
        for each in periods:
            self.period.addItem(title(each, self.t), each.code)
        number = self.period.findData(wanted.code) if wanted is not None else 0
        self.period.setCurrentIndex(max(0, number))
        self.period.blockSignals(blocked)
        self.refresh()
