"""Class groups, schools and summary sheets as they are entered, and who may; officers enter their own."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image

from eic_tracker.domain.class_group_draft import ClassGroupDraft, LessonGiven, OfficerGiven
from eic_tracker.domain.codes import Role
from eic_tracker.domain.curriculum_rules import VersionDraft
from eic_tracker.domain.facts import Heads
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.school_rules import SchoolDraft
from eic_tracker.services import class_group_forms, class_groups, curricula, schools, summary_sheets
from eic_tracker.services.attachments import Area, Scan
from eic_tracker.services.class_groups import LessonOfGroup
from eic_tracker.store.database import Database
from eic_tracker.store.transaction import Actor, Entry
from tests.services.great import enter_school, place, version
from tests.services.school import NOW, user

UseCase = Callable[[Database, ActingUser, Path], object]

_REGISTRAR = frozenset({Role.REGISTRAR})
_ENTERS = frozenset({Role.REGISTRAR, Role.INSTRUCTOR})


def _own(acting: ActingUser) -> ActingUser:
    """An instructor who is the officer of the groups below."""
    return replace(acting, instructor_id=1) if acting.role is Role.INSTRUCTOR else acting


def _draft(db: Database) -> ClassGroupDraft:
    school = enter_school(db).id
    counts = Heads(15, 17)
    return ClassGroupDraft(version(db), 2018, school, grade="4", enrolled=counts, officers=(OfficerGiven(1),))


def _group(db: Database) -> int:
    (saved,) = class_groups.save_class_groups(db, user(db, Role.REGISTRAR), [_draft(db)])
    return saved.id


def _within(db: Database, acting: ActingUser, _folder: Path) -> object:
    with db.write(Entry(Actor("test"), "fill", "")) as tx:
        return class_groups.write_class_groups(tx, acting, [])


def _lesson(db: Database, acting: ActingUser, _folder: Path) -> object:
    given = LessonOfGroup(_group(db), LessonGiven(1, NOW.date()))
    return class_groups.record_lessons(db, _own(acting), [given])


def _sheet(db: Database) -> int:
    return summary_sheets.attach_summary_sheet(db, user(db, Role.REGISTRAR), _group(db), _scan())


def _scan() -> Scan:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "PNG")
    return Scan("hoja.png", out.getvalue())


_LISTS = frozenset({Role.REGISTRAR, Role.MANAGER, Role.ADMINISTRATOR})
_VERSION = {"version": "14 lecciones", "lessons": 14, "lessons_required": 14}

USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "save_class_groups": (
        lambda db, acting, _: class_groups.save_class_groups(db, _own(acting), [_draft(db)]),
        _ENTERS,
    ),
    "write_class_groups": (_within, _ENTERS),
    "class_group_draft": (lambda db, acting, _: class_groups.class_group_draft(db, _own(acting), _group(db)), _ENTERS),
    "groups_to_repeat": (lambda db, acting, _: class_groups.groups_to_repeat(db, acting, 1, 2018), _ENTERS),
    "record_lessons": (_lesson, _ENTERS),
    "class_group_form": (lambda db, acting, _: class_group_forms.class_group_form(db, acting, None), _ENTERS),
    "groups_taught_now": (
        lambda db, acting, _: class_group_forms.groups_taught_now(db, acting, 1, None, NOW.date()),
        _ENTERS,
    ),
    "schools_alike": (lambda db, acting, _: schools.schools_alike(db, acting, enter_school(db).id), _ENTERS),
    "school_form": (lambda db, acting, _: schools.school_form(db, acting, None), _REGISTRAR),
    "save_school": (
        lambda db, acting, _: schools.save_school(
            db, acting, SchoolDraft({"name": "Escuela Nueva", "municipality_id": place(db)})
        ),
        _REGISTRAR,
    ),
    "curriculum_versions": (lambda db, acting, _: curricula.curriculum_versions(db, acting, 1), frozenset(Role)),
    "version_form_of": (lambda db, acting, _: curricula.version_form_of(db, acting, 1, None), _LISTS),
    "save_curriculum_version": (
        lambda db, acting, _: curricula.save_curriculum_version(db, acting, VersionDraft(1, _VERSION)),
        _LISTS,
    ),
    "attach_summary_sheet": (
        lambda db, acting, _: summary_sheets.attach_summary_sheet(db, _own(acting), _group(db), _scan()),
        _ENTERS,
    ),
    "summary_sheets": (lambda db, acting, _: summary_sheets.summary_sheets(db, _own(acting), _group(db)), _ENTERS),
    "summary_sheet": (lambda db, acting, _: summary_sheets.summary_sheet(db, _own(acting), _sheet(db)), _ENTERS),
    "black_out_summary_sheet": (
        lambda db, acting, _: summary_sheets.black_out_summary_sheet(db, acting, _sheet(db), [Area(0, 0, 9, 9)]),
        _REGISTRAR,
    ),
    "purge_summary_sheet": (
        lambda db, acting, _: summary_sheets.purge_summary_sheet(db, acting, _sheet(db)),
        _REGISTRAR,
    ),
}
