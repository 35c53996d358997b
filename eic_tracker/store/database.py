"""One file, two engines: a writer whose every write is a journalled transaction, and a reader that cannot write."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from eic_tracker.clock import now_utc
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.store.files import holds_log
from eic_tracker.store.rows import random_uid
from eic_tracker.store.transaction import Entry, Tx, refuse_unjournalled_writes

APPLICATION_ID = 0x45494354
"""Marks our files in the header of the database ("EICT")."""

SCHEMA_VERSION = 13
"""The number of the newest migration; kept in PRAGMA user_version."""

OLDEST_SAFE_SQLITE = (3, 51, 3)
"""First release without the WAL-reset bug (sqlite.org/wal.html)."""

_BUSY_SECONDS = 10

_FOREIGN = N_(
    "{file} is not an EIC Tracker file, or it is encrypted or damaged. It was left as it is; "
    "choose another file, or restore a copy of it."
)
_DAMAGED = N_("{file} is damaged. It was left as it is; restore the newest copy with “restore”.")
_READ_ONLY = N_(
    "{file} cannot be written: the file or its folder is read-only. Nothing was changed; "
    "move it to a folder where you may write."
)
_IN_USE = N_(
    "{file} is in use by another program that does not let go. Nothing was changed; close it there and try again."
)
_ONLY_READ = N_(
    "{file} is being written by another window: here it is only read. Nothing was changed; do it there, "
    "or close it there and open it here again."
)
_TAKEN_AWAY = N_(
    "{file} is no longer in its place: it was deleted, moved or renamed while it was open here. Nothing was stored. "
    "Put it back under this name and try again, or restore a copy."
)
_SEARCH = "search"
_TOLD = {
    "SQLITE_NOTADB": _FOREIGN,
    _SEARCH: N_(
        "The search of {file} is damaged; the rows are as they were. “doctor --rebuild-search” builds it anew."
    ),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_TOOBIG": _DAMAGED,
    "SQLITE_FULL": N_("The disk of {file} is full; nothing was changed. Free some space and try again."),
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_IOERR": N_(
        "The disk reported an error while working on {file}. Check the disk or the cable, "
        "and look whether the last change is there before you enter it again."
    ),
    "SQLITE_BUSY": _IN_USE,
    "SQLITE_LOCKED": _IN_USE,
    "SQLITE_CANTOPEN": N_("{file} cannot be opened. Check the name and that you may read and write in its folder."),
}


class ReadingStopped(Exception):
    """A read ended early because `Database.stop_reading` was called; nobody waits for it."""


_OF_THE_DISK = frozenset({"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN"})


@contextmanager
def told(path: Path, *, disk: Path | None = None) -> Iterator[None]:
    """Turn what SQLite says of the file or the disk into one sentence; anything else is a bug and passes.

    `disk` is the file that is written where that is another one (a copy)."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        name = str(getattr(cause, "sqlite_errorname", "") or "")
        if isinstance(cause, dbapi2.OperationalError) and "unable to open" in str(cause):
            name = "SQLITE_CANTOPEN"
        if str(cause).startswith("Could not decode"):
            # a text that is no UTF-8 was never written by this program
            name = "SQLITE_CORRUPT"
        if _is_of_the_search(error, cause, name):
            name = _SEARCH
        if name == "SQLITE_INTERRUPT":
            raise ReadingStopped from error
        for known, message in _TOLD.items():
            if name.startswith(known):
                where = disk if disk and known in _OF_THE_DISK else path
                if known == "SQLITE_CANTOPEN" and where.parent.is_dir() and not os.access(where.parent, os.W_OK):
                    message = _READ_ONLY
                raise FileProblem(message, file=where) from error
        raise
    except UnicodeDecodeError as error:
        # what SQLite says of a damaged schema quotes bytes that are no text any more
        raise FileProblem(_DAMAGED, file=path) from error


def _is_of_the_search(error: Exception, cause: Any, name: str) -> bool:
    """Whether the full-text search itself stumbled: rows and journal may be well, and it is built anew from them."""
    statement = str(getattr(error, "statement", None) or "")
    broken = name.startswith("SQLITE_CORRUPT") or isinstance(cause, dbapi2.IntegrityError)
    # A bare “constraint failed” comes from FTS5 as it writes its lists at the commit; rules of tables name themselves.
    return "fts5" in str(cause) or str(cause) == "constraint failed" or (broken and "search_" in statement)


