"""The use-cases of lists, accounts and historical totals, and who may do each (for the test of all rights)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.school_lists import ListDraft, ListKind
from eic_tracker.services import historical_totals, lists, users
from eic_tracker.store.database import Database
from eic_tracker.store.tables.documents import SourceKind
from tests.services.form_drafts import draft_of_user
from tests.services.school import PASSWORD, user
from tests.services.test_historical_totals import add_total

EVERYBODY = frozenset(Role)
UseCase = Callable[[Database, ActingUser, Path], object]

_UNIT = ListKind.UNIT
_KEEPERS = frozenset({Role.REGISTRAR, Role.MANAGER, Role.ADMINISTRATOR})
_ENTERING = frozenset({Role.REGISTRAR, Role.MANAGER})


def _new_unit(db: Database) -> int:
    draft = ListDraft(_UNIT, {"name": "Unidad nueva", "institution_id": 1})
    return lists.save_item(db, user(db, Role.REGISTRAR), draft)


def _save_item(db: Database, acting: ActingUser, _folder: Path) -> object:
    return lists.save_item(db, acting, ListDraft(ListKind.FORCE, {"name": "Fuerza nueva", "country": "ESP"}))


def _edit_user(db: Database, acting: ActingUser, _folder: Path) -> object:
    row = next(row for row in users.list_users(db, user(db, Role.ADMINISTRATOR)) if row.login == "auditor")
    return users.save_user(db, acting, replace(draft_of_user(row), full_name="Otro nombre"))


def _document(db: Database, acting: ActingUser, _folder: Path) -> None:
    _file_paper(db, acting, add_total(db))


def _file_paper(db: Database, acting: ActingUser, total: int) -> None:
    paper = historical_totals.TotalDocument(total, SourceKind.REPORT, "1-2016", dt.date(2016, 1, 1), "1")
    historical_totals.document_total(db, acting, paper)


def _approve(db: Database, acting: ActingUser, _folder: Path) -> None:
    total = add_total(db)
    _file_paper(db, user(db, Role.REGISTRAR), total)
    historical_totals.approve_total(db, acting, total)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "list_rows_of": (lambda db, acting, _: lists.list_rows_of(db, acting, _UNIT), EVERYBODY),
    "list_item": (lambda db, acting, _: lists.list_item(db, acting, _UNIT, 1), EVERYBODY),
    "save_item": (_save_item, _KEEPERS),
    "end_item": (lambda db, acting, _: lists.end_item(db, acting, _UNIT, _new_unit(db), dt.date(2018, 1, 1)), _KEEPERS),
    "reopen_item": (lambda db, acting, _: lists.reopen_item(db, acting, _UNIT, _new_unit(db)), _KEEPERS),
    "delete_item": (lambda db, acting, _: lists.delete_item(db, acting, _UNIT, _new_unit(db)), _KEEPERS),
    "save_user": (_edit_user, frozenset({Role.ADMINISTRATOR})),
    "accounts_to_review": (
        lambda db, acting, _: users.accounts_to_review(db, acting),
        frozenset({Role.ADMINISTRATOR}),
    ),
    "change_own_password": (
        lambda db, acting, _: users.change_own_password(db, acting, PASSWORD, "otra clave larga"),
        EVERYBODY,
    ),
    "total_draw": (
        lambda db, acting, _: historical_totals.total_draw(db, acting, add_total(db), dt.date(2019, 6, 28)),
        EVERYBODY - {Role.INSTRUCTOR},
    ),
    "list_totals": (lambda db, acting, _: historical_totals.list_totals(db, acting), EVERYBODY - {Role.INSTRUCTOR}),
    "document_total": (_document, _ENTERING),
    "approve_total": (_approve, frozenset({Role.MANAGER})),
    "withdraw_total": (
        lambda db, acting, _: historical_totals.withdraw_total(db, acting, add_total(db), "repetida"),
        _ENTERING,
    ),
}

JOURNALLED_AS = {
    "save_item": "save_list_item",
    "end_item": "end_list_item",
    "reopen_item": "reopen_list_item",
    "delete_item": "delete_list_item",
    "save_user": "edit_user",
    "document_total": "document_historical_total",
    "approve_total": "approve_historical_total",
    "withdraw_total": "withdraw_historical_total",
}
