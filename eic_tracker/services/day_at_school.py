"""Today at the school: courses of the day, who is present and absent, what was not marked yet, beds of the night."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from eic_tracker.domain.codes import AttendanceMark, Sex
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.day_at_school import (
    CourseDay,
    DayAtSchool,
    DayCount,
    DaySeat,
    RunningCourse,
    read_day_seats,
    read_places_to_sleep,
    read_running_courses,
)
from eic_tracker.queries.school import read_school
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.papers import save_paper
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database

_CAME = frozenset({AttendanceMark.PRESENT, AttendanceMark.LATE})


def today_at_school(db: Database, acting: ActingUser, day: dt.date) -> DayAtSchool:
    """The courses of a day with who is expected, present, absent and not marked; Refused for who sees own courses."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        courses = read_running_courses(connection, day)
        seats = {course.id: read_day_seats(connection, course.id, day) for course in courses}
        capacity = read_places_to_sleep(connection, day)
    held = [seat for course in courses if course.class_today for seat in seats[course.id]]
    sleeping = _sleeping(courses, seats, day)
    return DayAtSchool(
        day=day,
        courses=tuple(_course_day(course, seats[course.id], day) for course in courses),
        total=_count(held),
        by_sex=tuple((sex, _count(seat for seat in held if seat.sex is sex)) for sex in Sex),
        by_institution=_by_institution(held),
        reasons=_reasons(held),
        beds=tuple(seat.enrolment_id for seat in sleeping),
        beds_by_sex=tuple((sex, sum(1 for seat in sleeping if seat.sex is sex)) for sex in Sex),
        lodging_unsaid=sum(1 for found in seats.values() for seat in found if seat.lodging is None),
        capacity=capacity,
    )


def daily_report(
    db: Database, acting: ActingUser, day: dt.date, *, t: Translator, paper: Paper = Paper.LETTER
) -> bytes:
    """The daily report as PDF of one page; it names nobody of whom it tells."""
    from eic_tracker.reports.daily_report_pdf import DailyReport, daily_report_pdf

    found = today_at_school(db, acting, day)
    if not found.courses:
        raise UserError(N_("No course runs on {day}; there is nothing to report."), day=day)
    with db.read() as connection:
        school, demonstration = read_school(connection), read_file_facts(connection).demonstration
    return daily_report_pdf(DailyReport(found, school, db.clock(), demonstration), t, paper)


def write_daily_report(
    db: Database, acting: ActingUser, day: dt.date, path: Path, *, t: Translator, paper: Paper = Paper.LETTER
) -> None:
    """Write the daily report to a file."""
    save_paper(daily_report(db, acting, day, t=t, paper=paper), path)


def _count(seats: Iterable[DaySeat]) -> DayCount:
    """Present is who came to any part of the day, absent who has only absences, the others are not marked."""
    found = tuple(seats)
    return DayCount(
        expected=_keys(found, lambda _seat: True),
        present=_keys(found, _came),
        absent=_keys(found, lambda seat: bool(seat.marks) and not _came(seat)),
        unmarked=_keys(found, lambda seat: not seat.marks),
    )


def _came(seat: DaySeat) -> bool:
    return not _CAME.isdisjoint(seat.marks)


def _keys(seats: Sequence[DaySeat], fits: Callable[[DaySeat], bool]) -> tuple[int, ...]:
    return tuple(seat.enrolment_id for seat in seats if fits(seat))


def _course_day(course: RunningCourse, seats: Sequence[DaySeat], day: dt.date) -> CourseDay:
    women, men, unrecorded = (_keys(seats, lambda seat, sex=sex: seat.sex is sex) for sex in (Sex.F, Sex.M, Sex.U))  # type: ignore[misc]
    return CourseDay(
        course=course,
        days_left=(course.ends_on - day).days,
        people=tuple(seat.enrolment_id for seat in seats),
        women=women,
        men=men,
        unrecorded=unrecorded,
        count=_count(seats if course.class_today else ()),
    )


def _by_institution(seats: Sequence[DaySeat]) -> tuple[tuple[str | None, DayCount], ...]:
    groups: dict[str | None, list[DaySeat]] = defaultdict(list)
    for seat in seats:
        groups[seat.institution].append(seat)
    ordered = sorted(groups.items(), key=lambda item: (item[0] is None, -len(item[1]), item[0] or ""))
    return tuple((name, _count(found)) for name, found in ordered)


def _reasons(seats: Sequence[DaySeat]) -> tuple[tuple[str | None, tuple[int, ...]], ...]:
    groups: dict[str | None, list[int]] = defaultdict(list)
    for seat in seats:
        if seat.marks and not _came(seat):
            groups[seat.reason].append(seat.enrolment_id)
    ordered = sorted(groups.items(), key=lambda item: (item[0] is None, -len(item[1]), item[0] or ""))
    return tuple((name, tuple(keys)) for name, keys in ordered)


def _sleeping(courses: Sequence[RunningCourse], seats: dict[int, tuple[DaySeat, ...]], day: dt.date) -> list[DaySeat]:
    """Who sleeps there in the night after the day, each person once: on the last day of a course they go home."""
    people: dict[int, DaySeat] = {}
    for course in courses:
        if day < course.ends_on:
            for seat in seats[course.id]:
                if seat.lodging:
                    people.setdefault(seat.participant_id, seat)
    return list(people.values())
