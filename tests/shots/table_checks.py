"""What a picture must not show in a table: words cut off that nothing tells whole, and columns that waste width."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from eic_tracker.gui.models.rows_model import RowsModel

_SLACK = 1
_ROWS = 40
"""Rows in sight that are looked at."""
_READ = 400
"""Rows of a table whose words are measured."""
_SIDES = 16
"""Pixels of a cell beside its words."""
_MARK = 22
"""Pixels of the icon of a state."""
_AIR = 28
"""Pixels that a column may have beyond its words: the arrow of the order, the steps in which texts are measured."""
_ACROSS = Qt.Orientation.Horizontal


def cut_headings(table: QTableView) -> Iterator[str]:
    """Headings that are cut off and have no tooltip."""
    header = table.horizontalHeader()
    model = table.model()
    if header.isHidden() or model is None:
        return
    for section in range(header.count()):
        if header.isSectionHidden(section):
            continue
        text = str(model.headerData(section, _ACROSS))
        needs = header.fontMetrics().horizontalAdvance(text)
        room = header.sectionSize(section) - 16
        if needs > room + _SLACK and not model.headerData(section, _ACROSS, Qt.ItemDataRole.ToolTipRole):
            yield f"heading “{text}” needs {needs} pixels, has {room} and no tooltip"


def cut_cells(table: QTableView) -> Iterator[str]:
    """Cells in sight that are cut off and have no tooltip."""
    model = table.model()
    first = table.rowAt(0)
    if first < 0:
        return
    for column in range(model.columnCount()):
        if table.isColumnHidden(column):
            continue
        room = table.columnWidth(column) - 4
        for row in range(first, min(first + _ROWS, model.rowCount())):
            index = model.index(row, column)
            text = str(index.data())
            needs = table.fontMetrics().horizontalAdvance(text)
            if needs > room and not index.data(Qt.ItemDataRole.ToolTipRole):
                yield f"cell “{text}” needs {needs} pixels, has {room} and no tooltip"
                break


def wasted(table: QTableView) -> Iterator[str]:
    """Columns that are cut off while others stand wider than anything in them."""
    model = table.model()
    if not isinstance(model, RowsModel) or table.horizontalHeader().isHidden():
        return
    rows = [cells for place in range(min(model.rowCount(), _READ)) if (cells := model.known(place)) is not None]
    over = {}
    for number in range(model.columnCount()):
        if not table.isColumnHidden(number):
            texts = {str(model.headerData(number, _ACROSS)), *(cells.texts[number] for cells in rows)}
            mark = _MARK if any(cells.tones[number] is not None for cells in rows) else 0
            widest = max(table.fontMetrics().horizontalAdvance(text) for text in texts)
            over[number] = table.columnWidth(number) - widest - _SIDES - mark
    spare = sum(max(0, each - _AIR) for each in over.values())
    spare += max(0, table.viewport().width() - table.horizontalHeader().length())
    least = min(over, key=lambda number: over[number], default=-1)
    if least >= 0 and over[least] < -_SLACK and spare > -over[least]:
        title = model.headerData(least, _ACROSS)
        yield f"“{title}” is cut by {-over[least]} pixels while other columns have {spare} to spare"
