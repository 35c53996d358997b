"""Prints the very bytes that are shown and saved; the printer's dialog is the system's own."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from eic_tracker.gui.widgets.pdf_view import page_image, page_sizes

DOTS_PER_INCH = 300


class Printing(QObject):
    """One print job: asks for the printer, then draws page by page, so that the window goes on."""

    finished = Signal(bool)

    def __init__(self, pdf: bytes, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._pdf = pdf
        self._sizes = page_sizes(pdf)
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(title)
        self._printer.setResolution(DOTS_PER_INCH)
        self._printer.setFullPage(True)
        self._printer.setPageLayout(layout_of(*self._sizes[0]))
        self._window = parent

    def ask(self) -> None:
        """Show the system's print dialog and print what it says."""
        dialog = QPrintDialog(self._printer, self._window)
        dialog.setModal(True)
        dialog.setMinMax(1, len(self._sizes))
        dialog.finished.connect(lambda code: self.print_all() if code else self.finished.emit(False))
        dialog.show()

    def print_to_file(self, path: str) -> None:
        """Print into a PDF file, as a printer would draw it."""
        self._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self._printer.setOutputFileName(path)
        self.print_all()

    def print_all(self) -> None:
        """Draw the pages that were asked for onto the printer."""
        first = max(1, self._printer.fromPage())
        last = self._printer.toPage() or len(self._sizes)
        painter = QPainter()
        if not painter.begin(self._printer):
            self.finished.emit(False)
            return
        try:
            for number in range(first - 1, min(last, len(self._sizes))):
                if number >= first:
                    self._printer.newPage()
                painter.drawImage(self._where(number), page_image(self._pdf, number, DOTS_PER_INCH))
        finally:
            painter.end()
        self.finished.emit(True)

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


def layout_of(width: float, height: float) -> QPageLayout:
    """The printer's page for a sheet of so many points, without margins: the paper draws its own."""
    upright = QSizeF(min(width, height), max(width, height))
    orientation = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    return QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0))
