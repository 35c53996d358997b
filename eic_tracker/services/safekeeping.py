"""Copies of the file: those that make themselves, those on another disk, and putting one back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eic_tracker import paths
from eic_tracker.clock import HONDURAS, now_utc
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.settings import Settings
from eic_tracker.store import copies, elsewhere, restoring
from eic_tracker.store.chain import head, raw_head
from eic_tracker.store.database import Database, connect_to_read, told
from eic_tracker.store.restoring import Restored
from eic_tracker.store.transaction import Entry

DAYS_ELSEWHERE = 7
"""After so many days without a copy on another disk the window says so."""

_CLOCK_SLACK = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AutomaticCopy:
    """What became of an automatic copy: its path where one was made, or why not."""

    path: Path | None
    failed: bool
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, t: Translator) -> str:
        """The sentence for the person."""
        return t(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class CopyMade:
    """A copy in a chosen folder: its place, its moment (UTC), its bytes, and whether it lies on the file's own disk."""

    path: Path
    made_at: dt.datetime
    size: int
    same_disk: bool
    message: str

    def text(self, t: Translator) -> str:
        """The sentence for the person."""
        return t(self.message, file=self.path)


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """An automatic copy as a list shows it: when (UTC), bytes, why, the change set it ends with, and of which file."""

    path: Path
    made_at: dt.datetime
    size: int
    why: str
    set_id: int
    file_uid: str


WHY: Mapping[str, str] = {
    "changed": N_("while it was open"),
    "closing": N_("on closing"),
    "backup": N_("asked for"),
    "migration": N_("before a new version of the program changed the file"),
    "restore": N_("before a copy was put back"),
    "import": N_("before a list was taken in"),
}
"""Why an automatic copy was made, in words"""


def back_up(db: Database, acting: ActingUser, to: Path | None) -> Path:
    """A verified copy at `to`, or among the automatic copies; its path."""
    require(acting, Action.ADMINISTER)
    return copies.automatic_copy(db.path, "backup") if to is None else copies.backup(db.path, to)


def automatic_copy_if_changed(
    db: Database, why: str, *, progress: Callable[[int, int], None] | None = None, now: dt.datetime | None = None
) -> AutomaticCopy:
    """A checked copy in the data folder, unless the newest entry of the journal is in one already.

    The program's own work, so no right is asked, and nobody need be signed in. What the disk refuses is told in the
    answer and not raised. It can be stopped before the copying begins, which one statement of SQLite does."""
    (progress or _unreported)(0, 1)
    try:
        present = _present_copy(db)
        if present is not None:
            moment = f"{present.made_at.astimezone(HONDURAS):%d/%m/%Y %H:%M}"
            message = N_("Nothing has changed since the copy of {moment}.")
            return AutomaticCopy(None, False, message, {"moment": moment})
        path = copies.automatic_copy(db.path, why, now=now)
    except UserError as problem:
        return AutomaticCopy(None, True, problem.message, problem.values)
    except OSError as error:
        message = N_("No copy of the file could be made ({why}). Free some space, or make one on another disk.")
        return AutomaticCopy(None, True, message, {"why": error.strerror or str(error)})
    return AutomaticCopy(path, False, N_("Copy made: {file}"), {"file": path})


def copy_elsewhere(
    db: Database,
    acting: ActingUser,
    folder: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    now: dt.datetime | None = None,
) -> CopyMade:
    """A copy on a stick or another disk, read back from it and compared; the journal says who took it and where to.

    FileProblem where it could not be: then nothing is left there. An earlier copy is never replaced. Its entry is
    written between the reading back and the naming: no copy stands without one, and none that failed stands as made."""
    require(acting, Action.ADMINISTER)
    elsewhere.ensure_there(folder)
    same_disk = elsewhere.is_same_disk(db.path, folder)
    made_at = now or now_utc()

    def note() -> None:
        with db.write(Entry(actor(acting), "copy_elsewhere", folder.name or str(folder))) as tx:
            tx.record_event()

    path = elsewhere.copy_to_folder(db.path, folder, made_at, progress or _unreported, note)
    if same_disk:
        message = N_(
            "The copy {file} lies on the same disk as the file itself: if that disk fails, both are lost. "
            "It is not encrypted: whoever has it can read it."
        )
    elif elsewhere.reads_past_memory():
        message = N_(
            "The copy {file} was read back from the disk and is equal. It is not encrypted: whoever has it can read it."
        )
    else:
        message = N_("The copy {file} was written and checked. It is not encrypted: whoever has it can read it.")
    return CopyMade(path, made_at, path.stat().st_size, same_disk, message)


