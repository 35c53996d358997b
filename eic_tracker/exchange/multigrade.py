"""Multigrade classes told grade by grade: the rows of one class are one group with the counts of each grade."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from eic_tracker.domain.class_group_draft import (
    COUNTS,
    MULTIGRADE,
    NOBODY,
    GradeCounts,
    LessonGiven,
    reached_of_lessons,
    summed,
)
from eic_tracker.domain.facts import Heads
from eic_tracker.exchange.group_rows import GroupRow, LessonSaid, problem
from eic_tracker.exchange.rows import Severity
from eic_tracker.i18n import N_

_TWICE = N_("Grade {value} of the multigrade class is there twice, in row {row} too; take one of them out.")
_MISSING = N_("The multigrade class is said to hold grade {value}, whose counts are missing; add a line for it.")
_ADD_UP = N_("The grades make {count}, the line of the whole class says {value}; correct one of them.")
_DIFFER = N_(
    "The lines of this multigrade class tell different lessons or days; write the same on the line of each grade."
)
_UNCLEAR = N_(
    "Row {row} has counts of several grades and does not say whether they are one class. Write “multigrado” as its "
    "class, or a line for each grade."
)


def with_grade_columns(row: GroupRow, by_grade: Mapping[str, Mapping[str, Heads | None]]) -> GroupRow:
    """The row with the counts of its columns per grade: of a multigrade class, or of its one grade.

    `by_grade` has enrolled, reached and graduated by grade. Counts of several grades without a class are a problem."""
    told = {grade: heads for grade, heads in by_grade.items() if any(each is not None for each in heads.values())}
    if not told:
        return row
    words = row.words
    if words.grade != MULTIGRADE or len(words.grades) == 1:
        own = words.grades[0] if words.grades else words.grade
        if set(told) != {own}:
            return row.with_problems(problem("grade", Severity.ERROR, "several_grades", _UNCLEAR, row=row.row))
        heads: dict[str, Any] = {what: getattr(row, what) or told[own or ""].get(what) for what in COUNTS}
        return replace(row, **heads)
    counts = tuple(
        GradeCounts(grade, **{what: heads.get(what) or NOBODY for what in COUNTS}) for grade, heads in told.items()
    )
    group = replace(row, by_grade=counts, words=replace(words, grades=tuple(told)))
    for what in COUNTS:
        if any(heads.get(what) is not None for heads in told.values()) and getattr(row, what) is None:
            made: dict[str, Any] = {what: summed(getattr(each, what) for each in counts)}
            group = replace(group, **made)
    return _beside_whole(group, row, told)


def joined(rows: Sequence[GroupRow]) -> tuple[GroupRow, ...]:
    """The rows, those that tell one grade of a multigrade class put together where the first of them stood.

    What does not fit together (a grade twice or missing, other totals, other lessons) is a problem of that row."""
    together: dict[object, list[GroupRow]] = {}
    for place, row in enumerate(rows):
        words = row.words
        key: object = place
        if words.grade == MULTIGRADE and not row.by_grade and not row.uid:
            key = (row.sheet, words.school, words.sace, words.section, words.shift, words.year, row.municipality,
                   row.curriculum)  # fmt: skip
        together.setdefault(key, []).append(row)
    done: list[GroupRow] = []
    for found in together.values():
        parts = [row for row in found if _is_part(row)]
        wholes = [row for row in found if not _is_part(row)]
        done += [_group(parts, wholes[0] if wholes else None), *wholes[1:]] if parts else found
    return tuple(sorted(done, key=lambda row: rows.index(row) if row in rows else _place(row, rows)))


def _place(row: GroupRow, rows: Sequence[GroupRow]) -> int:
    return next(place for place, each in enumerate(rows) if (each.row, each.sheet) == (row.row, row.sheet))


def _is_part(row: GroupRow) -> bool:
    return row.words.grade == MULTIGRADE and len(row.words.grades) == 1 and not row.by_grade


def _group(parts: Sequence[GroupRow], whole: GroupRow | None) -> GroupRow:
    """One group of the rows of its grades, beside the row that tells all of it where there is one."""
    told = [*parts, *([whole] if whole is not None else [])]
    first = min(told, key=lambda row: row.row)
    by_grade = tuple(_counts(row) for row in parts)
    counts: dict[str, Any] = {what: _total(what, told) for what in COUNTS}
    once: dict[str, Any] = {name: next((said for row in told if (said := getattr(row, name)) is not None), None)
                            for name in _ONCE}  # fmt: skip
    group = replace(
        first,
        words=replace(first.words, grades=tuple(row.words.grades[0] for row in parts)),
        by_grade=by_grade,
        lessons=_lessons(parts) or (whole.lessons if whole is not None else ()),
        doubtful=sum(row.doubtful for row in told),
        problems=tuple(each for row in told for each in row.problems),
        waits_for=tuple(dict.fromkeys(each for row in told for each in row.waits_for)),
        **counts,
        **once,
    )
    seen: dict[str, int] = {}
    for row in parts:
        grade = row.words.grades[0]
        if grade in seen:
            group = group.with_problems(
                problem("grade", Severity.ERROR, "grade_twice", _TWICE, value=grade, row=row.row)
            )
        seen[grade] = row.row
    if whole is not None:
        group = _beside_whole(group, whole, seen)
    if any(len({getattr(row, name) for row in parts} - {None}) > 1 for name in _ONCE) or not _same_lessons(parts):
        group = group.with_problems(problem("lessons", Severity.ERROR, "grades_differ", _DIFFER))
    return group


def _beside_whole(group: GroupRow, whole: GroupRow, told: Collection[str]) -> GroupRow:
    """The group with what its grades miss of that which is said of the whole class."""
    for grade in whole.words.grades:
        if grade not in told:
            group = group.with_problems(problem("grade", Severity.ERROR, "grade_missing", _MISSING, value=grade))
    for what in COUNTS:
        said: Heads | None = getattr(whole, what)
        made = summed(getattr(each, what) for each in group.by_grade)
        if said is not None and said != made:
            group = group.with_problems(
                problem(what, Severity.ERROR, "grades_do_not_add_up", _ADD_UP, value=str(said.total), count=made.total)
            )
    return group


_ONCE = ("lessons_given", "first_lesson_on", "graduated_on", "told_on")


def _counts(row: GroupRow) -> GradeCounts:
    proven = reached_of_lessons(LessonGiven(each.number, dt.date.min, each.present) for each in row.lessons)
    return GradeCounts(
        row.words.grades[0], row.enrolled or proven or NOBODY, row.reached or proven or NOBODY, row.graduated or NOBODY
    )


def _total(what: str, rows: Sequence[GroupRow]) -> Heads | None:
    """The counts of the grades together; None where no row tells any."""
    if all(getattr(row, what) is None and not row.lessons for row in rows):
        return None
    return summed(getattr(_counts(row), what) for row in rows if _is_part(row))


def _same_lessons(parts: Sequence[GroupRow]) -> bool:
    return len({tuple((each.number, each.given_on) for each in row.lessons) for row in parts}) == 1


def _lessons(parts: Sequence[GroupRow]) -> tuple[LessonSaid, ...]:
    """The lessons that each grade was given, with those present of all grades where each tells them."""
    if not _same_lessons(parts):
        return parts[0].lessons
    done = []
    for same in zip(*(row.lessons for row in parts), strict=True):
        present = [each.present for each in same if each.present is not None]
        done.append(replace(same[0], present=summed(present) if len(present) == len(same) else None))
    return tuple(done)
