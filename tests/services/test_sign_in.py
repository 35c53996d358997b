"""Tests of signing in, locking out, and of users."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from argon2 import _password_hasher

from eic_tracker.domain.codes import Role
from eic_tracker.errors import Refused, UserError
from eic_tracker.services import users
from eic_tracker.services.exports import note_export
from eic_tracker.services.sign_in import demonstration_user, sign_in, verify_password
from eic_tracker.store.database import Database
from tests.services.school import NOW, PASSWORD, school, user, values


def test_the_right_password_opens_and_is_journalled(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        assert sign_in(db, "manager", PASSWORD).role is Role.MANAGER
        assert values(db, "SELECT actor, use_case FROM change_set ORDER BY id DESC LIMIT 1") == [("manager", "sign_in")]


def test_an_unknown_user_and_a_wrong_password_get_the_same_words(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        sentences = set()
        for login in ("manager", "nobody"):
            with pytest.raises(Refused) as refused:
                sign_in(db, login, "wrong password")
            sentences.add(str(refused.value))
    assert len(sentences) == 1


def test_five_wrong_passwords_lock_for_fifteen_minutes_even_after_a_restart(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        path = db.path
        for _ in range(4):
            with pytest.raises(Refused, match="User or password is wrong"):
                sign_in(db, "manager", "wrong password")
        with pytest.raises(Refused, match=r"locked after five wrong passwords\. Try again in 15"):
            sign_in(db, "manager", "wrong password")
    now = NOW
    with Database(path, clock=lambda: now) as db:
        with pytest.raises(Refused, match="locked"):
            sign_in(db, "manager", PASSWORD)
        now = NOW + dt.timedelta(minutes=14, seconds=59)
        with pytest.raises(Refused, match="Try again in 1 minutes"):
            sign_in(db, "manager", PASSWORD)
        now = NOW + dt.timedelta(minutes=15)
        assert sign_in(db, "manager", PASSWORD).login == "manager"


def test_a_clock_set_back_does_not_keep_a_user_locked_for_ever(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        for _ in range(5):
            with pytest.raises(Refused):
                sign_in(db, "manager", "wrong password")
        back = NOW - dt.timedelta(days=400)
        db.clock = lambda: back
        with pytest.raises(Refused, match="Try again in 15 minutes"):
            sign_in(db, "manager", PASSWORD)
        db.clock = lambda: back + dt.timedelta(minutes=14)
        with pytest.raises(Refused, match="Try again in 1 minutes"):
            sign_in(db, "manager", PASSWORD)
        db.clock = lambda: back + dt.timedelta(minutes=15)
        assert sign_in(db, "manager", PASSWORD).login == "manager"


def test_a_locked_screen_opens_for_its_user_and_counts_failures_as_signing_in_does(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        sign_in(db, "manager", PASSWORD)
        before = values(db, "SELECT max(id) FROM change_set")
        assert verify_password(db, "manager", PASSWORD).role is Role.MANAGER
        assert values(db, "SELECT max(id) FROM change_set") == before
        with pytest.raises(Refused, match="wrong"):
            verify_password(db, "manager", "wrong password")
        verify_password(db, "manager", PASSWORD)
        assert values(db, "SELECT use_case FROM change_set ORDER BY id DESC LIMIT 2") == [
            ("unlock",),
            ("sign_in_failed",),
        ]
        assert values(db, "SELECT failed_attempts FROM user WHERE login = 'manager'") == [(0,)]
        for _ in range(5):
            with pytest.raises(Refused, match="wrong"):
                verify_password(db, "manager", "wrong password")
        with pytest.raises(Refused, match="locked"):
            verify_password(db, "manager", PASSWORD)


def test_a_locked_screen_stays_shut_for_an_account_that_ended_meanwhile(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        users.set_active(db, user(db, Role.ADMINISTRATOR), login="manager", active=False)
        with pytest.raises(Refused, match="ended"):
            verify_password(db, "manager", PASSWORD)


def test_an_account_ends_after_its_last_day(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        until = NOW.date()
        users.add_user(
            db,
            user(db, Role.ADMINISTRATOR),
            login="asesor",
            full_name="Asesor",
            role=Role.INSTRUCTOR,
            password=PASSWORD,
            valid_to=until,
            instructor="CNP-01",
        )
        assert sign_in(db, "asesor", PASSWORD).login == "asesor"
        db.clock = lambda: NOW + dt.timedelta(days=1)
        with pytest.raises(Refused, match="ended"):
            sign_in(db, "asesor", PASSWORD)


def test_the_last_administrator_stays(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        administrator = user(db, Role.ADMINISTRATOR)
        with pytest.raises(Refused, match="last administrator"):
            users.set_active(db, administrator, login="administrator", active=False)
        users.add_user(
            db,
            administrator,
            login="second",
            full_name="Second",
            role=Role.ADMINISTRATOR,
            password=PASSWORD,
            valid_to=None,
        )
        users.set_active(db, administrator, login="administrator", active=False)
        assert values(db, "SELECT active FROM user WHERE login = 'administrator'") == [(0,)]


@pytest.mark.parametrize("password", ["short", "1234567890", "administrator"])
def test_weak_passwords_are_refused(tmp_path: Path, password: str) -> None:
    with school(tmp_path) as db, pytest.raises(UserError):
        users.set_password(db, user(db, Role.ADMINISTRATOR), login="administrator", password=password)


def test_everybody_changes_the_own_password_and_only_an_administrator_that_of_others(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        users.set_password(db, registrar, login="registrar", password="otra clave larga")
        assert sign_in(db, "registrar", "otra clave larga").login == "registrar"
        with pytest.raises(Refused):
            users.set_password(db, registrar, login="manager", password="otra clave larga")


def test_the_journal_never_holds_a_password_hash(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        users.set_password(db, user(db, Role.ADMINISTRATOR), login="manager", password="otra clave larga")
        payloads = values(db, "SELECT before, after FROM change WHERE table_name = 'user'")
    assert payloads
    assert not [payload for payload in payloads if "argon2" in str(payload)]


def test_an_administrator_whose_account_ends_does_not_count_as_another_one(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        administrator = user(db, Role.ADMINISTRATOR)

        def add(valid_to: dt.date) -> None:
            users.add_user(
                db,
                administrator,
                login="otra",
                full_name="Otra",
                role=Role.ADMINISTRATOR,
                password=PASSWORD,
                valid_to=valid_to,
            )

        with pytest.raises(UserError, match="past already"):
            add(dt.date(2018, 1, 1))
        add(NOW.date())
        db.clock = lambda: NOW + dt.timedelta(days=2)
        with pytest.raises(Refused, match="last administrator"):
            users.set_active(db, administrator, login="administrator", active=False)


@pytest.mark.parametrize("login", ["", "a", "con espacio", "x" * 41])
def test_a_login_is_one_plain_word(tmp_path: Path, login: str) -> None:
    with school(tmp_path) as db, pytest.raises(UserError, match="cannot be a login"):
        users.add_user(
            db,
            user(db, Role.ADMINISTRATOR),
            login=login,
            full_name="Alguien",
            role=Role.AUDITOR,
            password=PASSWORD,
            valid_to=None,
        )


def test_who_only_reads_beside_the_writing_window_leaves_nothing_in_the_file(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        entries = values(db, "SELECT count(*) FROM change_set")
        with Database(db.path, clock=lambda: NOW, read_only=True) as beside:
            manager = sign_in(beside, "manager", PASSWORD)
            assert verify_password(beside, "manager", PASSWORD) == manager
            with pytest.raises(Refused, match="wrong"):
                sign_in(beside, "manager", "wrong password")
            for write in (
                lambda: users.set_password(beside, manager, login="manager", password="otra clave larga"),
                lambda: note_export(beside, manager, "people: paper", 3, None),
            ):
                with pytest.raises(Refused, match="another window"):
                    write()
        assert values(db, "SELECT count(*) FROM change_set") == entries
        assert values(db, "SELECT last_sign_in, failed_attempts FROM user WHERE login = 'manager'") == [(None, 0)]


def test_five_wrong_passwords_lock_also_where_the_file_is_only_read(tmp_path: Path) -> None:
    with school(tmp_path) as db, pytest.raises(Refused, match="wrong"):
        sign_in(db, "manager", "wrong password")
    now = NOW
    with Database(tmp_path / "school.eic", clock=lambda: now, read_only=True) as beside:
        for _ in range(4):
            with pytest.raises(Refused, match="wrong"):
                sign_in(beside, "manager", "wrong password")
        with pytest.raises(Refused, match="locked"):
            sign_in(beside, "manager", PASSWORD)
    with Database(tmp_path / "school.eic", clock=lambda: now, read_only=True) as again:
        now = NOW + dt.timedelta(minutes=14)
        with pytest.raises(Refused, match="Try again in 1 minutes"):
            verify_password(again, "manager", PASSWORD)
        now = NOW - dt.timedelta(days=400)
        with pytest.raises(Refused, match="Try again in 15 minutes"):
            sign_in(again, "manager", PASSWORD)
        now += dt.timedelta(minutes=15)
        assert sign_in(again, "manager", PASSWORD).login == "manager"


def test_nobody_works_without_a_password_in_a_schools_file(tmp_path: Path) -> None:
    with school(tmp_path) as db, pytest.raises(Refused, match="password"):
        demonstration_user(db, Role.MANAGER)


def test_an_unknown_user_costs_as_much_work_as_a_wrong_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent: list[str] = []

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def act(*args: Any, **named: Any) -> Any:
            spent.append(real.__name__)
            return real(*args, **named)

        return act

    for name in ("hash_secret", "verify_secret"):
        monkeypatch.setattr(f"argon2._password_hasher.{name}", counted(getattr(_password_hasher, name)))
    with school(tmp_path) as db:
        costs = []
        for login in ("manager", "nobody"):
            spent.clear()
            with pytest.raises(Refused):
                sign_in(db, login, "wrong password")
            costs.append(len(spent))
    assert costs == [1, 1]
