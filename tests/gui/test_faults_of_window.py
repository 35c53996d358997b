"""What goes wrong while the window is open: one clear sentence or nothing to see, and nothing lost."""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker import drafts
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.school_lists import ListDraft, ListKind
from eic_tracker.errors import Refused, UserError
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.place import Place
from eic_tracker.gui.widgets import message_bar
from eic_tracker.gui.widgets.figure_tile import FigureTile
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.services.lists import list_rows_of, save_item
from eic_tracker.services.users import set_active
from eic_tracker.store.database import Database
from tests.gui.windows import WAIT, demonstration, go, place_of_work, settle, until, window
from tests.services.demonstration_file import number
from tests.services.school import PASSWORD, school_file

SCHOOL = "Escuela Nacional de Prueba"


def rename_item(db: Database, acting: ActingUser, kind: ListKind, name: str) -> int:
    """A write as a form makes it: the first item of a list gets another name."""
    row = list_rows_of(db, acting, kind)[0]
    return save_item(db, acting, ListDraft(kind, {**row.values, "name": name}, row.id, row.values))


def write(qtbot: QtBot, made: MainWindow, name: str) -> None:
    """Write by the window's writer, as a page does."""
    page = place_of_work(made).page
    page.write(rename_item, ListKind.INSTITUTION, name, said=lambda _number: "stored")
    settle(qtbot, made)


