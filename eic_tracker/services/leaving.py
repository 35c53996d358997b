"""Identities that leave the file: each time noted in the journal, with a reason once a user took out many in a day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_
from eic_tracker.store.transaction import Tx

MOST_PEOPLE_WITHOUT_REASON = 50
"""So many identities may leave by one user in a day without a reason."""

_DAY = dt.timedelta(hours=24)


def lacks_reason(connection: Connection, user: int, people: int, at: dt.datetime) -> bool:
    """Whether so many identities more need a reason: with all that the user took out without one in 24 hours.

    Slices add up, each counted however often it leaves; what a clock that was set back calls later counts, too."""
    taken = connection.exec_driver_sql(
        "SELECT coalesce(sum(people), 0) FROM export "
        "WHERE user_id = ? AND reason IS NULL AND datetime(recorded_at) > datetime(?)",
        (user, f"{at - _DAY:%Y-%m-%d %H:%M:%S}"),
    ).scalar_one()
    return int(taken) + people > MOST_PEOPLE_WITHOUT_REASON


def note_leaving(tx: Tx, user: int, kind: str, people: int, reason: str | None) -> int:
    """Note what left, how many people, why and by whom; the number of the note."""
    from eic_tracker.store.tables.documents import Export

    row = {"kind": kind, "people": people, "reason": reason, "user_id": user, "recorded_at": tx.at}
    return int(tx.insert(Export, [row])[0])


def require_note(connection: Connection, who: ActingUser, note: int | None, people: int) -> None:
    """Refused where the user may take no names out, or no note of theirs stands for as many people as leave."""
    if not people:
        return
    require(who, Action.EXPORT_IDENTITIES)
    noted = connection.exec_driver_sql(
        "SELECT people FROM export WHERE id = ? AND user_id = ?", (note, who.id)
    ).scalar()
    if noted is None or noted < people:
        raise Refused(N_("A list that names people leaves only with a note in the journal."))
