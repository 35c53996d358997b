"""Targets: what each programme plans, how far it is, the pace needed; entered by one person, approved by another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.drafts import DraftProblem, DraftRefused
from eic_tracker.domain.pace import MEASURES_OF
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.dialogs.ask_reason import ask_reason
from eic_tracker.gui.grids.targets import TARGETS
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import Deed, deed_button, rest
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor, LineEditor, NumberEditor
from eic_tracker.gui.widgets.fact_list import FactList, sentence
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.numbers_table import NumbersTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.gui.widgets.target_bar import TargetBar
from eic_tracker.i18n import N_
from eic_tracker.reports.report_words import DEFINITIONS, MEASURES
from eic_tracker.reports.target_words import PACE_DEFINITION, done_words, pace_words, target_words
from eic_tracker.services.target_pace import TargetNow
from eic_tracker.services.targets import (
    IndicatorRow,
    Planned,
    TargetDraft,
    approve_target,
    correct_target,
    indicator_codes,
    list_targets,
    programmes_to_plan,
    set_indicator_code,
    set_target,
    withdraw_target,
)

AskReason = Callable[..., str | None]


class TargetsPage(Page):
    """A place's key is the target in sight; its state the year."""

    name = "targets"
    shows = frozenset({"target", "indicator", "enrolment", "offering", "class_group", "programme"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.ask: AskReason = ask_reason
        self._targets: tuple[TargetNow, ...] = ()
        self._codes: tuple[IndicatorRow, ...] = ()
        self._programmes: tuple[Planned, ...] = ()
        self._wanted: int | None = None
        self._year: object = around.today.year
        self.asked: AskFields | None = None
        self.set_title(t("Targets"))
        given = right(around.acting, Action.PUBLISHED_FIGURES)
        self._enters = given is not Right.NO and not around.read_only
        self._approves = given is Right.ENTER_AND_APPROVE_OTHERS and not around.read_only
        if self._enters:
            self.new_button = self.primary_button(t("Enter a target…"), self.ask_new)
            self.new_button.setToolTip("Ctrl+N")
        self.years = QComboBox()
        self.years.setAccessibleName(t("Year"))
        self.years.setMinimumHeight(theme.TARGET)
        self.years.currentIndexChanged.connect(lambda _place: self._show_rows())
        self.table = NumbersTable(t("Targets"), TARGETS, around)
        self.table.current_changed.connect(lambda _key: self._show_target())
        self.table.number_opened.connect(lambda key, _column: self._open_rows(key))
        self._bar_place = QVBoxLayout()
        self.facts = FactList()
        self.view = StateView(around.colours)
        self._foot = QWidget()
        self._add_buttons()
        line = QHBoxLayout()
        line.addWidget(self.years)
        line.addStretch(1)
        column = self.layout_of_page
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addLayout(self._bar_place)
        column.addWidget(self.facts)
        column.addWidget(self._foot)
        column.addWidget(sentence(t(PACE_DEFINITION), theme.Type.CAPTION, muted=True))
        column.addWidget(self.view, 1)
        self._show_rows()

    def _add_buttons(self) -> None:
        t = self.t
        foot = FlowLayout(self._foot, theme.GAP)
        self.approve_button = deed_button(Deed(t("Approve"), self.approve))
        self.correct_button = deed_button(Deed(t("Correct…"), self.ask_correction))
        self.withdraw_button = deed_button(Deed(t("Take out…"), self.ask_withdrawal))
        self.code_button = deed_button(Deed(t("Code of the indicator…"), self.ask_code))
        for button, keys in (
            (self.approve_button, "Ctrl+Return"),
            (self.correct_button, "F2"),
            (self.withdraw_button, "Del"),
            (self.code_button, ""),
        ):
            foot.addWidget(button)
            if keys:
                page_shortcut(keys, self).activated.connect(button.click)

    def show_place(self, place: Place) -> None:
        """The target that is asked for, of its year."""
        self._wanted = place.key
        self._year = place.state.get("year", self.around.today.year)
        self.refresh()

    def state(self) -> Mapping[str, Any]:
        """The year in sight."""
        return {"year": self.years.currentData()}

    def refresh(self) -> None:
        """Count again."""
        self.read(programmes_to_plan, done=self._keep_programmes, what="programmes")
        self.read(indicator_codes, done=self._keep_codes, what="codes")
        self.read(list_targets, self.around.today, done=self._show, count=True)

    def first_focus(self) -> QWidget | None:
        """The targets; without any, what enters one."""
        if self.table.isVisibleTo(self):
            return self.table
        return self.new_button if self._enters else self.years

    def begin_new(self) -> bool:
        """Ctrl+N."""
        if self._enters:
            self.ask_new()
        return True

    def ask_new(self) -> None:
        """The form of a new target."""
        said = self.t("It counts as planned once another person approves it.")
        year = str(self.around.today.year)
        first = self._programmes[0].code if self._programmes else None
        self._ask(self.t("Enter a target"), said, {"programme": first, "period": year}, set_target)

    def ask_correction(self) -> None:
        """The form of the target in sight, where nobody approved it."""
        row = self._row()
        if row is not None and self._enters and not row.approved:
            target = row.target
            known = {
                "programme": target.programme,
                "measure": target.measure,
                "period": target.period.code,
                "value": target.value,
                "document": target.document or "",
                "dated": target.dated,
            }
            said = self.t("Who corrects a target has entered it; another person approves it.")
            self._ask(self.t("Correct a target"), said, known, correct_target, target.id)

    def approve(self) -> None:
        """Approve the target in sight, which another person entered."""
        row, t = self._row(), self.t
        if row is not None and not self._why_not_approve(row):
            self.write(approve_target, row.target.id, said=lambda _none: t("The target is approved."))

    def ask_withdrawal(self) -> None:
        """Take the target in sight out, with a reason."""
        row, t = self._row(), self.t
        if row is None or self._why_not_withdraw(row):
            return
        reason = self.ask(self.window(), t, t("Why is this target taken out?"))
        if reason is not None:
            self.write(withdraw_target, row.target.id, reason, said=lambda _none: t("The target is taken out."))

    def ask_code(self) -> None:
        """Under which code the measure of the target in sight is reported."""
        row, t = self._row(), self.t
        if row is None or not self._approves:
            return
        target = row.target
        field = FormField("code", t("Code"), lambda label, _around: LineEditor(label, longest=100))
        title = f"{target.programme}: {t(MEASURES[target.measure])}"
        self.asked = AskFields(title, (), [field], lambda _values: (), self.around, self.window())

        def given(values: Mapping[str, Any]) -> None:
            self.write(
                set_indicator_code,
                target.programme,
                target.measure,
                str(values["code"] or ""),
                said=lambda _none: t("The code is kept."),
            )

        self.asked.given.connect(given)
        self.asked.start({"code": self._code_of(row) or ""})

    def _ask(self, title: str, said: str, known: Mapping[str, Any], use_case: Any, *args: Any) -> None:
        t = self.t
        programmes = [(each.code, f"{each.code}: {each.name}") for each in self._programmes]
        kinds = {measure for each in self._programmes for measure in MEASURES_OF[each.kind]}
        measures = [(each, t(MEASURES[each])) for each in Measure if each in kinds]
        fields = [
            FormField("programme", t("Programme"), lambda lb, _a: ChoiceEditor(lb, programmes, None), required=True),
            FormField("measure", t("Figure"), lambda label, _a: ChoiceEditor(label, measures, None), required=True),
            FormField("period", t("Period"), lambda label, _a: LineEditor(label, longest=12), required=True),
            FormField("value", t("Target"), lambda label, _a: NumberEditor(label), required=True),
            FormField("document", t("Number of the document"), lambda label, _a: LineEditor(label, longest=100)),
            FormField("dated", t("Its date"), DateEditor),
        ]
        self.asked = asked = AskFields(title, [said], fields, _draft_problems, self.around, self.window())

        def given(values: Mapping[str, Any]) -> None:
            def failed(failure: Failure) -> None:
                if isinstance(failure.error, DraftRefused):
                    # what only the file knows is said at its field, with all that was typed
                    self._ask(title, said, values, use_case, *args)
                    if self.asked is not None:
                        self.asked.form.show_problems(failure.error.problems)
                else:
                    self.tell_failure(failure)

            self.write(use_case, *args, _draft(values), said=self._on_entered, failed=failed)

        asked.given.connect(given)
        asked.start(known)

    def _on_entered(self, key: int | None) -> str:
        self._wanted = key
        return self.t("The target is entered; another person approves it.")

    def _keep_programmes(self, programmes: tuple[Planned, ...]) -> None:
        self._programmes = programmes

    def _keep_codes(self, codes: tuple[IndicatorRow, ...]) -> None:
        self._codes = codes
        self._show_target()

    def _show(self, targets: Sequence[TargetNow]) -> None:
        self._targets = tuple(targets)
        year = self.years.currentData() if self.years.count() else self._year
        wanted = next((each.target.period.year for each in targets if each.target.id == self._wanted), None)
        found = sorted({each.target.period.year for each in targets} | {self.around.today.year}, reverse=True)
        blocked = self.years.blockSignals(True)
        self.years.clear()
        self.years.addItem(self.t("All years"), None)
        for each in found:
            self.years.addItem(str(each), each)
        self.years.setCurrentIndex(max(0, self.years.findData(wanted or year)))
        self.years.blockSignals(blocked)
        self._show_rows()

    def _show_rows(self) -> None:
        year = self.years.currentData()
        rows = {each.target.id: each for each in self._targets if year in (None, each.target.period.year)}
        had = self._wanted if self._wanted in rows else self.table.current_key()
        self._wanted = None
        for widget in (self.table, self.facts, self._foot):
            widget.setVisible(bool(rows))
        self.view.setVisible(not rows)
        self.table.show_rows(rows)
        if rows:
            self.table.select_key(had if had in rows else next(iter(rows)))
        else:
            self.view.show_empty(self.t("No target was entered for this time."))
        self._show_target()

    def _show_target(self) -> None:
        while (item := self._bar_place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        row, t = self._row(), self.t
        if row is None:
            self.facts.show_facts([])
            return
        target, pace = row.target, row.pace
        title = target_words(target.programme, target.measure, target.period, t)
        words = f"{done_words(pace, t)}. {pace_words(pace, t)}"
        bar = TargetBar(title, words, pace.counted / pace.value, pace.planned / pace.value, self.around.colours)
        bar.activated.connect(partial(self._open_rows, target.id))
        self._bar_place.addWidget(bar)
        document = " · ".join(filter(None, (target.document, t.date(target.dated) if target.dated else "")))
        self.facts.show_facts(
            [
                (t("What is counted"), t(DEFINITIONS[target.measure])),
                (t("Missing"), t.number(pace.needed)),
                (t("Document"), document),
                (t("Entered by"), target.entered_name or ""),
                (t("Approved by"), target.approved_name or t("to approve")),
                (t("Code of the indicator"), self._code_of(row) or ""),
            ]
        )
        rest(self.approve_button, self._why_not_approve(row), "Ctrl+Enter")
        rest(self.correct_button, self._why_not_correct(row), "F2")
        rest(self.withdraw_button, self._why_not_withdraw(row), "Supr" if t.language.value == "es" else "Del")
        rest(self.code_button, "" if self._approves else t("A manager does this."))

    def _why_not_approve(self, row: TargetNow) -> str:
        if not self._approves:
            return self.t("A manager does this.")
        if row.approved:
            return self.t("This target is approved.")
        if row.target.entered_by == self.around.acting.login:
            return self.t("You entered this target; another person approves it.")
        return ""

    def _why_not_correct(self, row: TargetNow) -> str:
        if not self._enters:
            return self.t("A registrar or a manager does this.")
        return self.t("This target is approved; take it out and enter another.") if row.approved else ""

    def _why_not_withdraw(self, row: TargetNow) -> str:
        if not self._enters:
            return self.t("A registrar or a manager does this.")
        return self.t("A manager does this.") if row.approved and not self._approves else ""

    def _row(self) -> TargetNow | None:
        return self.table.rows.get(self.table.current_key() or 0)

    def _code_of(self, row: TargetNow) -> str | None:
        key = (row.target.programme, row.target.measure)
        return next((each.code for each in self._codes if (each.programme, each.measure) == key), None)

    def _open_rows(self, key: int) -> None:
        row = self.table.rows[key]
        title = target_words(row.target.programme, row.target.measure, row.target.period, self.t)
        self.figure_requested.emit(row.ref, title)


def _draft(values: Mapping[str, Any]) -> TargetDraft:
    value = values.get("value")
    return TargetDraft(
        programme=str(values.get("programme") or ""),
        measure=values.get("measure"),
        period=str(values.get("period") or ""),
        value=value if isinstance(value, int) else None,
        document=str(values.get("document") or ""),
        dated=values.get("dated"),
    )


def _draft_problems(values: Mapping[str, Any]) -> Sequence[DraftProblem]:
    value = values.get("value")
    if value is not None and not isinstance(value, int):
        return (DraftProblem("value", N_("This is not a whole number.")),)
    return ()