def told(made: MainWindow) -> str:
    """What the bar above the page says."""
    message = place_of_work(made).messages.message()
    return message.text if message is not None else ""


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_file_that_is_moved_away_is_told_at_the_next_write_and_nothing_is_lost(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    with demonstration(qtbot, demo_file) as made:
        elsewhere = tmp_path / "moved.eic"
        demo_file.rename(elsewhere)
        write(qtbot, made, SCHOOL)
        assert demo_file.name in told(made)
        assert "moved" in told(made) or "movió" in told(made) or "movido" in told(made)
        elsewhere.rename(demo_file)
        place_of_work(made).messages.dismiss()
        write(qtbot, made, SCHOOL)
        assert told(made) == ""
    assert number(demo_file, "SELECT count(*) FROM institution WHERE name = ?", [SCHOOL]) == 1


@pytest.mark.parametrize("how", ["renamed", "deleted", "another"])
def test_a_file_that_vanishes_under_a_window_that_has_written_takes_no_more_rows_that_nobody_would_find(
    qtbot: QtBot, demo_file: Path, tmp_path: Path, how: str
) -> None:
    with demonstration(qtbot, demo_file) as made:
        write(qtbot, made, SCHOOL)
        assert told(made) == ""
        elsewhere = tmp_path / "elsewhere.eic"
        demo_file.rename(elsewhere)
        if how == "deleted":
            elsewhere.unlink()
        elif how == "another":
            demo_file.write_bytes(b"another file under the same name")
        write(qtbot, made, SCHOOL + " 2")
        assert demo_file.name in told(made)
        assert "renombr" in told(made)
        place_of_work(made).messages.dismiss()
        assert len(go(qtbot, made, Place("people")).page.findChildren(Grid)[0].model.keys) > 0, "it is still read"
        if how == "deleted":
            return
        elsewhere.replace(demo_file)
        write(qtbot, made, SCHOOL + " 3")
        assert told(made) == ""
    assert number(demo_file, "SELECT count(*) FROM institution WHERE name = ?", [SCHOOL + " 3"]) == 1
    assert number(demo_file, "SELECT count(*) FROM institution WHERE name = ?", [SCHOOL + " 2"]) == 0


def test_undo_says_why_an_account_stays_changed_and_takes_nothing_older_back(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file, Role.ADMINISTRATOR) as made:
        write(qtbot, made, SCHOOL)
        work = place_of_work(made)
        work.page.write(set_active, login="auditor", active=False, said=lambda _none: "ended")
        settle(qtbot, made)
        work.undo()
        settle(qtbot, made)
        assert "auditor" in words(work.toast)
        assert number(demo_file, "SELECT count(*) FROM institution WHERE name = ?", [SCHOOL]) == 1
        write(qtbot, made, SCHOOL + " 2")
        work.undo()
        settle(qtbot, made)
        assert number(demo_file, "SELECT count(*) FROM institution WHERE name = ?", [SCHOOL]) == 1
        # what was undone is offered to be done again, not to be undone once more
        again = next(each for each in work.toast.findChildren(QPushButton) if each.isVisible())
        assert again.text() == f"{made.t('Redo')}  Ctrl+Y"
        again.click()
        settle(qtbot, made)
        assert number(demo_file, "SELECT count(*) FROM institution WHERE name = ?", [SCHOOL + " 2"]) == 1


HOLDER = """
import sys
from pathlib import Path
from eic_tracker.store import lock
with lock.hold(Path(sys.argv[1]), "marta"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(demo_file: Path) -> Iterator[Path]:
    """A demonstration file in which another window writes."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(demo_file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    yield demo_file
    child.communicate(timeout=20)


def test_what_a_page_could_not_read_goes_with_it_once_it_could_be_read(
    qtbot: QtBot, demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_bar, "READ_FOR", 0.8)
    with demonstration(qtbot, demo_file) as made:
        page = go(qtbot, made, Place("people")).page

        def unreadable(_db: Database, _acting: ActingUser) -> None:
            raise UserError("The roster could not be read.")

        page.read(unreadable, done=lambda _answer: None)
        settle(qtbot, made)
        said = told(made)
        assert said
        go(qtbot, made, Place("home"))
        assert told(made) == said, "nobody can have read it yet"
        until(qtbot, lambda: told(made) == "")
        go(qtbot, made, Place("people"))
        page.read(unreadable, done=lambda _answer: None)
        settle(qtbot, made)
        qtbot.wait(900)
        assert told(made) == said, "it stays while its page does"
        go(qtbot, made, Place("home"))
        assert told(made) == "", "it is about people, not about the home page"


def test_what_was_not_stored_is_told_until_somebody_closes_it(
    qtbot: QtBot, demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_bar, "READ_FOR", 0.1)

    def refuse(_db: Database, _acting: ActingUser) -> None:
        raise Refused("“{login}” may not do that.", login="registrar")

    with demonstration(qtbot, demo_file) as made:
        page = go(qtbot, made, Place("people")).page
        page.write(refuse, said=lambda _answer: "stored")
        settle(qtbot, made)
        said = told(made)
        assert "registrar" in said
        for place in ("home", "courses", "people"):
            qtbot.wait(150)
            go(qtbot, made, Place(place))
            assert told(made) == said
        place_of_work(made).messages.dismiss()
        assert told(made) == ""


def test_a_page_that_waits_behind_long_work_says_so_and_for_what(qtbot: QtBot, demo_file: Path) -> None:
    go_on = threading.Event()

    def long_work(_db: Database, *, progress: object) -> None:
        go_on.wait(WAIT / 1000)

    with demonstration(qtbot, demo_file, Role.MANAGER) as made:
        workplace = place_of_work(made)
        job = workplace.around.jobs.long(long_work, owner=made, done=lambda _none: None)
        job.says = "Escribiendo personas.xlsx…"
        try:
            made.go(Place("published"))
            page = workplace.page
            assert not page.waiting.isVisible(), "a moment needs no word"
            until(qtbot, lambda: page.waiting.text() == "Espera a que termine: Escribiendo personas.xlsx")
            assert page.waiting.isVisible()
            made.go(Place("home"))
            tile = workplace.page.findChildren(FigureTile)[0]
            tile.click()
            until(qtbot, lambda: "Escribiendo personas.xlsx" in workplace.pane.sentence.text())
        finally:
            go_on.set()
        settle(qtbot, made)
        assert not workplace.page.waiting.isVisible()
        assert "exactamente" in workplace.pane.sentence.text()
        go(qtbot, made, Place("published"))
        assert not workplace.page.waiting.isVisible()


def test_a_second_window_only_reads_and_says_who_writes(qtbot: QtBot, held: Path) -> None:
    with demonstration(qtbot, held) as made:
        workplace = place_of_work(made)
        assert made.file is not None
        assert made.file.read_only
        assert "marta" in words(workplace.header)
        assert len(go(qtbot, made, Place("people")).page.findChildren(Grid)[0].model.keys) > 0
        before = number(held, "SELECT count(*) FROM change_set")
        write(qtbot, made, SCHOOL)
        assert told(made) != ""
        assert number(held, "SELECT count(*) FROM change_set") == before


def test_the_answer_for_a_page_that_is_closed_by_now_changes_nothing(
    qtbot: QtBot, demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from eic_tracker.gui.widgets import page_reader

    gate = threading.Event()
    honest = page_reader.list_keys  # type: ignore[attr-defined]

    def late(*args: Any) -> object:
        gate.wait(10)
        return honest(*args)

    with demonstration(qtbot, demo_file) as made:
        monkeypatch.setattr(page_reader, "list_keys", late)
        made.go(Place("people"))
        made.make_anew()
        made.go(Place("home"))
        gate.set()
        settle(qtbot, made)
        assert told(made) == ""
        assert place_of_work(made).trail.here.page == "home"
        monkeypatch.setattr(page_reader, "list_keys", honest)
        assert len(go(qtbot, made, Place("people")).page.findChildren(Grid)[0].model.keys) > 0


def test_answers_that_come_when_the_window_is_gone_are_dropped(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as made:
        for page in ("people", "published", "home", "reports"):
            made.go(Place(page))
        made.close()
    qtbot.wait(50)


def test_a_clock_that_was_set_back_neither_stops_work_nor_breaks_the_journal(qtbot: QtBot, demo_file: Path) -> None:
    with demonstration(qtbot, demo_file) as made:
        write(qtbot, made, SCHOOL)
        assert made.file is not None
        db: Database = made.file.jobs._db
        now = db.clock()
        db.clock = lambda: now - dt.timedelta(days=900)
        write(qtbot, made, SCHOOL + " 2")
        assert told(made) == ""
        place_of_work(made).undo()
        settle(qtbot, made)
        assert told(made) == ""
    assert number(demo_file, "SELECT count(*) FROM institution WHERE name = ?", [SCHOOL]) == 1
    command = [sys.executable, "-m", "eic_tracker", "--file", str(demo_file), "journal", "verify"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


TYPING = """
import os, sys, time
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from eic_tracker.gui.place import Place
from tests.shots.files import Records
from tests.shots.scenes import _enter_school
from tests.shots.stage import stage

path = Path(sys.argv[1])
with stage(path, path, Records(1, 1, 1, 1, 1, 1, 1)) as made:
    _enter_school(made, "registrar")
    made.window.go(Place("settings", state={"section": "lists"}))
    made.settle()
    part = made.workplace.page.part
    part._add()
    made.settle()
    edit = part.pane.form.boxes["name"].editor.widget
    edit.setFocus()
    QTest.keyClicks(edit, sys.argv[2])
    print("typed", flush=True)
    while True:
        QTest.qWait(20)
"""


def test_what_was_half_typed_when_the_program_was_killed_is_offered_again(qtbot: QtBot, tmp_path: Path) -> None:
    path = school_file(tmp_path)
    child = subprocess.Popen([sys.executable, "-c", TYPING, str(path), SCHOOL], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "typed\n"
        qtbot.wait(2_500)
    finally:
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=20)
    with window(qtbot) as made:
        made.open(path)
        assert made.file is not None
        kept = drafts.drafts_of(made.file.uid, "registrar")
        assert SCHOOL in json.dumps([dict(draft.content) for draft in kept], default=str)
        door = made.findChild(SignIn)
        assert door is not None
        door.login.edit.setText("registrar")
        door.password.edit.setText(PASSWORD)
        door.submit()
        until(qtbot, lambda: made.workplace is not None)
        go(qtbot, made, Place("settings", state={"section": "lists"}))
        part = place_of_work(made).page.part  # type: ignore[attr-defined]
        part._add()
        settle(qtbot, made)
        offered = part.pane.findChildren(QLabel)
        assert any("a medio" in label.text() or "medias" in label.text() for label in offered)
        for draft in kept:
            drafts.forget(made.file.uid, "registrar", draft.form)
