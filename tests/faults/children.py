"""Scenarios in processes of their own, forked from one that has everything loaded, with strace at their side.

Started as a program this module is that process: it reads a request a line, forks, and says who was forked and how it
ended. A child waits behind its gate until the watcher is attached."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.machine import forbids

_ANY_TRACER = (0x59616D61, ctypes.c_ulong(-1))
"""PR_SET_PTRACER: who is not root may only watch processes that agree to it."""

_LONGEST_WAIT = 30.0

TOLD = 3
"""Exit status of a child that was told in a sentence why it could not go on."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit status (negative: the signal), what it acknowledged, what else it said."""

    status: int
    acknowledged: int
    said: str


def count_calls(nursery: Nursery, scenario: str, folder: Path, log: Path, calls: Sequence[str]) -> Counter[str]:
    """How often a scenario makes each of these calls from its beginning to its end."""
    ended = nursery.run(scenario, folder, ["-o", str(log), "-e", f"trace={','.join(calls)}"])
    assert ended.status == 0, ended.said
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return Counter(call for line in lines for call in calls if f" {call}(" in line[:40])


class Nursery:
    """The process that has everything loaded, and its children, one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", "tests.faults.children"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=20)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def run(self, scenario: str, folder: Path, strace: Sequence[str] = (), *, kill_after: float | None = None) -> Ended:
        """Run a scenario in `folder` under strace with these words (none: not watched)."""
        self._count += 1
        gate, out = self._folder / f"gate-{self._count}", self._folder / f"out-{self._count}"
        out.touch()
        request = {"scenario": scenario, "folder": str(folder), "gate": str(gate), "out": str(out)}
        child = self._ask({**request, "kill_after": kill_after})["pid"]
        watcher = _attach(child, strace) if strace else None
        gate.touch()
        status = self._answer()["status"]
        if isinstance(watcher, str):
            forbids(f"strace may not watch processes here: {watcher}")
        if watcher is not None:
            watcher.communicate(timeout=60)
        said = out.read_text(encoding="utf-8", errors="replace")
        gate.unlink()
        out.unlink()
        return Ended(status, said.count("ACK\n"), said.replace("ACK\n", ""))

    def _ask(self, request: dict[str, object]) -> dict[str, int]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, int]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the process with everything loaded has ended"
        answer: dict[str, int] = json.loads(line)
        return answer


def _attach(child: int, words: Sequence[str]) -> subprocess.Popen[str] | str:
    """The watcher at work, or why there is none."""
    watcher = subprocess.Popen(
        ["strace", "-f", "-p", str(child), *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert watcher.stderr is not None
    line = watcher.stderr.readline()
    if "attached" in line:
        return watcher
    watcher.communicate()
    return line.strip() or "no answer"


def _serve() -> None:
    from tests.faults import issuing, scenarios

    known = {**scenarios.SCENARIOS, **scenarios.CARELESS, **issuing.ISSUING}
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(_be_child(known[request["scenario"]].act, request))
        _say({"pid": child})
        if request["kill_after"] is not None:
            # It may have ended already; its number stays taken until it is waited for.
            time.sleep(request["kill_after"])
            os.kill(child, signal.SIGKILL)
        _say({"status": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])})


def _say(answer: dict[str, int]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _be_child(act: object, request: dict[str, str]) -> int:
    from eic_tracker.errors import UserError

    assert callable(act)
    folder = Path(request["folder"])
    os.environ["XDG_DATA_HOME"] = str(folder / "data")
    out = os.open(request["out"], os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(*_ANY_TRACER, 0, 0, 0)
    # Looked for again and again: a call that waits would be interrupted by the watcher, who comes at any moment.
    until = time.monotonic() + _LONGEST_WAIT
    while not os.access(request["gate"], os.F_OK):
        if time.monotonic() > until:
            return 1
        time.sleep(0.002)
    # What could not be done is tried once more in the same process: when the disk works again, so does the program.
    for _attempt in (1, 2):
        try:
            act(folder)
        except UserError as problem:
            os.writev(1, [f"TOLD {problem}\n".encode()])
        except BaseException:
            os.writev(1, [traceback.format_exc().encode()])
            return 1
        else:
            return 0
    return TOLD


if __name__ == "__main__":
    _serve()
