"""What a field of a form is typed or chosen in: its value, and what of it is kept while it is half typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.date_field import DateField
from eic_tracker.gui.widgets.reference_box import Key, ReferenceBox

_NAME_LINES = 4


class Editor(Protocol):
    """A field's control: `value` as a draft takes it; `kept` as JSON holds what is half typed."""

    @property
    def widget(self) -> QWidget:
        """The control itself."""

    def value(self) -> object:
        """What stands there; a text that means nothing is handed over as it is, for the rules to name."""

    def set_value(self, value: Any) -> None:
        """Write a value of a row."""

    def kept(self) -> Any:
        """What is kept of it before it is saved."""

    def restore(self, kept: Any) -> None:
        """Bring back what was kept; what makes no sense is left out."""

    def on_change(self, act: Callable[[], None]) -> None:
        """Call `act` whenever the person changes it."""


MakeEditor = Callable[[str, Surroundings], Editor]


class LineEditor:
    """A line of text; `secret` ones (passwords) are never kept."""

    def __init__(self, label: str, *, longest: int = 400, secret: bool = False) -> None:
        self.widget = QLineEdit()
        self.widget.setMinimumHeight(theme.TARGET)
        self.widget.setMaxLength(longest)
        self.widget.setAccessibleName(label)
        self._secret = secret
        if secret:
            self.widget.setEchoMode(QLineEdit.EchoMode.Password)

    def value(self) -> object:
        """The text; None where there is none."""
        return self.widget.text() or None

    def set_value(self, value: Any) -> None:
        """Write a text."""
        self.widget.setText("" if value is None else str(value))
        self.widget.setCursorPosition(0)

    def kept(self) -> Any:
        """The text, unless it is secret."""
        return None if self._secret else self.widget.text()

    def restore(self, kept: Any) -> None:
        """Bring back a text."""
        if isinstance(kept, str):
            self.widget.setText(kept)

    def on_change(self, act: Callable[[], None]) -> None:
        """Every key."""
        self.widget.textChanged.connect(lambda _text: act())


class NumberEditor(LineEditor):
    """A whole number; any other text is handed over as it is."""

    def value(self) -> object:
        """The number, None, or the text that is none."""
        text = self.widget.text().strip()
        digits = text.replace(",", "")
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else text or None


_MOST_LETTERS = 22
"""Of the longest choice, that a form is made as wide for; what is longer gets the room that there is."""


class ChoiceEditor:
    """One of a few; `nothing` is the line for none of them, where that is allowed."""

    def __init__(self, label: str, choices: Sequence[tuple[Key, str]], nothing: str | None) -> None:
        self.widget = QComboBox()
        self.widget.setMinimumHeight(theme.TARGET)
        self.widget.setAccessibleName(label)
        self._codes: list[Key | None] = []
        if nothing is not None:
            self._codes.append(None)
            self.widget.addItem(nothing)
        for code, words in choices:
            self._codes.append(code)
            self.widget.addItem(words)
        # a long name of a programme must not push the form out of its place
        longest = max((len(self.widget.itemText(place)) for place in range(self.widget.count())), default=0)
        if longest > _MOST_LETTERS:
            self.widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.widget.setMinimumContentsLength(_MOST_LETTERS)

    def value(self) -> object:
        """The code of what is chosen."""
        place = self.widget.currentIndex()
        return self._codes[place] if 0 <= place < len(self._codes) else None

    def set_value(self, value: Any) -> None:
        """Choose by code."""
        self.widget.setCurrentIndex(self._codes.index(value) if value in self._codes else -1)

    def kept(self) -> Any:
        """The code."""
        return self.value()

    def restore(self, kept: Any) -> None:
        """Choose what was chosen."""
        if isinstance(kept, str | int) and kept in self._codes:
            self.set_value(kept)

    def on_change(self, act: Callable[[], None]) -> None:
        """Every choice."""
        self.widget.currentIndexChanged.connect(lambda _place: act())


class ReferenceEditor:
    """One of a longer list, found by typing."""

    def __init__(self, label: str, choices: Mapping[Any, str], around: Surroundings) -> None:
        self.widget = ReferenceBox(label, around.colours)
        self.widget.offer(choices)

    def value(self) -> object:
        """The key, None, or a text that is none of the list."""
        return self.widget.value()

    def set_value(self, value: Any) -> None:
        """Choose by key."""
        self.widget.set_value(value)

    def kept(self) -> Any:
        """The key or the text."""
        return self.widget.value()

    def restore(self, kept: Any) -> None:
        """Choose again, or write what was typed."""
        if isinstance(kept, str | int):
            self.widget.restore(kept)

    def on_change(self, act: Callable[[], None]) -> None:
        """Every key and every choice."""
        self.widget.changed.connect(act)


class DateEditor:
    """A day as people write it."""

    def __init__(self, label: str, around: Surroundings) -> None:
        self.widget = DateField(label, around)

    def value(self) -> object:
        """The day, None, or the text that is no day."""
        return self.widget.value()

    def set_value(self, value: Any) -> None:
        """Write a day."""
        self.widget.set_value(value if isinstance(value, dt.date) else None)

    def kept(self) -> Any:
        """A day as ISO writes it, else the text."""
        value = self.widget.value()
        return value.isoformat() if isinstance(value, dt.date) else value

    def restore(self, kept: Any) -> None:
        """Write it again."""
        self.widget.edit.setText(kept if isinstance(kept, str) else "")
        value = self.widget.value()
        if isinstance(value, dt.date):
            self.widget.set_value(value)

    def on_change(self, act: Callable[[], None]) -> None:
        """Every key."""
        self.widget.changed.connect(act)


class TickEditor:
    """Yes or no; the label stands beside the box."""

    def __init__(self, label: str) -> None:
        self.widget = QCheckBox(label)

    def value(self) -> object:
        """Whether it is ticked."""
        return self.widget.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick it or not."""
        self.widget.setChecked(value is True)

    def kept(self) -> Any:
        """Whether it is ticked."""
        return self.widget.isChecked()

    def restore(self, kept: Any) -> None:
        """As it was."""
        self.widget.setChecked(kept is True)

    def on_change(self, act: Callable[[], None]) -> None:
        """Every tick."""
        self.widget.toggled.connect(lambda _on: act())


class NamesEditor:
    """Several names, one a line; Tab goes on to the next field."""

    def __init__(self, label: str) -> None:
        self.widget = QPlainTextEdit()
        self.widget.setAccessibleName(label)
        self.widget.setTabChangesFocus(True)
        self.widget.setFixedHeight(self.widget.fontMetrics().lineSpacing() * _NAME_LINES + 20)

    def value(self) -> object:
        """The names as a tuple."""
        return tuple(line.strip() for line in self.widget.toPlainText().splitlines() if line.strip())

    def set_value(self, value: Any) -> None:
        """Write names."""
        self.widget.setPlainText("\n".join(value or ()))

    def kept(self) -> Any:
        """The text."""
        return self.widget.toPlainText()

    def restore(self, kept: Any) -> None:
        """The text again."""
        if isinstance(kept, str):
            self.widget.setPlainText(kept)

    def on_change(self, act: Callable[[], None]) -> None:
        """Every key."""
        self.widget.textChanged.connect(act)
