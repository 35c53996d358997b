"""Builds the demonstration file in a process of its own, so that a window that waits for it stays free."""

from __future__ import annotations

import multiprocessing
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.services.demonstration.builder import build_demonstration

_EVERY = 0.1
"""Seconds between two reports of progress."""
_ERRORS = {kind.__name__: kind for kind in (UserError, Refused, FileProblem)}


def build_apart(path: Path, *, progress: Callable[[int, int], None]) -> None:
    """Build as `build_demonstration` does; what `progress` raises stops the work, and nothing of it is left."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=_build, args=(there, path), name="eic-demonstration")
    child.start()
    there.close()
    try:
        _listen(here, progress)
    finally:
        # The builder notices at its next report that nobody listens, and clears away what it began.
        here.close()
        child.join()


def _listen(here: Connection, progress: Callable[[int, int], None]) -> None:
    while True:
        try:
            kind, said = here.recv()
        except EOFError:
            raise RuntimeError("the process that builds the demonstration ended without a word") from None
        if kind == "progress":
            progress(*said)
        elif kind == "done":
            return
        elif kind == "failed":
            raise RuntimeError(said)
        else:
            message, values = said
            raise _ERRORS.get(kind, UserError)(message, **values)


def _build(there: Connection, path: Path) -> None:
    last = 0.0

    def report(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _EVERY:
            last = time.monotonic()
            there.send(("progress", (done, total)))

    answer: tuple[str, Any] = ("done", None)
    try:
        build_demonstration(path, progress=report)
    except ConnectionError:
        return
    except UserError as error:
        answer = (type(error).__name__, (error.message, dict(error.values)))
    except Exception:
        answer = ("failed", traceback.format_exc())
    with suppress(ConnectionError):
        there.send(answer)
