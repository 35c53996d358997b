"""Asks why, in the person's own words; the answer stands in the journal."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from eic_tracker.domain.drafts import tidy, writable
from eic_tracker.gui import theme
from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.i18n import Translator

LONGEST = 300
_SHORTEST = 3


class AskReason(DialogFrame):
    """One line; the button works once something is written."""

    def __init__(self, question: str, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(t("Reason"), QSize(480, 250), parent)
        words = QLabel(question)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        label = QLabel(t("&Reason"))
        self.edit = QLineEdit()
        self.edit.setMaxLength(LONGEST)
        self.edit.setMinimumHeight(theme.TARGET)
        self.edit.setAccessibleName(t("Reason"))
        self.edit.setAccessibleDescription(question)
        self.edit.setPlaceholderText(t("For example: list for the ministry, letter 112-2019"))
        self.edit.setToolTip(self.edit.placeholderText())
        label.setBuddy(self.edit)
        self.body.addWidget(words)
        self.body.addWidget(label)
        self.body.addWidget(self.edit)
        self.body.addStretch(1)
        self.cancel = self.add_button(t("Cancel"))
        self.go_on = self.add_button(t("Go on"), primary=True)
        self.go_on.setEnabled(False)
        self.cancel.clicked.connect(self.reject)
        self.go_on.clicked.connect(self.accept)
        self.edit.textChanged.connect(lambda _text: self.go_on.setEnabled(self._enough()))
        self.edit.returnPressed.connect(self._on_return)
        self.edit.setFocus()

    def reason(self) -> str:
        """What was written, tidied."""
        return tidy(self.edit.text())

    def _enough(self) -> bool:
        return len(self.reason()) >= _SHORTEST and writable(self.reason())

    def _on_return(self) -> None:
        if self._enough():
            self.accept()


def ask_reason(parent: QWidget, t: Translator, question: str) -> str | None:
    """The reason that the person gives, or None where they would rather not go on."""
    dialog = AskReason(question, t, parent)
    try:
        return dialog.reason() if dialog.exec() else None
    finally:
        dialog.deleteLater()
