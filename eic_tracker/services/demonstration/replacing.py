"""Which file a demonstration may take the place of, or may be removed: a demonstration that nobody has open."""

from __future__ import annotations

from pathlib import Path

from eic_tracker.domain.codes import FileKind
from eic_tracker.errors import FileProblem, Refused
from eic_tracker.i18n import N_
from eic_tracker.store.database import check_header, connect_to_read, told
from eic_tracker.store.files import beside, told_of_disk
from eic_tracker.store.lock import ensure_not_open


def may_replace(path: Path) -> None:
    """Return where `path` is free or a demonstration file that nobody has open; otherwise Refused or FileProblem."""
    if not path.exists():
        return
    check_header(path)
    with told(path):
        connection = connect_to_read(path)
        try:
            row = connection.execute("SELECT kind FROM file_info").fetchone()
        finally:
            connection.close()
    if row is None:
        raise FileProblem(N_("{file} does not say what kind of file it is. It was left as it is."), file=path)
    if row[0] != FileKind.DEMONSTRATION.value:
        raise Refused(
            N_("{file} is a school's file, not a demonstration. It was left as it is; choose another folder."),
            file=path,
        )
    ensure_not_open(path)


def remove_demonstration(path: Path) -> None:
    """Remove a demonstration file, which can be built again at any time.

    Refused or FileProblem for any other file and where somebody has it open."""
    may_replace(path)
    with told_of_disk(path):
        for each in beside(path):
            each.unlink(missing_ok=True)