def may_write(path: Path) -> bool:
    """Whether the system lets this program write in a file and in its folder, as far as that is known before."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def connect(path: Path) -> Any:
    """A raw connection that may write, in autocommit mode, with every pragma set and read back."""
    return _connect(path, "mode=rw", durable=True)


def connect_to_read(path: Path) -> Any:
    """A raw connection that cannot write and leaves the file, and what lies beside it, as they are.

    On a read-only disk a file at rest is read as it is; one whose log was never folded in needs its log."""
    if may_write(path):
        parameters = "mode=rw"
    elif holds_log(path):
        parameters = "mode=ro"
    else:
        parameters = "mode=ro&immutable=1"
    connection = _connect(path, parameters, durable=False)
    connection.execute("PRAGMA query_only=ON").fetchall()
    return connection


def _connect(path: Path, parameters: str, *, durable: bool) -> Any:
    uri = f"{path.resolve().as_uri()}?{parameters}"
    connection = dbapi2.connect(uri, uri=True, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    try:
        # A key would be set here, first of all, once files are encrypted.
        _set_pragmas(connection, durable=durable)
    except UnicodeDecodeError as error:
        # The schema is read here for the first time: what SQLite says of it quotes bytes that are no text any more.
        connection.close()
        raise FileProblem(_DAMAGED, file=path) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _set_pragmas(connection: Any, *, durable: bool) -> None:
    connection.execute("PRAGMA cipher_log_level=NONE").fetchall()
    wanted: list[tuple[str, str, object]] = [
        ("foreign_keys", "ON", 1),
        ("trusted_schema", "OFF", 0),
        ("synchronous", "FULL", 2),
        ("busy_timeout", str(_BUSY_SECONDS * 1000), _BUSY_SECONDS * 1000),
        ("mmap_size", "0", 0),
    ]
    if durable:
        journal_mode = "WAL" if dbapi2.sqlite_version_info >= OLDEST_SAFE_SQLITE else "DELETE"
        wanted.append(("journal_mode", journal_mode, journal_mode.lower()))
        # What is deleted is overwritten: a purged picture leaves no bytes behind.
        wanted.append(("secure_delete", "ON", 1))
    for name, value, expected in wanted:
        connection.execute(f"PRAGMA {name}={value}").fetchall()
        row = connection.execute(f"PRAGMA {name}").fetchone()
        # The SQLite of this build may leave mmap out: no row means no memory map.
        if row is not None and row[0] != expected:
            raise RuntimeError(f"PRAGMA {name} is {row[0]!r}, not {expected!r}")


def _engine(path: Path, *, writer: bool) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path) if writer else connect_to_read(path),
        poolclass=QueuePool,
        pool_size=1 if writer else 4,
        max_overflow=0,
        hide_parameters=True,
    )
    begin = "BEGIN IMMEDIATE" if writer else "BEGIN"

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    if writer:
        event.listen(engine, "before_cursor_execute", refuse_unjournalled_writes)
    return engine


def header(path: Path) -> tuple[int, int]:
    """(application id, schema version) of a file, read without changing it; FileProblem where it is none."""
    if path.is_dir():
        raise FileProblem(N_("{file} is a folder. Name the file inside it."), file=path)
    if not path.is_file():
        raise FileProblem(
            N_("There is no file {file}. Check its name and its folder, and whether its disk or stick is there."),
            file=path,
        )
    with told(path):
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        page_one = dbapi2.connect(uri, uri=True, timeout=_BUSY_SECONDS)
        # Where a crash left the newest pages in the log, page one may speak of more pages than the file has: no matter.
        page_one.execute("PRAGMA writable_schema=ON")
        found = _header_pragmas(page_one)
        if found[0] == APPLICATION_ID and found[1] <= SCHEMA_VERSION and holds_log(path):
            # The newest state is still in the log; foreign and newer files are not even recovered.
            found = _header_pragmas(connect_to_read(path))
    return found


def _header_pragmas(connection: Any) -> tuple[int, int]:
    try:
        return (
            int(connection.execute("PRAGMA application_id").fetchone()[0]),
            int(connection.execute("PRAGMA user_version").fetchone()[0]),
        )
    finally:
        connection.close()


def refuse_database(path: Path) -> None:
    """Return unless a database lies at `path`: a paper never takes the place of one (FileProblem)."""
    if not path.is_file():
        return
    try:
        header(path)
    except FileProblem:
        return
    if path.stat().st_size:
        raise FileProblem(
            N_("{file} is a database and was left as it is: a paper never takes its place. Choose another name."),
            file=path,
        )


def check_header(path: Path) -> int:
    """The schema version of one of our files; FileProblem where it is foreign or newer than this program."""
    application_id, version = header(path)
    if application_id != APPLICATION_ID:
        raise FileProblem(_FOREIGN, file=path)
    if version > SCHEMA_VERSION:
        raise FileProblem(
            N_(
                "{file} was made by a newer EIC Tracker (schema {version}; this program knows {known}). "
                "It was left as it is; install the newer program."
            ),
            file=path,
            version=version,
            known=SCHEMA_VERSION,
        )
    return version


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path, without opening it; None where none does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _only_read(path: Path) -> UserError:
    return Refused(_ONLY_READ, file=path) if may_write(path) else FileProblem(_READ_ONLY, file=path)


def _admit_all(_connection: Connection) -> None:
    """Whoever opens a file without asking for rights has none to lose."""


class Database:
    """One EIC Tracker file: `read()` for rows, `write()` for journalled changes, `close()` leaves one file."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], dt.datetime] = now_utc,
        new_uid: Callable[[], str] = random_uid,
        keep_search: bool = True,
        read_only: bool = False,
    ) -> None:
        """`keep_search`: False for who writes a whole file and builds the search index at its end.

        `read_only`: for who does not hold the file's lock, or whose disk takes nothing; every write is then refused,
        that of a migration too."""
        version = check_header(path)
        if version < SCHEMA_VERSION:
            if read_only:
                raise _only_read(path)
            from eic_tracker.store.migrate import migrate

            migrate(path)
        self.path = path
        self._identity = _identity(path)
        self.read_only = read_only
        self.clock = clock
        self.admit: Callable[[Connection], None] = _admit_all
        """asked first in every transaction; what it raises ends it"""
        self._new_uid = new_uid
        self._keep_search = keep_search
        self._reader: Engine | None = None
        self._writer: Engine | None = None
        self._making = threading.Lock()
        self._reading: dict[Any, int] = {}

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection inside one read transaction; it cannot write."""
        with told(self.path):
            with self._making:
                if self._reader is None:
                    self._reader = _engine(self.path, writer=False)
            with self._reader.begin() as connection:
                raw = connection.connection.driver_connection
                self._reading[raw] = threading.get_ident()
                try:
                    self.admit(connection)
                    yield connection
                finally:
                    self._reading.pop(raw, None)

    def stop_reading(self, threads: Collection[int]) -> None:
        """End the statements with which these threads (by identity) read just now; they raise ReadingStopped."""
        for raw, thread in tuple(self._reading.items()):
            if thread in threads:
                raw.interrupt()

    @contextmanager
    def write(self, entry: Entry) -> Iterator[Tx]:
        """One journalled transaction: all of it is stored at the end of the block, or nothing.

        Refused, or FileProblem on a read-only disk, where the file is only read, and where it was taken away."""
        if self.read_only:
            raise _only_read(self.path)
        self._require_in_place()
        with told(self.path):
            with self._making:
                if self._writer is None:
                    self._writer = _engine(self.path, writer=True)
            with self._writer.begin() as connection:
                self.admit(connection)
                tx = Tx(connection, entry, self.clock(), self._new_uid, keep_search=self._keep_search)
                yield tx
                tx.append_to_journal()
                self._require_in_place()

    def _require_in_place(self) -> None:
        """A file that was deleted or renamed goes on taking rows through its open handle: nobody would find them."""
        if _identity(self.path) != self._identity:
            raise FileProblem(_TAKEN_AWAY, file=self.path)

    def close(self) -> None:
        """Close both engines; the write-ahead log is folded in, so that the file at rest is one file."""
        if self._reader is not None:
            self._reader.dispose()
        if self._writer is not None:
            # What is committed is safe in the log: where the disk refuses to fold it in now, the next opening does it.
            with suppress(DBAPIError, dbapi2.Error), self._writer.connect() as connection:
                raw = connection.connection.driver_connection
                assert raw is not None
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._writer.dispose()
        self._reader = self._writer = None
