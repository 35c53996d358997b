"""Who acts: sign-in with passwords, the open door of demonstration files, lock-out after failures."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from eic_tracker.clock import local_date
from eic_tracker.domain.accounts import password_problems
from eic_tracker.domain.codes import FileKind, Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.instructors import teaching_ended_on
from eic_tracker.store.database import Database
from eic_tracker.store.transaction import Actor, Entry, Tx

MOST_FAILURES = 5
"""Wrong passwords in a row after which a user is locked."""

LOCKED_FOR = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file is: its identity, kind, and a demonstration's own date."""

    uid: str
    kind: FileKind
    clock: dt.date | None

    @property
    def demonstration(self) -> bool:
        """Whether it is a demonstration file."""
        return self.kind is FileKind.DEMONSTRATION


def read_file_facts(connection: Connection) -> FileFacts:
    """The file's own description."""
    uid, kind, clock = connection.exec_driver_sql("SELECT uid, kind, clock FROM file_info").one()
    return FileFacts(uid, FileKind(kind), dt.date.fromisoformat(clock) if clock else None)


def actor(user: ActingUser) -> Actor:
    """The user as the journal names them."""
    return Actor(user.login, user.id)


def demonstration_user(db: Database, role: Role, login: str | None = None) -> ActingUser:
    """A user of a demonstration file, by login or the one of a role; no password is asked there, and nowhere else."""
    with db.read() as connection:
        if not read_file_facts(connection).demonstration:
            raise Refused(N_("Only in sample data does one work without a password. Sign in."))
        query, value = ("login", login) if login else ("role", role.value)
        row = connection.exec_driver_sql(
            f"SELECT id, login, full_name, role, instructor_id FROM user WHERE {query} = ? AND active ORDER BY id",
            (value,),
        ).first()
    if row is None:
        raise UserError(N_("There is no user “{login}” in this file. See “users list”."), login=login or role.value)
    return _acting(row)


def sign_in(db: Database, login: str, password: str) -> ActingUser:
    """The user whose password this is; Refused (with the same words for an unknown user) otherwise.

    Who only reads a file beside the window that writes it leaves no entry there."""
    row = _admitted(db, login, password)
    if db.read_only:
        return _acting(row)
    with db.write(Entry(Actor(login, row.id), "sign_in", login)) as tx:
        columns = {"failed_attempts": 0, "locked_until": None, "last_sign_in": tx.at}
        rehashed = _rehashed(row.password_hash, password)
        _change_user(tx, row.id, columns | ({"password_hash": rehashed} if rehashed else {}))
    return _acting(row)


def verify_password(db: Database, login: str, password: str) -> ActingUser:
    """The user as they are now, whose locked screen opens again; refused and counted as a sign-in is.

    It leaves no entry unless it clears failures: the session goes on, nobody new came in."""
    row = _admitted(db, login, password)
    if (row.failed_attempts or row.locked_until) and not db.read_only:
        with db.write(Entry(Actor(login, row.id), "unlock", login)) as tx:
            _change_user(tx, row.id, {"failed_attempts": 0, "locked_until": None})
    return _acting(row)


def _acting(row: Row[Any]) -> ActingUser:
    return ActingUser(row.id, row.login, row.full_name, Role(row.role), row.instructor_id)


