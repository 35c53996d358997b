"""Attendance sheets on paper and back: printed week by week, a scan finds its course by the code that it bears."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from eic_tracker.domain.codes import AttachmentKind, EnrolmentStatus, OfferingStatus, Seat
from eic_tracker.domain.paper_codes import SheetCode, read_sheet_code
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.sheet_weeks import SheetWeek, sheet_weeks
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.course_papers import (
    CourseHead,
    CoursePerson,
    offerings_of_uid,
    read_course_head,
    read_days,
    read_paper_people,
)
from eic_tracker.queries.school import read_school
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.attachments import Scan, attach_scan, check_scan
from eic_tracker.services.leaving import lacks_reason, require_note
from eic_tracker.services.offerings import GONE
from eic_tracker.services.recording import taught_modules
from eic_tracker.services.scan_codes import codes_in_scan
from eic_tracker.services.sign_in import actor, read_file_facts
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Offering
from eic_tracker.store.transaction import Entry

_SIT = frozenset({EnrolmentStatus.ENROLLED, EnrolmentStatus.COMPLETED, EnrolmentStatus.NOT_COMPLETED})
"""Who signs: people with a seat who neither left nor never came."""


@dataclass(frozen=True, slots=True)
class CourseWeeks:
    """The weeks of a course with sheets to print, how many people they name, and whether that needs a reason."""

    code: str
    weeks: tuple[SheetWeek, ...]
    people: int
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A page of attendance that was recognised: its course, its week (empty days: no longer in the course)."""

    offering_id: int
    code: str
    title: str
    week: int
    first: dt.date | None
    last: dt.date | None
    page: int


@dataclass(frozen=True, slots=True)
class ReadScan:
    """What a scan says: the sheets that were recognised, in order, and how many of its pages bear no code."""

    sheets: tuple[FoundSheet, ...]
    without_code: int


@dataclass(frozen=True, slots=True)
class SheetAttached:
    """A scan that was filed with its course."""

    set_id: int
    attachment_id: int
    code: str
    known: bool
    """the very same scan was filed with the course before"""


def weeks_of_course(db: Database, acting: ActingUser, offering_id: int) -> CourseWeeks:
    """The weeks of a course; Refused outside one's own courses."""
    with db.read() as connection:
        taught_modules(connection, acting, offering_id)
        head = course_head(connection, offering_id)
        people = len(_signers(connection, offering_id))
        weeks = sheet_weeks(read_days(connection, offering_id), head.starts_on, head.ends_on)
        return CourseWeeks(head.code, weeks, people, lacks_reason(connection, acting.id, people, db.clock()))


