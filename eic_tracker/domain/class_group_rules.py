"""What is wrong with a class group: its counts by head, grades, lessons, dates.

Reached are different pupils with at least one lesson; where only lessons were counted it is the largest of them, never
their sum. Graduated is never above reached, reached never above enrolled, unless a note says why. Camps and workshops
reach, they never graduate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum

from eic_tracker.domain.class_group_draft import (
    COUNTS,
    MULTIGRADE,
    NOBODY,
    SEXES,
    ClassGroupDraft,
    LessonGiven,
    reached_of_lessons,
    summed,
)
from eic_tracker.domain.codes import CurriculumKind
from eic_tracker.domain.drafts import DraftProblem, date_problems, writable
from eic_tracker.domain.facts import Heads
from eic_tracker.i18n import N_

GRADES = ("4", "5", "6", "7", "8", "9")
"""The school grades that the programme teaches."""

SHIFTS = ("morning", "afternoon", "evening")
FIRST_SCHOOL_YEAR = 2009
"""The programme came to Central America in that year."""

NEVER_GRADUATE = frozenset({CurriculumKind.CAMP, CurriculumKind.WORKSHOP})

_IN_CLASSES = frozenset({CurriculumKind.ELEMENTARY, CurriculumKind.MIDDLE})
_USUAL_GRADES = {CurriculumKind.ELEMENTARY: ("4", "5", "6"), CurriculumKind.MIDDLE: ("7", "8", "9")}
_LARGE_CLASS, _LARGEST_CLASS = 60, 200
_LARGE_EVENT, _LARGEST_EVENT = 1_000, 10_000
_LONGEST_SECTION, _LONGEST_NOTE = 12, 400


class Severity(StrEnum):
    """Whether a problem keeps the group out, or is told and kept."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class GroupProblem:
    """One thing wrong with one field: a code for programs, a whole sentence for people."""

    code: str
    field: str
    message: str
    values: Mapping[str, object] = attribute(default_factory=dict)
    severity: Severity = Severity.ERROR

    def told(self) -> DraftProblem:
        """The problem as forms tell it."""
        return DraftProblem(self.field, self.message, self.values)


@dataclass(frozen=True, slots=True)
class Taught:
    """The curriculum version that a group is taught, as the rules need it; no `lessons_required`: never graduates."""

    kind: CurriculumKind
    lessons: int
    lessons_required: int | None

    @property
    def graduates(self) -> bool:
        """Whether a group of it can graduate at all."""
        return self.kind not in NEVER_GRADUATE and self.lessons_required is not None


def group_problems(draft: ClassGroupDraft, taught: Taught | None, today: dt.date) -> tuple[GroupProblem, ...]:
    """What is wrong with a tidied draft on its own, in the order of the card; what the file holds is not asked."""
    problems = [*_class_problems(draft, taught, today), *_count_problems(draft, taught)]
    if taught is not None:
        problems += _lesson_problems(draft, taught, today)
        problems += _graduation_problems(draft, taught, today)
    problems += _text_problems(draft)
    return tuple(problems)


