"""What somebody has half typed, kept on this computer until it is saved: per file, user and form, for nobody else."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eic_tracker import paths
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.own_files import read_json, remove, write_private

MOST_BYTES = 500_000
"""what one form may keep; a course list pasted from a sheet is far below"""

_FORMAT = "eic-tracker-draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in a form when it was last kept (UTC)."""

    form: str
    kept_at: dt.datetime
    content: Mapping[str, Any]


def keep(uid: str, login: str, form: str, content: Mapping[str, Any], now: dt.datetime) -> None:
    """Keep what stands in a form, in place of what was kept of it before; on disk when this returns.

    UserError where it is too much or the disk refuses: what was kept before is then still there."""
    whole = {"format": _FORMAT, "file": uid, "login": login, "form": form, "kept_at": now.isoformat()}
    written = json.dumps({**whole, "content": dict(content)}, allow_nan=False).encode("ascii")
    if len(written) > MOST_BYTES:
        raise UserError(
            N_("This is too much to be kept half typed ({size} kB of {most} kB). Save what is finished."),
            size=len(written) // 1000,
            most=MOST_BYTES // 1000,
        )
    path = _place(uid, login, form)
    try:
        write_private(path, written)
    except OSError as error:
        raise UserError(
            N_("What is half typed could not be kept in {folder} ({why}). Save it, or free some space."),
            folder=path.parent,
            why=error.strerror or str(error),
        ) from error


def take(uid: str, login: str, form: str) -> Draft | None:
    """What this user half typed into this form of this file; it stays kept until `forget`."""
    return _read(_place(uid, login, form), uid, login, form)


def forget(uid: str, login: str, form: str) -> None:
    """Drop what was kept of a form: it was saved, or is not wanted."""
    with suppress(OSError):
        remove(_place(uid, login, form))


def drafts_of(uid: str, login: str) -> tuple[Draft, ...]:
    """All that this user half typed in this file, the newest first."""
    folder = _place(uid, login, "").parent
    try:
        files = sorted(folder.glob("*.json"))
    except OSError:
        return ()
    found = [draft for path in files if (draft := _read(path, uid, login, None)) is not None]
    return tuple(sorted(found, key=lambda draft: draft.kept_at, reverse=True))


def _read(path: Path, uid: str, login: str, form: str | None) -> Draft | None:
    try:
        said = read_json(path, MOST_BYTES)
        if said is None or (said.get("format"), said.get("file"), said.get("login")) != (_FORMAT, uid, login):
            return None
        found, content = said.get("form"), said.get("content")
        kept_at = dt.datetime.fromisoformat(str(said.get("kept_at")))
    except (OSError, ValueError):
        return None
    if not isinstance(found, str) or not isinstance(content, dict) or kept_at.tzinfo is None:
        return None
    known = found == form if form is not None else path == _place(uid, login, found)
    return Draft(found, kept_at, content) if known else None


def _place(uid: str, login: str, form: str) -> Path:
    return paths.data_folder() / "drafts" / _folded(uid) / _folded(login) / f"{_folded(form)}.json"


def _folded(name: str) -> str:
    """A file name that stands for any text on every system."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]
