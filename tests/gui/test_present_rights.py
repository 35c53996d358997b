"""An administrator takes rights away while the window works: one sentence, and no more than what is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.domain.school_lists import ListKind
from eic_tracker.gui.doors.sign_in import SignIn
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.place import Place
from eic_tracker.services.present_rights import present_user
from eic_tracker.services.users import list_users, save_user, set_active
from eic_tracker.store.database import Database
from tests.gui.test_faults_of_window import SCHOOL, rename_item, told
from tests.gui.test_lock_hides import enter, school_window
from tests.gui.windows import go, place_of_work, settle, until
from tests.services.form_drafts import draft_of_user
from tests.services.school import user, values


def give_role(path: Path, login: str, role: Role) -> None:
    """By a command beside the window."""
    with Database(path) as db:
        administrator = user(db, Role.ADMINISTRATOR)
        row = next(row for row in list_users(db, administrator) if row.login == login)
        save_user(db, administrator, replace(draft_of_user(row), role=role))


def end_account(path: Path, login: str) -> None:
    with Database(path) as db:
        set_active(db, user(db, Role.ADMINISTRATOR), login=login, active=False)


def door_of(made: MainWindow) -> SignIn:
    return next(door for door in made.findChildren(SignIn) if door.isVisible())


def works_as(made: MainWindow, role: Role) -> bool:
    return made.acting is not None and made.acting.role is role and made.workplace is not None


def test_a_role_that_was_changed_by_a_command_is_taken_at_the_next_look(qtbot: QtBot, tmp_path: Path) -> None:
    with school_window(qtbot, tmp_path) as made:
        assert made.file is not None
        go(qtbot, made, Place("people"))
        go(qtbot, made, Place("person", 1))
        give_role(made.file.path, "registrar", Role.ADMINISTRATOR)
        made._on_watch()
        until(qtbot, lambda: works_as(made, Role.ADMINISTRATOR))
        settle(qtbot, made)
        workplace = place_of_work(made)
        assert "administr" in told(made).casefold()
        assert workplace.trail.here.page == "home"
        assert workplace.trail.recent() == [], "no name of before is offered as a way back"
        assert not workplace.trail.can_go_back
        made.go(Place("people"))
        assert workplace.trail.here.page == "home", "an administrator reads no people"
        assert "Núñez" not in " ".join(label.text() for label in made.findChildren(QLabel))


def test_a_write_before_the_next_look_is_refused_and_the_window_goes_on_with_what_is_left(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with school_window(qtbot, tmp_path) as made:
        assert made.file is not None
        path = made.file.path
        made._watch.stop()
        give_role(path, "registrar", Role.AUDITOR)
        go(qtbot, made, Place("settings"))
        place_of_work(made).page.write(rename_item, ListKind.INSTITUTION, SCHOOL, said=lambda _number: "stored")
        until(qtbot, lambda: works_as(made, Role.AUDITOR))
        settle(qtbot, made)
        assert told(made) != ""
        with Database(path, read_only=True) as db:
            assert values(db, "SELECT count(*) FROM institution WHERE name = ?", SCHOOL) == [(0,)]


def test_an_account_that_has_ended_leads_to_the_door_with_one_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    with school_window(qtbot, tmp_path) as made:
        assert made.file is not None
        path = made.file.path
        go(qtbot, made, Place("people"))
        end_account(path, "registrar")
        made._on_watch()
        until(qtbot, lambda: made.workplace is None)
        message = door_of(made).messages.message()
        assert message is not None
        assert "registrar" in message.text
        enter(qtbot, made, "manager")
        assert works_as(made, Role.MANAGER)


def test_behind_a_lock_nothing_is_kept_for_who_has_other_rights_now(qtbot: QtBot, tmp_path: Path) -> None:
    with school_window(qtbot, tmp_path) as made:
        assert made.file is not None
        path = made.file.path
        go(qtbot, made, Place("person", 1))
        made.lock()
        give_role(path, "registrar", Role.ADMINISTRATOR)
        made._on_watch()
        until(qtbot, lambda: made.workplace is None)
        assert door_of(made).login.isVisible()
        enter(qtbot, made, "registrar")
        assert works_as(made, Role.ADMINISTRATOR)
        assert place_of_work(made).trail.here.page == "home"


def test_a_sign_in_beside_the_window_changes_nothing_for_who_works(qtbot: QtBot, tmp_path: Path) -> None:
    with school_window(qtbot, tmp_path) as made:
        assert made.file is not None
        workplace = go(qtbot, made, Place("people"))
        with Database(made.file.path) as db:
            set_active(db, user(db, Role.ADMINISTRATOR), login="auditor", active=False)
            assert made.acting is not None
            assert present_user(db, made.acting.id) == made.acting
        made._on_watch()
        settle(qtbot, made)
        assert place_of_work(made) is workplace
        assert told(made) == ""
