"""The grid of a list: search and filters above, rows that are read as they are looked at, a count below."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.models.rows_model import RowsModel
from eic_tracker.gui.notices import notice_of, reading_notice
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.announcing import announce
from eic_tracker.gui.widgets.filter_bar import FilterBar, FilterSpec
from eic_tracker.gui.widgets.frozen_table import FrozenTable
from eic_tracker.gui.widgets.grid_columns import GridColumns, row_height
from eic_tracker.gui.widgets.grid_papers import GridPapers
from eic_tracker.gui.widgets.grid_place import (
    PLACE,
    current_key,
    go_back_to_place,
    go_to_key,
    read_place,
    selected_keys,
)
from eic_tracker.gui.widgets.grid_tools import GridTools
from eic_tracker.gui.widgets.page_reader import PageReader
from eic_tracker.gui.widgets.state_delegate import StateDelegate
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.i18n import NP_
from eic_tracker.queries.listing import Request

ROWS = NP_("{count} row", "{count} rows")
_NARROW = 760
"""Pixels below which the tools show icons only."""


@dataclass(frozen=True, slots=True)
class GridSpec:
    """A list as a grid shows it: which list, its columns and filters, what is said when it is empty (messages)."""

    listing: str
    columns: tuple[Column, ...]
    search_hint: str
    empty: str
    filters: tuple[FilterSpec, ...] = ()
    order: str = ""
    descending: bool = False
    plural: tuple[str, str] = ROWS
    title: str = ""
    """what the list is called, on its papers and for screen readers"""
    name: str = ""
    """under which its columns and views are kept; the list's own where it is empty"""
    people: bool = False
    """its rows name people: what leaves is journalled"""

    @property
    def kept_as(self) -> str:
        """The name of its columns and views in the preferences."""
        return self.name or self.listing


