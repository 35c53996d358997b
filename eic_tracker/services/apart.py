"""Papers made in a process of their own: threads of one Python take turns, and the window would wait for its own."""

from __future__ import annotations

import datetime as dt
import pickle
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.services.present_rights import ask_every_time, work_of
from eic_tracker.store.database import Database

LOOK = 0.05
"""Seconds after which it is looked whether the answer is still wanted."""
_PATIENCE = 2.0

_ENDED = N_(
    "The process that makes papers was ended by the system, perhaps because memory ran out. Nothing was written "
    "halfway; close other programs and try again."
)


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

        Both must be importable by name. Unwanted once `unwanted()` holds; RuntimeError for a bug, with its trace;
        UserError for what it tells, and where the process was ended or memory ran out."""
        try:
            line = self._ready()
            line.send((work, args, now))
            while not line.poll(LOOK):
                if unwanted():
                    raise Unwanted
            answer, error, trace = line.recv()
        except BaseException as failure:
            self.close(kill=True)
            if isinstance(failure, (EOFError, OSError)):
                raise UserError(_ENDED) from failure
            raise
        if error is not None:
            raise error
        if trace:
            raise RuntimeError(trace)
        return answer

    def close(self, *, kill: bool = False) -> None:
        """End the process, at once or once it has nothing to do."""
        if self._line is not None:
            self._line.close()
        if self._process is not None and self._process.pid is not None:
            if kill:
                self._process.kill()
            self._process.join(_PATIENCE)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process.close()
        self._line = self._process = None

    def _ready(self) -> Connection:
        if self._process is not None and not self._process.is_alive():
            # Somebody ended it while nobody asked: nothing was lost with it.
            self.close()
        if self._line is None:
            context = get_context("spawn")
            self._line, theirs = context.Pipe()
            with closing(theirs):
                self._process = context.Process(
                    target=_serve, args=(theirs, self._path), name="eic-papers", daemon=True
                )
                self._process.start()
        return self._line


def _serve(line: Connection, path: Path) -> None:
    """The other side: answers until nobody asks any more."""
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            work, args, now = line.recv()
            line.send_bytes(_answer(path, work, args, now))


def _answer(path: Path, work: Callable[..., Any], args: tuple[Any, ...], now: dt.datetime) -> bytes:
    """What goes back, ready to be sent: (answer, None, ""), (None, what is told, "") or (None, None, trace)."""
    try:
        with Database(path, clock=lambda: now, read_only=True) as db, work_of(args):
            ask_every_time(db)
            return pickle.dumps((work(db, *args), None, ""))
    except UserError as error:
        return _sent_back(error)
    except MemoryError:
        return _sent_back(UserError(_ENDED))
    except Exception as error:
        return pickle.dumps((None, None, "".join(traceback.format_exception(error))))


def _sent_back(error: UserError) -> bytes:
    """What is told; an error that holds what cannot travel goes as its sentence."""
    try:
        return pickle.dumps((None, error, ""))
    except Exception:
        values = {name: str(value) for name, value in error.values.items()}
        kind = Refused if isinstance(error, Refused) else UserError
        return pickle.dumps((None, kind(error.message, **values), ""))
