"""A page of several lists under tabs; each list stands as it was left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.grid import Grid, GridSpec
from eic_tracker.gui.widgets.tabs import Tabs
from eic_tracker.i18n import N_


def own_words(spec: GridSpec, around: Surroundings) -> GridSpec:
    """Those who see own rows only are not told that there are none at all; the catalogue is everybody's."""
    own = right(around.acting, Action.READ_FIGURES) is Right.OWN and spec.listing != "courses"
    return replace(spec, empty=N_("Nothing here is yours yet.")) if own else spec


class TabbedPage(Page):
    """A place's state may name a tab, hold how each part was left, or hold filters for the tab that it names."""

    def __init__(self, title: str, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.set_title(title)
        self.tabs = Tabs(title)
        self.layout_of_page.addWidget(self.tabs, 1)
        self._states: dict[str, Mapping[str, Any]] = {}
        self._stale: set[str] = set()
        self.tabs.shown.connect(self._on_tab)

    def add_grid(self, name: str, title: str, spec: GridSpec, opens: str) -> None:
        """A tab with a list; Enter on a row opens its page."""
        self.tabs.add(name, title, lambda: self._make_grid(own_words(spec, self.around), opens))

    def add_part(self, name: str, title: str, make: Callable[[], TabPart]) -> None:
        """A tab with something else than a list."""
        self.tabs.add(name, title, make)

    def show_place(self, place: Place) -> None:
        """The tab that is asked for, or the one that was in sight."""
        state = place.state
        self._states = dict(state.get("parts", {}))
        name = state.get("tab", self.tabs.name())
        if "filters" in state or "text" in state:
            self._states[name] = state
        self._stale = set(self.tabs.names())
        self.tabs.open(name)
        self._show(self.tabs.name())

    def state(self) -> Mapping[str, Any]:
        """The tab in sight, and how each part stands that was shown."""
        shown = {name: part.state() for name in self.tabs.names() if (part := self.part(name)) is not None}
        return {"tab": self.tabs.name(), "parts": shown | self._states}

    def refresh(self) -> None:
        """Read again what is in sight; the rest when it comes into sight."""
        self._stale = set(self.tabs.names())
        self._show(self.tabs.name())

    def first_focus(self) -> QWidget | None:
        """What the part in sight names."""
        part = self.part()
        return part.first_focus() if part is not None else self.tabs.tabBar()

    def go_up(self) -> bool:
        """Esc: what is open in the part in sight."""
        part = self.part()
        return part.go_up() if part is not None else False

    def part(self, name: str = "") -> Grid | TabPart | None:
        """What a tab holds, the one in sight where none is named; None before it was first shown."""
        content = self.tabs.content(name)
        return content if isinstance(content, Grid | TabPart) else None

    def find_in_page(self) -> None:
        """The search box of the list in sight."""
        part = self.part()
        if isinstance(part, Grid):
            part.focus_search()

    def print_view(self) -> None:
        """Ctrl+P."""
        part = self.part()
        if isinstance(part, Grid):
            part.papers.print()
        else:
            self.done.emit(self.t("There is nothing to print or export on this page."), False)

    def export_view(self) -> None:
        """Ctrl+Shift+E."""
        part = self.part()
        if isinstance(part, Grid):
            part.papers.export()
        elif part is None or not part.export_view():
            self.done.emit(self.t("There is nothing to print or export on this page."), False)

    def _make_grid(self, spec: GridSpec, opens: str) -> Grid:
        grid = Grid(spec, self.around)
        grid.opened.connect(lambda key: self.go_requested.emit(Place(opens, key)))
        grid.noticed.connect(self.noticed)
        grid.said.connect(lambda text: self.done.emit(text, False))
        return grid

    def _show(self, name: str) -> None:
        part = self.part(name)
        if part is not None and name in self._stale:
            self._stale.discard(name)
            part.restore(self._states.pop(name, {}))

    def _on_tab(self, name: str) -> None:
        self._show(name)
        wanted = self.first_focus()
        if wanted is not None and self.isVisible() and not self.tabs.tabBar().hasFocus():
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)


class TabPart(QWidget):
    """A tab that is no list, as a grid behaves to its page."""

    def restore(self, state: Mapping[str, Any]) -> None:
        """Stand as `state` says and read; an empty state leaves all where it is."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        """How the part stands."""
        return {}

    def first_focus(self) -> QWidget:
        """Where the keyboard begins."""
        return self

    def go_up(self) -> bool:
        """Esc; False where nothing was open."""
        return False

    def export_view(self) -> bool:
        """Ctrl+Shift+E; False where there is nothing to take out."""
        return False
