"""The letter that names the people who are entered now: said once, it stays until another is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import ask_source, source_of
from eic_tracker.services.letter_scans import FiledScan, ShownScan, describe_letter, file_letter_scan
from eic_tracker.services.letters import SourceDraft, last_source


class LetterOfOrigin(QPushButton):
    """A link that says which letter it is; it asks for another and offers the last one.

    Where `offering` is known, a scan of the letter can be filed with it."""

    said = Signal()
    noticed = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.source: SourceDraft | None = None
        self.is_said = False
        """whether somebody said which letter it is, or that there is none"""
        self.offering: int | None = None
        self.scanned: FiledScan | None = None
        """the paper on file that the rows come from, where its scan was filed"""
        self.setAutoDefault(False)
        self.setMinimumHeight(theme.TARGET)
        self.setProperty("link", True)
        self.clicked.connect(lambda _checked=False: self._ask())
        self._show()

    @property
    def named(self) -> SourceDraft | int | None:
        """What the rows that are enrolled now name: the paper on file, else the letter that was said."""
        return self.scanned.source_id if self.scanned is not None else self.source

    def take_scan(self, scan: ShownScan) -> None:
        """What is typed now comes from this scan."""
        if scan.source_id is not None:
            self.scanned = FiledScan(scan.source_id, scan.attachment_id, scan.name)
            self.is_said = True
            self._show()

    def forget_scan(self) -> None:
        """What is typed from now on comes from no scan."""
        self.scanned = None
        self._show()

    def _ask(self) -> None:
        around = self._around
        dialog = ask_source(around, self, scan=self.offering is not None and self.scanned is None)
        dialog.given.connect(self._on_given)
        none = dialog.add_button(around.t("There is no letter"))
        none.clicked.connect(dialog.accept)
        none.clicked.connect(self._on_none)
        dialog.buttons.insertWidget(0, none)

        def start(last: SourceDraft | None) -> None:
            offered = self.source or last or SourceDraft()
            dialog.start({"number": offered.number, "dated": offered.dated, "sender": offered.sender})

        def start_without(failure: Failure) -> None:
            self._tell(failure)
            start(None)

        around.jobs.read(last_source, around.acting, owner=dialog, done=start, failed=start_without)

    def ask_anew(self) -> None:
        """Another list begins: the letter of the one before is offered, that there was none is not."""
        self.is_said = self.source is not None
        self._show()

    def _on_given(self, values: Mapping[str, Any]) -> None:
        source = source_of(values)
        jobs, acting, path = self._around.jobs, self._around.acting, values.get("scan")
        if self.scanned is not None:
            scanned, named = self.scanned, source.number or source.sender
            self.scanned = FiledScan(scanned.source_id, scanned.attachment_id, named)
            jobs.write(describe_letter, acting, scanned.source_id, source, owner=self, failed=self._tell)
        elif isinstance(path, Path) and self.offering is not None:
            asked = (self.offering, path, source)
            jobs.write(file_letter_scan, acting, *asked, owner=self, failed=self._tell)
        self._say(source)

    def _on_none(self) -> None:
        self._say(None)

    def _say(self, source: SourceDraft | None) -> None:
        self.source, self.is_said = source, True
        self._show()
        self.said.emit()

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._around.t))

    def _show(self) -> None:
        t = self._around.t
        if self.scanned is not None:
            self.setText(t("Letter of origin: {letter}", letter=self.scanned.name))
        elif self.source is None:
            self.setText(t("Letter of origin: none") if self.is_said else t("Letter of origin…"))
        else:
            self.setText(t("Letter of origin: {letter}", letter=self.source.number or self.source.sender))
