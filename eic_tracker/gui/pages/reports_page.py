"""The quarterly report, seen before it is printed, and the roll-up workbook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from eic_tracker.domain.periods import (
    Period,
    fy_quarter_of,
    last_ended_quarter,
    other_calendar,
    parse_period,
    previous,
    quarter_of,
    title,
)
from eic_tracker.gui import icons, theme
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.paper_preview import PaperPreview
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.papers import preview_quarterly_report, save_rollup

_QUARTERS = 16


class ReportsPage(Page):
    """Opens on the last quarter that ended: Enter or Ctrl+P prints it."""

    name = "reports"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.set_title(t("Reports"))
        self.period = QComboBox()
        self.period.setAccessibleName(t("Quarter"))
        label = QLabel(t("&Quarter"))
        label.setBuddy(self.period)
        self.calendar = QComboBox()
        self.calendar.setAccessibleName(t("Calendar"))
        self.calendar.addItem(t("Calendar quarters"), "quarter")
        self.calendar.addItem(t("U.S. fiscal quarters"), "fy")
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
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        for widget in (label, self.period, self.calendar):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.rollup_button)
        self.preview = PaperPreview(around)
        self._provisional = QLabel()
        self._provisional.setProperty("tone", Tone.WARNING.value)
        self._provisional.setWordWrap(True)
        self._provisional.hide()
        self.layout_of_page.addLayout(line)
        self.layout_of_page.addWidget(self._provisional)
        self.layout_of_page.addWidget(self.preview, 1)
        self.calendar.currentIndexChanged.connect(lambda _number: self._fill(self._chosen()))
        self.period.currentIndexChanged.connect(lambda _number: self.refresh())
        self.rollup_button.clicked.connect(self._ask_rollup)
        self.preview.noticed.connect(self.noticed)
        self.preview.made.connect(self._on_made)
        self.preview.saved.connect(lambda text: self.done.emit(text, False))

    def show_place(self, place: Place) -> None:
        """The asked quarter, or the last that ended."""
        code = place.state.get("period")
        period = parse_period(str(code)) if code else last_ended_quarter(self.around.today)
        fiscal = str(code or "").startswith("FY")
        blocked = self.calendar.blockSignals(True)
        self.calendar.setCurrentIndex(1 if fiscal else 0)
        self.calendar.blockSignals(blocked)
        paper = place.state.get("paper")
        if paper:
            self.preview.paper.setCurrentIndex(self.preview.paper.findData(Paper(paper)))
        self._fill(period)

    def state(self) -> Mapping[str, Any]:
        """The chosen quarter and paper."""
        period = self._chosen()
        return {"period": period.code if period else None, "paper": self.preview.paper.currentData()}

    def refresh(self) -> None:
        """Make the report of the chosen quarter."""
        period = self._chosen()
        if period is None:
            return
        self.preview.show_paper(
            partial(preview_quarterly_report, period=period, t=self.t, today=self.around.today),
            self.t("Quarterly report {period}", period=title(period, self.t)),
            self.t("quarterly-report") + f"-{period.code}.pdf",
            apart=True,
        )

    def first_focus(self) -> QWidget | None:
        """The button that prints."""
        return self.preview.view

    def print_view(self) -> None:
        """Ctrl+P."""
        self.preview.print_paper()

    def export_view(self) -> None:
        """Ctrl+Shift+E: the roll-up workbook of the same period."""
        self._ask_rollup()

    def write_rollup_to(self, path: Path) -> None:
        """Write the roll-up of the chosen quarter."""
        period = self._chosen()
        if period is None:
            return
        self.preview.progress.start(self.t("Writing the workbook…"))
        job = self.around.jobs.paper(
            partial(save_rollup, t=self.t, today=self.around.today, audience="school"),
            self.around.acting,
            period,
            path,
            owner=self,
            done=lambda _data: self._on_rollup(path),
            failed=self._on_rollup_failed,
        )
        job.says = self.t("Writing the workbook…")

    def _ask_rollup(self) -> None:
        period = self._chosen()
        if period is None:
            return
        folder = self.around.preferences.current.last_folder or Path.home()
        name = self.t("roll-up") + f"-{period.code}.xlsx"
        path, _ = QFileDialog.getSaveFileName(
            self, self.t("Save the workbook"), str(folder / name), self.t("Workbook") + " (*.xlsx)"
        )
        if path:
            self.write_rollup_to(Path(path) if path.casefold().endswith(".xlsx") else Path(path + ".xlsx"))

    def _on_rollup(self, path: Path) -> None:
        self.preview.progress.finish()
        self.done.emit(self.t("Saved: {file}", file=path), False)

    def _on_rollup_failed(self, failure: Any) -> None:
        self.preview.progress.finish()
        self.tell_failure(failure)

    def _on_made(self, answer: Any) -> None:
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
        of = fy_quarter_of if fiscal else quarter_of
        period = of(self.around.today)
        if wanted is not None and of(wanted.last_day) != wanted:
            wanted = other_calendar(wanted)
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
