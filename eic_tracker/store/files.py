"""Files are written whole or not at all: temporary name, sync, rename, sync of the folder."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from eic_tracker.errors import FileProblem
from eic_tracker.i18n import N_

PART_SUFFIX = ".part"


def temporary_name(path: Path) -> Path:
    """A hidden name beside `path`, on the same volume, that nobody else uses."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART_SUFFIX}")


def unused_name(path: Path) -> Path:
    """`path`, or the first of `name-2.eic`, `name-3.eic` … that is still free."""
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def told_of_disk(path: Path) -> Iterator[None]:
    """Turn what the disk says of `path` into one sentence."""
    try:
        yield
    except OSError as error:
        message = _KNOWN.get(error.errno or 0, _UNKNOWN)
        raise FileProblem(message, file=path, why=error.strerror or str(error)) from error


_FULL = N_(
    "{file} could not be written: the disk is full. Nothing was left half done; "
    "free some space or choose another folder."
)
_READ_ONLY = N_(
    "{file} could not be written: the disk or folder is read-only, or you may not write there. Nothing was left half "
    "done; choose another folder."
)
_GONE = N_(
    "{file} could not be written: its folder is gone (a stick that was pulled out?). Nothing was left half done; "
    "choose another folder."
)
_FAILED = N_(
    "{file} could not be written: the disk reported an error. Nothing was left half done; check the disk or the cable, "
    "or choose another folder."
)
_UNKNOWN = N_(
    "{file} could not be written: {why}. Nothing was left half done; free some space or choose another folder."
)
_KNOWN = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.ENOENT: _GONE,
    errno.EIO: _FAILED,
}
"""What the system says of a disk, in the words of the person's language."""


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file by `write(file)` under a temporary name and put it in place; an older one is replaced whole."""
    with told_of_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = temporary_name(path)
        try:
            with part.open("xb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            sync_folder(path.parent)
        finally:
            _remove(part)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file of these bytes, whole or not at all."""
    write_whole(path, lambda file: file.write(content))


@contextmanager
def building(path: Path) -> Iterator[Path]:
    """A temporary database name; when the block ends well, the closed file is synced and put in place of `path`.

    An older file at `path` must be closed: what its write-ahead log still holds would be read into the new one."""
    with told_of_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    part = temporary_name(path)
    try:
        try:
            yield part
        except FileProblem as problem:
            if problem.values.get("file") != part:
                raise
            raise FileProblem(problem.message, **{**problem.values, "file": path}) from problem
        if holds_log(part):
            # Closing it could not fold its log in, so without the log it is not whole.
            raise FileProblem(
                N_("The disk of {file} did not take all of it; nothing was changed. Free some space and try again."),
                file=path,
            )
        with told_of_disk(path):
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            _refuse_unfinished_log(path)
            part.replace(path)
            sync_folder(path.parent)
    finally:
        for leftover in beside(part):
            _remove(leftover)


def beside(path: Path) -> tuple[Path, ...]:
    """A database file and what SQLite may have left beside it."""
    return (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal")))


def holds_log(path: Path) -> bool:
    """Whether a write-ahead log with content lies beside a database file."""
    log = path.with_name(path.name + "-wal")
    return log.is_file() and log.stat().st_size > 0


def _refuse_unfinished_log(path: Path) -> None:
    if holds_log(path):
        raise FileProblem(
            N_("{file} is open, or was not closed by the program that used it. Open and close it once, and try again."),
            file=path,
        )
    for leftover in beside(path)[1:]:
        leftover.unlink(missing_ok=True)


def _remove(part: Path) -> None:
    """Clear away a temporary file; a disk that refuses even that does not hide why the work failed."""
    with suppress(OSError):
        part.unlink(missing_ok=True)
