"""The monthly workbook on its way out: whose, of which month, and where it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.editors import ChoiceEditor, ReferenceEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import N_
from eic_tracker.services.group_matching import GroupChoices, group_choices
from eic_tracker.services.month_workbook import month_said, write_month_workbook

MONTH_KEYS = "Ctrl+Shift+M"


class MonthBookTravel(QObject):
    """Asks for officer and month, then for the place."""

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, around: Surroundings, window: QWidget) -> None:
        super().__init__(window)
        self._around, self._t, self._window = around, around.t, window

    def ask(self) -> None:
        """Ctrl+Shift+M: of whom, and of which month."""
        jobs, acting, today = self._around.jobs, self._around.acting, self._around.today
        jobs.read(group_choices, acting, today, owner=self, done=self._ask, failed=self.failed.emit)

    def write(self, officer: str, month: dt.date, path: Path) -> None:
        """Write the workbook that goes to the officer."""
        said = self._t("The workbook is in {file}.", file=path.name)
        self._around.jobs.write(
            write_month_workbook,
            self._around.acting,
            officer,
            month,
            path,
            t=self._t,
            owner=self,
            done=lambda _path: self.said.emit(said),
            failed=self.failed.emit,
        )

    def _ask(self, choices: GroupChoices) -> None:
        t, today = self._t, self._around.today
        first = today.replace(day=1)
        months = (first, _later(first, 1), _later(first, -1))
        offered = [(f"{month:%Y-%m}", f"{month:%m/%Y}") for month in months]
        fields = [
            FormField(
                "officer",
                t("Officer"),
                lambda label, around: ReferenceEditor(label, choices.officers, around),
                required=True,
            ),
            FormField("month", t("Month"), lambda label, _around: ChoiceEditor(label, offered, None), required=True),
        ]

        def problems(values: Mapping[str, Any]) -> list[DraftProblem]:
            return [] if values.get("officer") in choices.officers else [DraftProblem("officer", _WHO)]

        dialog = AskFields(t("Monthly workbook"), (), fields, problems, self._around, self._window)
        dialog.given.connect(self._choose_place)
        alone = next(iter(choices.officers)) if len(choices.officers) == 1 else None
        dialog.start({"officer": alone, "month": offered[0][0]})

    def _choose_place(self, values: Mapping[str, Any]) -> None:
        officer, month = str(values["officer"]), str(values["month"])
        dialog = QFileDialog(self._window.window(), self._t("Monthly workbook"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setNameFilter("Excel (*.xlsx)")
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.selectFile(f"GREAT {officer} {month}.xlsx")
        dialog.fileSelected.connect(lambda name: self.write(officer, month_said(month), Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _later(month: dt.date, step: int) -> dt.date:
    number = month.year * 12 + month.month - 1 + step
    return dt.date(number // 12, number % 12 + 1, 1)


_WHO = N_("Choose an officer of the list.")
