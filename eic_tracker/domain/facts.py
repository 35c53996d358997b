"""What is counted: dated facts, the dimensions they are broken down by, the scope of a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from eic_tracker.domain.codes import CurriculumKind, EnrolmentStatus, OfferingStatus, Seat, Sex


class Dimension(StrEnum):
    """What counts can be broken down by; the value is the word of the command line."""

    MONTH = "month"
    QUARTER = "quarter"
    FY_QUARTER = "fy-quarter"
    YEAR = "year"
    FY = "fy"
    SEX = "sex"
    DEPARTMENT = "department"
    MUNICIPALITY = "municipality"
    INSTITUTION = "institution"
    UNIT = "unit"
    RANK = "rank"
    COUNTRY = "country"
    COURSE = "course"
    COURSE_TYPE = "course-type"
    INSTRUCTOR_FORCE = "instructor-force"
    INSTRUCTOR = "instructor"
    SCHOOL = "school"
    GRADE = "grade"
    CURRICULUM = "curriculum"
    SCHOOL_TYPE = "school-type"


COVERED_BY = (
    Dimension.DEPARTMENT,
    Dimension.MUNICIPALITY,
    Dimension.YEAR,
    Dimension.QUARTER,
    Dimension.GRADE,
    Dimension.SEX,
    Dimension.SCHOOL_TYPE,
    Dimension.CURRICULUM,
)
"""What coverage is broken down by."""


@dataclass(frozen=True, slots=True)
class OfferingFact:
    """One offering with what it is counted by; codes, never words."""

    id: int
    programme: str
    code: str
    course: str
    course_type: str
    starts_on: dt.date
    ends_on: dt.date
    status: OfferingStatus
    municipality: str | None
    lead_force: str | None
    instructors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnrolmentFact:
    """One enrolment; `person` is the surviving participant where records were merged."""

    id: int
    offering_id: int
    person: int
    status: EnrolmentStatus
    seat: Seat
    sex: Sex
    institution: str | None
    unit: str | None
    rank: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Heads:
    """Youth counted by head."""

    girls: int = 0
    boys: int = 0
    unrecorded: int = 0

    @property
    def total(self) -> int:
        """All heads."""
        return self.girls + self.boys + self.unrecorded


@dataclass(frozen=True, slots=True)
class ClassGroupFact:
    """One class group; `grades` has one entry per school grade (several for multigrade groups)."""

    id: int
    programme: str
    first_lesson_on: dt.date | None
    graduated_on: dt.date | None
    school: str | None
    school_type: str | None
    municipality: str | None
    curriculum: str
    curriculum_kind: CurriculumKind
    instructors: tuple[str, ...]
    grades: tuple[tuple[str | None, Heads, Heads], ...]
    """(grade, reached, graduated)"""
    code: str | None = None
    """what papers call the group by; counting does not need it"""


@dataclass(frozen=True)
class Facts:
    """Everything that is counted, read in one transaction."""

    offerings: Sequence[OfferingFact]
    enrolments: Sequence[EnrolmentFact]
    class_groups: Sequence[ClassGroupFact]

    @cached_property
    def rosters(self) -> Mapping[int, Sequence[EnrolmentFact]]:
        """The enrolments of each offering by its id; put together once, as every figure asks for them."""
        found: dict[int, list[EnrolmentFact]] = {}
        for enrolment in self.enrolments:
            found.setdefault(enrolment.offering_id, []).append(enrolment)
        return found


@dataclass(frozen=True, slots=True)
class Scope:
    """Which facts a figure covers; empty tuples and None mean everything."""

    programmes: tuple[str, ...] = ()
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    lead_force: str | None = None
    departments: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    curriculum_kind: CurriculumKind | None = None
    school: str | None = None


EVERYTHING = Scope()
"""No restriction."""