def attendance_sheets(
    db: Database,
    acting: ActingUser,
    offering_id: int,
    *,
    t: Translator,
    week: int | None = None,
    note: int | None = None,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """The sheets of a week, or of all, as a PDF; who is named on them needs the number of a note in the journal."""
    from eic_tracker.reports.attendance_sheet_pdf import SheetFacts, SheetPerson, attendance_sheets_pdf

    with db.read() as connection:
        taught_modules(connection, acting, offering_id)
        head = course_head(connection, offering_id)
        people = _signers(connection, offering_id)
        require_note(connection, acting, note, len(people))
        weeks = sheet_weeks(read_days(connection, offering_id), head.starts_on, head.ends_on)
        if week is not None and week not in {each.number for each in weeks}:
            known = ", ".join(str(each.number) for each in weeks)
            raise UserError(
                N_("Course {code} has no week {week}; it has: {known}."), code=head.code, week=week, known=known
            )
        letterhead = read_school(connection).letterhead
        facts = SheetFacts(
            uid=head.uid,
            code=head.code,
            title=head.title,
            school=letterhead[-1] if letterhead else "",
            place=head.place,
            instructor=", ".join(head.instructors[:2]),
            people=tuple(SheetPerson(each.name, each.rank, each.document) for each in people),
            weeks=weeks,
            chosen=frozenset() if week is None else frozenset({week}),
            demonstration=read_file_facts(connection).demonstration,
        )
    return attendance_sheets_pdf(facts, t, paper)


def sheets_in_scan(db: Database, acting: ActingUser, scan: Scan) -> ReadScan:
    """Which sheets a scan shows, by the codes on its pages; UserError where it is damaged or no paper."""
    require(acting, Action.RECORD_RESULTS)
    check_scan(scan)
    codes = [next(filter(None, map(read_sheet_code, page)), None) for page in codes_in_scan(scan)]
    with db.read() as connection:
        found = [sheet for code in codes if code and (sheet := sheet_in_file(connection, code)) is not None]
    return ReadScan(tuple(found), len(codes) - len(found))


def sheet_of_code(db: Database, acting: ActingUser, text: str) -> FoundSheet:
    """The sheet whose code somebody typed; UserError where it is mistyped or of no course of this file."""
    require(acting, Action.RECORD_RESULTS)
    code = read_sheet_code(text)
    if code is None:
        raise UserError(
            N_("“{text}” is no code of a sheet; it reads like HA-4KX92M7Q-003-01-Z8. Look again."), text=text
        )
    with db.read() as connection:
        sheet = sheet_in_file(connection, code)
    if sheet is None:
        raise UserError(N_("The code {text} is of no course of this file."), text=code.text)
    return sheet


def attach_sheet(
    db: Database,
    acting: ActingUser,
    scan: Scan,
    offering_id: int,
    kind: AttachmentKind = AttachmentKind.ATTENDANCE_SHEET,
) -> SheetAttached:
    """File a scan with a course, open or closed; Refused where its own codes say that it is another course's.

    A closed course whose signed attendance comes in rests on it from then on."""
    require(acting, Action.RECORD_RESULTS)
    if kind is AttachmentKind.ATTENDANCE_SHEET:
        others = [sheet for sheet in sheets_in_scan(db, acting, scan).sheets if sheet.offering_id != offering_id]
        if others:
            raise Refused(
                N_("{name} is a sheet of course {code}, week {week}; nothing was filed. Attach it there."),
                name=scan.name,
                code=others[0].code,
                week=others[0].week,
            )
    with db.write(Entry(actor(acting), "attach_sheet", "")) as tx:
        taught_modules(tx.connection, acting, offering_id)
        head = course_head(tx.connection, offering_id)
        tx.entry = replace(tx.entry, label=head.code)
        if head.status is OfferingStatus.CANCELLED:
            raise Refused(N_("Course {code} was cancelled: nothing is entered in it any more."), code=head.code)
        key, known = attach_scan(tx, scan, kind, offering_id)
        if kind is AttachmentKind.ATTENDANCE_SHEET and head.status is OfferingStatus.CLOSED:
            tx.update(Offering, {offering_id: {"signed_attendance": True}})
        return SheetAttached(tx.set_id, key, head.code, known)


def course_head(connection: Connection, offering_id: int) -> CourseHead:
    """A course given; UserError where it is gone."""
    head = read_course_head(connection, offering_id)
    if head is None:
        raise UserError(GONE)
    return head


def _signers(connection: Connection, offering_id: int) -> list[CoursePerson]:
    people = read_paper_people(connection, offering_id).values()
    return [each for each in people if each.seat is Seat.SEAT and each.status in _SIT]


def sheet_in_file(connection: Connection, code: SheetCode) -> FoundSheet | None:
    """The sheet of a code; None where it is of no course of this file."""
    keys = offerings_of_uid(connection, code.uid_start)
    if len(keys) != 1:
        return None
    head = course_head(connection, keys[0])
    weeks = sheet_weeks(read_days(connection, head.id), head.starts_on, head.ends_on)
    week = next((each for each in weeks if each.number == code.week), None)
    first, last = (week.first, week.last) if week is not None else (None, None)
    return FoundSheet(head.id, head.code, head.title, code.week, first, last, code.page)
