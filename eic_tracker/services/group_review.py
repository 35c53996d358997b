"""Class groups of a list beside the file: which are new, known, changed or wrong, and what is still asked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection

from eic_tracker.domain.class_group_draft import ClassGroupDraft
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.exchange.group_lists import GroupSource, groups_of, open_groups, pasted_groups
from eic_tracker.exchange.group_rows import GroupRow, ReadGroups
from eic_tracker.exchange.rows import Problem, Question, Severity
from eic_tracker.i18n import N_
from eic_tracker.services.group_drafts import DraftsOfList
from eic_tracker.services.group_matching import NewSchool, read_known
from eic_tracker.services.list_review import newest_set
from eic_tracker.store.database import Database

SETTABLE = ("year", "curriculum", "municipality", "school", "grade", "section", "shift", "date", "officer", "reason")
"""What may be said of all class groups of a list whose rows do not say it; `reason`: why a class is there again."""


class Outcome(StrEnum):
    """What storing a row does: it enters a group, changes one, finds it as it is, or waits or stays out."""

    NEW = "new"
    CHANGE = "change"
    KNOWN = "known"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class GroupRequest:
    """A list to be looked at: answers to its questions, and what is said of all its class groups."""

    source: GroupSource
    answers: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReviewedGroup:
    """A row beside the file. `place` is that of its draft among those to be stored, None where nothing is."""

    row: GroupRow
    outcome: Outcome
    school: str = ""
    school_code: str | None = None
    curriculum: str | None = None
    year: int | None = None
    draft: ClassGroupDraft | None = None
    code: str | None = None
    """of the class group that is in the file"""
    place: int | None = None
    problems: tuple[Problem, ...] = ()
    waits_for: tuple[str, ...] = ()

    @property
    def left_out(self) -> bool:
        """Whether the row would not be stored."""
        return self.outcome in {Outcome.ERROR, Outcome.POSSIBLE_DUPLICATE} or bool(self.waits_for)


@dataclass(frozen=True, slots=True)
class GroupReview:
    """A list as it would be stored: its rows, the drafts and new schools they come to, the state of the file then."""

    request: GroupRequest
    read: ReadGroups
    rows: tuple[ReviewedGroup, ...]
    questions: tuple[Question, ...]
    drafts: tuple[ClassGroupDraft, ...]
    new_schools: tuple[NewSchool, ...]
    stamp: int

    @property
    def counts(self) -> dict[str, int]:
        """Rows in all and by outcome."""
        found = Counter(row.outcome for row in self.rows)
        return {"rows": len(self.rows), **{outcome.value: found[outcome] for outcome in Outcome}}

    @property
    def left_out(self) -> int:
        """How many rows would not be stored."""
        return sum(row.left_out for row in self.rows)


def open_group_file(
    _db: Database, acting: ActingUser, path: Path, *, progress: Callable[[int, int], object] = lambda _done, _all: None
) -> GroupSource:
    """A file read in a process that `progress` may end by raising; FileProblem where no class group is in it."""
    require(acting, Action.CLASS_GROUPS)
    return open_groups(path, look=lambda: progress(0, 0))


def paste_groups(acting: ActingUser, text: str, name: str) -> GroupSource:
    """What was pasted; FileProblem where no class group is in it."""
    require(acting, Action.CLASS_GROUPS)
    return pasted_groups(text, name)


def review_groups(db: Database, acting: ActingUser, request: GroupRequest, today: dt.date) -> GroupReview:
    """What storing the list would do; nothing is changed. UserError where what was said of it makes no sense."""
    require(acting, Action.CLASS_GROUPS)
    if unknown := sorted(request.values.keys() - set(SETTABLE)):
        raise UserError(
            N_("“{name}” cannot be set for a list of class groups; what can: {names}."),
            name=unknown[0],
            names=", ".join(SETTABLE),
        )
    with db.read() as connection:
        return review_within(connection, acting, request, today)


def review_within(connection: Connection, who: ActingUser, request: GroupRequest, today: dt.date) -> GroupReview:
    """The same within a transaction that is open already."""
    known = read_known(connection, today)
    said = _year_said(request.values)
    read = groups_of(request.source, request.answers, year=said or today.year, schools=set(known.school_names))
    handed_out = {name: text for name in ("year", "officer") if (text := read.facts.get(name)) is not None}
    if handed_out.get("officer") not in known.officers:
        handed_out.pop("officer", None)
    found = DraftsOfList(connection, who, known, replace(request, values={**handed_out, **request.values}), today)
    drafted = [found.take(row) for row in read.rows]
    checked = found.checked()
    rows = []
    for row, one in zip(read.rows, drafted, strict=True):
        problems = (*row.problems, *one.problems, *(checked[one.place].problems if one.place is not None else ()))
        waits = tuple(dict.fromkeys((*row.waits_for, *one.waits_for)))
        refused = any(problem.severity is Severity.ERROR for problem in problems)
        outcome = Outcome.ERROR if refused else Outcome(one.outcome)
        if not refused and one.place is not None and not one.is_repeated:
            outcome = Outcome(checked[one.place].outcome)
        rows.append(
            ReviewedGroup(
                row=row,
                outcome=outcome,
                school=one.school,
                school_code=one.school_code,
                curriculum=one.curriculum,
                year=one.year,
                draft=checked[one.place].draft if one.place is not None else None,
                code=one.code,
                place=None if refused else one.place,
                problems=problems,
                waits_for=waits,
            )
        )
    stored = {row.place for row in rows if not row.left_out and row.outcome is not Outcome.KNOWN}
    out = {row.place for row in rows if row.left_out}
    drafts = tuple(one.draft for place, one in enumerate(checked) if place in stored - out)
    needed = {draft.school_id for draft in drafts}
    return GroupReview(
        request=request,
        read=read,
        rows=tuple(rows),
        questions=(*read.questions, *found.questions),
        drafts=drafts,
        new_schools=tuple(each for each in found.new_schools if each.key in needed),
        stamp=newest_set(connection),
    )


def _year_said(values: Mapping[str, str]) -> int | None:
    text = values.get("year", "")
    if not text:
        return None
    if not (text.isdecimal() and len(text) == len("2019")):
        raise UserError(N_("“{text}” is no year; write it like 2019."), text=text)
    return int(text)
