"""What reading a list gives: rows of people with what is wrong in them, and what only a person can answer."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from eic_tracker.domain.drafts import worded

if TYPE_CHECKING:
    from eic_tracker.i18n import Translator


RowKey = tuple[str, int]
"""Which row of a list: its sheet, and its number there."""


class Severity(StrEnum):
    """How much a problem weighs: an error keeps its row out, a repair is a proposal that can be declined."""

    ERROR = "error"
    WARNING = "warning"
    REPAIR = "repair"


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value: its code is stable, its message a marked text with `values`."""

    field: str
    severity: Severity
    code: str
    value: str
    proposal: str | None
    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`."""
        return t(self.message, **worded(self.values, t))


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """What the list leaves open; until it is answered rows are read as `proposal` says and not stored."""

    key: str
    column: str
    message: str
    options: tuple[str, ...]
    proposal: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of a list as read, after accepted repairs; `row` is 1-based as a spreadsheet shows it.

    Sex is F, M or None; the document is written without spaces, its type a code of DocumentKind."""

    row: int
    sheet: str
    document: str | None
    document_type: str | None
    country: str | None
    given_names: str
    family_names: str
    sex: str | None
    birth_date: dt.date | None
    rank: str | None
    unit: str | None
    institution: str | None
    phone: str | None
    police_number: str | None = None
    birth_place: str | None = None
    problems: tuple[Problem, ...] = ()
    waits_for: tuple[str, ...] = ()
    """keys of the open questions that this row hangs on"""
    written: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False)
    """its cells as they stand in the list, by the field of their column"""
    named: str | None = None
    """the name as it stands in the list, where another was typed over it"""

    @property
    def key(self) -> RowKey:
        """Which row of its list it is."""
        return self.sheet, self.row

    @property
    def refused(self) -> bool:
        """Whether an error keeps the row out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclasses.dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of a list that was not read as a person, with what stands in it and why (a marked text)."""

    sheet: str
    row: int
    text: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column of a list: its header (its letters in brackets where it has none), what it is read as, a value of it."""

    header: str
    field: str | None
    sample: str


@dataclasses.dataclass(frozen=True, slots=True)
class ReadList:
    """One list of a file: where its header stands (0: none), its columns by field, its people, its open questions.

    Columns: name (a whole name), given_names, second_given_name, family_names, second_family_name, and the fields
    of the rows. Below and between people stand totals, signatures and titles: they are left out and said."""

    file: str
    sheet: str
    header_row: int
    columns: Mapping[str, str]
    rows: tuple[PersonRow, ...]
    questions: tuple[Question, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    heading: tuple[str, ...] = ()
    """the lines above the list, as a letterhead or the title of a course"""
    found: tuple[FoundColumn, ...] = ()
    """all its columns from left to right, those that are not read too"""


@dataclasses.dataclass(frozen=True, slots=True)
class KnownTexts:
    """What the file knows and a list may name; all keys of mappings folded by domain.names.fold.

    Ranks, titles and their abbreviations by code; institutions, units and their aliases by code; codes
    of the municipalities (0801); columns that a sender's earlier lists were mapped to (field by folded header)."""

    ranks: Mapping[str, str] = dataclasses.field(default_factory=dict)
    institutions: Mapping[str, str] = dataclasses.field(default_factory=dict)
    units: Mapping[str, str] = dataclasses.field(default_factory=dict)
    municipalities: frozenset[str] = frozenset()
    remembered_columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
