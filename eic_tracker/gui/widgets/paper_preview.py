"""A paper before it is printed: choice of sheet, size, print, save; all three use the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from eic_tracker.gui import icons, theme
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.printing import Printing
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.pdf_view import PdfView
from eic_tracker.gui.widgets.progress_row import ProgressRow
from eic_tracker.i18n import N_
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.papers import save_paper

PAPERS = {
    Paper.LETTER: N_("Letter (8.5 × 11 in)"),
    Paper.OFICIO: N_("Oficio (8.5 × 13 in)"),
    Paper.LEGAL: N_("Legal (8.5 × 14 in)"),
    Paper.A4: N_("A4 (210 × 297 mm)"),
}
WAYS = ((N_("As the columns fit"), None), (N_("Upright"), False), (N_("Lying (landscape)"), True))


class PaperPreview(QWidget):
    """Shows what `make(db, acting, paper=…)` gives: an object with `pdf`, or bytes.

    With `turns` the person may lay the sheet down; then `make` is given `landscape` too (None: as it fits)."""

    noticed = Signal(object)
    made = Signal(object)
    """the answer of `make`, once it is in sight"""
    saved = Signal(str)
    """what was saved or printed, in words"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None, *, turns: bool = False) -> None:
        super().__init__(parent)
        self._around = around
        t = self._t = around.t
        self._make: Callable[..., Any] | None = None
        self._apart = False
        self._file_name = ""
        self._title = ""
        self._job: Job | None = None
        self.view = PdfView(around.jobs, t)
        self.paper = _choice(t("Paper"), [(t(words), paper) for paper, words in PAPERS.items()])
        self.way = _choice(t("Upright or lying"), [(t(words), landscape) for words, landscape in WAYS])
        self.way.setVisible(turns)
        self._turns = turns
        smaller = self._tool("minus", t("Smaller"))
        larger = self._tool("plus", t("Larger"))
        self._pages = QLabel()
        self._pages.setProperty("muted", True)
        self.save_button = QPushButton(t("Save as PDF…"))
        self.print_button = QPushButton(t("Print…"))
        self.print_button.setProperty("primary", True)
        for button, icon in ((self.save_button, "save"), (self.print_button, "print")):
            button.setAutoDefault(False)
            colour = around.colours.on_accent if button is self.print_button else ""
            button.setIcon(icons.icon(icon, around.colours, colour=colour))
        self.progress = ProgressRow(t("Cancel"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.GAP)
        whole.addLayout(self._tools(smaller, larger))
        whole.addWidget(self.progress)
        whole.addWidget(self.view, 1)
        self._enable()
        for choice in (self.paper, self.way):
            choice.currentIndexChanged.connect(lambda _number: self.make_again())
        smaller.clicked.connect(lambda: self.view.zoom(-1))
        larger.clicked.connect(lambda: self.view.zoom(1))
        self.view.page_changed.connect(self._say_page)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print_paper)
        self.progress.cancel_requested.connect(self._cancel)

    def show_paper(self, make: Callable[..., Any], title: str, file_name: str, *, apart: bool = False) -> None:
        """Make a paper and show it; `file_name` is what saving proposes.

        `apart`: in a process of its own, where `make` and what it is given can go to one."""
        self._make, self._title, self._file_name, self._apart = make, title, file_name, apart
        self.view.setAccessibleName(self._t("Preview: {title}", title=title))
        self.make_again()

    def make_again(self) -> None:
        """Make the paper anew, for the chosen sheet."""
        if self._make is None:
            return
        self._cancel()
        make, paper = self._make, Paper(self.paper.currentData())
        way = {"landscape": self.way.currentData()} if self._turns else {}
        text = self._t("Preparing {title}…", title=self._title)
        self.progress.start(text)
        start = self._around.jobs.paper if self._apart else self._around.jobs.count
        self._job = start(
            partial(make, paper=paper, **way),
            self._around.acting,
            owner=self,
            done=self._on_made,
            failed=self._on_failed,
        )
        self._job.says = text

    def print_paper(self) -> None:
        """Ask for the printer and print these bytes."""
        if self.view.pdf:
            printing = Printing(self.view.pdf, self._title, self._around.jobs)
            printing.finished.connect(self._on_printed)
            printing.ask(self)

    def save(self) -> None:
        """Ask where, and write these bytes."""
        if not self.view.pdf:
            return
        folder = self._around.preferences.current.last_folder or Path.home()
        path, _ = QFileDialog.getSaveFileName(
            self, self._t("Save as PDF"), str(folder / self._file_name), "PDF (*.pdf)"
        )
        if path:
            self.save_to(Path(path) if path.casefold().endswith(".pdf") else Path(path + ".pdf"))

    def save_to(self, path: Path) -> None:
        """Write the bytes that are in sight."""
        pdf = self.view.pdf
        self._around.jobs.count(
            lambda _db: save_paper(pdf, path),
            owner=self,
            done=lambda _none: self.saved.emit(self._t("Saved: {file}", file=path)),
            failed=self._on_failed,
        )

    def _on_made(self, answer: Any) -> None:
        self._job = None
        self.progress.finish()
        self.view.show_pdf(answer if isinstance(answer, bytes) else answer.pdf)
        self._enable()
        self.made.emit(answer)

    def _on_failed(self, failure: Failure) -> None:
        self._job = None
        self.progress.finish()
        self.noticed.emit(notice_of(failure, self._t))

    def _on_printed(self, printed: bool) -> None:
        if printed:
            self.saved.emit(self._t("Sent to the printer: {title}", title=self._title))
        else:
            words = self._t(
                "The printer did not take {title}. Look whether it is on, or save it as PDF.", title=self._title
            )
            self.noticed.emit(Notice(Tone.WARNING, words))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.progress.finish()

    def _enable(self) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(bool(self.view.pdf))

    def _say_page(self, page: int, pages: int) -> None:
        self._pages.setText(self._t("Page {page} of {pages}", page=page, pages=pages) if pages else "")

    def _tools(self, smaller: QWidget, larger: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        for widget in (self.paper, self.way, smaller, larger, self._pages):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.save_button)
        line.addWidget(self.print_button)
        return line

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon, self._around.colours))
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button


def _choice(name: str, offered: Sequence[tuple[str, object]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for words, meant in offered:
        box.addItem(words, meant)
    return box
