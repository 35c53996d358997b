"""The window on a disk that is read-only, full or fails; a program of its own, alone in a mount namespace.

It is started with `read-only`, `faults` or `papers` and the folder where its disk is mounted; it says in JSON what it
saw."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from eic_tracker import drafts
from eic_tracker.cli import run
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.school_lists import ListDraft, ListKind
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.pages.reports_page import ReportsPage
from eic_tracker.gui.pages.settings_page import SettingsPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.copies_part import CopiesPart
from eic_tracker.gui.settings_parts.lists_part import ListsPart
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.services.lists import list_rows_of, save_item
from eic_tracker.store.chain import verify
from eic_tracker.store.database import Database
from tests.services.school import PASSWORD, school_file
from tests.shots.files import Records
from tests.shots.scenes import _enter_school
from tests.shots.stage import Stage, stage


def _words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _rename(db: Database, acting: ActingUser) -> int:
    row = list_rows_of(db, acting, ListKind.INSTITUTION)[0]
    draft = ListDraft(ListKind.INSTITUTION, {**row.values, "name": "Otro nombre"}, row.id, row.values)
    return save_item(db, acting, draft)


def read_only(folder: Path) -> dict[str, object]:
    """Open a school's file on a disk that takes nothing: signed in, read, writing told; not a byte changes."""
    file = school_file(folder)
    before = file.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    said: dict[str, object] = {}
    with stage(file, file, Records(1, 1, 1, 1, 1, 1, 1)) as made:
        made.open(file)
        door = next(each for each in made.window.findChildren(SignIn) if each.isVisible())
        said["door"] = _words(door)
        _enter_school(made, "registrar")
        said["header"] = _words(made.workplace.header)
        said["people"] = len(made.go("people").page.findChildren(Grid)[0].model.keys)
        made.go("settings").page.write(_rename, said=lambda _number: "stored")
        made.settle()
        message = made.workplace.messages.message()
        said["told"] = message.text if message is not None else ""
    said["commands"] = [
        _command("--file", str(file), *words)
        for words in (
            ("counts",),
            ("--as", "auditor", "journal", "show"),
            ("--as", "administrator", "users", "end", "auditor"),
        )
    ]
    assert [path.name for path in folder.iterdir()] == [file.name]
    assert file.read_bytes() == before
    return said


@contextlib.contextmanager
def _injected(calls: str, error: str) -> Iterator[None]:
    """This very program's system calls fail, on all its threads, as when a stick is pulled out."""
    words = ["strace", "-f", "-o", os.devnull, "-e", f"trace={calls}", "-e", f"inject={calls}:error={error}"]
    with subprocess.Popen([*words, "-p", str(os.getpid())], stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        said = tracer.stderr.readline()
        assert "attached" in said, said
        try:
            yield
        finally:
            tracer.terminate()


@contextlib.contextmanager
def _full(folder: Path) -> Iterator[None]:
    """Not a byte more fits on the disk."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    try:
        yield
    finally:
        ballast.unlink()


def _edit(made: Stage, name: str) -> ListsPart:
    """Open the form of the first institution and type another name."""
    made.window.go(Place("settings", state={"section": "lists", "list": "institution"}))
    made.settle()
    page = made.workplace.page
    assert isinstance(page, SettingsPage)
    part = page.part
    assert isinstance(part, ListsPart)
    with Database(made.school, read_only=True) as db:
        assert made.window.acting is not None
        row = list_rows_of(db, made.window.acting, ListKind.INSTITUTION)[0]
    part._open_form(row)
    made.settle()
    _typed(part).setFocus()
    _typed(part).selectAll()
    QTest.keyClicks(_typed(part), name)
    return part


def _is_kept(made: Stage, name: str) -> bool:
    """Whether what was typed lies among the drafts, where a crash does not take it."""
    assert made.window.file is not None
    kept = drafts.drafts_of(made.window.file.uid, "registrar")
    return name in json.dumps([dict(draft.content) for draft in kept], default=str)


def _typed(part: ListsPart) -> QLineEdit:
    assert part.pane.form is not None
    widget = part.pane.form.boxes["name"].editor.widget
    assert isinstance(widget, QLineEdit)
    return widget


def faults(folder: Path) -> dict[str, object]:
    """Save a form while the disk is full, takes nothing, is pulled out; then while all is well again."""
    file = school_file(folder)
    said: dict[str, object] = {}
    with stage(file, file, Records(1, 1, 1, 1, 1, 1, 1)) as made:
        _enter_school(made, "registrar")
        ways: dict[str, Callable[[], contextlib.AbstractContextManager[None]]] = {
            "full": lambda: _full(folder),
            "takes nothing": lambda: _injected("pwrite64", "EROFS"),
            "pulled out": lambda: _injected("pwrite64,pread64,fdatasync,ftruncate", "EIO"),
        }
        for number, (what, fault) in enumerate(ways.items()):
            name = f"Nombre {number}"
            part = _edit(made, name)
            with fault():
                part.pane._on_save()
                made.settle()
                message = part.pane.bar.message()
                said[what] = message.text if message is not None else ""
                assert _typed(part).text() == name, "what was typed stands there"
                made.until(lambda name=name: _is_kept(made, name))  # type: ignore[misc]
                made.go("people")
                made.go("home")
            part = _edit(made, name)
            part.pane._on_save()
            made.settle()
            assert not part.pane.is_open, part.pane.bar.message()
            with Database(file, read_only=True) as db, db.read() as connection:
                stored = connection.exec_driver_sql("SELECT name FROM institution WHERE name = ?", (name,)).all()
            assert len(stored) == 1, f"{what}: {stored}"
    with Database(file, read_only=True) as db, db.read() as connection:
        assert verify(connection) is None
    return said


def papers(folder: Path) -> dict[str, object]:
    """Write a workbook, export a view and copy the file to a disk that is full."""
    file = school_file(folder.parent)
    said: dict[str, object] = {}
    with stage(file, file, Records(1, 1, 1, 1, 1, 1, 1)) as made, _full(folder):
        _enter_school(made, "manager")
        page = made.go("reports").page
        assert isinstance(page, ReportsPage)
        page.write_rollup_to(folder / "rollup.xlsx")
        made.settle()
        said["workbook"] = _told(made)
        grid = made.go("people").page.findChildren(Grid)[0]
        grid.papers.export_to(folder / "people.xlsx")
        made.settle()
        said["view"] = _told(made)
        _enter_school(made, "administrator")
        made.window.go(Place("settings", state={"section": "copies"}))
        made.settle()
        settings = made.workplace.page
        assert isinstance(settings, SettingsPage)
        assert isinstance(settings.part, CopiesPart)
        settings.part.copy_to(folder)
        made.settle()
        said["copy"] = _told(made) or _words(settings.part)
    assert list(folder.iterdir()) == [], "nothing half done is left"
    return said


def _told(made: Stage) -> str:
    message = made.workplace.messages.message()
    said = message.text if message is not None else ""
    made.workplace.messages.dismiss()
    return said


def _command(*words: str) -> tuple[int, str]:
    told = io.StringIO()
    sys.stdin = io.StringIO(f"{PASSWORD}\n")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(told):
        status = run(["--lang", "en", *words])
    return status, told.getvalue()


if __name__ == "__main__":
    print(json.dumps({"read-only": read_only, "faults": faults, "papers": papers}[sys.argv[1]](Path(sys.argv[2]))))
