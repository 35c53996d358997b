"""Who came to a course without being listed: typed on the day; later somebody says who it is, or takes them off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.codes import SignedSheet
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.on_behalf import BehalfOf
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.gui.widgets.editors import LineEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import N_
from eic_tracker.queries.class_results import ClassDay, ClassResults, WalkIn
from eic_tracker.services.attendance import AttendanceDraft, Came, record_attendance
from eic_tracker.services.recording import OnBehalf
from eic_tracker.services.walk_ins import MatchDraft, WalkInMatched, match_walk_in, take_off_walk_in

_ENROL, _TAKE_OFF = "enrol", "take_off"


class WalkIns(QObject):
    """Asks and writes; `roster_wanted` where the person is to be enrolled first."""

    said = Signal(str)
    failed = Signal(object)
    roster_wanted = Signal()

    def __init__(self, around: Surroundings, behalf: BehalfOf, parent: QWidget) -> None:
        super().__init__(parent)
        self._around, self._t, self._behalf, self._window = around, around.t, behalf, parent

    def ask(self, offering: int, day: ClassDay) -> None:
        """Name, and number if there is one, of somebody who is here on a day."""
        t = self._t
        fields = [
            FormField("name", t("Name"), lambda label, _around: LineEditor(label, longest=160), required=True),
            FormField("number", t("Identity no."), lambda label, _around: LineEditor(label, longest=40)),
        ]
        title = t("Came on {date} without being listed", date=day.held_on)
        dialog = AskFields(title, (), fields, _problems, self._around, self._window)
        dialog.given.connect(partial(self._keep, offering, day))
        dialog.start({})

    def _keep(self, offering: int, day: ClassDay, values: Mapping[str, Any]) -> None:
        came = Came(str(values["name"]), str(values.get("number") or "") or None)

        def write(spoken: OnBehalf | None) -> None:
            draft = AttendanceDraft(
                offering, day.held_on, part=day.part, module=day.module, on_behalf=spoken, came=[came]
            )
            self._write(record_attendance, draft, lambda _done: self._t("{name}: present.", name=came.name))

        self._behalf.then(SignedSheet.ATTENDANCE, write)

    def choose(self, walk_in: WalkIn, results: ClassResults, at: QPoint) -> None:
        """Who it is: somebody of the roster, somebody to be enrolled first, or nobody."""
        t = self._t
        choices = [(_TAKE_OFF, t("Typed in error: take off"))]
        if right(self._around.acting, Action.ENROL) is Right.YES:
            choices.insert(0, (_ENROL, t("Not on the roster yet: enrol first")))
            seated = [each for each in results.members if each.sits]
            choices = [(str(each.enrolment_id), f"{each.surnames}, {each.given_names}") for each in seated] + choices
        popup = ChoicePopup("walk_in", t("Who is {name}?", name=walk_in.name), t, self._window)
        popup.chosen.connect(partial(self._take, walk_in))
        popup.move(at)
        popup.offer(choices)

    def _take(self, walk_in: WalkIn, code: str, _words: str) -> None:
        if code == _ENROL:
            self.said.emit(self._t("Enrol {name}; then press Enter on the name in the attendance.", name=walk_in.name))
            self.roster_wanted.emit()
        elif code == _TAKE_OFF:
            self._write(take_off_walk_in, walk_in.id, lambda name: self._t("{name} is taken off.", name=name))
        else:
            self._write(match_walk_in, MatchDraft(walk_in.id, int(code)), self._matched)

    def _matched(self, done: WalkInMatched) -> str:
        words = ("{typed} is {name}: {count} mark moved.", "{typed} is {name}: {count} marks moved.")
        return self._t.plural(*words, done.marks, typed=done.typed, name=done.name)

    def _write(self, use_case: Callable[..., Any], value: object, words: Callable[[Any], str]) -> None:
        self._around.jobs.write(
            use_case,
            self._around.acting,
            value,
            owner=self,
            done=lambda result: self.said.emit(words(result)),
            failed=self._fail,
        )

    def _fail(self, failure: Failure) -> None:
        self.failed.emit(failure)


def _problems(values: Mapping[str, Any]) -> list[DraftProblem]:
    return [] if fold(str(values.get("name") or "")) else [DraftProblem("name", N_("Write the name."))]
