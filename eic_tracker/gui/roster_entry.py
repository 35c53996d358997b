"""Typing a roster: known people are found while one types, new ones come in with their enrolment; nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eic_tracker.domain.names import fold
from eic_tracker.gui import theme
from eic_tracker.gui.entered_line import entered_line, entered_name
from eic_tracker.gui.entry_row import OWN_DOCUMENT, EntryRow
from eic_tracker.gui.grids.roster import match_words
from eic_tracker.gui.half_typed import HalfTyped
from eic_tracker.gui.held_keys import HeldKeys
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.last_post import LastPost
from eic_tracker.gui.letter_of_origin import LetterOfOrigin
from eic_tracker.gui.notices import Notice, notice_of
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.row_sending import RowSending, Sent, row_problems
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.match_list import MatchList
from eic_tracker.services.enrolment import EnrolmentLine
from eic_tracker.services.roster_entry import PersonToEnrol, PostChoices, find_to_enrol, people_to_enrol, post_choices

_SHORTEST = 3
"""Characters of a name or number after which people are looked up."""
_LOOKS_UP = ("number", "surnames", "given_names")
_CHOOSES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down})
"""Keys that mean the list of those who were found, where there is one."""
_LEAVES = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})


class RosterEntry(QWidget):
    """The blank row of an open course; rows that could not be stored wait under it until they are set right."""

    noticed = Signal(object)
    stored = Signal(int)
    """the key of an enrolment that was stored"""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.around = around
        self._t = t = around.t
        self.offering: int | None = None
        self.person: PersonToEnrol | None = None
        self.replaces: tuple[int, str] | None = None
        self._found: tuple[PersonToEnrol, ...] = ()
        self._job: Job | None = None
        self._looked_up = ""
        """the cell that `_job` looks up"""
        self.row = EntryRow(around)
        self.keys = HeldKeys(self.row.cells.values(), self._waits, self.row)
        self.last = LastPost(self.row)
        self.matches = MatchList(t("People who may be meant"), self)
        self.half_typed = HalfTyped(around, self._content, self)
        self.half_typed.failed.connect(lambda text: self.noticed.emit(Notice(Tone.WARNING, text)))
        self.instead = sentence("", tone=Tone.INFO)
        self.instead.hide()
        self.origin = LetterOfOrigin(around)
        self.origin.said.connect(self.row.take_focus)
        self.origin.noticed.connect(self.noticed)
        self.row.further.addWidget(self.origin)
        self.sending = RowSending(around)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for widget in (self.instead, self.row, self.sending):
            column.addWidget(widget)
        self._connect()

    def begin(self, offering: int) -> None:
        """Type into the roster of a course; what was half typed there is in the row again."""
        if offering == self.offering:
            return
        self.leave()
        self.offering = self.origin.offering = offering
        kept = self.half_typed.open(f"roster {offering}")
        self.row.clear()
        self.person = None
        self.sending.waiting = []
        self.stop_replacing()
        self._read(post_choices, done=self._offer)
        if kept is not None:
            rows = [each for each in kept.content.get("rows", ()) if isinstance(each, dict)]
            if rows:
                self._put_into_row(rows[0])
                self.row.say(self._t("What you had half typed is here again."), Tone.INFO)
            for each in rows[1:]:
                self.sending.wait(Sent(each, EnrolmentLine(0), entered_name(each), None))

    def leave(self) -> None:
        """Another course or page comes: what is typed stays kept."""
        self._forget_look_up()
        self.half_typed.leave()
        self.offering = None

    def go_up(self) -> bool:
        """Esc: the list of matches, then the row, then the replacing."""
        if self.matches.isVisible():
            self.matches.hide()
        elif not self.row.is_blank:
            self._cancel()
        elif self.replaces is not None:
            self.stop_replacing()
        else:
            return False
        return True

    def start_replacing(self, enrolment: int, name: str) -> None:
        """The next person of the row takes the seat of this one."""
        self.replaces = (enrolment, name)
        self.instead.setText(self._t("In place of {name}: write who comes instead. Esc leaves it.", name=name))
        self.instead.show()
        self.row.take_focus()

    def stop_replacing(self) -> None:
        """The row is a row like any other again."""
        self.replaces = None
        self.instead.hide()

    def end_row(self) -> None:
        """Enter: take the marked match, or store the row and begin the next."""
        if self.matches.isVisible():
            self._take(self.matches.currentRow())
        else:
            self._finish()

    def save(self) -> None:
        """Ctrl+S, Ctrl+G: end the row, or say what it lacks; what is typed is kept on the disk either way."""
        self.half_typed.keep_now()
        if self.row.is_blank:
            self.row.say(self._t("Everything that was typed here is stored."), Tone.OK)
            return
        if self.matches.isVisible() and (exact := self._exact()) is not None:
            self._take(exact)
        self.matches.hide()
        self._finish()
        if not self.row.is_blank:
            self.row.say(self._t("{problems} What you typed is kept.", problems=self.row.said.text()), Tone.ERROR)

    def _connect(self) -> None:
        for keys in ("Ctrl+S", "Ctrl+G"):
            page_shortcut(keys, self).activated.connect(lambda: self.keys.act(self.save))
        page_shortcut("Ctrl+D", self).activated.connect(lambda: self.keys.act(self.last.fill))
        self.last.filled.connect(self.half_typed.note)
        self.row.typed.connect(self._on_typed)
        self.row.ended.connect(self.end_row)
        self.row.cancelled.connect(self.go_up)
        self.row.stepped.connect(lambda by: self.matches.step(by) if self.matches.isVisible() else None)
        self.row.left_cell.connect(self._on_left_cell)
        self.row.entered_cell.connect(lambda name: self.last.offer(name) if self.person is None else None)
        self.matches.taken.connect(self._take)
        self.sending.given_back.connect(self._give_back)
        self.sending.waiting_wanted.connect(self._take_waiting)
        self.sending.changed.connect(self.half_typed.note)
        self.sending.done.connect(self._on_done)
        self.sending.noticed.connect(self.noticed)
        self.sending.stored.connect(self._on_stored)

    def _read(self, query: Any, *args: Any, done: Any) -> Job:
        return self.around.jobs.read(query, self.around.acting, *args, owner=self, done=done, failed=self._tell)

    def _tell(self, failure: Failure) -> None:
        self.noticed.emit(notice_of(failure, self._t))

    def _offer(self, choices: PostChoices) -> None:
        for box, names in ((self.row.unit, choices.units), (self.row.rank, choices.ranks)):
            typed = box.value()
            box.offer(names)
            if typed is not None:
                box.restore(typed)

    def _on_typed(self, name: str) -> None:
        self.half_typed.note()
        if self.person is None:
            self.row.say("")
        if name == "number" and self.person is not None:
            self._forget_person()
        if name in _LOOKS_UP and self.person is None:
            self._look_up(name)

    def _look_up(self, name: str) -> None:
        names = (self.row.given_names.text(), self.row.surnames.text())
        text = self.row.number.text() if name == "number" else " ".join(names)
        self._stop_looking_up()
        self._found = ()
        if len(fold(text)) < _SHORTEST or self.offering is None:
            self.matches.hide()
            self.keys.give_on()
            return
        self._looked_up = name
        self._job = self.around.jobs.read(
            find_to_enrol,
            self.around.acting,
            self.offering,
            text,
            owner=self,
            done=lambda found: self._on_found(name, found),
            failed=lambda failure: self._on_not_found(name, failure),
        )

    def _on_not_found(self, name: str, failure: Failure) -> None:
        """Nobody could be looked for: what is typed is still ended by Enter."""
        self._tell(failure)
        self._on_found(name, ())

    def _on_found(self, name: str, found: tuple[PersonToEnrol, ...]) -> None:
        self._job = None
        self._found = found
        exact = self._exact()
        here = self.row.cells[name].hasFocus() and self.person is None
        if found and here:
            self.matches.show_at(self.row.cells[name], [match_words(each, self._t) for each in found])
            self.matches.setCurrentRow(exact or 0)
        else:
            self.matches.hide()
        if name == "number" and exact is not None and not here and self.person is None:
            self._show_person(found[exact], {})
        # nobody is chosen from a list that was not seen, but who has the very number
        self.keys.give_on(unless=_CHOOSES if found and here and exact is None else ())

    def _waits(self, cell: QObject, key: Qt.Key) -> bool:
        """Whether what a key means in a cell hangs on who is found: typed fast it means what it means typed slowly."""
        if self._job is None or self.person is not None:
            return False
        if self._looked_up == "number":
            whole = any(each.isdigit() for each in self.row.number.text())
            return key in _CHOOSES or cell is not self.row.number or (whole and key in _LEAVES)
        return key in _CHOOSES

    def _stop_looking_up(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _forget_look_up(self) -> None:
        """Nothing is asked any more: no late answer opens its list over what comes next."""
        self._stop_looking_up()
        self._found = ()
        self.keys.drop()
        self.matches.hide()

    def _exact(self) -> int | None:
        """The place of the person whose number was typed whole."""
        typed = "".join(ch for ch in self.row.number.text() if ch.isalnum()).upper()
        numbers = [(each.person.document_number or "").upper() for each in self._found]
        return numbers.index(typed) if typed and typed in numbers else None

    def _take(self, place: int) -> None:
        self.matches.hide()
        if 0 <= place < len(self._found):
            self._show_person(self._found[place], {})
            self.row.number.setFocus(Qt.FocusReason.OtherFocusReason)
            self.half_typed.note()

    def _show_person(self, person: PersonToEnrol, kept: Mapping[str, Any]) -> None:
        """A known person in the row, with their own last post unless another was typed."""
        self.person = person
        known, service = person.person, person.person.service
        here = self.row.kept()
        self.row.write(
            {
                **here,
                "number": known.document_number or f"{known.surnames}, {known.given_names}",
                "surnames": known.surnames,
                "given_names": known.given_names,
                "sex": known.sex,
                "unit": kept.get("unit", service.unit_id or service.unit_text),
                "rank": kept.get("rank", service.rank_id or service.rank_text),
                "kind": f"{known.document_kind} {known.document_country}" if known.document_number else OWN_DOCUMENT,
            }
        )
        self.row.set_known(True)
        t = self._t
        said = [concern.text(t) for concern in person.concerns]
        if person.on_roster and self.replaces is None:
            said = [t("{name} is on this roster already.", name=f"{known.given_names} {known.surnames}")]
        serious = any(concern.exception for concern in person.concerns)
        self.row.say(" ".join(said), Tone.WARNING if serious or said else Tone.PLAIN)

    def _forget_person(self) -> None:
        self.person = None
        typed = self.row.number.text()
        self.row.clear()
        self.row.number.setText(typed)

    def _cancel(self) -> None:
        self.row.clear()
        self.person = None
        self._forget_look_up()
        self.row.take_focus()
        self.half_typed.note()

    def _on_left_cell(self, name: str) -> None:
        if name not in _LOOKS_UP or self.person is not None:
            return
        self.matches.hide()
        if name != "number" and not self.keys.any:
            # who is like a name is asked in its cell only
            self._stop_looking_up()
        if name == "number" and (exact := self._exact()) is not None:
            # the same document is the same person
            self._show_person(self._found[exact], {})

    def _finish(self) -> None:
        if self.row.is_blank or self.offering is None:
            self.row.take_focus()
            return
        line = entered_line(self.row.kept(), self.person)
        problems = row_problems(line, self.row.sex.currentIndex() >= 0, self.around)
        if problems:
            self.row.show_problems(problems)
            return
        sent = Sent(self._kept_row(), line, entered_name(self.row.kept()), self.replaces)
        self.sending.send(self.offering, sent, self.origin.named)
        self.row.clear()
        self.person = None
        self._stop_looking_up()
        self._found = ()
        self.stop_replacing()
        self.row.take_focus()

    def _on_done(self, said: str) -> None:
        """Said under the row, not over it: the next row is typed already."""
        announce(self, said)
        if self.row.is_blank:
            self.row.say(self._t("{said} Ctrl+Z takes it back.", said=said), Tone.OK)

    def _on_stored(self, sent: Sent, enrolment: int) -> None:
        self.last.note(sent.line.service)
        self.stored.emit(enrolment)

    def _give_back(self, sent: Sent) -> None:
        """A row that was not stored: back into the blank row, else it waits under the one that is being typed."""
        if self.row.is_blank:
            self._put_into_row(sent.kept)
            if sent.replaces is not None:
                self.start_replacing(*sent.replaces)
            self.row.take_focus()
            self.row.show_problems(sent.problems)
            self.row.say(sent.told, Tone.ERROR if sent.problems else Tone.WARNING)
        else:
            self.sending.wait(sent)
        self.half_typed.note()

    def _put_into_row(self, kept: Mapping[str, Any]) -> None:
        self.row.write(kept)
        person = kept.get("person")
        if isinstance(person, int) and self.offering is not None:
            self._read(people_to_enrol, self.offering, [person], done=lambda found: self._on_person_again(found, kept))

    def _on_person_again(self, found: tuple[PersonToEnrol, ...], kept: Mapping[str, Any]) -> None:
        if found and self.row.number.text() == kept.get("number"):
            said = self.row.said.text()
            self._show_person(found[0], kept)
            self.row.say(" ".join(dict.fromkeys([said, self.row.said.text()])).strip(), Tone.WARNING)

    def _take_waiting(self) -> None:
        if not self.row.is_blank:
            self.row.say(self._t("End or empty this row first (Enter, Esc)."), Tone.WARNING)
            self.row.take_focus()
            return
        self._give_back(self.sending.next_waiting())
        self.row.take_focus()

    def _kept_row(self) -> dict[str, Any]:
        kept = self.row.kept()
        if self.person is not None:
            kept["person"] = self.person.person.id
            if self.person.on_roster and self.person.person.enrolment_status == "applied":
                kept["alternate"] = self.person.person.enrolment_id
        return kept

    def _content(self) -> Mapping[str, Any] | None:
        """The row in the making first, then those that are on their way or wait."""
        rows = [] if self.row.is_blank else [self._kept_row()]
        rows += self.sending.rows()
        return {"rows": rows} if rows else None
