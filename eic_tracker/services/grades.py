"""Grades: typed or pasted, of parts, modules and second chances; distinctions; who left or never came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from eic_tracker.domain.codes import AttachmentKind, Distinction, EnrolmentStatus
from eic_tracker.domain.drafts import worded
from eic_tracker.domain.grade_texts import GradeWord, Misread, Written, written_grade
from eic_tracker.domain.grading import POINT, SCALES, converted, likely_scales, may_repeat, rounded
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_results import ClassMember, ClassResults, read_class
from eic_tracker.services.recording import KEPT_PROPOSALS, Course, OnBehalf, follow, readable_class, recorded_course
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment, ModuleGrade, Offering, OfferingModule
from eic_tracker.store.transaction import Entry, Tx


class GradeField(StrEnum):
    """A column of grades."""

    PRE_TEST = "pre_test"
    POST_TEST = "post_test"
    PERFORMANCE = "performance"
    PRODUCTS = "products"
    MODULE = "module"
    FINAL = "final_grade"
    SECOND_CHANCE = "second_chance_grade"
    MODULE_SECOND_CHANCE = "module_second_chance"


OF_MODULES = frozenset({GradeField.MODULE, GradeField.MODULE_SECOND_CHANCE})
_PARTS = {
    GradeField.POST_TEST: "post_test_weight",
    GradeField.PERFORMANCE: "performance_weight",
    GradeField.PRODUCTS: "products_weight",
}


@dataclass(frozen=True, slots=True)
class GradeCell:
    """What was typed into one cell; a blank takes the grade away, NSP says that the person did not come."""

    enrolment_id: int
    field: GradeField
    value: str | float | None
    module: int | None = None
    """number of the module, for the columns of modules"""


@dataclass(frozen=True, slots=True)
class GradesDraft:
    """Cells of a class; `scale` is the answer to the question on which scale they were written."""

    offering_id: int
    cells: Sequence[GradeCell]
    scale: int | None = None
    on_behalf: OnBehalf | None = None


@dataclass(frozen=True, slots=True)
class GradeProblem:
    """What is wrong with one cell: a whole sentence."""

    cell: GradeCell
    message: str
    values: Mapping[str, object]

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`."""
        return t(self.message, **worded(self.values, t))


class GradesRefused(UserError):
    """Cells that cannot be stored; nothing was."""

    def __init__(self, problems: Sequence[GradeProblem]) -> None:
        super().__init__("{problems}", problems=" ".join(p.message.format(**p.values) for p in problems))
        self.problems = tuple(problems)

    def text(self, t: Translator) -> str:
        """All sentences, in the order of the cells."""
        return " ".join(problem.text(t) for problem in self.problems)


class ScaleAsked(Refused):
    """No grade of the class is above 5 (or 10): on which scale were they written? Nothing was stored."""

    def __init__(self, scales: Sequence[int], highest: Fraction, scale: int) -> None:
        super().__init__(
            N_(
                "No grade of this class is above {highest}, and the course counts up to {scale}. Say on which scale "
                "they were written ({scales}); of {first}, {highest} becomes {becomes}."
            ),
            highest=points_words(highest),
            scale=scale,
            scales=", ".join(map(str, scales)),
            first=scales[0],
            becomes=points_words(converted(highest, scales[0], scale)),
        )
        self.scales = tuple(scales)
        self.conversions = tuple(
            (each, points_words(highest), points_words(converted(highest, each, scale))) for each in scales
        )


@dataclass(frozen=True, slots=True)
class GradesRecorded:
    """What was stored: the entry's number (None: nothing changed), the course, people touched, the scale as written."""

    set_id: int | None
    code: str
    people: int
    scale: int


def class_results(db: Database, acting: ActingUser, offering_id: int) -> ClassResults:
    """A class with its marks and grades; an instructor sees own courses, with masked numbers."""
    require(acting, Action.READ_PEOPLE)
    with db.read() as connection:
        return readable_class(connection, acting, offering_id)


