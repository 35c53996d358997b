"""How far a target is: a bar that also says its numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.theme import Colours
from eic_tracker.gui.widgets.deed import Deed, DeedLine
from eic_tracker.gui.widgets.fact_list import sentence

_HEIGHT = 8


class TargetBar(QWidget):
    """Title, bar and words; the title opens the rows. The words say all that the bar shows."""

    activated = Signal()

    def __init__(self, title: str, words: str, share: float, planned: float, colours: Colours) -> None:
        super().__init__()
        self.line = DeedLine(Deed(title, self.activated.emit))
        self.line.setAccessibleName(f"{title}: {words}")
        self.said = sentence(words, theme.Type.CAPTION, muted=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.line, _Bar(share, planned, colours), self.said):
            column.addWidget(widget)


class _Bar(QWidget):
    """The part that is done, and a mark where the plan stands."""

    def __init__(self, share: float, planned: float, colours: Colours) -> None:
        super().__init__()
        self._share, self._planned, self._colours = min(max(share, 0.0), 1.0), min(max(planned, 0.0), 1.0), colours
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """As wide as there is room."""
        return QSize(120, _HEIGHT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """A frame, its filled part, the mark of the plan."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5)
        painter.setPen(QColor(self._colours.hairline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(whole)
        filled = QRectF(whole)
        filled.setWidth(whole.width() * self._share)
        painter.fillRect(filled, QColor(self._colours.accent))
        place = whole.left() + whole.width() * self._planned
        painter.fillRect(QRectF(place - 1, 0, 2, self.height()), QColor(self._colours.text))
        painter.end()
