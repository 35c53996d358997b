"""The series of certificate numbers: begun where the paper ended, and the report of gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.permissions import Action
from eic_tracker.gui.grids.register import SERIES
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.register_parts.part import RegisterPart
from eic_tracker.gui.widgets.editors import LineEditor, NumberEditor
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.services.number_series import (
    NumbersChecked,
    SeriesStart,
    check_numbers,
    numbers_pdf,
    series_problems,
    start_series,
)

_PREFIX = "EIC"


class NumbersPart(RegisterPart):
    """A line for each series; a missing number is told, those of paper books are no gaps."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        t = self.t
        self.report_button = self.add_deed(t("Report of numbers…"), self.show_report)
        approves = self.around.may(Action.APPROVE_CERTIFICATES) and not self.around.read_only
        self.start_button = self.add_deed(t("Begin a series…"), self.ask_start, shown=approves)
        self.said = sentence("")
        self.table = SmallTable(t("Series of certificate numbers"), SERIES, self.around)
        self.column.addWidget(self.said)
        self.column.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Look through the numbers."""
        self.page.read(check_numbers, done=self._show, what="numbers")

    def first_focus(self) -> QWidget:
        """The series."""
        return self.table

    def show_report(self) -> None:
        """The report of gaps before it is printed; it names nobody."""
        self.show_sheet(self.around, partial(numbers_pdf, t=self.t), self.t("Report of numbers"), self.window())

    def ask_start(self) -> None:
        """Letters, year, first number, why."""
        t = self.t
        fields = [
            FormField("prefix", t("Letters"), lambda label, _a: LineEditor(label, longest=12), required=True),
            FormField("year", t("Year"), lambda label, _a: NumberEditor(label), required=True),
            FormField("first", t("First number"), lambda label, _a: NumberEditor(label), required=True),
            FormField("reason", t("Reason"), lambda label, _a: LineEditor(label, longest=200), required=True),
        ]
        told = t("For numbers that were given on paper before. Only before the first number of the year is taken.")
        self.ask_fields(
            t("Begin a series of numbers"),
            [told],
            fields,
            _problems,
            lambda values: self.page.write(
                start_series,
                _draft(values),
                said=lambda _entry: t("The series begins at {first}.", first=values["first"]),
                undoable=False,
            ),
            {"prefix": _PREFIX, "year": self.around.today.year},
        )

    def _show(self, found: NumbersChecked) -> None:
        t = self.t
        self.table.show_rows({row.id: row for row in found.series})
        words = (
            t("Every number is there, once and in its order.") if found.whole else t("Numbers are wrong: see below.")
        )
        if not found.series:
            words = t("No number was given yet; the first certificate that is approved begins a series.")
        paper = t.plural(
            "{count} diploma of paper books stands beside them.",
            "{count} diplomas of paper books stand beside them.",
            found.paper,
        )
        self.said.setText(f"{words} {paper}" if found.paper else words)


def _draft(values: Mapping[str, Any]) -> SeriesStart:
    return SeriesStart(str(values["prefix"] or ""), values["year"], values["first"], str(values["reason"] or ""))


def _problems(values: Mapping[str, Any]) -> Sequence[DraftProblem]:
    numbers = {name: values[name] if isinstance(values[name], int) else 0 for name in ("year", "first")}
    return series_problems(_draft({**values, **numbers}))
