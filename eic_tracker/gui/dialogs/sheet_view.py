"""A summary sheet as it is filed; a reviewer who finds names on it takes it out of the file for good."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.i18n import Translator

_WIDTH = 760


class SheetView(DialogFrame):
    """`accept` means that the sheet holds names and goes; any other end leaves it."""

    def __init__(self, picture: bytes, t: Translator, *, may_purge: bool, parent: QWidget | None = None) -> None:
        super().__init__(t("Summary sheet"), QSize(840, 720), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = t(
            "A summary sheet shows counts, signature and seal. Where it holds names of pupils, take it out: its bytes "
            "are removed for good, and nothing brings them back. Copies of the file made before still hold it."
        )
        self.body.addWidget(sentence(told))
        self.sheet = QLabel()
        self.sheet.setAccessibleName(t("Picture of the summary sheet"))
        pixmap = QPixmap()
        pixmap.loadFromData(picture)
        self.sheet.setPixmap(pixmap.scaledToWidth(_WIDTH, Qt.TransformationMode.SmoothTransformation))
        self.body.addWidget(self.sheet)
        self.purge = self.add_button(t("It holds names: take it out for good"))
        self.purge.setVisible(may_purge)
        self.purge.clicked.connect(self.accept)
        self.close_button = self.add_button(t("Close"), primary=True)
        self.close_button.clicked.connect(self.reject)
        self.close_button.setFocus()
