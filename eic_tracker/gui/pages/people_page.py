"""All people: found by name or number, filtered, each one a step from its profile."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from eic_tracker.gui.grid_page import GridPage
from eic_tracker.gui.grids.people import PEOPLE_GRID
from eic_tracker.gui.offering_acts import EDIT_KEYS, page_shortcut
from eic_tracker.gui.page_list import PAGES, may_open, may_write
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.deed import Deed, deed_button


class PeoplePage(GridPage):
    """Everybody whom the user may see."""

    name = "people"
    opens = "person"
    shows = frozenset(
        {"participant", "participant_document", "enrolment", "offering", "institution", "unit", "rank", "assignment"}
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(PEOPLE_GRID, around, parent)
        t = self.t
        for place, words in (("compare", t("Compare a list")), ("texts", t("Texts")), ("duplicates", t("Duplicates"))):
            if may_open(PAGES[place], around):
                self.add_to_head(deed_button(Deed(words, lambda place=place: self._go(place))))  # type: ignore[misc]
        self._may_write = may_write(around)
        if self._may_write:
            self.primary_button(t("New person"), lambda: self._go("person_form")).setToolTip("Ctrl+N")
            page_shortcut(EDIT_KEYS, self).activated.connect(self._edit)

    def begin_new(self) -> bool:
        """Ctrl+N: enter a person."""
        if self._may_write:
            self._go("person_form")
        return True

    def _edit(self) -> None:
        """F2: change the particulars of the person where the keyboard stands."""
        key = self.grid.current_key()
        if key is not None:
            self.go_requested.emit(Place("person_form", key))

    def _go(self, place: str) -> None:
        self.go_requested.emit(Place(place))
