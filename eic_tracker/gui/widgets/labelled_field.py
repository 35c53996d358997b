"""A field of a form: its label, a line to type in, a hint, and what is wrong with it right under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.theme import Colours, Tone
from eic_tracker.gui.widgets import field_lines
from eic_tracker.gui.widgets.field_lines import ProblemLine
from eic_tracker.i18n import Translator


class LabelledField(QWidget):
    """`edit` is the line; a problem turns its frame red and goes away when the person types."""

    def __init__(self, label: str, colours: Colours, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = label.replace("&", "")
        self.label = QLabel(label)
        self.edit = QLineEdit()
        self.edit.setMinimumHeight(theme.TARGET)
        self.edit.setAccessibleName(name)
        self.label.setBuddy(self.edit)
        self._told = ProblemLine(self.edit, hint, colours)
        self.line = QHBoxLayout()
        self.line.setSpacing(theme.GAP)
        self.line.addWidget(self.edit, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.label)
        column.addLayout(self.line)
        column.addWidget(field_lines.hint(hint))
        column.addWidget(self._told)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.edit.textEdited.connect(lambda _text: self.set_problem(""))

    def text(self) -> str:
        """What stands in it."""
        return self.edit.text()

    def problem(self) -> str:
        """What is wrong with it, as it is shown; empty where nothing is."""
        return self._told.problem()

    def set_problem(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self._told.set_problem(text)


class PasswordField(LabelledField):
    """A password: never shown, and a hint while capital letters are locked."""

    def __init__(
        self, label: str, t: Translator, colours: Colours, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(label, colours, hint, parent)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._caps = QLabel(t("Capital letters are locked (Caps Lock)."))
        self._caps.setProperty("tone", Tone.WARNING.value)
        self._caps.setWordWrap(True)
        self._caps.hide()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(2, self._caps)
        self.edit.installEventFilter(self)

    def capitals_locked(self) -> bool:
        """Whether the hint about Caps Lock is shown."""
        return not self._caps.isHidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """A letter tells: a capital without Shift, or a small one with it. Qt has no other way to ask."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            text = event.text()
            if event.key() == Qt.Key.Key_CapsLock:
                self._caps.hide()
            elif len(text) == 1 and text.isalpha() and text.lower() != text.upper():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._caps.setVisible(text.isupper() is not shift)
        return super().eventFilter(watched, event)
