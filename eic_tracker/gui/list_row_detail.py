"""The row of a list where the keyboard stands: all that is said of it, and who of the file may be the same person."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eic_tracker.domain.matching import Sign
from eic_tracker.gui import theme
from eic_tracker.gui.list_words import person_words, row_words, sentences_of
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.i18n import Translator
from eic_tracker.services.list_review import ReviewedRow


class ListRowDetail(QWidget):
    """A decision is asked for where names alone do not say who is meant."""

    decided = Signal(bool, object)
    """whether it is the same person, and the key of that person"""

    def __init__(self, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = t
        self.said = sentence("")
        self.who = sentence("")
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, theme.GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for widget in (self.said, self.who, self._choices):
            column.addWidget(widget)
        self.show_row(None)

    @staticmethod
    def can_be_decided(row: ReviewedRow) -> bool:
        """Whether a person says who is meant; a number under a wholly different name is set right in the list."""
        return bool(row.candidates) and row.candidates[0].likeness.signs != (Sign.SAME_DOCUMENT,)

    def show_row(self, row: ReviewedRow | None) -> None:
        """Say what there is to be said."""
        t = self._t
        said = sentences_of(row, t) if row is not None else []
        self.said.setText(" ".join(said))
        self.said.setVisible(bool(said))
        self._flow.drop_all()
        asks = row is not None and self.can_be_decided(row)
        self.who.setVisible(asks)
        self._choices.setVisible(asks)
        if row is None or not asks:
            return
        self.who.setText(t("In the list: {person}", person=row_words(row, t)))
        for candidate in row.candidates:
            words = t("The same as {person}", person=person_words(candidate.person, t))
            key = candidate.person.id
            same = deed_button(Deed(words, lambda key=key: self.decided.emit(True, key)))  # type: ignore[misc]
            same.setToolTip("Ctrl+M")
            self._flow.addWidget(same)
        other = deed_button(Deed(t("Another person"), lambda: self.decided.emit(False, None)))
        other.setToolTip("Ctrl+J")
        self._flow.addWidget(other)
