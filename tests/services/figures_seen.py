"""Figures as a user may see them, for tests of what opens them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from eic_tracker.domain.counting import CountTable
from eic_tracker.domain.facts import Dimension, Scope
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.services.figures import Counted, FigureRef, table_of, value_of
from eic_tracker.store.database import Database


def figure_value(db: Database, acting: ActingUser, ref: FigureRef) -> int:
    """The figure as it stands on a tile or in a table."""
    with db.read() as connection:
        return value_of(Counted(connection, acting), ref)


def figure_table(db: Database, acting: ActingUser, by: Sequence[Dimension], scope: Scope, as_of: dt.date) -> CountTable:
    """The counts of a breakdown, as tables and charts have them."""
    with db.read() as connection:
        return table_of(Counted(connection, acting), tuple(by), scope, as_of)
