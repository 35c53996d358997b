"""The folios of a book with their state, and beside them what stands on the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from eic_tracker.domain.permissions import Action, Right, right
from eic_tracker.gui import theme
from eic_tracker.gui.code_words import CERTIFICATE_STATUSES
from eic_tracker.gui.grids.cells import moment
from eic_tracker.gui.models.columns import Column
from eic_tracker.gui.pages.page import Page
from eic_tracker.gui.place import Place
from eic_tracker.gui.theme import Tone
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.register_books import FolioEntryRow
from eic_tracker.services.register_view import BookView, FolioLine, FolioState, book_view, folio_entries

_STATES = {
    FolioState.PRINTED: (N_("printed"), Tone.OK),
    FolioState.FULL: (N_("full, to be printed"), Tone.WARNING),
    FolioState.OPEN: (N_("open for entries"), Tone.INFO),
    FolioState.ON_PAPER: (N_("on paper, of the past"), Tone.PLAIN),
}


class Folios(QWidget):
    """Enter on a folio asks for its page, Enter on an entry opens its certificate; entries by right."""

    page_wanted = Signal(str, int)
    """number of the book and of the folio; of a paper book it is never asked for"""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        t, around = page.t, page.around
        self._page = page
        self._view: BookView | None = None
        self._names = right(around.acting, Action.READ_PEOPLE) is Right.YES
        self.table = SmallTable(t("Folios of the book"), _FOLIOS, around)
        self.entries = SmallTable(t("Entries of the folio"), _ENTRIES, around)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.table, 2)
        line.addWidget(self.entries, 3)
        self.entries.setVisible(self._names)
        self.table.current_changed.connect(self._on_folio)
        self.table.opened.connect(self._on_opened)
        self.entries.opened.connect(self._open_entry)

    def show_book(self, key: int | None) -> None:
        """The folios of a book; nothing where none is chosen."""
        if key is not None:
            self._page.read(book_view, key, done=self._show, what="folios")
        else:
            self.table.show_rows({})
            self.entries.show_rows({})

    def _show(self, view: BookView) -> None:
        self._view = view
        keys = [line.id for line in view.folios]
        self.table.show_rows({line.id: line for line in view.folios})
        current = self.table.current_key()
        if keys and current not in keys:
            self.table.select_key(keys[-1])
        else:
            self._on_folio(current)

    def _on_folio(self, key: object) -> None:
        if isinstance(key, int) and self._names:
            self._page.read(folio_entries, key, done=self._show_entries, what="entries")

    def _show_entries(self, rows: Sequence[FolioEntryRow]) -> None:
        self.entries.show_rows({row.certificate_id: row for row in rows})
        if rows and self.entries.current_key() is None:
            self.entries.select_key(rows[0].certificate_id)

    def _on_opened(self, key: int) -> None:
        view = self._view
        if view is not None and not view.book.on_paper:
            self.page_wanted.emit(view.book.number, self.table.rows[key].number)

    def _open_entry(self, key: int) -> None:
        self._page.go_requested.emit(Place("certificate", key))


def _printed(row: FolioLine, t: Translator) -> str:
    return moment(row.printed_at, t) if isinstance(row.printed_at, datetime) else ""


_FOLIOS = (
    Column("folio", N_("Folio"), lambda row, t: t.number(row.number), width=6, number=True),
    Column("entries", N_("Entries"), lambda row, t: t.number(row.entries), width=8, number=True),
    Column(
        "state",
        N_("State"),
        lambda row, t: t(_STATES[row.state][0]),
        width=20,
        tone=lambda row: _STATES[row.state][1],
        stretch=True,
    ),
    Column("code", N_("Code"), lambda row, _t: row.code or "", width=21, spare=True),
    Column("printed", N_("Printed on"), _printed, width=16, spare=True),
)
_ENTRIES = (
    Column("entry", N_("Entry"), lambda row, t: t.number(row.entry), width=6, number=True),
    Column("number", N_("Number"), lambda row, _t: row.number, width=16),
    Column("name", N_("Name"), lambda row, _t: row.name, width=26, stretch=True),
    Column("course", N_("Course"), lambda row, _t: row.course, width=26, stretch=True, spare=True),
    Column(
        "state",
        N_("State"),
        lambda row, t: t(CERTIFICATE_STATUSES[row.status][0]),
        width=14,
        tone=lambda row: CERTIFICATE_STATUSES[row.status][1],
    ),
)