def errors_of(problems: Sequence[GroupProblem]) -> tuple[GroupProblem, ...]:
    """Those that keep the group out."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def _warning(code: str, field: str, message: str, **values: object) -> GroupProblem:
    return GroupProblem(code, field, message, values, Severity.WARNING)


def _error(code: str, field: str, message: str, **values: object) -> GroupProblem:
    return GroupProblem(code, field, message, values)


def _class_problems(draft: ClassGroupDraft, taught: Taught | None, today: dt.date) -> list[GroupProblem]:
    problems: list[GroupProblem] = []
    if taught is None:
        problems.append(_error("no_curriculum", "curriculum_version_id", N_("Say which curriculum is taught.")))
    in_class = taught is None or taught.kind in _IN_CLASSES
    if draft.school_id is None and (in_class or draft.municipality_id is None):
        message = N_("Say which school.") if in_class else N_("Say the school, or the municipality where it was held.")
        problems.append(_error("no_school", "school_id", message))
    problems += _grade_problems(draft, taught)
    if draft.shift is not None and draft.shift not in SHIFTS:
        problems.append(_error("unknown_shift", "shift", N_("The shift is morning, afternoon or evening.")))
    year = draft.school_year
    if not isinstance(year, int) or not FIRST_SCHOOL_YEAR <= year <= today.year + 1:
        message = N_("Say the school year, from {first} to {last}.")
        told = {"first": str(FIRST_SCHOOL_YEAR), "last": str(today.year + 1)}
        problems.append(_error("school_year", "school_year", message, **told))
    return problems


def _grade_problems(draft: ClassGroupDraft, taught: Taught | None) -> list[GroupProblem]:
    kind = taught.kind if taught else None
    if draft.grade is None:
        if kind in _IN_CLASSES:
            return [_error("no_grade", "grade", N_("Say the grade, from 4 to 9, or that it is a multigrade group."))]
        return []
    grades = tuple(each.grade for each in draft.by_grade) if draft.grade == MULTIGRADE else (draft.grade,)
    for grade in grades:
        if grade not in GRADES:
            message = N_("The programme teaches grades 4 to 9; “{grade}” is none of them.")
            return [_error("unknown_grade", "grade", message, grade=grade)]
    if draft.grade == MULTIGRADE and (len(grades) < 2 or len(set(grades)) < len(grades)):
        return [
            _error("one_grade", "grade", N_("A multigrade group has the counts of at least two grades, each once."))
        ]
    usual = _USUAL_GRADES.get(kind, GRADES) if kind else GRADES
    if draft.grade != MULTIGRADE and draft.grade not in usual:
        message = N_("This curriculum is usually taught in grades {first} to {last}.")
        return [_warning("unusual_grade", "grade", message, first=usual[0], last=usual[-1])]
    return []


def _count_problems(draft: ClassGroupDraft, taught: Taught | None) -> list[GroupProblem]:
    enrolled, reached, graduated = (getattr(draft, what) or NOBODY for what in COUNTS)
    for what, heads in zip(COUNTS, (enrolled, reached, graduated), strict=True):
        for sex in SEXES:
            number = getattr(heads, sex)
            if not isinstance(number, int) or isinstance(number, bool) or number < 0:
                return [_error("no_count", f"{what}_{sex}", N_("This is a whole number, 0 or more."))]
    problems = _size_problems(enrolled, reached, taught)
    problems += _order_problems(draft, enrolled, reached, graduated)
    for what, heads in zip(COUNTS, (enrolled, reached, graduated), strict=True):
        if draft.by_grade and heads != summed(getattr(each, what) for each in draft.by_grade):
            message = N_("The counts of the grades do not add up to those of the group.")
            problems.append(_error("grades_do_not_add_up", f"{what}_girls", message))
    return problems


def _size_problems(enrolled: Heads, reached: Heads, taught: Taught | None) -> list[GroupProblem]:
    in_class = taught is None or taught.kind in _IN_CLASSES
    large, largest = (_LARGE_CLASS, _LARGEST_CLASS) if in_class else (_LARGE_EVENT, _LARGEST_EVENT)
    what, number = max((("enrolled", enrolled.total), ("reached", reached.total)), key=lambda each: each[1])
    if number > largest:
        message = N_("{count} in one group cannot be right; at most {most} are taken.")
        return [_error("absurd_count", f"{what}_girls", message, count=number, most=largest)]
    if number > large:
        message = N_("{count} in one group are many; look at the sheet again.")
        return [_warning("large_count", f"{what}_girls", message, count=number)]
    if not number:
        return [_warning("nobody", "enrolled_girls", N_("Nobody is counted in this group."))]
    return []


def _order_problems(draft: ClassGroupDraft, enrolled: Heads, reached: Heads, graduated: Heads) -> list[GroupProblem]:
    """Told of the total and of each sex, as a total hides a girl written down as a boy; a note makes them warnings."""
    problems = []
    pairs = (
        ("reached_above_enrolled", "reached", reached, enrolled,
         N_("{more} reached are more than the {less} enrolled; a note can say why.")),
        ("graduated_above_reached", "graduated", graduated, reached,
         N_("{more} graduated are more than the {less} reached; a note can say why.")),
    )  # fmt: skip
    for code, field, more, less, message in pairs:
        for sex in ("total", *SEXES[:2]):
            # heads whose sex one sheet told and another did not may be the same children
            room = getattr(less, sex) + (less.unrecorded if sex != "total" else 0)
            if getattr(more, sex) > room:
                severity = Severity.WARNING if draft.note else Severity.ERROR
                where = f"{field}_{'girls' if sex == 'total' else sex}"
                problems.append(
                    GroupProblem(code, where, message, {"more": getattr(more, sex), "less": room}, severity)
                )
                break
    return problems


def _lesson_problems(draft: ClassGroupDraft, taught: Taught, today: dt.date) -> list[GroupProblem]:
    problems: list[GroupProblem] = []
    numbers: set[int] = set()
    for lesson in draft.lessons:
        problems += _one_lesson(lesson, draft, taught, today)
        if lesson.number in numbers:
            message = N_("Lesson {number} is there twice.")
            problems.append(_error("lesson_twice", "lessons", message, number=lesson.number))
        numbers.add(lesson.number)
    days = [lesson.given_on for lesson in draft.lessons]
    if days != sorted(days):
        problems.append(
            _warning("lessons_out_of_order", "lessons", N_("The days of the lessons are not in their order."))
        )
    if not draft.lessons and (draft.lessons_given or 0) > taught.lessons:
        message = N_("This curriculum ends with lesson {count}.")
        problems.append(_error("too_many_lessons", "lessons_given", message, count=taught.lessons))
    reached = draft.reached or NOBODY
    if draft.first_lesson_on is None and reached.total:
        message = N_("Say the day of the first lesson: who was reached counts on that day.")
        problems.append(_error("no_first_lesson", "first_lesson_on", message))
    if draft.first_lesson_on is not None and not draft.lessons:
        problems += _day_problems("first_lesson_on", draft.first_lesson_on, draft.school_year, today)
    if draft.first_lesson_on is not None and not reached.total:
        message = N_("A lesson was given and nobody is counted as reached.")
        problems.append(_warning("nobody_reached", "reached_girls", message))
    proven = reached_of_lessons(draft.lessons)
    if proven is not None and proven.total > reached.total:
        message = N_("One lesson alone had {count}; no fewer were reached.")
        problems.append(_error("reached_below_lesson", "reached_girls", message, count=proven.total))
    return problems


def _one_lesson(lesson: LessonGiven, draft: ClassGroupDraft, taught: Taught, today: dt.date) -> list[GroupProblem]:
    if not 1 <= lesson.number <= taught.lessons:
        message = N_("There is no lesson {number}: this curriculum ends with lesson {count}.")
        return [_error("too_many_lessons", "lessons", message, number=lesson.number, count=taught.lessons)]
    heads = lesson.present
    if heads is not None and min(heads.girls, heads.boys, heads.unrecorded) < 0:
        return [_error("no_count", "lessons", N_("This is a whole number, 0 or more."))]
    return _day_problems("lessons", lesson.given_on, draft.school_year, today)


def _day_problems(field: str, day: dt.date, year: int | None, today: dt.date) -> list[GroupProblem]:
    if wrong := date_problems(field, day):
        return [GroupProblem("no_date", field, wrong[0].message, wrong[0].values)]
    if day > today:
        return [_error("future_date", field, N_("{date} has not come yet."), date=day)]
    if isinstance(year, int) and day.year != year:
        message = N_("{date} is outside the school year {year}.")
        severity = Severity.WARNING if abs(day.year - year) == 1 else Severity.ERROR
        return [GroupProblem("outside_year", field, message, {"date": day, "year": str(year)}, severity)]
    return []


def _graduation_problems(draft: ClassGroupDraft, taught: Taught, today: dt.date) -> list[GroupProblem]:
    graduated = (draft.graduated or NOBODY).total
    if not taught.graduates:
        if graduated or draft.graduated_on is not None:
            message = N_("Camps and workshops reach youth; nobody graduates from them.")
            return [_error("never_graduates", "graduated_girls", message)]
        return []
    if not graduated:
        if draft.graduated_on is not None:
            message = N_("There is a day of graduation, and nobody graduated.")
            return [_error("nobody_graduated", "graduated_girls", message)]
        return []
    if draft.graduated_on is None:
        message = N_("Say the day of graduation: the ceremony, or the last lesson.")
        return [_error("no_graduation_day", "graduated_on", message)]
    problems = _day_problems("graduated_on", draft.graduated_on, draft.school_year, today)
    last = max((lesson.given_on for lesson in draft.lessons), default=draft.first_lesson_on)
    if last is not None and draft.graduated_on < last:
        message = N_("They graduated before the lesson of {date}.")
        problems.append(_error("graduated_too_early", "graduated_on", message, date=last))
    required, given = taught.lessons_required or 0, draft.lessons_given or 0
    if given < required:
        severity = Severity.WARNING if draft.note or not given else Severity.ERROR
        message = N_("{given} of the {required} lessons that graduating needs were given; a note can say why.")
        told = {"given": given, "required": required}
        problems.append(GroupProblem("too_few_lessons", "graduated_girls", message, told, severity))
    return problems


def _text_problems(draft: ClassGroupDraft) -> list[GroupProblem]:
    problems = []
    for name in ("section", "event", "note", "repeat_reason"):
        text = getattr(draft, name)
        longest = _LONGEST_SECTION if name == "section" else _LONGEST_NOTE
        if text is None:
            continue
        if not writable(text):
            message = N_("This holds characters that cannot be kept or printed.")
            problems.append(_error("unwritable", name, message))
        elif len(text) > longest:
            problems.append(_error("too_long", name, N_("This is too long: at most {most} characters."), most=longest))
    if len({each.instructor_id for each in draft.officers}) < len(draft.officers):
        problems.append(_error("officer_twice", "officers", N_("An officer is there twice.")))
    return problems
