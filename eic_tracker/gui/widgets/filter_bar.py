"""The line above a grid: search box, active filters as chips, and the menu that adds one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from eic_tracker.domain.names import fold
from eic_tracker.gui import icons, theme
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.i18n import Translator
from eic_tracker.queries.listing import Choice

TYPING_PAUSE = 150
"""Milliseconds of rest after which what was typed is searched; Enter searches at once."""


@dataclass(frozen=True, slots=True)
class FilterSpec:
    """A filter as people see it: its title (a message) and how a choice is worded."""

    name: str
    title: str
    words: Callable[[Choice, Translator], str]


class FilterBar(QWidget):
    """Search box and filters of a grid; `changed` says that rows are to be asked for anew."""

    changed = Signal()
    choices_wanted = Signal(str)
    """the name of the filter whose menu was opened"""

    def __init__(
        self, specs: Sequence[FilterSpec], hint: str, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._t = around.t
        self._specs = {spec.name: spec for spec in specs}
        self._active: list[tuple[str, str]] = []
        self._words: dict[tuple[str, str], str] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText(self._t(hint))
        self.search.setAccessibleName(self._t(hint))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(180)
        self.search.setMaximumWidth(340)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._add = QToolButton()
        self._add.setText(self._t("Filter"))
        self._add.setIcon(icons.icon("filter", around.colours))
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add.setAccessibleName(self._t("Add a filter"))
        self._add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._add)
        self._add.setMenu(self._menu)
        self._add.setVisible(bool(self._specs))
        self._menus: dict[str, _ChoiceMenu] = {}
        for spec in specs:
            menu = _ChoiceMenu(self._t(spec.title), self._t, self._menu)
            self._menus[spec.name] = menu
            self._menu.addMenu(menu)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, theme.SPACE)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(theme.SPACE)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.search, 2)
        line.addWidget(self._add)
        line.addWidget(self._chips, 5)
        line.addLayout(self.tools)
        self._pause.timeout.connect(self.changed)
        self.search.returnPressed.connect(self._on_return)
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self.search.textChanged.connect(self._on_text)
        for name, menu in self._menus.items():
            menu.aboutToShow.connect(lambda name=name: self.choices_wanted.emit(name))
            menu.chosen.connect(lambda code, words, name=name: self._on_chosen(name, code, words))

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The active filters in the order in which they were added."""
        return tuple(self._active)

    @property
    def words(self) -> Mapping[tuple[str, str], str]:
        """How the active filters read: "Sexo: Mujeres"."""
        return {each: self._words.get(each, each[1]) for each in self._active}

    def set_filters(self, filters: Sequence[tuple[str, str]], words: Mapping[tuple[str, str], str], text: str) -> None:
        """Set all at once, without asking for rows."""
        self._active = [(name, code) for name, code in filters if name in self._specs]
        self._words.update(words)
        blocked = self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(blocked)
        self._show_chips()

    def name_filter(self, name: str, code: str, words: str) -> None:
        """How a filter that came by its code reads."""
        self._words[name, code] = f"{self._t(self._specs[name].title)}: {words}"
        self._show_chips()

    def offer(self, name: str, choices: Sequence[Choice]) -> None:
        """The choices of a filter have been read."""
        spec = self._specs[name]
        worded = [(choice.code, spec.words(choice, self._t)) for choice in choices]
        self._menus[name].offer(worded)
        for code, words in worded:
            if (name, code) in self._active and (name, code) not in self._words:
                self.name_filter(name, code, words)

    def clear(self) -> None:
        """Take all filters and the typed text away."""
        if self._active or self.search.text():
            self.set_filters((), {}, "")
            self.changed.emit()

    def _on_return(self) -> None:
        self._pause.stop()
        self.changed.emit()

    def _on_text(self, text: str) -> None:
        if not text:
            self._pause.start()

    def _on_chosen(self, name: str, code: str, words: str) -> None:
        if (name, code) not in self._active:
            self._active.append((name, code))
        self.name_filter(name, code, words)
        self._menu.close()
        self.changed.emit()

    def _drop(self, each: tuple[str, str]) -> None:
        self._active.remove(each)
        self._show_chips()
        self._add.setFocus()
        self.changed.emit()

    def _show_chips(self) -> None:
        self._flow.drop_all()
        for each in self._active:
            words = self._words.get(each, each[1])
            chip = QToolButton()
            chip.setProperty("chip", True)
            chip.setText(f"{words}  ×")
            chip.setAccessibleName(self._t("Take the filter away: {filter}", filter=words))
            chip.setToolTip(chip.accessibleName())
            chip.clicked.connect(lambda _checked=False, each=each: self._drop(each))
            self._flow.addWidget(chip)
        self._chips.updateGeometry()


class _ChoiceMenu(QMenu):
    """The choices of one filter, with a box to find one when there are many."""

    chosen = Signal(str, str)

    def __init__(self, title: str, t: Translator, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._box = QLineEdit()
        self._box.setPlaceholderText(t("Find in the list"))
        self._box.setAccessibleName(t("Find in the list: {list}", list=title))
        self._list = _ChoiceList()
        self._list.setAccessibleName(title)
        self._state = QLabel(t("Reading…"))
        self._state.setProperty("muted", True)
        frame = QFrame()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self._box)
        inside.addWidget(self._state)
        inside.addWidget(self._list)
        holder = QWidgetAction(self)
        holder.setDefaultWidget(frame)
        self.addAction(holder)
        self._box.textChanged.connect(self._filter)
        self._box.returnPressed.connect(self._take_first)
        self._list.itemActivated.connect(self._take)
        self._list.itemClicked.connect(self._take)
        self.aboutToShow.connect(self._box.setFocus)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show these choices."""
        self._list.clear()
        for code, words in choices:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, code)
            self._list.addItem(item)
        self._state.setVisible(False)
        self._box.clear()
        self._list.setCurrentRow(0)
        width = max((self._list.sizeHintForColumn(0), 160)) + 40
        self._list.setMinimumSize(min(width, 420), min(12, max(2, len(choices))) * theme.TARGET)

    def _filter(self, text: str) -> None:
        wanted = fold(text)
        for number in range(self._list.count()):
            item = self._list.item(number)
            item.setHidden(wanted not in fold(item.text()))

    def _take_first(self) -> None:
        for number in range(self._list.count()):
            if not self._list.item(number).isHidden():
                self._take(self._list.item(number))
                return

    def _take(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole), item.text())
        self.close()


class _ChoiceList(QListWidget):
    """Enter takes a choice also inside a menu."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter activates; all else as Qt does it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
            return
        super().keyPressEvent(event)
