"""Reads a file of people's making in a process of its own, within limits of time and memory."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eic_tracker.errors import FileProblem
from eic_tracker.exchange import limits
from eic_tracker.exchange.cells import Sheet
from eic_tracker.exchange.parsing import TOO_LARGE, parse_within
from eic_tracker.exchange.workbooks import DAMAGED
from eic_tracker.i18n import N_
from eic_tracker.other_process import OtherProcess, ProcessEnded


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost, and the sentences that say so with {file} and {seconds}."""

    seconds: float
    memory: int
    slow: str
    large: str
    broken: str


_LISTS = Limits(
    seconds=limits.SECONDS,
    memory=limits.MEMORY_BYTES,
    slow=N_(
        "{file} could not be read within {seconds} seconds; it was put aside. Save only the sheet with the people."
    ),
    large=TOO_LARGE,
    broken=DAMAGED,
)


def read_sheets(
    path: Path,
    *,
    seconds: float = limits.SECONDS,
    memory: int = limits.MEMORY_BYTES,
    look: Callable[[], object] | None = None,
) -> list[Sheet]:
    """The sheets of a workbook, text or document; FileProblem says in a sentence why there are none.

    Nothing in the file is executed. At most `seconds` and `memory` bytes are spent on it; `look` is called
    meanwhile and ends the reading where it raises."""
    sheets: list[Sheet] = read_apart(
        path, parse_within, replace(_LISTS, seconds=seconds, memory=memory), size=limits.check_size, look=look
    )
    return sheets


def read_apart(
    path: Path,
    work: Callable[[Path, int | None], Any],
    within: Limits,
    *,
    size: Callable[[int, str], None] = lambda _size, _file: None,
    look: Callable[[], object] | None = None,
) -> Any:
    """What `work` gives for a file in a process of its own; FileProblem where it is missing, slow, large or damaged."""
    if not path.is_file():
        raise FileProblem("There is no file {file}. Look whether its name and folder are right.", file=str(path))
    try:
        size(path.stat().st_size, path.name)
    except OSError as error:
        raise FileProblem(
            "{file} cannot be read: {reason}.", file=path.name, reason=error.strerror or str(error)
        ) from None
    reader = OtherProcess("eic-lists", work, path, within.memory)
    watch = Watch(path.name, within)

    def watched(process: int) -> None:
        watch.look(process)
        if look is not None:
            look()

    try:
        return reader.ask(look=watched)
    except ProcessEnded as ended:
        # where memory is refused the system or the library ends the process by a signal
        by_signal = ended.exit_code is None or ended.exit_code < 0
        raise FileProblem(within.large if by_signal else within.broken, file=path.name) from None
    finally:
        reader.close(kill=True)


class Watch:
    """Ends the reading where it takes too long or, where the system sets no limit, too much memory."""

    def __init__(self, file: str, within: Limits) -> None:
        self._file = file
        self._within = within
        self._end = time.monotonic() + within.seconds

    def look(self, process: int) -> None:
        """FileProblem once the process has had its time or its memory."""
        if time.monotonic() > self._end:
            raise FileProblem(self._within.slow, file=self._file, seconds=int(self._within.seconds))
        if (memory_of(process) or 0) > self._within.memory + _OWN_MEMORY:
            raise FileProblem(self._within.large, file=self._file)


_OWN_MEMORY = 100_000_000
"""Bytes that the process holds before it reads."""


def memory_of(process: int) -> int | None:
    """Bytes in memory that a process holds now; None where the system does not tell or it has ended."""
    if sys.platform == "win32":
        return _memory_on_windows(process)
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")


if sys.platform == "win32":

    def _memory_on_windows(process: int) -> int | None:
        import ctypes
        from ctypes import wintypes

        class Counters(ctypes.Structure):
            _fields_ = (
                ("cb", wintypes.DWORD),
                ("page_faults", wintypes.DWORD),
                ("peak_working_set", ctypes.c_size_t),
                ("working_set", ctypes.c_size_t),
                ("others", ctypes.c_size_t * 6),
            )

        query_limited_information = 0x1000
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        handle = kernel.OpenProcess(query_limited_information, False, process)
        if not handle:
            return None
        try:
            counters = Counters(cb=ctypes.sizeof(Counters))
            ask = kernel.K32GetProcessMemoryInfo
            ask.argtypes = (wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD)
            return int(counters.working_set) if ask(handle, ctypes.byref(counters), counters.cb) else None
        finally:
            kernel.CloseHandle(handle)
