"""The use-cases of class groups, schools and their lists, and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from eic_tracker.domain.class_group_draft import ClassGroupDraft, LessonGiven, OfficerGiven
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.school_rules import SchoolDraft
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import (
    class_group_forms,
    class_groups,
    group_matching,
    group_review,
    import_groups,
    month_workbook,
    schools,
)
from eic_tracker.store.database import Database
from eic_tracker.store.transaction import Actor, Entry
from tests.services.great import enter_school, group, place
from tests.services.school import user

UseCase = Callable[[Database, ActingUser, Path], object]

_T = Translator(Language.ES)
_DAY = dt.date(2019, 6, 28)
_ENTERS = frozenset({Role.REGISTRAR, Role.INSTRUCTOR})
"""An instructor enters own class groups."""

_KEEPS = frozenset({Role.REGISTRAR})
_MESSAGE = "4A matutina 15 niñas 17 niños"


def _teaching(use: UseCase) -> UseCase:
    """The instructor of the small school with class groups of their own."""

    def tried(db: Database, acting: ActingUser, folder: Path) -> object:
        return use(db, replace(acting, instructor_id=1) if acting.role is Role.INSTRUCTOR else acting, folder)

    return tried


def _draft(db: Database, acting: ActingUser) -> ClassGroupDraft:
    school = enter_school(db).id
    return replace(group(db, school), officers=(OfficerGiven(acting.instructor_id or 1),))


def _saved(db: Database, acting: ActingUser) -> int:
    """A class group of the user's own."""
    draft = _draft(db, acting)
    return class_groups.save_class_groups(db, user(db, Role.REGISTRAR), [draft])[0].id


def _within(db: Database, acting: ActingUser, _folder: Path) -> object:
    drafts = [_draft(db, acting)]
    with db.write(Entry(Actor(acting.login), "save_class_groups", "")) as tx:
        return class_groups.write_class_groups(tx, acting, drafts)


def _lesson(db: Database, acting: ActingUser, _folder: Path) -> object:
    given = class_groups.LessonOfGroup(_saved(db, acting), LessonGiven(1, _DAY.replace(year=2018, month=11)))
    return class_groups.record_lessons(db, acting, [given])


def _review(db: Database, acting: ActingUser) -> group_review.GroupReview:
    source = group_review.paste_groups(acting, _MESSAGE, "message")
    return group_review.review_groups(db, acting, group_review.GroupRequest(source), _DAY)


def _reviewed_within(db: Database, acting: ActingUser, _folder: Path) -> object:
    source = group_review.paste_groups(user(db, Role.REGISTRAR), _MESSAGE, "message")
    with db.read() as connection:
        return group_review.review_within(connection, acting, group_review.GroupRequest(source), _DAY)


def _stored(store: Callable[..., object]) -> UseCase:
    return lambda db, acting, _: store(db, acting, _review(db, user(db, Role.REGISTRAR)))


def _file(_db: Database, acting: ActingUser, folder: Path) -> object:
    path = folder / "lista.txt"
    path.write_text(_MESSAGE, encoding="utf-8")
    return group_review.open_group_file(_db, acting, path)


def _workbook(db: Database, acting: ActingUser, folder: Path) -> object:
    with db.read() as connection:
        query = "SELECT code FROM instructor WHERE id = ?"
        code = connection.exec_driver_sql(query, (acting.instructor_id or 1,)).scalar_one()
    return month_workbook.write_month_workbook(db, acting, str(code), dt.date(2019, 6, 1), folder / "m.xlsx", t=_T)


def _school(db: Database, acting: ActingUser, _folder: Path) -> object:
    return schools.save_school(db, acting, SchoolDraft({"name": "Escuela Nueva", "municipality_id": place(db)}))


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "find_schools": (lambda db, acting, _: schools.find_schools(db, acting, "esc"), _ENTERS),
    "school_form": (lambda db, acting, _: schools.school_form(db, acting, None), _KEEPS),
    "save_school": (_school, _KEEPS),
    "write_month_workbook": (_teaching(_workbook), _ENTERS),
    "group_choices": (lambda db, acting, _: group_matching.group_choices(db, acting, _DAY), _ENTERS),
    "save_class_groups": (
        _teaching(lambda db, acting, _: class_groups.save_class_groups(db, acting, [_draft(db, acting)])),
        _ENTERS,
    ),
    "write_class_groups": (_teaching(_within), _ENTERS),
    "class_group_draft": (
        _teaching(lambda db, acting, _: class_groups.class_group_draft(db, acting, _saved(db, acting))),
        _ENTERS,
    ),
    "groups_to_repeat": (
        lambda db, acting, _: class_groups.groups_to_repeat(db, acting, enter_school(db).id, 2020),
        _ENTERS,
    ),
    "record_lessons": (_teaching(_lesson), _ENTERS),
    "class_group_form": (lambda db, acting, _: class_group_forms.class_group_form(db, acting, None), _ENTERS),
    "groups_taught_now": (
        lambda db, acting, _: class_group_forms.groups_taught_now(db, acting, None, acting.instructor_id, _DAY),
        _ENTERS,
    ),
    "import_groups": (_stored(import_groups.import_groups), _ENTERS),
    "store_group_list": (_stored(import_groups.store_group_list), _ENTERS),
    "open_group_file": (_file, _ENTERS),
    "paste_groups": (lambda _db, acting, _: group_review.paste_groups(acting, _MESSAGE, "message"), _ENTERS),
    "review_groups": (lambda db, acting, _: _review(db, acting), _ENTERS),
    "review_within": (_reviewed_within, _ENTERS),
}

JOURNALLED_AS = {"import_groups": "import_class_groups", "store_group_list": "import_class_groups"}
