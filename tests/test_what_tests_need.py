"""What the tests need of a machine and leave on it: programs that are missing are named, what runs on is an error."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).resolve().parent.parent


def test_every_outside_program_is_called_by_a_test() -> None:
    files = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
    tests = "".join(path.read_text(encoding="utf-8") for path in files)
    needed = [name for words in re.findall(r"mark\.needs\(([^)]*)\)", tests) for name in re.findall(r'"(\w+)"', words)]
    assert set(needed) == {program.name for program in run.PROGRAMS}


MARKED = """
import pytest

@pytest.mark.needs("soffice")
def test_recalculated(): pass

@pytest.mark.long
def test_for_minutes(): pass

def test_plain(): pass
"""


def run_marked(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, everything: str) -> pytest.RunResult:
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy((ROOT / "tests" if name == "conftest.py" else ROOT) / name, pytester.path)
    pytester.makepyfile(test_marked=MARKED)
    monkeypatch.setenv("PATH", str(pytester.path))
    monkeypatch.setenv("EIC_TRACKER_ALL", everything)
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist", ".")


def test_a_missing_program_is_left_out_by_name_in_the_short_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run_marked(pytester, monkeypatch, "")
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(["1 x for want of soffice (Debian: libreoffice-calc)", "1 x long: only with --all"])


def test_a_missing_program_fails_the_full_run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run_marked(pytester, monkeypatch, "1")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*soffice is missing and --all was asked for*"])
    assert result.parseoutcomes()["passed"] == 2


LEFTOVERS = """
import subprocess, sys, threading

def test_a_thread(): threading.Thread(target=threading.Event().wait, daemon=True).start()

left = []
def test_a_process(): left.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
def test_tidy():
    left[0].communicate()
"""


def test_what_a_test_leaves_running_fails_it(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy((ROOT / "tests" if name == "conftest.py" else ROOT) / name, pytester.path)
    pytester.makepyfile(test_leftovers=LEFTOVERS)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist", ".")
    result.assert_outcomes(passed=3, errors=2)
    result.stdout.fnmatch_lines(
        ["*still running after the test: *thread *", "*still running after the test: *process *"]
    )
