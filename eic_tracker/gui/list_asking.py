"""What a list wants to know before it is stored: one open question at a time, its repairs, its exceptions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from eic_tracker.exchange.questions import SHEET
from eic_tracker.gui import theme
from eic_tracker.gui.list_words import option_words
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.ask_fields import AskFields, ask_authorisation
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.i18n import Translator
from eic_tracker.services.list_review import Review

_MOST_SAID = 4
"""So many different exceptions are told when it is asked who authorises them."""


def ask_exceptions(review: Review, around: Surroundings, parent: QWidget) -> AskFields:
    """Ask who authorises the exceptions of a reviewed list; the form, begun."""
    said = {row.problems[-1].text(around.t) for row in review.rows if row.exception}
    dialog = ask_authorisation(sorted(said)[:_MOST_SAID], around, parent)
    dialog.start({})
    return dialog


class ListAsking(QWidget):
    """Nothing is chosen for the person: what is proposed only has the keyboard first."""

    answered = Signal(str, str)
    """the key of a question and the option chosen"""
    repairs_chosen = Signal(bool)
    authorisation_wanted = Signal()
    courses_wanted = Signal()
    """each sheet is the list of a course of its own"""

    def __init__(self, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = t
        self.options: dict[str, QPushButton] = {}
        self._proposal = ""
        self.question = sentence("", tone=Tone.WARNING)
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, theme.GAP)
        self.repairs = deed_button(Deed("", self._on_repairs), look="link")
        self.exceptions = deed_button(Deed(t("Who authorises it?"), self.authorisation_wanted.emit), look="link")
        self._accepted = True
        self._more = QWidget()
        more = FlowLayout(self._more, theme.GAP)
        more.addWidget(self.repairs)
        more.addWidget(self.exceptions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for widget in (self.question, self._choices, self._more):
            column.addWidget(widget)
        self.clear()

    def clear(self) -> None:
        """Nothing is asked."""
        self.options = {}
        self._flow.drop_all()
        for widget in (self.question, self._choices, self.repairs, self.exceptions, self._more, self):
            widget.hide()

    def first_focus(self) -> QWidget | None:
        """What is proposed for the open question."""
        return self.options.get(self._proposal)

    def show_review(self, review: Review, repairs: int, *, accepted: bool) -> None:
        """Ask what is open; `repairs` are in sight in the rows where they are accepted."""
        self.clear()
        t = self._t
        questions = review.read.questions
        if questions:
            asked = questions[0]
            left = t.plural("{count} question is open.", "{count} questions are open.", len(questions))
            self.question.setText(f"{left} {t(asked.message, **asked.values)}")
            self._proposal = asked.proposal
            for option in asked.options:
                act = Deed(option_words(asked, option, t), lambda o=option: self.answered.emit(asked.key, o))  # type: ignore[misc]
                self.options[option] = deed_button(act)
                self._flow.addWidget(self.options[option])
            if asked.key == SHEET:
                self._flow.addWidget(deed_button(Deed(t("Each sheet is a course…"), self.courses_wanted.emit)))
            self.question.show()
            self._choices.show()
        self._accepted = accepted
        exceptions = sum(row.exception for row in review.rows)
        if repairs or not accepted:
            self.repairs.setText(
                t.plural(
                    "Refuse {count} repair (before → after in the rows)",
                    "Refuse all {count} repairs (before → after in the rows)",
                    repairs,
                )
                if accepted
                else t("Accept the repairs of this list")
            )
            self.repairs.show()
        self.exceptions.setVisible(exceptions > 0)
        self._more.setVisible(bool(repairs or not accepted or exceptions))
        self.setVisible(bool(questions or repairs or not accepted or exceptions))

    def _on_repairs(self) -> None:
        self.repairs_chosen.emit(not self._accepted)
