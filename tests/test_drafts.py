"""What is half typed is there again after a crash, for the same user in the same file, and for nobody else."""

from __future__ import annotations

import datetime as dt
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker import paths
from eic_tracker.drafts import MOST_BYTES, drafts_of, forget, keep, take
from eic_tracker.errors import UserError

NOW = dt.datetime(2018, 12, 31, 18, 30, tzinfo=dt.UTC)
UID = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path)
    return iter([tmp_path])


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_form_is_kept_until_it_is_forgotten(tmp_path: Path) -> None:
    keep(UID, "registrar", "person/17", {"name": "Núñez"}, NOW)
    keep(UID, "registrar", "person/17", {"name": "Núñez Ñandú", "alias": None}, NOW)
    found = take(UID, "registrar", "person/17")
    assert found is not None
    assert (found.content, found.kept_at) == ({"name": "Núñez Ñandú", "alias": None}, NOW)
    assert take(UID, "registrar", "person/17") is not None, "taking is not forgetting"
    forget(UID, "registrar", "person/17")
    assert take(UID, "registrar", "person/17") is None
    forget(UID, "registrar", "person/17")
    assert files(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_nobody_else_on_the_computer_reads_them(tmp_path: Path) -> None:
    keep(UID, "registrar", "person", {}, NOW)
    (path,) = files(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


names = st.text(max_size=12)


@given(st.tuples(names, names, names), st.tuples(names, names, names))
def test_one_sees_only_one_s_own(
    tmp_path_factory: pytest.TempPathFactory, mine: tuple[str, str, str], asked: tuple[str, str, str]
) -> None:
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "data_folder", lambda: folder)
        keep(*mine, {"typed": "x"}, NOW)
        assert (take(*asked) is not None) == (mine == asked)
        assert [draft.form for draft in drafts_of(*asked[:2])] == ([mine[2]] if mine[:2] == asked[:2] else [])


def test_a_draft_moved_to_another_user_s_folder_is_not_shown(tmp_path: Path) -> None:
    keep(UID, "registrar", "person", {"typed": "x"}, NOW)
    (path,) = files(tmp_path)
    keep(UID, "instructor", "person", {"typed": "y"}, NOW)
    other = next(found for found in files(tmp_path) if found != path)
    path.replace(other)
    assert take(UID, "instructor", "person") is None
    assert drafts_of(UID, "instructor") == ()


def test_the_newest_comes_first() -> None:
    for minutes, form in enumerate(["a", "b", "c"]):
        keep(UID, "registrar", form, {}, NOW + dt.timedelta(minutes=minutes))
    assert [draft.form for draft in drafts_of(UID, "registrar")] == ["c", "b", "a"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff", b'{"format": "eic-tracker-draft"}', b" " * (MOST_BYTES + 1)]
)
def test_a_damaged_draft_is_none(tmp_path: Path, content: bytes) -> None:
    keep(UID, "registrar", "person", {"typed": "x"}, NOW)
    (path,) = files(tmp_path)
    path.write_bytes(content)
    assert take(UID, "registrar", "person") is None
    assert drafts_of(UID, "registrar") == ()


def test_too_much_is_told_and_what_was_kept_stays() -> None:
    keep(UID, "registrar", "person", {"typed": "x"}, NOW)
    with pytest.raises(UserError, match="too much"):
        keep(UID, "registrar", "person", {"typed": "x" * MOST_BYTES}, NOW)
    found = take(UID, "registrar", "person")
    assert found is not None
    assert found.content == {"typed": "x"}


def test_a_disk_that_refuses_is_told_and_what_was_kept_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(UID, "registrar", "person", {"typed": "x"}, NOW)

    def refuse(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(UserError, match="No space left"):
        keep(UID, "registrar", "person", {"typed": "y"}, NOW)
    found = take(UID, "registrar", "person")
    assert found is not None
    assert found.content == {"typed": "x"}
    assert len(files(tmp_path)) == 1


TYPING = """
import datetime as dt, sys
from pathlib import Path
from eic_tracker import drafts, paths
folder = Path(sys.argv[1])
paths.data_folder = lambda: folder
for number in range(1_000_000):
    drafts.keep("u", "registrar", "person", {"typed": "x" * number, "number": number}, dt.datetime.now(dt.UTC))
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("after", [1, 17, 120])
def test_what_was_kept_survives_a_kill(tmp_path: Path, after: int) -> None:
    words = [sys.executable, "-c", TYPING, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        for line in child.stdout:
            if int(line) >= after:
                os.kill(child.pid, signal.SIGKILL)
                break
        said = [after, *map(int, child.stdout.read().split())]
    found = take("u", "registrar", "person")
    assert found is not None
    assert found.content["number"] >= said[-1]
    assert found.content["typed"] == "x" * found.content["number"]
    forget("u", "registrar", "person")
    assert files(tmp_path) == [], "not even what a kill left half written"
