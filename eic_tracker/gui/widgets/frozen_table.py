"""A table whose first column stays in sight while the others scroll sideways."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from eic_tracker.gui import theme
from eic_tracker.gui.models.rows_model import RowsModel


class FrozenTable(QTableView):
    """The grid's table; a second view on the same model and selection keeps the first column in sight."""

    row_opened = Signal(int)
    """the row number on which Enter or a double click fell"""

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._frozen = _FirstColumn(self)
        self._prepare(self)
        self._prepare(self._frozen)
        self._frozen.setModel(model)
        self._frozen.setSelectionModel(self.selectionModel())
        self._frozen.setFocusProxy(self)
        self._frozen.verticalHeader().hide()
        self._frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frozen.setProperty("frozen", True)
        self.viewport().stackUnder(self._frozen)
        self._show_first_column_only()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._show_first_column_only)
        header.geometriesChanged.connect(self._place_frozen)
        header.sortIndicatorChanged.connect(self._frozen.horizontalHeader().setSortIndicator)
        self._frozen.horizontalHeader().sectionClicked.connect(header.sectionClicked)
        self._frozen.horizontalHeader().sectionResized.connect(self._on_frozen_resized)
        self._frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(self._frozen.verticalScrollBar().setValue)
        model.modelReset.connect(self._show_first_column_only)
        self.doubleClicked.connect(self._on_double_clicked)
        self._frozen.doubleClicked.connect(self._on_double_clicked)

    @property
    def frozen(self) -> QTableView:
        """The view of the first column."""
        return self._frozen

    def set_row_height(self, height: int) -> None:
        """The height of all rows in pixels."""
        for view in (self, self._frozen):
            view.verticalHeader().setMinimumSectionSize(height)
            view.verticalHeader().setDefaultSectionSize(height)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Keep the frozen column over the first one."""
        super().resizeEvent(event)
        self._place_frozen()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Enter opens the row; all else as Qt does it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.row_opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def scrollTo(  # noqa: N802 - Qt's own name
        self, index: QModelIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight; the first column always is, and no cell hides behind it."""
        if index.column() == 0:
            bar = self.horizontalScrollBar()
            before = bar.value()
            super().scrollTo(index, hint)
            bar.setValue(before)
            return
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        if hidden > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    def _prepare(self, view: QTableView) -> None:
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHTS["normal"])
        view.horizontalHeader().setSectionsClickable(True)
        view.horizontalHeader().setMinimumSectionSize(40)

    def _show_first_column_only(self) -> None:
        for column in range(1, self.model().columnCount()):
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
        frame = self.frameWidth()
        height = self.viewport().height() + self.horizontalHeader().height()
        self._frozen.setGeometry(QRect(frame, frame, self.columnWidth(0), height))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_opened.emit(index.row())


class _FirstColumn(QTableView):
    """Takes the wheel and clicks like its table, and never the focus."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

