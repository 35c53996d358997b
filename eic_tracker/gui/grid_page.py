"""A page that is one list: search, filters, rows; Enter opens a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.grid import Grid, GridSpec


class GridPage(Page):
    """The list as it was left: filters, order, selection and scroll belong to the place."""

    opens = ""
    """the page that shows a row's record"""

    def __init__(self, spec: GridSpec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self.set_title(self.t(spec.title))
        self.grid = Grid(spec, around)
        self.layout_of_page.addWidget(self.grid, 1)
        self.grid.opened.connect(self._on_opened)
        self.grid.noticed.connect(self.noticed)
        self.grid.said.connect(lambda text: self.done.emit(text, False))

    def show_place(self, place: Place) -> None:
        """The list; `state` may hold how it was left ("grid"), or filters and text to begin with."""
        state = place.state.get("grid", place.state)
        self.grid.restore(state)

    def state(self) -> Mapping[str, Any]:
        """How the grid stands."""
        return {"grid": self.grid.state()}

    def refresh(self) -> None:
        """Read again; the same record stays selected."""
        self.grid.refresh()

    def find_in_page(self) -> None:
        """The search box above the rows."""
        self.grid.focus_search()

    def first_focus(self) -> QWidget:
        """The rows."""
        return self.grid.first_focus()

    def go_up(self) -> bool:
        """Esc in the search box clears what is asked for."""
        return self.grid.go_up()

    def export_view(self) -> None:
        """Ctrl+Shift+E."""
        self.grid.papers.export()

    def print_view(self) -> None:
        """Ctrl+P."""
        self.grid.papers.print()

    def _on_opened(self, key: int) -> None:
        self.go_requested.emit(Place(self.opens, key))
