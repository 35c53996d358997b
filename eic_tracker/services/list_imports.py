"""The lists that came in, and what stayed out of each."""

from __future__ import annotations

from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.queries.list_imports import ImportRow, RejectedLine, read_imports, read_rejected
from eic_tracker.store.database import Database


def list_imports(db: Database, acting: ActingUser, offering_id: int | None = None) -> tuple[ImportRow, ...]:
    """The newest lists that were taken in, of one course where its key is given."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        return read_imports(connection, offering_id)


def rejected_rows(db: Database, acting: ActingUser, list_import: int) -> tuple[RejectedLine, ...]:
    """The rows of a list that stayed out, each with what it says and why."""
    require(acting, Action.ENROL)
    with db.read() as connection:
        return read_rejected(connection, list_import)
