"""Building the search index of a file anew: at the end of building a file, or where it disagrees with the rows."""

from __future__ import annotations

from pathlib import Path

from eic_tracker.store.database import check_header, connect, told
from eic_tracker.store.search import rebuild


def rebuild_search(path: Path) -> None:
    """Build the search index of the file at `path` from its rows; all of it or nothing, and nothing else changes."""
    check_header(path)
    with told(path):
        raw = connect(path)
        try:
            rebuild(raw)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.close()
