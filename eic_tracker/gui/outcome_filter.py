"""What the rows of a list are, counted; each count is a button that shows its rows alone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from eic_tracker.gui import icons, theme
from eic_tracker.gui.list_words import OUTCOMES
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.services.list_review import Outcome, Review, ReviewedRow

_ICON = 16


class OutcomeFilter(QWidget):
    """The counts add up to the first, which is all rows."""

    chosen = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = around.t
        self._outcome: Outcome | None = None
        self.buttons: dict[Outcome | None, QPushButton] = {}
        self._group = QButtonGroup(self)
        line = QWidget()
        flow = FlowLayout(line, theme.GAP)
        for outcome in (None, *Outcome):
            button = deed_button(Deed("", lambda outcome=outcome: self.choose(outcome)))  # type: ignore[misc]
            button.setCheckable(True)
            if outcome is not None:
                tone = OUTCOMES[outcome][2]
                colour = around.colours.tone(tone)[0]
                button.setIcon(icons.icon(icons.OF_TONE[tone], around.colours, _ICON, colour=colour))
            self._group.addButton(button)
            self.buttons[outcome] = button
            flow.addWidget(button)
        self.said = sentence("", muted=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(line)
        column.addWidget(self.said)

    def show_review(self, review: Review | None) -> None:
        """The counts of a review; a filter that lets nothing through any more is left."""
        t = self._t
        counts = {"rows": 0, **{each.value: 0 for each in Outcome}} if review is None else review.counts
        self.buttons[None].setText(t("All rows: {count}", count=t.number(counts["rows"])))
        for outcome, (_, words, _) in OUTCOMES.items():
            self.buttons[outcome].setText(t(words, count=t.number(counts[outcome.value])))
            self.buttons[outcome].setEnabled(counts[outcome.value] > 0)
        if review is None or (self._outcome is not None and not counts[self._outcome.value]):
            self._outcome = None
        self.buttons[self._outcome].setChecked(True)
        self.said.setText(self._words(review))

    def choose(self, outcome: Outcome | None) -> None:
        """Show the rows of one outcome, or all."""
        self._outcome = outcome
        self.buttons[outcome].setChecked(True)
        self.chosen.emit()

    def lets(self, row: ReviewedRow) -> bool:
        """Whether the row is shown."""
        return self._outcome is None or row.outcome is self._outcome

    def _words(self, review: Review | None) -> str:
        if review is None:
            return ""
        t, read = self._t, review.read
        said = [t("{file}: nothing is stored before Ctrl+Enter.", file=read.file)]
        if read.left_out:
            said.append(
                t.plural(
                    "{count} line names nobody (title, total, signature) and is not read.",
                    "{count} lines name nobody (titles, totals, signatures) and are not read.",
                    len(read.left_out),
                )
            )
        return " ".join(said)
