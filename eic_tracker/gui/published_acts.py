"""What can be done about the published figures: enter, change, explain, approve, print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.figure_rules import EXPLANATION_FIELDS, explanation_problems
from eic_tracker.domain.list_rules import tidied_fields
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui.dialogs.print_view import show_upright
from eic_tracker.gui.figure_fields import document_fields, document_of, figure_fields
from eic_tracker.gui.offering_acts import EDIT_KEYS, page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.i18n import N_
from eic_tracker.services.ledger_sheet import ledger_sheet
from eic_tracker.services.letters import source_problems
from eic_tracker.services.published import PublishedLine
from eic_tracker.services.published_figures import (
    ExplanationDraft,
    WaitingFigure,
    approve_explanation,
    explain_figure,
    waiting_figures,
)


class PublishedActs:
    """The buttons at the head of the ledger and what they do; `chosen` gives the figure in sight."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._around = page.around
        t = self._t = page.t
        given = right(page.around.acting, Action.PUBLISHED_FIGURES)
        self.enters = given is not Right.NO and not page.around.read_only
        self._approves = given is Right.ENTER_AND_APPROVE_OTHERS and not page.around.read_only
        self.chosen: PublishedLine | None = None
        self.new_button = QPushButton(t("Enter a figure…"))
        self.waiting_button = QPushButton()
        self.menu = QMenu(self.waiting_button)
        self.waiting_button.setMenu(self.menu)
        for button in (self.waiting_button, self.new_button):
            button.setAutoDefault(False)
            page.add_to_head(button)
        self.waiting_button.hide()
        self.new_button.setVisible(self.enters)
        self.new_button.setToolTip(t("Ctrl+N"))
        self.new_button.clicked.connect(self.enter)
        if self.enters:
            page_shortcut(EDIT_KEYS, page).activated.connect(self.change)

    def refresh(self) -> None:
        """Read what waits for approval."""
        self._page.read(waiting_figures, done=self._show_waiting, what="waiting")

    def enter(self) -> None:
        """The form of a new figure."""
        self._page.go_requested.emit(Place("published_form"))

    def change(self) -> None:
        """The form of the figure in sight."""
        if self.chosen is not None and self.enters:
            self._page.go_requested.emit(Place("published_form", state={"figure": self.chosen.figure.key}))

    def explain(self) -> None:
        """Ask for a cause with its document; the amount is never proposed."""
        line, t = self.chosen, self._t
        if line is None:
            return
        fields = [*figure_fields(EXPLANATION_FIELDS, {}, t, new=True), *document_fields(t)]
        told = t("A cause fills its part of the difference once another person approved it.")
        asked = AskFields(t("Explain the difference"), [told], fields, self._problems, self._around, self._window())
        asked.given.connect(partial(self._explain, line.figure.key))
        asked.start({})

    def print_sheet(self) -> None:
        """The sheet of all figures, seen before it is printed."""
        make = partial(ledger_sheet, t=self._t, as_of=self._around.today)
        show_upright(self._around, make, self._t("Published figures"), self._window())

    def _problems(self, values: Mapping[str, Any]) -> Sequence[DraftProblem]:
        problems = [
            *explanation_problems(tidied_fields(EXPLANATION_FIELDS, values)),
            *source_problems(document_of(values), self._around.today),
        ]
        missing = N_("This is needed.")
        return [*problems, *(DraftProblem(name, missing) for name in ("number", "dated", "page") if not values[name])]

    def _explain(self, key: str, values: Mapping[str, Any]) -> None:
        draft = ExplanationDraft(key, values, document_of(values), values["page"] or "")
        words = self._t("The cause is kept; another person approves it.")
        self._page.write(explain_figure, draft, said=lambda _key: words)

    def _show_waiting(self, waiting: tuple[WaitingFigure, ...]) -> None:
        t = self._t
        self.menu.clear()
        for each in waiting:
            words = f"{each.key}: {each.words} ({each.entered_by})".replace("&", "&&")
            if not each.is_explanation:
                self.menu.addAction(words, partial(self._open, each.key))
            elif self._approves and each.entered_by != self._around.acting.login:
                self.menu.addAction(t("Approve: {words}", words=words), partial(self._approve, each))
            else:
                self.menu.addAction(words).setEnabled(False)
        self.waiting_button.setText(t("Waiting for approval: {count}", count=t.number(len(waiting))))
        self.waiting_button.setVisible(bool(waiting) and self.enters)

    def _open(self, key: str) -> None:
        self._page.go_requested.emit(Place("published_form", state={"figure": key}))

    def _approve(self, waiting: WaitingFigure) -> None:
        words = self._t("The cause of {key} is approved.", key=waiting.key)
        self._page.write(approve_explanation, waiting.id, said=lambda _none: words)

    def _window(self) -> QWidget:
        return self._page.window()
