"""Circles of objects that nobody refers to are taken away by the window's thread only.

Python looks for them on whatever thread makes objects; a font, a picture or a timer of Qt that is taken away beside the
window's thread, while that thread draws with it, ends the program."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 500
"""Milliseconds between two looks; the most of them look at the newest objects only."""
_OLDEST_FIRST = (2, 1, 0)
_holding: set[int] = set()


class WindowGarbage(QObject):
    """From now until `end()` no other thread takes circles away."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(collect_when_due)
        _holding.add(id(self))
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """The other threads have ended: Python looks by itself again."""
        self._timer.stop()
        _holding.discard(id(self))
        if not _holding:
            gc.enable()


def collect_when_due() -> None:
    """Take away what Python itself would have taken away by now."""
    made, bearable = gc.get_count(), gc.get_threshold()
    for generation in _OLDEST_FIRST:
        if made[generation] > bearable[generation]:
            gc.collect(generation)
            return
