"""Users: added, changed, ended, opened again, given a new password; the last administrator stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.accounts import USER_LABELS, UserDraft, password_problems, user_problems
from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftProblem, DraftRefused, changes_between
from eic_tracker.domain.names import sort_key
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.instructors import teaching_ended_on
from eic_tracker.queries.school_lists import last_actor
from eic_tracker.services.sign_in import actor, hash_password, verify_password
from eic_tracker.store.database import Database
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Entry

UNUSED_AFTER = dt.timedelta(days=60)
"""Without a sign-in for so long an account is listed as unused."""


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
    instructor_id: int | None = None
    instructor: str = ""
    locked_until: dt.datetime | None = None
    teaching_ended_on: dt.date | None = None
    """of an instructor's account: the last day of their last stay, with which it ends"""

    @property
    def values(self) -> dict[str, object]:
        """The fields that a form changes, as a draft carries them for its original."""
        return {
            "full_name": self.full_name,
            "role": self.role,
            "instructor_id": self.instructor_id,
            "valid_to": self.valid_to,
        }

    def open_on(self, day: dt.date) -> bool:
        """Whether the account lets its user in on a day."""
        return self.active and (self.valid_to is None or self.valid_to >= day)


class Notice(StrEnum):
    """Why an account is looked at."""

    UNUSED = "unused"
    ROTATION_OVER = "rotation_over"


@dataclass(frozen=True, slots=True)
class AccountNotice:
    """An open account to be looked at: not used since a day, or its advisor's rotation ended on it."""

    user: UserRow
    why: Notice
    since: dt.date


def list_users(db: Database, acting: ActingUser) -> tuple[UserRow, ...]:
    """All users by login."""
    require(acting, Action.ADMINISTER)
    with db.read() as connection:
        return tuple(_rows(connection))


def _rows(connection: Connection) -> list[UserRow]:
    rows = connection.exec_driver_sql(
        "SELECT u.id, u.login, u.full_name, u.role, u.active, u.valid_to, u.last_sign_in, u.instructor_id, "
        "coalesce(i.given_names || ' ' || i.surnames, ''), u.locked_until "
        "FROM user u LEFT JOIN instructor i ON i.id = u.instructor_id ORDER BY u.login"
    )
    found = [
        UserRow(
            key,
            login,
            full_name,
            Role(role),
            bool(active),
            dt.date.fromisoformat(valid_to) if valid_to else None,
            _moment(last),
            instructor_id,
            instructor,
            _moment(locked),
        )
        for key, login, full_name, role, active, valid_to, last, instructor_id, instructor, locked in rows
    ]
    return [
        replace(row, teaching_ended_on=teaching_ended_on(connection, row.instructor_id))
        if row.role is Role.INSTRUCTOR and row.instructor_id
        else row
        for row in found
    ]


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) if text else None


def accounts_to_review(db: Database, acting: ActingUser) -> tuple[AccountNotice, ...]:
    """Open accounts unused for 60 days (no sign-in, nothing written), and of advisors whose last rotation is over."""
    require(acting, Action.ADMINISTER)
    today = local_date(db.clock())
    with db.read() as connection:
        made = {
            row.row_id: local_date(dt.datetime.fromisoformat(row.at).replace(tzinfo=dt.UTC))
            for row in connection.exec_driver_sql(
                "SELECT c.row_id, s.at FROM change c JOIN change_set s ON s.id = c.change_set_id "
                "WHERE c.table_name = 'user' AND c.operation = 'insert'"
            )
        }
        worked = {
            row.actor: local_date(dt.datetime.fromisoformat(row.at).replace(tzinfo=dt.UTC))
            for row in connection.exec_driver_sql("SELECT actor, max(at) AS at FROM change_set GROUP BY actor")
        }
        over = {
            row.instructor_id: dt.date.fromisoformat(row.last)
            for row in connection.exec_driver_sql(
                "SELECT instructor_id, max(ends_on) AS last FROM rotation GROUP BY instructor_id "
                "HAVING count(*) = count(ends_on)"
            )
        }
        users = [user for user in _rows(connection) if user.open_on(today)]
    notices = []
    for user in users:
        signed_in = local_date(user.last_sign_in) if user.last_sign_in else made.get(user.id, today)
        used = max(signed_in, worked.get(user.login, signed_in))
        if today - used > UNUSED_AFTER:
            notices.append(AccountNotice(user, Notice.UNUSED, used))
        ended = over.get(user.instructor_id or 0)
        if ended is not None and ended < today:
            notices.append(AccountNotice(user, Notice.ROTATION_OVER, ended))
    return tuple(notices)


def instructors_to_choose(db: Database, acting: ActingUser) -> dict[int, str]:
    """The instructors whose account a user may be, by key in the order of names: "Surnames, given names — code"."""
    require(acting, Action.ADMINISTER)
    with db.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, surnames, given_names, code FROM instructor").all()
    ordered = sorted(rows, key=lambda row: sort_key(f"{row.surnames} {row.given_names}"))
    return {row.id: f"{row.surnames}, {row.given_names} — {row.code}" for row in ordered}


