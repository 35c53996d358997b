"""The tools of a grid: saved views, columns, density, copies and papers; at its right above and on its menus."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from eic_tracker.gui import icons, theme
from eic_tracker.gui.widgets.column_chooser import ColumnChooser
from eic_tracker.gui.widgets.saved_views import SavedViews
from eic_tracker.i18n import N_
from eic_tracker.settings import SavedView

if TYPE_CHECKING:
    from eic_tracker.gui.widgets.grid import Grid

_DENSITIES = {"compact": N_("Compact rows"), "normal": N_("Normal rows"), "wide": N_("Wide rows")}


class GridTools(QWidget):
    """Three buttons: Views, Columns, and what else can be done with the rows."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._t = grid.around.t
        self._preferences = grid.around.preferences
        self.views = SavedViews(grid.spec.kept_as, grid.around, self._view_now, self)
        self.views.chosen.connect(self.apply)
        self.views.said.connect(grid.said)
        self.columns = self._button("columns", self._t("Columns"), self._t("Choose columns"))
        self.more = self._button("more", "", self._t("More for these rows"))
        self.chooser: ColumnChooser | None = None
        menu = QMenu(self.more)
        self.more.setMenu(menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu.aboutToShow.connect(lambda: self._refill(menu))
        self.columns.clicked.connect(lambda _checked=False: self.choose_columns())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for button in (self.views, self.columns, self.more):
            line.addWidget(button)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only where there is little room."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in (self.views, self.columns):
            button.setToolButtonStyle(style)

    def apply(self, view: SavedView) -> None:
        """Show a saved view."""
        order = (view.sort, view.descending) if view.sort else self._grid.sort
        self._grid.restore({"filters": view.filters, "text": view.text, "sort": order})

    def _view_now(self, name: str) -> SavedView:
        order, descending = self._grid.sort
        text, filters = self._grid.bar.search.text().strip(), self._grid.bar.filters
        return SavedView(name, text=text, filters=filters, sort=order, descending=descending)

    def set_density(self, density: str) -> None:
        """The height of the rows of all grids."""
        self._preferences.change(density=density)
        self._grid.set_density()

    def choose_columns(self) -> None:
        """Open the list of columns."""
        chooser = ColumnChooser(self._columns_now(), self._t, self._grid.around.colours, self)
        chooser.chosen.connect(self._grid.columns.set_columns)
        chooser.restored.connect(self._restore_columns)
        chooser.destroyed.connect(self._on_chooser_gone)
        self.chooser = chooser
        chooser.show_below(self.columns.mapToGlobal(QPoint(0, self.columns.height())))

    def show_header_menu(self, section: int, at: QPoint) -> None:
        """What can be done with a column."""
        column = self._grid.spec.columns[section]
        menu = self._menu()
        if column.order:
            for words, falling, icon in (
                (N_("Sort ascending"), False, "sort-up"),
                (N_("Sort descending"), True, "sort-down"),
            ):
                way = self._grid.columns.turned(column.order, falling)
                self._add(menu, self._t(words), functools.partial(self._grid.sort_by, column.order, way), icon)
            menu.addSeparator()
        if section > 0:
            self._add(menu, self._t("Hide this column"), lambda: self._grid.columns.hide(section))
        self._add(menu, self._t("Choose columns"), self.choose_columns, "columns")
        self._add(menu, self._t("Restore the columns"), self._grid.columns.restore, "restore")
        menu.popup(at)

    def show_row_menu(self, at: QPoint) -> None:
        """What can be done with the selected rows."""
        menu = self._menu()
        key = self._grid.current_key()
        if key is not None:
            self._add(menu, self._t("Open"), lambda: self._grid.opened.emit(key))
            menu.addSeparator()
        self._fill_more(menu)
        menu.popup(at)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _refill(self, menu: QMenu) -> None:
        menu.clear()
        self._fill_more(menu)

    def _fill_more(self, menu: QMenu) -> None:
        t, papers = self._t, self._grid.papers
        copy = self._add(menu, t("Copy the selected rows") + "\tCtrl+C", papers.copy, "copy")
        copy.setEnabled(self._grid.table.selectionModel().hasSelection())
        self._add(menu, t("Export this view…") + "\tCtrl+Shift+E", papers.export, "export")
        self._add(menu, t("Print this view…") + "\tCtrl+P", papers.print, "print")
        menu.addSeparator()
        order = menu.addMenu(t("Sort by"))
        now, descending = self._grid.sort
        for column in self._grid.spec.columns:
            if column.order:
                back = not descending if column.order == now else False
                act = functools.partial(self._grid.sort_by, column.order, back)
                action = self._add(order, t(column.title), act)
                action.setCheckable(True)
                action.setChecked(column.order == now)
        rows = menu.addMenu(t("Height of rows"))
        group = QActionGroup(rows)
        for name, words in _DENSITIES.items():
            action = self._add(rows, t(words), functools.partial(self.set_density, name))
            action.setCheckable(True)
            action.setChecked(self._preferences.density == name)
            group.addAction(action)

    def _columns_now(self) -> list[tuple[int, str, bool]]:
        """All but the first column, which always stands first."""
        return [
            (number, self._t(self._grid.spec.columns[number].title), shown)
            for number, shown in self._grid.columns.in_order()
            if number > 0
        ]

    def _restore_columns(self) -> None:
        self._grid.columns.restore()
        if self.chooser is not None:
            self.chooser.show_columns(self._columns_now())

    def _on_chooser_gone(self) -> None:
        self.chooser = None

    def _button(self, icon: str, words: str, said: str) -> QToolButton:
        button = QToolButton()
        icons.dress(button, icon, self._grid.around.colours)
        button.setText(words)
        button.setAccessibleName(said)
        button.setToolTip(said)
        button.setMinimumSize(theme.TARGET, theme.TARGET)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if words:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _add(self, menu: QMenu, words: str, act: Callable[[], object], icon: str = "") -> QAction:
        action = QAction(words, menu)
        if icon:
            action.setIcon(icons.icon(icon, self._grid.around.colours))
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
        return action
