"""Prepared folders and the process from which scenarios are forked."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.children import Nursery
from tests.faults.issuing import ISSUING
from tests.faults.scenarios import CARELESS, SCENARIOS

IN_MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def workshop() -> Iterator[Path]:
    """A folder on a disk in memory where there is one: syncs that nobody needs cost nothing there."""
    place = IN_MEMORY if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="eic-faults-", dir=place) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def nursery(workshop: Path) -> Iterator[Nursery]:
    """The process with everything loaded."""
    folder = workshop / "nursery"
    folder.mkdir()
    made = Nursery(folder)
    yield made
    made.close()


Fresh = Callable[[str], Path]


@pytest.fixture(scope="session")
def fresh(workshop: Path) -> Fresh:
    """A scenario's folder as it is before the work, made anew by each call and always at the same place."""
    prepared: dict[str, Path] = {}

    def make(scenario: str) -> Path:
        if scenario not in prepared:
            template = workshop / f"template-{len(prepared)}"
            template.mkdir()
            {**SCENARIOS, **CARELESS, **ISSUING}[scenario].prepare(template)
            prepared[scenario] = template
        work = workshop / "work"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(prepared[scenario], work)
        return work

    return make