class Grid(QWidget):
    """Rows of a listing; nothing that is selected or scrolled is lost by reading again."""

    opened = Signal(int)
    """the key of the row on which Enter or a double click fell"""
    current_changed = Signal(object)
    """the key of the row where the keyboard stands, or None"""
    rows_shown = Signal(int)
    """how many rows the present request has"""
    noticed = Signal(object)
    """a Notice for the window's bar"""
    said = Signal(str)
    """a sentence for the toast"""

    def __init__(self, spec: GridSpec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.around = around
        self._t = around.t
        self._base = Request()
        self._sort = (spec.order, spec.descending)
        self._job: Job | None = None
        self._wanted: dict[str, Any] = {}
        self._loaded = False
        self._current: int | None = None
        self._all: int | None = None
        self._failure: Failure | None = None
        title = self._t(spec.title or spec.search_hint)
        self.model = RowsModel(spec.columns, around.t, self)
        self.bar = FilterBar(spec.filters, spec.search_hint, around, self)
        self.table = FrozenTable(self.model, around.colours.hairline, self)
        self.table.setAccessibleName(title)
        for view in (self.table, self.table.frozen):
            view.setItemDelegate(StateDelegate(around.colours, view))
        self.columns = GridColumns(spec.kept_as, spec.listing, self.model, self.table, around)
        self.state_view = StateView(around.colours, self.table)
        self.state_view.hide()
        self.footer = QLabel()
        self.footer.setProperty("muted", True)
        self.papers = GridPapers(self)
        self.tools = GridTools(self)
        self.bar.tools.addWidget(self.tools, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.papers.progress)
        layout.addWidget(self.footer)
        self.reader = PageReader(spec.listing, self.model, self.table.rows_in_sight, around, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_footer)
        self._connect()
        self._start_as_kept()

    @property
    def request(self) -> Request:
        """What is asked for now: the page's own restriction with the person's filters, text and order."""
        order, descending = self._sort
        return replace(
            self._base,
            text=self.bar.search.text().strip(),
            filters=(*self._base.filters, *self.bar.filters),
            order=order,
            descending=descending,
        )

    @property
    def loaded(self) -> bool:
        """Whether the keys of all rows are there, not the first ones only."""
        return self._loaded

    @property
    def sort(self) -> tuple[str, bool]:
        """The order of the rows and whether it runs backwards."""
        return self._sort

    def ask(self, base: Request, *, keep: bool = False) -> None:
        """Show the rows of a restriction that the page makes (an offering's roster, the rows behind a figure)."""
        keep = keep and base == self._base
        if not keep:
            self._wanted = {}
        self._base = base
        self._all = None
        self._read_keys(keep=keep)

    def refresh(self) -> None:
        """Read again; the same record stays selected and the same rows in sight."""
        if self._loaded or self._failure is not None:
            self._all = None
            self._read_keys(keep=True)

    def state(self) -> dict[str, Any]:
        """How the grid stands: filters, text, order, selection, scroll."""
        asked = {
            "filters": self.bar.filters,
            "words": dict(self.bar.words),
            "text": self.bar.search.text(),
            "sort": self._sort,
        }
        return asked | (self._wanted or read_place(self.table, self.model))

    def restore(self, state: Mapping[str, Any], base: Request | None = None) -> None:
        """Stand as `state` says and read; an empty state leaves filters and place as they are."""
        other = base is not None and base != self._base
        self._base = self._base if base is None else base
        if other:
            self.bar.set_filters((), {}, "")
            self._all = None
        if state:
            self.bar.set_filters(state.get("filters", ()), state.get("words", {}), state.get("text", ""))
            self._sort = state.get("sort", self._sort)
            self._wanted = {name: state[name] for name in PLACE if name in state}
        elif other:
            self._wanted = {}
        for name in self.bar.unworded():
            self._on_choices_wanted(name)
        self.columns.show_sort(*self._sort)
        self._read_keys(keep=self._loaded and not other)

    def current_key(self) -> int | None:
        """The key of the row where the keyboard stands."""
        return current_key(self.table, self.model)

    def selected_keys(self) -> array[int]:
        """The keys of the selected rows in their order."""
        return selected_keys(self.table, self.model)

    def select_key(self, key: int) -> bool:
        """Put the keyboard on a record; False where it is not shown."""
        return go_to_key(self.table, self.model, key)

    def focus_search(self) -> None:
        """Put the keyboard into the search box."""
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def first_focus(self) -> QWidget:
        """The rows, or the search box where there are none."""
        return self.table if len(self.model.keys) or not self._loaded else self.bar.search

    def go_up(self) -> bool:
        """Esc: in the search box it clears what is asked for, then leaves the box; False where nothing was done."""
        within = QApplication.focusWidget()
        if within is None or not self.bar.isAncestorOf(within):
            return False
        if self.bar.is_asking:
            self.bar.clear()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def sort_by(self, order: str, descending: bool) -> None:
        """Put the rows in another order; the record that is selected stays in sight."""
        self._sort = (order, descending)
        self.columns.show_sort(*self._sort)
        self.columns.keep_sort(order, descending)
        place = read_place(self.table, self.model)
        self._wanted = {name: place[name] for name in ("current", "selected")}
        self._read_keys(keep=True)

    def set_density(self) -> None:
        """The height of the rows, as the preferences say."""
        self.table.set_row_height(row_height(self.around.preferences.density, self.fontMetrics().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Narrow grids have icons without words above them."""
        super().resizeEvent(event)
        for part in (self.bar, self.tools):
            part.set_narrow(self.width() < _NARROW)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's own name
        """Take up a density that was chosen elsewhere."""
        super().showEvent(event)
        self.set_density()

    def _connect(self) -> None:
        self.bar.changed.connect(self._on_filters_changed)
        self.bar.choices_wanted.connect(self._on_choices_wanted)
        self.bar.left.connect(self._on_bar_left)
        self.reader.failed.connect(self._on_page_failed)
        self.reader.began.connect(self._on_begun)
        self.table.row_opened.connect(lambda row: self.opened.emit(self.model.keys[row]))
        self.table.copy_requested.connect(self.papers.copy)
        self.table.search_requested.connect(self.bar.type_into)
        self.table.resized.connect(self._place_state_view)
        self.table.horizontalHeader().sectionClicked.connect(self._on_header_clicked)
        self.table.menu_requested.connect(self.tools.show_row_menu)
        self.table.header_menu_requested.connect(self.tools.show_header_menu)
        selection = self.table.selectionModel()
        selection.currentRowChanged.connect(self._on_current_changed)
        selection.selectionChanged.connect(lambda *_: self._soon.start())

    def _start_as_kept(self) -> None:
        kept = self.columns.kept
        if kept is not None and kept.sort:
            self._sort = (kept.sort, kept.descending)
        starred = self.tools.views.starred()
        if starred is not None:
            self.bar.set_filters(starred.filters, {}, starred.text)
            if starred.sort:
                self._sort = (starred.sort, starred.descending)
        self.set_density()
        self.columns.show_sort(*self._sort)

    def _read_keys(self, *, keep: bool) -> None:
        if self._job is not None:
            self._job.cancel()
        if not self._loaded:
            self.state_view.show_reading(self._t("Reading…"))
            self._show_state_view(True)
            self.reader.forget()
            # another order than the list's own may have no index: asked twice it would take twice as long
            if not self._wanted and self._sort == (self.spec.order, self.spec.descending):
                self.reader.begin(self.request)
        self._job = self.reader.read_keys(self.request, lambda keys: self._on_keys(keys, keep=keep), self._on_failed)

    def _on_begun(self, whole: bool) -> None:
        keys = self.model.keys
        if len(keys):
            self._show_state_view(False)
            self.table.updateGeometries()
            self._go_back_to_place({})
        if whole and self._job is not None:
            self._job.cancel()
            self._on_keys(keys, keep=False)

    def _on_keys(self, keys: array[int], *, keep: bool) -> None:
        self._job = None
        self._failure = None
        filtered = self._loaded and not keep
        begun = not (self._loaded or self._wanted) and (keys is self.model.keys or self.model.add_keys(keys))
        self._loaded = True
        self.reader.forget()
        same = begun or (keep and not self._wanted and keys == self.model.keys)
        wanted = self._wanted or (read_place(self.table, self.model) if keep and not same else {})
        self._wanted = {}
        if not begun:
            self.model.set_keys(keys, keep_rows=keep)
        if not self.bar.is_asking:
            self._all = len(keys)
        if len(keys):
            self._show_state_view(False)
        else:
            self._show_empty()
        self.table.updateGeometries()
        if not same:
            self._go_back_to_place(wanted)
        self._show_footer()
        if filtered and self.isVisible():
            announce(self, self.footer.text())
        self.rows_shown.emit(len(keys))

    def _show_empty(self) -> None:
        if self.bar.is_asking:
            self.state_view.show_nothing_found(
                self._t("Nothing matches what is asked for."), self._t("Clear filters"), self.bar.clear
            )
        else:
            self.state_view.show_empty(self._t(self.spec.empty))
        self._show_state_view(True)

    def _show_state_view(self, shown: bool) -> None:
        """Over the rows, so that the headings stay in sight."""
        self.state_view.setVisible(shown)
        self.table.frozen.setHidden(shown or self.table.horizontalScrollBar().maximum() == 0)
        if shown:
            self._place_state_view()
            self.state_view.raise_()

    def _place_state_view(self) -> None:
        self.state_view.setGeometry(self.table.viewport().geometry())

    def _go_back_to_place(self, wanted: Mapping[str, Any]) -> None:
        if len(self.model.keys):
            go_back_to_place(self.table, self.model, wanted)
            self._on_current_changed(self.table.currentIndex())

    def _on_failed(self, failure: Failure) -> None:
        self._job = None
        self._failure = failure
        if self._loaded and len(self.model.keys):
            self._wanted = {}
            self.noticed.emit(reading_notice(failure, self._t))
            return
        self.state_view.show_failed(
            notice_of(failure, self._t).text, self._t("Try again"), lambda: self._read_keys(keep=False)
        )
        self._show_state_view(True)

    def _on_page_failed(self, failure: Failure) -> None:
        self._failure = failure
        self.noticed.emit(reading_notice(failure, self._t))

    def _on_choices_wanted(self, name: str) -> None:
        self.reader.read_choices(name, lambda choices: self.bar.offer(name, choices))

    def _on_filters_changed(self) -> None:
        self._wanted = {}
        self._read_keys(keep=False)

    def _on_bar_left(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid() and len(self.model.keys):
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _on_header_clicked(self, section: int) -> None:
        order = self.spec.columns[section].order
        if order:
            self.sort_by(order, not self._sort[1] if self._sort[0] == order else False)
        else:
            self.columns.show_sort(*self._sort)

    def _on_current_changed(self, index: QModelIndex, _earlier: QModelIndex | None = None) -> None:
        key = self.model.keys[index.row()] if index.isValid() else None
        if key != self._current:
            self._current = key
            self.current_changed.emit(key)

    def _show_footer(self) -> None:
        count = len(self.model.keys)
        parts = [self._t.plural(*self.spec.plural, count)]
        if self._all is not None and self._all != count:
            parts[0] = self._t("{some} of {all}", some=parts[0], all=self._t.number(self._all))
        selected = sum(last - first + 1 for first, last in self.table.selected_spans())
        if selected > 1:
            parts.append(self._t.plural("{count} selected", "{count} selected", selected))
        self.footer.setText(" · ".join(parts) if self._loaded else "")
