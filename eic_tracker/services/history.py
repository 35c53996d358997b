"""The journal for people: verified, read, a change set taken back or done again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import Operation, Role
from eic_tracker.domain.permissions import ActingUser, Action, Right, require, right
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.identities import IDENTITY_TABLES, PEOPLE_TABLES
from eic_tracker.queries.journal_list import HISTORY, HistoryRow, Tip, newest_tips, sets_touching
from eic_tracker.queries.listing import Request, Sight, listing_keys, listing_rows, sight_of
from eic_tracker.services.listings import LISTINGS
from eic_tracker.services.quarters_behind import closed_quarters_behind
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.services.undo_rights import RESULTS_OF_A_COURSE, may_take_back, require_to_take_back
from eic_tracker.store import journal
from eic_tracker.store.database import Database
from eic_tracker.store.history import journalled_tables
from eic_tracker.store.journal import ChangeRow, Finding, Head, SetRow

UNDONE_AT_ONCE = N_("undone at once")
DONE_AGAIN = N_("done again")
"""Reasons that the journal keeps for undo and redo by a key; shown in the language of the reader."""

_ACCOUNTS = frozenset({"add_user", "edit_user", "end_account", "open_account", "set_password"})
"""Use-cases that are set right by another of them and never undone."""

MOST_ROWS = 2_000
"""So many changed rows of one entry are shown; the number of the others is told."""


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """A column's stored values before and after; both None and `withheld` where the journal keeps a digest only."""

    column: str
    before: Any
    after: Any
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row's change in the order in which it was made; without columns where its values were erased."""

    table: str
    row_id: int
    operation: Operation
    columns: tuple[ColumnChange, ...]
    erased: bool


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """A journal entry with what it changed; `hidden` rows are about people whom the user may not read."""

    entry: HistoryRow
    rows: tuple[ChangedRow, ...]
    hidden: int
    more: int
    may_undo: bool
    """whether the user may take it back, as far as the entry itself tells; later work may still stand on it"""


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


def entry_detail(db: Database, acting: ActingUser, number: int) -> EntryDetail:
    """An entry as people read it; UserError where there is none that the user may see."""
    with db.read() as connection:
        entry = _seen_entries(connection, acting, (number,)).get(number)
        if entry is None:
            raise UserError(N_("There is no entry {number} that you may see in this file."), number=number)
        changes = journal.changes_of(connection, number)
        hidden = _hidden_tables(acting)
        seen = [change for change in changes if change.table not in hidden]
        return EntryDetail(
            entry=entry,
            rows=tuple(_changed_row(change) for change in seen[:MOST_ROWS]),
            hidden=len(changes) - len(seen),
            more=max(len(seen) - MOST_ROWS, 0),
            may_undo=entry.undone_by is None
            and _may_take_back(connection, acting, number)
            and (entry.actor == acting.login or acting.role is Role.MANAGER)
            and journal.may_be_undone(connection, number),
        )


def history_of(db: Database, acting: ActingUser, table: str, row_id: int) -> tuple[HistoryRow, ...]:
    """The entries that touched a record or what belongs to it, newest first; UserError where it may not be seen."""
    with db.read() as connection:
        _require_seen(connection, acting, table, row_id)
        numbers = sets_touching(connection, table, row_id)
        rows = listing_rows(connection, HISTORY, numbers, Sight(Right.NO, Right.YES))
        return tuple(rows[number] for number in numbers if number in rows)


def last_undoable(db: Database, acting: ActingUser) -> HistoryRow | None:
    """The user's newest entry that stands and can be taken back.

    None where there is none, and where an account was changed since: the key takes away nothing older than that."""
    with db.read() as connection:
        for tip in newest_tips(connection, acting.id):
            if tip.stands and journal.may_be_undone(connection, tip.id) and _may_take_back(connection, acting, tip.id):
                return listing_rows(connection, HISTORY, (tip.id,), Sight(Right.NO, Right.YES))[tip.id]
            if _changes_account(connection, tip, acting):
                return None
    return None


def account_changed_last(db: Database, acting: ActingUser) -> HistoryRow | None:
    """The user's change of an account, where it is newer than all that can be taken back; else None."""
    with db.read() as connection:
        for tip in newest_tips(connection, acting.id):
            if _changes_account(connection, tip, acting):
                return listing_rows(connection, HISTORY, (tip.id,), Sight(Right.NO, Right.YES))[tip.id]
            if tip.stands and journal.may_be_undone(connection, tip.id):
                return None
    return None


