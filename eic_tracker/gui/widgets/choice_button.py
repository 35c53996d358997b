"""A large button: icon, what it does, and one line that explains it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from eic_tracker.gui import icons, theme
from eic_tracker.gui.theme import Colours
from eic_tracker.gui.widgets.plate import Plate

_ICON = 24


class ChoiceButton(Plate):
    """Click, Enter or Space choose it; screen readers meet a button with its explanation."""

    def __init__(
        self, title: str, explanation: str, icon: str, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setText(title.replace("&", ""))
        self.setAccessibleName(title.replace("&", ""))
        self.setAccessibleDescription(explanation)
        drawing = QLabel()
        drawing.setPixmap(icons.icon(icon, colours, _ICON, colour=colours.accent).pixmap(_ICON))
        heading = QLabel(title)
        heading.setFont(theme.font(theme.Type.STRONG))
        # the heading holds the underlined letter and presses the button: two holders would make it ambiguous
        heading.setBuddy(self)
        words = QLabel(explanation)
        words.setProperty("muted", True)
        words.setWordWrap(True)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(heading)
        lines.addWidget(words)
        self._whole = QHBoxLayout(self)
        self._whole.setContentsMargins(theme.GROUP_GAP, 10, theme.GROUP_GAP, 10)
        self._whole.setSpacing(12)
        self._whole.addWidget(drawing, 0, Qt.AlignmentFlag.AlignTop)
        self._whole.addLayout(lines, 1)
        for label in (drawing, heading, words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """As large as its lines."""
        return self._whole.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """The least at which nothing is cut off."""
        return self._whole.minimumSize()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        """Its explanation wraps."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        """The height at which all of it is seen."""
        return self._whole.heightForWidth(width)