def enrolments_named(db: Database, acting: ActingUser, offering_id: int, numbers: Sequence[str]) -> list[int]:
    """The enrolments of a class that numbers name: that of the identity document, whole, or the enrolment's own.

    UserError for one that names nobody there."""
    require(acting, Action.READ_PEOPLE)
    with db.read() as connection:
        results = readable_class(connection, acting, offering_id, whole_numbers=True)
    known = {str(member.enrolment_id): member.enrolment_id for member in results.members}
    known |= {member.document: member.enrolment_id for member in results.members if member.document}
    for number in numbers:
        if number.strip() not in known:
            raise UserError(
                N_(
                    "“{who}” is nobody of this course: give the number of the identity document, or that of the "
                    "enrolment."
                ),
                who=number,
            )
    return [known[number.strip()] for number in numbers]


def record_grades(db: Database, acting: ActingUser, draft: GradesDraft) -> GradesRecorded:
    """Record grades, all of them or none; final grades and proposals follow.

    GradesRefused with every cell that is wrong, ScaleAsked where the class may have been graded of 5 or 10."""
    require(acting, Action.RECORD_RESULTS)
    with db.write(Entry(actor(acting), "record_grades", "")) as tx:
        course = recorded_course(tx, acting, draft.offering_id, draft.on_behalf, AttachmentKind.GRADE_SHEET)
        written = [(cell, course.member(cell.enrolment_id), written_grade(cell.value)) for cell in draft.cells]
        numbers = [read.number for _, _, read in written if read.number is not None]
        scale = scale_of(course.results, numbers, draft.scale)
        problems = [
            problem for cell, member, read in written if (problem := problem_of(course, cell, member, read, scale))
        ]
        if problems:
            raise GradesRefused(problems)
        touched = {
            member.enrolment_id for cell, member, read in written if store_cell(tx, course, cell, member, read, scale)
        }
        if touched:
            check_second_chances(tx, course, draft.cells)
            remember_scale(tx, course, scale, asked=draft.scale is not None and bool(numbers))
            follow(tx, course.id, touched)
        return GradesRecorded(tx.set_id if touched else None, course.code, len(touched), scale)


def scale_of(results: ClassResults, numbers: Sequence[Fraction], answer: int | None) -> int:
    """The scale on which grades were written: as answered, as answered before, or the only likely one.

    ScaleAsked where the class leaves it open."""
    if answer is not None:
        if answer not in SCALES or answer > results.rules.scale:
            raise UserError(
                N_("Grades are not read on a scale of {scale} here. Choose one of: {scales}."),
                scale=answer,
                scales=", ".join(str(each) for each in SCALES if each <= results.rules.scale),
            )
        return answer
    if results.rules.written_scale is not None:
        return results.rules.written_scale
    known = [Fraction(grade, POINT) for member in results.members for grade in _grades(member)]
    scales = likely_scales([*numbers, *known] if numbers else [], results.rules.scale)
    if len(scales) > 1:
        raise ScaleAsked(scales, max([*numbers, *known]), results.rules.scale)
    return scales[0]


def remember_scale(tx: Tx, course: Course, scale: int, *, asked: bool) -> None:
    """Keep on which scale a class was graded where that was asked, so that it is asked once."""
    if asked:
        tx.update(Offering, {course.id: {"written_scale": scale}})


