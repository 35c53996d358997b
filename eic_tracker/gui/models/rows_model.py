"""The one table model: the keys of all rows in order, and the rows that were looked at, read by pages."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from eic_tracker.gui import theme
from eic_tracker.gui.models.columns import Cells, Column, cells_of
from eic_tracker.i18n import N_, Translator

PAGE = 200
"""Rows that are read at once."""
KEPT_PAGES = 40

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The row itself, None while it is not read yet."""
KEY_ROLE = Qt.ItemDataRole.UserRole + 1
TONE_ROLE = Qt.ItemDataRole.UserRole + 2

_TEXT = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_HANDLED = frozenset({_TEXT, _ALIGN, _FONT, _TIP, _SPOKEN, int(ROW_ROLE), int(KEY_ROLE), int(TONE_ROLE)})
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value

AnyIndex = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """Rows by key; asks for pages of rows that are looked at and not known yet (`page_wanted`)."""

    page_wanted = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column],
        t: Translator,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._t = t
        self._keys: array[int] = array("q")
        self._pages: OrderedDict[int, list[Cells | None]] = OrderedDict()
        self._asked: set[int] = set()
        self._stale: set[int] = set()
        self._digits: QFont | None = None

    @property
    def keys(self) -> array[int]:
        """The keys of all rows in their order."""
        return self._keys

    def set_keys(self, keys: array[int], *, keep_rows: bool = False) -> None:
        """Show other rows; with `keep_rows` what was read stays shown until it is read anew.

        The same keys again change nothing but what the rows say: no view loses its selection."""
        if keep_rows and len(keys) and keys == self._keys:
            self._keys = keys
            self._asked.clear()
            self._stale.update(self._pages)
            # a view looks at all cells of a range that changed: only those that it may show are named
            for page in list(self._pages):
                self._tell_page(page)
            return
        self.beginResetModel()
        known = self._known_cells() if keep_rows else {}
        pages = list(self._pages)
        self._keys = keys
        self._pages.clear()
        self._asked.clear()
        self._stale.clear()
        for page in pages:
            self._reuse(page, known)
        self.endResetModel()

    def add_keys(self, keys: array[int]) -> bool:
        """Show all keys where those that are shown are the first of them: what is selected stays. False elsewhere."""
        shown = len(self._keys)
        if not 0 < shown < len(keys) or shown % PAGE or keys[:shown] != self._keys:
            return False
        self.beginInsertRows(QModelIndex(), shown, len(keys) - 1)
        self._keys = keys
        self.endInsertRows()
        return True

    def keys_of_page(self, page: int) -> list[int]:
        """The keys whose rows page `page` holds."""
        return list(self._keys[page * PAGE : (page + 1) * PAGE])

    def set_page(self, page: int, cells: Mapping[int, Cells]) -> None:
        """The rows of a page have come; a key without a row is one that is gone."""
        keys = self.keys_of_page(page)
        self._asked.discard(page)
        self._stale.discard(page)
        if not keys:
            return
        self._pages[page] = [cells.get(key) for key in keys]
        self._pages.move_to_end(page)
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        self._tell_page(page)

    def refuse_page(self, page: int) -> None:
        """The rows of a page could not be read: they are asked for again when they are looked at again."""
        self._asked.discard(page)

    def word(self, rows: Mapping[int, Any]) -> dict[int, Cells]:
        """Rows as cells; called where the rows are read, not while painting."""
        return {key: cells_of(row, self.columns, self._t) for key, row in rows.items()}

    def place_of(self, key: int) -> int:
        """The row number of a key, -1 where it is not shown."""
        try:
            return self._keys.index(key)
        except ValueError:
            return -1

    def places_of(self, keys: Collection[int]) -> list[int]:
        """The row numbers of those keys that are shown, in order; one pass for any number of keys."""
        if len(keys) == 1:
            return [place for place in (self.place_of(next(iter(keys))),) if place >= 0]
        wanted = frozenset(keys)
        return [number for number, key in enumerate(self._keys) if key in wanted] if wanted else []

    def known(self, number: int) -> Cells | None:
        """The row at a place where it is read; unlike `cells` it asks for nothing."""
        page, within = divmod(number, PAGE)
        rows = self._pages.get(page)
        return rows[within] if rows is not None and within < len(rows) else None

    def cells(self, number: int) -> Cells | None:
        """The row at a place, None while it is not read."""
        page, within = divmod(number, PAGE)
        rows = self._pages.get(page)
        if (rows is None or page in self._stale) and page not in self._asked:
            self._asked.add(page)
            self.page_wanted.emit(page)
        if rows is None:
            return None
        return rows[within] if within < len(rows) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own signature
        """All rows, known or not."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own signature
        """One for each column."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = _TEXT) -> Any:
        """What a cell shows; nothing is computed here that could be computed when the row was read."""
        if role not in _HANDLED or not index.isValid():
            return None
        number, column = index.row(), index.column()
        if number >= len(self._keys):
            return None
        if role == _ALIGN:
            return _RIGHT if self.columns[column].number else _LEFT
        if role == _FONT:
            shown = self.columns[column]
            return self._figures() if shown.number or shown.identity or shown.dated else None
        if role == KEY_ROLE:
            return self._keys[number]
        cells = self.cells(number)
        if cells is None:
            return "…" if role == _TEXT else None
        if role == TONE_ROLE:
            return cells.tones[column]
        if role == ROW_ROLE:
            return cells.row
        if role == _SPOKEN and column == 0:
            return self.summary(number, cells)
        return cells.texts[column]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _TEXT) -> Any:  # noqa: N802
        """The titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == _TEXT:
            return column.heading(self._t)
        if role == _TIP and column.help:
            return self._t(column.help)
        if role == _ALIGN:
            return _RIGHT if column.number else _LEFT
        return None

    def summary(self, number: int, cells: Cells) -> str:
        """A row as it is read aloud: its first column, its place, what its states say."""
        states = [text for column, text in zip(self.columns, cells.texts, strict=True) if column.tone and text]
        place = self._t(_PLACE, row=number + 1, rows=self._t.number(len(self._keys)))
        return ", ".join([cells.texts[0], place, *states])

    def _figures(self) -> QFont:
        if self._digits is None:
            self._digits = theme.font(theme.Type.BODY, tabular=True)
        return self._digits

    def _tell_page(self, page: int) -> None:
        last = min((page + 1) * PAGE, len(self._keys)) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))

    def _known_cells(self) -> dict[int, Cells]:
        known: dict[int, Cells] = {}
        for page, rows in self._pages.items():
            known.update({key: cells for key, cells in zip(self.keys_of_page(page), rows, strict=True) if cells})
        return known

    def _reuse(self, page: int, known: Mapping[int, Cells]) -> None:
        """Show on a page what is known of its new rows, until they are read anew."""
        cells = [known.get(key) for key in self.keys_of_page(page)]
        if any(cells):
            self._pages[page] = cells
            self._stale.add(page)


_PLACE = N_("row {row} of {rows}")
