"""One of a list, found by typing: accents, hyphens and capitals do not matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QToolButton, QWidget

from eic_tracker.domain.names import fold
from eic_tracker.gui import icons, theme
from eic_tracker.gui.theme import Colours

Key = int | str

_ARROW = 16
_ARROW_ROOM = 32


class ReferenceBox(QLineEdit):
    """`value()` is the key of what was chosen, None where it is empty, the text itself where that is none of the list.

    Down or Alt+Down show the list; leaving the line takes the only one that the text can mean."""

    changed = Signal()

    def __init__(self, label: str, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: dict[str, Key] = {}
        self._folded: dict[str, str] = {}
        self._key: Key | None = None
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(12)
        completer.setWidget(self)
        self.finder = completer
        self._popup = QListView()
        completer.setPopup(self._popup)
        self._popup.setAccessibleName(label)
        self._popup.installEventFilter(self)
        self.setAccessibleName(label)
        self.setMinimumHeight(theme.TARGET)
        self._arrow = QToolButton(self)
        icons.dress(self._arrow, "chevron-down", colours, _ARROW)
        self._arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._arrow.setCursor(Qt.CursorShape.ArrowCursor)
        self._arrow.setAccessibleName(label)
        self._arrow.clicked.connect(self.show_all)
        self.setTextMargins(0, 0, _ARROW_ROOM - theme.GAP, 0)
        self.textEdited.connect(self._on_edited)
        completer.activated.connect(self._take)

    def offer(self, choices: Mapping[Any, str]) -> None:
        """What can be chosen: name by key, in the order of the list; names that are alike get their key beside."""
        key = self._key
        self._names = {}
        for each, name in choices.items():
            self._names[name if name not in self._names else f"{name} ({each})"] = each
        self._folded = {name: fold(name) for name in self._names}
        if key is not None:
            self.set_value(key)

    def offered(self) -> frozenset[Key]:
        """The keys that can be chosen."""
        return frozenset(self._names.values())

    def value(self) -> Key | None:
        """The key of what is chosen; see the class."""
        if self._key is not None:
            return self._key
        only = self._only_one()
        return self._names[only] if only is not None else (self.text().strip() or None)

    def set_value(self, key: Key | None) -> None:
        """Choose by key; one that is not offered is kept and shown as it is."""
        self._key = key
        self.setText(next((name for name, each in self._names.items() if each == key), "" if key is None else str(key)))
        self.setCursorPosition(0)

    def restore(self, kept: Key) -> None:
        """Choose a key that is offered; any other text is written as it was typed."""
        self.set_value(kept)
        if kept not in self._names.values():
            self._key = None

    def found(self) -> list[str]:
        """The names that hold every word of the text."""
        words = fold(self.text()).split()
        return [name for name, held in self._folded.items() if all(word in held for word in words)]

    def show_all(self) -> None:
        """Show the whole list below the line, the chosen one marked."""
        self._show(list(self._names))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """The arrow stays at the right end."""
        super().resizeEvent(event)
        self._arrow.setGeometry(self.width() - _ARROW_ROOM - 2, 2, _ARROW_ROOM, self.height() - 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Down opens the list; all else is typing."""
        if event.key() == Qt.Key.Key_Down:
            self.show_all()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """What was typed in part is taken where it can only mean one."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Enter in the list takes the marked one, or the first; it never saves the form behind it."""
        popup = self._popup
        if (
            watched is popup
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
        ):
            index = popup.currentIndex()
            name = index.data() if index.isValid() else next(iter(self._model.stringList()), None)
            popup.hide()
            if name is not None:
                self._take(name)
            if event.key() == Qt.Key.Key_Tab:
                self.focusNextChild()
            return True
        return super().eventFilter(watched, event)

    def _on_edited(self, text: str) -> None:
        self._key = None
        names = self.found() if text.strip() else []
        if names:
            self._show(names)
        else:
            self._popup.hide()
        self.changed.emit()

    def _show(self, names: list[str]) -> None:
        self._model.setStringList(names)
        self.finder.complete()
        chosen = next((place for place, name in enumerate(names) if self._names[name] == self._key), None)
        if chosen is not None and self._key is not None:
            self._popup.setCurrentIndex(self.finder.completionModel().index(chosen, 0))

    def _take(self, name: str) -> None:
        if name in self._names:
            self._key = self._names[name]
            self.setText(name)
            self.changed.emit()

    def _settle(self) -> None:
        only = self._only_one() if self._key is None else None
        if only is not None:
            self._key = self._names[only]
            self.setText(only)

    def _only_one(self) -> str | None:
        """The name that the text means: the only one that is written so, or that holds its words."""
        if not self.text().strip():
            return None
        names = self.found()
        same = [name for name in names if self._folded[name] == fold(self.text())]
        return same[0] if len(same) == 1 else names[0] if len(names) == 1 else None
