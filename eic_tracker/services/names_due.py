"""Whether names of pupils are to go today; asked at each opening, so it loads nothing that writes."""

from __future__ import annotations

from eic_tracker.clock import local_date
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.store.database import Database


def names_are_due(db: Database, acting: ActingUser) -> bool:
    """Whether the day has come on which a programme's names leave the file."""
    require(acting, Action.PUPIL_NAMES)
    today = local_date(db.clock()).isoformat()
    query = "SELECT EXISTS (SELECT 1 FROM name_keeping WHERE ended_on IS NULL AND purge_on <= ?)"
    with db.read() as connection:
        return bool(connection.exec_driver_sql(query, (today,)).scalar_one())
