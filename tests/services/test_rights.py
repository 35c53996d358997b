"""Every role at the door of every use-case: who may, does; who may not, is refused and nothing changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from eic_tracker import services
from eic_tracker.domain.codes import EnrolmentStatus, ReportKind, Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import corrections, history, papers, safekeeping, sign_in, users
from eic_tracker.store.database import Database
from eic_tracker.store.tables.reference import Institution
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import PASSWORD, school, user, values

T = Translator(Language.ES)
QUARTER = parse_period("2018Q4")
EVERYBODY = frozenset(Role)

UseCase = Callable[[Database, ActingUser, Path], object]


def _told_at_the_doors(name: str) -> dict[str, Any]:
    """What all files of doors beside this one say under a name."""
    found: dict[str, Any] = {}
    for path in sorted(Path(__file__).parent.glob("doors_of_*.py")):
        found |= getattr(import_module(f"tests.services.{path.stem}"), name, {})
    return found


def _correct(db: Database, acting: ActingUser, _folder: Path) -> object:
    return corrections.correct_enrolment(
        db, acting, corrections.Correction(1, EnrolmentStatus.REMOVED, "reason", "Director, oficio 1")
    )


def _add_user(db: Database, acting: ActingUser, _folder: Path) -> object:
    return users.add_user(
        db, acting, login="new", full_name="New", role=Role.AUDITOR, password=PASSWORD, valid_to=dt.date(2030, 1, 1)
    )


def _restore(db: Database, acting: ActingUser, folder: Path) -> object:
    copy = safekeeping.back_up(db, user(db, Role.ADMINISTRATOR), folder / "copy.eic")
    db.close()
    return safekeeping.restore_copy(copy, db.path, acting)


def _undo(db: Database, acting: ActingUser, _folder: Path) -> object:
    with db.write(Entry(Actor("somebody"), "save_list_item", "institution 1")) as tx:
        tx.update(Institution, {1: {"name": "Otro nombre"}})
    return history.undo_set(db, acting, tx.set_id, "mistake")


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "correct_enrolment": (_correct, frozenset({Role.MANAGER})),
    "write_rollup": (
        lambda db, acting, folder: papers.write_rollup(
            db, acting, QUARTER, folder / "r.xlsx", t=T, today=QUARTER.last_day, audience="school"
        ),
        EVERYBODY - {Role.INSTRUCTOR},
    ),
    "write_report": (
        lambda db, acting, folder: papers.write_report(
            db, acting, ReportKind.QUARTERLY, QUARTER, folder / "q.pdf", t=T, today=QUARTER.last_day
        ),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "write_register": (
        lambda db, acting, folder: papers.write_register(
            db, acting, folder / "g.xlsx", t=T, as_of=QUARTER.last_day, reason="audit"
        ),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "list_users": (lambda db, acting, _: users.list_users(db, acting), frozenset({Role.ADMINISTRATOR})),
    "add_user": (_add_user, frozenset({Role.ADMINISTRATOR})),
    "set_password": (
        lambda db, acting, _: users.set_password(db, acting, login="instructor", password="otra clave larga"),
        frozenset({Role.ADMINISTRATOR, Role.INSTRUCTOR}),
    ),
    "set_active": (
        lambda db, acting, _: users.set_active(db, acting, login="instructor", active=False),
        frozenset({Role.ADMINISTRATOR}),
    ),
    "password_was_given": (lambda db, acting, _: sign_in.password_was_given(db, acting), EVERYBODY),
    "account_changed_last": (lambda db, acting, _: history.account_changed_last(db, acting), EVERYBODY),
    "verify_journal": (lambda db, acting, _: history.verify_journal(db, acting, []), EVERYBODY),
    "last_entries": (lambda db, acting, _: history.last_entries(db, acting, 5), EVERYBODY - {Role.INSTRUCTOR}),
    "one_entry": (lambda db, acting, _: history.one_entry(db, acting, 1), EVERYBODY - {Role.INSTRUCTOR}),
    "undo_set": (_undo, frozenset({Role.MANAGER})),
    "back_up": (
        lambda db, acting, folder: safekeeping.back_up(db, acting, folder / "copy.eic"),
        frozenset({Role.ADMINISTRATOR}),
    ),
    "copy_elsewhere": (safekeeping.copy_elsewhere, frozenset({Role.ADMINISTRATOR})),
    "restore_copy": (_restore, frozenset({Role.ADMINISTRATOR})),
    **_told_at_the_doors("USE_CASES"),
}
"""Each use-case that takes an acting user, and who may do it (written from the design's table)."""

JOURNALLED_AS = {
    "undo_set": "undo",
    "write_register": "export_register",
    "restore_copy": "restore",
    **_told_at_the_doors("JOURNALLED_AS"),
}


@pytest.mark.parametrize("name", USE_CASES)
@pytest.mark.parametrize("role", Role)
def test_each_use_case_lets_in_whom_the_design_names_and_refuses_everybody_else(
    tmp_path: Path, role: Role, name: str
) -> None:
    use_case, allowed = USE_CASES[name]
    with school(tmp_path) as db:
        acting = user(db, role)
        if role in allowed:
            use_case(db, acting, tmp_path)
            return
        with pytest.raises(Refused) as refused:
            use_case(db, acting, tmp_path)
        assert "may not" in str(refused.value) or "take it back" in str(refused.value)
        done = "SELECT count(*) FROM change_set WHERE actor = ? AND use_case = ?"
        assert values(db, done, acting.login, JOURNALLED_AS.get(name, name)) == [(0,)]


def test_no_use_case_with_an_acting_user_is_missing_here() -> None:
    found = set()
    for path in Path(services.__path__[0]).glob("*.py"):
        if "acting: ActingUser" not in path.read_text("utf-8"):
            continue
        module = import_module(f"{services.__name__}.{path.stem}")
        for name, value in vars(module).items():
            if (
                callable(value)
                and not name.startswith("_")
                and getattr(value, "__module__", None) == module.__name__
                and "acting" in getattr(value, "__annotations__", {})
            ):
                found.add(name)
    assert found == set(USE_CASES)