def _changes_account(connection: Connection, tip: Tip, acting: ActingUser) -> bool:
    """Whether an entry changed another's account: never undone, for it may have let somebody in since."""
    row = connection.exec_driver_sql("SELECT use_case, label FROM change_set WHERE id = ?", (tip.id,)).one()
    return row.use_case in _ACCOUNTS and row.label != acting.login


def last_redoable(db: Database, acting: ActingUser) -> HistoryRow | None:
    """The user's newest undo that can be done again: nothing new was done since; None where there is none."""
    newest_begun = 0
    with db.read() as connection:
        for tip in newest_tips(connection, acting.id):
            if tip.alone and journal.may_be_undone(connection, tip.id):
                return None
            if tip.stands and not tip.alone:
                newest_begun = max(newest_begun, tip.begins)
            if not tip.stands:
                # Something was done after it and, undone and done again since, stands: that closed the way back to it.
                if newest_begun > tip.id or not _may_take_back(connection, acting, tip.id):
                    return None
                return listing_rows(connection, HISTORY, (tip.id,), Sight(Right.NO, Right.YES))[tip.id]
    return None


def undo_set(db: Database, acting: ActingUser, number: int, reason: str) -> int:
    """Take a change set back: one's own, or as a manager anybody's; returns the new set's number.

    Refused to whom may not do today what the set did."""
    with db.read() as connection:
        entry = journal.show(connection, number)
        made = _made_by(connection, entry)
        require_to_take_back(acting, made.use_case, made.label, was_approved=_took_approved_out(connection, made))
    if entry.actor != acting.login and acting.role is not Role.MANAGER:
        raise Refused(
            N_("Entry {number} was made by {actor}; they can take it back themselves, or a manager can."),
            number=number,
            actor=entry.actor,
        )
    if not reason.strip():
        raise UserError(N_("Taking an entry back needs a reason; nothing was changed."))

    def check(connection: Connection) -> None:
        _check_not_closed(connection, entry)
        _check_no_closing_rests_on(connection, made)
        if quarters := closed_quarters_behind(connection, number):
            raise Refused(
                N_(
                    "Entry {number} is counted in the closed quarter {quarters}, which would change without a "
                    "restatement; nothing was changed."
                ),
                number=number,
                quarters=", ".join(quarters),
            )

    return journal.undo(db, number, actor(acting), reason, check)


def _check_not_closed(connection: Connection, entry: SetRow) -> None:
    """Refused for results of a course that was closed since: closing locks them."""
    while entry.undoes_id is not None:
        entry = journal.show(connection, entry.undoes_id)
    if entry.use_case not in RESULTS_OF_A_COURSE:
        return
    closed = connection.exec_driver_sql(
        "SELECT 1 FROM offering WHERE code = ? AND status = 'closed'", (entry.label,)
    ).first()
    if closed is not None:
        raise Refused(
            N_("Entry {number} holds results of course {code}, which is closed; a manager reopens it first."),
            number=entry.id,
            code=entry.label,
        )


def _check_no_closing_rests_on(connection: Connection, made: SetRow) -> None:
    """Refused for a signed sheet where its course was closed on it, or rests on a further sheet as well."""
    if made.use_case != "attach_sheet":
        return
    rests = connection.exec_driver_sql(_CLOSED_ON_SHEET, {"made": made.id, "code": made.label}).first()
    if rests is None:
        return
    if rests.closed_since:
        raise Refused(
            N_(
                "Course {code} was closed since entry {number} filed its signed sheet and rests on it; "
                "a manager reopens it first."
            ),
            code=made.label,
            number=made.id,
        )
    if rests.further is not None:
        raise Refused(
            N_("Course {code} rests on a signed sheet that was filed since; take entry {number} back first."),
            code=made.label,
            number=rests.further,
        )


_CLOSED_ON_SHEET = """
SELECT EXISTS (SELECT 1 FROM change c WHERE c.table_name = 'offering' AND c.row_id = o.id AND c.change_set_id > :made
               AND json_extract(c.after, '$.closed_at') IS NOT NULL) AS closed_since,
       (SELECT max(c.change_set_id) FROM change c JOIN attachment a ON a.id = c.row_id
        WHERE c.table_name = 'attachment' AND c.change_set_id > :made AND a.offering_id = o.id
          AND a.kind = 'attendance_sheet'
          AND a.id NOT IN (SELECT row_id FROM change WHERE change_set_id = :made AND table_name = 'attachment'))
       AS further
FROM offering o
WHERE o.code = :code AND o.status = 'closed'
  AND EXISTS (SELECT 1 FROM change c JOIN attachment a ON a.id = c.row_id
              WHERE c.table_name = 'attachment' AND c.change_set_id = :made AND a.kind = 'attendance_sheet')
"""


