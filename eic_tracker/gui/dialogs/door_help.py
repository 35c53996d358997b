"""The help of a door: nobody has signed in yet, so there is no page to go to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from eic_tracker.gui import help_texts
from eic_tracker.gui.widgets.dialog_frame import DialogFrame
from eic_tracker.i18n import Translator


class DoorHelp(DialogFrame):
    """One page of the help over the door; Esc goes back to where one typed."""

    def __init__(self, page: str, t: Translator, parent: QWidget | None = None) -> None:
        title = help_texts.page_title(page, t.language)
        super().__init__(title, QSize(560, 480), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.page = page
        self.text = QTextBrowser()
        self.text.setAccessibleName(title)
        self.text.setOpenLinks(False)
        _heading, _line, rest = help_texts.page_help(page, t.language).partition("\n")
        self.text.setMarkdown(rest)
        self.body.addWidget(self.text, 1)
        self.close_button = self.add_button(t("Close"), primary=True)
        self.close_button.clicked.connect(self.accept)
        self.text.setFocus()
