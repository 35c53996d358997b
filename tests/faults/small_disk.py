"""Work on a disk that is really full or read-only; a program of its own, alone in a mount namespace.

It is started with `full`, `read-only`, `stick` or `closing` and the folder of its disk; it says in JSON what it saw.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from eic_tracker import paths
from eic_tracker.domain.codes import Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import FileProblem
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.quarters import close_quarter
from eic_tracker.services.safekeeping import automatic_copy_if_changed, copies_of_file, copy_elsewhere
from eic_tracker.store.copies import backup
from eic_tracker.store.database import Database, header
from eic_tracker.store.files import building, write_bytes
from eic_tracker.store.lock import hold
from eic_tracker.store.migrate import create_file
from eic_tracker.store.restoring import restore
from tests.faults.scenarios import NEW_PAPER, OLD_PAPER, newest_set
from tests.services.school import school, user
from tests.store.small_file import ACTOR, add_rank, make_small_file, rows

BALLAST = 2_000_000


def told(work: Callable[[], object]) -> str:
    """The sentence with which the work is refused; it fails when the work succeeds or ends in another error."""
    try:
        work()
    except FileProblem as problem:
        return str(problem)
    raise AssertionError("the disk took it")


def _build(path: Path) -> None:
    with building(path) as part:
        create_file(part)


def _hold(path: Path) -> None:
    with hold(path, "registrar"):
        pass


def full(folder: Path) -> dict[str, object]:
    """Fill the disk by saving until it is full, then free some space and go on in the same process."""
    file, copy, paper = folder / "school.eic", folder / "copy.eic", folder / "quarterly.pdf"
    make_small_file(file)
    backup(file, copy)
    write_bytes(paper, OLD_PAPER)
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(BALLAST))
    with Database(file) as db:
        saved = 0
        sentence = ""
        while not sentence:
            try:
                add_rank(db, f"{saved} " + "x" * 20_000)
                saved += 1
            except FileProblem as problem:
                sentence = str(problem)
        seen = [sentence, *(told(work) for work in (lambda: backup(file, copy), lambda: _build(folder / "new.eic")))]
        seen.append(told(lambda: write_bytes(paper, NEW_PAPER * 8)))
        assert rows(db, "SELECT count(*) FROM rank") == [(saved + 1,)], "all that was saved is there, and no more"
        ballast.unlink()
        add_rank(db, "with room again")
    assert newest_set(file) == 8 + saved + 1
    assert newest_set(copy) == 8
    assert paper.read_bytes() == OLD_PAPER
    assert not (folder / "new.eic").exists()
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == [], "nothing half done is left"
    return {"saved": saved, "told": seen}


def read_only(folder: Path) -> dict[str, object]:
    """Make the disk read-only: reading goes on, every kind of writing is told, and not a byte changes."""
    file, copy, paper = folder / "school.eic", folder / "copy.eic", folder / "quarterly.pdf"
    make_small_file(file)
    backup(file, copy)
    write_bytes(paper, OLD_PAPER)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    with Database(file) as db:
        assert rows(db, "SELECT count(*) FROM enrolment") == [(3,)]
        seen = [told(lambda: add_rank(db, "X"))]
        assert rows(db, "SELECT count(*) FROM rank") == [(1,)]
    seen += [
        told(work)
        for work in (
            lambda: backup(file, copy),
            lambda: restore(copy, file, ACTOR),
            lambda: _build(folder / "new.eic"),
            lambda: write_bytes(paper, NEW_PAPER),
            lambda: _hold(file),
        )
    ]
    assert header(file) == header(copy)
    assert newest_set(file) == newest_set(copy) == 8
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    return {"told": seen}


def stick(folder: Path) -> dict[str, object]:
    """Copy to a stick that is sound, then full, then read-only, then pulled out: told each time, nothing half done."""
    acting = ActingUser(ACTOR.user_id or 0, ACTOR.login, "", Role.ADMINISTRATOR)
    with tempfile.TemporaryDirectory() as own:
        file = Path(own) / "school.eic"
        make_small_file(file)
        with Database(file) as db:
            first = copy_elsewhere(db, acting, folder)
            assert not first.same_disk
            assert (newest_set(first.path), newest_set(file)) == (8, 9)
            (folder / "ballast").write_bytes(bytes(shutil.disk_usage(folder).free - 300_000))
            seen = [told(lambda: copy_elsewhere(db, acting, folder))]
            paths.data_folder = lambda: folder
            kept = automatic_copy_if_changed(db, "changed")
            assert kept.failed
            assert copies_of_file(db) == ()
            seen.append(kept.message.format(**kept.values))
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
            seen.append(told(lambda: copy_elsewhere(db, acting, folder)))
            subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
            assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["ballast", first.path.name]
            (folder / "ballast").unlink()

            def pull_out(_done: int, _all: int) -> None:
                if folder.is_mount():
                    subprocess.run(["umount", "-l", str(folder)], check=True)

            seen.append(told(lambda: copy_elsewhere(db, acting, folder, progress=pull_out)))
            assert list(folder.iterdir()) == [], "nothing is put where the stick was"
            taken = "SELECT count(*) FROM change_set WHERE use_case = 'copy_elsewhere'"
            assert rows(db, taken) == [(1,)], "only the copy that was made stands in the journal"
            add_rank(db, "work goes on")
    return {"told": seen}


def closing(folder: Path) -> dict[str, object]:
    """Close a quarter onto a stick that is full: told, nothing frozen, nothing half written; with room it is closed."""
    period, today, t = parse_period("2018Q4"), dt.date(2019, 1, 2), Translator(Language.EN)
    sent, ballast = folder / "sent", folder / "ballast"
    with tempfile.TemporaryDirectory() as own, school(Path(own)) as db:
        manager = user(db, Role.MANAGER)
        seen = []
        for room in (0, 30_000):
            ballast.write_bytes(bytes(shutil.disk_usage(folder).free - room))
            seen.append(told(lambda: close_quarter(db, manager, period, sent, t=t, today=today)))
            assert [path.name for path in folder.iterdir()] == ["ballast"], "nothing half written is left"
            assert rows(db, "SELECT count(*) FROM closed_quarter") == [(0,)]
            ballast.unlink()
        close_quarter(db, manager, period, sent, t=t, today=today)
        assert sorted(path.name for path in sent.iterdir()) == ["2018Q4.pdf", "2018Q4.xlsx", "SHA256SUMS.txt"]
        assert rows(db, "SELECT count(*) FROM closed_quarter") == [(1,)]
    return {"told": seen}


WORKS = {"full": full, "read-only": read_only, "stick": stick, "closing": closing}

if __name__ == "__main__":
    print(json.dumps(WORKS[sys.argv[1]](Path(sys.argv[2]))))
