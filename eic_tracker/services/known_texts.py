"""What the file tells those who read lists: the spellings that it knows, and what a sender's columns mean."""

from __future__ import annotations

from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.exchange.rows import KnownTexts
from eic_tracker.queries.known_texts import read_places, read_remembered_columns, read_spellings
from eic_tracker.store.database import Database


def known_texts(db: Database, acting: ActingUser, sender: str = "") -> KnownTexts:
    """Everything that a list may name, and the columns of this sender's earlier lists."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        spellings = read_spellings(connection)
        return KnownTexts(
            ranks=spellings.by_code("rank"),
            institutions=spellings.by_code("institution"),
            units=spellings.by_code("unit"),
            municipalities=read_places(connection),
            remembered_columns=read_remembered_columns(connection, sender) if sender.strip() else {},
        )
