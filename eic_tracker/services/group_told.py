"""What a row tells of its class, put into the draft of its class group."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from eic_tracker.domain.class_group_draft import (
    NOBODY,
    ClassGroupDraft,
    GradeCounts,
    LessonGiven,
    reached_of_lessons,
    summed,
)
from eic_tracker.domain.facts import Heads
from eic_tracker.exchange.group_rows import GroupRow, problem
from eic_tracker.exchange.rows import Problem, Severity
from eic_tracker.i18n import N_


@dataclass(slots=True)
class Drafted:
    """What a row came to; `place` is that of its draft, which several rows may share."""

    school: str = ""
    school_code: str | None = None
    curriculum: str | None = None
    year: int | None = None
    code: str | None = None
    place: int | None = None
    outcome: str = "error"
    is_repeated: bool = False
    problems: list[Problem] = field(default_factory=list)
    waits_for: list[str] = field(default_factory=list)

    def error(self, name: str, code: str, message: str, *, value: str = "", **values: object) -> None:
        """Something that keeps the row out."""
        self.problems.append(problem(name, Severity.ERROR, code, message, value=value, **values))

    def warn(self, name: str, code: str, message: str, *, value: str = "", **values: object) -> None:
        """Something that is told and kept."""
        self.problems.append(problem(name, Severity.WARNING, code, message, value=value, **values))


def with_row(draft: ClassGroupDraft, row: GroupRow, done: Drafted, day: dt.date | None) -> ClassGroupDraft:
    """The draft with what a row tells of its class; `day` is that of lessons that are told without one."""
    lessons, undated = _dated(row, day)
    enrolled = row.enrolled if (draft.enrolled or NOBODY).total or row.enrolled else _most_present(row)
    if draft.original is not None and row.enrolled is not None and draft.enrolled not in (NOBODY, row.enrolled):
        done.warn("enrolled", "replaces", _REPLACES, value=str(row.enrolled.total),
                  known=(draft.enrolled or NOBODY).total)  # fmt: skip
    draft = replace(draft, enrolled=enrolled or draft.enrolled)
    for what, heads in (("reached", row.reached), ("graduated", row.graduated)):
        most = (draft.enrolled or NOBODY).total
        if heads is not None and heads.total > most:
            done.error(what, f"{what}_above_enrolled", _ABOVE, value=str(heads.total), most=most)
            return draft
    first = row.first_lesson_on or (day if row.lessons_given and not row.lessons else None)
    if not lessons and first is None and draft.first_lesson_on is None and not draft.lessons:
        if undated or row.lessons_given or row.reached or row.graduated:
            done.warn("lessons", "no_lesson_date", _NO_DATES)
        return replace(draft, by_grade=_by_grade(draft, row))
    if undated:
        done.warn("lessons", "no_lesson_date", _NO_DATES)
    draft = _taught(draft, row, done, lessons, first)
    return replace(draft, by_grade=_by_grade(draft, row))


def _by_grade(draft: ClassGroupDraft, row: GroupRow) -> tuple[GradeCounts, ...]:
    """The counts of each grade as the row tells them, as far as those of the group are stored."""
    if not row.by_grade:
        return draft.by_grade
    reached, graduated = draft.reached or NOBODY, draft.graduated or NOBODY
    as_enrolled = reached == draft.enrolled and not summed(each.reached for each in row.by_grade).total
    return tuple(
        replace(
            each,
            reached=each.enrolled if as_enrolled else each.reached if reached.total else NOBODY,
            graduated=each.graduated if graduated.total else NOBODY,
        )
        for each in row.by_grade
    )


def _taught(
    draft: ClassGroupDraft,
    row: GroupRow,
    done: Drafted,
    lessons: tuple[LessonGiven, ...],
    first: dt.date | None,
) -> ClassGroupDraft:
    numbers = {lesson.number for lesson in lessons}
    told = {lesson.number: lesson for lesson in lessons}
    for before in draft.lessons:
        if before.number in told and told[before.number] != before:
            done.warn("lessons", "lesson_replaced", _LESSON_REPLACED, value=str(before.number))
    together = (*(each for each in draft.lessons if each.number not in numbers), *told.values())
    proven = reached_of_lessons(together)
    reached = row.reached or draft.reached
    if row.reached is None and proven is not None and proven.total > (reached or NOBODY).total:
        reached = proven
    if not (reached or NOBODY).total and proven is None and (together or first) and row.enrolled is not None:
        reached = row.enrolled
        done.warn("reached", "reached_as_enrolled", _AS_ENROLLED, value=str(reached.total))
    graduated_on = row.graduated_on or draft.graduated_on
    if row.graduated is not None and graduated_on is None and together:
        graduated_on = max(each.given_on for each in together)
    return replace(
        draft,
        lessons=tuple(sorted(together, key=lambda each: each.number)),
        lessons_given=row.lessons_given if row.lessons_given is not None else draft.lessons_given,
        first_lesson_on=first or draft.first_lesson_on,
        reached=reached,
        graduated=row.graduated or draft.graduated,
        graduated_on=graduated_on if (row.graduated or draft.graduated or NOBODY).total else None,
    )


def _most_present(row: GroupRow) -> Heads | None:
    """Those whom the lessons of a row prove to be in the class, whether their days are told or not."""
    return reached_of_lessons(LessonGiven(each.number, dt.date.min, each.present) for each in row.lessons)


def _dated(row: GroupRow, said: dt.date | None) -> tuple[tuple[LessonGiven, ...], bool]:
    """The lessons that have a day, told by the row or said of the whole list; and whether some have none."""
    found = [(lesson, lesson.given_on or said) for lesson in row.lessons]
    dated = tuple(LessonGiven(lesson.number, day, lesson.present) for lesson, day in found if day is not None)
    return dated, any(day is None for _, day in found)


_REPLACES = N_("{value} enrolled take the place of {known}, which are recorded.")
_ABOVE = N_("{value} are more than the {most} enrolled; look at the counts again.")
_NO_DATES = N_("The days of the lessons are not said: only those enrolled are stored, nobody counts as reached yet.")
_LESSON_REPLACED = N_("Lesson {value} takes the place of the one recorded, with its day and counts.")
_AS_ENROLLED = N_("Who was reached is not said; the {value} enrolled are taken as reached.")
