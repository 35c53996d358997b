"""All checks of `python3 run.py test`, one after the other, in the prepared environment; then a plain summary."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import run


def commands(pytest_words: list[str]) -> dict[str, list[str]]:
    """The modules that check, by the name that the summary gives them; tests come last."""
    return {
        "lint": ["ruff", "check"],
        "format": ["ruff", "format", "--check"],
        "types": ["mypy"],
        "dependencies": ["deptry", "."],
        # one more than the processors of a small machine: tests of the window, of faults and of papers wait for others
        "tests": ["pytest", "-n", "3", "--dist", "worksteal", "-p", "no:benchmark", *pytest_words],
    }


def left_out(everything: bool) -> list[str]:
    """What this run could not check, and why, one line each."""
    if everything:
        return []
    lines = [
        f"left out for want of {program.name} (Debian: {program.package}): {program.checks}"
        for program in run.missing_programs()
    ]
    return [*lines, "left out: long tests; `python3 run.py test --all` installs the programs and runs everything"]


def main(arguments: list[str]) -> int:
    """Run every check even after one failed; 1 when one failed."""
    at = arguments.index("--")
    everything = "--all" in arguments[:at]
    environment = {**os.environ, "EIC_TRACKER_ALL": "1" if everything else ""}
    lines = []
    failed = False
    for name, words in commands(arguments[at + 1 :]).items():
        print(f"== {name}: {' '.join(words)}", flush=True)
        started = time.monotonic()
        status = subprocess.run([sys.executable, "-m", *words], env=environment, check=False).returncode
        failed = failed or status != 0
        lines.append(f"{name} {f'FAILED ({status})' if status else 'ok'} in {time.monotonic() - started:.0f} s")
    print(f"== {'; '.join(lines)}")
    for line in left_out(everything):
        print(f"== {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
