"""What a picture must not show in a table: words cut off that nothing tells whole, and columns that waste width."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from eic_tracker.gui import theme
from eic_tracker.gui.models.columns import Column
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
_AIR = 6
"""Pixels that a column may have beyond its words; one of texts also the steps in which these are measured."""
_STEP = 16
_ARROW = 22
"""Pixels of the arrow in the heading by which the rows are ordered."""
_MOVED = 24
"""Pixels that might go from one column to another."""
_FEW = 3
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
    """Columns that are cut off while others stand wider than anything in them; one of people's own widths is theirs."""
    model = table.model()
    if not isinstance(model, RowsModel) or table.horizontalHeader().isHidden():
        return
    rows = [cells for place in range(min(model.rowCount(), _READ)) if (cells := model.known(place)) is not None]
    cut, spare = {}, max(0, table.viewport().width() - table.horizontalHeader().length())
    for number, column in enumerate(model.columns):
        if table.isColumnHidden(number):
            continue
        mark = _MARK if any(cells.tones[number] is not None for cells in rows) else 0
        widest = max((_width(table, column, cells.texts[number]) for cells in rows), default=0) + mark
        head = _heading(table, number)
        if widest + _SIDES - table.columnWidth(number) > _SLACK:
            cut[number] = widest + _SIDES - table.columnWidth(number)
        over = table.columnWidth(number) - max(widest + _SIDES, head)
        spare += max(0, over - _AIR - (_STEP if column.stretch else 0))
    # a pixel or two of each are left over where many share
    if cut and spare > 3 * len(model.columns):
        worst = max(cut, key=lambda number: cut[number])
        title = model.headerData(worst, _ACROSS)
        yield f"“{title}” is cut by {cut[worst]} pixels while other columns have {spare} to spare"


def unfair(table: QTableView) -> Iterator[str]:
    """Texts that are cut in many rows while another column is as wide as only a few of its own ask for."""
    model = table.model()
    if not isinstance(model, RowsModel) or table.horizontalHeader().isHidden():
        return
    rows = [cells for place in range(min(model.rowCount(), _READ)) if (cells := model.known(place)) is not None]
    shown = [n for n, column in enumerate(model.columns) if column.stretch and not table.isColumnHidden(n)]
    asked = {n: [_width(table, model.columns[n], cells.texts[n]) + _SIDES for cells in rows] for n in shown}

    def lost(number: int, more: int) -> int:
        return sum(max(0, each - table.columnWidth(number) - more) for each in asked[number])

    for cut in shown:
        gained = lost(cut, 0) - lost(cut, _MOVED)
        # the first is the one by which a row is known: it gives last
        for giver in shown[1:]:
            least = max(
                _heading(table, giver), (model.columns[giver].width * table.fontMetrics().averageCharWidth()) // 2
            )
            able = giver != cut and table.columnWidth(giver) - _MOVED >= least
            if able and gained > 2 * (lost(giver, -_MOVED) - lost(giver, 0)) + _MOVED * _FEW:
                words = [model.headerData(each, _ACROSS) for each in (cut, giver)]
                yield f"“{words[0]}” is cut in many rows while “{words[1]}” is wide for a few"


def _width(table: QTableView, column: Column, text: str) -> int:
    figures = column.number or column.identity or column.dated
    metrics = QFontMetrics(theme.font(theme.Type.BODY, tabular=True)) if figures else table.fontMetrics()
    return metrics.horizontalAdvance(text)


def _heading(table: QTableView, number: int) -> int:
    header = table.horizontalHeader()
    words = header.fontMetrics().horizontalAdvance(str(table.model().headerData(number, _ACROSS)))
    ordered = header.isSortIndicatorShown() and header.sortIndicatorSection() == number
    return words + _SIDES + (_ARROW if ordered else 0)
