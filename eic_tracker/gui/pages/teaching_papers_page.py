"""The papers of an instructor, seen before they are printed: report of a week or month, proof of teaching."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from eic_tracker.domain.permissions import Action
from eic_tracker.gui import theme
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.paper_preview import PaperPreview
from eic_tracker.i18n import N_
from eic_tracker.reports.report_words import days_words
from eic_tracker.services.profiles import InstructorDetail, instructor_detail
from eic_tracker.services.teaching_papers import (
    Proof,
    TimeTaught,
    advisor_report,
    give_teaching_proof,
    teaching_proof,
    teaching_times,
)

_KINDS = {"week": N_("Report of a week"), "month": N_("Report of a month"), "proof": N_("Proof of teaching")}
_WEEKS, _MONTHS = 53, 24
Time = tuple[dt.date, dt.date]


def weeks_before(today: dt.date, count: int) -> list[Time]:
    """Weeks from Monday to Sunday, the one that holds the day first."""
    monday = today - dt.timedelta(days=today.weekday())
    return [(first := monday - dt.timedelta(weeks=back), first + dt.timedelta(days=6)) for back in range(count)]


def months_before(today: dt.date, count: int) -> list[Time]:
    """Months, the one that holds the day first."""
    found: list[Time] = []
    first = today.replace(day=1)
    while len(found) < count:
        following = (first + dt.timedelta(days=31)).replace(day=1)
        found.append((first, following - dt.timedelta(days=1)))
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return found


class TeachingPapersPage(Page):
    """A place's key is the instructor; its state names the kind of paper and the first day of its time."""

    name = "teaching_papers"
    shows = frozenset({"assignment", "offering", "enrolment", "rotation", "mentored_unit", "instructor"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.key = 0
        self._name = ""
        self._times: list[Time] = []
        self._wanted: Mapping[str, Any] = {}
        self.kind, self.time = QComboBox(), QComboBox()
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        for box, words in ((self.kind, t("Paper of the instructor")), (self.time, t("Time"))):
            box.setAccessibleName(words)
            box.setMinimumHeight(theme.TARGET)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            line.addWidget(box)
        for kind, words in _KINDS.items():
            self.kind.addItem(t(words), kind)
        self.give = deed_button(Deed(t("Give out with code"), self._give))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setProperty("muted", True)
        line.addWidget(self.said, 1)
        line.addWidget(self.give)
        self.layout_of_page.addLayout(line)
        self.preview = PaperPreview(around)
        self.layout_of_page.addWidget(self.preview, 1)
        self.give.hide()
        self.kind.currentIndexChanged.connect(lambda _number: self._read_times())
        self.time.currentIndexChanged.connect(lambda _number: self.make())
        self.preview.noticed.connect(self.noticed)
        self.preview.made.connect(self._on_made)
        self.preview.saved.connect(lambda text: self.done.emit(text, False))

    def show_place(self, place: Place) -> None:
        """The paper that is asked for, else the report of the present week."""
        self.key, self._wanted = place.key or 0, place.state
        blocked = self.kind.blockSignals(True)
        self.kind.setCurrentIndex(max(0, self.kind.findData(place.state.get("paper", "week"))))
        self.kind.blockSignals(blocked)
        self.read(instructor_detail, self.key, self.around.today, done=self._on_detail)

    def state(self) -> Mapping[str, Any]:
        """The kind of paper and its time."""
        time = self._time()
        return {"paper": self.kind.currentData(), "first": time[0].isoformat() if time else None}

    def refresh(self) -> None:
        """Make the paper again."""
        self._read_times()

    def first_focus(self) -> QWidget | None:
        """The preview."""
        return self.preview.view

    def print_view(self) -> None:
        """Ctrl+P."""
        self.preview.print_paper()

    def make(self) -> None:
        """Make the chosen paper."""
        time, t = self._time(), self.t
        self.give.hide()
        self.said.setText("")
        if time is None:
            self.said.setText(t("Nothing was taught yet, so there is nothing to prove."))
            return
        proof = self.kind.currentData() == "proof"
        title = f"{self.kind.currentText()} · {self._name}"
        make = partial(
            teaching_proof if proof else advisor_report,
            time=TimeTaught(self.key, *time),
            t=t,
            today=self.around.today,
        )
        self.preview.show_paper(make, title, f"{title} {time[0].isoformat()}.pdf".replace("/", "-"))

    def _on_detail(self, detail: InstructorDetail) -> None:
        self._name = detail.row.code
        name = f"{detail.row.given_names} {detail.row.surnames}"
        self.set_title(self.t("Papers of {name}", name=name))
        self._read_times()

    def _read_times(self) -> None:
        kind, today = self.kind.currentData(), self.around.today
        if kind == "proof":
            self.read(teaching_times, self.key, today, done=self._fill, what="times")
        else:
            self._fill(weeks_before(today, _WEEKS) if kind == "week" else months_before(today, _MONTHS))

    def _fill(self, times: list[Time]) -> None:
        wanted = self._wanted.get("first") or (self.time.currentData() if self.time.count() else None)
        self._wanted = {}
        self._times = list(times)
        blocked = self.time.blockSignals(True)
        self.time.clear()
        for first, last in self._times:
            self.time.addItem(days_words(first, last, self.t), first.isoformat())
        self.time.setCurrentIndex(max(0, self.time.findData(wanted)))
        self.time.blockSignals(blocked)
        self.make()

    def _time(self) -> Time | None:
        place = self.time.currentIndex()
        return self._times[place] if 0 <= place < len(self._times) else None

    def _on_made(self, answer: Any) -> None:
        if not isinstance(answer, Proof):
            return
        gives = self.around.may(Action.PREPARE_CERTIFICATES) and not self.around.read_only
        self.give.setVisible(gives and answer.code is None)
        said = self.t("Draft, without value") if answer.code is None else self.t("Code {code}", code=answer.code)
        self.said.setText(said)

    def _give(self) -> None:
        time = self._time()
        if time is not None:
            self.write(
                give_teaching_proof,
                TimeTaught(self.key, *time),
                t=self.t,
                today=self.around.today,
                undoable=False,
                said=self._given,
            )

    def _given(self, code: str) -> str:
        self.make()
        return self.t("The proof is given out with the code {code}.", code=code)
