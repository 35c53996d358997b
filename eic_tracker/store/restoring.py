"""Putting a copy back: checked first, whole or not at all, and the present file is kept aside."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from eic_tracker.clock import now_utc
from eic_tracker.domain.codes import FileKind
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.store.chain import Head, raw_head, verify_raw
from eic_tracker.store.copies import automatic_copy, copy_into, fault_of
from eic_tracker.store.database import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Database,
    check_header,
    connect_to_read,
    header,
    told,
)
from eic_tracker.store.files import beside, building, sync_folder, told_of_disk, unused_name
from eic_tracker.store.lock import ensure_no_connection, hold
from eic_tracker.store.transaction import Actor, Entry


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the file, where the one before it lies now, its automatic copy, and the journal's code."""

    path: Path
    kept_aside: Path | None
    automatic_copy: Path | None
    code: str


@dataclass(frozen=True, slots=True)
class _Identity:
    """Which file this is, and how far its journal goes."""

    uid: str
    kind: FileKind
    head: Head | None


def restore(copy: Path, path: Path, actor: Actor, *, clock: Callable[[], dt.datetime] = now_utc) -> Restored:
    """Put a copy in the place of `path`, which may be damaged or missing.

    FileProblem where the copy is not sound or `path` is open; Refused where the copy is of another file."""
    if path.exists() and copy.exists() and copy.samefile(path):
        raise UserError(N_("{file} cannot be restored from itself; name a copy of it."), file=path)
    wanted = _check_copy(copy)
    readable = _is_readable(path)
    present = _present(path) if readable else None
    check_may_replace(wanted.kind, present.kind if present else None, path)
    if present is not None and present.uid != wanted.uid:
        raise Refused(
            N_("{copy} is a copy of another file than {file}. Nothing was changed; restore it under a new name."),
            copy=copy,
            file=path,
        )
    with told_of_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with hold(path, actor.login):
        if readable:
            # A file that no longer reads is not touched, not even by asking: its log is kept aside with it.
            ensure_no_connection(path)
        safety = automatic_copy(path, "restore", now=clock()) if present is not None else None
        with building(path) as part:
            copy_into(copy, part)
            code = _note_restore(part, actor, clock, present.head if present else None)
            aside = _set_aside(path, clock())
    return Restored(path, aside, safety, code)


def check_may_replace(new: FileKind, present: FileKind | None, path: Path) -> None:
    """Refused when a demonstration would take the place of a school's file, or the reverse."""
    if present is None or present is new:
        return
    if new is FileKind.DEMONSTRATION:
        raise Refused(
            N_("{file} is a school's file: a demonstration never takes its place. Choose another name."), file=path
        )
    raise Refused(
        N_("{file} is a demonstration: it never becomes a school's file. Restore the copy under a new name."), file=path
    )


def _check_copy(copy: Path) -> _Identity:
    check_header(copy)
    with told(copy):
        raw = connect_to_read(copy)
        try:
            raw.execute("BEGIN")
            identity = _identity(raw)
            fault = fault_of(raw)
            finding = None if fault else verify_raw(raw)
        finally:
            raw.close()
    if fault is not None or finding is not None or identity is None:
        said = fault or (finding.place if finding else "file_info")
        raise FileProblem(
            N_("The copy {file} is not sound ({fault}). Nothing was changed; choose another copy."),
            file=copy,
            fault=said,
        )
    return identity


def _is_readable(path: Path) -> bool:
    """Whether the file at `path` still reads as one of ours; a foreign file is refused, a damaged one is not."""
    if not path.exists() or path.stat().st_size == 0:
        return False
    try:
        application_id, _version = header(path)
    except FileProblem:
        return False
    if application_id != APPLICATION_ID:
        raise FileProblem(
            N_("{file} is not an EIC Tracker file. It was left as it is; restore the copy under a new name."), file=path
        )
    return True


def _present(path: Path) -> _Identity | None:
    """Which file stands at `path`, damaged or not; None where it does not even say that any more."""
    try:
        with told(path):
            raw = connect_to_read(path)
            try:
                return _identity(raw)
            finally:
                raw.close()
    except (FileProblem, dbapi2.Error):
        return None


def _identity(raw: Any) -> _Identity | None:
    known = raw.execute("SELECT 1 FROM sqlite_schema WHERE name = 'file_info'").fetchone()
    row = raw.execute("SELECT uid, kind FROM file_info").fetchone() if known else None
    return _Identity(row[0], FileKind(row[1]), raw_head(raw)) if row else None


def _note_restore(part: Path, actor: Actor, clock: Callable[[], dt.datetime], replaced: Head | None) -> str:
    """Bring an older copy to today's schema and leave the restore in its journal; the code of its new head."""
    if check_header(part) < SCHEMA_VERSION:
        from eic_tracker.store.migrate import upgrade

        upgrade(part)
    with Database(part, clock=clock) as db:
        label = replaced.code if replaced else "-"
        with db.write(Entry(actor, "restore", label)) as tx:
            known = tx.connection.exec_driver_sql(
                "SELECT 1 FROM user WHERE id = ? AND login = ?", (actor.user_id, actor.login)
            ).first()
            if known is None:
                tx.entry = Entry(Actor(actor.login), "restore", label)
            tx.record_event()
        with db.read() as connection:
            raw: Any = connection.connection.driver_connection
            found = raw_head(raw)
    assert found is not None
    return found.code


def _set_aside(path: Path, now: dt.datetime) -> Path | None:
    """Give the present file a second, plain name, so that at no moment it has none; its log goes with it."""
    if not path.exists():
        return None
    stamp = now.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = unused_name(path.with_name(f"{path.stem}.before-restore-{stamp}{path.suffix}"))
    with told_of_disk(aside):
        for present, kept in zip(beside(path), beside(aside), strict=True):
            if present.exists():
                _link(present, kept)
        sync_folder(path.parent)
        for leftover in beside(path)[1:]:
            leftover.unlink(missing_ok=True)
    return aside


def _link(present: Path, kept: Path) -> None:
    try:
        os.link(present, kept)
    except OSError:
        # Disks without hard links (USB sticks): the name moves, and the new file follows at once.
        present.replace(kept)
