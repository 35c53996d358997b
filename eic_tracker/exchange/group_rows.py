"""What reading class groups gives: counts by head with what is wrong in them. No name of a pupil ever gets here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from eic_tracker.domain.class_group_draft import GradeCounts
from eic_tracker.domain.facts import Heads
from eic_tracker.exchange.class_words import ClassWords
from eic_tracker.exchange.rows import Problem, Question, Severity


class GroupShape(StrEnum):
    """In which of its shapes a file or text was read."""

    CLASS_LIST = "class_list"
    TABLE = "table"
    MONTH = "month"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class LessonSaid:
    """A lesson that was told, with its day and those present where they are told."""

    number: int
    given_on: dt.date | None = None
    present: Heads | None = None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One class group as told; `row` is 1-based as a spreadsheet shows it, None means that nothing was said."""

    row: int
    sheet: str
    words: ClassWords = field(default_factory=ClassWords)
    uid: str = ""
    """of a class group that the file handed out in a monthly workbook"""
    municipality: str | None = None
    curriculum: str | None = None
    enrolled: Heads | None = None
    doubtful: int = 0
    """pupils whose sex is an M that may mean either"""
    reached: Heads | None = None
    graduated: Heads | None = None
    by_grade: tuple[GradeCounts, ...] = ()
    """of a multigrade class whose grades were told each"""
    lessons: tuple[LessonSaid, ...] = ()
    lessons_given: int | None = None
    first_lesson_on: dt.date | None = None
    graduated_on: dt.date | None = None
    told_on: dt.date | None = None
    """the day under which a message tells the class"""
    problems: tuple[Problem, ...] = ()
    waits_for: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether an error keeps the row out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def with_problems(self, *problems: Problem) -> GroupRow:
        """The same with further problems."""
        return replace(self, problems=(*self.problems, *problems))


@dataclass(frozen=True, slots=True)
class ReadGroups:
    """The class groups of a file or text; `pupils` were counted by their names, which were let go.

    `unread` are the numbers of lines that say nothing that is understood."""

    file: str
    sheet: str
    header_row: int
    shape: GroupShape
    rows: tuple[GroupRow, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    pupils: int = 0
    unread: tuple[int, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    """what the hidden sheet of a monthly workbook says"""


def problem(
    field_name: str, severity: Severity, code: str, message: str, *, value: str = "", **values: object
) -> Problem:
    """Something wrong with a row; `value` is a number, day or code, never words that may name somebody."""
    return Problem(field_name, severity, code, value, None, message, {"value": value, **values})
