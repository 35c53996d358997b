"""A class group as forms and lists hand it over: counts by head, lessons, officers. No child is named anywhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from eic_tracker.domain.drafts import tidy
from eic_tracker.domain.facts import Heads

MULTIGRADE = "multigrade"
"""Grade of a group of several grades in one room; stored as no grade with rows per grade."""

SEXES = ("girls", "boys", "unrecorded")
COUNTS = ("enrolled", "reached", "graduated")
NOBODY = Heads()


@dataclass(frozen=True, slots=True)
class LessonGiven:
    """A lesson on a day; `present` None where nobody was counted."""

    number: int
    given_on: dt.date
    present: Heads | None = None


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """The heads of one grade of a multigrade group."""

    grade: str
    enrolled: Heads = NOBODY
    reached: Heads = NOBODY
    graduated: Heads = NOBODY


@dataclass(frozen=True, slots=True)
class OfficerGiven:
    """An officer of the group; the first leads where none is said to."""

    instructor_id: int
    role: str = "lead"


@dataclass(frozen=True, slots=True)
class ClassGroupDraft:
    """A class group as forms and lists hand it over.

    `enrolled` and `reached` None: they follow from the grades, or from the lessons that were counted. `lessons_given`
    and `first_lesson_on` are said only where the days of the lessons are not known."""

    curriculum_version_id: int | None
    school_year: int | None
    school_id: int | None = None
    municipality_id: int | None = None
    grade: str | None = None
    section: str | None = None
    shift: str | None = None
    enrolled: Heads | None = None
    reached: Heads | None = None
    graduated: Heads | None = None
    by_grade: tuple[GradeCounts, ...] = ()
    lessons: tuple[LessonGiven, ...] = ()
    lessons_given: int | None = None
    first_lesson_on: dt.date | None = None
    graduated_on: dt.date | None = None
    officers: tuple[OfficerGiven, ...] = ()
    event: str | None = None
    note: str | None = None
    repeat_reason: str | None = None
    source_document_id: int | None = None
    id: int | None = None
    original: ClassGroupDraft | None = None


def tidied_group(draft: ClassGroupDraft) -> ClassGroupDraft:
    """The draft as it would be kept: texts tidied, sections in capitals, lessons and grades in order.

    Counts that were not said are filled from the grades and lessons."""
    texts: dict[str, Any] = {
        name: tidy(getattr(draft, name) or "") or None for name in ("event", "note", "repeat_reason")
    }
    section = tidy(draft.section or "").upper() or None
    by_grade = tuple(sorted(draft.by_grade, key=lambda each: each.grade)) if draft.grade == MULTIGRADE else ()
    lessons = tuple(sorted(draft.lessons, key=lambda lesson: lesson.number))
    days = [lesson.given_on for lesson in lessons]
    said: dict[str, Any] = {what: getattr(draft, what) for what in COUNTS}
    for what in COUNTS:
        if said[what] is None and by_grade:
            said[what] = summed(getattr(each, what) for each in by_grade)
    if said["reached"] is None:
        said["reached"] = reached_of_lessons(lessons)
    counts: dict[str, Any] = {what: heads or NOBODY for what, heads in said.items()}
    return replace(
        draft,
        **texts,
        **counts,
        section=section,
        by_grade=by_grade,
        lessons=lessons,
        lessons_given=len(lessons) if lessons else draft.lessons_given or 0,
        first_lesson_on=min(days) if days else draft.first_lesson_on,
        officers=_with_a_lead(draft.officers),
    )


def reached_of_lessons(lessons: Iterable[LessonGiven]) -> Heads | None:
    """The youth that lessons prove: of each sex the largest count, and what a larger lesson had beside them.

    None where no lesson was counted."""
    counted = [lesson.present for lesson in lessons if lesson.present is not None]
    if not counted:
        return None
    girls, boys = max(each.girls for each in counted), max(each.boys for each in counted)
    largest = max(each.total for each in counted)
    return Heads(girls, boys, max(largest - girls - boys, 0))


def summed(parts: Iterable[Heads]) -> Heads:
    """Heads of different pupils, added up."""
    girls = boys = unrecorded = 0
    for part in parts:
        girls, boys, unrecorded = girls + part.girls, boys + part.boys, unrecorded + part.unrecorded
    return Heads(girls, boys, unrecorded)


_CLASS = re.compile(r"(\d{1,2})\s*[.°ºª]*\s*(.*)")


def split_class(text: str) -> tuple[str | None, str | None]:
    """Grade and section of a class as people write it: 4A, 4 A, 4.º A, 4°; a text without a number is a grade alone."""
    found = _CLASS.fullmatch(tidy(text))
    if found is None:
        return tidy(text) or None, None
    return str(int(found[1])), found[2].strip("-– ").upper() or None


def same_class(draft: ClassGroupDraft) -> tuple[object, ...] | None:
    """What two groups share that may be one class told twice: school, year, grade, section, shift.

    None for what is no class of a school: camps, workshops."""
    if draft.school_id is None or draft.school_year is None or draft.grade is None:
        return None
    return (draft.school_id, draft.school_year, draft.grade, draft.section, draft.shift)


def next_group_number(codes: Iterable[str]) -> int:
    """One more than the highest number of codes such as G-2019-00042."""
    numbers = (code.rpartition("-")[2] for code in codes)
    return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1


def group_code(year: int, number: int) -> str:
    """The code of a class group: G-2019-00042."""
    return f"G-{year}-{number:05d}"


def _with_a_lead(officers: tuple[OfficerGiven, ...]) -> tuple[OfficerGiven, ...]:
    if not officers or any(each.role == "lead" for each in officers):
        return officers
    return (replace(officers[0], role="lead"), *officers[1:])
