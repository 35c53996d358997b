"""A class with its results: who sits in it, marks by day, grades by part and module, and the rules of the course."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from eic_tracker.domain.codes import (
    AttendanceMark,
    DayPart,
    Distinction,
    EnrolmentStatus,
    RoundingRule,
    Seat,
    SecondChanceRule,
)
from eic_tracker.domain.grading import Part, Rules, Standing, attendance_percent, counted_grade, final_grade, standing


@dataclass(frozen=True, slots=True)
class ClassModule:
    """A module of the course version; `taught_id` is its row in the offering, where it has one."""

    number: int
    title: str
    weight: int
    course_module_id: int
    taught_id: int | None
    instructor_id: int | None


@dataclass(frozen=True, slots=True)
class ClassRules:
    """What the version asks: scale in points, weights in percent, minima in `rules`; the scale that the class used."""

    rules: Rules
    scale: int
    written_scale: int | None
    post_test_weight: int
    performance_weight: int
    products_weight: int
    modules: tuple[ClassModule, ...]

    @property
    def by_modules(self) -> bool:
        """Whether the final grade is made of module grades."""
        return any(module.weight > 0 for module in self.modules)

    @property
    def by_parts(self) -> bool:
        """Whether the final grade is made of tests, performance and products."""
        return not self.by_modules and self.post_test_weight + self.performance_weight + self.products_weight > 0


@dataclass(frozen=True, slots=True)
class ClassDay:
    """A day, or half of one, on which the offering is held."""

    id: int
    held_on: dt.date
    part: DayPart
    module: int | None
    """number of its module"""


@dataclass(frozen=True, slots=True)
class ModuleMark:
    """A person's grade in a module, in hundredths; the second chance beside the first."""

    grade: int | None
    second_chance: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """How a person stood on a day, with the reason where one is given."""

    mark: AttendanceMark
    ground_id: int | None


@dataclass(frozen=True, slots=True)
class ClassMember:
    """A person of the class with all results; grades in hundredths of a point of the version's scale."""

    enrolment_id: int
    participant_id: int
    given_names: str
    surnames: str
    document: str | None
    match_key: str
    seat: Seat
    status: EnrolmentStatus
    proposed: EnrolmentStatus | None
    ground_id: int | None
    authorisation_id: int | None
    pre_test: int | None
    post_test: int | None
    performance: int | None
    products: int | None
    final_grade: int | None
    second_chance: int | None
    attendance_percent: int | None
    distinction: Distinction | None
    modules: dict[int, ModuleMark]
    """by number of the module"""
    marks: dict[int, Mark]
    """by key of the day"""

    @property
    def name(self) -> str:
        """The whole name as people say it."""
        return f"{self.given_names} {self.surnames}"

    @property
    def sits(self) -> bool:
        """Whether the person has a seat and no result yet."""
        return self.seat is Seat.SEAT and self.status is EnrolmentStatus.ENROLLED


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody who came without being listed, as typed; `enrolment_id` once somebody said who it is."""

    id: int
    name: str
    number: str | None
    enrolment_id: int | None
    marks: dict[int, Mark]
    """by key of the day; empty once they are the enrolment's"""

    @property
    def line(self) -> int:
        """The key of the line in a class, beside the keys of enrolments: below zero."""
        return -self.id


@dataclass(frozen=True, slots=True)
class ClassResults:
    """A class: its rules, its days in order, its people in the order of their surnames, and who came unlisted."""

    rules: ClassRules
    days: tuple[ClassDay, ...]
    members: tuple[ClassMember, ...]
    walk_ins: tuple[WalkIn, ...] = ()

    @property
    def unmatched(self) -> tuple[WalkIn, ...]:
        """Who came without being listed and is matched to nobody yet."""
        return tuple(each for each in self.walk_ins if each.enrolment_id is None)

    def final_of(self, member: ClassMember) -> int | None:
        """The first final grade: made of modules or parts where any of them is recorded, else as it was given."""
        rules = self.rules
        if rules.by_modules and member.modules:
            held = {
                number: counted_grade(mark.grade, mark.second_chance, rules.rules)
                for number, mark in member.modules.items()
            }
            parts = [Part(module.weight, held.get(module.number)) for module in rules.modules]
            return final_grade(parts, rules.rules.rounding)
        if rules.by_parts and any(
            grade is not None for grade in (member.post_test, member.performance, member.products)
        ):
            parts = [
                Part(rules.post_test_weight, member.post_test),
                Part(rules.performance_weight, member.performance),
                Part(rules.products_weight, member.products),
            ]
            return final_grade(parts, rules.rules.rounding)
        return member.final_grade

    def is_made(self, member: ClassMember) -> bool:
        """Whether the final grade follows from recorded modules or parts, so that nobody types it."""
        if self.rules.by_modules:
            return bool(member.modules)
        parts = (member.post_test, member.performance, member.products)
        return self.rules.by_parts and any(grade is not None for grade in parts)

    def attendance_of(self, member: ClassMember) -> int | None:
        """The attendance in percent: of the days where marks are kept, else as it was given."""
        if not member.marks:
            return member.attendance_percent
        parts = {day.id: day.part for day in self.days}
        return attendance_percent((mark.mark, parts[day]) for day, mark in member.marks.items())

    def counted_of(self, member: ClassMember) -> int | None:
        """The grade that counts, the second chance considered."""
        return counted_grade(self.final_of(member), member.second_chance, self.rules.rules)

    def standing_of(self, member: ClassMember) -> Standing:
        """Where a person stands by the rules of the course."""
        return standing(self.counted_of(member), self.attendance_of(member), self.rules.rules)


