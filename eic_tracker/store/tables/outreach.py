"""G.R.E.A.T.: schools, curricula, class groups counted by head."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from eic_tracker.domain.codes import CurriculumKind
from eic_tracker.store.columns import choice, key, ref, uid


class Administration(StrEnum):
    """Who runs a school."""

    OFFICIAL = "official"
    NON_GOVERNMENTAL = "non_governmental"
    PROHECO = "proheco"
    MUNICIPAL = "municipal"
    CCEPREB = "ccepreb"


class Shift(StrEnum):
    """When a school or class meets."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class OfficerRole(StrEnum):
    """What an officer does in a class group."""

    LEAD = "lead"
    ASSISTANT = "assistant"


class School(SQLModel, table=True):
    """A school; its code is the SACE code or, where none is known, the program's own."""

    __tablename__ = "school"
    id: int = key()
    uid: str = uid()
    code: str = Field(unique=True)
    sace_code: str | None = Field(default=None, index=True)
    name: str
    match_key: str = Field(index=True)
    municipality_id: int = ref("municipality.id")
    locality: str | None = None
    administration: Administration | None = choice(Administration, "administration", optional=True)
    has_morning: bool = False
    has_afternoon: bool = False
    has_evening: bool = False
    valid_to: dt.date | None = None
    """the last day on which it stood; no class of a later year is entered in it"""


class Curriculum(SQLModel, table=True):
    """A component of an outreach programme."""

    __tablename__ = "curriculum"
    id: int = key()
    programme_id: int = ref("programme.id")
    code: str = Field(unique=True)
    name: str
    kind: CurriculumKind = choice(CurriculumKind, "kind")
    valid_to: dt.date | None = None


class CurriculumVersion(SQLModel, table=True):
    """A version: lessons in it, and how many a group needs to graduate (none: it never graduates)."""

    __tablename__ = "curriculum_version"
    __table_args__ = (UniqueConstraint("curriculum_id", "version"),)
    id: int = key()
    curriculum_id: int = ref("curriculum.id")
    version: str
    lessons: int
    lessons_required: int | None = None
    source: str | None = None


class CurriculumLesson(SQLModel, table=True):
    """A lesson of a curriculum version."""

    __tablename__ = "curriculum_lesson"
    __table_args__ = (UniqueConstraint("curriculum_version_id", "number"),)
    id: int = key()
    curriculum_version_id: int = ref("curriculum_version.id")
    number: int
    title: str


def heads() -> Any:
    """A count of youth, never negative (CHECK on the table)."""
    return Field(default=0)


_HEADS = [f"{what}_{who}" for what in ("enrolled", "reached", "graduated") for who in ("girls", "boys", "unrecorded")]
_NOT_NEGATIVE = " AND ".join(f"{name} >= 0" for name in _HEADS)


class ClassGroup(SQLModel, table=True):
    """A class at a school in a year, counted by head; a multigrade group also has rows per grade."""

    __tablename__ = "class_group"
    __table_args__ = (
        CheckConstraint(_NOT_NEGATIVE, name="heads_not_negative"),
        Index("ix_class_group_programme_id_first_lesson_on", "programme_id", "first_lesson_on"),
        Index("ix_class_group_same", "school_id", "school_year", "grade", "section", "shift"),
    )
    id: int = key()
    uid: str = uid()
    code: str = Field(unique=True)
    programme_id: int = ref("programme.id", index=False)
    school_id: int | None = ref("school.id", optional=True, index=False)
    municipality_id: int | None = ref("municipality.id", optional=True)
    curriculum_version_id: int = ref("curriculum_version.id")
    grade: str | None = None
    section: str | None = None
    shift: Shift | None = choice(Shift, "shift", optional=True)
    school_year: int
    lessons_given: int = 0
    first_lesson_on: dt.date | None = None
    graduated_on: dt.date | None = None
    event: str | None = None
    enrolled_girls: int = heads()
    enrolled_boys: int = heads()
    enrolled_unrecorded: int = heads()
    reached_girls: int = heads()
    reached_boys: int = heads()
    reached_unrecorded: int = heads()
    graduated_girls: int = heads()
    graduated_boys: int = heads()
    graduated_unrecorded: int = heads()
    note: str | None = None
    repeat_reason: str | None = None
    historical_total_id: int | None = ref("historical_total.id", optional=True)
    source_document_id: int | None = ref("source_document.id", optional=True)
    recorded_at: dt.datetime


class ClassGroupGrade(SQLModel, table=True):
    """The heads of one grade inside a multigrade group; they add up to the group."""

    __tablename__ = "class_group_grade"
    __table_args__ = (
        UniqueConstraint("class_group_id", "grade"),
        CheckConstraint(_NOT_NEGATIVE, name="heads_not_negative"),
    )
    id: int = key()
    class_group_id: int = ref("class_group.id", index=False)
    grade: str
    enrolled_girls: int = heads()
    enrolled_boys: int = heads()
    enrolled_unrecorded: int = heads()
    reached_girls: int = heads()
    reached_boys: int = heads()
    reached_unrecorded: int = heads()
    graduated_girls: int = heads()
    graduated_boys: int = heads()
    graduated_unrecorded: int = heads()


class ClassLesson(SQLModel, table=True):
    """A lesson given to a class group, with those present."""

    __tablename__ = "class_lesson"
    __table_args__ = (UniqueConstraint("class_group_id", "number"),)
    id: int = key()
    class_group_id: int = ref("class_group.id", index=False)
    number: int
    given_on: dt.date
    girls: int | None = None
    boys: int | None = None
    unrecorded: int | None = None


class ClassOfficer(SQLModel, table=True):
    """An officer of a class group."""

    __tablename__ = "class_officer"
    __table_args__ = (UniqueConstraint("class_group_id", "instructor_id"),)
    id: int = key()
    class_group_id: int = ref("class_group.id", index=False)
    instructor_id: int = ref("instructor.id")
    role: OfficerRole = choice(OfficerRole, "role", default=OfficerRole.LEAD)
