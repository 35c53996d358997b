"""A small window below a button: which columns are shown, and in what order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QWidget,
)

from eic_tracker.gui import icons, theme
from eic_tracker.gui.theme import Colours, Tone
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.choice_popup import Popup
from eic_tracker.i18n import Translator

_MOST_LINES = 14


class ColumnChooser(Popup):
    """Marks show and hide; Alt with the arrows, the two buttons or the mouse move a column. Applied at once."""

    chosen = Signal(object)
    """list of (column number, shown) in their order"""
    restored = Signal()

    def __init__(
        self, columns: Sequence[tuple[int, str, bool]], t: Translator, colours: Colours, parent: QWidget
    ) -> None:
        super().__init__(t("Columns"), parent)
        self.list = _Columns()
        self.list.setAccessibleName(t("Columns"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._fill(columns)
        self.up = _arrow("chevron-up", t("Move the column forward"), colours)
        self.down = _arrow("chevron-down", t("Move the column back"), colours)
        self.reset = QPushButton(t("Restore"))
        self.reset.setAccessibleName(t("Restore the columns of this list"))
        self.reset.setAutoDefault(False)
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE)
        line.addWidget(self.up)
        line.addWidget(self.down)
        line.addStretch(1)
        line.addWidget(self.reset)
        self.inside.addWidget(self.list)
        self.inside.addLayout(line)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.list.model().rowsMoved.connect(lambda *_: self._tell())
        self.list.step_wanted.connect(self.move_current)
        self.up.clicked.connect(lambda: self.move_current(-1))
        self.down.clicked.connect(lambda: self.move_current(1))
        self.reset.clicked.connect(self.restored)
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_columns(self, columns: Sequence[tuple[int, str, bool]]) -> None:
        """Show another state, as after restoring."""
        self._fill(columns)

    def move_current(self, by: int) -> None:
        """Move the marked column."""
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count():
            blocked = self.list.blockSignals(True)
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentRow(row + by)
            self.list.blockSignals(blocked)
            self._tell()

    def _fill(self, columns: Sequence[tuple[int, str, bool]]) -> None:
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for number, title, shown in columns:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setSizeHint(QSize(0, theme.TARGET))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.blockSignals(blocked)
        lines = min(_MOST_LINES, max(2, len(columns)))
        widest = max(self.list.fontMetrics().horizontalAdvance(title) for _, title, _ in columns)
        self.list.setFixedSize(max(240, widest + 64), lines * theme.TARGET + 6)

    def _tell(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        self.chosen.emit(
            [(int(item.data(Qt.ItemDataRole.UserRole)), item.checkState() is Qt.CheckState.Checked) for item in items]
        )


class NamePopup(Popup):
    """Asks for a short name; Enter takes it, and of an empty one says that it is missing."""

    named = Signal(str)

    def __init__(self, title: str, given: str, t: Translator, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.box = QLineEdit(given)
        self.box.setMaxLength(60)
        self.box.setMinimumWidth(240)
        self.box.setAccessibleName(title)
        self.box.selectAll()
        self.save = QPushButton(t("Save"))
        self.save.setProperty("primary", True)
        self.save.setAutoDefault(False)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        line.addWidget(self.box, 1)
        line.addWidget(self.save)
        self.inside.addLayout(line)
        self.told = QLabel(t("Write a name first."))
        theme.mark(self.told, "tone", Tone.ERROR.value)
        self.told.hide()
        self.inside.addWidget(self.told)
        self.box.returnPressed.connect(self._take)
        self.save.clicked.connect(self._take)
        self.box.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take(self) -> None:
        name = " ".join(self.box.text().split())
        if name:
            self.close()
            self.named.emit(name)
            return
        self.told.show()
        self.adjustSize()
        announce(self.box, self.told.text())
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)


class _Columns(QListWidget):
    """Alt with the arrows moves the marked line."""

    step_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setUniformItemSizes(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Alt+Up and Alt+Down move; all else as Qt does it."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in steps:
            self.step_wanted.emit(steps[key])
            return
        super().keyPressEvent(event)


def _arrow(name: str, said: str, colours: Colours) -> QToolButton:
    button = QToolButton()
    icons.dress(button, name, colours)
    button.setAccessibleName(said)
    button.setToolTip(said)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
