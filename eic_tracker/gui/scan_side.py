"""The scan of a letter or list beside the roster into which it is typed: page and size stay, keys turn its pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from eic_tracker.gui import icons, theme
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.elided_label import ElidedLabel
from eic_tracker.gui.widgets.file_editor import ask_file
from eic_tracker.gui.widgets.pdf_view import PdfView
from eic_tracker.services.letter_scans import (
    FiledScan,
    ShownScan,
    file_letter_scan,
    scan_in_sight,
    scans_of_course,
)
from eic_tracker.services.letters import SourceDraft

SCAN_KEYS = "Ctrl+Shift+T"
SCAN_ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png"})
_OTHER_FILE = "file"
_QUARTER = 4


class ScanSide(QWidget):
    """A file that is chosen is filed with the course at once: it is the document of origin of what is typed."""

    opened = Signal(object)
    """the ShownScan in sight"""
    closed = Signal()
    noticed = Signal(object)

    def __init__(self, around: Surroundings, keys_of: QWidget) -> None:
        super().__init__()
        self._around = around
        self._t = t = around.t
        self._offering: int | None = None
        self.scan: ShownScan | None = None
        self._wanted: Mapping[str, Any] = {}
        self.view = PdfView(around.jobs, t)
        self.view.setMinimumWidth(160)
        self._name, self._page = ElidedLabel(), QLabel()
        self._name.setFont(theme.font(theme.Type.STRONG))
        self._page.setProperty("muted", True)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._name, 1)
        line.addWidget(self._page)
        for icon, words, keys, act in (
            ("chevron-left", t("Page before"), "Shift+F7", lambda: self.turn(-1)),
            ("chevron-right", t("Next page"), "F7", lambda: self.turn(1)),
            ("chevron-down", t("Smaller"), "Shift+F9", lambda: self.view.zoom(-1)),
            ("chevron-up", t("Larger"), "F9", lambda: self.view.zoom(1)),
            ("close", t("Put the scan away"), SCAN_KEYS, self.close_scan),
        ):
            line.addWidget(self._tool(icon, words, keys, act))
            if keys != SCAN_KEYS:
                page_shortcut(keys, keys_of).activated.connect(act)
        for keys, sign in (("Ctrl+Down", 1), ("Ctrl+Up", -1)):
            page_shortcut(keys, keys_of).activated.connect(lambda sign=sign: self.scroll_by(sign))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.SPACE)
        column.addLayout(line)
        column.addWidget(self.view, 1)
        self.view.page_changed.connect(
            lambda page, pages: self._page.setText(t("{done} of {total}", done=page, total=pages) if pages else "")
        )
        self.setAccessibleName(t("Scan to be typed in"))
        self.hide()

    def begin(self, offering: int | None, state: Mapping[str, Any]) -> None:
        """The roster of this course is in sight; a scan that stood there comes back as it was left."""
        if offering != self._offering:
            self.close_scan()
        self._offering = offering
        key = state.get("attachment")
        if isinstance(key, int) and offering is not None and (self.scan is None or self.scan.attachment_id != key):
            self._wanted = state
            self._read(key)

    def state(self) -> dict[str, Any]:
        """Which scan, its size, and the page that is read."""
        if self.scan is None:
            return {}
        return {
            "attachment": self.scan.attachment_id,
            "percent": self.view.percent,
            "page": self.view.page,
        }

    def choose(self) -> None:
        """Ctrl+Shift+T: put the scan away, or ask for one: of those filed with the course, or a file."""
        if self.scan is not None:
            self.close_scan()
        elif self._offering is not None:
            jobs, acting = self._around.jobs, self._around.acting
            jobs.read(scans_of_course, acting, self._offering, owner=self, done=self._offer, failed=self._tell)

    def open_file(self, path: Path, source: SourceDraft | None = None) -> None:
        """File a scan that was chosen or dropped with the course, then show it."""
        if self._offering is None:
            return
        self._around.jobs.write(
            file_letter_scan,
            self._around.acting,
            self._offering,
            path,
            source,
            owner=self,
            done=self._on_filed,
            failed=self._tell,
        )

    def close_scan(self) -> None:
        """Put the scan away; it stays on file."""
        if self.scan is not None:
            self.scan = None
            self.hide()
            self.view.show_pdf(b"")
            self.closed.emit()

    def turn(self, by: int) -> None:
        """The next page or the one before."""
        self.view.go_to_page(self.view.page + by)

    def scroll_by(self, sign: int) -> None:
        """A quarter of what is in sight, down or up."""
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + sign * max(1, self.view.viewport().height() // _QUARTER))

    def _offer(self, scans: tuple[tuple[int, str], ...]) -> None:
        if not scans:
            self._ask_file()
            return
        popup = ChoicePopup("scan", self._t("Which scan is typed in?"), self._t, self.window())
        popup.chosen.connect(lambda code, _words: self._ask_file() if code == _OTHER_FILE else self._read(int(code)))
        parent = self.parentWidget()
        popup.move((parent or self).mapToGlobal((parent or self).rect().topLeft()))
        popup.show()
        popup.offer([*((str(key), name) for key, name in scans), (_OTHER_FILE, self._t("Choose a file…"))])

    def _ask_file(self) -> None:
        ask_file(self, self._t("Scan or photo to be typed in"), self._t, self.open_file)

    def _on_filed(self, filed: FiledScan) -> None:
        self._wanted = {}
        self._read(filed.attachment_id)

    def _read(self, key: int) -> None:
        jobs, acting = self._around.jobs, self._around.acting
        jobs.read(scan_in_sight, acting, key, owner=self, done=self._show, failed=self._tell)

    def _show(self, scan: ShownScan) -> None:
        self.scan = scan
        self._name.say(scan.name)
        self.show()
        self.view.show_pdf(scan.pdf)
        wanted, self._wanted = self._wanted, {}
        self.view.set_percent(int(wanted.get("percent", 100)))
        self.view.go_to_page(int(wanted.get("page", 0)))
        self.opened.emit(scan)

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))

    def _tool(self, icon: str, words: str, keys: str, act: Any) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon, self._around.colours))
        button.setAccessibleName(words)
        button.setToolTip(f"{words} ({keys})")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _checked=False: act())
        return button
