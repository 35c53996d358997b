"""Who came without being listed: matched to somebody of the roster with all marks, or taken off as typed in error."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from eic_tracker.domain.codes import EnrolmentStatus, Seat
from eic_tracker.domain.permissions import ActingUser, Action, Right, require, right
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.class_results import ClassMember, WalkIn, read_class
from eic_tracker.services.attendance import check_not_given
from eic_tracker.services.offerings import open_offering
from eic_tracker.services.recording import Course, follow, own_course
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Attendance, WalkInMark
from eic_tracker.store.tables.courses import WalkIn as WalkInRow
from eic_tracker.store.transaction import Entry, Tx

_HELD = frozenset({EnrolmentStatus.ENROLLED, EnrolmentStatus.WITHDREW})


@dataclass(frozen=True, slots=True)
class MatchDraft:
    """Who came without being listed, and the enrolment of the same course that is theirs."""

    walk_in_id: int
    enrolment_id: int


@dataclass(frozen=True, slots=True)
class WalkInMatched:
    """What a match did: the entry's number, the name as it was typed, whose line it is now, and the marks moved."""

    set_id: int
    typed: str
    name: str
    marks: int


def match_walk_in(db: Database, acting: ActingUser, draft: MatchDraft) -> WalkInMatched:
    """Say who came: the marks become the enrolment's. A registrar's.

    Refused where the person is marked otherwise on one of these days, or has no seat in this course."""
    require(acting, Action.ENROL)
    with db.write(Entry(actor(acting), "match_walk_in", "")) as tx:
        course, walk_in = _unmatched(tx, draft.walk_in_id)
        member = course.member(draft.enrolment_id)
        if member.seat is not Seat.SEAT or member.status not in _HELD:
            raise Refused(
                N_("{name} has no seat in course {code}, so no attendance is kept of them."),
                name=member.name,
                code=course.code,
            )
        if walk_in.marks:
            check_not_given(course)
        _check_alike(course, walk_in, member)
        rows = tx.connection.exec_driver_sql("SELECT id FROM walk_in_mark WHERE walk_in_id = ?", (walk_in.id,))
        tx.delete(WalkInMark, [key for (key,) in rows])
        moved = {day: mark for day, mark in walk_in.marks.items() if day not in member.marks}
        tx.insert(
            Attendance,
            [
                {
                    "enrolment_id": member.enrolment_id,
                    "offering_day_id": day,
                    "mark": mark.mark,
                    "ground_id": mark.ground_id,
                }
                for day, mark in moved.items()
            ],
        )
        tx.update(WalkInRow, {walk_in.id: {"enrolment_id": member.enrolment_id}})
        follow(tx, course.id, {member.enrolment_id})
        return WalkInMatched(tx.set_id, walk_in.name, member.name, len(moved))


def take_off_walk_in(db: Database, acting: ActingUser, walk_in_id: int) -> str:
    """Take somebody off who was typed in error; the name. The course's instructor's, or a registrar's."""
    require(acting, Action.RECORD_RESULTS)
    with db.write(Entry(actor(acting), "take_off_walk_in", "")) as tx:
        course, walk_in = _unmatched(tx, walk_in_id)
        if right(acting, Action.ENROL) is Right.NO:
            own_course(tx.connection, acting, course)
        rows = tx.connection.exec_driver_sql("SELECT id FROM walk_in_mark WHERE walk_in_id = ?", (walk_in.id,))
        tx.delete(WalkInMark, [key for (key,) in rows])
        tx.delete(WalkInRow, [walk_in.id])
        return walk_in.name


def _unmatched(tx: Tx, walk_in_id: int) -> tuple[Course, WalkIn]:
    """The open course of somebody who is matched to nobody yet."""
    offering = tx.connection.exec_driver_sql(
        "SELECT offering_id FROM walk_in WHERE id = ? AND enrolment_id IS NULL", (walk_in_id,)
    ).scalar()
    if offering is None:
        raise UserError(N_("Who came without being listed was matched or taken off meanwhile; look at the list again."))
    row = open_offering(tx.connection, offering)
    tx.entry = replace(tx.entry, label=str(row["code"]))
    course = Course(row, read_class(tx.connection, offering), None)
    return course, next(each for each in course.results.walk_ins if each.id == walk_in_id)


def _check_alike(course: Course, walk_in: WalkIn, member: ClassMember) -> None:
    """Refused where both have a mark on a day and these differ: which of them holds is for people to say."""
    otherwise = {day for day, mark in walk_in.marks.items() if member.marks.get(day, mark) != mark}
    if otherwise:
        dates: list[dt.date] = sorted({day.held_on for day in course.results.days if day.id in otherwise})
        raise Refused(
            N_("{name} is marked otherwise on {date} (days: {count}). Take one of the two marks away, then match."),
            name=member.name,
            date=dates[0],
            count=len(otherwise),
        )
