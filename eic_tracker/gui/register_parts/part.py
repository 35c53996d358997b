"""What the parts of the page of the register share: they read, write and ask through their page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.gui import theme
from eic_tracker.gui.dialogs.ask_reason import ask_reason
from eic_tracker.gui.dialogs.print_view import show_upright
from eic_tracker.gui.leaving_words import leaving_question
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.tabbed_grids import TabPart
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.services.exports import Leaving, note_export

Check = Callable[[Mapping[str, Any]], Sequence[DraftProblem]]
Given = Callable[[Mapping[str, Any]], None]


class RegisterPart(TabPart):
    """A column with a row of buttons above what is shown."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.page, self.around, self.t = page, page.around, page.t
        self.ask = ask_reason
        self.show_sheet = show_upright
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, theme.GAP, 0, 0)
        self.column.setSpacing(theme.GAP)
        tools = QWidget(self)
        self.tools = FlowLayout(tools, theme.GAP)
        self.column.addWidget(tools)

    def refresh(self) -> None:
        """Read again."""
        raise NotImplementedError

    def restore(self, state: Mapping[str, Any]) -> None:
        """Read; nothing else is kept."""
        self.refresh()

    def add_deed(self, words: str, act: Callable[[], object], *, shown: bool = True, keys: str = "") -> QPushButton:
        """A button of the row above."""
        button = deed_button(Deed(words, act))
        button.setToolTip(keys)
        self.tools.addWidget(button)
        button.setVisible(shown)
        return button

    def ask_fields(
        self,
        title: str,
        said: Sequence[str],
        fields: Sequence[FormField],
        check: Check,
        given: Given,
        start: Mapping[str, Any] | None = None,
    ) -> AskFields:
        """Ask for a few fields in between."""
        dialog = AskFields(title, said, fields, check, self.around, self.window())
        dialog.given.connect(given)
        dialog.start(start or {})
        return dialog

    def show_naming(self, make: Callable[..., Any], title: str, label: str, leaving: Leaving) -> None:
        """Show a paper that names people once that is noted in the journal; `make` is given the `note`."""
        reason = ""
        if leaving.needs_reason:
            given = self.ask(self.window(), self.t, leaving_question(leaving.people, self.t))
            if given is None:
                return
            reason = given
        if not leaving.people:
            self._show_sheet(make, title, None)
            return
        self.around.jobs.write(
            note_export,
            self.around.acting,
            label,
            leaving.people,
            reason,
            owner=self,
            done=partial(self._show_sheet, make, title),
            failed=self.page.tell_failure,
        )

    def _show_sheet(self, make: Callable[..., Any], title: str, note: int | None) -> None:
        if self.isVisible():
            # else the window was locked, or another page opened, meanwhile: nothing comes up over that
            self.show_sheet(self.around, partial(make, note=note), title, self.window())
