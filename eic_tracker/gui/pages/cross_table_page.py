"""A table of one's own: a figure by what one chooses; every number opens its rows, the table goes out or is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.cross_table import CrossTable, Key, TableSpec, dimensions_of, scope_of
from eic_tracker.domain.facts import Dimension, Scope
from eic_tracker.gui import theme
from eic_tracker.gui.cross_table_choices import ONLY, TOGETHER, period_choices, spec_of, state_of, table_columns
from eic_tracker.gui.jobs import Failure
from eic_tracker.gui.offering_acts import page_shortcut
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.table_out import TableOut
from eic_tracker.gui.widgets.deed import Deed, deed_button
from eic_tracker.gui.widgets.fact_list import sentence
from eic_tracker.gui.widgets.filter_bar import FilterBar, FilterSpec
from eic_tracker.gui.widgets.flow_layout import FlowLayout
from eic_tracker.gui.widgets.numbers_table import NumbersTable
from eic_tracker.gui.widgets.saved_views import SavedViews
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.i18n import N_
from eic_tracker.queries.listing import Choice
from eic_tracker.queries.report_data import Labels
from eic_tracker.reports.cross_table_words import (
    column_words,
    copied,
    table_head,
    table_lines,
    table_rule,
    table_title,
    together_words,
    words_of,
)
from eic_tracker.reports.dimension_words import DIMENSIONS
from eic_tracker.reports.report_words import MEASURES
from eic_tracker.services.cross_tables import (
    TableChoices,
    as_paper,
    cell_ref,
    count_cross_table,
    keys_to_keep,
    table_choices,
)
from eic_tracker.services.figures import figure_labels
from eic_tracker.services.table_papers import TableAsked
from eic_tracker.settings import SavedView

_COPY_KEYS = "Ctrl+Shift+C"
_SWAP_KEYS = "Ctrl+Shift+X"


class CrossTablePage(Page):
    """Choices above, the table below; the first table is the completions of each year."""

    name = "cross_table"
    shows = frozenset({"enrolment", "offering", "class_group", "participant", "assignment"})

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        t = self.t
        self.set_title(t("Table of your own"))
        self.table: NumbersTable | None = None
        self.found: CrossTable | None = None
        self._labels: Labels | None = None
        self.out = TableOut(self, self._asked)
        self._wanted: Mapping[str, Any] = {}
        self.measure = self._choice(t("Figure"), [(each.value, t(MEASURES[each])) for each in Measure])
        self.rows = self._choice(t("Rows"), [])
        self.columns = self._choice(t("Columns"), [])
        self.period = self._choice(t("Period"), [])
        self.programme = self._choice(t("Programme"), [])
        self.swap_button = deed_button(Deed(t("Rows ⇄ columns"), self.swap))
        self.swap_button.setToolTip(_SWAP_KEYS)
        self.swap_button.setAccessibleName(t("Change rows and columns over"))
        self.copy_button = deed_button(Deed(t("Copy the table"), self.copy))
        self.copy_button.setToolTip(_COPY_KEYS)
        self.export_button = deed_button(Deed(t("Workbook…"), self.export_view))
        self.export_button.setToolTip("Ctrl+Shift+E")
        specs = [FilterSpec(each.value, DIMENSIONS[each.value], words=self._choice_words) for each in Dimension]
        self.bar = FilterBar(specs, "", around)
        self.views = SavedViews("cross_table", around, self._view_now, self)
        self.summary = sentence("")
        self.rule = sentence("", theme.Type.CAPTION, muted=True)
        self.state_view = StateView(around.colours)
        self._place_of_table = QVBoxLayout()
        self._lay_out()
        self._connect()

    def show_place(self, place: Place) -> None:
        """The table that was in sight, the starred view, or completions by year."""
        starred = self.views.starred()
        self._wanted = place.state or (dict(starred.filters) if starred is not None else {})
        self.read(table_choices, done=self._on_choices, what="choices", count=True)
        self.read(figure_labels, self.t.language, done=self._on_labels, what="labels", count=True)

    def state(self) -> Mapping[str, Any]:
        """What is chosen, as a view keeps it."""
        return dict(state_of(self._spec(), str(self.period.currentData() or "")))

    def refresh(self) -> None:
        """Count again."""
        if self._labels is None or self.period.count() == 0:
            return
        self._offer_filters()
        if self.rows.currentData() == self.columns.currentData():
            self._say_no_table(self.t("Rows and columns are the same. Choose another for one of them."))
            return
        self.read(
            count_cross_table, self._spec(), self.around.today, done=self._show, failed=self._not_counted, count=True
        )

    def first_focus(self) -> QWidget | None:
        """The table; the first choice while there is none."""
        return self.table if self.table is not None and self.table.isVisibleTo(self) else self.measure

    def swap(self) -> None:
        """Rows become columns and columns rows."""
        rows, columns = self.rows.currentData(), self.columns.currentData()
        if columns != TOGETHER:
            self._quietly(self.rows, columns)
            self._quietly(self.columns, rows)
            self.refresh()

    def copy(self) -> None:
        """The table on the clipboard, for a spreadsheet or a letter."""
        if self.found is None or self._labels is None:
            return
        part = copied(self.found, self._labels, self.t)
        content = QMimeData()
        content.setText(part.text)
        content.setHtml(part.html)
        QGuiApplication.clipboard().setMimeData(content)
        self.done.emit(self.t("Copied: {title}", title=part.title), False)

    def print_view(self) -> None:
        """Ctrl+P: the table on paper."""
        self.out.print()

    def export_view(self) -> None:
        """Ctrl+Shift+E: the table as a workbook."""
        self.out.ask_export()

    def apply(self, view: SavedView) -> None:
        """Show a saved view."""
        self._choose(dict(view.filters))
        self.refresh()

    def _lay_out(self) -> None:
        choices = QWidget()
        flow = FlowLayout(choices, theme.GAP)
        labelled = (
            (N_("Fig&ure"), self.measure),
            (N_("&Rows"), self.rows),
            (N_("Co&lumns"), self.columns),
            (N_("&Period"), self.period),
            (N_("Progra&mme"), self.programme),
        )
        for words, box in labelled:
            pair = QWidget()
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(theme.SPACE)
            label = QLabel(self.t(words))
            label.setBuddy(box)
            line.addWidget(label)
            line.addWidget(box)
            flow.addWidget(pair)
        flow.addWidget(self.swap_button)
        self.bar.tools.addWidget(self.views)
        self.add_to_head(self.copy_button)
        self.add_to_head(self.export_button)
        column = self.layout_of_page
        column.addWidget(choices)
        column.addWidget(self.bar)
        column.addWidget(self.summary)
        column.addLayout(self._place_of_table, 1)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.rule)
        self.state_view.show_reading(self.t("Counting…"))

    def _connect(self) -> None:
        self.measure.currentIndexChanged.connect(lambda _place: self._on_measure())
        for box in (self.rows, self.columns, self.period, self.programme):
            box.currentIndexChanged.connect(lambda _place: self.refresh())
        self.bar.changed.connect(self._on_filters)
        self.bar.choices_wanted.connect(self._offer_keys)
        self.views.chosen.connect(self.apply)
        self.views.said.connect(lambda text: self.done.emit(text, False))
        page_shortcut(_COPY_KEYS, self).activated.connect(self.copy)
        page_shortcut(_SWAP_KEYS, self).activated.connect(self.swap)

    def _choice(self, name: str, items: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumHeight(theme.TARGET)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for code, words in items:
            box.addItem(words, code)
        return box

    def _fill(self, box: QComboBox, items: Sequence[tuple[str, str]], wanted: object) -> None:
        with QSignalBlocker(box):
            box.clear()
            for code, words in items:
                box.addItem(words, code)
            box.setCurrentIndex(max(0, box.findData(wanted)))

    def _quietly(self, box: QComboBox, code: object) -> None:
        with QSignalBlocker(box):
            box.setCurrentIndex(max(0, box.findData(code)))

    def _on_choices(self, choices: TableChoices) -> None:
        t = self.t
        named = [("", t("All programmes")), *choices.programmes.items()]
        self._fill(self.programme, named, self.programme.currentData())
        self._fill(self.period, period_choices(choices.years, t), self.period.currentData())
        if self._wanted or self.rows.count() == 0:
            self._choose(self._wanted)
            self._wanted = {}
        self.refresh()

    def _on_labels(self, labels: Labels) -> None:
        self._labels = labels
        self.refresh()

    def _choose(self, said: Mapping[str, Any]) -> None:
        """What a place or a view says; what it does not say, or what no longer is, stands as at first."""
        self._quietly(self.measure, said.get("measure", Measure.COMPLETIONS.value))
        self._offer_dimensions(said.get("rows", Dimension.YEAR.value), said.get("columns", TOGETHER))
        self._quietly(self.period, said.get("period", ""))
        self._quietly(self.programme, said.get("programme", ""))
        known = {each.value for each in dimensions_of(self._measure())}
        only = [(name.removeprefix(ONLY), str(key)) for name, key in said.items() if name.startswith(ONLY)]
        self.bar.set_filters([each for each in only if each[0] in known], {}, "")
        for name in sorted(self.bar.unworded()):
            self._offer_keys(name)

    def _on_measure(self) -> None:
        """Other figures are told by other things; what both know stays chosen."""
        self._offer_dimensions(self.rows.currentData(), self.columns.currentData())
        known = {each.value for each in dimensions_of(self._measure())}
        self.bar.set_filters([each for each in self.bar.filters if each[0] in known], self.bar.words, "")
        for name, _ in self.bar.filters:
            # women of courses are girls of class groups
            self._offer_keys(name)
        self.refresh()

    def _offer_dimensions(self, rows: object, columns: object) -> None:
        t = self.t
        known = [(each.value, t(DIMENSIONS[each.value])) for each in dimensions_of(self._measure())]
        self._fill(self.rows, known, rows)
        self._fill(self.columns, [(TOGETHER, t("The figures together")), *known], columns)

    def _offer_filters(self) -> None:
        """What stands in rows or columns is no filter: it would leave one line."""
        taken = {self.rows.currentData(), self.columns.currentData()}
        left = [each for each in self.bar.filters if each[0] not in taken]
        if len(left) != len(self.bar.filters):
            self.bar.set_filters(left, self.bar.words, "")
        self.bar.offer_only({each.value for each in dimensions_of(self._measure())} - taken)
        self.swap_button.setEnabled(self.columns.currentData() != TOGETHER)

    def _offer_keys(self, name: str) -> None:
        """The keys that a filter may keep, of the programme and period in sight."""
        self.read(
            keys_to_keep,
            self._measure(),
            Dimension(name),
            self.around.today,
            self._scope(),
            done=lambda keys: self.bar.offer(name, [Choice(key or "", self._key_words(name, key)) for key in keys]),
            what=f"keys {name}",
            count=True,
        )

    def _on_filters(self) -> None:
        """Of each kind the last that was chosen."""
        latest = {name: (name, code) for name, code in self.bar.filters}
        if len(latest) != len(self.bar.filters):
            self.bar.set_filters(tuple(latest.values()), self.bar.words, "")
        self.refresh()

    def _measure(self) -> Measure:
        return Measure(self.measure.currentData())

    def _spec(self) -> TableSpec:
        rows, columns = self.rows.currentData() or Dimension.YEAR, self.columns.currentData() or TOGETHER
        return spec_of(self._measure(), Dimension(rows), columns, self._scope(), self.bar.filters)

    def _scope(self) -> Scope:
        return scope_of(str(self.period.currentData() or ""), str(self.programme.currentData() or ""))

    def _key_words(self, name: str, key: Key) -> str:
        assert self._labels is not None
        return words_of(TableSpec(self._measure(), Dimension(name)), Dimension(name), key, self._labels, self.t)

    def _choice_words(self, choice: Choice, _t: object) -> str:
        return choice.name or choice.code or self.t("not recorded")

    def _show(self, found: CrossTable) -> None:
        if self._labels is None:
            return
        self.found = found
        labels, t = self._labels, self.t
        self._make_table(found, labels)
        self.set_title(table_title(found.spec, t))
        day = t("As of {date}.", date=t.date(found.as_of))
        self.summary.setText(f"{together_words(found, t)} · {day}")
        self.rule.setText(table_rule(found, t))
        self._set_found(bool(found.rows))
        if not found.rows:
            self.state_view.show_nothing_found(t("Nothing is counted here."), t("Clear filters"), self._clear)

    def _set_found(self, found: bool) -> None:
        if self.table is not None:
            self.table.setVisible(found)
        self.state_view.setVisible(not found)
        self.rule.setVisible(found)
        for button in (self.copy_button, self.export_button):
            button.setEnabled(found)

    def _not_counted(self, failure: Failure) -> None:
        """A table that makes no sense or has too many columns is told in its place."""
        if failure.told is None:
            self.tell_failure(failure)
        else:
            self._say_no_table(failure.told.text(self.t))

    def _say_no_table(self, words: str) -> None:
        self.found = None
        self.summary.setText("")
        self.state_view.show_nothing_found(words, self.t("The figures together"), self._together)
        self._set_found(False)

    def _together(self) -> None:
        self.columns.setCurrentIndex(0)

    def _clear(self) -> None:
        self._quietly(self.period, "")
        self._quietly(self.programme, "")
        self.bar.set_filters((), {}, "")
        self.refresh()

    def _make_table(self, found: CrossTable, labels: Labels) -> None:
        """A new table for its new columns; the keyboard stays where it was."""
        old = self.table
        lines = table_lines(found, labels, self.t)
        heads = table_head(found, labels, self.t)
        self.table = table = NumbersTable(table_title(found.spec, self.t), table_columns(heads), self.around)
        table.number_opened.connect(self._open)
        had = old is not None and old.hasFocus()
        at = old.currentIndex().row() if old is not None else 0
        self._place_of_table.addWidget(table)
        # what is not shown yet takes no keyboard
        table.show()
        table.show_rows(dict(enumerate(lines)))
        table.setCurrentIndex(table.model().index(max(0, min(at, len(lines) - 1)), 0))
        if old is None or had:
            table.setFocus(Qt.FocusReason.OtherFocusReason)
        if old is not None:
            old.hide()
            old.deleteLater()

    def _open(self, key: int, name: str) -> None:
        found, labels = self.found, self._labels
        if found is None or labels is None:
            return
        # the last line is the total, and so is the last column where the columns are keys
        row, column = found.rows[key : key + 1], found.columns[int(name) : int(name) + 1]
        ref = cell_ref(found, row, column)
        words = [words_of(found.spec, found.spec.rows, each, labels, self.t) for each in row]
        if found.spec.columns is not None:
            words += [column_words(found, each, labels, self.t) for each in column]
        title = ", ".join(words) or self.t("Total")
        self.figure_requested.emit(ref, f"{self.t(MEASURES[ref.measure])}: {title}")

    def _asked(self) -> TableAsked | None:
        if self.found is None or self._labels is None or not self.found.rows:
            return None
        return as_paper(self.found, self._labels, self.t)

    def _view_now(self, name: str) -> SavedView:
        said = state_of(self._spec(), str(self.period.currentData() or ""))
        return SavedView(name, filters=tuple(said))
