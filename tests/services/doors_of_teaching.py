"""The use-cases about those who teach (register, assignments, ledger, papers), and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.teaching_rules import TeachingDraft, TeachingKind
from eic_tracker.services import assignments, instructors
from eic_tracker.store.database import Database
from eic_tracker.store.tables.instructors import Assignment, AssignmentRole
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import user

MODULES = (assignments, instructors)
UseCase = Callable[[Database, ActingUser, Path], object]

_REGISTRAR = frozenset({Role.REGISTRAR})
_STAY = TeachingDraft(TeachingKind.ROTATION, {"starts_on": dt.date(2018, 1, 8)}, 1)
_LEAD = TeachingDraft(TeachingKind.ASSIGNMENT, {"offering_id": 2, "instructor_id": 1, "role": "lead"})


def _remove_stay(db: Database, acting: ActingUser, _folder: Path) -> object:
    stay = instructors.save_teaching(db, user(db, Role.REGISTRAR), _STAY)
    return instructors.remove_teaching(db, acting, TeachingKind.ROTATION, stay.id)


def _remove_assignment(db: Database, acting: ActingUser, _folder: Path) -> object:
    with db.write(Entry(Actor("test"), "change_instructors", "test")) as tx:
        row = {"offering_id": 2, "instructor_id": 1, "role": AssignmentRole.ASSISTANT}
        (key,) = tx.insert(Assignment, [row])
    return assignments.remove_assignment(db, acting, key)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "teaching_form": (
        lambda db, acting, _: instructors.teaching_form(db, acting, TeachingKind.INSTRUCTOR, 1, None),
        _REGISTRAR,
    ),
    "save_teaching": (lambda db, acting, _: instructors.save_teaching(db, acting, _STAY), _REGISTRAR),
    "remove_teaching": (_remove_stay, _REGISTRAR),
    "assignment_form": (
        lambda db, acting, _: assignments.assignment_form(db, acting, None, 2, None),
        _REGISTRAR,
    ),
    "save_assignment": (lambda db, acting, _: assignments.save_assignment(db, acting, _LEAD), _REGISTRAR),
    "remove_assignment": (_remove_assignment, _REGISTRAR),
}
JOURNALLED_AS: dict[str, str] = {}
