"""Attendance: all present, then the exceptions, per day and module; who came without being listed stands apart."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import AttachmentKind, AttendanceMark, DayPart, EnrolmentStatus, Seat
from eic_tracker.domain.drafts import tidy
from eic_tracker.domain.names import fold
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.class_results import ClassDay, ClassMember, Mark, WalkIn
from eic_tracker.services.recording import Course, OnBehalf, follow, recorded_course
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Attendance, Enrolment, OfferingDay, OfferingModule, WalkInMark
from eic_tracker.store.tables.courses import WalkIn as WalkInRow
from eic_tracker.store.transaction import Entry, Tx

ABSENCE = "absence"
"""What grounds of absence apply to."""

_WITH_REASON = frozenset({AttendanceMark.EXCUSED, AttendanceMark.ABSENT})


@dataclass(frozen=True, slots=True)
class MarkDraft:
    """The mark of one person; None takes the mark away. Excused needs a reason, absent may have one.

    `enrolment_id` below zero is the line of somebody who came without being listed (`WalkIn.line`)."""

    enrolment_id: int
    mark: AttendanceMark | None
    ground_id: int | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody who came without being listed, with the number where one was given."""

    name: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class AttendanceDraft:
    """The marks of a day, or half of one: those named, and what everybody else of the class gets (None: nothing).

    `module` is the number of the module taught then, where the course has modules."""

    offering_id: int
    held_on: dt.date
    marks: Sequence[MarkDraft] = ()
    others: AttendanceMark | None = None
    part: DayPart = DayPart.WHOLE
    module: int | None = None
    on_behalf: OnBehalf | None = None
    seen: Mapping[int, Mark | None] | None = None
    """by enrolment, the mark that was shown when somebody wrote another; None: whatever stands there is replaced"""
    came: Sequence[Came] = ()
    """who came that day without being listed; they were present"""


@dataclass(frozen=True, slots=True)
class ChangedMark:
    """A mark that somebody else changed meanwhile: what stands here now, and what was to be written."""

    enrolment_id: int
    name: str
    here: Mark | None
    wanted: Mark | None


class MarksChanged(Refused):
    """Marks were changed meanwhile by somebody else; nothing was overwritten."""

    def __init__(self, held_on: dt.date, changed: Sequence[ChangedMark]) -> None:
        names = ", ".join(each.name for each in changed)
        super().__init__(
            N_("On {date} somebody else marked {names} meanwhile; nothing was overwritten."), date=held_on, names=names
        )
        self.changed = tuple(changed)


@dataclass(frozen=True, slots=True)
class AttendanceRecorded:
    """What was stored: the entry's number (None: nothing changed), the course's number, people by mark on that day."""

    set_id: int | None
    code: str
    held_on: dt.date
    part: DayPart
    counts: Mapping[AttendanceMark, int]


def reasons_of_absence(db: Database, acting: ActingUser) -> tuple[tuple[int, str], ...]:
    """Key and name of each reason for which somebody is excused."""
    require(acting, Action.RECORD_RESULTS)
    with db.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, name FROM ground WHERE applies_to = ? AND valid_to IS NULL ORDER BY id", (ABSENCE,)
        )
        return tuple((row.id, row.name) for row in rows)


def record_attendance(db: Database, acting: ActingUser, draft: AttendanceDraft) -> AttendanceRecorded:
    """Record the attendance of a day; percentages and proposals follow.

    Refused outside the course's days and one's own courses; UserError where an excuse has no reason."""
    require(acting, Action.RECORD_RESULTS)
    with db.write(Entry(actor(acting), "record_attendance", "")) as tx:
        course = recorded_course(tx, acting, draft.offering_id, draft.on_behalf, AttachmentKind.ATTENDANCE_SHEET)
        check_day(course, draft, local_date(tx.at))
        check_not_given(course)
        wanted = _wanted(tx, course, draft)
        course, added = keep_walk_ins(tx, course, draft.came)
        wanted |= dict.fromkeys(added, Mark(AttendanceMark.PRESENT, None))
        day = day_of(tx, course, draft)
        _check_seen(course, day, draft, wanted)
        changed = write_marks(tx, course, day, wanted)
        forget_percent(tx, changed)
        follow(tx, course.id, changed)
        counts = Counter({**{key: marks.get(day) for key, marks in marks_by_line(course).items()}, **wanted}.values())
        found = {mark: sum(n for held, n in counts.items() if held and held.mark is mark) for mark in AttendanceMark}
        return AttendanceRecorded(tx.set_id if changed else None, course.code, draft.held_on, draft.part, found)


def _check_seen(course: Course, day: int, draft: AttendanceDraft, wanted: Mapping[int, Mark | None]) -> None:
    """MarksChanged where a mark is neither what was shown nor what is to be written."""
    changed = []
    marks = marks_by_line(course)
    for key in draft.seen if draft.seen is not None else ():
        here = marks[key].get(day) if key in marks else None
        if draft.seen is not None and key in wanted and here not in {draft.seen[key], wanted[key]}:
            changed.append(ChangedMark(key, _name_of(course, key), here, wanted[key]))
    if changed:
        raise MarksChanged(draft.held_on, changed)


