"""What a scroll area holds below each other, exactly as high as it is at its width."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


class ScrolledColumn(QWidget):
    """Asks for no height of its own where the height follows from the width.

    Qt takes the height that the narrowest width would need as the least, and scrolls into nothing."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """The least width; the least height only where words are not wrapped."""
        hint = super().minimumSizeHint()
        layout = self.layout()
        return QSize(hint.width(), 0) if layout is not None and layout.hasHeightForWidth() else hint
