"""What can be said of a file's health without changing it: each check with its sentence."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from eic_tracker.clock import HONDURAS, now_utc
from eic_tracker.errors import FileProblem
from eic_tracker.i18n import N_
from eic_tracker.store.chain import raw_head, verify_raw
from eic_tracker.store.copies import copies_folder, fault_of, file_uid, list_copies
from eic_tracker.store.database import OLDEST_SAFE_SQLITE, check_header, connect_to_read, told
from eic_tracker.store.files import PART_SUFFIX, holds_log
from eic_tracker.store.lock import holder
from eic_tracker.store.schema import schema_text, shipped_schema
from eic_tracker.store.search import agrees

if TYPE_CHECKING:
    from eic_tracker.i18n import Translator

OLDEST_COPY = dt.timedelta(days=7)
_ROOM = 2
"""Free space that a copy and a new file need, in sizes of the file."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its code, whether all is well, and the sentence with its values."""

    code: str
    ok: bool
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`."""
        return t(self.message, **self.values)


def doctor(path: Path, *, now: dt.datetime | None = None) -> tuple[Check, ...]:
    """All checks of a file, in the order in which they are read; FileProblem where it is none of ours."""
    version = check_header(path)
    checks = [
        _sqlite(),
        Check("version", True, N_("The schema of the file is number {version}."), {"version": version}),
    ]
    checks += _inside(path, now or now_utc())
    checks += [_log(path), _lock(path), _space(path)]
    return tuple(checks)


def _inside(path: Path, now: dt.datetime) -> Iterator[Check]:
    inside: dict[str, Callable[[Any], Check]] = {
        "pragmas": _pragmas,
        "integrity": _integrity,
        "schema": _schema,
        "journal": _journal,
        "search": _search,
        "copies": lambda raw: _copies(raw, now),
    }
    for code, check in inside.items():
        try:
            with told(path):
                raw = connect_to_read(path)
                try:
                    raw.execute("BEGIN")
                    yield check(raw)
                finally:
                    raw.close()
        except FileProblem as problem:
            yield Check(code, False, problem.message, problem.values)


def _sqlite() -> Check:
    return Check(
        "sqlite",
        dbapi2.sqlite_version_info >= OLDEST_SAFE_SQLITE,
        N_("SQLite {version} is in use; {oldest} or newer keeps every commit."),
        {"version": dbapi2.sqlite_version, "oldest": ".".join(map(str, OLDEST_SAFE_SQLITE))},
    )


def _pragmas(raw: Any) -> Check:
    names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "query_only")
    said = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    ok = (said["synchronous"], said["foreign_keys"], said["trusted_schema"]) == (2, 1, 0)
    text = ", ".join(f"{name}={value}" for name, value in said.items())
    return Check("pragmas", ok, N_("Settings of the connection: {settings}."), {"settings": text})


def _integrity(raw: Any) -> Check:
    fault = fault_of(raw)
    if fault is None:
        return Check("integrity", True, N_("The file is whole, and every reference leads somewhere."))
    return Check(
        "integrity",
        False,
        N_("The file is damaged ({fault}). Restore the newest copy with “restore”."),
        {"fault": fault},
    )


def _schema(raw: Any) -> Check:
    if schema_text(raw) == shipped_schema().read_text(encoding="utf-8"):
        return Check("schema", True, N_("Tables, indexes and triggers are as this program made them."))
    return Check(
        "schema", False, N_("Tables, indexes or triggers are not as this program made them: somebody changed them.")
    )


def _journal(raw: Any) -> Check:
    finding = verify_raw(raw)
    if finding is not None:
        return Check("journal", False, finding.message, finding.values)
    newest = raw_head(raw)
    return Check(
        "journal",
        True,
        N_("The journal holds from its first to its last change set; its code is {code}."),
        {"code": newest.code if newest else "-"},
    )


def _search(raw: Any) -> Check:
    if agrees(raw):
        return Check("search", True, N_("The search finds what the file holds."))
    return Check(
        "search",
        False,
        N_("The search does not agree with the file. “doctor --rebuild-search” builds it anew; nothing else changes."),
    )


def _copies(raw: Any, now: dt.datetime) -> Check:
    uid = file_uid(raw)
    copies = list_copies(copies_folder(uid)) if uid else ()
    if not copies:
        return Check(
            "copies", False, N_("There is no automatic copy of this file on this computer; make one with “backup”.")
        )
    newest = copies[0]
    return Check(
        "copies",
        now - newest.made_at <= OLDEST_COPY,
        N_("The newest automatic copy is of {date} (copies kept: {count}): {file}."),
        {
            "count": len(copies),
            "date": f"{newest.made_at.astimezone(HONDURAS):%d/%m/%Y %H:%M}",
            "file": newest.path,
        },
    )


def _log(path: Path) -> Check:
    leftovers = sorted(found.name for found in path.parent.glob(f".{path.name}.*{PART_SUFFIX}*"))
    if leftovers:
        return Check(
            "leftovers",
            False,
            N_("Beside the file lies what an interrupted work left: {names}. It can be deleted."),
            {"names": ", ".join(leftovers)},
        )
    if holds_log(path):
        return Check(
            "leftovers", True, N_("The newest changes are in the log beside the file: copy it only with “backup”.")
        )
    return Check("leftovers", True, N_("The file at rest is one file."))


def _lock(path: Path) -> Check:
    found = holder(path)
    if found is None:
        return Check("lock", True, N_("No window has the file open for writing."))
    since = f"{found.since.astimezone(HONDURAS):%d/%m/%Y %H:%M}" if found.since else "?"
    return Check(
        "lock",
        True,
        N_("{user} has the file open for writing on the computer {machine} since {since}."),
        {"user": found.user, "machine": found.machine, "since": since},
    )


def _space(path: Path) -> Check:
    free, size = shutil.disk_usage(path.parent).free, path.stat().st_size
    return Check(
        "space",
        free > _ROOM * size,
        N_("The disk has {free} MB free; the file has {size} MB."),
        {"free": f"{free // 1_000_000:,}", "size": f"{max(1, size // 1_000_000):,}"},
    )
