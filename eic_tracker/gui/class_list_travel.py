"""The class list on its way out and back: where it is written, which file comes back; and which day is added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from eic_tracker.domain.codes import DayPart
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.gui.dialogs.ask_reason import ask_reason
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import N_
from eic_tracker.queries.class_results import ClassResults
from eic_tracker.services.class_list_export import needs_reason, write_class_list


class ClassListTravel(QObject):
    """Asks for files; `brought` names the one that came back."""

    brought = Signal(Path)
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, around: Surroundings, window: QWidget) -> None:
        super().__init__(window)
        self._around, self._t, self._window = around, around.t, window
        self._offering, self._code = 0, ""

    def bring(self) -> None:
        """Ask for the file of a list that comes back."""
        dialog = QFileDialog(self._window.window(), self._t("Bring the list back…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self._t("Lists ({endings})", endings="*.xlsx *.ods *.xls *.xlsb"))
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.fileSelected.connect(lambda name: self.brought.emit(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, offering: int | None, code: str) -> None:
        """Ask where to, and why where many names left already, then write the workbook."""
        if offering is None:
            return
        self._offering, self._code = offering, code
        jobs, acting = self._around.jobs, self._around.acting
        jobs.read(needs_reason, acting, offering, owner=self, done=self._choose_place, failed=self.failed.emit)

    def _choose_place(self, asks_reason: bool) -> None:
        reason = None
        if asks_reason:
            reason = ask_reason(
                self._window, self._t, self._t("Many names left in a day already. What is this list for?")
            )
            if reason is None:
                return
        dialog = QFileDialog(self._window.window(), self._t("Take the list…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setNameFilter("Excel (*.xlsx)")
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.selectFile(f"{self._t('Class list')} {self._code}.xlsx")
        dialog.fileSelected.connect(lambda name: self.write(Path(name), reason))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: Path, reason: str | None = None) -> None:
        """Write the workbook that goes to the classroom."""
        said = self._t("The list is in {file}.", file=path.name)
        self._around.jobs.write(
            write_class_list,
            self._around.acting,
            self._offering,
            path,
            t=self._t,
            reason=reason,
            owner=self,
            done=lambda _path: self.said.emit(said),
            failed=self.failed.emit,
        )


def ask_day(results: ClassResults, offered: dt.date, around: Surroundings, parent: QWidget) -> AskFields:
    """Which day, or half of one, and of which module; the next day without a column is offered."""
    t = around.t
    parts = [(part.value, t(words)) for part, words in _PART_WORDS.items()]
    fields = [
        FormField("held_on", t("Date"), DateEditor, required=True),
        FormField("part", t("Part of the day"), lambda label, _around: ChoiceEditor(label, parts, None), required=True),
    ]
    if results.rules.modules:
        modules = [(each.number, f"{each.number}. {each.title}") for each in results.rules.modules]
        none = t("no module")
        fields.append(FormField("module", t("Module"), lambda label, _around: ChoiceEditor(label, modules, none)))

    def problems(values: Mapping[str, Any]) -> list[DraftProblem]:
        return [] if values.get("held_on") else [DraftProblem("held_on", N_("Write the date."))]

    dialog = AskFields(t("Add a day"), (), fields, problems, around, parent)
    dialog.start({"held_on": offered, "part": DayPart.WHOLE.value, "module": None})
    return dialog


_PART_WORDS = {DayPart.WHOLE: N_("whole day"), DayPart.MORNING: N_("morning"), DayPart.AFTERNOON: N_("afternoon")}
