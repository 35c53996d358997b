"""Grades: typed or pasted, of parts, modules and second chances; of what two people wrote nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from eic_tracker.domain.codes import AttachmentKind, EnrolmentStatus
from eic_tracker.domain.drafts import worded
from eic_tracker.domain.grade_texts import GradeWord, Misread, Written, written_grade
from eic_tracker.domain.grading import POINT, SCALES, converted, likely_scales, may_repeat, rounded
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_results import ClassMember, ClassResults, read_class
from eic_tracker.services.recording import Course, OnBehalf, follow, readable_class, recorded_course
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
class SeenGrade:
    """What stood in a cell when somebody wrote into it, in hundredths, and what the same window wrote there since."""

    recorded: int | None
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GradeCell:
    """What was typed into one cell; a blank takes the grade away, NSP says that the person did not come."""

    enrolment_id: int
    field: GradeField
    value: str | float | None
    module: int | None = None
    """number of the module, for the columns of modules"""
    seen: SeenGrade | None = None
    """None: whatever stands there is replaced"""


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


@dataclass(frozen=True, slots=True)
class ChangedGrade:
    """A grade that somebody else changed meanwhile: what was to be written, whose, what stands here in hundredths."""

    cell: GradeCell
    name: str
    here: int | None


class GradesChanged(Refused):
    """Grades were changed meanwhile by somebody else; nothing was overwritten."""

    def __init__(self, changed: Sequence[ChangedGrade]) -> None:
        super().__init__(
            N_("Somebody else wrote meanwhile, and nothing was overwritten (as it stands, as you wrote): {grades}."),
            grades="; ".join(
                f"{each.name} {'–' if each.here is None else points_words(Fraction(each.here, POINT))}, "
                f"{str(each.cell.value or '').strip() or '–'}"
                for each in changed
            ),
        )
        self.changed = tuple(changed)


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
        _check_seen(course, written, scale)
        touched = {
            member.enrolment_id for cell, member, read in written if store_cell(tx, course, cell, member, read, scale)
        }
        if touched:
            check_second_chances(tx, course, draft.cells)
            remember_scale(tx, course, scale, asked=draft.scale is not None and bool(numbers))
            follow(tx, course.id, touched)
        return GradesRecorded(tx.set_id if touched else None, course.code, len(touched), scale)


def _check_seen(course: Course, written: Sequence[tuple[GradeCell, ClassMember, Written]], scale: int) -> None:
    """GradesChanged where a grade is neither what was shown nor what the same window wrote, now or just before."""
    changed = []
    for cell, member, read in written:
        if cell.seen is None:
            continue
        here, own = held_in(member, cell), [written_grade(text) for text in cell.seen.typed]
        if here not in {cell.seen.recorded, *(_kept(course, cell, each, scale) for each in (read, *own))}:
            changed.append(ChangedGrade(cell, member.name, here))
    if changed:
        raise GradesChanged(changed)


def _kept(course: Course, cell: GradeCell, read: Written, scale: int) -> int | None:
    """What a cell becomes, in hundredths."""
    if read.number is None:
        return None
    grade = kept_grade(read.number, scale, course.results)
    return rounded(Fraction(grade), course.results.rules.rules.rounding) if cell.field is GradeField.FINAL else grade


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
    grade = _kept(course, cell, read, scale)
    if cell.field in OF_MODULES:
        return _store_module(tx, course, cell, member, grade)
    columns: dict[str, Any] = {cell.field.value: grade}
    if member.proposed is EnrolmentStatus.NO_SHOW and grade is not None:
        # A grade takes the place of the NSP that stood there.
        columns |= {"proposed_status": None, "ground_id": None}
    elif grade_in(member, cell.field) == grade:
        return False
    tx.update(Enrolment, {member.enrolment_id: columns})
    return True


def held_in(member: ClassMember, cell: GradeCell) -> int | None:
    """The grade of a cell in hundredths, as it is recorded."""
    if cell.field not in OF_MODULES:
        return grade_in(member, cell.field)
    mark = member.modules.get(cell.module or 0)
    if mark is None:
        return None
    return mark.grade if cell.field is GradeField.MODULE else mark.second_chance


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
