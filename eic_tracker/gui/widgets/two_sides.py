"""A list and what is chosen in it: side by side where there is room, else one instead of the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

BESIDE = 720
"""Pixels from which both stand side by side, where a page does not say otherwise."""


class TwoSides(QSplitter):
    """`open_detail` shows the right side where there is room for one only; `close_detail` goes back to the list."""

    def __init__(
        self,
        one: QWidget,
        other: QWidget,
        shares: tuple[int, int] = (3, 2),
        parent: QWidget | None = None,
        *,
        beside: int = BESIDE,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._one = one
        self._other = other
        self._opened = False
        self._beside = beside
        self.setChildrenCollapsible(False)
        self.addWidget(one)
        self.addWidget(other)
        self._shares = shares
        self._shared = False
        for place, share in enumerate(shares):
            self.setStretchFactor(place, share)

    @property
    def is_narrow(self) -> bool:
        """Whether only one side has room."""
        return self.width() < self._beside

    def open_detail(self) -> None:
        """The person asked for what is chosen."""
        self._opened = True
        self._arrange()

    def close_detail(self) -> bool:
        """Back to the list; False where it was in sight already."""
        was = self._opened and self.is_narrow
        self._opened = False
        self._arrange()
        return was

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Arrange anew where the room has changed."""
        super().resizeEvent(event)
        self._arrange()
        if not self._shared and not self.is_narrow:
            # As wanted at first; afterwards as the person drags it.
            self._shared = True
            self.setSizes([self.width() * share // sum(self._shares) for share in self._shares])

    def _arrange(self) -> None:
        self._one.setVisible(not self.is_narrow or not self._opened)
        self._other.setVisible(not self.is_narrow or self._opened)