def copies_of_file(db: Database) -> tuple[KeptCopy, ...]:
    """The automatic copies of an open file, the newest first."""
    with db.read() as connection:
        uid = read_file_facts(connection).uid
    return _kept(uid)


def copies_for(path: Path) -> tuple[KeptCopy, ...]:
    """The automatic copies of a file that is closed; where it is damaged or gone, those of all files, newest first."""
    try:
        with told(path):
            raw = connect_to_read(path)
            try:
                uid = copies.file_uid(raw)
            finally:
                raw.close()
    except (UserError, OSError):
        uid = None
    if uid is not None:
        return _kept(uid)
    folder = paths.data_folder() / "copies"
    known = [found.name for found in folder.iterdir() if found.is_dir()] if folder.is_dir() else []
    return tuple(sorted((copy for name in known for copy in _kept(name)), key=lambda copy: copy.made_at, reverse=True))


def restore_copy(copy: Path, path: Path, acting: ActingUser) -> Restored:
    """Put a copy in place of a file that nobody has open, not even this window; the present file is kept aside."""
    require(acting, Action.ADMINISTER)
    return restoring.restore(copy, path, actor(acting))


def days_since_elsewhere(settings: Settings, uid: str, now: dt.datetime) -> int | None:
    """Whole days since the last copy on another disk that this computer knows of; None where it knows of none.

    A copy that claims to be of tomorrow or later, as after a clock was set back, does not count."""
    known = settings.copies_elsewhere.get(uid)
    if known is None or known.made_at - now > _CLOCK_SLACK:
        return None
    return max(0, (now - known.made_at).days)


def days_without_copy_elsewhere(db: Database, settings: Settings, now: dt.datetime) -> int:
    """Whole days since the last copy on another disk, or since the file was made where there never was one."""
    with db.read() as connection:
        uid = read_file_facts(connection).uid
        first = connection.exec_driver_sql("SELECT at FROM change_set ORDER BY id LIMIT 1").scalar()
    known = days_since_elsewhere(settings, uid, now)
    if known is not None:
        return known
    made_at = dt.datetime.fromisoformat(str(first)).replace(tzinfo=dt.UTC) if first else now
    return max(0, (now - made_at).days)


def _present_copy(db: Database) -> copies.Copy | None:
    """The automatic copy that already holds the newest entry of the journal."""
    with db.read() as connection:
        newest = head(connection)
        uid = read_file_facts(connection).uid
    if newest is None:
        return None
    same_number = [copy for copy in copies.list_copies(copies.copies_folder(uid)) if copy.set_id == newest.set_id]
    return next((copy for copy in same_number if _head_of(copy.path) == newest), None)


def _head_of(path: Path) -> object:
    """The newest entry in a copy; None where it cannot be read."""
    try:
        with told(path):
            raw = connect_to_read(path)
            try:
                return raw_head(raw)
            finally:
                raw.close()
    except (FileProblem, OSError):
        return None


def _kept(uid: str) -> tuple[KeptCopy, ...]:
    found = []
    for copy in copies.list_copies(copies.copies_folder(uid)):
        try:
            size = copy.path.stat().st_size
        except FileNotFoundError:
            continue
        found.append(KeptCopy(copy.path, copy.made_at, size, copy.why, copy.set_id, uid))
    return tuple(found)


def _unreported(_done: int, _all: int) -> None:
    """Progress that nobody watches."""
