"""A table whose first column stays in sight while the others scroll sideways."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QElapsedTimer,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from eic_tracker.domain.names import fold
from eic_tracker.gui import theme
from eic_tracker.gui.models.rows_model import PAGE, RowsModel

_WIDE = 7
"""More columns than this are easier to follow on a striped ground."""
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class FrozenTable(QTableView):
    """The grid's table; a second view on the same model and selection keeps the first column in sight."""

    row_opened = Signal(int)
    """the row number on which Enter or a double click fell"""
    copy_requested = Signal()
    search_requested = Signal(str)
    """letters that were typed on a list too long to jump in"""
    menu_requested = Signal(QPoint)
    """where the menu of the rows is wanted, on the screen"""
    header_menu_requested = Signal(int, QPoint)
    """the column whose heading asks for its menu, and where on the screen"""

    resized = Signal()

    def __init__(self, model: RowsModel, hairline: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._hairline = QColor(hairline)
        self._typed = ""
        self._typed_last = QElapsedTimer()
        self._frozen = _FirstColumn(self, self._hairline)
        self.setModel(model)
        _prepare(self)
        _prepare(self._frozen)
        self._frozen.setModel(model)
        self._frozen.setSelectionModel(self.selectionModel())
        self._frozen.setFocusProxy(self)
        for header in (self.horizontalHeader(), self._frozen.horizontalHeader()):
            # a heading that is painted asks every row whether it is selected: seconds where all of many are
            header.setSelectionModel(QItemSelectionModel(model, header))
        self._frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().stackUnder(self._frozen)
        self.show_first_column_only()
        header, first = self.horizontalHeader(), self._frozen.horizontalHeader()
        header.sectionResized.connect(self._on_section_resized)
        first.sectionClicked.connect(header.sectionClicked)
        first.sectionResized.connect(self._on_frozen_resized)
        self._frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(self._scroll_frozen)
        # a view that was not laid out yet takes no place: a name would stand beside another person's row
        self._frozen.verticalScrollBar().rangeChanged.connect(self._scroll_frozen)
        self.horizontalScrollBar().rangeChanged.connect(self._place_frozen)
        for each in (header, first):
            each.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            each.customContextMenuRequested.connect(lambda at, each=each: self._on_header_menu(each, at))
        self.doubleClicked.connect(self._on_double_clicked)
        self._frozen.doubleClicked.connect(self._on_double_clicked)

    @property
    def frozen(self) -> QTableView:
        """The view of the first column."""
        return self._frozen

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's own name
        """Both views are one table."""
        super().setAccessibleName(name)
        self._frozen.setAccessibleName(name)

    def set_row_height(self, height: int) -> None:
        """The height of all rows in pixels."""
        for view in (self, self._frozen):
            view.verticalHeader().setMinimumSectionSize(height)
            view.verticalHeader().setDefaultSectionSize(height)

    def set_striped(self, columns: int) -> None:
        """Stripe the rows where there are many columns to follow."""
        for view in (self, self._frozen):
            view.setAlternatingRowColors(columns > _WIDE)

    def selected_spans(self) -> list[tuple[int, int]]:
        """The selected rows as first and last numbers, in order; no list of rows is made, however many there are."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.count())]
        found = sorted((each.top(), each.bottom()) for each in ranges)
        spans: list[tuple[int, int]] = []
        for first, last in found:
            if spans and first <= spans[-1][1] + 1:
                spans[-1] = (spans[-1][0], max(spans[-1][1], last))
            else:
                spans.append((first, last))
        return spans

    def rows_in_sight(self) -> tuple[int, int]:
        """The numbers of the first and last row in sight; the last is below the first where there are none."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        count = self._rows.rowCount()
        return (max(first, 0), last if last >= 0 else count - 1)

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's own name
        """Keep the frozen column over the first one."""
        super().updateGeometries()
        self._place_frozen()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Say that the columns have another width to share."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """A hairline under each row."""
        super().paintEvent(event)
        _draw_hairlines(self, self._hairline)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's own name
        """The menu of the rows: where the mouse is, or under the current row for the keyboard."""
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_requested.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter opens the row, Ctrl+C copies rows with their headings; all else as Qt does it."""
        key, modifiers = event.key(), event.modifiers()
        if key in _ENTER and modifiers in _PLAIN and self.currentIndex().isValid():
            self.row_opened.emit(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif modifiers == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_E:
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's own name
        """Typed letters: jump to the next name that begins with them, in the same column; search a long list."""
        if not search.strip() and not self._typed:
            return
        count = self._rows.rowCount()
        if count > PAGE:
            self.search_requested.emit(search)
            return
        fresh = not self._typed_last.isValid() or self._typed_last.elapsed() > QApplication.keyboardInputInterval()
        self._typed = search if fresh else self._typed + search
        self._typed_last.start()
        wanted, here = fold(self._typed), self.currentIndex().row()
        # one more letter may still mean the row where one stands; a new word means the next one
        first = max(here, 0) + (1 if fresh and here >= 0 else 0)
        for step in range(count):
            cells = self._rows.known((first + step) % count)
            if cells is not None and fold(cells.texts[0]).startswith(wanted):
                column = max(0, self.currentIndex().column())
                self.setCurrentIndex(self._rows.index((first + step) % count, column))
                return

    def moveCursor(  # noqa: N802 - Qt's own name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row."""
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: -1}
        count = self._rows.rowCount()
        if action in ends and count:
            column = max(self.currentIndex().column(), 0)
            return self._rows.index(ends[action] % count, column)
        return super().moveCursor(action, modifiers)

    def scrollTo(  # noqa: N802 - Qt's own name
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight; the first column always is, and no cell hides behind it."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() == 0:
            bar.setValue(before)
            return
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        if hidden > 0:
            bar.setValue(bar.value() - hidden)

    def show_first_column_only(self) -> None:
        """In the frozen view; called again when columns were shown or put in another order."""
        for column in range(1, self._rows.columnCount()):
            self._frozen.setColumnHidden(column, True)
        self._frozen.setColumnWidth(0, self.columnWidth(0))
        self._place_frozen()

    def _on_section_resized(self, section: int, _old: int, new: int) -> None:
        if section == 0:
            self._frozen.setColumnWidth(0, new)
            self._place_frozen()

    def _on_frozen_resized(self, section: int, _old: int, new: int) -> None:
        if section == 0 and self.columnWidth(0) != new:
            self.setColumnWidth(0, new)

    def _place_frozen(self) -> None:
        header, viewport = self.horizontalHeader(), self.viewport()
        self._frozen.setVisible(self.horizontalScrollBar().maximum() > 0)
        height = viewport.geometry().bottom() + 1 - header.y()
        self._frozen.setGeometry(QRect(viewport.x(), header.y(), self.columnWidth(0) + 1, height))
        self._frozen.horizontalHeader().setFixedHeight(header.height())

    def _scroll_frozen(self) -> None:
        here, there = self.verticalScrollBar(), self._frozen.verticalScrollBar()
        # a hidden view does not learn of new rows: it would stop at the last one it knows, and take this one back there
        there.setMaximum(max(there.maximum(), here.maximum()))
        there.setValue(here.value())

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(index.row())

    def _on_header_menu(self, header: QHeaderView, at: QPoint) -> None:
        section = header.logicalIndexAt(at)
        if section >= 0:
            self.header_menu_requested.emit(section, header.mapToGlobal(at))


class _FirstColumn(QTableView):
    """Takes the wheel and clicks like its table, to which it gives the focus."""

    def __init__(self, table: FrozenTable, hairline: QColor) -> None:
        super().__init__(table)
        self._table = table
        self._hairline = hairline
        # before anything asks the style sheet how this widget looks
        self.setProperty("frozen", True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """A hairline under each row, and one at the right where the other columns begin."""
        super().paintEvent(event)
        _draw_hairlines(self, self._hairline)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's own name
        """The table's menu."""
        self._table.menu_requested.emit(event.globalPos())


def _prepare(view: QTableView) -> None:
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setCornerButtonEnabled(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHTS["normal"])
    header = view.horizontalHeader()
    header.setSectionsClickable(True)
    header.setHighlightSections(False)
    header.setMinimumSectionSize(40)
    # a double click on the edge of a heading looks at the rows in sight only
    header.setResizeContentsPrecision(0)


def _draw_hairlines(view: QTableView, colour: QColor) -> None:
    rows: Any = view.model()
    count = rows.rowCount()
    first = view.rowAt(0)
    if first < 0 or not count:
        return
    painter = QPainter(view.viewport())
    painter.setPen(colour)
    bottom, width = view.viewport().height(), view.viewport().width()
    height = view.verticalHeader().defaultSectionSize()
    y = view.rowViewportPosition(first) + height - 1
    for _ in range(first, count):
        if y > bottom:
            break
        painter.drawLine(0, y, width, y)
        y += height
    if isinstance(view, _FirstColumn):
        painter.drawLine(width - 1, 0, width - 1, bottom)
    painter.end()
