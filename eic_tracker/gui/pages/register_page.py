"""The register of certificates: its books, the paper books of the past, numbers, the report of the month."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui.register_parts.books_part import BooksPart
from eic_tracker.gui.register_parts.month_part import MonthPart
from eic_tracker.gui.register_parts.numbers_part import NumbersPart
from eic_tracker.gui.register_parts.paper_part import PaperPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.tabbed_grids import TabbedPage


class RegisterPage(TabbedPage):
    """Books and numbers are for all who read the figures; what names people, and the month, by right."""

    name = "register"
    shows = frozenset(
        {"register_book", "folio", "register_entry", "certificate", "certificate_series", "revocation", "setting"}
    )

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around.t("Register of certificates"), around, parent)
        t = self.t
        self.add_part("books", t("Books"), partial(BooksPart, self))
        self.add_part("paper", t("Paper books"), partial(PaperPart, self))
        self.add_part("numbers", t("Numbers"), partial(NumbersPart, self))
        if right(around.acting, Action.QUARTERLY_REPORTS) is not Right.NO:
            self.add_part("month", t("Month"), partial(MonthPart, self))

    def help_name(self) -> str:
        """The paper books have a page of their own."""
        return "register_papers" if self.tabs.name() == "paper" else self.name

    def find_in_page(self) -> None:
        """Ctrl+F: among the diplomas of paper books."""
        part = self.part()
        if isinstance(part, PaperPart):
            part.search.setFocus()

    def print_view(self) -> None:
        """Ctrl+P: the paper of the part in sight."""
        part = self.part()
        if isinstance(part, BooksPart):
            part.ask_print()
        elif isinstance(part, NumbersPart):
            part.show_report()
        elif isinstance(part, MonthPart):
            part.preview.print_paper()
        else:
            super().print_view()
