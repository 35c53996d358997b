"""Copies of a file: made with SQLite's own means, checked before they get their name, thinned as they age."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eic_tracker import paths
from eic_tracker.clock import now_utc
from eic_tracker.errors import FileProblem, UserError
from eic_tracker.i18n import N_
from eic_tracker.store.chain import raw_head
from eic_tracker.store.database import check_header, connect_to_read, told
from eic_tracker.store.files import building, told_of_disk, unused_name
from eic_tracker.store.lock import ensure_not_open

KEEP_ALL = dt.timedelta(hours=48)
KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 12, 10, 9
NEVER_DELETED = 5
"""So many of the newest copies stay whatever the clock says."""

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-(\d+)-([a-z_]+)(?:-\d+)?\.eic")


@dataclass(frozen=True, slots=True)
class Copy:
    """An automatic copy: its place, when it was made (UTC), the change set it ends with, and why it was made."""

    path: Path
    made_at: dt.datetime
    set_id: int
    why: str


def backup(path: Path, to: Path) -> Path:
    """Copy a file, open or not, to `to`, checked before it gets that name; FileProblem where anything is amiss.

    An older copy at `to` is replaced whole; anything else there is left as it is."""
    check_header(path)
    if to.exists():
        if to.is_dir():
            to = to / path.name
        _ensure_replaceable(path, to)
    with building(to) as part:
        copy_into(path, part)
    return to


def automatic_copy(path: Path, why: str, *, now: dt.datetime | None = None) -> Path:
    """A checked copy in the data folder, named after the moment, the journal and why; older ones are thinned."""
    check_header(path)
    made_at = now or now_utc()
    with told(path):
        raw = connect_to_read(path)
        try:
            newest = raw_head(raw)
            folder = copies_folder(file_uid(raw) or "unnamed")
        finally:
            raw.close()
    stem = f"{made_at.astimezone(dt.UTC).strftime(_STAMP)}-{newest.set_id if newest else 0:06d}-{why}"
    to = unused_name(folder / f"{stem}.eic")
    with building(to) as part:
        copy_into(path, part)
    with told_of_disk(folder):
        for copy in superseded(list_copies(folder), made_at):
            copy.path.unlink(missing_ok=True)
    return to


def copies_folder(uid: str) -> Path:
    """The folder of the automatic copies of the file with this identity."""
    return paths.data_folder() / "copies" / uid


def list_copies(folder: Path) -> tuple[Copy, ...]:
    """The automatic copies in a folder, newest first; what is named otherwise is none of them."""
    if not folder.is_dir():
        return ()
    found = []
    for path in folder.iterdir():
        match = _NAME.fullmatch(path.name)
        if match is not None:
            made_at = dt.datetime.strptime(match[1], _STAMP).replace(tzinfo=dt.UTC)
            found.append(Copy(path, made_at, int(match[2]), match[3]))
    return tuple(sorted(found, key=lambda copy: (copy.made_at, copy.set_id, copy.path.name), reverse=True))


def superseded(copies: Iterable[Copy], now: dt.datetime) -> tuple[Copy, ...]:
    """The copies that may go (all of 48 hours, 12 daily, 10 weekly, 9 monthly stay, and always the newest).

    Days, weeks and months are those that have copies, so a clock that jumps does not empty the folder; the newest are
    the newest by the journal as well as by the clock."""
    ordered = sorted(copies, key=lambda copy: (copy.made_at, copy.set_id, copy.path.name), reverse=True)
    by_journal = sorted(ordered, key=lambda copy: copy.set_id, reverse=True)
    kept = {*ordered[:NEVER_DELETED], *by_journal[:NEVER_DELETED]}
    kept.update(copy for copy in ordered if now - copy.made_at <= KEEP_ALL)
    kept.update(_newest_of_each(ordered, KEEP_DAYS, lambda made_at: made_at.date()))
    kept.update(_newest_of_each(ordered, KEEP_WEEKS, lambda made_at: made_at.isocalendar()[:2]))
    kept.update(_newest_of_each(ordered, KEEP_MONTHS, lambda made_at: (made_at.year, made_at.month)))
    return tuple(copy for copy in ordered if copy not in kept)


def _newest_of_each(ordered: Sequence[Copy], count: int, span: Callable[[dt.datetime], Hashable]) -> Iterable[Copy]:
    newest: dict[Hashable, Copy] = {}
    for copy in ordered:
        newest.setdefault(span(copy.made_at), copy)
    return list(newest.values())[:count]


def copy_into(path: Path, part: Path) -> None:
    """Copy the file `path` to the new name `part` and check the copy; its caller syncs and renames it."""
    with told(path, disk=part):
        source = connect_to_read(path)
        try:
            # The copy is another file: the source stays as it is, and free pages with deleted rows stay behind.
            source.execute("PRAGMA query_only=OFF")
            before = raw_head(source)
            source.execute("VACUUM INTO ?", (str(part),))
            copy = connect_to_read(part)
            try:
                fault = fault_of(copy)
                copied = raw_head(copy)
            finally:
                copy.close()
            same = copied == before
            if copied is not None and not same:
                # Somebody wrote between the two looks: the copy must end with a set that the file has now.
                row = source.execute("SELECT hash FROM change_set WHERE id = ?", (copied.set_id,)).fetchone()
                same = row is not None and row[0] == copied.hash and (before is None or before.set_id < copied.set_id)
        finally:
            source.close()
    if fault is not None or not same:
        raise FileProblem(
            N_(
                "{file} could not be copied: the copy was checked and is not sound ({fault}). "
                "No copy was kept; “doctor” shows more."
            ),
            file=path,
            fault=fault or "journal",
        )


def fault_of(raw: Any) -> str | None:
    """The first thing that SQLite's own checks say against a file; None where it is sound."""
    for (said,) in raw.execute("PRAGMA integrity_check(1)").fetchall():
        if said != "ok":
            return str(said)
    broken = raw.execute("PRAGMA foreign_key_check").fetchone()
    return f"{broken[0]} {broken[1]} -> {broken[2]}" if broken else None


def file_uid(raw: Any) -> str | None:
    """The file's identity; None in a file that was never finished."""
    known = raw.execute("SELECT 1 FROM sqlite_schema WHERE name = 'file_info'").fetchone()
    row = raw.execute("SELECT uid FROM file_info").fetchone() if known else None
    return str(row[0]) if row else None


_NO_COPY = N_("{file} exists and is not a copy of this file. It was left as it is; choose another name.")


def _ensure_replaceable(path: Path, to: Path) -> None:
    if not to.exists():
        return
    if to.samefile(path):
        raise UserError(N_("The copy of {file} would replace the file itself; choose another name."), file=path)
    try:
        check_header(to)
        same = _uid_at(to) == _uid_at(path)
    except FileProblem as problem:
        raise FileProblem(_NO_COPY, file=to) from problem
    if not same:
        raise FileProblem(_NO_COPY, file=to)
    ensure_not_open(to)


def _uid_at(path: Path) -> str | None:
    with told(path):
        raw = connect_to_read(path)
        try:
            return file_uid(raw)
        finally:
            raw.close()
