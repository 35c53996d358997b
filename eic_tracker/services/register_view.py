"""The register as the window shows it: the folios of a book and the entries of a folio."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from eic_tracker.domain.paper_codes import act_code
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.register_books import BookRow, FolioEntryRow, read_books, read_folio_entries, read_folios
from eic_tracker.store.database import Database


class FolioState(StrEnum):
    """Printed ones are frozen; a full one waits for the printer; an open one still takes entries."""

    PRINTED = "printed"
    FULL = "full"
    OPEN = "open"
    ON_PAPER = "on_paper"


@dataclass(frozen=True, slots=True)
class FolioLine:
    """A folio of a book: how many entries it holds, its state, when it was printed and with which code."""

    id: int
    number: int
    entries: int
    state: FolioState
    printed_at: dt.datetime | None
    code: str | None


@dataclass(frozen=True, slots=True)
class BookView:
    """A book with its folios."""

    book: BookRow
    folios: tuple[FolioLine, ...]


def book_view(db: Database, acting: ActingUser, key: int) -> BookView:
    """A book with its folios; it names nobody. UserError where there is no such book."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        book = _book(connection, key)
        rows = read_folios(connection, key)
        last = rows[-1].number if rows else 0
        folios = []
        for row in rows:
            full = row.entries >= book.entries_per_folio or row.number < last or book.closed_on is not None
            state = FolioState.PRINTED if row.digest is not None else FolioState.FULL if full else FolioState.OPEN
            state = FolioState.ON_PAPER if book.on_paper else state
            code = act_code(row.digest) if row.digest is not None else None
            folios.append(FolioLine(row.id, row.number, row.entries, state, row.printed_at, code))
        return BookView(book, tuple(folios))


def folio_entries(db: Database, acting: ActingUser, folio: int) -> tuple[FolioEntryRow, ...]:
    """The entries of a folio by its key, with names."""
    require(acting, Action.READ_PEOPLE, Right.YES)
    with db.read() as connection:
        return read_folio_entries(connection, folio)


def _book(connection: Connection, key: int) -> BookRow:
    for book in read_books(connection):
        if book.id == key:
            return book
    raise UserError(N_("That book is no longer in the list; read it again."))
