"""Papers made in a process of their own: threads of one Python take turns, and the window would wait for its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.other_process import OtherProcess, ProcessEnded
from eic_tracker.services.present_rights import ask_every_time, work_of
from eic_tracker.store.database import Database

_ENDED = N_(
    "The process that makes papers was ended by the system, perhaps because memory ran out. Nothing was written "
    "halfway; close other programs and try again."
)


class Unwanted(Exception):
    """Nobody waits for the answer any more; the process was ended, and papers are written whole or not at all."""


class Apart:
    """One process that reads a file and answers one call after the other; started with the first."""

    def __init__(self, path: Path) -> None:
        self._process = OtherProcess("eic-papers", _work, path)

    def call(
        self,
        work: Callable[..., Any],
        args: tuple[Any, ...],
        now: dt.datetime,
        unwanted: Callable[[], bool],
        told: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> Any:
        """What `work(db, *args)` answers or raises there, with the file's clock standing at `now`.

        Both must be importable by name; `told` hears how far work is that reports it. Unwanted once `unwanted()`
        holds; RuntimeError for a bug, with its trace; UserError for what it tells, and where the process was ended or
        memory ran out."""

        def look(_process: int) -> None:
            if unwanted():
                raise Unwanted

        try:
            return self._process.ask(work, args, now, look=look, told=told)
        except ProcessEnded as ended:
            raise UserError(_ENDED) from ended

    def close(self, *, kill: bool = False) -> None:
        """End the process, at once or once it has nothing to do."""
        self._process.close(kill=kill)


def _work(path: Path, work: Callable[..., Any], args: tuple[Any, ...], now: dt.datetime) -> Any:
    try:
        with Database(path, clock=lambda: now, read_only=True) as db, work_of(args):
            ask_every_time(db)
            return work(db, *args)
    except MemoryError as error:
        raise UserError(_ENDED) from error
