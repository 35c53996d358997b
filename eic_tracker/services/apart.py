"""Papers made in a process of their own: threads of one Python take turns, and the window would wait for its own."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from eic_tracker.errors import UserError
from eic_tracker.store.database import Database

LOOK = 0.05
"""Seconds after which it is looked whether the answer is still wanted."""
_PATIENCE = 2.0


class Unwanted(Exception):
    """Nobody waits for the answer any more; the process was ended, and papers are written whole or not at all."""


class Apart:
    """One process that reads a file and answers one call after the other; started with the first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def call(
        self, work: Callable[..., Any], args: tuple[Any, ...], now: dt.datetime, unwanted: Callable[[], bool]
    ) -> Any:
        """What `work(db, *args)` answers or raises there, with the file's clock standing at `now`.

        Both must be importable by name. Unwanted once `unwanted()` holds; RuntimeError for a bug, with its trace."""
        line = self._ready()
        try:
            line.send((work, args, now))
            while not line.poll(LOOK):
                if unwanted():
                    raise Unwanted
            answer, error, trace = line.recv()
        except BaseException as failure:
            self.close(kill=True)
            if isinstance(failure, (EOFError, OSError)):
                raise RuntimeError("the process that makes papers has ended") from failure
            raise
        if error is not None:
            kind, message, values = error
            raise kind(message, **values)
        if trace:
            raise RuntimeError(trace)
        return answer

    def close(self, *, kill: bool = False) -> None:
        """End the process, at once or once it has nothing to do."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            if kill:
                self._process.kill()
            self._process.join(_PATIENCE)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process.close()
        self._line = self._process = None

    def _ready(self) -> Connection:
        if self._line is None:
            context = get_context("spawn")
            self._line, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self._path), name="eic-papers", daemon=True)
            self._process.start()
            theirs.close()
        return self._line


def _serve(line: Connection, path: Path) -> None:
    """The other side: answers until nobody asks any more."""
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            work, args, now = line.recv()
            line.send(_answer(path, work, args, now))


def _answer(path: Path, work: Callable[..., Any], args: tuple[Any, ...], now: dt.datetime) -> tuple[Any, Any, str]:
    try:
        with Database(path, clock=lambda: now, read_only=True) as db:
            return work(db, *args), None, ""
    except UserError as error:
        return None, (type(error), error.message, error.values), ""
    except Exception as error:
        return None, None, "".join(traceback.format_exception(error))
