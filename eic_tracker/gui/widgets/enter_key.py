"""Enter presses the button that has the keyboard, as Space does; Qt leaves that out outside its own dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QToolButton

_PLAIN = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}


def press_with_enter(event: QKeyEvent) -> bool:
    """Press the button with the keyboard where the key is Enter and the button left it; whether it did."""
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or event.modifiers() not in _PLAIN:
        return False
    button = QApplication.focusWidget()
    if event.isAutoRepeat() or not isinstance(button, QPushButton | QToolButton) or not button.isEnabled():
        return False
    menu: QMenu | None = button.menu()
    if isinstance(button, QToolButton) and button.popupMode() is not QToolButton.ToolButtonPopupMode.InstantPopup:
        menu = None
    if menu is not None:
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    else:
        button.click()
    return True
