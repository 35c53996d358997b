"""Audit samples: completions drawn by chance, their proofs, and what was found of each by keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.domain.periods import last_ended_quarter, parse_period
from eic_tracker.domain.periods import title as period_title
from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.domain.sampling import Outcome
from eic_tracker.errors import UserError
from eic_tracker.gui import theme
from eic_tracker.gui.dialogs.ask_reason import ask_reason
from eic_tracker.gui.dialogs.print_view import show_upright
from eic_tracker.gui.grids.samples import ITEMS
from eic_tracker.gui.leaving_words import leaving_question
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.editors import LineEditor, NumberEditor
from eic_tracker.gui.widgets.fact_list import FactList, sentence
from eic_tracker.gui.widgets.field_form import FormField
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.i18n import N_
from eic_tracker.queries.audit_samples import SampleItem, SampleRow
from eic_tracker.reports.sample_words import drawn_words, found_words, proof_titles, proofs_of
from eic_tracker.services.attachments import read_scan
from eic_tracker.services.audit_samples import (
    MOST_ITEMS,
    SampleAsked,
    SampleDetail,
    audit_samples,
    check_sample_item,
    draw_sample,
    file_checklist,
    sample_detail,
    sample_leaving,
    sample_paper,
)
from eic_tracker.services.exports import Leaving, note_export

_KEYS = (
    ("1", Outcome.SUPPORTED, N_("Supported")),
    ("2", Outcome.PARTLY, N_("Supported in part…")),
    ("3", Outcome.UNSUPPORTED, N_("Not supported…")),
    ("0", None, N_("Not checked")),
)
_USUAL_SIZE = 12

AskReason = Callable[..., str | None]


class SamplesPage(Page):
    """A place's key is the draw in sight; without one the newest."""

    name = "samples"
    shows = frozenset(
        {"audit_sample", "audit_sample_item", "enrolment", "certificate", "act", "delivery", "attachment"}
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.ask: AskReason = ask_reason
        self.show_sheet = show_upright
        self.detail: SampleDetail | None = None
        self._wanted: int | None = None
        self.set_title(t("Audit samples"))
        self._draws = not around.read_only and right(around.acting, Action.QUARTERLY_REPORTS) is Right.YES
        if self._draws:
            self.draw_button = self.primary_button(t("Draw a sample…"), self.ask_draw)
            self.draw_button.setToolTip("Ins")
            page_shortcut("Ins", self).activated.connect(self.ask_draw)
        self.choice = QComboBox()
        self.choice.setAccessibleName(t("Audit samples"))
        self.choice.setMinimumHeight(theme.TARGET)
        self.choice.currentIndexChanged.connect(lambda _place: self._read_detail())
        self.paper_button = deed_button(Deed(t("Checklist…"), self.show_checklist))
        self.scan_button = deed_button(Deed(t("File the signed checklist…"), self._ask_scan))
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        line.addWidget(self.choice, 1)
        for button in (self.paper_button, self.scan_button):
            line.addWidget(button)
        self.drawn, self.found = sentence("", muted=True), sentence("")
        self.table = SmallTable(t("Completions that were drawn"), ITEMS, around)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(self._say_item)
        self.facts = FactList()
        self.view = StateView(around.colours)
        self._foot = QWidget()
        foot = FlowLayout(self._foot, theme.GAP)
        self.buttons = {}
        for keys, outcome, words in _KEYS:
            button = deed_button(Deed(t(words), partial(self.check, outcome)))
            button.setToolTip(keys)
            foot.addWidget(button)
            self.buttons[outcome] = button
            page_shortcut(keys, self.table).activated.connect(button.click)
        column = self.layout_of_page
        column.addLayout(line)
        for widget in (self.drawn, self.found):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.facts)
        column.addWidget(self._foot)
        column.addWidget(self.view, 1)
        self._show_detail(None)

    def show_place(self, place: Place) -> None:
        """The draw that is asked for."""
        self._wanted = place.key
        self.refresh()

    def state(self) -> Mapping[str, Any]:
        """Nothing but the draw itself, which is the place's key."""
        return {}

    def refresh(self) -> None:
        """Read the draws, then the one in sight."""
        self.read(audit_samples, done=self._show_draws)

    def first_focus(self) -> QWidget | None:
        """The items; without a draw, what draws one."""
        if self.table.isVisibleTo(self):
            return self.table
        return self.draw_button if self._draws else self.choice

    def print_view(self) -> None:
        """Ctrl+P: the checklist."""
        self.show_checklist()

    def ask_draw(self) -> None:
        """Which period, how many, with which seed."""
        t, today = self.t, self.around.today
        fields = [
            FormField("period", t("Period"), lambda label, _around: LineEditor(label, longest=12), required=True),
            FormField("size", t("How many completions"), lambda label, _around: NumberEditor(label), required=True),
            FormField("seed", t("Seed"), lambda label, _around: LineEditor(label, longest=100)),
        ]
        said = [
            t("Let the auditor say the seed, for example from dice: whoever chooses it could try several."),
            t("A draw stays in the file for ever, also one that is not gone on with."),
        ]
        dialog = AskFields(t("Draw a sample"), said, fields, _draw_problems, self.around, self.window())

        def given(values: Mapping[str, Any]) -> None:
            asked = SampleAsked(parse_period(str(values["period"])), int(values["size"]), str(values["seed"] or ""))
            self.write(draw_sample, asked, today, said=self._on_drawn, undoable=False)

        dialog.given.connect(given)
        dialog.start({"period": last_ended_quarter(today).code, "size": _USUAL_SIZE})

    def check(self, outcome: Outcome | None) -> None:
        """Keep what was found of the item in sight; what is missing is asked for."""
        item = self._item()
        if item is None or not self._draws:
            return
        if outcome in (Outcome.PARTLY, Outcome.UNSUPPORTED):
            t = self.t
            field = FormField(
                "note", t("What is missing"), lambda label, _around: LineEditor(label, longest=400), required=True
            )
            name = t("Item {position}: {name}", position=item.position, name=item.name)
            dialog = AskFields(name, (), [field], _note_problems, self.around, self.window())
            dialog.given.connect(lambda values: self._check(item, outcome, str(values["note"])))
            dialog.start({"note": item.note})
        else:
            self._check(item, outcome, "")

    def show_checklist(self) -> None:
        """The checklist before it is printed; that it names people is noted in the journal first."""
        if self.detail is not None:
            key = self.detail.row.id
            self.read(sample_leaving, key, done=partial(self._note, key), what="leaving")

    def file_scan(self, path: Path) -> None:
        """File the scan of a signed checklist with the draw in sight."""
        if self.detail is None:
            return
        key, t = self.detail.row.id, self.t

        def file(scan: Any) -> None:
            self.write(
                file_checklist, key, scan, said=lambda _none: t("The signed checklist is filed."), undoable=False
            )

        self.read(read_scan, path, done=file, failed=self.tell_failure, what="scan")

    def _ask_scan(self) -> None:
        kinds = self.t("Scans") + " (*.pdf *.jpg *.jpeg *.png)"
        folder = self.around.preferences.current.last_folder or Path.home()
        path, _ = QFileDialog.getOpenFileName(self, self.t("File the signed checklist"), str(folder), kinds)
        if path:
            self.file_scan(Path(path))

    def _check(self, item: SampleItem, outcome: Outcome | None, note: str) -> None:
        if self.detail is None:
            return
        following = [each.id for each in self.detail.items if each.position > item.position and each.outcome is None]
        t = self.t
        told = t("Item {position} is kept.", position=item.position)
        self.write(check_sample_item, self.detail.row.id, item.position, outcome, note, said=lambda _entry: told)
        if following and outcome is not None:
            self.table.select_key(following[0])

    def _note(self, key: int, leaving: Leaving) -> None:
        reason = ""
        if leaving.needs_reason:
            if not self.isVisible():
                # the window was locked, or another page opened, meanwhile: nothing is asked over that
                return
            given = self.ask(self.window(), self.t, leaving_question(leaving.people, self.t))
            if given is None:
                return
            reason = given
        self.around.jobs.write(
            note_export,
            self.around.acting,
            f"audit sample {key}",
            leaving.people,
            reason,
            owner=self,
            done=partial(self._show_sheet, key),
            failed=self.tell_failure,
        )

    def _show_sheet(self, key: int, note: int | None) -> None:
        if self.isVisible() and self.detail is not None and self.detail.row.id == key:
            make = partial(sample_paper, sample_id=key, t=self.t, today=self.around.today, note=note)
            self.show_sheet(self.around, make, self.t("Audit sample {number}", number=key), self.window())

    def _on_drawn(self, key: int) -> str:
        self._wanted = key
        return self.t("Sample {number} is drawn.", number=key)

    def _show_draws(self, rows: Sequence[SampleRow]) -> None:
        wanted = self._wanted if self._wanted is not None else self.choice.currentData()
        self._wanted = None
        blocked = self.choice.blockSignals(True)
        self.choice.clear()
        for row in rows:
            self.choice.addItem(self._draw_words(row), row.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(wanted)) if rows else -1)
        self.choice.blockSignals(blocked)
        self._read_detail()

    def _draw_words(self, row: SampleRow) -> str:
        t = self.t
        return t(
            "{number}: {period}, {size} of {population}, checked {checked}",
            number=row.id,
            period=period_title(row.period, t),
            size=t.number(row.size),
            population=t.number(row.population),
            checked=t.number(row.tally.checked),
        )

    def _read_detail(self) -> None:
        key = self.choice.currentData()
        if key is None:
            self._show_detail(None)
        else:
            self.read(sample_detail, key, self.around.today, done=self._show_detail, what="detail")

    def _show_detail(self, detail: SampleDetail | None) -> None:
        t = self.t
        self.detail = detail
        for widget in (self.choice, self.paper_button, self.drawn, self.found, self.table, self.facts):
            widget.setVisible(detail is not None)
        self._foot.setVisible(detail is not None and self._draws)
        self.scan_button.setVisible(detail is not None and self._draws)
        self.view.setVisible(detail is None)
        if detail is None:
            words = t("No sample was drawn yet: some completions by chance, whose papers an auditor looks for.")
            self.view.show_empty(words)
            return
        told = [drawn_words(detail.row, t), t("Seed: {seed}.", seed=detail.row.seed)]
        if not detail.same_rows:
            told.append(t("The period counts other rows today than on the day of the draw."))
        if detail.row.checklists:
            told.append(
                t.plural(
                    "{count} signed checklist is filed.",
                    "{count} signed checklists are filed.",
                    detail.row.checklists,
                )
            )
        self.drawn.setText(" ".join(told))
        self.found.setText(found_words(detail.row, t))
        had = self.table.current_key()
        self.table.show_rows({item.id: item for item in detail.items})
        if had not in self.table.rows:
            self.table.select_key(next((item.id for item in detail.items if item.outcome is None), detail.items[0].id))
        self._say_item(self.table.current_key())

    def _item(self) -> SampleItem | None:
        found = self.table.rows.get(self.table.current_key() or 0)
        return found if isinstance(found, SampleItem) else None

    def _say_item(self, _key: object) -> None:
        item, t = self._item(), self.t
        if item is not None:
            proofs = zip(proof_titles(t), proofs_of(item, t), strict=True)
            lacking = [title for title, proof in proofs if not proof]
            note = item.note or ""
            self.facts.show_facts(
                [
                    (t("Person and course"), f"{item.name} · {item.offering} · {item.course}"),
                    (t("The file holds no"), ", ".join(lacking)),
                    (t("What is missing"), note),
                ]
            )

    def _open(self, key: int) -> None:
        self.go_requested.emit(Place("offering", self.table.rows[key].offering_id))


def _draw_problems(values: Mapping[str, Any]) -> Sequence[DraftProblem]:
    problems = []
    try:
        parse_period(str(values["period"] or ""))
    except UserError as error:
        problems.append(DraftProblem("period", error.message, error.values))
    size = values["size"]
    if not isinstance(size, int) or not 1 <= size <= MOST_ITEMS:
        problems.append(DraftProblem("size", N_("A sample holds from 1 to {most} completions."), {"most": MOST_ITEMS}))
    return problems


def _note_problems(values: Mapping[str, Any]) -> Sequence[DraftProblem]:
    return () if str(values["note"] or "").strip() else (DraftProblem("note", N_("This is needed.")),)
