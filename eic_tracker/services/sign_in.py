"""Who acts: sign-in with passwords, the open door of demonstration files, lock-out after failures."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.store.database import Database
from eic_tracker.store.tables.users import FileKind, User
from eic_tracker.store.transaction import Actor, Entry

MOST_FAILURES = 5
"""Wrong passwords in a row after which a user is locked."""

LOCKED_FOR = dt.timedelta(minutes=15)

SHORTEST_PASSWORD = 10

_COMMON = frozenset({"1234567890", "0123456789", "contraseña", "contrasena", "password12", "qwertyuiop", "honduras12"})


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
    """A user of a demonstration file, by login or the one of a role; no password is asked there."""
    with db.read() as connection:
        query, value = ("login", login) if login else ("role", role.value)
        row = connection.exec_driver_sql(
            f"SELECT id, login, full_name, role, instructor_id FROM user WHERE {query} = ? AND active ORDER BY id",
            (value,),
        ).first()
    if row is None:
        raise UserError(N_("There is no user “{login}” in this file. See “users list”."), login=login or role.value)
    return ActingUser(row.id, row.login, row.full_name, Role(row.role), row.instructor_id)


def sign_in(db: Database, login: str, password: str) -> ActingUser:
    """The user whose password this is; Refused (with the same words for an unknown user) otherwise."""
    now = db.clock()
    with db.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT id, password_hash, active, valid_to, failed_attempts, locked_until, "
            "login, full_name, role, instructor_id FROM user WHERE login = ?",
            (login,),
        ).first()
    if row is None:
        _verify(None, password)
        raise Refused(_WRONG)
    locked_until = dt.datetime.fromisoformat(row.locked_until).replace(tzinfo=dt.UTC) if row.locked_until else None
    if locked_until is not None and now < locked_until:
        raise Refused(_LOCKED, login=login, minutes=-(-(locked_until - now).seconds // 60))
    if not row.active or (row.valid_to and local_date(now) > dt.date.fromisoformat(row.valid_to)):
        raise Refused(N_("The account “{login}” has ended. An administrator can open it again."), login=login)
    if not _verify(row.password_hash, password):
        failures = row.failed_attempts + 1
        locked = now + LOCKED_FOR if failures >= MOST_FAILURES else None
        columns: dict[str, object] = {"failed_attempts": 0 if locked else failures, "locked_until": locked}
        with db.write(Entry(Actor(login, row.id), "sign_in_failed", login)) as tx:
            tx.update(User, {row.id: columns})
        raise Refused(_WRONG)
    with db.write(Entry(Actor(login, row.id), "sign_in", login)) as tx:
        columns = {"failed_attempts": 0, "locked_until": None, "last_sign_in": now}
        rehashed = _rehashed(row.password_hash, password)
        tx.update(User, {row.id: columns | ({"password_hash": rehashed} if rehashed else {})})
    return ActingUser(row.id, row.login, row.full_name, Role(row.role), row.instructor_id)


_WRONG = N_("User or password is wrong. After five failures in a row the user is locked for 15 minutes.")
_LOCKED = N_("“{login}” is locked after five wrong passwords. Try again in {minutes} minutes.")


_LOGIN = re.compile(r"[\w.-]{2,40}")


def check_login(login: str, full_name: str) -> None:
    """UserError unless the login is one plain word and the person has a name."""
    if _LOGIN.fullmatch(login) is None:
        raise UserError(
            N_("“{login}” cannot be a login: two to forty letters, digits, points or dashes, no spaces."), login=login
        )
    if not full_name.strip():
        raise UserError(N_("The user “{login}” needs a name as people write it."), login=login)


def hash_password(password: str, login: str) -> str:
    """An argon2id hash; UserError when the password is too short or among the best known."""
    from argon2 import PasswordHasher

    if len(password) < SHORTEST_PASSWORD:
        raise UserError(
            N_("The password of “{login}” is too short: at least {length} characters are needed."),
            login=login,
            length=SHORTEST_PASSWORD,
        )
    if password.casefold() in _COMMON or len(set(password)) < 4 or password.casefold() == login.casefold():
        raise UserError(N_("The password of “{login}” is too easy to guess; choose another."), login=login)
    return PasswordHasher().hash(password)


def _verify(stored: str | None, password: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    hasher = PasswordHasher()
    try:
        # An unknown user takes as long as a wrong password.
        hasher.verify(stored or hasher.hash("nobody"), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def _rehashed(stored: str, password: str) -> str | None:
    from argon2 import PasswordHasher

    hasher = PasswordHasher()
    return hasher.hash(password) if hasher.check_needs_rehash(stored) else None
