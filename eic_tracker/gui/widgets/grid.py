"""The grid of a list: search and filters above, rows that are read as they are looked at, a count below."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLabel, QStackedLayout, QVBoxLayout, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.jobs import Failure, Job
from eic_tracker.gui.models.columns import Cells, Column
from eic_tracker.gui.models.rows_model import PAGE, RowsModel
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.filter_bar import FilterBar, FilterSpec
from eic_tracker.gui.widgets.frozen_table import FrozenTable
from eic_tracker.gui.widgets.state_delegate import StateDelegate
from eic_tracker.gui.widgets.state_view import StateView
from eic_tracker.queries.listing import Request
from eic_tracker.services.listings import list_choices, list_keys, list_rows


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
    plural: tuple[str, str] = ("{count} row", "{count} rows")


class Grid(QWidget):
    """Rows of a listing; nothing that is selected or scrolled is lost by reading again."""

    opened = Signal(int)
    """the key of the row on which Enter or a double click fell"""
    current_changed = Signal(object)
    """the key of the row where the keyboard stands, or None"""
    rows_shown = Signal(int)
    """how many rows the present request has"""

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
        self.model = RowsModel(spec.columns, around.t, self)
        self.bar = FilterBar(spec.filters, spec.search_hint, around, self)
        self.table = FrozenTable(self.model, self)
        self.table.setAccessibleName(self._t(spec.search_hint))
        self._delegate = StateDelegate(around.colours, self)
        self.table.setItemDelegate(self._delegate)
        self.table.frozen.setItemDelegate(self._delegate)
        self.state_view = StateView(around.colours, self)
        self.footer = QLabel()
        self.footer.setProperty("muted", True)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.state_view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.bar)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.footer)
        self._prepare_columns()
        self.bar.changed.connect(self._on_filters_changed)
        self.bar.choices_wanted.connect(self._on_choices_wanted)
        self.model.page_wanted.connect(self._on_page_wanted)
        self.table.row_opened.connect(self._on_row_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_footer())
        self.table.horizontalHeader().sectionClicked.connect(self._on_header_clicked)

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

    def ask(self, base: Request, *, keep: bool = False) -> None:
        """Show the rows of a restriction that the page makes (an offering's roster, the rows behind a figure)."""
        self._base = base
        self._read_keys(keep=keep)

    def refresh(self) -> None:
        """Read again; the same record stays selected and the same rows in sight."""
        if self._loaded:
            self._read_keys(keep=True)

    def state(self) -> dict[str, Any]:
        """How the grid stands: filters, text, order, selection, scroll."""
        if self._wanted:
            return dict(self._wanted)
        return {
            "filters": self.bar.filters,
            "words": dict(self.bar.words),
            "text": self.bar.search.text(),
            "sort": self._sort,
            "current": self.current_key(),
            "selected": self.selected_keys() if len(self.table.selectionModel().selectedRows()) <= PAGE else [],
            "scroll": self.table.verticalScrollBar().value(),
            "sideways": self.table.horizontalScrollBar().value(),
        }

    def restore(self, state: Mapping[str, Any], base: Request | None = None) -> None:
        """Stand as `state` says and read; a fresh state is the empty mapping."""
        if base is not None:
            self._base = base
        if state:
            self.bar.set_filters(state.get("filters", ()), state.get("words", {}), state.get("text", ""))
            self._sort = state.get("sort", self._sort)
            self._wanted = dict(state)
            for name in {name for name, _ in self.bar.filters}:
                self._on_choices_wanted(name)
        self._show_sort()
        self._read_keys(keep=self._loaded)

    def current_key(self) -> int | None:
        """The key of the row where the keyboard stands."""
        index = self.table.currentIndex()
        return self.model.keys[index.row()] if index.isValid() and index.row() < len(self.model.keys) else None

    def selected_keys(self) -> list[int]:
        """The keys of the selected rows in their order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.keys[row] for row in rows]

    def select_key(self, key: int) -> bool:
        """Put the keyboard on a record; False where it is not shown."""
        row = self.model.place_of(key)
        if row < 0:
            return False
        self.table.setCurrentIndex(self.model.index(row, 0))
        self.table.scrollTo(self.model.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def columns_shown(self) -> list[int]:
        """The numbers of the columns in sight, in the order in which the person put them."""
        header = self.table.horizontalHeader()
        visual = [header.logicalIndex(place) for place in range(header.count())]
        return [column for column in visual if not self.table.isColumnHidden(column)]

    def _prepare_columns(self) -> None:
        metrics = self.fontMetrics()
        character = metrics.averageCharWidth()
        for number, column in enumerate(self.spec.columns):
            title = metrics.horizontalAdvance(self._t(column.title)) + 34
            self.table.setColumnWidth(number, max(title, column.width * character + 2 * theme.GAP))
            self.table.setColumnHidden(number, column.hidden)
        header = self.table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setStretchLastSection(True)
        header.setSortIndicatorShown(True)
        self.table.frozen.horizontalHeader().setSortIndicatorShown(True)
        self.table.set_row_height(theme.ROW_HEIGHTS[self.around.preferences.density])
        self._show_sort()

    def _show_sort(self) -> None:
        order, descending = self._sort
        number = next((n for n, column in enumerate(self.spec.columns) if column.order and column.order == order), -1)
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(number, way)
        self.table.frozen.horizontalHeader().setSortIndicator(number, way)

    def _read_keys(self, *, keep: bool) -> None:
        if keep and not self._wanted:
            self._wanted = self.state()
        if self._job is not None:
            self._job.cancel()
        if not self._loaded:
            self.state_view.show_reading(self._t("Reading…"))
            self._stack.setCurrentWidget(self.state_view)
        self._job = self.around.jobs.read(
            list_keys,
            self.around.acting,
            self.spec.listing,
            self.request,
            owner=self,
            done=lambda keys: self._on_keys(keys, keep=keep),
            failed=self._on_failed,
        )

    def _on_keys(self, keys: array[int], *, keep: bool) -> None:
        self._job = None
        self._loaded = True
        self.model.set_keys(keys, keep_rows=keep)
        if len(keys):
            self._stack.setCurrentWidget(self.table)
        else:
            self._show_empty()
        self._go_back_to_place()
        self._show_footer()
        self.rows_shown.emit(len(keys))

    def _nothing_asked(self) -> bool:
        return not self.bar.filters and not self.bar.search.text().strip()

    def _show_empty(self) -> None:
        if self._nothing_asked():
            self.state_view.show_empty(self._t(self.spec.empty))
        else:
            self.state_view.show_nothing_found(
                self._t("Nothing matches what is asked for."), self._t("Clear filters"), self.bar.clear
            )
        self._stack.setCurrentWidget(self.state_view)

    def _go_back_to_place(self) -> None:
        wanted, self._wanted = self._wanted, {}
        if not len(self.model.keys):
            return
        self.table.verticalScrollBar().setValue(int(wanted.get("scroll", 0)))
        self.table.horizontalScrollBar().setValue(int(wanted.get("sideways", 0)))
        current = wanted.get("current")
        row = self.model.place_of(current) if current is not None else -1
        selection = self.table.selectionModel()
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(self.model.index(row, 0), flags.NoUpdate)
            for key in wanted.get("selected") or [current]:
                place = self.model.place_of(key)
                if place >= 0:
                    selection.select(self.model.index(place, 0), flags.Select | flags.Rows)
            rect = self.table.visualRect(self.model.index(row, 0))
            if not self.table.viewport().rect().intersects(rect):
                self.table.scrollTo(self.model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _on_failed(self, failure: Failure) -> None:
        self._job = None
        sentence = failure.told.text(self._t) if failure.told is not None else self._t("The rows could not be read.")
        self.state_view.show_failed(sentence, self._t("Try again"), lambda: self._read_keys(keep=False))
        self._stack.setCurrentWidget(self.state_view)

    def _on_page_wanted(self, page: int) -> None:
        keys = self.model.keys_of_page(page)
        whole = self.model.keys
        self.around.jobs.read(
            _worded_rows,
            self.around.acting,
            self.spec.listing,
            keys,
            self.model.word,
            owner=self,
            done=lambda cells: self.model.set_page(page, cells) if self.model.keys is whole else None,
            failed=lambda failure: self._on_page_failed(page, failure),
        )

    def _on_page_failed(self, page: int, failure: Failure) -> None:
        self.model.refuse_page(page)
        self._on_failed(failure)

    def _on_choices_wanted(self, name: str) -> None:
        self.around.jobs.read(
            list_choices,
            self.around.acting,
            self.spec.listing,
            name,
            owner=self,
            done=lambda choices: self.bar.offer(name, choices),
        )

    def _on_filters_changed(self) -> None:
        self._wanted = {}
        self._read_keys(keep=False)

    def _on_header_clicked(self, section: int) -> None:
        order = self.spec.columns[section].order
        if not order:
            self._show_sort()
            return
        self._sort = (order, not self._sort[1] if self._sort[0] == order else False)
        self._show_sort()
        self._wanted = {"current": self.current_key(), "selected": self.selected_keys()[:PAGE]}
        self._read_keys(keep=True)

    def _on_row_opened(self, row: int) -> None:
        self.opened.emit(self.model.keys[row])

    def _on_current_changed(self, index: QModelIndex) -> None:
        self.current_changed.emit(self.model.keys[index.row()] if index.isValid() else None)

    def _show_footer(self) -> None:
        selected = len(self.table.selectionModel().selectedRows())
        parts = [self._t.plural(*self.spec.plural, len(self.model.keys))]
        if selected > 1:
            parts.append(self._t.plural("{count} selected", "{count} selected", selected))
        self.footer.setText(" · ".join(parts))


def _worded_rows(
    db: Any, acting: Any, listing: str, keys: Sequence[int], word: Callable[[Mapping[int, Any]], dict[int, Cells]]
) -> dict[int, Cells]:
    """Rows read and worded on the reader's thread, so that painting finds finished texts."""
    return word(list_rows(db, acting, listing, keys))
