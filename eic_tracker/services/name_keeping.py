"""Whether a programme keeps names of its pupils: decided by a manager, off by default; its end purges what is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.drafts import DraftRefused, tidy
from eic_tracker.domain.enrolling import ExceptionKind
from eic_tracker.domain.name_keeping import purge_day_problems, reason_problems
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.services.authorisations import AuthorisationDraft, authorisation_problems, authorise
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.purging import fold_log
from eic_tracker.store.tables.pupils import NameKeeping, PupilName
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class KeepingDraft:
    """The decision as a form hands it over: which programme, why, by whose order, until when."""

    programme_id: int
    reason: str
    authorisation: AuthorisationDraft
    purge_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that holds."""

    reason: str
    authorised_by: str
    post: str
    letter: str
    since: dt.date
    purge_on: dt.date


@dataclass(frozen=True, slots=True)
class ProgrammeNames:
    """A programme that counts by head: its decision where one holds, how many names are kept, how many were purged."""

    programme_id: int
    programme: str
    decision: Decision | None
    kept: int
    purged: int


_PROGRAMMES = """
SELECT p.id, p.name, k.reason, a.authorised_by, a.post, a.letter, k.recorded_at, k.purge_on,
       (SELECT count(*) FROM pupil_name n JOIN name_keeping m ON m.id = n.name_keeping_id
        WHERE m.programme_id = p.id AND n.content IS NOT NULL) AS kept,
       (SELECT count(*) FROM pupil_name n JOIN name_keeping m ON m.id = n.name_keeping_id
        WHERE m.programme_id = p.id AND n.content IS NULL) AS purged
FROM programme p
LEFT JOIN name_keeping k ON k.programme_id = p.id AND k.ended_on IS NULL
LEFT JOIN authorisation a ON a.id = k.authorisation_id
WHERE p.kind = 'outreach' ORDER BY p.name
"""
_CURRENT = "SELECT id, purge_on FROM name_keeping WHERE programme_id = ? AND ended_on IS NULL"
_KEPT = """
SELECT n.id FROM pupil_name n JOIN name_keeping k ON k.id = n.name_keeping_id
WHERE k.programme_id = ? AND n.content IS NOT NULL
"""
_DUE = "SELECT id, programme_id FROM name_keeping WHERE ended_on IS NULL AND purge_on <= ?"


def programmes_with_names(db: Database, acting: ActingUser) -> tuple[ProgrammeNames, ...]:
    """The programmes that count by head, each with what was decided about names."""
    require(acting, Action.DECIDE_NAMES)
    with db.read() as connection:
        return tuple(
            ProgrammeNames(
                row.id,
                row.name,
                None
                if row.purge_on is None
                else Decision(
                    row.reason,
                    row.authorised_by,
                    row.post or "",
                    row.letter or "",
                    local_date(dt.datetime.fromisoformat(row.recorded_at).replace(tzinfo=dt.UTC)),
                    dt.date.fromisoformat(row.purge_on),
                ),
                row.kept,
                row.purged,
            )
            for row in connection.exec_driver_sql(_PROGRAMMES)
        )


def start_keeping_names(db: Database, acting: ActingUser, draft: KeepingDraft) -> str:
    """Let a programme keep names of pupils until a day; its code.

    DraftRefused with what is missing; Refused where a decision holds already."""
    require(acting, Action.DECIDE_NAMES)
    with db.write(Entry(actor(acting), "start_keeping_names", "", reason=tidy(draft.reason))) as tx:
        code = _outreach(tx.connection, draft.programme_id)
        tx.entry = replace(tx.entry, label=code)
        problems = (
            *reason_problems(draft.reason),
            *authorisation_problems(draft.authorisation),
            *purge_day_problems(draft.purge_on, local_date(tx.at)),
        )
        if problems:
            raise DraftRefused(problems)
        if tx.connection.exec_driver_sql(_CURRENT, (draft.programme_id,)).first() is not None:
            raise Refused(N_("This programme keeps names already. To decide anew, turn that off first."))
        row = {
            "programme_id": draft.programme_id,
            "reason": tidy(draft.reason),
            "authorisation_id": authorise(tx, draft.authorisation, [ExceptionKind.KEEP_NAMES]),
            "purge_on": draft.purge_on,
            "recorded_at": tx.at,
        }
        tx.insert(NameKeeping, [row])
    return code


def stop_keeping_names(db: Database, acting: ActingUser, programme_id: int, reason: str) -> int:
    """End a programme's keeping of names and take all that are kept out of the file for good; how many.

    Copies of the file that were made before hold them still. This is never undone."""
    return _end(db, acting, programme_id, reason, keeps_on=False)


def purge_pupil_names(db: Database, acting: ActingUser, programme_id: int, reason: str) -> int:
    """Take all names that a programme keeps out of the file for good, the decision standing; how many."""
    return _end(db, acting, programme_id, reason, keeps_on=True)


def _end(db: Database, acting: ActingUser, programme_id: int, reason: str, *, keeps_on: bool) -> int:
    require(acting, Action.DECIDE_NAMES)
    use_case = "purge_pupil_names" if keeps_on else "stop_keeping_names"
    with db.write(Entry(actor(acting), use_case, "", reason=tidy(reason))) as tx:
        tx.entry = replace(tx.entry, label=_outreach(tx.connection, programme_id))
        if problems := reason_problems(reason):
            raise DraftRefused(problems)
        count = _purge(tx, programme_id)
        current = tx.connection.exec_driver_sql(_CURRENT, (programme_id,)).first()
        if current is None and not count:
            raise UserError(N_("This programme keeps no names."))
        if current is not None and not keeps_on:
            tx.update(NameKeeping, {current.id: {"ended_on": local_date(tx.at)}})
    fold_log(db.path)
    return count


def purge_due_names(db: Database, acting: ActingUser) -> int:
    """Take out for good the names whose day has come, and end those decisions; how many names went."""
    require(acting, Action.PUPIL_NAMES)
    count = 0
    with db.write(Entry(actor(acting), "purge_due_names", "")) as tx:
        today = local_date(tx.at)
        due = tx.connection.exec_driver_sql(_DUE, (today.isoformat(),)).all()
        codes = [_outreach(tx.connection, programme) for _, programme in due]
        tx.entry = replace(tx.entry, label=", ".join(codes))
        for _, programme in due:
            count += _purge(tx, programme)
        tx.update(NameKeeping, {key: {"ended_on": today} for key, _ in due})
    fold_log(db.path)
    return count


def _purge(tx: Tx, programme_id: int) -> int:
    """The bytes go, the rows stay: how many were kept can still be counted."""
    keys = [key for (key,) in tx.connection.exec_driver_sql(_KEPT, (programme_id,))]
    without_bytes(tx, keys)
    return len(keys)


def without_bytes(tx: Tx, keys: Sequence[int]) -> None:
    """Take the names of these rows out; `fold_log` belongs after the transaction."""
    tx.update(PupilName, {key: {"content": None, "purged_on": local_date(tx.at)} for key in keys})


def _outreach(connection: Connection, programme_id: int) -> str:
    code = connection.exec_driver_sql(
        "SELECT code FROM programme WHERE id = ? AND kind = 'outreach'", (programme_id,)
    ).scalar()
    if code is None:
        raise UserError(N_("Names of pupils are kept only by a programme that counts class groups."))
    return str(code)