_RULES = """
SELECT v.minimum_grade, v.minimum_attendance, v.rounding, v.second_chance, v.scale, o.written_scale,
       v.post_test_weight, v.performance_weight, v.products_weight
FROM offering o JOIN course_version v ON v.id = o.course_version_id WHERE o.id = ?
"""
_MODULES = """
SELECT m.number, m.title, m.weight, m.id, x.id, x.instructor_id
FROM offering o JOIN course_module m ON m.course_version_id = o.course_version_id
LEFT JOIN offering_module x ON x.offering_id = o.id AND x.course_module_id = m.id
WHERE o.id = ? ORDER BY m.number
"""
_DAYS = """
SELECT d.id, d.held_on, d.part, m.number
FROM offering_day d LEFT JOIN offering_module x ON x.id = d.offering_module_id
LEFT JOIN course_module m ON m.id = x.course_module_id
WHERE d.offering_id = ? ORDER BY d.held_on, d.part <> 'morning', d.part
"""
_MEMBERS = """
SELECT e.id, p.id, p.given_names, p.surnames, p.document_number, p.match_key, e.seat, e.status, e.proposed_status,
       e.ground_id, e.authorisation_id, e.pre_test, e.post_test, e.performance, e.products, e.final_grade,
       e.second_chance_grade, e.attendance_percent, e.distinction
FROM enrolment e JOIN participant p ON p.id = e.participant_id
WHERE e.offering_id = ? ORDER BY p.sort_key, e.id
"""
_MODULE_GRADES = """
SELECT g.enrolment_id, m.number, g.grade, g.second_chance_grade
FROM module_grade g JOIN enrolment e ON e.id = g.enrolment_id
JOIN offering_module x ON x.id = g.offering_module_id JOIN course_module m ON m.id = x.course_module_id
WHERE e.offering_id = ?
"""
_MARKS = """
SELECT a.enrolment_id, a.offering_day_id, a.mark, a.ground_id
FROM attendance a JOIN enrolment e ON e.id = a.enrolment_id WHERE e.offering_id = ?
"""

_WALK_IN_MARKS = """
SELECT m.walk_in_id, m.offering_day_id, m.mark, m.ground_id
FROM walk_in_mark m JOIN walk_in w ON w.id = m.walk_in_id WHERE w.offering_id = ?
"""


def read_class(connection: Connection, offering: int) -> ClassResults:
    """The class of an offering that exists."""
    grades: dict[int, dict[int, ModuleMark]] = defaultdict(dict)
    for enrolment, number, grade, second in connection.exec_driver_sql(_MODULE_GRADES, (offering,)):
        grades[enrolment][number] = ModuleMark(grade, second)
    marks: dict[int, dict[int, Mark]] = defaultdict(dict)
    for enrolment, day, mark, ground in connection.exec_driver_sql(_MARKS, (offering,)):
        marks[enrolment][day] = Mark(AttendanceMark(mark), ground)
    members = []
    for row in connection.exec_driver_sql(_MEMBERS, (offering,)):
        key, person, given, surnames, document, match, seat, status, proposed, ground, authorised, *results = row
        *numbers, distinction = results
        values: tuple[Any, ...] = (
            *(key, person, given, surnames, document, match),
            Seat(seat),
            EnrolmentStatus(status),
            EnrolmentStatus(proposed) if proposed else None,
            *(ground, authorised, *numbers),
            Distinction(distinction) if distinction else None,
            grades.get(key, {}),
            marks.get(key, {}),
        )
        members.append(ClassMember(*values))
    days = tuple(
        ClassDay(key, dt.date.fromisoformat(held), DayPart(part), module)
        for key, held, part, module in connection.exec_driver_sql(_DAYS, (offering,))
    )
    return ClassResults(_rules(connection, offering), days, tuple(members), read_walk_ins(connection, offering))


def read_walk_ins(connection: Connection, offering: int) -> tuple[WalkIn, ...]:
    """Who came to an offering without being listed, in the order in which they were typed."""
    marks: dict[int, dict[int, Mark]] = defaultdict(dict)
    for walk_in, day, mark, ground in connection.exec_driver_sql(_WALK_IN_MARKS, (offering,)):
        marks[walk_in][day] = Mark(AttendanceMark(mark), ground)
    rows = connection.exec_driver_sql(
        "SELECT id, name, number, enrolment_id FROM walk_in WHERE offering_id = ? ORDER BY id", (offering,)
    )
    return tuple(WalkIn(row.id, row.name, row.number, row.enrolment_id, marks.get(row.id, {})) for row in rows)


def _rules(connection: Connection, offering: int) -> ClassRules:
    grade, attendance, rounding, second, *others = connection.exec_driver_sql(_RULES, (offering,)).one()
    modules = tuple(ClassModule(*row) for row in connection.exec_driver_sql(_MODULES, (offering,)))
    rules = Rules(grade, attendance, RoundingRule(rounding), SecondChanceRule(second))
    values: tuple[Any, ...] = (rules, *others, modules)
    return ClassRules(*values)
