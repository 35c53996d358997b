"""A table or chart of a report on the clipboard, with its title and its source: one key, then which."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from eic_tracker.domain.codes import ReportKind
from eic_tracker.domain.periods import Period
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.reports.copied_tables import CopiedPart
from eic_tracker.services.papers import report_parts

KEYS = "Ctrl+Shift+C"


class ReportCopying(QPushButton):
    """Reads the tables and charts of the report in sight when they are asked for, and lists them."""

    copied = Signal(str)
    noticed = Signal(object)

    def __init__(self, around: Surroundings, page: QWidget) -> None:
        super().__init__(around.t("Copy a table…"), page)
        self.setAutoDefault(False)
        self.setToolTip(around.t("A table or chart for another document ({keys})", keys=KEYS))
        self._around = around
        self._asked: tuple[ReportKind, Period] | None = None
        self.menu_of_parts = QMenu(self)
        self.clicked.connect(self.ask)
        page_shortcut(KEYS, page).activated.connect(self.ask)

    def offer(self, kind: ReportKind, period: Period) -> None:
        """The report whose parts are copied."""
        self._asked = (kind, period)

    def ask(self) -> None:
        """Read the parts and show which there are."""
        if self._asked is None:
            return
        self.setEnabled(False)
        self._around.jobs.paper(
            partial(report_parts, t=self._around.t, today=self._around.today),
            self._around.acting,
            *self._asked,
            owner=self,
            done=self._show,
            failed=self._on_failed,
        )

    def copy(self, part: CopiedPart) -> None:
        """Put one part on the clipboard: a table as HTML and text, a chart as a picture."""
        content = QMimeData()
        content.setText(part.text)
        if part.html:
            content.setHtml(part.html)
        if part.picture:
            content.setImageData(QImage.fromData(part.picture))
        QGuiApplication.clipboard().setMimeData(content)
        self.copied.emit(self._around.t("Copied: {title}", title=part.title))

    def _show(self, parts: tuple[CopiedPart, ...]) -> None:
        self.setEnabled(True)
        self.menu_of_parts.clear()
        for part in parts:
            self.menu_of_parts.addAction(part.title.replace("&", "&&"), partial(self.copy, part))
        if self.isVisible():
            self.setFocus()
            self.menu_of_parts.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_failed(self, failure: Failure) -> None:
        self.setEnabled(True)
        self.noticed.emit(notice_of(failure, self._around.t))
