"""Tabs of a page: made when they are first shown; Ctrl+Tab and Ctrl+PgDn walk them.

Where they have no room they stand closer; where that does not do, a menu at the right names them all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QTabWidget, QToolButton, QVBoxLayout, QWidget

from eic_tracker.gui import theme

_SAVED = 12
"""Pixels by which a tab is narrower where they stand closer, as the style sheet has it."""


class Tabs(QTabWidget):
    """Each tab has a name; `shown` says which one came into sight, once its content is there."""

    shown = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._contents: dict[str, QWidget] = {}
        self._columns: dict[str, QVBoxLayout] = {}
        self.setDocumentMode(True)
        self.setAccessibleName(title)
        self.tabBar().setAccessibleName(title)
        self.tabBar().setDrawBase(False)
        self.tabBar().setExpanding(False)
        self.tabBar().setUsesScrollButtons(True)
        self._tight = False
        self.is_walking = False
        """a chord goes on to another tab: the keyboard comes along, also from the tabs, where it may only wait"""
        self.all = QToolButton()
        self.all.setText("…")
        self.all.setAccessibleName(title)
        self.all.setToolTip(title)
        self.all.setMinimumSize(theme.TARGET, theme.TARGET)
        menu = QMenu(self.all)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.all.setMenu(menu)
        self.all.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCornerWidget(self.all)
        self.all.hide()
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1), ("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.walk(step))
        self.currentChanged.connect(self._on_current)

    def add(self, name: str, title: str, make: Callable[[], QWidget]) -> None:
        """Add a tab whose content is made when it is first shown."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme.GAP, 0, 0)
        self._columns[name] = column
        self._names.append(name)
        self._makers[name] = make
        self.addTab(holder, title)

    def names(self) -> tuple[str, ...]:
        """The names of all tabs in order."""
        return tuple(self._names)

    def name(self) -> str:
        """The name of the tab in sight."""
        return self._names[self.currentIndex()]

    def content(self, name: str = "") -> QWidget | None:
        """What a tab holds (the one in sight where none is named), None before it was first shown."""
        return self._contents.get(name or self.name())

    def open(self, name: str) -> None:
        """Show a tab; a name that there is not, or that is hidden, changes nothing."""
        if name in self._names and self.isTabVisible(self._names.index(name)):
            self.setCurrentIndex(self._names.index(name))
        self._make(self.name())

    def walk(self, step: int) -> None:
        """Go on by some tabs, round and round; the keyboard stands in what comes into sight."""
        count = len(self._names)
        places = [(self.currentIndex() + step * number) % count for number in range(1, count + 1)]
        self.is_walking = True
        self.setCurrentIndex(next(place for place in places if self.isTabVisible(place)))
        self.is_walking = False

    def offer(self, name: str, offered: bool) -> None:
        """Have a tab, or leave it out where the record has nothing of the kind; the first one comes into sight then."""
        place = self._names.index(name)
        if not offered and place == self.currentIndex():
            self.setCurrentIndex(0)
        self.setTabVisible(place, offered)

    def setTabText(self, number: int, text: str) -> None:  # noqa: N802 - Qt's own name
        """Another title may need another room."""
        super().setTabText(number, text)
        self._give_room()

    def setTabVisible(self, number: int, visible: bool) -> None:  # noqa: N802 - Qt's own name
        """One more or less in sight."""
        super().setTabVisible(number, visible)
        self._give_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Look whether the tabs have room."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        bar = self.tabBar()
        count = sum(bar.isTabVisible(number) for number in range(bar.count()))
        needs = bar.sizeHint().width() + (count * _SAVED if self._tight else 0)
        tight = needs > self.width()
        if tight is not self._tight:
            self._tight = tight
            theme.mark(bar, "tight", "true" if tight else "")
            # Qt keeps the widths that it measured until the style changes
            QApplication.sendEvent(bar, QEvent(QEvent.Type.StyleChange))
        self.all.setVisible(needs - count * _SAVED > self.width())

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        for number, name in enumerate(self._names):
            if self.isTabVisible(number):
                action = menu.addAction(self.tabText(number))
                action.setCheckable(True)
                action.setChecked(number == self.currentIndex())
                action.triggered.connect(lambda _checked=False, name=name: self.open(name))

    def _make(self, name: str) -> bool:
        if name in self._contents:
            return False
        content = self._makers[name]()
        self._contents[name] = content
        self._columns[name].addWidget(content)
        # Qt would show it later, and the keyboard cannot go to what is not shown yet
        content.show()
        return True

    def _on_current(self, number: int) -> None:
        # the first tab is added before the page is ready to fill it: `open` makes it
        if self._contents and number >= 0:
            self._make(self._names[number])
            self.shown.emit(self._names[number])
