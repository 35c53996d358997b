"""Tests of changing accounts, of one's own password, and of accounts to be looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.accounts import UserDraft, login_problems, password_problems, user_problems
from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused
from eic_tracker.services.sign_in import sign_in
from eic_tracker.services.users import (
    Notice,
    UserRow,
    accounts_to_review,
    change_own_password,
    list_users,
    save_user,
    set_active,
)
from eic_tracker.store.database import Database
from eic_tracker.store.tables.instructors import Rotation
from eic_tracker.store.transaction import Actor, Entry
from tests.services.form_drafts import draft_of_user
from tests.services.school import NOW, PASSWORD, school, user, values

TODAY = dt.date(2018, 12, 31)
NEW_PASSWORD = "otra clave larga"


def account(db: Database, login: str) -> UserRow:
    """An account as the administrator reads it."""
    return next(row for row in list_users(db, administrator()) if row.login == login)


def administrator() -> ActingUser:
    """The file's first user."""
    return ActingUser(1, "administrator", "Ada Ministradora", Role.ADMINISTRATOR)


def change(db: Database, login: str, **changes: object) -> int:
    """Save an account as it was read, with some fields changed."""
    draft = replace(draft_of_user(account(db, login)), **changes)  # type: ignore[arg-type]
    return save_user(db, administrator(), draft)


