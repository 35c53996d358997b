"""What a message, an empty list or a card offers to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton

from eic_tracker.gui import theme


@dataclass(frozen=True, slots=True)
class Deed:
    """The words of a button, already in the person's language, and what it does."""

    text: str
    act: Callable[[], object]


def deed_button(deed: Deed, *, look: str = "") -> QPushButton:
    """A button that does it; `look` is a property of the style sheet: primary, link or none."""
    button = QPushButton(deed.text)
    button.setAutoDefault(False)
    button.setMinimumHeight(theme.TARGET)
    if look:
        button.setProperty(look, True)
    button.clicked.connect(lambda _checked=False: deed.act())
    return button
