"""The columns of a grid: which, in what order, how wide; kept for each grid in the preferences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from eic_tracker import settings
from eic_tracker.gui import theme
from eic_tracker.gui.models.rows_model import RowsModel
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.column_widths import Content, Width, shared, width_of
from eic_tracker.gui.widgets.frozen_table import FrozenTable
from eic_tracker.queries.listing import begins_falling
from eic_tracker.services.listings import LISTINGS
from eic_tracker.settings import GridState

_PADDING = 18
_ARROW = 22
"""Room for the arrow that shows the order: kept by the heading that has it, wanted by all that may get it."""
_LEAST_SHARE = 0.5
"""A column that gives room keeps this part of its width; the first one, by which a row is known, keeps more."""
_LEAST_OF_FIRST = 0.68


class GridColumns(QObject):
    """Lays the columns out until the person does so; then their own widths, order and choice are kept."""

    changed = Signal()
    """columns were shown, hidden or moved"""

    def __init__(self, name: str, listing: str, model: RowsModel, table: FrozenTable, around: Surroundings) -> None:
        super().__init__(table)
        self._name, self._listing = name, listing
        self._columns = model.columns
        self._model = model
        self._content = Content(model.columns, table.fontMetrics())
        self._table = table
        self._preferences = around.preferences
        self._t = around.t
        self._setting = False
        self._ordered = -1
        """the column whose heading has the arrow"""
        self._own_widths: dict[str, int] = {}
        self._silent: set[int] = set()
        """columns left out because no row that was read says anything in them"""
        header = table.horizontalHeader()
        for each in (header, table.frozen.horizontalHeader()):
            each.setSortIndicatorShown(True)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        self.load()
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_moved)
        table.resized.connect(self.fit)
        model.dataChanged.connect(self._on_rows)

    @property
    def kept(self) -> GridState | None:
        """What the person has set, None where nothing is."""
        return self._preferences.current.grids.get(self._name)

    def shown(self) -> list[int]:
        """The numbers of the columns that are shown, also where no row says anything, in the person's order."""
        return [column for column, shown in self.in_order() if shown]

    def in_order(self) -> list[tuple[int, bool]]:
        """All columns in their order, each with whether it is shown."""
        header = self._table.horizontalHeader()
        visual = [header.logicalIndex(place) for place in range(header.count())]
        return [(column, column in self._silent or not self._table.isColumnHidden(column)) for column in visual]

    def load(self) -> None:
        """Stand as the preferences say, or as the grid has it."""
        kept = self.kept or GridState()
        names = [column.name for column in self._columns]
        known = [name for name in kept.order if name in names]
        order = [name for name in known if name != names[0]]
        order = [names[0], *order, *(name for name in names[1:] if name not in known)]
        hidden = {column.name for column in self._columns if column.hidden and column.name not in known}
        hidden |= {name for name in kept.hidden if name in known}
        self._own_widths = {name: width for name, width in kept.widths.items() if name in names}
        self._arrange([(names.index(name), name not in hidden) for name in order])

    def set_columns(self, chosen: Sequence[tuple[int, bool]]) -> None:
        """Show these columns in this order; the first column always stands first and is always shown."""
        others = [(column, shown) for column, shown in chosen if column != 0]
        self._arrange([(0, True), *others])
        self._keep()

    def hide(self, column: int) -> None:
        """Hide a column."""
        self.set_columns([(each, shown and each != column) for each, shown in self.in_order()])

    def restore(self) -> None:
        """Columns, order and widths as the grid has them."""
        current = self._preferences.current
        grids = {name: state for name, state in current.grids.items() if name != self._name}
        self._preferences.keep(replace(current, grids=grids))
        self.load()

    def turned(self, order: str, falling: bool) -> bool:
        """Whether an order is to be turned around so that its values go down, or else up."""
        return falling != begins_falling(LISTINGS[self._listing], order)

    def show_sort(self, order: str, descending: bool) -> None:
        """Mark the heading by which the rows are ordered, and whether its values go down or up."""
        columns = self._model.columns
        number = next((n for n, column in enumerate(columns) if column.order and column.order == order), -1)
        way = Qt.SortOrder.DescendingOrder if self.turned(order, descending) else Qt.SortOrder.AscendingOrder
        for view in (self._table, self._table.frozen):
            view.horizontalHeader().setSortIndicator(number, way)
        if number != self._ordered:
            self._ordered = number
            self.fit()

    def keep_sort(self, order: str, descending: bool) -> None:
        """The order of the rows belongs to what is kept."""
        self._keep(sort=order, descending=descending)

    def forget(self) -> None:
        """Rows of another record come: those of the one before ask for nothing any more."""
        self._content = Content(self._columns, self._table.fontMetrics())

    def fit(self) -> None:
        """Share the width out: where the person set widths of their own, only the last column takes what is left."""
        room = self._table.viewport().width()
        if room <= 0:
            return
        shown = self._speaking()
        if self._own_widths:
            widths = [max(self._wanted(column), self._content.least(column)) for column in shown]
            widths[-1] += max(0, room - sum(widths))
        else:
            widths = shared([self._width(column) for column in shown], room)
        self._setting = True
        for column, width in zip(shown, widths, strict=True):
            self._table.setColumnWidth(column, width)
        self._setting = False

    def _speaking(self) -> list[int]:
        """The columns in sight: those that may be spared leave while no row says anything in them."""
        shown = self.shown()
        silent = {column for column in shown if self._columns[column].spare and self._content.is_silent(column)}
        changed, self._silent = silent ^ self._silent, silent
        self._setting = True
        for column in changed:
            self._table.setColumnHidden(column, column in silent)
        self._setting = False
        return [column for column in shown if column not in silent]

    def _width(self, column: int) -> Width:
        return width_of(
            self._columns[column],
            self._title_width(column) + (_ARROW if column == self._ordered else 0),
            self._wanted(column),
            self._content.least(column),
            share=_LEAST_SHARE if column else _LEAST_OF_FIRST,
            rows=self._content.rows(column),
        )

    def _wanted(self, column: int) -> int:
        own = self._own_widths.get(self._columns[column].name)
        if own is not None:
            return own
        character = self._table.fontMetrics().averageCharWidth()
        arrow = _ARROW if self._columns[column].order else 0
        return max(self._title_width(column) + arrow, self._columns[column].width * character + _PADDING)

    def _on_rows(self, first: QModelIndex, last: QModelIndex) -> None:
        if self._content.look_at(self._model, range(first.row(), last.row() + 1)):
            self.fit()

    def _title_width(self, column: int) -> int:
        title = self._t(self._columns[column].title)
        return self._table.horizontalHeader().fontMetrics().horizontalAdvance(title) + _PADDING

    def _arrange(self, chosen: Sequence[tuple[int, bool]]) -> None:
        header = self._table.horizontalHeader()
        self._setting = True
        self._silent.clear()
        for place, (column, shown) in enumerate(chosen):
            header.moveSection(header.visualIndex(column), place)
            self._table.setColumnHidden(column, not shown)
        self._setting = False
        self._table.show_first_column_only()
        self._table.set_striped(len(self.shown()))
        self.fit()
        self.changed.emit()

    def _on_resized(self, column: int, _old: int, new: int) -> None:
        if self._setting or new <= 0:
            return
        if not self._own_widths:
            self._own_widths = {self._columns[each].name: self._table.columnWidth(each) for each in self.shown()}
        self._own_widths[self._columns[column].name] = new
        self._keep()

    def _on_moved(self, _section: int, _old: int, _new: int) -> None:
        if not self._setting:
            self._table.show_first_column_only()
            self._keep()
            self.changed.emit()

    def _keep(self, **values: object) -> None:
        earlier = self.kept or GridState()
        order = self.in_order()
        state = replace(
            earlier,
            order=tuple(self._columns[column].name for column, _ in order),
            hidden=tuple(self._columns[column].name for column, shown in order if not shown),
            widths=dict(self._own_widths),
        )
        state = replace(state, **values)  # type: ignore[arg-type]
        self._preferences.keep(settings.with_grid(self._preferences.current, self._name, state))


def row_height(density: str, text_height: int) -> int:
    """The height of a row in pixels: what the density says, and never less than the text asks for."""
    return max(theme.ROW_HEIGHTS[density], text_height + 6)
