"""A table of rows that are known already (a profile's courses, the published figures): no list behind it."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.models.rows_model import PAGE, RowsModel
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.column_widths import Content, Width, shared, width_of
from eic_tracker.gui.widgets.frozen_table import FrozenTable
from eic_tracker.gui.widgets.state_delegate import StateDelegate

_PADDING = 18
"""Pixels of a heading beside its words."""
_LEAST_SHARE = 0.5
"""A text that gives room keeps this part of its width."""


class SmallTable(FrozenTable):
    """Rows by key in their order; Enter or a double click opens one; as high as its rows where `whole` is asked.

    A table that is `typed` into keeps its empty columns: something is to be written there."""

    opened = Signal(int)
    current_changed = Signal(object)

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        around: Surroundings,
        *,
        whole: bool = False,
        typed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._rows_model = RowsModel(columns, around.t)
        super().__init__(self._rows_model, around.colours.hairline, parent)
        self._rows_model.setParent(self)
        self._whole, self._typed_into = whole, typed
        self.rows: dict[int, Any] = {}
        self.setAccessibleName(title)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        delegate = StateDelegate(around.colours, self)
        self.setItemDelegate(delegate)
        self.frozen.setItemDelegate(delegate)
        self.set_row_height(theme.ROW_HEIGHTS[around.preferences.density])
        self._columns = tuple(columns)
        self._title_widths = [
            self.fontMetrics().horizontalAdvance(column.heading(around.t)) + _PADDING for column in columns
        ]
        self._content = Content(columns, self.fontMetrics())
        self.resized.connect(self.fit)
        self.row_opened.connect(lambda row: self.opened.emit(self._rows_model.keys[row]))
        # asked for while painting: worded after it
        self._rows_model.page_wanted.connect(self._word_page, Qt.ConnectionType.QueuedConnection)
        self.selectionModel().currentRowChanged.connect(
            lambda index: self.current_changed.emit(self._rows_model.keys[index.row()] if index.isValid() else None)
        )
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Mapping[int, Any]) -> None:
        """Show these rows; the same record stays current."""
        current = self.current_key()
        self.rows = dict(rows)
        # other rows ask for other widths
        self._content = Content(self._columns, self.fontMetrics())
        self._rows_model.set_keys(array("q", rows))
        self._word_page(0)
        self.fit()
        if self._whole:
            frame = 2 * self.frameWidth() + 2
            height = self.horizontalHeader().sizeHint().height() + frame
            self.setFixedHeight(height + len(rows) * self.verticalHeader().defaultSectionSize())
        if current is not None:
            self.select_key(current)

    def _word_page(self, page: int) -> None:
        """The cells of the rows of a page, at once: they are known already."""
        keys = self._rows_model.keys_of_page(page)
        self._rows_model.set_page(page, self._rows_model.word({key: self.rows[key] for key in keys}))
        if self._content.look_at(self._rows_model, range(page * PAGE, page * PAGE + len(keys))) and page:
            self.fit()

    def fit(self) -> None:
        """Share the width out; columns in which no row says anything, or for which there is no room, leave."""
        room = self.viewport().width()
        widths = {number: self._width(number) for number in range(len(self._columns)) if not self._is_empty(number)}
        for number in reversed(range(len(self._columns))):
            if self._columns[number].spare and sum(width.least for width in widths.values()) > room:
                widths.pop(number, None)
        for number in range(len(self._columns)):
            self.setColumnHidden(number, number not in widths)
        for number, width in zip(widths, shared(list(widths.values()), room), strict=True):
            self.setColumnWidth(number, width)

    def _is_empty(self, number: int) -> bool:
        return number > 0 and not self._typed_into and self._content.is_silent(number)

    def _width(self, number: int) -> Width:
        column, title = self._columns[number], self._title_widths[number]
        wanted = max(title, column.width * self.fontMetrics().averageCharWidth() + 2 * theme.GAP)
        content = self._content.least(number)
        return width_of(column, title, wanted, content, share=_LEAST_SHARE, rows=self._content.rows(number))

    def current_key(self) -> int | None:
        """The key of the row where the keyboard stands."""
        index = self.currentIndex()
        keys = self._rows_model.keys
        return keys[index.row()] if index.isValid() and index.row() < len(keys) else None

    def selected_keys(self) -> list[int]:
        """The keys of the selected rows in their order."""
        keys = self._rows_model.keys
        return [keys[row] for row in sorted(index.row() for index in self.selectionModel().selectedRows())]

    def select_key(self, key: int) -> None:
        """Put the keyboard on a row, where it is shown."""
        row = self._rows_model.place_of(key)
        if row >= 0:
            self.setCurrentIndex(self._rows_model.index(row, 0))
