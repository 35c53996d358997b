"""One window writes per file; whoever asks is told who it is, and a crash leaves no lock."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from eic_tracker.errors import FileProblem
from eic_tracker.store.database import Database
from eic_tracker.store.lock import InUse, ensure_not_open, hold, holder, sidecar
from eic_tracker.store.tables.reference import Rank
from tests.store.small_file import change, rows

HOLDER = """\
import sys
from pathlib import Path
from eic_tracker.store.lock import hold
with hold(Path(sys.argv[1]), "registrar"):
    print("held", flush=True)
    sys.stdin.read()
"""

READER = """\
import sys
from pathlib import Path
from eic_tracker.store.database import Database
with Database(Path(sys.argv[1])) as db:
    with db.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM rank").all()
    print("open", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _other_program(script: str, file: Path) -> Iterator[subprocess.Popen[str]]:
    words = [sys.executable, "-c", script, str(file)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline()
        yield program
        if program.stdin is not None and program.poll() is None:
            program.stdin.close()


def test_a_free_file_has_no_holder(file: Path) -> None:
    assert holder(file) is None
    ensure_not_open(file)
    assert list(file.parent.iterdir()) == [file]


def test_the_second_window_is_told_who_has_the_file(file: Path) -> None:
    with _other_program(HOLDER, file) as program:
        found = holder(file)
        assert found is not None
        assert (found.user, found.machine, found.process) == ("registrar", platform.node(), program.pid)
        with pytest.raises(InUse, match="registrar") as told, hold(file, "manager"):
            pass
        assert told.value.holder == found
        with pytest.raises(InUse):
            ensure_not_open(file)
    assert holder(file) is None
    with hold(file, "manager") as me:
        assert holder(file) == me


def test_the_lock_goes_with_its_window_and_leaves_nothing(file: Path) -> None:
    with hold(file, "registrar"):
        assert sidecar(file).exists()
    assert list(file.parent.iterdir()) == [file]


def test_a_crash_leaves_no_lock(file: Path) -> None:
    with _other_program(HOLDER, file) as program:
        os.kill(program.pid, signal.SIGKILL)
        program.wait(timeout=10)
        assert sidecar(file).exists(), "its text stays behind"
        assert holder(file) is None
        ensure_not_open(file)
        with hold(file, "manager") as me:
            assert me.user == "manager"


def test_asking_does_not_keep_a_window_out(file: Path) -> None:
    for _ in range(50):
        with hold(file, "registrar"):
            assert holder(file) is not None
        assert holder(file) is None


def test_reading_and_writing_beside_the_window_goes_on(file: Path) -> None:
    with _other_program(HOLDER, file), Database(file) as db:
        change(db, "test", Rank, {1: {"name": "X"}})
        assert rows(db, "SELECT name FROM rank") == [("X",)]


def test_a_file_that_another_program_has_open_is_told(file: Path) -> None:
    before = file.read_bytes()
    with _other_program(READER, file), pytest.raises(InUse, match="open in another program"):
        ensure_not_open(file)
    ensure_not_open(file)
    assert file.read_bytes() == before


def test_a_file_that_this_program_has_open_is_told(file: Path) -> None:
    with Database(file) as db:
        rows(db, "SELECT 1 FROM rank")
        with pytest.raises(InUse):
            ensure_not_open(file)
        assert rows(db, "SELECT 1 FROM rank") == [(1,)], "asking did not disturb it"


def test_a_sidecar_that_says_nothing_sensible_does_no_harm(file: Path) -> None:
    sidecar(file).write_text("{", encoding="utf-8")
    assert holder(file) is None
    with hold(file, "registrar"):
        pass
    assert not sidecar(file).exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="could not be written"), hold(tmp_path / "none" / "x.eic", "registrar"):
        pass
