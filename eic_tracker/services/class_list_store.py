"""A class list is taken in: marks, grades and remarks in one entry that one undo takes back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import AttachmentKind, AttendanceMark, DayPart, EnrolmentStatus
from eic_tracker.domain.grade_texts import Written
from eic_tracker.domain.grading import POINT
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_
from eic_tracker.queries.class_results import Mark
from eic_tracker.services.attendance import (
    AttendanceDraft,
    check_day,
    check_not_given,
    day_of,
    forget_percent,
    keep_walk_ins,
    write_marks,
)
from eic_tracker.services.class_list_lines import ListLine, ListReview, ListState
from eic_tracker.services.class_list_review import review_beside
from eic_tracker.services.grades import GradeCell, check_second_chances, remember_scale, store_cell
from eic_tracker.services.recording import Course, OnBehalf, follow, recorded_course
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.transaction import Entry, Tx


@dataclass(frozen=True, slots=True)
class ListDraft:
    """A review to be stored; `chosen` are the cells of conflicts in which the list's value is taken."""

    review: ListReview
    chosen: frozenset[tuple[int, str]] = frozenset()
    scale: int | None = None
    """the answer to the question of the scale"""
    on_behalf: OnBehalf | None = None


@dataclass(frozen=True, slots=True)
class ListStored:
    """What was stored: the entry's number (None: nothing differed), cells and people, and what stayed out."""

    set_id: int | None
    code: str
    cells: int
    people: int
    kept_here: int
    errors: int


def store_class_list(db: Database, acting: ActingUser, draft: ListDraft) -> ListStored:
    """Store what a review says, all of it or nothing; conflicts that nobody decided stay as they are here.

    Refused where something was changed since the review."""
    require(acting, Action.RECORD_RESULTS)
    review = draft.review
    with db.write(Entry(actor(acting), "import_class_list", "")) as tx:
        course = recorded_course(tx, acting, review.offering_id, draft.on_behalf, AttachmentKind.GRADE_SHEET)
        again = review_beside(tx.connection, course, review.read, local_date(tx.at), draft.scale)
        if again.lines != review.lines:
            raise Refused(
                N_("Results of course {code} were changed meanwhile; nothing was stored. Look at the list again."),
                code=course.code,
            )
        if again.asked is not None:
            raise again.asked
        wanted = [
            line
            for line in again.lines
            if line.state is ListState.CHANGE or (line.state is ListState.CONFLICT and line.cell in draft.chosen)
        ]
        touched = {line.enrolment_id for line in wanted if line.enrolment_id is not None and line.came is None}
        came = {line.row for line in wanted if line.came is not None}
        if wanted:
            _store(tx, course, wanted, again, draft.scale)
            follow(tx, course.id, touched)
        return ListStored(
            tx.set_id if wanted else None,
            course.code,
            len(wanted),
            len(touched) + len(came),
            again.counts[ListState.CONFLICT] - sum(line.state is ListState.CONFLICT for line in wanted),
            again.counts[ListState.ERROR],
        )


def _store(tx: Tx, course: Course, lines: list[ListLine], review: ListReview, answered: int | None) -> None:
    keys = {code: key for key, code in review.reasons.codes.items()}
    days: dict[tuple[dt.date, DayPart], dict[int, Mark | None]] = defaultdict(dict)
    cells: list[GradeCell] = []
    came = {line.row: line.came for line in lines if line.came is not None}
    course, found = keep_walk_ins(tx, course, list(came.values()))
    walk_ins = dict(zip(came, found, strict=True))
    for line in lines:
        if line.column is None:
            continue
        if line.came is not None and line.column.day is not None:
            days[line.column.day][walk_ins[line.row]] = _mark(line.there, keys)
            continue
        assert line.enrolment_id is not None
        if line.column.day is not None:
            days[line.column.day][line.enrolment_id] = _mark(line.there, keys)
        elif line.column.field is not None:
            cells.append(GradeCell(line.enrolment_id, line.column.field, line.there, line.column.module))
        else:
            tx.update(Enrolment, {line.enrolment_id: _remark(line.there, keys)})
    if days:
        check_not_given(course)
    for (held_on, part), marks in sorted(days.items()):
        _store_day(tx, course, held_on, part, marks)
    for cell in cells:
        number = None if not cell.value else int(str(cell.value))
        written = Written(number=None if number is None else Fraction(number, POINT))
        store_cell(tx, course, cell, course.member(cell.enrolment_id), written, course.results.rules.scale)
    if cells:
        check_second_chances(tx, course, cells)
        remember_scale(tx, course, review.scale, asked=answered is not None)


def _store_day(tx: Tx, course: Course, held_on: dt.date, part: DayPart, marks: Mapping[int, Mark | None]) -> None:
    known = next((day for day in course.results.days if (day.held_on, day.part) == (held_on, part)), None)
    draft = AttendanceDraft(course.id, held_on, part=part, module=known.module if known is not None else None)
    check_day(course, draft, local_date(tx.at))
    changed = write_marks(tx, course, day_of(tx, course, draft), marks)
    forget_percent(tx, changed)


def _mark(code: str, keys: Mapping[str, int]) -> Mark | None:
    what, _, ground = code.partition(":")
    return Mark(AttendanceMark(what), keys.get(ground)) if what else None


def _remark(code: str, keys: Mapping[str, int]) -> dict[str, object]:
    what, _, ground = code.partition(":")
    return {"proposed_status": EnrolmentStatus(what) if what else None, "ground_id": keys.get(ground)}
