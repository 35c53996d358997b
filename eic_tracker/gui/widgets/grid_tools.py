"""The tools of a grid: saved views, columns, density, copies and papers; at its right above and on its menus."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from eic_tracker import settings
from eic_tracker.gui import icons, theme
from eic_tracker.gui.widgets.column_chooser import ColumnChooser, NamePopup
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
        # What somebody looked for may be a name or a number: on a shared computer it is theirs alone.
        self._kept_as = f"{grid.around.file_uid} {grid.around.acting.login} {grid.spec.kept_as}"
        self.views = self._button("star", self._t("Views"), self._t("Saved views"))
        self.columns = self._button("columns", self._t("Columns"), self._t("Choose columns"))
        self.more = self._button("more", "", self._t("More for these rows"))
        self.chooser: ColumnChooser | None = None
        self.name_popup: NamePopup | None = None
        for button, fill in ((self.views, self._fill_views), (self.more, self._fill_more)):
            menu = QMenu(button)
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            menu.aboutToShow.connect(lambda menu=menu, fill=fill: self._refill(menu, fill))
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

    def saved_views(self) -> tuple[SavedView, ...]:
        """The views that the person saved for this grid."""
        return self._preferences.current.views.get(self._kept_as, ())

    def starred_view(self) -> SavedView | None:
        """The view that opens with the grid."""
        return next((view for view in self.saved_views() if view.starred), None)

    def apply(self, view: SavedView) -> None:
        """Show a saved view."""
        order = (view.sort, view.descending) if view.sort else self._grid.sort
        self._grid.restore({"filters": view.filters, "text": view.text, "sort": order})

    def save_view(self, name: str) -> None:
        """Keep what is asked for now under a name; one of the same name is replaced."""
        known = {view.name: view for view in self.saved_views()}
        order, descending = self._grid.sort
        view = SavedView(
            name,
            starred=name in known and known[name].starred,
            text=self._grid.bar.search.text().strip(),
            filters=self._grid.bar.filters,
            sort=order,
            descending=descending,
        )
        self._keep_view(view)
        self._grid.said.emit(self._t("View saved: {name}", name=name))

    def star(self, name: str) -> None:
        """Have a view open with the grid, or no longer."""
        for view in self.saved_views():
            wanted = view.name == name and not view.starred
            if view.starred is not wanted:
                self._keep_view(replace(view, starred=wanted))

    def rename(self, old: str, new: str) -> None:
        """Call a view otherwise; it keeps its place."""
        kept = [view for view in self.saved_views() if view.name == old or view.name != new]
        views = tuple(replace(view, name=new) if view.name == old else view for view in kept)
        current = self._preferences.current
        self._preferences.keep(replace(current, views={**current.views, self._kept_as: views}))

    def delete(self, name: str) -> None:
        """Forget a view."""
        self._preferences.keep(settings.without_view(self._preferences.current, self._kept_as, name))

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

    def _refill(self, menu: QMenu, fill: Callable[[QMenu], None]) -> None:
        menu.clear()
        fill(menu)

    def _fill_views(self, menu: QMenu) -> None:
        t = self._t
        views = self.saved_views()
        for view in views:
            icon = "star-filled" if view.starred else "star"
            self._add(menu, view.name, functools.partial(self.apply, view), icon)
        if views:
            menu.addSeparator()
        self._add(menu, t("Save this view…"), functools.partial(self._ask_name, "", self.save_view), "plus")
        for view in views:
            sub = menu.addMenu(t("Change “{name}”", name=view.name))
            words = t("Do not open with it") if view.starred else t("Open with this view")
            rename = functools.partial(self.rename, view.name)
            self._add(sub, words, functools.partial(self.star, view.name), "star")
            self._add(sub, t("Rename…"), functools.partial(self._ask_name, view.name, rename), "edit")
            self._add(sub, t("Forget this view"), functools.partial(self.delete, view.name), "close")

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

    def _ask_name(self, given: str, use: Callable[[str], None]) -> None:
        popup = NamePopup(self._t("Name of the view"), given, self._t, self)
        popup.named.connect(use)
        self.name_popup = popup
        popup.show_below(self.views.mapToGlobal(QPoint(0, self.views.height())))

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

    def _keep_view(self, view: SavedView) -> None:
        self._preferences.keep(settings.with_view(self._preferences.current, self._kept_as, view))

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
