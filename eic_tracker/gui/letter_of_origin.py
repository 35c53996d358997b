"""The letter that names the people who are entered now: said once, it stays until another is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import ask_source, source_of
from eic_tracker.services.letters import SourceDraft, last_source


class LetterOfOrigin(QPushButton):
    """A link that says which letter it is; it asks for another and offers the last one."""

    said = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self.source: SourceDraft | None = None
        self.is_said = False
        """whether somebody said which letter it is, or that there is none"""
        self.setAutoDefault(False)
        self.setMinimumHeight(theme.TARGET)
        self.setProperty("link", True)
        self.clicked.connect(lambda _checked=False: self._ask())
        self._show()

    def _ask(self) -> None:
        around = self._around
        dialog = ask_source(around, self)
        dialog.given.connect(self._on_given)
        none = dialog.add_button(around.t("There is no letter"))
        none.clicked.connect(dialog.accept)
        none.clicked.connect(self._on_none)
        dialog.buttons.insertWidget(0, none)

        def start(last: SourceDraft | None) -> None:
            offered = self.source or last or SourceDraft()
            dialog.start({"number": offered.number, "dated": offered.dated, "sender": offered.sender})

        around.jobs.read(last_source, around.acting, owner=dialog, done=start)

    def ask_anew(self) -> None:
        """Another list begins: the letter of the one before is offered, that there was none is not."""
        self.is_said = self.source is not None
        self._show()

    def _on_given(self, values: Mapping[str, Any]) -> None:
        self._say(source_of(values))

    def _on_none(self) -> None:
        self._say(None)

    def _say(self, source: SourceDraft | None) -> None:
        self.source, self.is_said = source, True
        self._show()
        self.said.emit()

    def _show(self) -> None:
        t = self._around.t
        if self.source is None:
            self.setText(t("Letter of origin: none") if self.is_said else t("Letter of origin…"))
        else:
            self.setText(t("Letter of origin: {letter}", letter=self.source.number or self.source.sender))
