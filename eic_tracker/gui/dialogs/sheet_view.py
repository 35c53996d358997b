"""A summary sheet as it is filed; a reviewer who finds names blacks them out or takes the sheet out for good."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from eic_tracker.gui.theme import Colours
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.sheet_canvas import SheetCanvas
from eic_tracker.i18n import Translator
from eic_tracker.services.attachments import Area

_WIDTH = 730


class SheetView(DialogFrame):
    """`accept` means that the sheet holds names and goes; any other end leaves it, but for what is blacked out."""

    black_out_wanted = Signal(object)
    """the Areas of the picture, as a tuple; the view closes"""

    def __init__(
        self, picture: bytes, t: Translator, colours: Colours, *, may_purge: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(t("Summary sheet"), QSize(840, 720), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._t = t
        pixmap = QPixmap()
        pixmap.loadFromData(picture)
        self.sheet = SheetCanvas(pixmap, _WIDTH, colours, takes_marks=may_purge)
        self.sheet.setAccessibleName(t("Picture of the summary sheet"))
        self.purge = self.add_button(t("It holds names: take it out for good"))
        self.black_out = self.add_button(t("Black out for good"))
        self.close_button = self.add_button(t("Close"), primary=True)
        self.marked = QLabel()
        told = t(
            "A summary sheet shows counts, signature and seal. Where it holds names of pupils, mark them and black "
            "them out, or take the whole sheet out. Either is for good: the old picture is removed from the file, and "
            "nothing brings it back. Copies of the file made before still hold it."
        )
        keys = t(
            "Draw over the names with the mouse. With the keyboard: arrows move the frame, Shift and arrows change its "
            "size, Enter marks, Delete removes a mark, Ctrl+Z takes the last step back."
        )
        self.body.addWidget(sentence(told))
        if may_purge:
            self.sheet.setAccessibleDescription(keys)
            self.body.addWidget(sentence(keys, muted=True))
            self.body.addWidget(self.marked)
        self.body.addWidget(self.sheet)
        self.body.addStretch(1)
        self.purge.setVisible(may_purge)
        self.black_out.setVisible(may_purge)
        self.black_out.setToolTip(t("This cannot be undone."))
        self.purge.setToolTip(t("This cannot be undone."))
        self.purge.clicked.connect(self.accept)
        self.black_out.clicked.connect(self._black_out)
        self.close_button.clicked.connect(self.reject)
        self.sheet.changed.connect(self._on_marks)
        self._say_marks()
        (self.sheet if may_purge else self.close_button).setFocus()

    def areas(self) -> tuple[Area, ...]:
        """The places that are marked."""
        return tuple(Area(mark.left(), mark.top(), mark.width(), mark.height()) for mark in self.sheet.marks)

    def _on_marks(self) -> None:
        self._say_marks()
        announce(self.sheet, self.marked.text())

    def _say_marks(self) -> None:
        count = len(self.sheet.marks)
        marked = self._t.plural("{count} place is marked.", "{count} places are marked.", count)
        self.marked.setText(marked if count else self._t("No place is marked."))
        self.black_out.setEnabled(count > 0)

    def _black_out(self) -> None:
        self.black_out_wanted.emit(self.areas())
        self.reject()
