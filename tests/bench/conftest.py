"""The large file of the benches: made once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.services.demonstration import build_demonstration

LARGE = 361_390
"""So many people more than the demonstration has."""


@pytest.fixture(scope="session")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration file with many people more; nobody changes a person in it."""
    path = tmp_path_factory.mktemp("large") / "demo.eic"
    build_demonstration(path, people=LARGE)
    return path
