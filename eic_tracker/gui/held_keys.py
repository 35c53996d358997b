"""Keys typed while an answer decides what they mean: held in their order, and given on when it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


class HeldKeys(QObject):
    """`waits(cell, key)` says whether a key in a cell has to wait; then all keys after it wait too."""

    def __init__(self, cells: Iterable[QWidget], waits: Callable[[QObject, Qt.Key], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self._waits = waits
        self._held: list[QKeyEvent | Callable[[], object]] = []
        self._giving = False
        for cell in cells:
            cell.installEventFilter(self)

    @property
    def any(self) -> bool:
        """Whether a key is held."""
        return bool(self._held)

    def act(self, deed: Callable[[], object]) -> None:
        """What a shortcut does: at once, or in its turn among the keys that are held."""
        focused = QApplication.focusWidget()
        if self._held or (focused is not None and self._waits(focused, Qt.Key.Key_Return)):
            self._held.append(deed)
        else:
            deed()

    def give_on(self, unless: Iterable[Qt.Key] = ()) -> None:
        """The answer is there: what was held means what it means now; from the first of `unless` on it is dropped."""
        if self._giving:
            return
        unwanted = frozenset(unless)
        while self._held:
            focused = QApplication.focusWidget()
            if focused is None or not self._around.isAncestorOf(focused):
                self.drop()
                return
            first = self._held[0]
            if not isinstance(first, QKeyEvent):
                self._held.pop(0)
                first()
                continue
            key = Qt.Key(first.key())
            if key in unwanted:
                self.drop()
            elif self._waits(focused, key):
                return
            else:
                self._held.pop(0)
                self._send(first, QApplication.activePopupWidget() or focused)

    def drop(self) -> None:
        """Nobody is to get what is held."""
        self._held = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Hold a key that has to wait, and those after it."""
        if self._giving or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not self._held and not self._waits(watched, Qt.Key(event.key())):
            return False
        kept = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat())
        self._held.append(kept)
        return True

    def _send(self, event: QKeyEvent, target: QWidget) -> None:
        self._giving = True
        try:
            QApplication.sendEvent(target, event)
        finally:
            self._giving = False
