"""Entries of the register: every certificate that gets a number gets book, folio and number within the folio."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from eic_tracker.clock import local_date
from eic_tracker.store.tables.certificates import Folio, RegisterBook, RegisterEntry
from eic_tracker.store.transaction import Tx

ENTRIES_SETTING, FOLIOS_SETTING = "register.entries_per_folio", "register.folios_per_book"
USUAL_ENTRIES, USUAL_FOLIOS = 25, 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a certificate stands in the register."""

    book: str
    folio: int
    entry: int


_NEWEST_BOOK = """
SELECT id, number, entries_per_folio, folios FROM register_book
WHERE NOT on_paper AND closed_on IS NULL ORDER BY id DESC LIMIT 1
"""
_NEWEST_FOLIO = """
SELECT f.id, f.number, f.printed_at, (SELECT coalesce(max(e.number), 0) FROM register_entry e WHERE e.folio_id = f.id)
       AS entries
FROM folio f WHERE f.register_book_id = ? ORDER BY f.number DESC LIMIT 1
"""


def register_entries(tx: Tx, certificate_ids: Sequence[int]) -> Mapping[int, Place]:
    """Enter certificates in this order, opening the next folio or book where one is full or printed; their places."""
    places: dict[int, Place] = {}
    rows: list[dict[str, Any]] = []
    book = folio = None
    entry = 0
    for certificate in certificate_ids:
        if book is None or folio is None or entry >= book.entries_per_folio:
            book, folio, entry = _open_folio(tx, started=folio is not None)
        entry += 1
        places[certificate] = Place(book.number, folio[1], entry)
        rows.append(
            {
                "certificate_id": certificate,
                "folio_id": folio[0],
                "number": entry,
                "entered_on": local_date(tx.at),
            }
        )
    tx.insert(RegisterEntry, rows)
    return places


def _open_folio(tx: Tx, *, started: bool) -> tuple[Row[Any], tuple[int, int], int]:
    """Book, key and number of the folio that takes the next entry, and how many it holds; `started`: it is full."""
    book = tx.connection.exec_driver_sql(_NEWEST_BOOK).first()
    if book is None:
        book = _open_book(tx)
    newest = tx.connection.exec_driver_sql(_NEWEST_FOLIO, (book.id,)).first()
    full = newest is not None and (started or newest.printed_at or newest.entries >= book.entries_per_folio)
    if newest is not None and not full:
        return book, (newest.id, newest.number), newest.entries
    if newest is not None and newest.number >= book.folios:
        tx.update(RegisterBook, {book.id: {"closed_on": local_date(tx.at)}})
        book, newest = _open_book(tx), None
    number = 1 if newest is None else newest.number + 1
    (key,) = tx.insert(Folio, [{"register_book_id": book.id, "number": number}])
    return book, (key, number), 0


def _open_book(tx: Tx) -> Row[Any]:
    """The next book, numbered after the highest of the books of paper and of this file."""
    settings = {
        name: json.loads(value)
        for name, value in tx.connection.exec_driver_sql("SELECT name, value FROM setting WHERE name LIKE 'register.%'")
    }
    known = tx.connection.exec_driver_sql("SELECT number FROM register_book").scalars().all()
    highest = max((int(number) for number in known if number.isdecimal()), default=0)
    row = {
        "number": str(highest + 1),
        "entries_per_folio": int(settings.get(ENTRIES_SETTING, USUAL_ENTRIES)),
        "folios": int(settings.get(FOLIOS_SETTING, USUAL_FOLIOS)),
        "opened_on": local_date(tx.at),
    }
    tx.insert(RegisterBook, [row])
    return tx.connection.exec_driver_sql(_NEWEST_BOOK).one()
