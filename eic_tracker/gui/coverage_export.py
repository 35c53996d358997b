"""Coverage as a workbook: for the school with everything, for third parties without small numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import icons
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import N_
from eic_tracker.reports.coverage_words import BREAKDOWNS
from eic_tracker.services.coverage_papers import write_coverage
from eic_tracker.services.papers import Audience

Asked = Callable[[], tuple[Dimension, int | None]]
"""What is in sight: the breakdown, and the year or None for all."""


def may_export(around: Surroundings) -> bool:
    """Whether the acting user reads the whole programme's figures: an officer's own are no coverage of it."""
    return right(around.acting, Action.READ_FIGURES) is Right.YES


class CoverageExport(QPushButton):
    """Asks for whom, then where; says what was written, or why it was not."""

    said = Signal(str)
    noticed = Signal(object)
    """a Notice"""

    def __init__(self, around: Surroundings, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(around.t("Workbook"), parent)
        self.around, self._asked = around, asked
        self.setAutoDefault(False)
        self.setIcon(icons.icon("table", around.colours))
        menu = QMenu(self)
        choices: tuple[tuple[str, Audience], ...] = (
            (N_("For the &school…"), "school"),
            (N_("For &third parties, without small numbers…"), "public"),
        )
        for words, audience in choices:
            menu.addAction(around.t(words)).triggered.connect(partial(self._ask, audience))
        self.setMenu(menu)
        self.setVisible(may_export(around))

    def _ask(self, audience: Audience, _checked: bool = False) -> None:
        t, (by, year) = self.around.t, self._asked()
        folder = self.around.preferences.current.last_folder or Path.home()
        parts = [t("Coverage"), t(BREAKDOWNS[by]), str(year or ""), self.around.today.isoformat()]
        name = " ".join(part for part in parts if part) + ".xlsx"
        path, _ = QFileDialog.getSaveFileName(
            self, t("Save the workbook"), str(folder / name), t("Workbook") + " (*.xlsx)"
        )
        if path:
            self.write_to(Path(path) if path.casefold().endswith(".xlsx") else Path(path + ".xlsx"), audience)

    def write_to(self, path: Path, audience: Audience) -> None:
        """Write what is in sight to a file."""
        by, year = self._asked()
        job = self.around.jobs.paper(
            partial(write_coverage, t=self.around.t, today=self.around.today, year=year, audience=audience),
            self.around.acting,
            by,
            path,
            owner=self,
            done=lambda _done: self.said.emit(self.around.t("Saved: {file}", file=path)),
            failed=self._tell,
        )
        job.says = self.around.t("Writing the workbook…")

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self.around.t))