def _admitted(db: Database, login: str, password: str) -> Row[Any]:
    """The user's row where account, lock and password let them in; Refused otherwise, a wrong password counted."""
    now = db.clock()
    with db.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT id, password_hash, active, valid_to, failed_attempts, locked_until, "
            "login, full_name, role, instructor_id FROM user WHERE login = ?",
            (login,),
        ).first()
        ended = teaching_ended_on(connection, row.instructor_id) if row and row.role == Role.INSTRUCTOR else None
    if row is None:
        _verify(None, password)
        raise Refused(_WRONG)
    _check_lock(db, row, now)
    if not row.active or (row.valid_to and local_date(now) > dt.date.fromisoformat(row.valid_to)):
        raise Refused(N_("The account “{login}” has ended. An administrator can open it again."), login=login)
    if ended is not None and ended < local_date(now):
        raise Refused(
            N_(
                "The stay of {name} ended on {date}, and the account “{login}” with it. When the registrar extends the "
                "stay, it opens again."
            ),
            name=row.full_name,
            date=ended,
            login=login,
        )
    if not _verify(row.password_hash, password):
        if _count_failure(db, row, now):
            raise Refused(_LOCKED, login=row.login, minutes=LOCKED_FOR // dt.timedelta(minutes=1))
        raise Refused(_WRONG)
    _FAILED_HERE.pop((db.path, row.id), None)
    return row


_FAILED_HERE: dict[tuple[Path, int], tuple[int, dt.datetime | None]] = {}
"""Wrong passwords in files that this process only reads, where they cannot be counted: how many, and locked until."""


def _check_lock(db: Database, row: Row[Any], now: dt.datetime) -> None:
    """Refused while the user is locked; a clock set back never makes that longer than a lock is."""
    stored = dt.datetime.fromisoformat(row.locked_until).replace(tzinfo=dt.UTC) if row.locked_until else None
    here = _FAILED_HERE.get((db.path, row.id), (0, None))[1]
    until = here or stored
    if until is None or now >= until:
        return
    if until > now + LOCKED_FOR:
        until = now + LOCKED_FOR
        _lock_until(db, row, until)
    minutes = math.ceil((until - now) / dt.timedelta(minutes=1))
    raise Refused(_LOCKED, login=row.login, minutes=minutes)


def _lock_until(db: Database, row: Row[Any], until: dt.datetime) -> None:
    if db.read_only:
        _FAILED_HERE[db.path, row.id] = (0, until)
    else:
        with db.write(Entry(Actor(row.login, row.id), "sign_in_failed", row.login)) as tx:
            _change_user(tx, row.id, {"locked_until": until})


def _count_failure(db: Database, row: Row[Any], now: dt.datetime) -> bool:
    """Count a wrong password; whether it locked the user."""
    if db.read_only:
        failures = 1 + max(_FAILED_HERE.get((db.path, row.id), (0, None))[0], row.failed_attempts)
        locked = bool(failures >= MOST_FAILURES)
        _FAILED_HERE[db.path, row.id] = (0, now + LOCKED_FOR) if locked else (failures, None)
        return locked
    with db.write(Entry(Actor(row.login, row.id), "sign_in_failed", row.login)) as tx:
        failures = 1 + int(
            tx.connection.exec_driver_sql("SELECT failed_attempts FROM user WHERE id = ?", (row.id,)).scalar_one()
        )
        locked = failures >= MOST_FAILURES
        until = now + LOCKED_FOR if locked else None
        columns: dict[str, object] = {"failed_attempts": 0 if locked else failures, "locked_until": until}
        _change_user(tx, row.id, columns)
        return locked


def _change_user(tx: Tx, key: int, columns: Mapping[str, object]) -> None:
    from eic_tracker.store.tables.users import User

    tx.update(User, {key: columns})


_WRONG = N_("User or password is wrong. After five failures in a row the user is locked for 15 minutes.")
_LOCKED = N_("“{login}” is locked after five wrong passwords. Try again in {minutes} minutes.")


def hash_password(password: str, login: str) -> str:
    """An argon2id hash; DraftRefused when the password is too short or among the best known."""
    from argon2 import PasswordHasher

    if problems := password_problems(password, login):
        raise DraftRefused(problems)
    return PasswordHasher().hash(password)


def _verify(stored: str | None, password: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    hasher = PasswordHasher()
    if stored is None:
        # An unknown user takes as long as a wrong password: one hash of the same cost.
        hasher.hash(password)
        return False
    try:
        hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
    return True


def _rehashed(stored: str, password: str) -> str | None:
    from argon2 import PasswordHasher

    hasher = PasswordHasher()
    return hasher.hash(password) if hasher.check_needs_rehash(stored) else None


def is_password_of(db: Database, user: ActingUser, text: str) -> bool:
    """Whether a text is the user's sign-in password; for secrets that must be another one."""
    with db.read() as connection:
        stored = connection.exec_driver_sql("SELECT password_hash FROM user WHERE id = ?", (user.id,)).scalar_one()
    return stored is not None and _verify(stored, text)


def password_was_given(db: Database, acting: ActingUser) -> bool:
    """Whether somebody else chose the user's present password, as the journal tells: they know it, too."""
    with db.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT s.user_id FROM change c JOIN change_set s ON s.id = c.change_set_id "
            "WHERE c.table_name = 'user' AND c.row_id = ? AND s.use_case IN ('add_user', 'set_password') "
            "ORDER BY s.id DESC LIMIT 1",
            (acting.id,),
        ).first()
    return row is not None and row.user_id != acting.id
