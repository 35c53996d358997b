"""What was just stored, told for ten seconds where nothing is typed or pressed, with the way to take it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPropertyAnimation, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from eic_tracker.gui import icons, theme
from eic_tracker.gui.theme import Colours, Tone
from eic_tracker.gui.widgets.announcing import FADE, announce, less_motion
from eic_tracker.i18n import Translator

SHOWN = 10_000
"""Milliseconds for which it stays."""
_LEAST_LEFT = 2_000
"""Milliseconds that are left at least after the mouse or the keyboard was on it."""
_WIDEST = 640
_EDGE = 2


class Toast(QFrame):
    """Lies over `place` and never takes the keyboard by itself; mouse or focus on it stop its time.

    `free` names the part of the place where nothing is typed or pressed; it may reach below it by as much as its
    words need. Its button takes back what was stored, or does again what was undone."""

    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, place: QWidget, t: Translator, colours: Colours, free: Callable[[], QRect]) -> None:
        super().__init__(place)
        self._t = t
        self._around = place
        self._free = free
        self._again = False
        self._left = SHOWN
        self.setProperty("toast", True)
        icon = QLabel()
        icon.setPixmap(icons.icon("ok", colours, colour=colours.window).pixmap(icons.SIZE))
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._undo = QPushButton()
        self._undo.setAutoDefault(False)
        self._undo.setMinimumHeight(theme.TARGET)
        self._close = QToolButton()
        self._close.setIcon(icons.icon("close", colours, 16, colour=colours.window))
        self._close.setAccessibleName(t("Close the message"))
        self._close.setMinimumSize(theme.TARGET, theme.TARGET)
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(12, _EDGE, theme.GAP, _EDGE)
        line.setSpacing(12)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._text, 1)
        line.addWidget(self._undo)
        line.addWidget(self._close)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._fade = QPropertyAnimation(self)
        self._fade.setDuration(FADE)
        self._fading_out = False
        self.hide()
        self._timer.timeout.connect(self.dismiss)
        self._fade.finished.connect(self._on_faded)
        self._undo.clicked.connect(self._on_undo)
        self._close.clicked.connect(self.dismiss)
        place.installEventFilter(self)
        for button in (self._undo, self._close):
            button.installEventFilter(self)

    def say(self, text: str, *, undo: bool = False, redo: bool = False, tone: Tone = Tone.OK) -> None:
        """Tell one sentence; a button (whose shortcut the window owns) asks to take it back, or to do it again."""
        self._text.setText(text)
        self._again = redo
        words, keys = (self._t("Redo"), "Ctrl+Y") if redo else (self._t("Undo"), "Ctrl+Z")
        self._undo.setText(f"{words}  {keys}")
        self._undo.setAccessibleName(f"{words}, {keys}")
        self._undo.setVisible(undo or redo)
        self.setAccessibleName(text)
        self._left = SHOWN
        self._place()
        self.show()
        self.raise_()
        self._fade_to(1.0)
        self._run()
        spoken = f"{text} {words}: {keys}." if undo or redo else text
        announce(self, spoken, urgent=tone is Tone.ERROR)

    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def dismiss(self) -> None:
        """Go away; the keyboard, where it was on the toast, goes back to the window."""
        self._timer.stop()
        if self._holds_focus():
            self.focusNextChild()
        if self.isVisible():
            self._fade_to(0.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """Its time stands still while it is read."""
        super().enterEvent(event)
        self._pause()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        """Its time goes on."""
        super().leaveEvent(event)
        self._run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Follow the size of the window, and stand still while a button has the keyboard."""
        if event.type() == QEvent.Type.Resize and watched is self._around and self.isVisible():
            # once the place has laid out what it holds
            QTimer.singleShot(0, self, self._place)
        elif isinstance(event, QFocusEvent) and watched in {self._undo, self._close}:
            if event.gotFocus():
                self._pause()
            else:
                self._run()
        return super().eventFilter(watched, event)

    def _on_undo(self) -> None:
        self.dismiss()
        (self.redo_requested if self._again else self.undo_requested).emit()

    def _holds_focus(self) -> bool:
        return self._undo.hasFocus() or self._close.hasFocus()

    def _pause(self) -> None:
        if self._timer.isActive():
            self._left = max(_LEAST_LEFT, self._left - self._clock.elapsed())
            self._timer.stop()

    def _run(self) -> None:
        if self.isVisible() and not self._fading_out and not self.underMouse() and not self._holds_focus():
            self._clock.start()
            self._timer.start(self._left)

    def _place(self) -> None:
        free = self._free()
        self.ensurePolished()
        width = min(free.width(), _WIDEST, self._wanted_width())
        height = max(self._line.heightForWidth(width), self._line.minimumSize().height())
        top = max(free.top(), free.center().y() - height // 2)
        self.setGeometry(free.left() + (free.width() - width) // 2, top, width, height)

    def _wanted_width(self) -> int:
        one_line = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 2
        return self._line.sizeHint().width() - self._text.sizeHint().width() + one_line

    def _fade_to(self, opacity: float) -> None:
        self._fade.stop()
        self._fading_out = opacity == 0.0
        if less_motion(self):
            self._on_faded()
            return
        effect = self.graphicsEffect()
        if not isinstance(effect, QGraphicsOpacityEffect):
            effect = QGraphicsOpacityEffect(self)
            effect.setOpacity(1.0 - opacity)
            self.setGraphicsEffect(effect)
        self._fade.setTargetObject(effect)
        self._fade.setPropertyName(b"opacity")
        self._fade.setStartValue(effect.opacity())
        self._fade.setEndValue(opacity)
        self._fade.start()

    def _on_faded(self) -> None:
        if self._fading_out:
            self.hide()
            self._fading_out = False
        self._fade.setTargetObject(None)  # type: ignore[arg-type]
        self.setGraphicsEffect(None)  # type: ignore[arg-type]
