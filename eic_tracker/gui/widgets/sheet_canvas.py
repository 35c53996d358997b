"""A sheet on which places are marked with mouse or keyboard, to be blacked out."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QScrollArea, QWidget

from eic_tracker.gui.theme import Colours

_STEP = 8
"""Dots of the picture by which one key moves or sizes the frame: about a quarter of a written line."""
_LEAST = 8
"""Dots of the smallest frame; a mouse that moved less only clicked."""
_VEIL = QColor(0, 0, 0, 190)
_MOVES = {
    Qt.Key.Key_Left: QPoint(-_STEP, 0),
    Qt.Key.Key_Right: QPoint(_STEP, 0),
    Qt.Key.Key_Up: QPoint(0, -_STEP),
    Qt.Key.Key_Down: QPoint(0, _STEP),
}


class SheetCanvas(QWidget):
    """The picture as wide as asked for; `marks` are rectangles in its dots, each lying on it."""

    changed = Signal()
    """another place is marked, or one less"""

    def __init__(self, picture: QPixmap, width: int, colours: Colours, *, takes_marks: bool) -> None:
        super().__init__()
        self.picture = picture
        self.marks: tuple[QRect, ...] = ()
        self._colours = colours
        self._takes_marks = takes_marks and not picture.isNull()
        self._scale = width / max(picture.width(), 1)
        self.setFixedSize(QSize(width, round(picture.height() * self._scale)))
        dots = picture.rect()
        self.frame = QRect(dots.width() // 10, dots.height() // 5, dots.width() * 2 // 5, max(dots.height() // 30, 16))
        self._earlier: list[tuple[QRect, ...]] = []
        self._pressed_at: QPoint | None = None
        if self._takes_marks:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.CrossCursor)

    def add(self) -> None:
        """Mark what the frame surrounds; the frame goes on to the line below."""
        self._mark((*self.marks, self.frame))
        self._set_frame(self.frame.translated(0, self.frame.height()))

    def remove(self) -> None:
        """Take away the marks that the frame touches, or the newest where it touches none."""
        kept = tuple(mark for mark in self.marks if not mark.intersects(self.frame))
        self._mark(kept if kept != self.marks else self.marks[:-1])

    def undo(self) -> None:
        """Take the last step back."""
        if self._earlier:
            self.marks = self._earlier.pop()
            self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Arrows move the frame, with Shift they size it; Enter adds, Delete removes, Ctrl+Z takes back."""
        if not self._takes_marks or not self._done_by(event):
            super().keyPressEvent(event)

    def _done_by(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MOVES:
            by = _MOVES[key]
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                size = self.frame.size() + QSize(by.x(), by.y())
                self._set_frame(QRect(self.frame.topLeft(), size.expandedTo(QSize(_LEAST, _LEAST))))
            else:
                self._set_frame(self.frame.translated(by))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.add()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove()
        elif key == Qt.Key.Key_Z and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.undo()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """Begin a rectangle, or take one up that is marked."""
        if self._takes_marks and event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = self._dot(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """The frame follows the mouse."""
        if self._pressed_at is not None:
            self.frame = self._drawn_to(event.position().toPoint())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """What was drawn is marked; a click puts the frame on the mark below it, so that Delete removes that one."""
        if self._pressed_at is None:
            return
        start, drawn = self._pressed_at, self._drawn_to(event.position().toPoint())
        self._pressed_at = None
        if drawn.width() >= _LEAST and drawn.height() >= _LEAST:
            self.frame = drawn
            self._mark((*self.marks, drawn))
            return
        below = [mark for mark in self.marks if mark.contains(start)]
        self.frame = below[-1] if below else QRect(start, self.frame.size()) & self.picture.rect()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """The frame shows where the keyboard is."""
        super().focusInEvent(event)
        self._bring_into_sight()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """The picture, a veil over each mark, and the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self.picture)
        for mark in self.marks:
            painter.fillRect(self._on_widget(mark), _VEIL)
            painter.setPen(QPen(QColor("white"), 1))
            painter.drawRect(self._on_widget(mark))
        if self._takes_marks and (self.hasFocus() or self._pressed_at is not None):
            for pen in (
                QPen(QColor("white"), 4),
                QPen(QColor(self._colours.error[0]), 2, Qt.PenStyle.DashLine),
            ):
                painter.setPen(pen)
                painter.drawRect(self._on_widget(self.frame))

    def _mark(self, marks: tuple[QRect, ...]) -> None:
        if marks != self.marks:
            self._earlier.append(self.marks)
            self.marks = marks
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    def _set_frame(self, frame: QRect) -> None:
        """As asked for, and never beyond the picture."""
        dots = self.picture.rect()
        size = frame.size().boundedTo(dots.size())
        left = min(max(frame.left(), 0), dots.width() - size.width())
        top = min(max(frame.top(), 0), dots.height() - size.height())
        self.frame = QRect(QPoint(left, top), size)
        self._bring_into_sight()
        self.update()

    def _bring_into_sight(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and (inside := above.widget()) is not None:
            middle = self.mapTo(inside, self._on_widget(self.frame).center())
            above.ensureVisible(middle.x(), middle.y(), 0, self._on_widget(self.frame).height() // 2 + _STEP)

    def _drawn_to(self, place: QPoint) -> QRect:
        start, end = self._pressed_at or QPoint(), self._dot(place)
        return QRect(
            min(start.x(), end.x()), min(start.y(), end.y()), abs(end.x() - start.x()), abs(end.y() - start.y())
        )

    def _dot(self, place: QPoint) -> QPoint:
        """The dot of the picture at a place of the widget; the nearest where it lies beside it."""
        dots = self.picture.rect()
        return QPoint(
            min(max(round(place.x() / self._scale), 0), dots.width()),
            min(max(round(place.y() / self._scale), 0), dots.height()),
        )

    def _on_widget(self, dots: QRect) -> QRect:
        return QRect(
            round(dots.left() * self._scale),
            round(dots.top() * self._scale),
            round(dots.width() * self._scale),
            round(dots.height() * self._scale),
        )
