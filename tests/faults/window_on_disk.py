"""The window on a read-only disk; a program of its own, alone in a mount namespace.

It is started with the folder where its disk is mounted; it says in JSON what it saw."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QLabel, QWidget

from eic_tracker.cli import run
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.school_lists import ListDraft, ListKind
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.services.lists import list_rows_of, save_item
from eic_tracker.store.database import Database
from tests.services.school import PASSWORD, school_file
from tests.shots.files import Records
from tests.shots.scenes import _enter_school
from tests.shots.stage import stage


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
    with stage(file, file, Records(1, 1, 1, 1, 1, 1)) as made:
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


def _command(*words: str) -> tuple[int, str]:
    told = io.StringIO()
    sys.stdin = io.StringIO(f"{PASSWORD}\n")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(told):
        status = run(["--lang", "en", *words])
    return status, told.getvalue()


if __name__ == "__main__":
    print(json.dumps(read_only(Path(sys.argv[1]))))
