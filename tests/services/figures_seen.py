"""Figures as a user may see them, for tests of what opens them."""

from __future__ import annotations

from eic_tracker.domain.permissions import ActingUser
from eic_tracker.services.figures import Counted, FigureRef, value_of
from eic_tracker.store.database import Database


def figure_value(db: Database, acting: ActingUser, ref: FigureRef) -> int:
    """The figure as it stands on a tile or in a table."""
    with db.read() as connection:
        return value_of(Counted(connection, acting), ref)