def test_name_role_instructor_and_last_day_change(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        last = TODAY + dt.timedelta(days=90)
        change(db, "instructor", full_name=" Ana  Asesora ", instructor_id=1, valid_to=last)
        row = account(db, "instructor")
        assert (row.full_name, row.instructor, row.valid_to) == ("Ana Asesora", "Asesor Inventado", last)
        change(db, "instructor", role=Role.AUDITOR)
        assert account(db, "instructor").role is Role.AUDITOR
        assert values(db, "SELECT use_case, label FROM change_set ORDER BY id DESC LIMIT 1") == [
            ("edit_user", "instructor")
        ]


def test_an_account_saved_as_it_is_leaves_no_entry(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        before = values(db, "SELECT max(id) FROM change_set")
        change(db, "manager")
        assert values(db, "SELECT max(id) FROM change_set") == before


def test_everything_wrong_with_an_account_is_told_at_once(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        yesterday = TODAY - dt.timedelta(days=1)
        draft = UserDraft("MANAGER", " ", Role.INSTRUCTOR, 777, yesterday, "corta")
        with pytest.raises(DraftRefused) as refused:
            save_user(db, administrator(), draft)
        fields = {problem.field for problem in refused.value.problems}
        assert fields == {"login", "full_name", "instructor_id", "valid_to", "password"}


def test_a_last_day_that_is_past_already_may_stay(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        change(db, "auditor", valid_to=TODAY)
        db.clock = lambda: NOW + dt.timedelta(days=5)
        change(db, "auditor", full_name="Otro nombre")
        with pytest.raises(DraftRefused, match="past already"):
            change(db, "auditor", valid_to=TODAY + dt.timedelta(days=1))


def test_an_instructor_has_one_open_account(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        change(db, "instructor", instructor_id=1)
        with pytest.raises(DraftRefused, match="end it first"):
            change(db, "registrar", instructor_id=1)
        set_active(db, administrator(), login="instructor", active=False)
        change(db, "registrar", instructor_id=1)


def test_the_last_administrator_keeps_role_and_account(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        far = TODAY + dt.timedelta(days=900)
        for changes in ({"role": Role.MANAGER}, {"valid_to": far}):
            with pytest.raises(Refused, match="last administrator"):
                change(db, "administrator", **changes)
        save_user(
            db,
            administrator(),
            UserDraft("otra", "Otra Persona", Role.ADMINISTRATOR, None, TODAY + dt.timedelta(days=30), PASSWORD),
        )
        for changes in ({"valid_to": far}, {"valid_to": TODAY + dt.timedelta(days=10)}, {"role": Role.MANAGER}):
            # The other one's account ends as well: some day nobody could manage the file.
            with pytest.raises(Refused, match="last administrator"):
                change(db, "administrator", **changes)
        with pytest.raises(Refused, match="last administrator"):
            set_active(db, administrator(), login="administrator", active=False)
        change(db, "otra", valid_to=None)
        change(db, "administrator", valid_to=TODAY + dt.timedelta(days=10))
        with pytest.raises(Refused, match="last administrator"):
            change(db, "otra", valid_to=TODAY + dt.timedelta(days=5))


def test_nobody_gives_themselves_another_role(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        save_user(db, administrator(), UserDraft("otra", "Otra Persona", Role.ADMINISTRATOR, None, None, PASSWORD))
        with pytest.raises(Refused, match="own role"):
            change(db, "administrator", role=Role.REGISTRAR)
        assert account(db, "administrator").role is Role.ADMINISTRATOR


def test_what_somebody_else_changed_meanwhile_is_told(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        opened = draft_of_user(account(db, "manager"))
        change(db, "manager", full_name="Nombre Nuevo")
        sign_in(db, "manager", PASSWORD)
        with pytest.raises(ChangedMeanwhile) as caught:
            save_user(db, administrator(), replace(opened, valid_to=TODAY))
        assert [changed.field for changed in caught.value.changes] == ["full_name"]
        assert account(db, "manager").valid_to is None


def test_signing_in_meanwhile_is_no_change_of_the_account(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        opened = draft_of_user(account(db, "manager"))
        sign_in(db, "manager", PASSWORD)
        save_user(db, administrator(), replace(opened, full_name="Nombre Nuevo"))
        assert account(db, "manager").full_name == "Nombre Nuevo"


def test_the_own_password_changes_with_the_present_one_and_five_wrong_ones_lock(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        change_own_password(db, registrar, PASSWORD, NEW_PASSWORD)
        sign_in(db, "registrar", NEW_PASSWORD)
        with pytest.raises(DraftRefused, match="is the present one"):
            change_own_password(db, registrar, NEW_PASSWORD, NEW_PASSWORD)
        for _ in range(5):
            with pytest.raises(Refused, match="wrong"):
                change_own_password(db, registrar, "not the present one", PASSWORD)
        with pytest.raises(Refused, match="locked"):
            change_own_password(db, registrar, NEW_PASSWORD, PASSWORD)
        with pytest.raises(Refused, match="locked"):
            sign_in(db, "registrar", NEW_PASSWORD)


def test_a_weak_new_password_is_told_before_the_present_one_is_asked(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with pytest.raises(DraftRefused) as refused:
            change_own_password(db, user(db, Role.MANAGER), "not the present one", "corta")
        assert [problem.field for problem in refused.value.problems] == ["new"]
        assert values(db, "SELECT failed_attempts FROM user WHERE login = 'manager'") == [(0,)]


def test_accounts_that_nobody_used_for_sixty_days_are_listed(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        sign_in(db, "manager", PASSWORD)
        db.clock = lambda: NOW + dt.timedelta(days=60)
        assert {notice.user.login for notice in accounts_to_review(db, administrator())} == set()
        db.clock = lambda: NOW + dt.timedelta(days=61)
        sign_in(db, "registrar", PASSWORD)
        set_active(db, administrator(), login="auditor", active=False)
        found = {notice.user.login: notice for notice in accounts_to_review(db, administrator())}
        assert {"manager", "instructor"} <= set(found)
        assert not {"registrar", "auditor"} & set(found)
        assert found["manager"].since == TODAY
        assert {notice.why for notice in found.values()} == {Notice.UNUSED}
        with db.write(Entry(Actor("manager"), "fill", "work")) as tx:
            tx.insert(Rotation, [{"instructor_id": 1, "starts_on": TODAY}])
        still = {notice.user.login for notice in accounts_to_review(db, administrator())}
        assert "manager" not in still, "who wrote something used the account, also without a new sign-in"


def test_an_account_whose_advisor_went_home_is_listed(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        change(db, "instructor", instructor_id=1)
        with db.write(Entry(Actor("test"), "fill", "rotation")) as tx:
            rotation = {"instructor_id": 1, "starts_on": dt.date(2018, 1, 1), "ends_on": TODAY}
            tx.insert(Rotation, [rotation, {**rotation, "ends_on": dt.date(2018, 6, 30)}])
        assert accounts_to_review(db, administrator()) == ()
        db.clock = lambda: NOW + dt.timedelta(days=1)
        (notice,) = accounts_to_review(db, administrator())
        assert (notice.user.login, notice.why, notice.since) == ("instructor", Notice.ROTATION_OVER, TODAY)
        with db.write(Entry(Actor("test"), "fill", "rotation")) as tx:
            tx.insert(Rotation, [{"instructor_id": 1, "starts_on": TODAY}])
        assert accounts_to_review(db, administrator()) == (), "a stay without an end goes on"


@given(st.text(max_size=60), st.text(max_size=30))
def test_no_text_breaks_the_check_of_an_account(text: str, login: str) -> None:
    draft = UserDraft(login, text, Role.AUDITOR, password=text)
    told = {problem.field for problem in user_problems(draft, TODAY)}
    assert ("login" in told) is bool(login_problems(login))
    assert ("password" in told) is bool(password_problems(text, login))
    assert all(problem.message.format(**problem.values) for problem in user_problems(draft, TODAY))
