"""What a class list that came back says, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from eic_tracker.domain.drafts import worded
from eic_tracker.exchange.class_workbook import ClassList
from eic_tracker.i18n import Translator
from eic_tracker.services.attendance import Came
from eic_tracker.services.class_lists import ListColumn, Reasons, in_words
from eic_tracker.services.grades import ScaleAsked


class ListState(StrEnum):
    """What a cell of a list does to the file; of a conflict somebody chooses, until then the file's value stays."""

    CHANGE = "change"
    CONFLICT = "conflict"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and its values."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`."""
        return t(self.message, **worded(self.values, t))


@dataclass(frozen=True, slots=True)
class ListLine:
    """One cell that differs, or a row that belongs to nobody; `here` and `there` as codes of `recorded`."""

    row: int
    name: str
    state: ListState
    enrolment_id: int | None = None
    column: ListColumn | None = None
    here: str = ""
    there: str = ""
    written: str = ""
    """as it stands in the list"""
    problem: Said | None = None
    came: Came | None = None
    """somebody who stands on no roster: kept apart"""

    @property
    def cell(self) -> tuple[int, str] | None:
        """What names the cell, None where the line is about a whole row."""
        return (self.enrolment_id or 0, self.column.key) if self.column is not None else None


@dataclass(frozen=True, slots=True)
class ListReview:
    """A class list beside its course, as it stood when it was read."""

    read: ClassList
    offering_id: int
    code: str
    lines: tuple[ListLine, ...]
    people: int
    notes: tuple[Said, ...]
    reasons: Reasons
    scale: int
    asked: ScaleAsked | None

    @property
    def counts(self) -> Counter[ListState]:
        """How many lines there are of each state."""
        return Counter(line.state for line in self.lines)

    def words(self, line: ListLine, code: str, t: Translator) -> str:
        """A value of a line as people write it."""
        return in_words(code, line.column, self.reasons, t) if line.column is not None else ""
