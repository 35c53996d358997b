"""Rows of a roster on their way into the file: stored one by one, given back where they are refused, kept till then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.enrolling import AuthorisationNeeded
from eic_tracker.domain.person_rules import NewPerson, person_problems
from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.ask_fields import ask_authorisation, authorisation_of
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.i18n import Translator
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.enrolment import Enrolled, EnrolmentDraft, EnrolmentLine, EnrolmentRefused, enrol
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.roster_changes import replace_enrolment

_CELL_OF = {"document_number": "number", "unit_id": "unit", "unit_text": "unit", "rank_id": "rank", "rank_text": "rank"}


@dataclass(slots=True)
class Sent:
    """A row that was ended: what stood in it, what is stored of it, and in whose place it comes."""

    kept: dict[str, Any]
    line: EnrolmentLine
    name: str
    replaces: tuple[int, str] | None
    told: str = ""
    problems: dict[str, str] = field(default_factory=dict)
    full: bool = False
    """the course had no seat left: the person waits"""


def _waits_for_seat(sent: Sent, told: AuthorisationNeeded) -> bool:
    """Whether nothing but a seat is missing: then the person waits for one, and nobody is asked for an order."""
    return sent.replaces is None and all(concern.code == "full" for concern in told.concerns)


def by_cell(problems: Sequence[DraftProblem], t: Translator) -> dict[str, str]:
    """The sentences about a row's cells."""
    found: dict[str, str] = {}
    for problem in problems:
        cell = _CELL_OF.get(problem.field, problem.field)
        found[cell] = " ".join(filter(None, [found.get(cell), problem.text(t)]))
    return found


def row_problems(line: EnrolmentLine, sex_said: bool, around: Surroundings) -> dict[str, str]:
    """What is wrong with a row before it is sent, by cell; a known person has nothing wrong."""
    if not isinstance(line.person, NewPerson):
        return {}
    t = around.t
    found = by_cell(person_problems(line.person, around.today), t)
    number = line.person.document_number
    if number is not None and not any(character.isdigit() for character in number):
        found["number"] = t("Nobody of this name was taken. Write surnames and given names in their cells.")
    if not sex_said:
        found["sex"] = t("Choose the sex, or that it is not recorded.")
    return found


class RowSending(QWidget):
    """Says how many rows are not stored yet, and offers the first of them."""

    given_back = Signal(object)
    """a Sent that was refused, with what is wrong"""
    waiting_wanted = Signal()
    stored = Signal(object, int)
    """a Sent and the key of its enrolment"""
    changed = Signal()
    done = Signal(str)
    """a row was stored: the sentence"""
    noticed = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self._t = t = around.t
        self.waiting: list[Sent] = []
        self._on_the_way: list[Sent] = []
        self._last_order: Mapping[str, Any] = {}
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("tone", Tone.WARNING.value)
        self.button = deed_button(Deed(t("Go on with it"), self.waiting_wanted.emit))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def send(
        self,
        offering: int,
        sent: Sent,
        source: SourceDraft | int | None,
        authorisation: AuthorisationDraft | None = None,
    ) -> None:
        """Store a row; it is kept as half typed until that is done."""
        self._on_the_way.append(sent)
        jobs, acting = self.around.jobs, self.around.acting

        def done(answer: Enrolled) -> None:
            self._on_stored(sent, answer)

        def failed(failure: Failure) -> None:
            self._on_refused(offering, sent, source, failure)

        if sent.replaces is None:
            draft = EnrolmentDraft(offering, (sent.line,), source, authorisation)
            jobs.write(enrol, acting, draft, owner=self, done=done, failed=failed)
        else:
            alternate = sent.kept.get("alternate")
            successor = alternate if isinstance(alternate, int) else sent.line
            asked = (sent.replaces[0], successor, source, authorisation)
            jobs.write(replace_enrolment, acting, *asked, owner=self, done=done, failed=failed)
        self.changed.emit()

    def wait(self, sent: Sent) -> None:
        """Keep a row that was not stored until the person comes back to it."""
        self.waiting.append(sent)
        self._show()

    def next_waiting(self) -> Sent:
        """The first row that waits; it waits no longer."""
        sent = self.waiting.pop(0)
        self._show()
        return sent

    def rows(self) -> list[dict[str, Any]]:
        """What stood in the rows that are not stored."""
        return [each.kept for each in (*self._on_the_way, *self.waiting)]

    def _show(self) -> None:
        self.setVisible(bool(self.waiting))
        if self.waiting:
            first, t = self.waiting[0], self._t
            count = t.plural("{count} row is not stored yet.", "{count} rows are not stored yet.", len(self.waiting))
            self.words.setText(" ".join(filter(None, [count, f"{first.name}:", first.told])))
        self.changed.emit()

    def _on_stored(self, sent: Sent, answer: Enrolled) -> None:
        self._on_the_way.remove(sent)
        self.changed.emit()
        t = self._t
        if answer.already:
            self.noticed.emit(Notice(Tone.INFO, t("{name} is on this roster already.", name=sent.name)))
            return
        if sent.replaces is not None:
            said = t("{name} comes in place of {other}.", name=sent.name, other=sent.replaces[1])
        elif sent.full:
            said = t("The course is full: {name} is on the waiting list. Ctrl+M gives a seat.", name=sent.name)
        elif sent.line.waits:
            said = t("{name} waits as an alternate.", name=sent.name)
        else:
            said = t("{name} is enrolled.", name=sent.name)
        self.done.emit(said)
        self.stored.emit(sent, answer.enrolments[0])

    def _on_refused(self, offering: int, sent: Sent, source: SourceDraft | int | None, failure: Failure) -> None:
        told = failure.told
        if isinstance(told, AuthorisationNeeded) and _waits_for_seat(sent, told):
            self._on_the_way.remove(sent)
            self.send(offering, replace(sent, line=replace(sent.line, waits=True), full=True), source)
            return
        if isinstance(told, AuthorisationNeeded):
            self._ask_authorisation(offering, sent, source, told)
            return
        if isinstance(told, EnrolmentRefused):
            sent.problems = by_cell(told.lines.get(0, ()), self._t)
        sent.told = " ".join(sent.problems.values()) or notice_of(failure, self._t).text
        self._give_back(sent)

    def _ask_authorisation(
        self, offering: int, sent: Sent, source: SourceDraft | int | None, told: AuthorisationNeeded
    ) -> None:
        """Who authorises it; until that is said the row is on its way, and kept."""
        sentences = [f"{sent.name}: {concern.text(self._t)}" for concern in told.concerns]
        sent.told = " ".join(sentences)
        dialog = ask_authorisation(sentences, self.around, self)

        def go_on(values: Mapping[str, Any]) -> None:
            self._on_the_way.remove(sent)
            self._last_order = values
            self.send(offering, sent, source, authorisation_of(values))

        dialog.given.connect(go_on)
        dialog.rejected.connect(lambda: self._give_back(sent))
        dialog.start(self._last_order)

    def _give_back(self, sent: Sent) -> None:
        self._on_the_way.remove(sent)
        self.given_back.emit(sent)
        self.changed.emit()