def save_user(db: Database, acting: ActingUser, draft: UserDraft) -> int:
    """Add an account or change one; its key.

    DraftRefused with all problems, ChangedMeanwhile where somebody else changed it since the form was opened."""
    require(acting, Action.ADMINISTER)
    with db.write(Entry(actor(acting), "add_user" if draft.id is None else "edit_user", draft.login)) as tx:
        today = local_date(tx.at)
        rows = _rows(tx.connection)
        present = None if draft.id is None else _find(rows, draft.login)
        if present is not None:
            _check_unchanged(tx.connection, draft, present)
        problems = (*user_problems(draft, today), *_file_problems(tx.connection, draft, rows, today))
        if problems:
            raise DraftRefused(problems)
        if present is None:
            password_hash = hash_password(draft.password, draft.login)
            row = {"uid": tx.new_uid(), "login": draft.login, "password_hash": password_hash, **draft.values}
            return tx.insert(User, [row])[0]
        if draft.role is not Role.ADMINISTRATOR or draft.valid_to is not None:
            _keep_an_administrator(rows, present)
        if draft.role is not present.role and present.id == acting.id:
            raise Refused(N_("Nobody changes their own role; another administrator does. Nothing was changed."))
        tx.update(User, {present.id: draft.values})
        return present.id


def _check_unchanged(connection: Connection, draft: UserDraft, present: UserRow) -> None:
    if draft.original is None or present.id != draft.id:
        raise ValueError("a draft of an account that exists carries its key and the values that it started from")
    if changes := changes_between(draft.original, present.values, USER_LABELS):
        _, by = last_actor(connection, "user", [present.id])
        raise ChangedMeanwhile(present.login, by, changes)


def _file_problems(
    connection: Connection, draft: UserDraft, rows: Sequence[UserRow], today: dt.date
) -> tuple[DraftProblem, ...]:
    problems = []
    others = [row for row in rows if row.id != draft.id]
    if draft.id is None and any(row.login.casefold() == draft.login.casefold() for row in others):
        message = N_("The login “{login}” is taken; choose another.")
        problems.append(DraftProblem("login", message, {"login": draft.login}))
    if draft.instructor_id is not None:
        found = connection.exec_driver_sql("SELECT 1 FROM instructor WHERE id = ?", (draft.instructor_id,)).first()
        if found is None:
            problems.append(DraftProblem("instructor_id", N_("Choose one of the list.")))
        for row in others:
            if row.instructor_id == draft.instructor_id and row.open_on(today):
                message = N_("“{login}” is the account of this instructor already; end it first.")
                problems.append(DraftProblem("instructor_id", message, {"login": row.login}))
    return tuple(problems)


def add_user(
    db: Database,
    acting: ActingUser,
    *,
    login: str,
    full_name: str,
    role: Role,
    password: str,
    valid_to: dt.date | None,
    instructor: str | None = None,
) -> int:
    """A new user's key, `instructor` by code; DraftRefused when the login is taken or the password is weak."""
    key = None if instructor is None else _instructor_of_code(db, acting, instructor)
    return save_user(db, acting, UserDraft(login, full_name, role, key, valid_to, password))


def _instructor_of_code(db: Database, acting: ActingUser, code: str) -> int:
    require(acting, Action.ADMINISTER)
    with db.read() as connection:
        row = connection.exec_driver_sql("SELECT id FROM instructor WHERE code = ?", (code,)).first()
    if row is None:
        raise UserError(N_("There is no instructor with the code “{code}” in this file."), code=code)
    return int(row.id)


def set_password(db: Database, acting: ActingUser, *, login: str, password: str) -> None:
    """Give a user a new password: an administrator for anybody, everybody for themselves (asked for theirs before)."""
    if acting.login != login:
        require(acting, Action.ADMINISTER)
    password_hash = hash_password(password, login)
    with db.write(Entry(actor(acting), "set_password", login)) as tx:
        key = _find(_rows(tx.connection), login).id
        tx.update(User, {key: {"password_hash": password_hash, "failed_attempts": 0, "locked_until": None}})


def change_own_password(db: Database, acting: ActingUser, present: str, new: str) -> None:
    """Change one's password in the window; the present one is asked, and a wrong one counts as at sign-in."""
    problems = password_problems(new, acting.login, "new")
    if new == present:
        problems = (DraftProblem("new", N_("The new password is the present one; choose another.")),)
    if problems:
        raise DraftRefused(problems)
    verify_password(db, acting.login, present)
    set_password(db, acting, login=acting.login, password=new)


def set_active(db: Database, acting: ActingUser, *, login: str, active: bool) -> None:
    """End an account or open it again; Refused for the last administrator."""
    require(acting, Action.ADMINISTER)
    with db.write(Entry(actor(acting), "open_account" if active else "end_account", login)) as tx:
        rows = _rows(tx.connection)
        user = _find(rows, login)
        if not active:
            _keep_an_administrator(rows, user)
        tx.update(User, {user.id: {"active": active}})


def _keep_an_administrator(rows: Sequence[UserRow], user: UserRow) -> None:
    """Refused where no other administrator's account is open without a last day: some day nobody could come in."""
    if user.role is not Role.ADMINISTRATOR or not user.active:
        return
    if not any(row.role is Role.ADMINISTRATOR and row.id != user.id and row.open_on(dt.date.max) for row in rows):
        raise Refused(
            N_("“{login}” is the last administrator; make another one first, or nobody can manage the file."),
            login=user.login,
        )


def _find(rows: Sequence[UserRow], login: str) -> UserRow:
    for row in rows:
        if row.login == login:
            return row
    raise UserError(N_("There is no user “{login}” in this file. See “users list”."), login=login)
