"""A class list that comes back is read, and its course found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.exchange.class_workbook import ClassList, read_class_list
from eic_tracker.i18n import N_
from eic_tracker.store.database import Database


def open_class_list(
    _db: Database, acting: ActingUser, path: Path, progress: Callable[[int, int], object] | None = None
) -> ClassList | None:
    """The class list in a file, read in a process of its own; None where it is none."""
    require(acting, Action.RECORD_RESULTS)
    return read_class_list(path, (lambda: progress(0, 0)) if progress is not None else None)


def offering_of_list(db: Database, acting: ActingUser, read: ClassList) -> int:
    """The course whose list it is; UserError where the list does not say, or this file has no such course."""
    require(acting, Action.RECORD_RESULTS)
    uid = read.facts.get("offering")
    if uid is None:
        raise UserError(_NO_COURSE, file=read.file)
    with db.read() as connection:
        key = connection.exec_driver_sql("SELECT id FROM offering WHERE uid = ?", (uid,)).scalar()
    if key is None:
        raise UserError(_UNKNOWN_COURSE, file=read.file, code=read.facts.get("code", "?"))
    return int(key)


_NO_COURSE = N_(
    "{file} no longer says which course it belongs to: whatever saved it left the hidden sheet out. Open the course "
    "and bring the list back there."
)
_UNKNOWN_COURSE = N_("{file} is the list of course {code}, which is not in this file. Open the file that it came from.")
