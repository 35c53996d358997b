"""A column of grades that was pasted, beside the class: what each would become, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from eic_tracker.domain.drafts import worded
from eic_tracker.domain.grade_texts import written_grade
from eic_tracker.domain.grading import may_repeat, rounded
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_results import ClassMember, ClassResults
from eic_tracker.services.grades import (
    GradeCell,
    GradeField,
    GradeProblem,
    ScaleAsked,
    SeenGrade,
    held_in,
    kept_grade,
    problem_of,
    scale_of,
)
from eic_tracker.services.recording import Course, course_to_record
from eic_tracker.store.database import Database


@dataclass(frozen=True, slots=True)
class ColumnDraft:
    """Texts for one column of grades, from the first person named downwards; `scale` as in `GradesDraft`."""

    offering_id: int
    field: GradeField
    people: Sequence[int]
    """enrolments in the order in which they are shown"""
    texts: Sequence[str]
    module: int | None = None
    scale: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One text beside the person in whose row it falls; grades in hundredths on the course's scale."""

    cell: GradeCell | None
    """what would be stored; None where nothing would be: blank, the same as recorded, or wrong"""
    name: str
    text: str
    becomes: int | None
    problem: GradeProblem | None
    here: int | None = None
    """what is recorded now"""

    def problem_text(self, t: Translator) -> str:
        """What is wrong, in the language of `t`; empty where nothing is."""
        return "" if self.problem is None else t(self.problem.message, **worded(self.problem.values, t))


@dataclass(frozen=True, slots=True)
class ColumnReview:
    """All lines; `asked` where the class leaves the scale open, then the lines show its smallest."""

    lines: tuple[ColumnLine, ...]
    scale: int
    asked: ScaleAsked | None


_BEYOND = N_("“{value}” stands below the last person of the class.")
_NO_SECOND = N_("{name} has no second chance: the first grade reaches the minimum, or course {code} holds none.")


def review_column(db: Database, acting: ActingUser, draft: ColumnDraft) -> ColumnReview:
    """What a pasted column would do; nothing is changed. A blank changes nothing and is no zero."""
    with db.read() as connection:
        course = course_to_record(connection, acting, draft.offering_id)
    numbers = [number for text in draft.texts if (number := written_grade(text).number) is not None]
    asked = None
    try:
        scale = scale_of(course.results, numbers, draft.scale)
    except ScaleAsked as question:
        asked, scale = question, question.scales[0]
    people = draft.people[: len(draft.texts)]
    lines = [
        _line(course, draft, course.member(each), text, scale) for each, text in zip(people, draft.texts, strict=False)
    ]
    beyond = [text for text in draft.texts[len(people) :] if text.strip()]
    return ColumnReview((*lines, *(_beyond(draft, text) for text in beyond)), scale, asked)


def _beyond(draft: ColumnDraft, text: str) -> ColumnLine:
    """A text below the last person of the class."""
    problem = GradeProblem(GradeCell(0, draft.field, text, draft.module), _BEYOND, {"value": text})
    return ColumnLine(None, "", text, None, problem)


def _line(course: Course, draft: ColumnDraft, member: ClassMember, text: str, scale: int) -> ColumnLine:
    cell = GradeCell(member.enrolment_id, draft.field, text, draft.module)
    rules, read = course.results.rules.rules, written_grade(text)
    problem = None if read.blank else problem_of(course, cell, member, read, scale)
    becomes = None
    if read.number is not None and problem is None:
        becomes = kept_grade(read.number, scale, course.results)
        if draft.field is GradeField.FINAL:
            becomes = rounded(Fraction(becomes), rules.rounding)
    first, held = _first_of(course.results, member, cell), held_in(member, cell)
    cell = replace(cell, seen=SeenGrade(held))
    if becomes is not None and _is_second(draft.field) and not may_repeat(first, rules):
        problem = GradeProblem(cell, _NO_SECOND, {"name": member.name, "code": course.code})
    changes = not read.blank and (read.word is not None or becomes != held)
    name = f"{member.surnames}, {member.given_names}"
    return ColumnLine(cell if problem is None and changes else None, name, text, becomes, problem, held)


def _is_second(field: GradeField) -> bool:
    return field in {GradeField.SECOND_CHANCE, GradeField.MODULE_SECOND_CHANCE}


def _first_of(results: ClassResults, member: ClassMember, cell: GradeCell) -> int | None:
    """The first grade beside which a second chance would stand."""
    if cell.module is None:
        return results.final_of(member)
    mark = member.modules.get(cell.module)
    return mark.grade if mark is not None else None
