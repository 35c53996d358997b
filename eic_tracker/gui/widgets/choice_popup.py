"""A small window below a button: choose one of a list, found by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from eic_tracker.domain.names import fold
from eic_tracker.gui import theme
from eic_tracker.i18n import Translator

_MOST_LINES = 12
_WIDTHS = (220, 440)


class Popup(QFrame):
    """Closes on Esc and on a click elsewhere, and goes with it; kept inside the screen."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.setProperty("card", True)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        self.inside.setSpacing(theme.SPACE)
        heading = QLabel(title)
        heading.setFont(theme.font(theme.Type.STRONG))
        self.inside.addWidget(heading)

    def show_below(self, at: QPoint) -> None:
        """Open with its upper left corner there, or as near as the screen allows."""
        self.adjustSize()
        area = self.screen().availableGeometry()
        x = max(area.left(), min(at.x(), area.right() - self.width()))
        y = max(area.top(), min(at.y(), area.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.activateWindow()


class ChoicePopup(Popup):
    """The choices of one filter; Enter takes the marked one."""

    chosen = Signal(str, str)
    """code and words"""

    def __init__(self, name: str, title: str, t: Translator, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.name = name
        self.box = _Box(self)
        self.box.setPlaceholderText(t("Find in the list"))
        self.box.setAccessibleName(t("Find in the list: {list}", list=title))
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self._state = QLabel(t("Reading…"))
        self._state.setProperty("muted", True)
        self._none = t("Nothing to choose")
        self._taken = False
        self.inside.addWidget(self.box)
        self.inside.addWidget(self._state)
        self.inside.addWidget(self.list)
        self.list.hide()
        self.setMinimumWidth(_WIDTHS[0])
        self.box.textChanged.connect(self._find)
        self.box.returnPressed.connect(self.take)
        self.list.itemClicked.connect(lambda _item: self.take())
        self.setFocusProxy(self.box)
        self.box.setFocus(Qt.FocusReason.PopupFocusReason)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show these choices, as (code, words)."""
        self.list.clear()
        for code, words in choices:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setToolTip(words)
            item.setSizeHint(QSize(0, theme.TARGET))
            self.list.addItem(item)
        self._state.setText(self._none)
        self._state.setVisible(not choices)
        self.list.setVisible(bool(choices))
        self.box.setVisible(len(choices) > 1)
        metrics = self.list.fontMetrics()
        wide = max((metrics.horizontalAdvance(words) for _, words in choices), default=0) + 48
        lines = min(_MOST_LINES, max(1, len(choices)))
        self.list.setFixedSize(max(_WIDTHS[0], min(wide, _WIDTHS[1])), lines * theme.TARGET + 6)
        self._find(self.box.text())
        self.show_below(self.pos())

    def step(self, by: int) -> None:
        """Mark the next choice in sight."""
        row = self.list.currentRow() + by
        while 0 <= row < self.list.count():
            if not self.list.item(row).isHidden():
                self.list.setCurrentRow(row)
                return
            row += by

    def take(self) -> None:
        """Choose the marked one; a box hands Enter on after it took it, and that chooses nothing again."""
        item = self.list.currentItem()
        if self.list.currentRow() >= 0 and not item.isHidden() and not self._taken:
            self._taken = True
            self.close()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole), item.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Keys that the box does not take."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.take()
            return
        super().keyPressEvent(event)

    def _find(self, text: str) -> None:
        """One letter marks what begins with it; what holds it elsewhere stays in sight below."""
        wanted = fold(text)
        ranks: dict[int, int] = {}
        for number in range(self.list.count()):
            item = self.list.item(number)
            words = fold(item.text())
            item.setHidden(wanted not in words)
            if wanted in words:
                ranks[number] = 0 if words.startswith(wanted) else 1 if f" {wanted}" in words else 2
        self.list.setCurrentRow(min(ranks, key=ranks.__getitem__, default=-1))


class _Box(QLineEdit):
    """Up and Down walk the list below."""

    def __init__(self, popup: ChoicePopup) -> None:
        super().__init__(popup)
        self._popup = popup

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """The arrows belong to the list, Esc closes; all else as Qt does it."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            for _ in range(abs(steps[key])):
                self._popup.step(1 if steps[key] > 0 else -1)
        elif key == Qt.Key.Key_Escape:
            self._popup.close()
        else:
            super().keyPressEvent(event)
