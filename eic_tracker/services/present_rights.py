"""Whether who works may still do so: asked of the file in every transaction of theirs, not remembered from sign-in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_
from eic_tracker.queries.instructors import teaching_ended_on
from eic_tracker.store.database import Database

_WORKING: ContextVar[ActingUser | None] = ContextVar("working", default=None)


class RightsChanged(Refused):
    """The user's role, account or own courses are others than at sign-in: nothing was done."""


def ask_every_time(db: Database) -> None:
    """Have each transaction of a user's work ask first whether the file still gives them the same rights."""
    db.admit = lambda connection: _admit(connection, db.clock())


@contextmanager
def work_of(given: Iterable[Any]) -> Iterator[None]:
    """Work on this thread for the acting user who is among what the work was given; nobody's where none is."""
    token = _WORKING.set(next((each for each in given if isinstance(each, ActingUser)), None))
    try:
        yield
    finally:
        _WORKING.reset(token)


def present_user(db: Database, key: int) -> ActingUser | None:
    """The user as the file knows them now; None where their account has ended."""
    with db.read() as connection:
        return _present(connection, key, db.clock())


def _admit(connection: Connection, now: dt.datetime) -> None:
    user = _WORKING.get()
    if user is None:
        return
    present = _present(connection, user.id, now)
    if present is None or _rights(present) != _rights(user):
        raise RightsChanged(
            N_("The rights of “{login}” were changed by an administrator; nothing was done."), login=user.login
        )


def _rights(user: ActingUser) -> tuple[object, ...]:
    return user.login, user.role, user.instructor_id


def _present(connection: Connection, key: int, now: dt.datetime) -> ActingUser | None:
    row = connection.exec_driver_sql(
        "SELECT login, full_name, role, instructor_id FROM user "
        "WHERE id = ? AND active AND (valid_to IS NULL OR valid_to >= ?)",
        (key, local_date(now).isoformat()),
    ).first()
    if row is not None and row.role == Role.INSTRUCTOR:
        ended = teaching_ended_on(connection, row.instructor_id)
        if ended is not None and ended < local_date(now):
            return None
    return None if row is None else ActingUser(key, row.login, row.full_name, Role(row.role), row.instructor_id)
