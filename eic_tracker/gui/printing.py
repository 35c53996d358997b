"""Prints the very bytes that are shown and saved; the printer's dialog is the system's own."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from eic_tracker.gui.jobs import Failure, Jobs
from eic_tracker.gui.widgets.pdf_view import page_image, page_sizes

DOTS_PER_INCH = 300


class Printing(QObject):
    """One print job: asks for the printer, then draws page by page while the window goes on.

    It outlives the view that asked for it, and ends with the file: then the printer is told to forget it."""

    finished = Signal(bool)
    """whether all was handed to the printer; not emitted where the person chose not to print"""

    def __init__(self, pdf: bytes, title: str, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._pdf = pdf
        self._jobs = jobs
        self._sizes = page_sizes(pdf)
        self._pages: list[int] = []
        self._begun = False
        self._painter = QPainter()
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(title)
        self._printer.setResolution(DOTS_PER_INCH)
        self._printer.setFullPage(True)
        self._printer.setPageLayout(layout_of(*self._sizes[0]))
        painter, printer = self._painter, self._printer
        self.destroyed.connect(lambda: _abandon(painter, printer))

    def ask(self, parent: QWidget) -> None:
        """Show the system's print dialog and print what it says."""
        dialog = QPrintDialog(self._printer, parent)
        dialog.setModal(True)
        dialog.setMinMax(1, len(self._sizes))
        dialog.accepted.connect(self.print_all)
        dialog.rejected.connect(self.deleteLater)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def print_to_file(self, path: str, first: int = 0, last: int = 0) -> None:
        """Print into a PDF file, as a printer would draw it: all pages, or some of them."""
        self._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self._printer.setOutputFileName(path)
        self._printer.setFromTo(first, last)
        self.print_all()

    def print_all(self) -> None:
        """Draw the pages that were asked for onto the printer."""
        first = max(1, self._printer.fromPage())
        last = self._printer.toPage() or len(self._sizes)
        self._pages = list(range(first - 1, min(last, len(self._sizes))))
        if self._painter.begin(self._printer):
            self._next()
        else:
            self._end(False)

    def _next(self) -> None:
        if not self._pages:
            self._end(self._painter.end())
            return
        self._jobs.count(
            _drawn, self._pdf, self._pages[0], DOTS_PER_INCH, owner=self, done=self._draw, failed=self._on_failed
        )

    def _draw(self, image: QImage) -> None:
        if self._begun:
            self._printer.newPage()
        self._begun = True
        self._painter.drawImage(self._where(self._pages.pop(0)), image)
        self._next()

    def _on_failed(self, _failure: Failure) -> None:
        _abandon(self._painter, self._printer)
        self._end(False)

    def _end(self, printed: bool) -> None:
        self.finished.emit(printed)
        self.deleteLater()

    def _where(self, number: int) -> QRectF:
        """The page at its own size, in the middle of the sheet; smaller only where the sheet is."""
        sheet = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        dots = self._printer.resolution() / 72
        size = QSizeF(self._sizes[number][0] * dots, self._sizes[number][1] * dots)
        shrink = min(1.0, sheet.width() / size.width(), sheet.height() / size.height())
        size *= shrink
        return QRectF(
            (sheet.width() - size.width()) / 2, (sheet.height() - size.height()) / 2, size.width(), size.height()
        )


def _drawn(_db: Any, pdf: bytes, number: int, dots_per_inch: float) -> QImage:
    return page_image(pdf, number, dots_per_inch)


def _abandon(painter: QPainter, printer: QPrinter) -> None:
    """Half a paper is not printed; nothing happens where it is complete or was never begun."""
    if painter.isActive():
        printer.abort()
        painter.end()


def layout_of(width: float, height: float) -> QPageLayout:
    """The printer's page for a sheet of so many points, without margins: the paper draws its own."""
    upright = QSizeF(min(width, height), max(width, height))
    orientation = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    return QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0))
