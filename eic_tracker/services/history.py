"""The journal for people: verified, shown, a change set taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser, Action, Right, require, right
from eic_tracker.errors import Refused
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
    return journal.undo(db, number, actor(acting), reason)
