"""Whether a programme keeps names of pupils: a manager's decision, with reason, authorisation and a day of purging."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.name_keeping import (
    LONGEST_REASON,
    proposed_purge_day,
    purge_day_problems,
    reason_problems,
)
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.part import Part
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields, authorisation_of
from eic_tracker.gui.widgets.card import Card
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.editors import DateEditor, LineEditor
from eic_tracker.gui.widgets.fact_list import FactList, sentence
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.services.authorisations import LONGEST, authorisation_problems
from eic_tracker.services.name_keeping import (
    KeepingDraft,
    ProgrammeNames,
    programmes_with_names,
    purge_pupil_names,
    start_keeping_names,
    stop_keeping_names,
)


class NamesPart(Part):
    """A card for each programme that counts by head; `buttons` are what can be done, by programme and deed."""

    name = "names"
    shows = frozenset({"name_keeping", "pupil_name", "programme"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.buttons: dict[tuple[int, str], QPushButton] = {}
        self._cards: list[Card] = []
        t = self.t
        told = t(
            "Off, names of pupils are printed on certificates and kept nowhere. On, a registrar may keep the name (or "
            "initials) and section of pupils whose guardian consented: no document, address, telephone or photo. "
            "Registrars and managers alone read them."
        )
        self.layout_of_page.addWidget(sentence(told))
        self.layout_of_page.addStretch(1)

    def show_place(self, place: Place) -> None:
        """The programmes as they stand."""
        self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        self.read(programmes_with_names, done=self._show)

    def first_focus(self) -> QWidget | None:
        """The first deed."""
        return next(iter(self.buttons.values()), None)

    def ask_to_keep(self, programme: ProgrammeNames) -> None:
        """Why, by whose order, until when."""
        t, today = self.t, self.around.today
        fields = [
            _line("reason", t("Reason"), LONGEST_REASON),
            _line("authorised_by", t("Name and rank"), LONGEST),
            _line("post", t("Post"), LONGEST),
            _line("letter", t("Letter number"), LONGEST),
            FormField("purge_on", t("Names are purged on"), DateEditor, required=True),
        ]
        said = [
            t("Children's names are kept only as long as they are needed. On that day they leave the file for good."),
            t("Say who orders it: that stands in the history and is never changed."),
        ]

        def check(values: Mapping[str, Any]) -> Sequence[DraftProblem]:
            return (
                *reason_problems(str(values["reason"] or "")),
                *authorisation_problems(authorisation_of(values)),
                *purge_day_problems(values["purge_on"], today),
            )

        def given(values: Mapping[str, Any]) -> None:
            draft = KeepingDraft(
                programme.programme_id, str(values["reason"]), authorisation_of(values), values["purge_on"]
            )
            told = t("{programme} keeps names of pupils from now on.", programme=programme.programme)
            self.write(start_keeping_names, draft, said=lambda _code: told, undoable=False)

        dialog = AskFields(t("Keep names of pupils"), said, fields, check, self.around, self.window())
        dialog.given.connect(given)
        dialog.start({"purge_on": proposed_purge_day(today)})

    def ask_to_purge(self, programme: ProgrammeNames, use_case: Callable[..., int], title: str) -> None:
        """Say what goes for good, and ask why."""
        t = self.t
        count = t.plural(
            "{count} name leaves the file for good. Nothing brings it back: this cannot be undone.",
            "{count} names leave the file for good. Nothing brings them back: this cannot be undone.",
            programme.kept,
        )
        said = [count, t("Copies of the file made before still hold them. The counts of pupils stay.")]
        if not programme.kept:
            said = [t("No name is kept now. From then on none can be kept.")]
        dialog = AskFields(
            title.rstrip("…"),
            said,
            [_line("reason", t("Reason"), LONGEST_REASON)],
            lambda values: reason_problems(str(values["reason"] or "")),
            self.around,
            self.window(),
        )
        dialog.given.connect(lambda values: self._purge(programme, use_case, str(values["reason"])))
        dialog.start({})

    def _purge(self, programme: ProgrammeNames, use_case: Callable[..., int], reason: str) -> None:
        t = self.t
        self.write(
            use_case,
            programme.programme_id,
            reason,
            said=lambda count: t.plural("{count} name was purged.", "{count} names were purged.", count),
            undoable=False,
        )

    def _show(self, found: Sequence[ProgrammeNames]) -> None:
        held = any(button.hasFocus() for button in self.buttons.values())
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self.buttons.clear()
        self._cards = [self._card(programme) for programme in found]
        for place, card in enumerate(self._cards, start=1):
            self.layout_of_page.insertWidget(self.layout_of_page.count() - 1, card)
            card.setAccessibleName(card.title_label.text() or str(place))
        if held and (first := self.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, programme: ProgrammeNames) -> Card:
        t, decision = self.t, programme.decision
        card = Card(programme.programme)
        if decision is None:
            card.add(sentence(t("This programme keeps no names of pupils.")))
        else:
            card.add(sentence(t("This programme keeps names of pupils.")))
            order = ", ".join(filter(None, (decision.authorised_by, decision.post, decision.letter)))
            facts = [
                (t("Since"), t.date(decision.since)),
                (t("Names are purged on"), t.date(decision.purge_on)),
                (t("Reason"), decision.reason),
                (t("Authorised by"), order),
                (t("Names kept now"), t.number(programme.kept)),
            ]
            card.add(FactList(facts))
        if programme.purged:
            gone = t.plural("{count} name was purged.", "{count} names were purged.", programme.purged)
            card.add(sentence(gone, muted=True))
        if not self.around.read_only:
            self._add_deeds(card, programme)
        return card

    def _add_deeds(self, card: Card, programme: ProgrammeNames) -> None:
        t = self.t
        stop, purge = t("Turn off and purge the names…"), t("Purge the names now…")
        deeds: list[tuple[str, Deed]] = []
        if programme.decision is None:
            deeds.append(("keep", Deed(t("Keep names of pupils…"), partial(self.ask_to_keep, programme))))
        else:
            deeds.append(("stop", Deed(stop, partial(self.ask_to_purge, programme, stop_keeping_names, stop))))
            if programme.kept:
                deeds.append(("purge", Deed(purge, partial(self.ask_to_purge, programme, purge_pupil_names, purge))))
        for name, deed in deeds:
            button = deed_button(deed)
            self.buttons[programme.programme_id, name] = button
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _line(name: str, label: str, longest: int) -> FormField:
    return FormField(name, label, lambda label, _around: LineEditor(label, longest=longest), required=True)
