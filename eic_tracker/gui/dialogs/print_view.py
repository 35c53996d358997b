"""A list on paper, seen before it is printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.notices import Notice
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.paper_preview import PaperPreview

_WANTED = QSize(900, 700)


class PrintView(QDialog):
    """Preview, sheet, print, save; Esc closes it. A paper that `turns` may be laid down."""

    def __init__(
        self, around: Surroundings, make: Callable[..., Any], title: str, parent: QWidget, *, turns: bool = True
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(around.t("Print: {title}", title=title))
        self.setAccessibleName(self.windowTitle())
        self.setModal(True)
        self.said = sentence("")
        self.said.hide()
        self.preview = PaperPreview(around, turns=turns)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[theme.NARROW_MARGIN] * 4)
        whole.addWidget(self.said)
        whole.addWidget(self.preview, 1)
        self.preview.noticed.connect(self._tell)
        self.preview.saved.connect(self._say)
        self.preview.made.connect(lambda _paper: self.preview.print_button.setFocus())
        self.finished.connect(self.deleteLater)
        self.preview.show_paper(
            make, title, f"{title} {around.today.isoformat()}.pdf".replace(":", "").replace("/", "-")
        )

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        """As large as wanted, and never larger than the screen."""
        self.resize(_WANTED.boundedTo(self.screen().availableGeometry().size()))
        super().showEvent(event)

    def _tell(self, notice: Notice) -> None:
        self._say(notice.text)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()


def show_upright(around: Surroundings, make: Callable[..., Any], title: str, parent: QWidget) -> None:
    """Show a paper that is never laid down."""
    PrintView(around, make, title, parent, turns=False).open()
