"""One registry of what can be done: menus, the search box, shortcuts and the sheet of shortcuts are made from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from eic_tracker.i18n import Language, Translator


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done anywhere in the window; `text` is a message, `keys` all work side by side."""

    name: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    words: str = ""
    """further words by which the search box finds it, a message"""


class CommandSet:
    """The commands of a window as Qt actions, by name."""

    def __init__(self, owner: QWidget, t: Translator) -> None:
        self._owner = owner
        self._t = t
        self.commands: dict[str, Command] = {}
        self.actions: dict[str, QAction] = {}

    def add(self, command: Command, act: Callable[[], None], icon: QIcon | None = None) -> QAction:
        """Register a command; a shortcut that another command holds is a mistake of ours."""
        taken = {key for each in self.commands.values() for key in each.keys}
        assert not taken.intersection(command.keys), f"{command.name}: a shortcut is taken"
        action = QAction(self._t(command.text), self._owner)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if icon is not None:
            action.setIcon(icon)
        action.triggered.connect(lambda _checked=False: act())
        self._owner.addAction(action)
        self.commands[command.name] = command
        self.actions[command.name] = action
        self.say(command.name, action.text())
        return action

    def say(self, name: str, words: str) -> None:
        """Name a command in the menus, with its keys as buttons write them: Qt's Spanish calls Ctrl another name."""
        keys = self.commands[name].keys[:1]
        self.actions[name].setText(f"{words}\t{key_words(keys, self._t)}" if keys else words)

    def clear(self) -> None:
        """Forget all, as before the window is made anew."""
        for action in self.actions.values():
            self._owner.removeAction(action)
            action.deleteLater()
        self.commands.clear()
        self.actions.clear()

    def enable(self, bar: QMenuBar, *, everything: bool, always: Collection[str]) -> None:
        """Let all be chosen, or only what always can be; a menu with nothing to choose looks so in the bar, too."""
        for name, action in self.actions.items():
            action.setEnabled(everything or name in always or self.commands[name].menu == "view")
        for menu in bar.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
            menu.menuAction().setEnabled(any(action.isEnabled() for action in menu.actions()))

    def of_menu(self, menu: str) -> Sequence[str]:
        """The names of a menu's commands in their order."""
        return [name for name, command in self.commands.items() if command.menu == menu]


def command_words(action: QAction) -> str:
    """What a command is called, without the letter of its menu and its keys."""
    return action.text().partition("\t")[0].replace("&", "")


_SPANISH_KEYS = {
    "Left": "Izquierda",
    "Right": "Derecha",
    "Return": "Intro",
    "Shift": "Mayús",
    "Del": "Supr",
    "PgDown": "Av Pág",
    "PgUp": "Re Pág",
    "Home": "Inicio",
    "End": "Fin",
}
"""What Spanish keyboards write on their keys."""


def key_words(keys: Sequence[str], t: Translator) -> str:
    """Shortcuts as keyboards write them: Ctrl+K, Alt+Izquierda."""
    names = _SPANISH_KEYS if t.language is Language.ES else {"Return": "Enter"}
    return " · ".join("+".join(names.get(part, part) for part in key.split("+")) for key in keys)
