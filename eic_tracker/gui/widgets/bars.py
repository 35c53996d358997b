"""A small bar chart: labelled directly, walked by keyboard; each bar opens its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.theme import Colours
from eic_tracker.gui.widgets.announcing import announce

MOST = 12
"""More bars than this are a table."""
_GAP = theme.SPACE
_WIDEST = 56
_HEIGHT = 168


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `label` below (a line break is kept), `shown` is the value in words above it.

    `running` bars, of a period that has not ended, are hatched; `said` is what a screen reader says; a `second` value
    stands beside the first in another colour."""

    label: str
    value: int
    shown: str
    running: bool = False
    said: str = ""
    second: int | None = None

    @property
    def spoken(self) -> str:
        """Label and value in one line."""
        return self.said or f"{' '.join(self.label.split())}: {self.shown}"


class Bars(QWidget):
    """Arrows walk, Enter or a click opens a bar, T asks for the table instead."""

    activated = Signal(int)
    table_requested = Signal()

    def __init__(self, title: str, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._colours = colours
        self._fill = QColor((theme.CHART_DARK if colours == theme.DARK else theme.CHART_LIGHT)[0])
        self._second_fill = second_colour(colours)
        self._bars: tuple[Bar, ...] = ()
        self._current = -1
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFont(theme.font(theme.Type.CAPTION, tabular=True))
        self.setAccessibleName(title)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars, at most twelve, from left to right."""
        assert len(bars) <= MOST, "more than twelve bars are a table"
        self._bars = tuple(bars)
        self._current = min(self._current, len(bars) - 1)
        self._hovered = -1
        self.setAccessibleDescription("; ".join(bar.spoken for bar in bars))
        self.updateGeometry()
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        """The bars in sight."""
        return self._bars

    def current(self) -> int:
        """The number of the bar where the keyboard stands, -1 before it came."""
        return self._current

    def walk_to(self, number: int) -> None:
        """Put the keyboard on a bar and say it."""
        self._current = number
        self.update()
        announce(self, self._bars[number].spoken)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Room for each bar with its words."""
        return QSize(max(1, len(self._bars)) * (_WIDEST + theme.GAP), _HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """No bar narrower than what can be clicked."""
        return QSize(max(1, len(self._bars)) * theme.TARGET, 5 * theme.TARGET)

    def bar_at(self, place: QPoint) -> int:
        """The number of the bar in whose column a point lies, or -1."""
        for number in range(len(self._bars)):
            if self._column(number).contains(place):
                return number
        return -1

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Left, Right, Home and End walk; Enter and Space open; T asks for the table."""
        key, last = event.key(), len(self._bars) - 1
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ways = {
            Qt.Key.Key_Left: max(0, self._current - 1),
            Qt.Key.Key_Right: min(last, self._current + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if plain and last >= 0 and key in ways:
            self.walk_to(ways[Qt.Key(key)])
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self._current >= 0:
            self.activated.emit(self._current)
        elif plain and key == Qt.Key.Key_T:
            self.table_requested.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """The keyboard arrives at the newest bar."""
        super().focusInEvent(event)
        if self._current < 0 and self._bars:
            self._current = len(self._bars) - 1
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """The bar under the mouse shows that it opens."""
        self._hover(self.bar_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        """No bar is under the mouse any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """A click opens the bar."""
        number = self.bar_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self._current = number
            self.update()
            self.activated.emit(number)

    def event(self, event: QEvent) -> bool:
        """The whole words of a bar as its tip, as where a label had to be shortened."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self.bar_at(event.pos())
            QToolTip.showText(event.globalPos(), self._bars[number].spoken if number >= 0 else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """Bars on a base line, value above, label below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._ground()
        for number in range(len(self._bars)):
            self._paint_bar(painter, number, ground)
        painter.setPen(QPen(QColor(self._colours.border), 1))
        painter.drawLine(0, ground, self.width(), ground)
        if self.hasFocus() and self._current >= 0:
            painter.setPen(QPen(QColor(self._colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self._column(self._current)).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint_bar(self, painter: QPainter, number: int, ground: int) -> None:
        bar, column = self._bars[number], self._column(number)
        metrics = QFontMetrics(self.font())
        top = self._top(bar, ground)
        width = min(_WIDEST, column.width() - 2 * _GAP)
        body = QRectF(column.center().x() - width / 2 + 0.5, top, width, ground - top)
        if bar.running:
            painter.setPen(QPen(self._fill, 1.6))
            painter.setBrush(QBrush(self._fill, Qt.BrushStyle.BDiagPattern))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._fill)
        if bar.second is not None:
            body.setWidth(body.width() / 2)
            beside = ground - self._height(bar.second, ground)
            second = QRectF(body.right() + 1, beside, body.width() - 1, ground - beside)
            painter.fillRect(second, self._second_fill)
        if bar.value > 0:
            painter.drawRect(body)
        painter.setPen(QColor(self._colours.text))
        top = min(top, ground - self._height(bar.second or 0, ground))
        above = QRect(column.left(), top - metrics.height() - 2, column.width(), metrics.height())
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, _fitting(bar.shown, column.width(), metrics))
        painter.setPen(QColor(self._colours.text if number == self._hovered else self._colours.muted))
        below = QRect(column.left(), ground + _GAP, column.width(), self.height() - ground - _GAP)
        lines = "\n".join(_fitting(line, column.width(), metrics) for line in self._lines(bar))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, lines)

    def _ground(self) -> int:
        """Where the bars stand: above the highest label."""
        metrics = QFontMetrics(self.font())
        lines = max((len(self._lines(bar)) for bar in self._bars), default=1)
        return self.height() - lines * metrics.lineSpacing() - 2 * _GAP

    def _lines(self, bar: Bar) -> list[str]:
        """The label, its words one below the other where those of any bar have no room side by side."""
        metrics = QFontMetrics(self.font())
        # so that labels side by side do not read as one
        room = self.width() // max(1, len(self._bars)) - _GAP
        narrow = any(metrics.horizontalAdvance(line) > room for each in self._bars for line in each.label.split("\n"))
        return bar.label.split(None, 1) if narrow else bar.label.split("\n")

    def _top(self, bar: Bar, ground: int) -> int:
        return ground - self._height(bar.value, ground)

    def _height(self, value: int, ground: int) -> int:
        highest = max((max(each.value, each.second or 0) for each in self._bars), default=0)
        room = ground - QFontMetrics(self.font()).height() - 2 * _GAP
        return round(room * value / highest) if highest and value > 0 else 0

    def _column(self, number: int) -> QRect:
        """The whole height of a bar's share of the width: what can be clicked."""
        share = self.width() / max(1, len(self._bars))
        left = round(number * share)
        return QRect(left, 0, round((number + 1) * share) - left, self.height())

    def _hover(self, number: int) -> None:
        if number != self._hovered:
            self._hovered = number
            self.setCursor(Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()


def second_colour(colours: Colours) -> QColor:
    """The colour of the second of two values that stand side by side."""
    return QColor((theme.CHART_DARK if colours == theme.DARK else theme.CHART_LIGHT)[1])


def _fitting(text: str, width: int, metrics: QFontMetrics) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 2)
