"""The views that a person keeps of a list or table: saved under a name, starred, renamed, forgotten."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from eic_tracker import settings
from eic_tracker.gui import icons, theme
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.column_chooser import NamePopup
from eic_tracker.settings import SavedView


class SavedViews(QToolButton):
    """A button with the person's views; `now` gives what is asked for at present, `chosen` asks for another view."""

    chosen = Signal(object)
    """a SavedView"""
    said = Signal(str)

    def __init__(
        self, kept_as: str, around: Surroundings, now: Callable[[str], SavedView], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._t = around.t
        self._colours = around.colours
        self._preferences = around.preferences
        # What somebody looked for may be a name or a number: on a shared computer it is theirs alone.
        self._kept_as = f"{around.file_uid} {around.acting.login} {kept_as}"
        self._now = now
        self.name_popup: NamePopup | None = None
        icons.dress(self, "star", around.colours)
        self.setText(self._t("Views"))
        self.setAccessibleName(self._t("Saved views"))
        self.setToolTip(self._t("Saved views"))
        self.setMinimumSize(theme.TARGET, theme.TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        menu = QMenu(self)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu.aboutToShow.connect(lambda: self._refill(menu))

    def kept(self) -> tuple[SavedView, ...]:
        """The views that the person saved."""
        return self._preferences.current.views.get(self._kept_as, ())

    def starred(self) -> SavedView | None:
        """The view that opens with the list."""
        return next((view for view in self.kept() if view.starred), None)

    def save(self, name: str) -> None:
        """Keep what is asked for now under a name; one of the same name is replaced."""
        before = next((view for view in self.kept() if view.name == name), None)
        self._keep(replace(self._now(name), starred=before is not None and before.starred))
        self.said.emit(self._t("View saved: {name}", name=name))

    def star(self, name: str) -> None:
        """Have a view open with the list, or no longer."""
        for view in self.kept():
            wanted = view.name == name and not view.starred
            if view.starred is not wanted:
                self._keep(replace(view, starred=wanted))

    def rename(self, old: str, new: str) -> None:
        """Call a view otherwise; it keeps its place."""
        kept = [view for view in self.kept() if view.name == old or view.name != new]
        views = tuple(replace(view, name=new) if view.name == old else view for view in kept)
        current = self._preferences.current
        self._preferences.keep(replace(current, views={**current.views, self._kept_as: views}))

    def forget(self, name: str) -> None:
        """Keep a view no longer."""
        self._preferences.keep(settings.without_view(self._preferences.current, self._kept_as, name))

    def _keep(self, view: SavedView) -> None:
        self._preferences.keep(settings.with_view(self._preferences.current, self._kept_as, view))

    def _refill(self, menu: QMenu) -> None:
        t, views = self._t, self.kept()
        menu.clear()
        for view in views:
            act = functools.partial(self.chosen.emit, view)
            self._add(menu, view.name, act, "star-filled" if view.starred else "star")
        if views:
            menu.addSeparator()
        self._add(menu, t("Save this view…"), functools.partial(self._ask_name, "", self.save), "plus")
        for view in views:
            sub = menu.addMenu(t("Change “{name}”", name=view.name))
            words = t("Do not open with it") if view.starred else t("Open with this view")
            rename = functools.partial(self.rename, view.name)
            self._add(sub, words, functools.partial(self.star, view.name), "star")
            self._add(sub, t("Rename…"), functools.partial(self._ask_name, view.name, rename), "edit")
            self._add(sub, t("Forget this view"), functools.partial(self.forget, view.name), "close")

    def _ask_name(self, given: str, use: Callable[[str], None]) -> None:
        popup = NamePopup(self._t("Name of the view"), given, self._t, self)
        popup.named.connect(use)
        self.name_popup = popup
        popup.show_below(self.mapToGlobal(QPoint(0, self.height())))

    def _add(self, menu: QMenu, words: str, act: Callable[[], object], icon: str) -> None:
        action = QAction(icons.icon(icon, self._colours), words, menu)
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
