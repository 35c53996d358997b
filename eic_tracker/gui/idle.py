"""Notices that nobody has touched keyboard or mouse for some minutes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Emits `idle` once, after the minutes that were asked for have passed without a touch."""

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)
        self._watching = False

    def start(self, minutes: int) -> None:
        """Begin to watch; 0 minutes: never."""
        self.stop()
        if minutes > 0:
            self._timer.setInterval(minutes * 60_000)
            self._timer.start()
            self._watching = True
            application().installEventFilter(self)

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        if self._watching:
            application().removeEventFilter(self)
            self._watching = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Every touch begins the minutes anew."""
        if event.type() in _TOUCHES:
            self._timer.start()
        return super().eventFilter(watched, event)

    def _on_timeout(self) -> None:
        self.stop()
        self.idle.emit()


def application() -> QCoreApplication:
    """The running application."""
    app = QCoreApplication.instance()
    assert app is not None
    return app
