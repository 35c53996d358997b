"""Where a grid stands: which rows are selected, which is the current one, what is in sight; and the way back there."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView

from eic_tracker.gui.models.rows_model import RowsModel
from eic_tracker.gui.widgets.frozen_table import FrozenTable

PLACE = ("current", "selected", "everything", "top", "within", "scroll", "sideways")
"""What a place of a grid holds: keys of rows, and pixels."""
_MOST_REMEMBERED = 5_000
"""Selected rows that are found again after the rows were read anew; beyond it, all or none."""


def current_key(table: FrozenTable, model: RowsModel) -> int | None:
    """The key of the row where the keyboard stands."""
    index = table.currentIndex()
    return model.keys[index.row()] if index.isValid() and index.row() < len(model.keys) else None


def go_to_key(table: FrozenTable, model: RowsModel, key: int) -> bool:
    """Put the keyboard on a record and bring it into sight; False where it is not shown."""
    row = model.place_of(key)
    if row < 0:
        return False
    table.setCurrentIndex(model.index(row, 0))
    table.scrollTo(model.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)
    return True


def selected_keys(table: FrozenTable, model: RowsModel) -> array[int]:
    """The keys of the selected rows in their order."""
    chosen: array[int] = array("q")
    for first, last in table.selected_spans():
        chosen += model.keys[first : last + 1]
    return chosen


def read_place(table: FrozenTable, model: RowsModel) -> dict[str, Any]:
    """Where the grid stands now, by keys: it can be found again when rows have come or gone."""
    count = sum(last - first + 1 for first, last in table.selected_spans())
    first, _ = table.rows_in_sight()
    top = model.keys[first] if first < len(model.keys) else None
    return {
        "current": current_key(table, model),
        "selected": selected_keys(table, model) if count <= _MOST_REMEMBERED else array("q"),
        "everything": count == len(model.keys) > _MOST_REMEMBERED,
        "top": top,
        "within": -table.rowViewportPosition(first) if top is not None else 0,
        "scroll": table.verticalScrollBar().value(),
        "sideways": table.horizontalScrollBar().value(),
    }


def go_back_to_place(table: FrozenTable, model: RowsModel, wanted: Mapping[str, Any]) -> None:
    """Stand as a place says; a current row that would be out of sight is brought into the middle."""
    flags = QItemSelectionModel.SelectionFlag
    selection = table.selectionModel()
    vertical = table.verticalScrollBar()
    vertical.setValue(int(wanted.get("scroll", 0)))
    table.horizontalScrollBar().setValue(int(wanted.get("sideways", 0)))
    top = model.place_of(wanted["top"]) if wanted.get("top") is not None else -1
    if top >= 0:
        vertical.setValue(top * table.verticalHeader().defaultSectionSize() + int(wanted.get("within", 0)))
    if wanted.get("everything"):
        table.selectAll()
    elif wanted.get("selected"):
        chosen = QItemSelection()
        for first, last in _spans(model.places_of(wanted["selected"])):
            chosen.select(model.index(first, 0), model.index(last, len(model.columns) - 1))
        selection.select(chosen, flags.ClearAndSelect)
    current = wanted.get("current")
    row = model.place_of(current) if current is not None else -1
    if row >= 0:
        selection.setCurrentIndex(model.index(row, 0), flags.NoUpdate)
        first, last = table.rows_in_sight()
        if not first <= row <= last:
            table.scrollTo(model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
    elif table.hasFocus():
        selection.setCurrentIndex(model.index(0, 0), flags.NoUpdate)


def _spans(places: list[int]) -> list[tuple[int, int]]:
    """Row numbers in order as first and last of those that follow each other."""
    spans: list[tuple[int, int]] = []
    for place in places:
        if spans and place == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], place)
        else:
            spans.append((place, place))
    return spans
