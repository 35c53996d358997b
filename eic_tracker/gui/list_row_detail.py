"""The row of a list where the keyboard stands: what is said of it, who may be meant side by side, what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from eic_tracker.domain.matching import Sign
from eic_tracker.gui import theme
from eic_tracker.gui.list_words import Face, face_of_person, face_of_row, repairs_of, sentences_of
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.i18n import Translator
from eic_tracker.services.list_review import Candidate, ReviewedRow


class ListRowDetail(QWidget):
    """A decision is asked for where names alone do not say who is meant."""

    decided = Signal(bool, object)
    """whether it is the same person, and the key of that person"""
    typing_wanted = Signal()
    leaving_out_wanted = Signal()
    repairs_turned = Signal()

    def __init__(self, t: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t = t
        self.said = sentence("")
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, theme.GAP)
        self._acts = QWidget()
        line = FlowLayout(self._acts, theme.GAP)
        self.type = deed_button(Deed(t("Type the right value (F2)"), self.typing_wanted.emit), look="link")
        self.leave_out = deed_button(Deed("", self.leaving_out_wanted.emit), look="link")
        self.repairs = deed_button(Deed("", self.repairs_turned.emit), look="link")
        for button in (self.type, self.leave_out, self.repairs):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for widget in (self.said, self._choices, self._acts):
            column.addWidget(widget)
        self.show_row(None)

    @staticmethod
    def can_be_decided(row: ReviewedRow) -> bool:
        """Whether a person says who is meant; a number under a wholly different name is set right in the list."""
        return bool(row.candidates) and row.candidates[0].likeness.signs != (Sign.SAME_DOCUMENT,)

    def show_row(self, row: ReviewedRow | None, *, is_out: bool = False, is_contrary: bool = False) -> None:
        """Say what there is to be said; `is_out`: left out by hand, `is_contrary`: its repairs not as the list's."""
        t = self._t
        said = sentences_of(row, t) if row is not None else []
        self.said.setText(" ".join(said))
        self.said.setVisible(bool(said))
        self._flow.drop_all()
        asks = row is not None and self.can_be_decided(row)
        self._choices.setVisible(asks)
        self._acts.setVisible(row is not None)
        if row is None:
            return
        self.leave_out.setText(t("Take the row again (Del)") if is_out else t("Leave the row out (Del)"))
        repairs = repairs_of(row)
        self.repairs.setVisible(bool(repairs) or is_contrary)
        self.repairs.setText(t("Refuse its repair (R)") if repairs else t("Accept its repair (R)"))
        if asks:
            self._show_faces(row)

    def _show_faces(self, row: ReviewedRow) -> None:
        t = self._t
        mine = face_of_row(row, t)
        other = deed_button(Deed(t("N · New person"), lambda: self.decided.emit(False, None)))
        self._flow.addWidget(_Card(t("In the list"), mine, None, other))
        for number, candidate in enumerate(row.candidates, 1):
            self._flow.addWidget(self._card(number, candidate, mine))

    def _card(self, number: int, candidate: Candidate, mine: Face) -> QWidget:
        t, key = self._t, candidate.person.id
        same = deed_button(Deed(t("{number} · The same person", number=number), lambda: self.decided.emit(True, key)))
        face = face_of_person(candidate.person, t)
        return _Card(t("On file"), face, mine, same)


class _Card(QFrame):
    """A person in a few lines; what is the same as in the other and what differs is marked by a sign."""

    def __init__(self, title: str, face: Face, beside: Face | None, button: QPushButton) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.SPACE, theme.GAP, theme.SPACE)
        column.setSpacing(0)
        heading = QLabel(title)
        heading.setProperty("muted", True)
        column.addWidget(heading)
        for places in _LINES:
            words = [_compared(face, beside, place) for place in places if face[place][1]]
            if words:
                label = QLabel(" · ".join(words))
                label.setTextFormat(Qt.TextFormat.PlainText)
                column.addWidget(label)
        lines = [f"{name}: {value}" for name, value in face if value]
        button.setAccessibleDescription(". ".join(lines))
        column.addWidget(button)


_LINES = ((0,), (1,), (2, 3), (4, 5))
"""What of a face stands together in a line."""


_NAMED = frozenset({4, 5})
"""Numbers that nobody would know without their name."""


def _compared(face: Face, beside: Face | None, place: int) -> str:
    """A value with the sign of whether the other says the same; none where the other says nothing."""
    name, value = face[place]
    other = beside[place][1] if beside is not None else ""
    said = f"{name}: {value}" if place in _NAMED else value
    return said if not other else f"= {said}" if other == value else f"≠ {said}"
