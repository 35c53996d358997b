"""What a message, an empty list or a card offers to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from eic_tracker.gui import theme


@dataclass(frozen=True, slots=True)
class Deed:
    """The words of a button, already in the person's language, and what it does."""

    text: str
    act: Callable[[], object]


def deed_button(deed: Deed, *, look: str = "") -> QPushButton:
    """A button that does it; `look` is a property of the style sheet: primary, link or none."""
    button = QPushButton(deed.text)
    button.setAutoDefault(False)
    button.setMinimumHeight(theme.TARGET)
    if look:
        button.setProperty(look, True)
    button.clicked.connect(lambda _checked=False: deed.act())
    return button


def rest(button: QPushButton, why: str, keys: str = "") -> None:
    """A button that cannot act rests and says why; with nothing in the way it acts and names its keys."""
    button.setEnabled(not why)
    button.setToolTip(why or keys)


class DeedLine(QPushButton):
    """A link whose words go on in the next line where the width ends; for lists of things to do."""

    def __init__(self, deed: Deed) -> None:
        super().__init__(deed.text)
        self.setAccessibleName(deed.text)
        self.setAutoDefault(False)
        self.setProperty("link", True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _checked=False: deed.act())

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        """The height at which all words are seen."""
        return max(theme.TARGET, self._words(width).height() + 2 * theme.SPACE)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """All words in one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + _LEFT + _SIDE + 1
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """The longest word."""
        width = max(map(self.fontMetrics().horizontalAdvance, self.text().split()), default=0) + _LEFT + _SIDE + 1
        return QSize(max(width, theme.TARGET), theme.TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """The ring of the style sheet, and the words, underlined under the mouse."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        font = self.font()
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.Link))
        room = self.rect().adjusted(_LEFT, 0, -_SIDE, 0)
        painter.drawText(room, (Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap).value, self.text())
        painter.end()

    def _words(self, width: int) -> QRect:
        room = QRect(0, 0, max(1, width - _LEFT - _SIDE), 10_000)
        return self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap.value, self.text())


_SIDE, _LEFT = 5, 3
"""Pixels between the edge and the words; at the left they stand under the words above."""
