"""Keys that two things in sight would both answer to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QMenuBar, QTabBar, QWidget

from tests.shots.checks import Finding, in_sight, path_of


@dataclass(frozen=True, slots=True)
class Key:
    """A shortcut or an underlined letter, the widget it works in, and what it does."""

    sequence: str
    scope: QWidget
    does: str
    owner: QWidget


def ambiguous(root: QWidget, page: str) -> list[Finding]:
    """Shortcuts and underlined letters that work at the same time on the same keys."""
    by_keys: dict[str, list[Key]] = defaultdict(list)
    for key in {(key.sequence, id(key.owner), key.does): key for key in keys_of(root)}.values():
        by_keys[key.sequence].append(key)
    found = []
    for sequence, keys in by_keys.items():
        for number, one in enumerate(keys):
            for other in keys[number + 1 :]:
                if _meet(one.scope, other.scope):
                    what = f"{sequence} does “{one.does}” and “{other.does}”"
                    found.append(Finding(page, path_of(other.owner, root), what))
    return found + _letters_of_menus(root, page)


def keys_of(root: QWidget) -> Iterator[Key]:
    """All keys that do something now."""
    window = root.window()
    for widget in {window, *window.findChildren(QWidget)}:
        if widget.window() is not window or not (widget is window or widget.isVisible()):
            continue
        for action in widget.actions():
            if not isinstance(widget, QMenu) and action.isEnabled() and action.isVisible():
                yield from _of_action(action, widget, window)
        for shortcut in widget.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if shortcut.isEnabled():
                scope = window if shortcut.context() is Qt.ShortcutContext.WindowShortcut else widget
                for sequence in QShortcut.keys(shortcut):
                    yield Key(sequence.toString(), scope, f"shortcut of {type(widget).__name__}", widget)
    for widget in in_sight(window):
        for text in _letters(widget):
            mnemonic = QKeySequence.mnemonic(text)
            if not mnemonic.isEmpty():
                yield Key(mnemonic.toString(), window, text, widget)


def _of_action(action: QAction, widget: QWidget, window: QWidget) -> Iterator[Key]:
    wide = action.shortcutContext() in {Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut}
    for sequence in action.shortcuts():
        yield Key(sequence.toString(), window if wide else widget, action.text(), widget)


def _letters(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractButton) and widget.isEnabled():
        yield widget.text()
    elif isinstance(widget, QLabel):
        buddy: QWidget | None = widget.buddy()
        if buddy is not None:
            yield widget.text()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(number) for number in range(widget.count()))
    elif isinstance(widget, QMenuBar):
        yield from (action.text() for action in widget.actions() if action.isVisible() and action.isEnabled())


def _meet(one: QWidget, other: QWidget) -> bool:
    """Whether there is a place of the keyboard at which both would answer."""
    return one is other or one.isAncestorOf(other) or other.isAncestorOf(one)


def _letters_of_menus(root: QWidget, page: str) -> list[Finding]:
    found = []
    for menu in root.findChildren(QMenu):
        taken: dict[str, str] = {}
        for action in menu.actions():
            letter = QKeySequence.mnemonic(action.text()).toString()
            if letter and letter in taken:
                what = f"{letter} is “{taken[letter]}” and “{action.text()}” in one menu"
                found.append(Finding(page, menu.title() or "menu", what))
            taken[letter] = action.text()
    return found
