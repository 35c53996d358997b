"""What small dialogs share: a body that scrolls where the screen is small, buttons under it, Esc closes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.widgets.enter_key import press_with_enter
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn


class DialogFrame(QDialog):
    """A title, `body` to be filled, `buttons` at the right of the foot; Enter presses the button with the keyboard.

    A `fitted` one is as high as what stands in it, up to the wanted height."""

    def __init__(self, title: str, wanted: QSize, parent: QWidget | None = None, *, fitted: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._wanted, self._fitted = wanted, fitted
        inside = ScrolledColumn()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(24, theme.GROUP_GAP, 24, theme.GROUP_GAP)
        self.body.setSpacing(12)
        heading = QLabel(title)
        heading.setFont(theme.font(theme.Type.TITLE))
        heading.setWordWrap(True)
        self.body.addWidget(heading)
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        line = QFrame()
        line.setProperty("line", True)
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(24, 12, 24, 12)
        self.buttons.setSpacing(theme.GAP)
        self.buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(line)
        whole.addLayout(self.buttons)

    def add_button(self, text: str, *, primary: bool = False) -> QPushButton:
        """A button at the right end of the foot."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setMinimumHeight(theme.TARGET)
        if primary:
            button.setProperty("primary", True)
        self.buttons.addWidget(button)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter on a button, Esc as in every dialog."""
        if not press_with_enter(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        """As large as wanted, and never larger than the screen."""
        self.fit()
        super().showEvent(event)

    def fit(self) -> None:
        """Take the size that is wanted, or needed by now."""
        wanted = QSize(self._wanted)
        if self._fitted:
            wanted.setHeight(min(wanted.height(), self._needed(wanted.width())))
        self.resize(wanted.boundedTo(self.screen().availableGeometry().size()))

    def _needed(self, width: int) -> int:
        self.body.activate()
        foot = self.sizeHint().height() - self._scroll.sizeHint().height()
        # a bar that stood there before takes its width from words, which then would need it again
        beside_bar = width - self._scroll.verticalScrollBar().sizeHint().width()
        needed = max(self.body.totalHeightForWidth(each) for each in (width, beside_bar))
        return foot + needed + 2 * self._scroll.frameWidth()
