"""A school and officers of the programme that counts by head, for the tests of class groups."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from eic_tracker.domain.class_group_draft import ClassGroupDraft, OfficerGiven
from eic_tracker.domain.codes import Role
from eic_tracker.domain.facts import Heads
from eic_tracker.domain.school_rules import SchoolDraft
from eic_tracker.services.schools import SchoolSaved, save_school
from eic_tracker.store.database import Database
from tests.services.school import school_file, user, values

NOW = dt.datetime(2019, 6, 28, 18, tzinfo=dt.UTC)


def great_file(folder: Path) -> Database:
    """The small school's file at the middle of 2019; its instructor 1 is the officer."""
    return Database(school_file(folder), clock=lambda: NOW)


def enter_school(db: Database, name: str = "Escuela Inventada", **typed: object) -> SchoolSaved:
    """A school in Comayagua."""
    draft = SchoolDraft({"name": name, "municipality_id": place(db), "has_morning": True, **typed})
    return save_school(db, user(db, Role.REGISTRAR), draft)


def place(db: Database, code: str = "0301") -> int:
    """The key of a municipality."""
    return int(str(values(db, "SELECT id FROM municipality WHERE code = ?", code)[0][0]))


def version(db: Database, curriculum: str = "GREAT-PRIMARIA") -> int:
    """The key of a curriculum's newest version."""
    query = "SELECT max(v.id) FROM curriculum_version v JOIN curriculum c ON c.id = v.curriculum_id WHERE c.code = ?"
    return int(str(values(db, query, curriculum)[0][0]))


def group(db: Database, school: int, grade: str = "4", section: str = "A", **more: object) -> ClassGroupDraft:
    """A class group of 15 girls and 17 boys that was not taught yet."""
    counts: dict[str, object] = {"enrolled": Heads(15, 17), "officers": (OfficerGiven(1),), "shift": "morning"}
    return ClassGroupDraft(version(db), 2019, school, grade=grade, section=section, **{**counts, **more})  # type: ignore[arg-type]
