"""Catalogue, offerings, enrolments, grades and attendance."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from eic_tracker.domain.codes import (
    AttendanceMark,
    CourseType,
    DayPart,
    Distinction,
    EnrolmentStatus,
    OfferingStatus,
    RoundingRule,
    Seat,
    SecondChanceRule,
)
from eic_tracker.store.columns import choice, key, ref, uid


class Course(SQLModel, table=True):
    """A course of the catalogue; after `valid_to` no new edition of it is entered."""

    __tablename__ = "course"
    id: int = key()
    code: str = Field(unique=True)
    programme_id: int = ref("programme.id")
    title: str
    course_type: CourseType = choice(CourseType, "course_type")
    valid_to: dt.date | None = None


class CourseVersion(SQLModel, table=True):
    """A version of a course: hours, grade rules; grades in hundredths of a point, weights in percent."""

    __tablename__ = "course_version"
    __table_args__ = (
        UniqueConstraint("course_id", "version"),
        CheckConstraint("hours > 0", name="hours"),
        CheckConstraint("minimum_attendance BETWEEN 0 AND 100", name="minimum_attendance"),
    )
    id: int = key()
    course_id: int = ref("course.id")
    version: int
    hours: int
    human_rights_hours: int = 0
    scale: int = 100
    minimum_grade: int
    minimum_attendance: int
    rounding: RoundingRule = choice(RoundingRule, "rounding", default=RoundingRule.NONE)
    second_chance: SecondChanceRule = choice(SecondChanceRule, "second_chance", default=SecondChanceRule.REPLACES)
    post_test_weight: int = 0
    performance_weight: int = 0
    products_weight: int = 0
    certificate_template: str = "diploma"


class CourseModule(SQLModel, table=True):
    """A module of a course version."""

    __tablename__ = "course_module"
    __table_args__ = (UniqueConstraint("course_version_id", "number"),)
    id: int = key()
    course_version_id: int = ref("course_version.id")
    number: int
    title: str
    hours: int
    human_rights_hours: int = 0
    weight: int = 0


class Offering(SQLModel, table=True):
    """One edition of a course; planned, running and finished follow from the dates.

    `written_scale` is the scale on which its grades came where they were converted to that of the version."""

    __tablename__ = "offering"
    __table_args__ = (
        UniqueConstraint("programme_id", "code"),
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        Index("ix_offering_programme_id_ends_on", "programme_id", "ends_on"),
    )
    id: int = key()
    uid: str = uid()
    programme_id: int = ref("programme.id", index=False)
    course_version_id: int = ref("course_version.id")
    code: str
    starts_on: dt.date
    ends_on: dt.date
    status: OfferingStatus = choice(OfferingStatus, "status", default=OfferingStatus.OPEN)
    municipality_id: int | None = ref("municipality.id", optional=True)
    place: str | None = None
    capacity: int | None = None
    vetting_required: bool = False
    enrolment_open: bool = True
    historical_total_id: int | None = ref("historical_total.id", optional=True)
    source_document_id: int | None = ref("source_document.id", optional=True)
    closed_at: dt.datetime | None = None
    cancelled_reason: str | None = None
    signed_attendance: bool = False
    written_scale: int | None = None
    recorded_at: dt.datetime


class OfferingModule(SQLModel, table=True):
    """A module as it was taught in an offering: who and when."""

    __tablename__ = "offering_module"
    __table_args__ = (UniqueConstraint("offering_id", "course_module_id"),)
    id: int = key()
    offering_id: int = ref("offering.id")
    course_module_id: int = ref("course_module.id")
    instructor_id: int | None = ref("instructor.id", optional=True)
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


class OfferingDay(SQLModel, table=True):
    """A day of an offering, or half of one, for attendance."""

    __tablename__ = "offering_day"
    __table_args__ = (UniqueConstraint("offering_id", "held_on", "part"),)
    id: int = key()
    offering_id: int = ref("offering.id")
    held_on: dt.date
    part: DayPart = choice(DayPart, "part", default=DayPart.WHOLE)
    offering_module_id: int | None = ref("offering_module.id", optional=True)


class Enrolment(SQLModel, table=True):
    """A person in an offering, with rank, unit and institution as they were then; grades in hundredths.

    A text stands where the sender's word for it is not mapped to a rank, unit or institution yet."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("offering_id", "participant_id"),
        Index("ix_enrolment_participant_id", "participant_id", "status", "seat", "offering_id"),
        CheckConstraint("attendance_percent BETWEEN 0 AND 100", name="attendance_percent"),
    )
    id: int = key()
    uid: str = uid()
    offering_id: int = ref("offering.id", index=False)
    participant_id: int = ref("participant.id", index=False)
    status: EnrolmentStatus = choice(EnrolmentStatus, "status")
    seat: Seat = choice(Seat, "seat", default=Seat.SEAT)
    ground_id: int | None = ref("ground.id", optional=True, index=False)
    proposed_status: EnrolmentStatus | None = choice(EnrolmentStatus, "proposed_status", optional=True)
    institution_id: int | None = ref("institution.id", optional=True, index=False)
    unit_id: int | None = ref("unit.id", optional=True, index=False)
    rank_id: int | None = ref("rank.id", optional=True, index=False)
    institution_text: str | None = None
    unit_text: str | None = None
    rank_text: str | None = None
    post: str | None = None
    lodging: bool | None = None
    pre_test: int | None = None
    post_test: int | None = None
    performance: int | None = None
    products: int | None = None
    final_grade: int | None = None
    second_chance_grade: int | None = None
    attendance_percent: int | None = None
    distinction: Distinction | None = choice(Distinction, "distinction", optional=True)
    replaces_enrolment_id: int | None = ref("enrolment.id", optional=True, index=False)
    source_document_id: int | None = ref("source_document.id", optional=True)
    authorisation_id: int | None = ref("authorisation.id", optional=True, index=False)
    recorded_at: dt.datetime


class ModuleGrade(SQLModel, table=True):
    """A grade of a person in a module, in hundredths; the second chance stands beside the first."""

    __tablename__ = "module_grade"
    __table_args__ = (UniqueConstraint("enrolment_id", "offering_module_id"),)
    id: int = key()
    enrolment_id: int = ref("enrolment.id", index=False)
    offering_module_id: int = ref("offering_module.id")
    grade: int | None = None
    second_chance_grade: int | None = None


class Attendance(SQLModel, table=True):
    """The mark of a person on a day."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("enrolment_id", "offering_day_id"),)
    id: int = key()
    enrolment_id: int = ref("enrolment.id", index=False)
    offering_day_id: int = ref("offering_day.id")
    mark: AttendanceMark = choice(AttendanceMark, "mark")
    ground_id: int | None = ref("ground.id", optional=True, index=False)


class WalkIn(SQLModel, table=True):
    """Somebody who came to an offering without being listed, as typed on the day; matched to an enrolment later."""

    __tablename__ = "walk_in"
    id: int = key()
    offering_id: int = ref("offering.id")
    name: str
    number: str | None = None
    enrolment_id: int | None = ref("enrolment.id", optional=True)
    recorded_at: dt.datetime


class WalkInMark(SQLModel, table=True):
    """The mark of somebody on a day who is matched to nobody yet."""

    __tablename__ = "walk_in_mark"
    __table_args__ = (UniqueConstraint("walk_in_id", "offering_day_id"),)
    id: int = key()
    walk_in_id: int = ref("walk_in.id", index=False)
    offering_day_id: int = ref("offering_day.id")
    mark: AttendanceMark = choice(AttendanceMark, "mark")
    ground_id: int | None = ref("ground.id", optional=True, index=False)
