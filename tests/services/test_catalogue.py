"""Tests of the catalogue: courses and versions entered, rules told under their fields, what was given stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.domain.course_rules import ModuleLine
from eic_tracker.domain.drafts import ChangedMeanwhile, DraftRefused
from eic_tracker.domain.offering_rules import OfferingDraft
from eic_tracker.errors import Refused
from eic_tracker.services.catalogue import (
    CourseDraft,
    VersionDraft,
    course_form,
    save_course,
    save_version,
    version_form,
)
from eic_tracker.services.history import undo_own
from eic_tracker.services.offerings import offering_form, save_offering
from eic_tracker.store.database import Database
from tests.services.doors_of_registrar import COURSE
from tests.services.school import school, user, values

MODULES = (ModuleLine("Escena", 24, 4, 60), ModuleLine("Laboratorio", 16, None, 40))
BY_MODULES = {
    **COURSE,
    **dict.fromkeys(("post_test_weight", "performance_weight", "products_weight")),
    "modules": MODULES,
}


def last_entry(db: Database) -> int:
    """The number of the newest entry of the journal."""
    return int(str(values(db, "SELECT max(id) FROM change_set")[0][0]))


def test_a_course_is_entered_with_its_first_version_given_and_undone_as_one(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        saved = save_course(db, registrar, CourseDraft(BY_MODULES))
        entry = last_entry(db)
        assert version_form(db, registrar, saved.id, None).version == 2
        stored = values(
            db, "SELECT version, hours, minimum_grade, scale FROM course_version WHERE course_id = ?", saved.id
        )
        assert stored == [(1, 40, 7000, 100)]
        assert values(
            db,
            "SELECT m.number, m.title, m.hours, m.human_rights_hours, m.weight FROM course_module m "
            "JOIN course_version v ON v.id = m.course_version_id WHERE v.course_id = ? ORDER BY m.number",
            saved.id,
        ) == [(1, "Escena", 24, 4, 60), (2, "Laboratorio", 16, 0, 40)]
        assert saved.id in offering_form(db, registrar).courses
        undo_own(db, registrar, entry)
        assert values(db, "SELECT id FROM course WHERE code = ?", "CUR-NUEVO") == []


def test_what_was_given_keeps_its_version_and_the_next_one_is_a_copy_that_may_be_changed(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        ((version, course),) = values(
            db,
            "SELECT v.id, v.course_id FROM offering o "
            "JOIN course_version v ON v.id = o.course_version_id WHERE o.id = 2",
        )
        begun = version_form(db, registrar, int(str(course)), int(str(version)))
        with pytest.raises(Refused, match="new version"):
            save_version(db, registrar, VersionDraft(COURSE, int(str(course)), int(str(version)), begun.values))
        copy = version_form(db, registrar, int(str(course)), None)
        assert copy.values == begun.values
        changed = {**copy.values, "hours": 48, "modules": ()}
        saved = save_version(db, registrar, VersionDraft(changed, int(str(course))))
        assert saved.version == copy.version
        assert values(db, "SELECT course_version_id FROM offering WHERE id = 2") == [(version,)]
        new = save_offering(db, registrar, OfferingDraft({"course_id": course, "starts_on": dt.date(2019, 8, 5)}))
        hours = "SELECT v.hours FROM offering o JOIN course_version v ON v.id = o.course_version_id WHERE o.id = ?"
        assert values(db, hours, new.id) == [(48,)]


def test_a_version_that_nothing_follows_is_changed_with_its_modules(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        saved = save_course(db, registrar, CourseDraft(BY_MODULES))
        ((key,),) = values(db, "SELECT id FROM course_version WHERE course_id = ?", saved.id)
        begun = version_form(db, registrar, saved.id, int(str(key))).values
        fewer = {**begun, "modules": (ModuleLine("Todo", 40, 4, 100),)}
        save_version(db, registrar, VersionDraft(fewer, saved.id, int(str(key)), begun))
        assert values(db, "SELECT title, weight FROM course_module WHERE course_version_id = ?", key) == [("Todo", 100)]
        with pytest.raises(ChangedMeanwhile):
            save_version(db, registrar, VersionDraft(fewer, saved.id, int(str(key)), begun))


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"hours": None}, "hours", "needed"),
        ({"hours": 0}, "hours", "at least one"),
        ({"hours": "cuarenta"}, "hours", "whole number"),
        ({"human_rights_hours": 41}, "human_rights_hours", "more than"),
        ({"minimum_attendance": 101}, "minimum_attendance", "100"),
        ({"minimum_grade": "101"}, "minimum_grade", "from 0 to 100"),
        ({"scale": "5"}, "minimum_grade", "from 0 to 5"),
        ({"minimum_grade": "setenta"}, "minimum_grade", "grade"),
        ({"products_weight": 20}, "products_weight", "make 90"),
        ({"modules": MODULES}, "modules", "not both"),
        ({"code": "con espacio"}, "code", "without blanks"),
        ({"title": None}, "title", "needed"),
        ({"course_type": "feria"}, "course_type", "list"),
        ({"programme_id": None}, "programme_id", "needed"),
    ],
)
def test_what_is_wrong_with_a_course_is_said_of_its_field(
    tmp_path: Path, changes: dict[str, Any], field: str, said: str
) -> None:
    with school(tmp_path) as db, pytest.raises(DraftRefused) as refused:
        save_course(db, user(db, Role.REGISTRAR), CourseDraft({**COURSE, **changes}))
    assert [problem.field for problem in refused.value.problems] == [field]
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ((ModuleLine("Escena", 24, 4, 60), ModuleLine("Laboratorio", 16, None, 30)), "make 90"),
        ((ModuleLine("Escena", 24, 4, 60), ModuleLine("Laboratorio", 8, None, 40)), "32 hours together"),
        ((ModuleLine("Escena", 24, 2, 60), ModuleLine("Laboratorio", 16, None, 40)), "2 hours of human rights"),
        ((ModuleLine("", 24, 4, 60), ModuleLine("Laboratorio", 16, None, 40)), "Module 1 needs a title"),
        ((ModuleLine("Escena", None, 4, 60), ModuleLine("Laboratorio", 16, None, 40)), "Module 1 needs its hours"),
        ((ModuleLine("Escena", 24, "x", 60), ModuleLine("Laboratorio", 16, None, 40)), "whole numbers"),
    ],
)
def test_what_modules_do_not_add_up_to_is_said(tmp_path: Path, modules: tuple[ModuleLine, ...], said: str) -> None:
    with school(tmp_path) as db, pytest.raises(DraftRefused, match=said) as refused:
        save_course(db, user(db, Role.REGISTRAR), CourseDraft({**BY_MODULES, "modules": modules}))
    assert {problem.field for problem in refused.value.problems} == {"modules"}


def test_the_code_of_a_course_that_was_given_stays_and_no_two_are_alike(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        begun = course_form(db, registrar, 1).values
        with pytest.raises(DraftRefused, match="stands on papers"):
            save_course(db, registrar, CourseDraft({**begun, "code": "CUR-OTRO"}, 1, begun))
        with pytest.raises(DraftRefused, match="already"):
            save_course(db, registrar, CourseDraft({**COURSE, "code": str(begun["code"]).lower()}))
        save_course(db, registrar, CourseDraft({**begun, "title": "Nuevo título"}, 1, begun))
        with pytest.raises(ChangedMeanwhile):
            save_course(db, registrar, CourseDraft({**begun, "title": "Otro"}, 1, begun))


def test_a_course_that_ended_is_not_offered_and_not_given_after_its_end(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        saved = save_course(db, registrar, CourseDraft({**COURSE, "valid_to": dt.date(2012, 12, 31)}))
        assert saved.id not in offering_form(db, registrar).courses
        with pytest.raises(DraftRefused, match="given until"):
            save_offering(db, registrar, OfferingDraft({"course_id": saved.id, "starts_on": dt.date(2019, 8, 5)}))
        save_offering(db, registrar, OfferingDraft({"course_id": saved.id, "starts_on": dt.date(2012, 8, 6)}))
