"""One process beside this one that answers call after call, and is ended when an answer takes too much."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from eic_tracker.errors import Refused, UserError

LOOK = 0.05
"""Seconds after which it is looked whether the answer may still be waited for."""
_PATIENCE = 2.0


class ProcessEnded(RuntimeError):
    """The process died before it answered, or could not be started; `exit_code` as the system tells it."""

    def __init__(self, name: str, exit_code: int | None) -> None:
        super().__init__(f"the process {name} has ended ({exit_code})")
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class _Step:
    """So much of a long work is done."""

    done: int
    total: int


_asking: list[Connection] = []
"""In the other process, the line on which somebody waits for an answer."""


def report(done: int, total: int) -> None:
    """Say how far a work is to whoever waits for it in another process; where nobody does, nothing happens."""
    for line in _asking:
        line.send_bytes(pickle.dumps(_Step(done, total)))


class OtherProcess:
    """Answers `work(*fixed, *message)` in a process of its own, started with the first message.

    `work` must be importable by name; what goes in and comes out is pickled."""

    def __init__(self, name: str, work: Callable[..., Any], *fixed: Any) -> None:
        self._name = name
        self._work = work
        self._fixed = fixed
        self._line: Connection | None = None
        self._process: BaseProcess | None = None

    def ask(
        self,
        *message: Any,
        look: Callable[[int], None],
        told: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> Any:
        """What the work answers or raises as UserError there; `look(process id)` may raise while it is waited for.

        `told` hears how far it is, where the work calls `report`.
        RuntimeError for a bug there, with its trace; ProcessEnded where the process died."""
        try:
            line, process = self._ready()
        except OSError as failure:
            self.close(kill=True)
            raise ProcessEnded(self._name, None) from failure
        try:
            line.send(message)
            got: Any = None
            while got is None or isinstance(got, _Step):
                while not line.poll(LOOK):
                    look(process.pid or 0)
                got = line.recv()
                if isinstance(got, _Step):
                    told(got.done, got.total)
            answer, error, trace = got
        except (EOFError, OSError) as failure:
            process.join(_PATIENCE)
            code = process.exitcode
            self.close(kill=True)
            raise ProcessEnded(self._name, code) from failure
        except BaseException:
            self.close(kill=True)
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

    def _ready(self) -> tuple[Connection, BaseProcess]:
        if self._process is not None and not self._process.is_alive():
            # Somebody ended it while nobody asked: nothing was lost with it.
            self.close()
        if self._line is None or self._process is None:
            context = get_context("spawn")
            self._line, theirs = context.Pipe()
            arguments = (theirs, self._work, self._fixed)
            self._process = context.Process(target=_serve, args=arguments, name=self._name, daemon=True)
            self._process.start()
            theirs.close()
        return self._line, self._process


def _serve(line: Connection, work: Callable[..., Any], fixed: tuple[Any, ...]) -> None:
    """The other side: answers until nobody asks any more."""
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            message = line.recv()
            _asking[:] = [line]
            line.send_bytes(_answer(work, (*fixed, *message)))
            _asking.clear()


def _answer(work: Callable[..., Any], args: tuple[Any, ...]) -> bytes:
    """What goes back, ready to be sent: (answer, None, ""), (None, what is told, "") or (None, None, trace)."""
    try:
        return pickle.dumps((work(*args), None, ""))
    except UserError as error:
        return _sent_back(error)
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
