"""Papers made in a process of their own: threads of one Python take turns, and the window would wait for its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eic_tracker.other_process import OtherProcess
from eic_tracker.store.database import Database


class Unwanted(Exception):
    """Nobody waits for the answer any more; the process was ended, and papers are written whole or not at all."""


class Apart:
    """One process that reads a file and answers one call after the other; started with the first."""

    def __init__(self, path: Path) -> None:
        self._process = OtherProcess("eic-papers", _work, path)

    def call(
        self, work: Callable[..., Any], args: tuple[Any, ...], now: dt.datetime, unwanted: Callable[[], bool]
    ) -> Any:
        """What `work(db, *args)` answers or raises there, with the file's clock standing at `now`.

        Both must be importable by name. Unwanted once `unwanted()` holds; RuntimeError for a bug, with its trace."""

        def look(_process: int) -> None:
            if unwanted():
                raise Unwanted

        return self._process.ask(work, args, now, look=look)

    def close(self, *, kill: bool = False) -> None:
        """End the process, at once or once it has nothing to do."""
        self._process.close(kill=kill)


def _work(path: Path, work: Callable[..., Any], args: tuple[Any, ...], now: dt.datetime) -> Any:
    with Database(path, clock=lambda: now, read_only=True) as db:
        return work(db, *args)
