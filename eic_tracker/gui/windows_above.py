"""What stands above the window: dialogs, menus, popups; a lock hides them, a change of user must not inherit them."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget


def close_windows_above(window: QWidget) -> None:
    """Close all that belongs to a window and stands above it; what a dialog asked is answered with no."""
    QToolTip.hideText()
    for each in QApplication.topLevelWidgets():
        if shiboken6.isValid(each) and each.isVisible() and _belongs_to(each, window):
            if isinstance(each, QDialog):
                each.reject()
            else:
                each.close()
            if shiboken6.isValid(each):
                each.hide()


def _belongs_to(widget: QWidget, window: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and above is not window:
        above = above.parentWidget()
    return above is window
