"""A disk that is really full, and one that is really read-only: mounted for a child process alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.machine import forbids

SIZE = "8m"


def _alone(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script in a mount namespace of its own: what it mounts, nobody else sees, and it goes with it."""
    if os.name == "posix" and os.geteuid() == 0:
        # within a changed root there is no mount at / that could be made private
        namespace = ["unshare", "-m", "--propagation", "unchanged"]
        script = f"mount --make-rprivate / 2>/dev/null || :; {script}"
    else:
        namespace = ["unshare", "-rm"]
    return subprocess.run(
        [*namespace, "sh", "-ec", script, "sh", *words], capture_output=True, text=True, check=False, timeout=100
    )


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder where a small disk can be mounted; where the machine forbids that, it is said, and --all fails."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        tried = _alone('mount -t tmpfs -o size=100k tmpfs "$1"', str(folder))
        why = tried.stderr if tried.returncode else ""
    except OSError as error:
        why = str(error)
    if why:
        forbids(f"this machine mounts no small disk for a test: {why.strip()}")
    yield folder
    while folder.is_mount():  # what could not be made private is seen outside, too
        subprocess.run(["umount", str(folder)], check=True)


def _on_a_small_disk(disk: Path, what: str) -> dict[str, Any]:
    mount = (
        f'mount -t tmpfs -o size={SIZE} tmpfs "$1"; export XDG_DATA_HOME="$4"; exec "$2" -m tests.faults.small_disk '
    )
    done = _alone(mount + '"$3" "$1"', str(disk), sys.executable, what, str(disk.parent / "data"))
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_a_full_disk_is_told_and_the_program_goes_on_when_there_is_room(
    disk: Path, record_property: Callable[[str, object], None]
) -> None:
    said = _on_a_small_disk(disk, "full")
    assert said["saved"] > 10
    assert all("full" in sentence or "No space" in sentence or "did not take" in sentence for sentence in said["told"])
    record_property("faults", ["full disk", f"{said['saved']} sets saved before it was", len(said["told"]), 0, 0])


def test_a_quarter_is_not_closed_where_its_papers_find_no_room(
    disk: Path, record_property: Callable[[str, object], None]
) -> None:
    said = _on_a_small_disk(disk, "closing")
    assert len(said["told"]) == 2
    assert all("full" in sentence or "No space" in sentence for sentence in said["told"])
    record_property("faults", ["full disk", "closing a quarter", len(said["told"]), 0, 0])


def test_a_read_only_disk_is_read_and_every_writing_told(
    disk: Path, record_property: Callable[[str, object], None]
) -> None:
    said = _on_a_small_disk(disk, "read-only")
    assert all("read-only" in sentence.lower() for sentence in said["told"])
    record_property("faults", ["read-only disk", "reading goes on", len(said["told"]), 0, 0])


def test_a_file_on_a_read_only_disk_is_opened_and_read_by_window_and_commands(
    disk: Path, record_property: Callable[[str, object], None]
) -> None:
    said = _in_a_window(disk, "read-only")
    for place in ("door", "header"):
        assert "solo se lee" in said[place]
    assert said["people"] == 5
    assert "solo lectura" in said["told"]
    (counted, first), (shown, second), (refused, third) = said["commands"]
    assert (counted, shown, refused) == (0, 0, 2)
    assert all("it is only read" in told for told in (first, second, third))
    assert "cannot be written" in third
    record_property("faults", ["read-only disk", "window and commands", 4, 0, 0])


def _in_a_window(disk: Path, what: str) -> dict[str, Any]:
    mount = f'mount -t tmpfs -o size={SIZE} tmpfs "$1"; export XDG_DATA_HOME="$4"; exec "$2" '
    script = mount + '-m tests.faults.window_on_disk "$3" "$1"'
    done = _alone(script, str(disk), sys.executable, what, str(disk.parent / "data"))
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.mark.needs("strace")
def test_a_form_saved_while_the_disk_is_full_read_only_or_gone_keeps_its_text_and_is_saved_later(
    disk: Path, record_property: Callable[[str, object], None]
) -> None:
    said = _in_a_window(disk, "faults")
    assert "lleno" in said["full"]
    for what in ("takes nothing", "pulled out"):
        assert "disco" in said[what]
    record_property("faults", ["window", "form saved on a disk that fails", len(said), 0, 0])


def test_papers_and_copies_that_find_no_room_are_told_in_one_sentence_and_leave_nothing(
    disk: Path, record_property: Callable[[str, object], None]
) -> None:
    said = _in_a_window(disk, "papers")
    for what in ("workbook", "view", "copy"):
        assert disk.name in said[what]
        assert "{" not in said[what]
    record_property("faults", ["window", "papers and copies on a full disk", len(said), 0, 0])


def test_a_stick_that_fills_up_or_is_pulled_out_is_told_and_keeps_what_was_on_it(
    disk: Path, record_property: Callable[[str, object], None]
) -> None:
    said = _on_a_small_disk(disk, "stick")
    full, automatic, read_only, gone = said["told"]
    assert "full" in full or "No space" in full or "did not take" in full
    assert "full" in automatic or "No space" in automatic or "did not take" in automatic
    assert "read-only" in read_only.lower()
    assert "its folder is gone" in gone
    record_property("faults", ["stick", "full, read-only, pulled out", len(said["told"]), 0, 0])
