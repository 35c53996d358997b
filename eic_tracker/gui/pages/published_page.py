"""Published figures against the rows: value, count, difference, causes, support, source; the count opens its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from eic_tracker.domain.codes import CauseKind, FigureState
from eic_tracker.domain.reconciling import Cause, PublishedFigure
from eic_tracker.domain.supporting import Support
from eic_tracker.gui import theme
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.published_acts import PublishedActs
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.deed import Deed, DeedLine, deed_button
from eic_tracker.gui.widgets.scrolled_column import ScrolledColumn
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.gui.widgets.two_sides import TwoSides
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.report_data import Labels
from eic_tracker.reports.report_words import (
    STATE_DEFINITIONS,
    STATES,
    figure_words,
    published_value,
    reference_words,
    supports_of,
)
from eic_tracker.services.figures import figure_labels
from eic_tracker.services.historical_totals import TotalState
from eic_tracker.services.published import PublishedLine, published_figures

TONES = {
    FigureState.RECONCILED: Tone.OK,
    FigureState.EXPLAINED: Tone.OK,
    FigureState.UNEXPLAINED: Tone.ERROR,
    FigureState.CONTRADICTED: Tone.WARNING,
    FigureState.IN_PROGRESS: Tone.INFO,
    FigureState.MISSED: Tone.WARNING,
    FigureState.NOT_RECORDED: Tone.PLAIN,
}

_LEAST_DETAIL = 304
"""Pixels; the longest words of a detail are whole in it."""


class PublishedPage(Page):
    """The ledger at the left, the chosen figure with its causes and source at the right."""

    name = "published"

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.set_title(self.t("Published figures"))
        self.acts = PublishedActs(self)
        self._lines: dict[int, PublishedLine] = {}
        self._labels: Labels | None = None
        self._wanted: int | None = None
        self._only: str | None = None
        self.table = SmallTable(self.t("Published figures"), self._columns(), around)
        self._detail = ScrolledColumn()
        self._inside = QVBoxLayout(self._detail)
        self._inside.setContentsMargins(theme.PAGE_MARGIN, 0, theme.SPACE, 0)
        self._inside.setSpacing(theme.GAP)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._detail)
        area.setMinimumWidth(_LEAST_DETAIL)
        # beside the pane with the rows of a figure there is room for the ledger only
        self.sides = TwoSides(self.table, area, (5, 2))
        self.layout_of_page.addWidget(self.sides, 1)
        self._summary = QLabel()
        self._summary.setProperty("muted", True)
        self._summary.setWordWrap(True)
        self.layout_of_page.addWidget(self._summary)
        self.table.current_changed.connect(self._show_detail)
        self.table.opened.connect(self._open_count)

    def show_place(self, place: Place) -> None:
        """The ledger as of today; `state` may ask for the figures of one state only."""
        self._wanted = place.state.get("current")
        self._only = place.state.get("state")
        self.refresh()

    def state(self) -> Mapping[str, Any]:
        """The chosen figure."""
        return {"current": self.table.current_key(), "state": self._only}

    def refresh(self) -> None:
        """Count again."""
        if not self._lines:
            self._summary.setText(self.t("Reading…"))
        self.read(figure_labels, self.t.language, done=self._on_labels, what="labels", count=True)
        self.acts.refresh()

    def first_focus(self) -> QWidget | None:
        """The ledger."""
        return self.table

    def begin_new(self) -> bool:
        """Ctrl+N: a new figure, for who enters them."""
        if self.acts.enters:
            self.acts.enter()
        return self.acts.enters

    def print_view(self) -> None:
        """Ctrl+P: the sheet of all figures."""
        self.acts.print_sheet()

    def _on_labels(self, labels: Labels) -> None:
        self._labels = labels
        self.read(published_figures, self.around.today, done=self._show, count=True)

    def _show(self, lines: tuple[PublishedLine, ...]) -> None:
        shown = [line for line in lines if self._only in (None, line.reconciled.state.value)]
        self._lines = dict(enumerate(shown))
        self.table.show_rows(self._lines)
        states = {state: sum(line.reconciled.state is state for line in lines) for state in FigureState}
        parts = [f"{self.t(STATES[state])}: {number}" for state, number in states.items() if number]
        self._summary.setText(self.t("As of {date}.", date=self.t.date(self.around.today)) + " " + " · ".join(parts))
        if self._lines:
            self.table.select_key(self._wanted if self._wanted in self._lines else 0)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("figure", N_("Figure"), self._short, width=54, stretch=True),
            Column(
                "published", N_("Published"), lambda line, t: published_value(line.figure, t), width=16, number=True
            ),
            Column(
                "counted",
                N_("Counted"),
                lambda line, t: _number(line.reconciled.counted, t),
                width=9,
                number=True,
                spare=True,
            ),
            Column(
                "difference",
                N_("Difference"),
                lambda line, t: _number(line.reconciled.difference, t),
                width=9,
                number=True,
                spare=True,
            ),
            Column(
                "state",
                N_("State"),
                lambda line, t: t(STATES[line.reconciled.state]),
                width=17,
                tone=lambda line: TONES[line.reconciled.state],
            ),
        )

    def _figure(self, line: PublishedLine, t: Translator) -> str:
        return figure_words(line.figure, self._labels, t) if self._labels is not None else line.figure.key

    def _short(self, line: PublishedLine, t: Translator) -> str:
        """The programme by its code: what tells the figures apart comes first in a narrow column."""
        if self._labels is None:
            return line.figure.key
        return figure_words(line.figure, replace(self._labels, programmes={}), t)

    def _open_count(self, key: int) -> None:
        line = self._lines[key]
        if line.ref is not None:
            self.figure_requested.emit(line.ref, self._figure(line, self.t))

    def _show_detail(self, key: int | None) -> None:
        while (item := self._inside.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.acts.chosen = line = self._lines.get(key) if key is not None else None
        if line is None:
            return
        t, figure, found = self.t, line.figure, line.reconciled
        self._say(self._figure(line, t), theme.Type.SECTION)
        self._say(t(STATES[found.state]), theme.Type.STRONG, TONES[found.state])
        self._say(t(STATE_DEFINITIONS[found.state]), muted=True)
        if line.ref is not None and found.counted is not None:
            counted = t("Counted: {value}. See its rows", value=t.number(found.counted))
            self._inside.addWidget(deed_button(Deed(counted, lambda: self._open_count(key or 0)), look="link"))
        self._say_causes(line)
        self._say_contradicting(figure)
        self._say_support(line.support, figure.measure)
        self._rule()
        self._say(t("Source"), theme.Type.STRONG)
        self._say(reference_words(figure.source_title, t))
        self._say(f"“{figure.quote}”")
        if figure.source_url:
            self._say(figure.source_url, muted=True)
        if figure.note:
            self._say(reference_words(figure.note, t), muted=True)
        if self.acts.enters:
            self._inside.addWidget(deed_button(Deed(t("Change… (F2)"), self.acts.change)))
            if found.unexplained:
                self._inside.addWidget(deed_button(Deed(t("Explain the difference…"), self.acts.explain)))
        self._inside.addStretch(1)

    def _say_contradicting(self, own: PublishedFigure) -> None:
        """The figures that do not fit with this one, each a step away, with what each says."""
        for key, line in self._lines.items():
            other = line.figure
            if own.key == other.contradicts or other.key == own.contradicts:
                words = self.t(
                    "Does not fit with: {figure}, {value}.",
                    figure=self._short(line, self.t),
                    value=published_value(other, self.t),
                )
                self._inside.addWidget(DeedLine(Deed(words, partial(self.table.select_key, key))))

    def _say_causes(self, line: PublishedLine) -> None:
        t, found = self.t, line.reconciled
        if found.difference is None:
            return
        for cause in found.causes:
            words = f"{t.number(cause.amount)}  {t(cause.label, **cause.values)}"
            self._inside.addWidget(DeedLine(Deed(words, partial(self._open_cause, line, cause))))
            self._say_explanation(line, cause)
        for behind in line.historical:
            self._say(
                t(
                    "Historical total without roster: {value}, still {rest}",
                    value=t.number(behind.total.value),
                    rest=t.number(behind.rest),
                ),
                muted=True,
            )
        if found.unexplained:
            self._say(t("Not explained: {number}", number=t.number(found.unexplained)), theme.Type.STRONG, Tone.ERROR)

    def _say_explanation(self, line: PublishedLine, cause: Cause) -> None:
        """On which document a cause stands that somebody entered, and who answers for it."""
        for each in line.explanations:
            if cause.kind is not CauseKind.HISTORICAL_TOTAL and each.id == cause.row:
                words = self.t(
                    "{document}, page {page}; entered by {person}, approved by {other}",
                    document=each.document or "—",
                    page=each.page or "—",
                    person=each.entered_by,
                    other=each.approved_by or "—",
                )
                self._say(words, muted=True)

    def _open_cause(self, line: PublishedLine, cause: Cause) -> None:
        """What a part of a difference is: a documented total, what somebody entered, another figure, or the rows."""
        if cause.kind is CauseKind.HISTORICAL_TOTAL:
            state = {"section": "totals", "total_state": TotalState.APPROVED.value, "current": cause.row}
            self.go_requested.emit(Place("settings", state=state))
            return
        entry = next((each.entry for each in line.explanations if each.id == cause.row), None)
        other = next((key for key, each in self._lines.items() if each.figure.key == cause.values.get("figure")), None)
        if entry is not None:
            self.go_requested.emit(Place("history", state={"entry": entry}))
        elif other is not None:
            self.table.select_key(other)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._open_count(self.table.current_key() or 0)

    def _say_support(self, support: Support | None, measure: str) -> None:
        if support is None:
            return
        self._rule()
        t = self.t
        self._say(t("What stands behind it"), theme.Type.STRONG)
        for value, words in zip(support.numbers, supports_of(measure), strict=True):
            self._say(f"{t.number(value)}  {t(words)}")

    def _say(
        self, text: str, size: theme.Type = theme.Type.BODY, tone: Tone | None = None, *, muted: bool = False
    ) -> None:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setFont(theme.font(size))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if tone is not None:
            label.setProperty("tone", tone.value)
        if muted:
            label.setProperty("muted", True)
        self._inside.addWidget(label)

    def _rule(self) -> None:
        line = QFrame()
        line.setProperty("line", True)
        self._inside.addWidget(line)


def _number(value: int | None, t: Translator) -> str:
    return "—" if value is None else t.number(value)
