"""One window writes per file: a sidecar lock that the operating system drops when its holder ends, however it ends.

Beside the file FILE lies FILE.lock, which says who, where and since when. The text alone means nothing: only a lock
that a living process holds counts, so what a crash leaves behind never has to be cleaned up by hand.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from eic_tracker.clock import HONDURAS, now_utc
from eic_tracker.errors import FileProblem
from eic_tracker.i18n import N_
from eic_tracker.store.files import told_of_disk

_ATTEMPTS = 5
_PAUSE_SECONDS = 0.05
_PROBE_SECONDS = 0.5
# Windows' locks keep others from reading the bytes they cover, so the lock lies far behind the text.
_LOCKED_BYTE = 1 << 30
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file open for writing: the user, the machine, the process, since when (UTC)."""

    user: str
    machine: str
    process: int
    since: dt.datetime | None


class InUse(FileProblem):
    """A file that somebody else has open; `holder` is None where another program has it."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        self.holder = holder
        if holder is None:
            super().__init__(
                N_("{file} is open in another program. It was left as it is; close it there and try again."), file=path
            )
        else:
            since = f"{holder.since.astimezone(HONDURAS):%d/%m/%Y %H:%M}" if holder.since else _UNKNOWN
            super().__init__(
                N_(
                    "{file} is open: {user} has it on the computer {machine} since {since}. "
                    "It was left as it is; close it there and try again."
                ),
                file=path,
                user=holder.user,
                machine=holder.machine,
                since=since,
            )


class ReadOnlyPlace(FileProblem):
    """Nobody can hold a file here: its disk or folder takes no lock file. It can still be read."""


_TAKES_NOTHING = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def sidecar(path: Path) -> Path:
    """The lock's place, beside the file."""
    return path.with_name(path.name + ".lock")


@contextmanager
def hold(path: Path, user: str) -> Iterator[Holder]:
    """Be the one window that writes `path` for the length of the block; InUse where another one is.

    ReadOnlyPlace where neither this nor any other window can write."""
    lock = sidecar(path)
    try:
        with told_of_disk(lock):
            descriptor = _take(path, lock)
    except FileProblem as problem:
        if isinstance(problem.__cause__, OSError) and problem.__cause__.errno in _TAKES_NOTHING:
            raise ReadOnlyPlace(problem.message, **problem.values) from problem.__cause__
        raise
    try:
        me = Holder(user, platform.node() or _UNKNOWN, os.getpid(), now_utc())
        with told_of_disk(lock):
            _write(descriptor, me)
        yield me
    finally:
        _let_go(descriptor, lock)


def holder(path: Path) -> Holder | None:
    """Who holds the lock of `path`; None when no living process does, whatever the sidecar says."""
    lock = sidecar(path)
    try:
        descriptor = os.open(lock, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileProblem(N_("{file} cannot be read: {why}."), file=lock, why=error.strerror or str(error)) from error
    try:
        # Asking shares the lock among those who ask; who wants to hold it tries again a little later.
        return None if _try_lock(descriptor, shared=True) else _read(descriptor)
    finally:
        os.close(descriptor)


def ensure_not_open(path: Path) -> None:
    """Raise InUse when a window holds `path` or any other connection has it open; a free file stays as it is.

    Afterwards the write-ahead log of a sound file is folded in. A damaged file can only be asked for its lock."""
    found = holder(path)
    if found is not None:
        raise InUse(path, found)
    ensure_no_connection(path)


def ensure_no_connection(path: Path) -> None:
    """Raise InUse when another SQLite connection has `path` open, on this machine; for who holds the lock itself."""
    if not path.is_file():
        return
    uri = f"{path.resolve().as_uri()}?mode=rw"
    try:
        connection = dbapi2.connect(uri, uri=True, timeout=_PROBE_SECONDS, isolation_level=None)
    except dbapi2.Error:
        return
    try:
        # In this mode the first access asks for the whole file, which no open connection grants; nothing is written.
        connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except dbapi2.Error as error:
        if str(getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise InUse(path, None) from error
    finally:
        connection.close()


def _take(path: Path, lock: Path) -> int:
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(_PAUSE_SECONDS)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        if _try_lock(descriptor, shared=False) and _is_still(descriptor, lock):
            return descriptor
        os.close(descriptor)
    raise InUse(path, holder(path))


def _is_still(descriptor: int, lock: Path) -> bool:
    """Whether the locked sidecar is the one that others will find: the last holder may have just removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), lock.stat())
    except FileNotFoundError:
        return False


def _try_lock(descriptor: int, *, shared: bool) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _write(descriptor: int, me: Holder) -> None:
    text = json.dumps({**asdict(me), "since": me.since.isoformat() if me.since else None}, ensure_ascii=False)
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, text.encode())


def _read(descriptor: int) -> Holder:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        said = json.loads(os.read(descriptor, 4096))
        since = dt.datetime.fromisoformat(said["since"])
        return Holder(str(said["user"]), str(said["machine"]), int(said["process"]), since)
    except (ValueError, KeyError, TypeError):
        # Taken a moment ago, its text is not there yet.
        return Holder(_UNKNOWN, _UNKNOWN, 0, None)


def _let_go(descriptor: int, lock: Path) -> None:
    """Drop the lock; the sidecar goes with it where the disk lets it, and does no harm where not."""
    if os.name == "nt":
        # An open file cannot be removed there, and the next holder may have it open already.
        os.close(descriptor)
        with suppress(OSError):
            lock.unlink()
    else:
        # Removed while still held: removed later it could be the next holder's.
        with suppress(OSError):
            lock.unlink()
        os.close(descriptor)
