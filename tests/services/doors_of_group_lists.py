"""Lists of class groups and the monthly workbook, and who may take them in and out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import group_matching, group_review, import_groups, month_workbook
from eic_tracker.services.group_review import GroupRequest, GroupReview
from eic_tracker.store.database import Database
from tests.services.school import user, values

UseCase = Callable[[Database, ActingUser, Path], object]

_TODAY = dt.date(2018, 12, 31)
_LIST = Path(__file__).parents[1] / "data" / "lists" / "seccion-4A-matutina.xlsx"
_SAID = {"municipality": "0801", "year": "2018", "curriculum": "by_grade"}
_ENTERS = frozenset({Role.REGISTRAR, Role.INSTRUCTOR})
_REGISTRAR = frozenset({Role.REGISTRAR})
JOURNALLED_AS = {"import_groups": "import_class_groups", "store_group_list": "import_class_groups"}


def _request(db: Database) -> GroupRequest:
    source = group_review.paste_groups(user(db, Role.REGISTRAR), "Escuela Fingida\n4A mat 1 niña 2 niños", "mensaje")
    return GroupRequest(source, values=_SAID)


def _review(db: Database, acting: ActingUser, _folder: Path) -> GroupReview:
    return group_review.review_groups(db, acting, _request(db), _TODAY)


def _import(db: Database, acting: ActingUser, folder: Path) -> object:
    """A school that is entered with its class: an officer may not."""
    return import_groups.import_groups(db, acting, _review(db, user(db, Role.REGISTRAR), folder))


def _store(db: Database, acting: ActingUser, folder: Path) -> object:
    return import_groups.store_group_list(db, acting, _review(db, user(db, Role.REGISTRAR), folder))


def _month(db: Database, acting: ActingUser, folder: Path) -> object:
    code, key = values(db, "SELECT code, id FROM instructor ORDER BY id LIMIT 1")[0]
    who = replace(acting, instructor_id=int(str(key)))
    t = Translator(Language.ES)
    return month_workbook.write_month_workbook(db, who, str(code), _TODAY, folder / "mes.xlsx", t=t)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "open_group_file": (lambda db, acting, _: group_review.open_group_file(db, acting, _LIST), _ENTERS),
    "paste_groups": (lambda _db, acting, _: group_review.paste_groups(acting, "4A 1 niña", "mensaje"), _ENTERS),
    "review_groups": (_review, _ENTERS),
    "import_groups": (_import, _REGISTRAR),
    "store_group_list": (_store, _REGISTRAR),
    "group_choices": (lambda db, acting, _: group_matching.group_choices(db, acting, _TODAY), _ENTERS),
    "write_month_workbook": (_month, _ENTERS),
}