def check_day(course: Course, draft: AttendanceDraft, today: dt.date) -> None:
    """Refused for a day outside the course, one that has not come, and another's module."""
    if not course.row["starts_on"] <= draft.held_on <= course.row["ends_on"]:
        raise Refused(
            N_("{date} lies outside course {code} ({first} to {last}). Choose a day of the course."),
            date=draft.held_on,
            code=course.code,
            first=course.row["starts_on"],
            last=course.row["ends_on"],
        )
    if draft.held_on > today:
        raise Refused(N_("{date} has not come yet; attendance is recorded on the day."), date=draft.held_on)
    if course.modules is not None and draft.module not in course.modules:
        raise Refused(N_("One who teaches a single module records the attendance of that module; say which."))


def check_not_given(course: Course) -> None:
    """Refused where the attendance came as percentages: one day marked would stand for all of them."""
    given = [
        each for each in course.results.members if each.sits and not each.marks and each.attendance_percent is not None
    ]
    if given:
        raise Refused(
            N_(
                "In course {code} the attendance came as percentages (people: {count}), so no single days are marked. "
                "Take the entry back that brought them in, then mark the days."
            ),
            code=course.code,
            count=len(given),
        )


def _wanted(tx: Tx, course: Course, draft: AttendanceDraft) -> dict[int, Mark | None]:
    """The marks by enrolment: everybody of the class first, then the exceptions."""
    grounds = {
        key for (key,) in tx.connection.exec_driver_sql("SELECT id FROM ground WHERE applies_to = ?", (ABSENCE,))
    }
    wanted: dict[int, Mark | None] = {}
    if draft.others is AttendanceMark.EXCUSED:
        raise UserError(N_("A whole class is not excused at once: name each person with the reason."))
    if draft.others is not None:
        wanted = {member.enrolment_id: Mark(draft.others, None) for member in course.results.members if member.sits}
    for each in draft.marks:
        name = _name_of(course, each.enrolment_id)
        if each.enrolment_id > 0:
            member = course.member(each.enrolment_id)
            if member.seat is not Seat.SEAT or member.status not in _MARKED:
                raise Refused(
                    N_("{name} has no seat in course {code}, so no attendance is kept of them."),
                    name=name,
                    code=course.code,
                )
        if each.mark is AttendanceMark.EXCUSED and each.ground_id is None:
            raise UserError(N_("{name} is excused: choose the reason."), name=name)
        if each.ground_id is not None and (each.ground_id not in grounds or each.mark not in _WITH_REASON):
            raise UserError(N_("This reason does not go with the mark of {name}; choose another."), name=name)
        wanted[each.enrolment_id] = None if each.mark is None else Mark(each.mark, each.ground_id)
    return wanted


_MARKED = frozenset({EnrolmentStatus.ENROLLED, EnrolmentStatus.WITHDREW})
"""Who may have been there: also somebody who left later."""


def marks_by_line(course: Course) -> dict[int, Mapping[int, Mark]]:
    """The marks of everybody by the line's key: enrolments, and below zero those who came without being listed."""
    found: dict[int, Mapping[int, Mark]] = {each.enrolment_id: each.marks for each in course.results.members}
    return found | {each.line: each.marks for each in course.results.unmatched}


def _name_of(course: Course, line: int) -> str:
    """Whose line it is; UserError where it belongs to nobody of the course."""
    if line > 0:
        return course.member(line).name
    for each in course.results.unmatched:
        if each.line == line:
            return each.name
    raise UserError(N_("Who came without being listed was matched or taken off meanwhile; look at the list again."))


def keep_walk_ins(tx: Tx, course: Course, came: Sequence[Came]) -> tuple[Course, list[int]]:
    """Keep who came without being listed, each once by name and number; the course with them, and their lines.

    UserError for a nameless one, Refused for a number that the roster has."""
    lines: list[int] = []
    for each in came:
        name, number = tidy(each.name), _bare(each.number)
        if not fold(name):
            raise UserError(N_("Write the name of who came without being listed."))
        listed = _on_roster(tx, course, number)
        if listed is not None:
            raise Refused(
                N_("The number {number} is {name}'s, who stands on the roster: mark that line."),
                number=number,
                name=listed.name,
            )
        same = next((known for known in course.results.unmatched if same_person(known, each)), None)
        if same is None:
            row = {"offering_id": course.id, "name": name, "number": number, "recorded_at": tx.at}
            same = WalkIn(tx.insert(WalkInRow, [row])[0], name, number, None, {})
            walk_ins = (*course.results.walk_ins, same)
            course = replace(course, results=replace(course.results, walk_ins=walk_ins))
        lines.append(same.line)
    return course, lines


def _bare(number: str | None) -> str | None:
    """A number without its dashes and spaces; None where nothing is left."""
    return "".join(ch for ch in number or "" if ch.isalnum()).upper() or None


