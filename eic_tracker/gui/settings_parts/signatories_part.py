"""Who signs the school's papers: titulars and deputies with their days, and who is away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.permissions import Action
from eic_tracker.domain.signing import SignatoryLine, who_signs
from eic_tracker.gui import theme
from eic_tracker.gui.grids.signatories import SIGNATORIES, absence_words, name_with_rank
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.part import Part
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor, LineEditor
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.i18n import N_
from eic_tracker.services.signatories import (
    LONGEST,
    AbsenceDraft,
    SignatoryDraft,
    absence_problems,
    add_signatory,
    end_absence,
    end_signatory,
    list_signatories,
    set_absence,
    signatory_problems,
)

_PLACES = (1, 2, 3)


class SignatoriesPart(Part):
    """The table shows everybody, of the past too; above it stands who signs today."""

    name = "signatories"
    shows = frozenset({"signatory", "signatory_absence"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.today_line = sentence("")
        self.table = SmallTable(t("Signatories"), SIGNATORIES, around)
        self.add_button = deed_button(Deed(t("Enter who signs…"), self.ask_new))
        self.add_button.setToolTip("Ins")
        self.end_button = deed_button(Deed(t("Signs no longer…"), self.ask_end))
        self.away_button = deed_button(Deed(t("Is away…"), self.ask_away))
        self.back_button = deed_button(Deed(t("Is back…"), self.ask_back))
        tools = QWidget(self)
        flow = FlowLayout(tools, theme.GAP)
        for button in (self.add_button, self.end_button, self.away_button, self.back_button):
            flow.addWidget(button)
        tools.setVisible(around.may(Action.EDIT_LISTS) and not around.read_only)
        for widget in (self.today_line, tools):
            self.layout_of_page.addWidget(widget)
        self.layout_of_page.addWidget(self.table, 1)
        self.table.current_changed.connect(lambda _key: self._enable())
        if tools.isVisibleTo(self):
            page_shortcut("Ins", self).activated.connect(self.ask_new)
        self._enable()

    def show_place(self, place: Place) -> None:
        """Everybody."""
        self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        self.read(list_signatories, done=self._show)

    def first_focus(self) -> QWidget | None:
        """The table, or what enters the first."""
        return self.table if self.table.rows else self.add_button

    def ask_new(self) -> None:
        """Name, post, days, place of the signature, whose deputy."""
        t = self.t
        titulars = [each for each in self._lines() if each.deputy_of_id is None and each.valid(self.around.today)]
        choices = [(each.id, f"{each.post}: {name_with_rank(each)}") for each in titulars]
        places = [(place, t.number(place)) for place in _PLACES]
        lines = (
            ("rank", t("Rank or title"), False),
            ("name", t("Name"), True),
            ("post", t("Post"), True),
        )
        fields = [
            *(
                FormField(name, words, lambda label, _a: LineEditor(label, longest=LONGEST), required=needed)
                for name, words, needed in lines
            ),
            FormField("valid_from", t("Signs from"), DateEditor, required=True),
            FormField("valid_to", t("Signs until"), DateEditor),
            FormField(
                "deputy_of_id", t("Deputy of"), lambda label, _a: ChoiceEditor(label, choices, t("nobody: titular"))
            ),
            FormField("position", t("Place of the signature"), lambda label, _a: ChoiceEditor(label, places, None)),
        ]
        known = {each.id: each for each in self._lines()}

        def draft(values: Mapping[str, Any]) -> SignatoryDraft:
            rank, name, post = (str(values[each] or "") for each, _, _ in lines)
            days = (values["valid_from"], values["valid_to"])
            return SignatoryDraft(rank, name, post, *days, values["deputy_of_id"], values["position"])

        self._ask(
            t("Who signs"),
            fields,
            {"valid_from": self.around.today, "position": 1},
            lambda values: signatory_problems(draft(values), known.get(values["deputy_of_id"] or 0)),
            lambda values: self.write(
                add_signatory, draft(values), said=lambda _done: t("{name} signs from then on.", name=values["name"])
            ),
        )

    def ask_end(self) -> None:
        """The last day."""
        line = self._line()
        if line is None:
            return
        t = self.t
        self._ask(
            t("{name} signs no longer", name=line.name),
            [FormField("last", t("Signs for the last time on"), DateEditor, required=True)],
            {"last": self.around.today},
            _day_needed,
            lambda values: self.write(
                end_signatory, line.id, values["last"], said=lambda _done: t("Papers of earlier days keep the name.")
            ),
        )

    def ask_away(self) -> None:
        """From when, until when, why."""
        line = self._line()
        if line is None:
            return
        t = self.t
        fields = [
            FormField("starts_on", t("Away from"), DateEditor, required=True),
            FormField("ends_on", t("Away until"), DateEditor, t("Empty: until further notice.")),
            FormField("reason", t("Reason"), lambda label, _a: LineEditor(label, longest=LONGEST), required=True),
        ]

        def draft(values: Mapping[str, Any]) -> AbsenceDraft:
            return AbsenceDraft(line.id, values["starts_on"], values["ends_on"], str(values["reason"] or ""))

        self._ask(
            t("{name} is away", name=line.name),
            fields,
            {"starts_on": self.around.today},
            lambda values: absence_problems(draft(values), line),
            lambda values: self.write(
                set_absence, draft(values), said=lambda _done: t("The deputy signs papers of those days.")
            ),
        )

    def ask_back(self) -> None:
        """The last day of the absence."""
        line = self._line()
        if line is None:
            return
        t = self.t
        self._ask(
            t("{name} is back", name=line.name),
            [FormField("last", t("Was away for the last time on"), DateEditor, required=True)],
            {"last": self.around.today},
            _day_needed,
            lambda values: self.write(
                end_absence, line.id, values["last"], said=lambda _done: t("{name} signs again.", name=line.name)
            ),
        )

    def _ask(
        self,
        title: str,
        fields: Sequence[FormField],
        start: Mapping[str, Any],
        check: Callable[[Mapping[str, Any]], Sequence[DraftProblem]],
        given: Callable[[Mapping[str, Any]], None],
    ) -> None:
        dialog = AskFields(title, (), fields, check, self.around, self.window())
        dialog.given.connect(given)
        dialog.start(start)

    def _show(self, lines: Sequence[SignatoryLine]) -> None:
        t, today = self.t, self.around.today
        held = self.table.hasFocus()
        self.table.show_rows({line.id: line for line in lines})
        signers = [
            f"{each.post}: {' '.join(filter(None, (each.rank, each.name)))}"
            + (f" ({t('by absence')})" if each.by_absence else "")
            for each in who_signs(today, lines)
        ]
        words = t("Papers of today are signed by {people}.", people="; ".join(signers))
        self.today_line.setText(words if signers else t("Nobody signs papers of today: enter who does."))
        away = [absence_words(line, today, t) for line in lines if line.valid(today)]
        told = "\n".join(filter(None, away))
        if told:
            self.today_line.setText(f"{self.today_line.text()}\n{told}")
        if held:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._enable()

    def _lines(self) -> list[SignatoryLine]:
        return list(self.table.rows.values())

    def _line(self) -> SignatoryLine | None:
        found = self.table.rows.get(self.table.current_key() or 0)
        return found if isinstance(found, SignatoryLine) else None

    def _enable(self) -> None:
        t, line, today = self.t, self._line(), self.around.today
        choose = "" if line is not None else t("Choose who it is about.")
        ended = line is not None and line.valid_to is not None and line.valid_to < today
        away = line is not None and any(each.covers(today) for each in line.absences)
        rest(self.end_button, choose or (t("Signs no longer already.") if ended else ""))
        rest(self.away_button, choose or (t("Signs no longer already.") if ended else ""))
        rest(self.back_button, choose or ("" if away else t("Is not away today.")))


def _day_needed(values: Mapping[str, Any]) -> Sequence[DraftProblem]:
    return () if isinstance(values["last"], dt.date) else (DraftProblem("last", N_("This is needed.")),)
