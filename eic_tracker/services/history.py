"""The journal for people: verified, shown, a change set taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from eic_tracker.domain.codes import Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.permissions import ActingUser, Action, Right, require, right
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store import journal
from eic_tracker.store.database import Database
from eic_tracker.store.journal import ChangeRow, Finding, Head, SetRow


def verify_journal(db: Database, acting: ActingUser, anchors: Sequence[str]) -> tuple[Finding | None, Head | None]:
    """What is wrong first (None: nothing), and the journal's head.

    An anchor is a code from a paper, or the name of another copy of the file."""
    require(acting, Action.READ_FIGURES)
    with db.read() as connection:
        uid = read_file_facts(connection).uid
        known = [
            journal.anchor_in_file(Path(text), uid) if Path(text).is_file() else journal.parse_anchor(text)
            for text in anchors
        ]
        return journal.verify(connection, known), journal.head(connection)


def last_entries(db: Database, acting: ActingUser, limit: int) -> tuple[SetRow, ...]:
    """The newest change sets, newest first; they hold no names of people."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        return journal.newest_sets(connection, limit)


def one_entry(db: Database, acting: ActingUser, number: int) -> tuple[SetRow, tuple[ChangeRow, ...]]:
    """A change set and its changes; without them for those who may not read people."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        entry = journal.show(connection, number)
        may_read = right(acting, Action.READ_PEOPLE) is Right.YES
        return entry, journal.changes_of(connection, number) if may_read else ()


def undo_set(db: Database, acting: ActingUser, number: int, reason: str) -> int:
    """Take a change set back: one's own, or as a manager anybody's; returns the new set's number."""
    require(acting, Action.EDIT_LISTS)
    with db.read() as connection:
        entry = journal.show(connection, number)
    if entry.actor != acting.login and acting.role is not Role.MANAGER:
        raise Refused(
            N_("Entry {number} was made by {actor}; they can take it back themselves, or a manager can."),
            number=number,
            actor=entry.actor,
        )
    if not reason.strip():
        raise UserError(N_("Taking an entry back needs a reason; nothing was changed."))
    with db.read() as connection:
        if quarters := _closed_quarters_behind(connection, number):
            raise Refused(
                N_(
                    "Entry {number} is counted in the closed quarter {quarters}, which would change without a "
                    "restatement; nothing was changed."
                ),
                number=number,
                quarters=", ".join(quarters),
            )
    return journal.undo(db, number, actor(acting), reason)


_COUNTED_DAYS = {
    "offering": "SELECT ends_on FROM offering WHERE id = ?",
    "enrolment": "SELECT o.ends_on FROM enrolment e JOIN offering o ON o.id = e.offering_id WHERE e.id = ?",
    "class_group": "SELECT first_lesson_on, graduated_on FROM class_group WHERE id = ?",
    "class_group_grade": "SELECT g.first_lesson_on, g.graduated_on FROM class_group_grade d "
    "JOIN class_group g ON g.id = d.class_group_id WHERE d.id = ?",
}


def _closed_quarters_behind(connection: Connection, number: int) -> list[str]:
    """The closed quarters in which the rows of an entry are counted."""
    closed = [
        parse_period(code)
        for (code,) in connection.exec_driver_sql(
            "SELECT period FROM closed_quarter WHERE reopened_at IS NULL ORDER BY period"
        )
    ]
    days = {
        dt.date.fromisoformat(day)
        for change in journal.changes_of(connection, number)
        if change.table in _COUNTED_DAYS
        for row in connection.exec_driver_sql(_COUNTED_DAYS[change.table], (change.row_id,))
        for day in row
        if day
    }
    return [period.code for period in closed if any(period.first_day <= day <= period.last_day for day in days)]
