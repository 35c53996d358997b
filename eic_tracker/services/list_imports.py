"""The lists that came in."""

from __future__ import annotations

from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.queries.list_imports import ImportRow, read_imports
from eic_tracker.store.database import Database


def list_imports(db: Database, acting: ActingUser, offering_id: int | None = None) -> tuple[ImportRow, ...]:
    """The newest lists that were taken in, of one course where its key is given."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        return read_imports(connection, offering_id)