def kept_grade(number: Fraction, scale: int, results: ClassResults) -> int:
    """A written grade in hundredths of a point of the course's scale; decimals beyond are cut."""
    return int(converted(number, scale, results.rules.scale) * POINT // 1)


def points_words(number: Fraction) -> str:
    """A grade in points with at most two decimals: 84, 71.5."""
    text = f"{int(number * POINT // 1) / POINT:.2f}"
    return text.rstrip("0").rstrip(".")


def _grades(member: ClassMember) -> list[int]:
    grades = [member.post_test, member.performance, member.products, member.final_grade, member.second_chance]
    grades += [grade for mark in member.modules.values() for grade in (mark.grade, mark.second_chance)]
    return [grade for grade in grades if grade is not None]


def problem_of(course: Course, cell: GradeCell, member: ClassMember, read: Written, scale: int) -> GradeProblem | None:
    """What is wrong with a cell beside its person, None where it may be stored."""
    values: dict[str, object] = {"name": member.name, "value": str(cell.value), "scale": scale, "code": course.code}
    message = _wrong_place(course, cell, member) or _wrong_value(cell, read, scale)
    if message is None and cell.field is GradeField.FINAL and course.results.is_made(member):
        message = N_("The final grade of {name} is made of its parts; change those.")
    return None if message is None else GradeProblem(cell, message, values)


def _wrong_place(course: Course, cell: GradeCell, member: ClassMember) -> str | None:
    rules = course.results.rules
    if not member.sits:
        return N_("{name} has no seat in course {code}, or a result already, so no grade is entered.")
    if cell.field in OF_MODULES:
        if cell.module not in {module.number for module in rules.modules}:
            return N_("Course {code} has no such module (grade of {name}).")
        if course.modules is not None and cell.module not in course.modules:
            return N_("The grade of {name} belongs to a module that another instructor teaches.")
    elif course.modules is not None:
        return N_("One who teaches a single module enters the grades of that module only (grade of {name}).")
    elif cell.field in _PARTS and (rules.by_modules or not getattr(rules, _PARTS[cell.field])):
        return N_("In course {code} this part has no weight, so no grade is entered in it ({name}).")
    return None


def _wrong_value(cell: GradeCell, read: Written, scale: int) -> str | None:
    if read.misread is Misread.NOT_A_NUMBER:
        return N_("“{value}” of {name} is no grade. Write a number like 71.5 or 71,5, NSP, or leave it blank.")
    if read.misread is Misread.OUT_OF_RANGE or (read.number is not None and read.number > scale):
        return N_("“{value}” of {name} is outside 0 to {scale}.")
    if read.word is not None and cell.field is GradeField.PRE_TEST:
        return N_("“{value}” of {name} stands in the first test: leave it blank there.")
    return None


def store_cell(tx: Tx, course: Course, cell: GradeCell, member: ClassMember, read: Written, scale: int) -> bool:
    """Write one cell; whether anything changed."""
    if read.word is not None:
        status = EnrolmentStatus.NO_SHOW if read.word is GradeWord.NO_SHOW else EnrolmentStatus.WITHDREW
        if member.proposed is status:
            return False
        tx.update(Enrolment, {member.enrolment_id: {"proposed_status": status, "ground_id": None}})
        return True
    grade = None if read.number is None else kept_grade(read.number, scale, course.results)
    if cell.field in OF_MODULES:
        return _store_module(tx, course, cell, member, grade)
    if cell.field is GradeField.FINAL and grade is not None:
        grade = rounded(Fraction(grade), course.results.rules.rules.rounding)
    columns: dict[str, Any] = {cell.field.value: grade}
    if member.proposed is EnrolmentStatus.NO_SHOW and grade is not None:
        # A grade takes the place of the NSP that stood there.
        columns |= {"proposed_status": None, "ground_id": None}
    elif grade_in(member, cell.field) == grade:
        return False
    tx.update(Enrolment, {member.enrolment_id: columns})
    return True


def grade_in(member: ClassMember, field: GradeField) -> int | None:
    """The grade of a column that is no module's, in hundredths, as it is recorded."""
    held = {
        GradeField.PRE_TEST: member.pre_test,
        GradeField.POST_TEST: member.post_test,
        GradeField.PERFORMANCE: member.performance,
        GradeField.PRODUCTS: member.products,
        GradeField.FINAL: member.final_grade,
        GradeField.SECOND_CHANCE: member.second_chance,
    }
    return held[field]


def _store_module(tx: Tx, course: Course, cell: GradeCell, member: ClassMember, grade: int | None) -> bool:
    column = "grade" if cell.field is GradeField.MODULE else "second_chance_grade"
    row = tx.connection.exec_driver_sql(
        f"SELECT g.id, g.{column} FROM module_grade g JOIN offering_module x ON x.id = g.offering_module_id "
        "JOIN course_module m ON m.id = x.course_module_id WHERE g.enrolment_id = ? AND m.number = ?",
        (member.enrolment_id, cell.module),
    ).first()
    if row is not None:
        tx.update(ModuleGrade, {row.id: {column: grade}})
        return bool(row[1] != grade)
    if grade is None:
        return False
    taught = _taught_module(tx, course, cell.module)
    tx.insert(ModuleGrade, [{"enrolment_id": member.enrolment_id, "offering_module_id": taught, column: grade}])
    return True


def _taught_module(tx: Tx, course: Course, number: int | None) -> int:
    key = tx.connection.exec_driver_sql(
        "SELECT x.id FROM offering_module x JOIN course_module m ON m.id = x.course_module_id "
        "WHERE x.offering_id = ? AND m.number = ?",
        (course.id, number),
    ).scalar()
    if key is not None:
        return int(key)
    module = next(module for module in course.results.rules.modules if module.number == number)
    return tx.insert(OfferingModule, [{"offering_id": course.id, "course_module_id": module.course_module_id}])[0]


def check_second_chances(tx: Tx, course: Course, cells: Sequence[GradeCell]) -> None:
    """A second chance stands beside a first grade that did not reach the minimum, in courses that hold one."""
    results = read_class(tx.connection, course.id)
    members = {member.enrolment_id: member for member in results.members}
    problems = []
    for cell in cells:
        member = members[cell.enrolment_id]
        if cell.field is GradeField.SECOND_CHANCE and member.second_chance is not None:
            first = results.final_of(member)
        elif cell.field is GradeField.MODULE_SECOND_CHANCE and cell.module in member.modules:
            mark = member.modules[cell.module]
            if mark.second_chance is None:
                continue
            first = mark.grade
        else:
            continue
        if not may_repeat(first, results.rules.rules):
            message = N_(
                "{name} has no second chance: the first grade reaches the minimum, or course {code} holds none."
            )
            problems.append(GradeProblem(cell, message, {"name": member.name, "code": course.code}))
    if problems:
        raise GradesRefused(problems)


@dataclass(frozen=True, slots=True)
class RemarkDraft:
    """What people say of somebody of a class: that they left or never came, with the reason; a distinction.

    A status of None takes the word back: the proposal follows from grades and attendance again."""

    offering_id: int
    enrolment_id: int
    status: EnrolmentStatus | None
    ground_id: int | None = None
    distinction: Distinction | None = None
    on_behalf: OnBehalf | None = None


def record_remark(db: Database, acting: ActingUser, draft: RemarkDraft) -> GradesRecorded:
    """Record that somebody left or never came, or a distinction; the closing proposes it."""
    require(acting, Action.RECORD_RESULTS)
    if draft.status is not None and draft.status not in KEPT_PROPOSALS:
        raise ValueError(f"{draft.status} follows from the grades")
    with db.write(Entry(actor(acting), "record_remark", "")) as tx:
        course = recorded_course(tx, acting, draft.offering_id, draft.on_behalf, AttachmentKind.GRADE_SHEET)
        member = course.member(draft.enrolment_id)
        if not member.sits or course.modules is not None:
            raise Refused(
                N_("{name} has no seat in course {code}, or a result already, so nothing is entered."),
                name=member.name,
                code=course.code,
            )
        check_ground(tx, draft.status, draft.ground_id, member.name)
        columns: dict[str, Any] = {
            "proposed_status": draft.status,
            "ground_id": draft.ground_id,
            "distinction": draft.distinction,
        }
        tx.update(Enrolment, {member.enrolment_id: columns})
        follow(tx, course.id, {member.enrolment_id})
        return GradesRecorded(tx.set_id, course.code, 1, course.results.rules.scale)


def check_ground(tx: Tx, status: EnrolmentStatus | None, ground_id: int | None, name: str) -> None:
    """UserError where a reason is not one of that result, or none is given for somebody who left or never came."""
    if ground_id is None:
        if status in KEPT_PROPOSALS:
            raise UserError(N_("Choose the reason for {name}."), name=name)
        return
    applies_to = tx.connection.exec_driver_sql("SELECT applies_to FROM ground WHERE id = ?", (ground_id,)).scalar()
    if status is None or applies_to != status.value:
        raise UserError(N_("This reason does not go with the result of {name}; choose another."), name=name)
