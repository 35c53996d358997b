"""What was taken out of a file for good leaves its write-ahead log, too."""

from __future__ import annotations

from pathlib import Path

from eic_tracker.errors import FileProblem
from eic_tracker.i18n import N_
from eic_tracker.store.database import connect, told

_HELD = N_(
    "{file} is being read by another program: what was taken out is out of the file, and still in its log. "
    "Close it there, then close and open it here."
)


def fold_log(path: Path) -> None:
    """Fold the write-ahead log into the file and empty it; FileProblem where a reader holds it for too long."""
    with told(path):
        raw = connect(path)
        try:
            busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            raw.close()
    if busy:
        raise FileProblem(_HELD, file=path)
