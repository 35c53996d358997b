"""Files are written whole or not at all, and a database in place of another never inherits its log."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pytest

from eic_tracker.errors import FileProblem
from eic_tracker.store.database import Database
from eic_tracker.store.files import building, unused_name, write_bytes, write_whole
from eic_tracker.store.migrate import create_file
from tests.store.small_file import add_rank


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    paper = tmp_path / "reports" / "quarterly.pdf"
    write_bytes(paper, b"old")
    write_bytes(paper, b"new")
    assert paper.read_bytes() == b"new"
    assert list(paper.parent.iterdir()) == [paper]


def test_a_writer_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    paper = tmp_path / "quarterly.pdf"
    write_bytes(paper, b"old")

    def fail(file: BinaryIO) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(FileProblem, match="the disk is full"):
        write_whole(paper, fail)
    assert paper.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [paper]


def test_a_name_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "quarterly.pdf" / "inside").mkdir(parents=True)
    with pytest.raises(FileProblem, match="could not be written"):
        write_bytes(tmp_path / "quarterly.pdf", b"new")
    assert list(tmp_path.iterdir()) == [tmp_path / "quarterly.pdf"]


def test_a_database_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new.eic"
    with pytest.raises(ZeroDivisionError), building(path) as part:
        _make_and_fail(part)
    assert list(tmp_path.iterdir()) == []
    with building(path) as part:
        create_file(part)
        assert not path.exists()
    assert list(tmp_path.iterdir()) == [path]


def _make_and_fail(part: Path) -> None:
    create_file(part)
    raise ZeroDivisionError


def test_a_database_does_not_take_the_place_of_one_that_is_open(file: Path) -> None:
    with Database(file) as db:
        add_rank(db, "in the log")
        before = file.read_bytes()
        with pytest.raises(FileProblem, match="is open, or was not closed"), building(file) as part:
            create_file(part)
        assert file.read_bytes() == before
        assert add_rank(db, "still works") == 4


def test_a_problem_with_the_temporary_name_is_told_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new.eic"
    with pytest.raises(FileProblem) as told, building(path) as part:
        _make_in_the_way(part)
    assert told.value.values["file"] == path


def _make_in_the_way(part: Path) -> None:
    part.mkdir()
    create_file(part)


def test_an_unused_name_is_found(tmp_path: Path) -> None:
    for expected in ("a.eic", "a-2.eic", "a-3.eic"):
        found = unused_name(tmp_path / "a.eic")
        assert found.name == expected
        found.touch()
