"""Instructors and advisors: accreditations, rotations, assignments, mentored units."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from eic_tracker.store.columns import choice, key, ref, uid


class AssignmentRole(StrEnum):
    """What an instructor does in an offering; one lead each."""

    LEAD = "lead"
    ASSISTANT = "assistant"
    MODULE = "module"


class Instructor(SQLModel, table=True):
    """An instructor or advisor with home force and rank there; the lists in a text have a line for each."""

    __tablename__ = "instructor"
    id: int = key()
    uid: str = uid()
    code: str = Field(unique=True)
    given_names: str
    surnames: str
    match_key: str = Field(index=True)
    force_id: int = ref("force.id")
    rank_text: str | None = None
    police_number: str | None = None
    participant_id: int | None = ref("participant.id", optional=True)
    specialities: str | None = None
    languages: str | None = None
    ended_on: dt.date | None = None
    recorded_at: dt.datetime
    unit_id: int | None = ref("unit.id", optional=True)


class Accreditation(SQLModel, table=True):
    """What an authority found an instructor able to teach, until its last day where it has one.

    With a curriculum it is an officer's certification for it."""

    __tablename__ = "accreditation"
    id: int = key()
    instructor_id: int = ref("instructor.id")
    title: str
    authority: str
    number: str | None = None
    granted_on: dt.date | None = None
    expires_on: dt.date | None = None
    curriculum_id: int | None = ref("curriculum.id", optional=True)


class Rotation(SQLModel, table=True):
    """A stay of an advisor: from, to, home unit, who pays, counterpart."""

    __tablename__ = "rotation"
    id: int = key()
    instructor_id: int = ref("instructor.id")
    starts_on: dt.date
    ends_on: dt.date | None = None
    home_unit: str | None = None
    funding: str | None = None
    counterpart: str | None = None
    overlap_reason: str | None = None


class Assignment(SQLModel, table=True):
    """An instructor in an offering: role, module, hours."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("offering_id", "instructor_id", "offering_module_id"),
        Index(
            "uq_assignment_one_lead",
            "offering_id",
            unique=True,
            sqlite_where=text("role = 'lead'"),
            postgresql_where=text("role = 'lead'"),
        ),
    )
    id: int = key()
    offering_id: int = ref("offering.id")
    instructor_id: int = ref("instructor.id")
    role: AssignmentRole = choice(AssignmentRole, "role")
    offering_module_id: int | None = ref("offering_module.id", optional=True)
    hours: int | None = None
    ended_on: dt.date | None = None
    source_document_id: int | None = ref("source_document.id", optional=True, index=False)


class MentoredUnit(SQLModel, table=True):
    """A unit that an advisor mentors: theme and period."""

    __tablename__ = "mentored_unit"
    id: int = key()
    instructor_id: int = ref("instructor.id")
    unit_id: int = ref("unit.id")
    theme: str
    starts_on: dt.date
    ends_on: dt.date | None = None
