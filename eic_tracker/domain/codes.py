"""Stored codes: what the tables hold and the JSON says, never words of a language."""

from __future__ import annotations

from enum import StrEnum


class ProgrammeKind(StrEnum):
    """How a programme counts people: on rosters, or class groups by head."""

    COURSES = "courses"
    OUTREACH = "outreach"


class Sex(StrEnum):
    """Sex as recorded; U where it was not."""

    F = "F"
    M = "M"
    U = "U"


class CourseType(StrEnum):
    """Kind of a course in the catalogue."""

    COURSE = "course"
    SEMINAR = "seminar"
    WORKSHOP = "workshop"
    DIPLOMA = "diploma"
    SPECIALISATION = "specialisation"
    TRAIN_THE_TRAINER = "train_the_trainer"
    CONFERENCE = "conference"
    STUDY_TOUR = "study_tour"


class OfferingStatus(StrEnum):
    """What is stored of an offering; planned, running and finished follow from its dates."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class OfferingPhase(StrEnum):
    """What an offering is at an as-of date."""

    PLANNED = "planned"
    RUNNING = "running"
    FINISHED = "finished"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class EnrolmentStatus(StrEnum):
    """Where a person stands in an offering."""

    APPLIED = "applied"
    ENROLLED = "enrolled"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    WITHDREW = "withdrew"
    NO_SHOW = "no_show"
    REMOVED = "removed"


class Seat(StrEnum):
    """A seat in the course, or an alternate who waits for one."""

    SEAT = "seat"
    ALTERNATE = "alternate"


class RoundingRule(StrEnum):
    """What happens to a grade's decimals, printed on the act; none: 69.5 is not 70."""

    NONE = "none"
    HALF_UP = "half_up"


class SecondChanceRule(StrEnum):
    """What a second chance counts: not held, in place of the first grade, or the same but at most the minimum."""

    NONE = "none"
    REPLACES = "replaces"
    AT_MOST_MINIMUM = "at_most_minimum"


class AttendanceMark(StrEnum):
    """How a person stood on a day."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"


class DayPart(StrEnum):
    """What part of a day a mark speaks of: a day may have a module in the morning and another in the afternoon."""

    WHOLE = "whole"
    MORNING = "morning"
    AFTERNOON = "afternoon"


class SignedSheet(StrEnum):
    """The papers that an instructor signs and on whose strength a registrar records."""

    ATTENDANCE = "attendance_sheet"
    GRADES = "grade_sheet"


class Distinction(StrEnum):
    """A distinction at closing; unsatisfactory is seen by the course's people and managers only."""

    KEY_PARTICIPANT = "key_participant"
    UNSATISFACTORY = "unsatisfactory"


class CurriculumKind(StrEnum):
    """Components of G.R.E.A.T.; camp and workshop are reached, never graduated."""

    ELEMENTARY = "elementary"
    MIDDLE = "middle"
    FAMILIES = "families"
    CAMP = "camp"
    WORKSHOP = "workshop"


class Measure(StrEnum):
    """What a figure counts."""

    COMPLETIONS = "completions"
    PERSONS = "persons"
    ENROLMENTS = "enrolments"
    OFFERINGS = "offerings"
    REACHED = "reached"
    GRADUATED = "graduated"


class Qualifier(StrEnum):
    """How a published figure is meant."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    ABOUT = "about"
    TARGET = "target"
    EXPECTED_ADDITIONAL = "expected_additional"


class FigureState(StrEnum):
    """How a published figure stands against the rows at an as-of date."""

    NOT_RECORDED = "not_recorded"
    CONTRADICTED = "contradicted"
    IN_PROGRESS = "in_progress"
    RECONCILED = "reconciled"
    MISSED = "missed"
    EXPLAINED = "explained"
    UNEXPLAINED = "unexplained"


class CertificateKind(StrEnum):
    """What a certificate says."""

    DIPLOMA = "diploma"
    PARTICIPATION = "participation"
    STATEMENT = "statement"
    TRANSCRIPT = "transcript"
    INSTRUCTOR = "instructor"


class AnnulmentGround(StrEnum):
    """Why a certificate was annulled or replaced."""

    NOT_COMPLETED = "not_completed"
    CORRECTION = "correction"
    LOSS = "loss"
    THEFT = "theft"
    DAMAGE = "damage"
    ERROR = "error"
    CHANGE_OF_NAME = "change_of_name"
    FORGERY = "forgery"


class TemplateKind(StrEnum):
    """What a template of certificates is for; pupils' certificates are printed and never kept."""

    DIPLOMA = "diploma"
    PARTICIPATION = "participation"
    STATEMENT = "statement"
    TRANSCRIPT = "transcript"
    INSTRUCTOR = "instructor"
    PUPIL = "pupil"


class KeyTitle(StrEnum):
    """In what capacity somebody signs for the school."""

    TITULAR = "titular"
    DEPUTY = "deputy"


class KeyEnd(StrEnum):
    """Why a key signs no more; of a stolen one only the listed certificates hold."""

    HANDED_OVER = "handed_over"
    LOST = "lost"
    STOLEN = "stolen"


class CauseKind(StrEnum):
    """Why a published and a counted figure differ."""

    HISTORICAL_TOTAL = "historical_total"
    COUNTING_RULE = "counting_rule"
    LATE_ENTRY = "late_entry"
    MERGED = "merged"
    DOCUMENTED = "documented"
    QUALIFIER = "qualifier"


class CertificateStatus(StrEnum):
    """A status, never a delete."""

    PREPARED = "prepared"
    APPROVED = "approved"
    ISSUED = "issued"
    ANNULLED = "annulled"
    REPLACED = "replaced"
    PAPER_BOOK = "paper_book"


class Role(StrEnum):
    """Who a user is; rights are in domain/permissions.py."""

    REGISTRAR = "registrar"
    INSTRUCTOR = "instructor"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class FileKind(StrEnum):
    """A school's file, or a demonstration that can never become one."""

    SCHOOL = "school"
    DEMONSTRATION = "demonstration"


class Operation(StrEnum):
    """What a change did to a row."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


class ActKind(StrEnum):
    """What an act records."""

    GRADES = "grades"
    CLOSING = "closing"
    GRADUATION = "graduation"
    RECTIFICATION = "rectification"
    DELIVERY = "delivery"


class AttachmentKind(StrEnum):
    """What an attached file shows."""

    LETTER = "letter"
    ATTENDANCE_SHEET = "attendance_sheet"
    GRADE_SHEET = "grade_sheet"
    ACT = "act"
    SUMMARY_SHEET = "summary_sheet"
    BOOK_PAGE = "book_page"
    REPORT_COPY = "report_copy"
    OTHER = "other"


class ReportKind(StrEnum):
    """Which span a periodic report tells: a quarter, a year, or all since the beginning."""

    QUARTERLY = "quarterly"
    ANNUAL = "annual"
    CUMULATIVE = "cumulative"


class ReportSigner(StrEnum):
    """As what somebody signs a periodic report (Elaborado, Revisado, Vo.Bo.)."""

    PREPARED = "prepared"
    REVIEWED = "reviewed"
    APPROVED = "approved"


class ReportSection(StrEnum):
    """A part of a periodic report that may be left out; its summary, restatements and method never are."""

    PLANNED = "planned"
    COURSES = "courses"
    HOURS = "hours"
    YOUTH = "youth"
    SINGLE_COURSES = "single_courses"
    SUPPORT = "support"
    PUBLISHED = "published"
    HISTORICAL = "historical"
    EXCEPTIONS = "exceptions"
    SOURCES = "sources"
