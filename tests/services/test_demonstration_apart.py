"""The demonstration built by another process: stopped without a trace, refused in words, and its removal."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.errors import FileProblem, Refused
from eic_tracker.services.demonstration import build_apart, remove_demonstration
from eic_tracker.store import lock
from tests.services.school import school_file


class Enough(Exception):
    """Raised by who waits no longer."""


def test_building_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        assert 0 < done < total
        raise Enough

    with pytest.raises(Enough):
        build_apart(tmp_path / "demo.eic", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_of_the_other_process_arrives_in_words(tmp_path: Path) -> None:
    path = school_file(tmp_path)
    with pytest.raises(Refused) as refused:
        build_apart(path, progress=lambda _done, _total: None)
    assert refused.value.values == {"file": path}


def test_only_a_demonstration_that_nobody_has_open_is_removed(tmp_path: Path, demo_file: Path) -> None:
    path = school_file(tmp_path)
    with pytest.raises(Refused):
        remove_demonstration(path)
    assert path.exists()
    with lock.hold(demo_file, "ada"), pytest.raises(FileProblem):
        remove_demonstration(demo_file)
    assert demo_file.exists()
    remove_demonstration(demo_file)
    assert not demo_file.exists()
    remove_demonstration(demo_file)
