"""What a user may do is asked of the file each time: rights that were taken away end at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.school_lists import ListDraft, ListKind
from eic_tracker.errors import Refused
from eic_tracker.queries.listing import Request
from eic_tracker.services.apart import Apart
from eic_tracker.services.listings import list_keys
from eic_tracker.services.lists import save_item
from eic_tracker.services.present_rights import RightsChanged, ask_every_time, present_user, work_of
from eic_tracker.services.users import list_users, save_user, set_active
from eic_tracker.store.database import Database
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Actor, Entry
from tests.services.form_drafts import draft_of_user
from tests.services.school import NOW, school, user, values

NEW_UNIT = ListDraft(ListKind.UNIT, {"name": "Unidad nueva", "institution_id": 1})


def give_role(db: Database, login: str, role: Role, valid_to: dt.date | None = None) -> None:
    """What an administrator does, in this window or by a command beside it."""
    administrator = user(db, Role.ADMINISTRATOR)
    row = next(row for row in list_users(db, administrator) if row.login == login)
    save_user(db, administrator, replace(draft_of_user(row), role=role, valid_to=valid_to))


def end(db: Database) -> None:
    set_active(db, user(db, Role.ADMINISTRATOR), login="registrar", active=False)


def demote(db: Database) -> None:
    give_role(db, "registrar", Role.AUDITOR)


def end_yesterday(db: Database) -> None:
    with db.write(Entry(Actor("administrator"), "edit_user", "registrar")) as tx:
        tx.update(User, {user(db, Role.REGISTRAR).id: {"valid_to": NOW.date() - dt.timedelta(days=1)}})


def read(db: Database, acting: ActingUser) -> int:
    return len(list_keys(db, acting, "people", Request()))


def write(db: Database, acting: ActingUser) -> int:
    return save_item(db, acting, NEW_UNIT)


@pytest.mark.parametrize("work", [read, write])
@pytest.mark.parametrize("change", [end, demote, end_yesterday])
def test_rights_that_were_taken_away_end_at_the_next_read_and_write(
    tmp_path: Path, change: Callable[[Database], None], work: Callable[[Database, ActingUser], int]
) -> None:
    with school(tmp_path) as db, Database(db.path, clock=lambda: NOW) as beside:
        acting = user(db, Role.REGISTRAR)
        ask_every_time(db)
        with work_of((acting,)):
            assert work(db, acting) > 0
        change(beside)
        before = values(db, "SELECT max(id) FROM change_set")
        with work_of(("people", acting)), pytest.raises(RightsChanged, match="“registrar”"):
            work(db, acting)
        assert values(db, "SELECT max(id) FROM change_set") == before


def test_who_was_given_another_role_goes_on_with_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.REGISTRAR)
        ask_every_time(db)
        assert present_user(db, acting.id) == acting
        demote(db)
        now = present_user(db, acting.id)
        assert now == replace(acting, role=Role.AUDITOR)
        assert now is not None
        with work_of((now,)):
            assert read(db, now) == 5
            with pytest.raises(Refused, match="may not"):
                write(db, now)
        end(db)
        assert present_user(db, acting.id) is None


def test_an_instructor_who_is_linked_to_nobody_any_more_sees_nobody_any_more(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        key = user(db, Role.INSTRUCTOR).id
        with db.write(Entry(Actor("administrator"), "edit_user", "instructor")) as tx:
            tx.update(User, {key: {"instructor_id": 1}})
        acting = user(db, Role.INSTRUCTOR)
        ask_every_time(db)
        with db.write(Entry(Actor("administrator"), "edit_user", "instructor")) as tx:
            tx.update(User, {key: {"instructor_id": None}})
        with work_of((acting,)), pytest.raises(RightsChanged):
            read(db, acting)


def test_a_paper_that_is_made_apart_asks_as_well(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        apart, acting = Apart(db.path), user(db, Role.REGISTRAR)
        try:
            assert apart.call(read, (acting,), NOW, lambda: False) == 5
            demote(db)
            with pytest.raises(RightsChanged):
                apart.call(read, (acting,), NOW, lambda: False)
        finally:
            apart.close()