def undo_own(db: Database, acting: ActingUser, number: int) -> int:
    """Take back an own entry at once, or an own undo (which does it again); returns the new entry's number."""
    with db.read() as connection:
        entry = journal.show(connection, number)
        undoing = entry.undoes_id is not None and not _stands(connection, number)
    if entry.actor != acting.login:
        raise Refused(
            N_("Entry {number} was made by {actor}; take it back in the history, with a reason."),
            number=number,
            actor=entry.actor,
        )
    return undo_set(db, acting, number, DONE_AGAIN if undoing else UNDONE_AT_ONCE)


def _made_by(connection: Connection, entry: SetRow) -> SetRow:
    """The entry that stands at the beginning of undoing and doing again."""
    while entry.undoes_id is not None:
        entry = journal.show(connection, entry.undoes_id)
    return entry


def _took_approved_out(connection: Connection, made: SetRow) -> bool:
    if made.use_case != "withdraw_historical_total":
        return False
    return any((change.before or {}).get("approved_by_id") for change in journal.changes_of(connection, made.id))


def _may_take_back(connection: Connection, acting: ActingUser, number: int) -> bool:
    made = _made_by(connection, journal.show(connection, number))
    approved = _took_approved_out(connection, made)
    return may_take_back(acting, made.use_case, made.label, was_approved=approved)


def _stands(connection: Connection, number: int) -> bool:
    """Whether what an entry did stands when it is the newest of its chain: an undo takes away, a redo gives back."""
    entry = journal.show(connection, number)
    steps = 0
    while entry.undoes_id is not None:
        entry, steps = journal.show(connection, entry.undoes_id), steps + 1
    return steps % 2 == 0


_LISTING_OF_TABLE = {
    "offering": "offerings",
    "enrolment": "enrolments",
    "participant": "people",
    "instructor": "instructors",
    "class_group": "class_groups",
    "school": "schools",
    "certificate": "certificates",
    "course": "courses",
}


def _require_seen(connection: Connection, acting: ActingUser, table: str, row_id: int) -> None:
    """UserError unless the record is one that the user's lists show; other records need the right to all figures."""
    name = _LISTING_OF_TABLE.get(table)
    if name is None or name not in LISTINGS:
        require(acting, Action.READ_FIGURES, Right.YES)
        return
    if not listing_keys(connection, LISTINGS[name], Request(keys=(row_id,)), sight_of(acting)):
        raise UserError(N_("This record is gone, or you may not see it."))


def _seen_entries(connection: Connection, acting: ActingUser, numbers: Sequence[int]) -> dict[int, HistoryRow]:
    require(acting, Action.READ_FIGURES)
    return listing_rows(connection, HISTORY, numbers, sight_of(acting))


def _hidden_tables(acting: ActingUser) -> frozenset[str]:
    given = right(acting, Action.READ_PEOPLE)
    if given is Right.YES:
        return frozenset()
    return PEOPLE_TABLES if given is Right.NO else IDENTITY_TABLES


def _changed_row(change: ChangeRow) -> ChangedRow:
    before, after = change.before or {}, change.after or {}
    digests = _digest_columns(change.table)
    return ChangedRow(
        table=change.table,
        row_id=change.row_id,
        operation=change.operation,
        columns=tuple(
            ColumnChange(name, None, None, withheld=True)
            if name in digests
            else ColumnChange(name, before.get(name), after.get(name))
            for name in sorted(before.keys() | after.keys(), key=lambda name: _place(change.table, name))
        ),
        erased=change.erased,
    )


def _digest_columns(table: str) -> frozenset[str]:
    known = journalled_tables().get(table)
    return frozenset(column.name for column in known.columns if column.digest_only) if known else frozenset()


def _place(table: str, column: str) -> tuple[int, str]:
    """Columns stand in the order of their table."""
    known = journalled_tables().get(table)
    names = [each.name for each in known.columns] if known else []
    return (names.index(column) if column in names else len(names), column)
