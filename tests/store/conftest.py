"""A small file whose journal holds inserts, updates and a delete; made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from eic_tracker.store.database import Database
from tests.store.small_file import make_small_file


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small file as it was made. Read only: take `file` to change it."""
    path = tmp_path_factory.mktemp("template") / "small.eic"
    make_small_file(path)
    return path


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    """A copy of the small file that a test may change."""
    return Path(shutil.copy(template, tmp_path / "small.eic"))


@pytest.fixture
def db(file: Path) -> Iterator[Database]:
    """The small file, open."""
    with Database(file) as database:
        yield database
