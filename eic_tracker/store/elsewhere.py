"""A copy on another disk: written, read back from that disk and compared before it gets its name."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from eic_tracker.clock import HONDURAS
from eic_tracker.errors import FileProblem
from eic_tracker.i18n import N_
from eic_tracker.store.chain import raw_head
from eic_tracker.store.copies import copy_into, fault_of
from eic_tracker.store.database import check_header, connect_to_read, told
from eic_tracker.store.files import building, told_of_disk, unused_name

Progress = Callable[[int, int], None]

_STEP = 1 << 20
_MAC_NO_CACHE, _MAC_FULL_SYNC = 48, 51


def copy_to_folder(path: Path, folder: Path, now: dt.datetime, progress: Progress, note: Callable[[], None]) -> Path:
    """A copy of a file, open or not, in a folder, under a name with the moment that replaces nothing.

    FileProblem where the folder is gone, the disk refuses, or what is read back differs: then no copy is left.
    `progress(bytes, bytes of all)` counts the reading back, `note()` writes down that the copy was found equal, right
    before it gets its name; what either raises stops the work and leaves nothing."""
    check_header(path)
    ensure_there(folder)
    with told_of_disk(folder):
        to = unused_name(folder / f"{path.stem}-{now.astimezone(HONDURAS):%Y-%m-%d-%H%M}{path.suffix}")
    with building(to) as part:
        copy_into(path, part)
        with told_of_disk(to):
            size = part.stat().st_size
            written = _digest(part, lambda done: progress(done, 2 * size))
            _sync_and_forget(part)
            kept = _digest(part, lambda done: progress(size + done, 2 * size))
        if kept != written or not _reads_well(part):
            raise FileProblem(
                N_(
                    "What was written to {folder} reads back differently: that disk is not to be trusted. "
                    "No copy was kept there; use another one."
                ),
                folder=folder,
            )
        note()
    return to


def ensure_there(folder: Path) -> None:
    """FileProblem where the folder is not there: a stick that was pulled out is not made anew on the own disk."""
    with told_of_disk(folder):
        there = folder.is_dir()
    if not there:
        raise FileProblem(
            N_("There is no folder {folder}. Put the stick or disk in, and choose a folder on it."), folder=folder
        )


def is_same_disk(path: Path, folder: Path) -> bool:
    """Whether a folder lies on the same volume as a file."""
    with told_of_disk(folder):
        return path.stat().st_dev == folder.stat().st_dev


def reads_past_memory() -> bool:
    """Whether this system lets a program read from the disk what it still remembers (Windows does not)."""
    return sys.platform in {"linux", "darwin"}


def _digest(part: Path, progress: Callable[[int], None]) -> bytes:
    digest = hashlib.sha256()
    done = 0
    with part.open("rb", buffering=0) as file:
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(file, _MAC_NO_CACHE, 1)
        while piece := file.read(_STEP):
            digest.update(piece)
            done += len(piece)
            progress(done)
    return digest.digest()


def _sync_and_forget(part: Path) -> None:
    """Have the disk hold the file, and the memory forget it, so that reading asks the disk."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(file, _MAC_FULL_SYNC)
        if sys.platform == "linux":
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _reads_well(part: Path) -> bool:
    with told(part):
        raw = connect_to_read(part)
        try:
            return fault_of(raw) is None and raw_head(raw) is not None
        finally:
            raw.close()
