"""Reads a file of people's making in a process of its own, within limits of time and memory."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from eic_tracker.errors import FileProblem
from eic_tracker.exchange import limits
from eic_tracker.exchange.cells import Sheet
from eic_tracker.exchange.parsing import parse_within, too_large
from eic_tracker.exchange.workbooks import damaged
from eic_tracker.other_process import OtherProcess, ProcessEnded


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
    if not path.is_file():
        raise FileProblem("There is no file {file}. Look whether its name and folder are right.", file=str(path))
    try:
        limits.check_size(path.stat().st_size, path.name)
    except OSError as error:
        raise FileProblem(
            "{file} cannot be read: {reason}.", file=path.name, reason=error.strerror or str(error)
        ) from None
    reader = OtherProcess("eic-lists", parse_within, path, memory)
    watch = Watch(path.name, seconds, memory)

    def watched(process: int) -> None:
        watch.look(process)
        if look is not None:
            look()

    try:
        sheets: list[Sheet] = reader.ask(look=watched)
    except ProcessEnded as ended:
        # where memory is refused the system or the library ends the process by a signal
        by_signal = ended.exit_code is None or ended.exit_code < 0
        raise (too_large(path.name) if by_signal else damaged(path.name)) from None
    finally:
        reader.close(kill=True)
    return sheets


class Watch:
    """Ends the reading where it takes too long or, where the system sets no limit, too much memory."""

    def __init__(self, file: str, seconds: float, memory: int) -> None:
        self._file = file
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._memory = memory + _OWN_MEMORY

    def look(self, process: int) -> None:
        """FileProblem once the process has had its time or its memory."""
        if time.monotonic() > self._end:
            raise FileProblem(
                "{file} could not be read within {seconds} seconds; it was put aside. Save only the sheet with the "
                "people.",
                file=self._file,
                seconds=int(self._seconds),
            )
        if (memory_of(process) or 0) > self._memory:
            raise too_large(self._file)


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
