"""Historical totals without a roster: what each still lacks, its paper, its approval by another person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from eic_tracker.domain.codes import Measure, Sex
from eic_tracker.domain.figure_rules import TOTAL_FIELDS
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.code_words import CURRICULA
from eic_tracker.gui.figure_fields import document_fields, document_of, figure_fields
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.item_detail import Line
from eic_tracker.gui.settings_parts.items_part import ItemsPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import Deed
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor, LineEditor, NamesEditor
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.paper_words import SOURCE_KINDS
from eic_tracker.reports.report_words import MEASURES, sex_words
from eic_tracker.services.entering_totals import (
    LinkChoice,
    TotalDraft,
    add_total,
    courses_of_total,
    link_courses,
    programmes_of_totals,
)
from eic_tracker.services.historical_totals import (
    PAPERS,
    TotalDocument,
    TotalDraw,
    TotalRow,
    TotalState,
    approve_total,
    document_total,
    list_totals,
    total_draw,
    withdraw_total,
)

_MOST_NAMED = 24
_STATES = {
    TotalState.TO_DOCUMENT: (N_("To be documented"), Tone.WARNING),
    TotalState.TO_APPROVE: (N_("To be approved"), Tone.INFO),
    TotalState.APPROVED: (N_("Approved"), Tone.OK),
}


class TotalsPart(ItemsPart):
    """Whoever enters published figures files the paper; a manager who did not do so approves."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around.t("Historical totals"), _COLUMNS, around)
        t = self.t
        self._rows: dict[int, TotalRow] = {}
        self._right = right(around.acting, Action.PUBLISHED_FIGURES)
        self.state_box = QComboBox()
        self.state_box.setAccessibleName(t("State"))
        self.state_box.setMinimumHeight(theme.TARGET)
        self.state_box.addItem(t("All"), None)
        for state, (words, _) in _STATES.items():
            self.state_box.addItem(t(words), state)
        self.add_tool(self.state_box)
        self.new_button = QPushButton(t("Enter a total…"))
        self.new_button.setAutoDefault(False)
        self.new_button.setToolTip(t("Ctrl+N"))
        self.new_button.clicked.connect(self.enter_new)
        self.add_tool(self.new_button)
        self.begin_with(self.new_button)
        self.new_button.setVisible(self._may_change)
        note = QLabel(t("Counts on paper without a roster. Only an approved one explains a published figure."))
        note.setProperty("muted", True)
        note.setWordWrap(True)
        self.layout_of_page.insertWidget(self.layout_of_page.indexOf(self.sides), note)
        self.state_box.activated.connect(lambda _place: self.read_rows())
        self.pane.save_requested.connect(self._save)

    def show_place(self, place: Place) -> None:
        """The state that was asked for, the chosen total."""
        wanted = place.state.get("total_state")
        if isinstance(wanted, str) and wanted in set(TotalState):
            self.state_box.setCurrentIndex(self.state_box.findData(TotalState(wanted)))
        super().show_place(place)

    def state(self) -> Mapping[str, Any]:
        """The state that is asked for, the chosen total."""
        return {"total_state": self._asked.value if self._asked is not None else None, **super().state()}

    def read_rows(self) -> None:
        """The totals in the state that is asked for."""
        self.read(list_totals, self._asked, done=self._on_rows, failed=self.show_failed, what="rows")

    def show_current(self, key: int) -> None:
        """The total as it was read."""
        row = self._rows.get(key)
        if row is None:
            return
        t = self.t
        words, tone = _STATES[row.state]
        lines = [
            Line("", t(words), tone),
            Line(t("Value"), t.number(row.value)),
            Line(t("Period"), f"{t.date(row.first_day)} – {t.date(row.last_day)}"),
        ]
        for label, value in (
            (t("Home force"), row.instructor_force),
            (t("Departments"), ", ".join(row.departments)),
            (t("Municipalities"), ", ".join(row.municipalities)),
            (t("Component"), t(CURRICULA[row.curriculum_kind]) if row.curriculum_kind else ""),
            (t("School"), row.school),
            (t("Document"), row.document_number),
            (t("Its date"), t.date(row.document_dated) if row.document_dated else ""),
            (t("Sender"), row.document_sender),
            (t("Subject"), row.document_subject),
            (t("Page"), row.page),
            (t("Entered by"), row.entered_by),
            (t("Approved by"), row.approved_by),
        ):
            if value:
                lines.append(Line(label, value))
        self.detail.show_item(_title_of(row, t), lines, self._deeds(row))
        self.read(total_draw, key, self.around.today, done=lambda draw: self._show_draw(row, lines, draw), what="draw")
        self.read_history("historical_total", key)

    def _show_draw(self, row: TotalRow, lines: list[Line], draw: TotalDraw) -> None:
        """What rosters took off it, with a step to each of them; nothing is said where none is linked."""
        if self.table.current_key() != row.id or not (draw.offerings or draw.class_groups):
            return
        t = self.t
        told = [
            Line(t("Backed by rosters by now"), t.number(draw.backed)),
            Line(t("Left of it without a roster"), _left_words(row, draw, t)),
        ]
        if draw.class_groups:
            told.append(Line(t("Class groups linked to it"), t.number(draw.class_groups)))
        self.detail.show_item(_title_of(row, t), [*lines[:2], *told, *lines[2:]], self._deeds(row))
        links = [
            (Deed(code, partial(self.go_requested.emit, Place("offering", key))), title)
            for key, code, title in draw.offerings
        ]
        if links:
            self.detail.add_links(t("Courses typed in later"), links)
        self.read_history("historical_total", row.id)

    def edit_current(self) -> None:
        """The form of the paper behind the chosen total."""
        row = self._rows.get(self.table.current_key() or 0)
        if row is None or row.state is TotalState.APPROVED or not self._may_change:
            return
        t = self.t
        kinds = [(code, t(words)) for code, words in SOURCE_KINDS.items()]
        fields = [
            FormField("kind", t("Kind of paper"), lambda label, _a: ChoiceEditor(label, kinds, None), required=True),
            FormField("number", t("Number"), _line, t("A paper without a number: S/N."), required=True),
            FormField("dated", t("Its date"), DateEditor, required=True),
            FormField("page", t("Page"), _line, t("Where the number stands in it."), required=True),
            FormField("sender", t("Sender"), _line),
            FormField("subject", t("Subject"), _line),
        ]
        values = {
            "kind": "report",
            "number": row.document_number,
            "dated": row.document_dated,
            "page": row.page,
            "sender": row.document_sender,
            "subject": row.document_subject,
        }
        self.pane.edit(f"total {row.id}", _title_of(row, t), fields, values, item=row.id)
        self.show_form()

    def enter_new(self) -> None:
        """The form of a new total, with the document that tells it."""
        self.read(programmes_of_totals, done=self._begin, what="programmes")

    def _begin(self, programmes: Mapping[str, str]) -> None:
        t = self.t
        # in the narrow pane each field has a line of its own
        document = [replace(each, beside=False) for each in document_fields(t)]
        fields = [*figure_fields(TOTAL_FIELDS, programmes, t, new=True), *document]
        self.pane.edit("total new", t("Enter a historical total"), fields, {})
        self.show_form()

    def _ask_link(self, row: TotalRow) -> None:
        self.read(courses_of_total, row.id, done=partial(self._ask_courses, row), what="courses")

    def _ask_courses(self, row: TotalRow, choices: tuple[LinkChoice, ...]) -> None:
        """Ask which courses draw the total down; those that do so now stand there."""
        t = self.t
        free = [each.code for each in choices if not each.linked]
        sentences = [t("Courses that count in this total: {codes}.", codes=", ".join(free[:_MOST_NAMED]) or "—")]
        if len(free) > _MOST_NAMED:
            sentences.append(t("And {count} more.", count=t.number(len(free) - _MOST_NAMED)))
        told = t("One number a line. Their completions are taken off what is left of the total.")
        field = FormField("codes", t("Courses that draw it down"), lambda label, _a: NamesEditor(label), told)
        asked = AskFields(t("Link courses"), sentences, [field], lambda _values: (), self.around, self.window())
        linked = tuple(each.code for each in choices if each.linked)
        asked.given.connect(lambda values: self._link(row, set(linked), set(values["codes"])))
        asked.start({"codes": linked})

    def _link(self, row: TotalRow, before: set[str], wanted: set[str]) -> None:
        said = self.t("The links were kept.")
        if taken := before - wanted:
            self._write(partial(link_courses, away=True), row, said, row.id, sorted(taken))
        if added := wanted - before:
            self._write(link_courses, row, said, row.id, sorted(added))

    @property
    def _asked(self) -> TotalState | None:
        """The state that is asked for; Qt gives back plain texts."""
        code = self.state_box.currentData()
        return TotalState(code) if code is not None else None

    @property
    def _may_change(self) -> bool:
        return self._right is not Right.NO and not self.around.read_only

    def _on_rows(self, rows: tuple[TotalRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self.show_rows(
            self._rows,
            self.t("No historical total has been recorded."),
            Deed(self.t("Clear filters"), self._all) if self._asked is not None else None,
        )

    def _all(self) -> None:
        self.state_box.setCurrentIndex(0)
        self.read_rows()

    def _deeds(self, row: TotalRow) -> list[Deed]:
        if not self._may_change:
            return []
        t = self.t
        deeds = []
        approves = self._right is Right.ENTER_AND_APPROVE_OTHERS
        if row.state is not TotalState.APPROVED:
            deeds.append(Deed(t("File its document (F2)"), self.edit_current))
        if row.state is TotalState.TO_APPROVE and approves:
            deeds.append(Deed(t("Approve"), partial(self._approve, row)))
        if right(self.around.acting, Action.ENROL) is not Right.NO and row.state is TotalState.APPROVED:
            deeds.append(Deed(t("Link courses…"), partial(self._ask_link, row)))
        if row.state is not TotalState.APPROVED or approves:
            deeds.append(Deed(t("Take it out…"), partial(self._ask_withdraw, row)))
        return deeds

    def _approve(self, row: TotalRow) -> None:
        self._write(approve_total, row, self.t("The total was approved."), row.id)

    def _ask_withdraw(self, row: TotalRow) -> None:
        label = self.t("Why it is taken out; the history keeps it")
        field = QLineEdit()
        field.setMinimumHeight(theme.TARGET)
        field.setAccessibleName(label)
        field.returnPressed.connect(lambda: self._withdraw(row, field))
        self.detail.ask(label, field, Deed(self.t("Take it out"), lambda: self._withdraw(row, field)))

    def _withdraw(self, row: TotalRow, field: QLineEdit) -> None:
        if not field.text().strip():
            theme.mark(field, "problem", True)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._write(withdraw_total, row, self.t("The total was taken out."), row.id, field.text())

    def _save(self, values: Mapping[str, Any], _original: object) -> None:
        row = self._rows.get(self.pane.item or 0)
        if row is None:
            self._enter(values)
            return
        draft = TotalDocument(
            total_id=row.id,
            kind=PAPERS[values["kind"]],
            number=values["number"] or "",
            dated=values["dated"],
            page=values["page"] or "",
            sender=values["sender"] or "",
            subject=values["subject"] or "",
        )
        self._write(document_total, row, self.t("The document was filed; another person approves the total."), draft)

    def _enter(self, values: Mapping[str, Any]) -> None:
        self.around.jobs.write(
            add_total,
            self.around.acting,
            TotalDraft(values, document_of(values), values["page"] or ""),
            owner=self,
            done=lambda key: self.after_saving(key, self.t("The total was entered; another person approves it.")),
            failed=self.pane.refused,
        )

    def _write(self, use_case: Any, row: TotalRow, said: str, *values: Any) -> None:
        self.around.jobs.write(
            use_case,
            self.around.acting,
            *values,
            owner=self,
            done=lambda _nothing: self.after_saving(row.id, said),
            failed=self.pane.refused if self.pane.is_open else self.tell_failure,
        )


def _line(label: str, _around: Surroundings) -> LineEditor:
    return LineEditor(label)


def _left_words(row: TotalRow, draw: TotalDraw, t: Translator) -> str:
    """What is left, by sex where the document tells the sexes."""
    left = draw.left_by_sex
    if left is None:
        return t.number(draw.left)
    youth = row.measure in (Measure.REACHED, Measure.GRADUATED)
    parts = [(Sex.F, left.women), (Sex.M, left.men), (Sex.U, left.unrecorded)]
    said = [f"{sex_words(sex, t, youth=youth)}: {t.number(heads)}" for sex, heads in parts if heads]
    return " · ".join([t.number(draw.left), *said])


def _title_of(row: TotalRow, t: Translator) -> str:
    return f"{row.programme} · {t(MEASURES[row.measure])}"


_COLUMNS = (
    Column("programme", N_("Programme"), lambda row, _t: row.programme, width=12, stretch=True),
    Column("measure", N_("Measure"), lambda row, t: t(MEASURES[row.measure]), width=18),
    Column("value", N_("Value"), lambda row, t: t.number(row.value), width=10, number=True),
    Column("from", N_("From"), lambda row, t: t.date(row.first_day), width=12, spare=True),
    Column("to", N_("Until"), lambda row, t: t.date(row.last_day), width=12),
    Column(
        "state",
        N_("State"),
        lambda row, t: t(_STATES[row.state][0]),
        width=18,
        tone=lambda row: _STATES[row.state][1],
    ),
)
