"""Tests of signing in, locking out, and of users."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.errors import Refused, UserError
from eic_tracker.services import users
from eic_tracker.services.sign_in import sign_in, verify_password
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
        for _ in range(5):
            with pytest.raises(Refused):
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
