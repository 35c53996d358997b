"""Who teaches in a course given: one lead, hours within those of the course, what of a teacher is over is said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eic_tracker.domain.codes import OfferingStatus, Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.teaching_rules import TeachingDraft, TeachingKind
from eic_tracker.errors import Refused
from eic_tracker.services.assignments import AssignmentSaved, assignment_form, remove_assignment, save_assignment
from eic_tracker.services.history import undo_set
from eic_tracker.services.instructors import save_teaching
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Offering
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import NOW, user, values
from tests.services.taught import OPEN, taught_school, with_modules


def second(db: Database) -> int:
    """Another instructor, of the Honduran police."""
    (key,) = values(db, "SELECT id FROM force WHERE code = 'HNP'")[0]
    typed = {"given_names": "Otra", "surnames": "Instructora", "force_id": key}
    return save_teaching(db, user(db, Role.REGISTRAR), TeachingDraft(TeachingKind.INSTRUCTOR, typed)).id


def assign(db: Database, instructor: int, role: str = "assistant", **typed: object) -> AssignmentSaved:
    """A new assignment in the open course."""
    given = {"offering_id": OPEN, "instructor_id": instructor, "role": role, **typed}
    return save_assignment(db, user(db, Role.REGISTRAR), TeachingDraft(TeachingKind.ASSIGNMENT, given))


def refused(db: Database, instructor: int, role: str = "assistant", **typed: object) -> dict[str, str]:
    """The problems of one that cannot be stored, by field."""
    with pytest.raises(DraftRefused) as found:
        assign(db, instructor, role, **typed)
    return {each.field: each.message.format(**each.values) for each in found.value.problems}


def roles(db: Database) -> list[tuple[object, ...]]:
    return values(db, "SELECT instructor_id, role, hours FROM assignment WHERE offering_id = 2 ORDER BY instructor_id")


def test_a_course_has_exactly_one_lead_whatever_is_tried(tmp_path: Path) -> None:
    with taught_school(tmp_path, NOW) as db:
        other, registrar = second(db), user(db, Role.REGISTRAR)
        assert "Asesor Inventado leads" in refused(db, other, "lead")["takes_over"]
        saved = assign(db, other, "lead", takes_over=True)
        assert roles(db) == [(1, "assistant", None), (other, "lead", None)]
        with pytest.raises(Refused, match="one lead"):
            remove_assignment(db, registrar, saved.id)
        form = assignment_form(db, registrar, saved.id, None, None)
        with pytest.raises(DraftRefused, match="one lead"):
            save_assignment(
                db,
                registrar,
                TeachingDraft(
                    TeachingKind.ASSIGNMENT, {**form.values, "role": "assistant"}, None, saved.id, form.original
                ),
            )
        (entry,) = values(db, "SELECT max(id) FROM change_set WHERE use_case = 'save_assignment'")[0]
        undo_set(db, registrar, int(str(entry)), "mistake")
        assert roles(db) == [(1, "lead", None)]


def test_hours_modules_and_days_lie_within_the_course(tmp_path: Path) -> None:
    with taught_school(tmp_path, NOW) as db:
        with_modules(db, 60, 40)
        other, registrar = second(db), user(db, Role.REGISTRAR)
        (module,) = values(db, "SELECT min(id) FROM offering_module WHERE offering_id = 2")[0]
        assert "40" in refused(db, other, hours=41)["hours"]
        assert "outside" in refused(db, other, ended_on=dt.date(2019, 2, 1))["ended_on"]
        assert refused(db, other, "module").keys() == {"offering_module_id"}
        assert "no module" in refused(db, other, "module", offering_module_id=999)["offering_module_id"]
        taught = assign(db, other, "module", offering_module_id=module)
        assert values(db, "SELECT instructor_id FROM offering_module WHERE id = ?", module) == [(other,)]
        assert "already" in refused(db, other, "module", offering_module_id=module)["instructor_id"]
        assign(db, other, hours=10)
        assert "already" in refused(db, other, hours=5)["instructor_id"]
        remove_assignment(db, registrar, taught.id)
        assert values(db, "SELECT instructor_id FROM offering_module WHERE id = ?", module) == [(None,)]
        assert roles(db) == [(1, "lead", None), (other, "assistant", 10)]


def test_what_of_a_teacher_is_over_before_the_course_ends_is_said_when_they_are_assigned(tmp_path: Path) -> None:
    with taught_school(tmp_path, NOW) as db:
        other, registrar = second(db), user(db, Role.REGISTRAR)
        for kind, typed in (
            (TeachingKind.ACCREDITATION, {"title": "Perito", "authority": "DPI", "expires_on": dt.date(2019, 1, 10)}),
            (TeachingKind.ROTATION, {"starts_on": dt.date(2018, 1, 8), "ends_on": dt.date(2018, 12, 20)}),
        ):
            save_teaching(db, registrar, TeachingDraft(kind, typed, other))
        choice = next(each for each in assignment_form(db, registrar, None, OPEN, None).teachers if each.id == other)
        saved = assign(db, other)
        for each in (choice, saved):
            assert (each.lapsed_on, each.stay_ended_on) == (dt.date(2019, 1, 10), dt.date(2018, 12, 20))


def test_nobody_is_assigned_to_a_course_that_is_closed_or_cancelled(tmp_path: Path) -> None:
    with taught_school(tmp_path, NOW) as db:
        other = second(db)
        with db.write(Entry(Actor("test"), "edit_offering", "")) as tx:
            tx.update(Offering, {OPEN: {"status": OfferingStatus.CANCELLED, "cancelled_reason": "huelga"}})
        with pytest.raises(Refused, match="cancelled"):
            assign(db, other)
        with pytest.raises(Refused, match="closed"):
            assign(db, other, offering_id=1)