def same_person(known: WalkIn, came: Came) -> bool:
    """Whether two say the same name and number."""
    return (fold(known.name), known.number) == (fold(came.name), _bare(came.number))


def _on_roster(tx: Tx, course: Course, number: str | None) -> ClassMember | None:
    """Who of the class has this number and a seat, whatever of it the user sees."""
    key = tx.connection.exec_driver_sql(
        "SELECT e.id FROM enrolment e JOIN participant p ON p.id = e.participant_id "
        "WHERE e.offering_id = ? AND p.document_number = ?",
        (course.id, number),
    ).scalar()
    member = course.member(key) if key is not None else None
    return member if member is not None and member.sits else None


def day_of(tx: Tx, course: Course, draft: AttendanceDraft) -> int:
    """The key of the day or half day, entered where it is not there yet."""
    module = _module(tx, course, draft.module)
    same_date = [day for day in course.results.days if day.held_on == draft.held_on]
    found = next((day for day in same_date if day.part is draft.part), None)
    if found is None:
        found = _turned(tx, course, draft, same_date)
    if found is None:
        row = {"offering_id": course.id, "held_on": draft.held_on, "part": draft.part, "offering_module_id": module}
        return tx.insert(OfferingDay, [row])[0]
    if draft.module is not None and found.module != draft.module:
        if found.module is not None and any(found.id in marks for marks in marks_by_line(course).values()):
            raise Refused(
                N_("On {date} attendance of module {module} is recorded; record morning and afternoon apart."),
                date=draft.held_on,
                module=found.module,
            )
        tx.update(OfferingDay, {found.id: {"offering_module_id": module}})
    return found.id


def _turned(tx: Tx, course: Course, draft: AttendanceDraft, same_date: Sequence[ClassDay]) -> ClassDay | None:
    """A planned whole day on which nobody is marked becomes a half; a whole day beside its halves is refused."""
    clashing = [day for day in same_date if DayPart.WHOLE in {day.part, draft.part}]
    if any(day.id in marks for day in clashing for marks in marks_by_line(course).values()):
        raise Refused(
            N_("{date} is recorded otherwise already: as a whole day, or in halves. Keep to that."),
            date=draft.held_on,
        )
    if not clashing:
        return None
    first, *others = clashing
    tx.delete(OfferingDay, [day.id for day in others])
    tx.update(OfferingDay, {first.id: {"part": draft.part}})
    return first


def _module(tx: Tx, course: Course, number: int | None) -> int | None:
    """The key of a module as it is taught here, entered where the course has not said so yet."""
    if number is None:
        return None
    for module in course.results.rules.modules:
        if module.number == number:
            if module.taught_id is not None:
                return module.taught_id
            row = {"offering_id": course.id, "course_module_id": module.course_module_id}
            return tx.insert(OfferingModule, [row])[0]
    raise UserError(N_("Course {code} has no module {number}."), code=course.code, number=number)


def write_marks(tx: Tx, course: Course, day: int, wanted: Mapping[int, Mark | None]) -> set[int]:
    """Store what differs; the lines that changed."""
    held = {line: marks.get(day) for line, marks in marks_by_line(course).items()}
    changed = {line: mark for line, mark in wanted.items() if held.get(line) != mark}
    _store_marks(tx, Attendance, "enrolment_id", day, {line: mark for line, mark in changed.items() if line > 0})
    _store_marks(tx, WalkInMark, "walk_in_id", day, {-line: mark for line, mark in changed.items() if line < 0})
    return set(changed)


def _store_marks(
    tx: Tx,
    table: type[Attendance] | type[WalkInMark],
    column: str,
    day: int,
    changed: Mapping[int, Mark | None],
) -> None:
    query = f"SELECT id, {column} FROM {table.__tablename__} WHERE offering_day_id = ?"
    present = {whose: key for key, whose in tx.connection.exec_driver_sql(query, (day,))}
    tx.delete(table, [present[whose] for whose, mark in changed.items() if mark is None and whose in present])
    marks = {
        whose: {"mark": mark.mark, "ground_id": mark.ground_id} for whose, mark in changed.items() if mark is not None
    }
    tx.update(table, {present[whose]: columns for whose, columns in marks.items() if whose in present})
    tx.insert(
        table,
        [
            {column: whose, "offering_day_id": day, **columns}
            for whose, columns in marks.items()
            if whose not in present
        ],
    )


def forget_percent(tx: Tx, changed: Set[int]) -> None:
    """Whose last mark was taken away has no attendance any more."""
    unmarked = [
        enrolment
        for enrolment in changed
        if enrolment > 0
        and not tx.connection.exec_driver_sql(
            "SELECT EXISTS (SELECT 1 FROM attendance WHERE enrolment_id = ?)", (enrolment,)
        ).scalar_one()
    ]
    tx.update(Enrolment, {enrolment: {"attendance_percent": None} for enrolment in unmarked})
