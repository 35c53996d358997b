"""The monthly workbook of an officer that comes back: its groups found by their hidden ids, in whatever order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from eic_tracker.domain.facts import Heads
from eic_tracker.domain.names import fold
from eic_tracker.exchange.cells import Cell, Sheet, text_of
from eic_tracker.exchange.class_words import ClassWords, words_of_line
from eic_tracker.exchange.class_workbook import ClassList, ClassRow, class_list_of
from eic_tracker.exchange.group_rows import GroupRow, GroupShape, LessonSaid, ReadGroups, problem
from eic_tracker.exchange.lesson_days import day_of
from eic_tracker.exchange.rows import Problem, Severity
from eic_tracker.i18n import N_

KIND = "class_groups"
"""What the hidden sheet says that the workbook brings."""
COLUMNS = ("school", "class", "lesson", "day", "girls", "boys", "unrecorded")

_NO_COUNT = N_("Row {row} has something else than a count. Names of pupils are not kept; write the number.")
_NO_DAY = N_("Row {row} has no day of the lesson; write it as 12/03/2019.")
_NO_LESSON = N_("Row {row} does not say which lesson it is; choose one of the list.")
_TWICE = N_("Lesson {value} is there twice, in row {row} too.")


def month_of(sheets: Sequence[Sheet], file: str) -> ClassList | None:
    """The monthly workbook in sheets that were read, None where they hold none."""
    found = class_list_of(sheets, file)
    return found if found is not None and found.facts.get("kind") == KIND else None


def groups_of_month(month: ClassList) -> ReadGroups:
    """The class groups that the workbook says something new of, each with its rows together."""
    year = int(month.facts["year"]) if month.facts.get("year", "").isdecimal() else None
    headings = {key: heading for heading, key in month.headings.items()}
    groups: dict[tuple[object, ...], list[ClassRow]] = {}
    for row in month.rows:
        if _is_filled(row, headings):
            words = _words(row, headings)
            groups.setdefault(
                (row.id,) if row.id else (words.school, words.grade, words.section, words.shift), []
            ).append(row)
    rows = tuple(_group(rows, headings, year) for rows in groups.values())
    return ReadGroups(month.file, "", 0, GroupShape.MONTH, rows, columns=dict(headings), facts=dict(month.facts))


def _is_filled(row: ClassRow, headings: dict[str, str]) -> bool:
    """Whether somebody wrote into the row; a lesson alone was offered by the program."""
    counted = any(row.text(headings.get(key, "")) for key in ("day", "girls", "boys", "unrecorded"))
    return counted or (not row.id and bool(row.text(headings.get("school", "")) or row.text(headings.get("class", ""))))


def _words(row: ClassRow, headings: dict[str, str]) -> ClassWords:
    said = words_of_line(row.text(headings.get("class", "")))
    return ClassWords(
        school=row.text(headings.get("school", "")), grade=said.grade, section=said.section, shift=said.shift
    )


def _group(rows: Sequence[ClassRow], headings: dict[str, str], year: int | None) -> GroupRow:
    enrolled = graduated = None
    graduated_on: dt.date | None = None
    lessons: dict[int, LessonSaid] = {}
    problems: list[Problem] = []
    for row in rows:
        heads, wrong = _heads(row, headings)
        if wrong:
            problems.append(problem("row", Severity.ERROR, "no_count", _NO_COUNT, row=row.row))
            continue
        what, day = _what(row.text(headings.get("lesson", ""))), _day(row.cells.get(headings.get("day", ""), ""), year)
        if what == "enrolled":
            enrolled = heads
        elif what is None:
            problems.append(problem("lessons", Severity.ERROR, "no_lesson", _NO_LESSON, row=row.row))
        elif day is None:
            problems.append(problem("lessons", Severity.ERROR, "no_day", _NO_DAY, row=row.row))
        elif what == "graduated":
            graduated, graduated_on = heads, day
        elif int(what) in lessons:
            problems.append(problem("lessons", Severity.ERROR, "lesson_twice", _TWICE, value=what, row=row.row))
        else:
            lessons[int(what)] = LessonSaid(int(what), day, heads)
    return GroupRow(
        rows[0].row,
        "",
        ClassWords() if rows[0].id else _words(rows[0], headings),
        uid=rows[0].id,
        enrolled=enrolled,
        graduated=graduated,
        graduated_on=graduated_on,
        lessons=tuple(lessons[number] for number in sorted(lessons)),
        problems=tuple(problems),
    )


def _what(text: str) -> str | None:
    """The number of a lesson, enrolled, or graduated; None where the cell says none of them."""
    folded = fold(text)
    if re.match(r"matric|inscri|enrol", folded):
        return "enrolled"
    if re.match(r"gradua", folded):
        return "graduated"
    found = re.match(r"(?:leccion|lec|lesson)?\s*(\d{1,2})\b", folded)
    return str(int(found[1])) if found is not None else None


def _heads(row: ClassRow, headings: dict[str, str]) -> tuple[Heads | None, bool]:
    """The counts of a row, None where it has none; and whether something else stands where they belong."""
    counts = []
    for key in ("girls", "boys", "unrecorded"):
        text = text_of(row.cells.get(headings.get(key, ""), ""))
        if text and not (text.isdecimal() and len(text) <= _LONGEST_COUNT):
            return None, True
        counts.append(int(text) if text else None)
    if all(count is None for count in counts):
        return None, False
    return Heads(*(count or 0 for count in counts)), False


_LONGEST_COUNT = 6


def _day(cell: Cell, year: int | None) -> dt.date | None:
    return day_of(cell, year) if text_of(cell) else None
