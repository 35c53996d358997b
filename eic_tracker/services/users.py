"""Users: added, ended, opened again, given a new password; the last administrator stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.services.sign_in import actor, check_login, hash_password
from eic_tracker.store.database import Database
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Entry


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as the list shows them."""

    id: int
    login: str
    full_name: str
    role: Role
    active: bool
    valid_to: dt.date | None
    last_sign_in: dt.datetime | None


def list_users(db: Database, acting: ActingUser) -> tuple[UserRow, ...]:
    """All users by login."""
    require(acting, Action.ADMINISTER)
    with db.read() as connection:
        return tuple(_rows(connection))


def _rows(connection: Connection) -> list[UserRow]:
    rows = connection.exec_driver_sql(
        "SELECT id, login, full_name, role, active, valid_to, last_sign_in FROM user ORDER BY login"
    )
    return [
        UserRow(
            key,
            login,
            full_name,
            Role(role),
            bool(active),
            dt.date.fromisoformat(valid_to) if valid_to else None,
            dt.datetime.fromisoformat(last).replace(tzinfo=dt.UTC) if last else None,
        )
        for key, login, full_name, role, active, valid_to, last in rows
    ]


def add_user(
    db: Database, acting: ActingUser, *, login: str, full_name: str, role: Role, password: str, valid_to: dt.date | None
) -> int:
    """A new user's key; UserError when the login is taken or the password is weak."""
    require(acting, Action.ADMINISTER)
    check_login(login, full_name)
    password_hash = hash_password(password, login)
    with db.write(Entry(actor(acting), "add_user", login)) as tx:
        if valid_to is not None and valid_to < local_date(tx.at):
            raise UserError(N_("The last day of “{login}” is past already; choose a later one."), login=login)
        if any(row.login == login for row in _rows(tx.connection)):
            raise UserError(N_("The login “{login}” is taken; choose another."), login=login)
        row = {
            "uid": tx.new_uid(),
            "login": login,
            "full_name": full_name,
            "role": role,
            "password_hash": password_hash,
            "valid_to": valid_to,
        }
        return tx.insert(User, [row])[0]


def set_password(db: Database, acting: ActingUser, *, login: str, password: str) -> None:
    """Give a user a new password: an administrator for anybody, everybody for themselves."""
    if acting.login != login:
        require(acting, Action.ADMINISTER)
    password_hash = hash_password(password, login)
    with db.write(Entry(actor(acting), "set_password", login)) as tx:
        key = _find(_rows(tx.connection), login).id
        tx.update(User, {key: {"password_hash": password_hash, "failed_attempts": 0, "locked_until": None}})


def set_active(db: Database, acting: ActingUser, *, login: str, active: bool) -> None:
    """End an account or open it again; Refused for the last administrator."""
    require(acting, Action.ADMINISTER)
    with db.write(Entry(actor(acting), "open_account" if active else "end_account", login)) as tx:
        rows = _rows(tx.connection)
        user = _find(rows, login)
        today = local_date(tx.at)
        others = [
            row
            for row in rows
            if row.role is Role.ADMINISTRATOR
            and row.active
            and row.id != user.id
            and (row.valid_to is None or row.valid_to >= today)
        ]
        if not active and user.role is Role.ADMINISTRATOR and not others:
            raise Refused(
                N_("“{login}” is the last administrator; make another one first, or nobody can manage the file."),
                login=login,
            )
        tx.update(User, {user.id: {"active": active}})


def _find(rows: list[UserRow], login: str) -> UserRow:
    for row in rows:
        if row.login == login:
            return row
    raise UserError(N_("There is no user “{login}” in this file. See “users list”."), login=login)
