"""The counting rules: facts in, counted rows out. The only place where a figure is made."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from eic_tracker.domain.breakdown import Breakdown, Keys, department
from eic_tracker.domain.codes import (
    CurriculumKind,
    EnrolmentStatus,
    Measure,
    OfferingPhase,
    OfferingStatus,
    Seat,
)
from eic_tracker.domain.facts import (
    EVERYTHING,
    ClassGroupFact,
    Dimension,
    EnrolmentFact,
    Facts,
    Heads,
    OfferingFact,
    Scope,
)

__all__ = [
    "EVERYTHING",
    "TOGETHER",
    "ClassGroupFact",
    "CountRow",
    "CountTable",
    "Counts",
    "Dimension",
    "EnrolmentFact",
    "Facts",
    "Heads",
    "Keys",
    "OfferingFact",
    "RowBehind",
    "RowKind",
    "Scope",
    "count",
    "figure",
    "groups_by_cell",
    "people_of_courses",
    "phase",
    "rows_behind",
]


_OF_ROSTERS = (Measure.COMPLETIONS, Measure.PERSONS, Measure.ENROLMENTS)
_HEADS = (Measure.REACHED, Measure.GRADUATED)
TOGETHER: Mapping[Measure, tuple[Measure, ...]] = {
    Measure.OFFERINGS: (Measure.OFFERINGS,),
    **dict.fromkeys(_OF_ROSTERS, _OF_ROSTERS),
    **dict.fromkeys(_HEADS, _HEADS),
}
"""Wherever one of these stands, the others stand beside it, so that none is taken for another."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The six measures of one cell."""

    completions: int = 0
    persons: int = 0
    enrolments: int = 0
    offerings: int = 0
    reached: int = 0
    graduated: int = 0


@dataclass(frozen=True, slots=True)
class CountRow:
    """The counts of one cell; `keys` in the order of the asked dimensions, None where a key is missing."""

    keys: Keys
    counts: Counts


@dataclass(frozen=True, slots=True)
class CountTable:
    """Rows ordered by key (missing keys last), none all-zero, and the total of all facts in scope."""

    dimensions: tuple[Dimension, ...]
    rows: tuple[CountRow, ...]
    total: Counts


class RowKind(StrEnum):
    """The tables whose rows stand behind figures."""

    OFFERING = "offering"
    ENROLMENT = "enrolment"
    PARTICIPANT = "participant"
    CLASS_GROUP = "class_group"


@dataclass(frozen=True, slots=True)
class RowBehind:
    """A row that a figure is made of and how much of it (1, or the heads of a class group)."""

    kind: RowKind
    id: int
    amount: int


@dataclass(slots=True)
class _Cell:
    """The sums of one cell while they are added up."""

    completions: int = 0
    enrolments: int = 0
    offerings: int = 0
    reached: int = 0
    graduated: int = 0
    people: set[int] = field(default_factory=set)

    def add_roster(self, roster: Sequence[EnrolmentFact]) -> None:
        people = [row.person for row in roster if row.status == EnrolmentStatus.COMPLETED]
        self.offerings += 1
        self.enrolments += len(roster)
        self.completions += len(people)
        self.people.update(people)

    def add_heads(self, measure: Measure, heads: int) -> None:
        if measure is Measure.REACHED:
            self.reached += heads
        else:
            self.graduated += heads

    def counts(self) -> Counts:
        return Counts(self.completions, len(self.people), self.enrolments, self.offerings, self.reached, self.graduated)


def phase(offering: OfferingFact, as_of: dt.date) -> OfferingPhase:
    """What the offering is at the end of `as_of`: an open one still runs on its last day."""
    if offering.status == OfferingStatus.CANCELLED:
        return OfferingPhase.CANCELLED
    if offering.status == OfferingStatus.CLOSED and offering.ends_on <= as_of:
        return OfferingPhase.CLOSED
    if offering.ends_on < as_of:
        return OfferingPhase.FINISHED
    return OfferingPhase.PLANNED if offering.starts_on > as_of else OfferingPhase.RUNNING


def count(facts: Facts, *, as_of: dt.date, by: Sequence[Dimension] = (), scope: Scope = EVERYTHING) -> CountTable:
    """Count the facts dated up to `as_of` inside `scope`, one row per combination of keys.

    Without dimensions there are no rows. UserError when a dimension is asked twice."""
    breakdown = Breakdown(by)
    cells: defaultdict[Keys, _Cell] = defaultdict(_Cell)
    total = _Cell()
    for offering, roster in _rosters(facts, as_of, scope):
        total.add_roster(roster)
        for keys, part in breakdown.roster(offering, roster) if by else ():
            cells[keys].add_roster(part)
    for measure in _HEADS:
        groups = _dated_groups(facts, measure, as_of, scope)
        for keys, heads in _heads_by(breakdown, groups, measure, total):
            cells[keys].add_heads(measure, heads)
    rows = tuple(CountRow(_plain(keys), cells[keys].counts()) for keys in sorted(cells, key=_missing_last))
    return CountTable(breakdown.by, rows, total.counts())


def figure(facts: Facts, measure: Measure, *, as_of: dt.date, scope: Scope = EVERYTHING) -> int:
    """One measure of all facts in scope: the same number as in the total of `count`."""
    if measure in _HEADS:
        return sum(_all_heads(group, measure) for group, _ in _dated_groups(facts, measure, as_of, scope))
    return int(getattr(roster_counts(facts, as_of=as_of, scope=scope), measure))


def roster_counts(facts: Facts, *, as_of: dt.date, scope: Scope = EVERYTHING) -> Counts:
    """What rosters count in scope, all of it in one pass; reached and graduated stay 0."""
    total = _Cell()
    for _, roster in _rosters(facts, as_of, scope):
        total.add_roster(roster)
    return total.counts()


def rows_behind(
    facts: Facts,
    measure: Measure,
    *,
    as_of: dt.date,
    scope: Scope = EVERYTHING,
    by: Sequence[Dimension] = (),
    keys: Keys = (),
) -> tuple[RowBehind, ...]:
    """The rows that a figure of `count` is made of; their amounts add up to it. `by` and `keys` name one cell."""
    breakdown = Breakdown(by)
    if measure in _HEADS:
        return tuple(_groups_behind(_dated_groups(facts, measure, as_of, scope), measure, breakdown, keys))
    people: dict[int, None] = {}
    rows: list[RowBehind] = []
    for offering, roster in _rosters(facts, as_of, scope):
        for part in (part for cell, part in breakdown.roster(offering, roster) if cell == keys):
            completed = [row for row in part if row.status == EnrolmentStatus.COMPLETED]
            if measure is Measure.OFFERINGS:
                rows.append(RowBehind(RowKind.OFFERING, offering.id, 1))
            elif measure is Measure.PERSONS:
                people.update(dict.fromkeys(row.person for row in completed))
            else:
                counted = part if measure is Measure.ENROLMENTS else completed
                rows.extend(RowBehind(RowKind.ENROLMENT, row.id, 1) for row in counted)
    return tuple(rows) + tuple(RowBehind(RowKind.PARTICIPANT, person, 1) for person in people)


def _heads_by(
    breakdown: Breakdown, groups: Iterable[tuple[ClassGroupFact, dt.date]], measure: Measure, total: _Cell
) -> Iterator[tuple[Keys, int]]:
    """The heads of the cells, while all of them are added to the total; without dimensions there are no cells."""
    if breakdown.repeats:
        for group, day in groups:
            total.add_heads(measure, _all_heads(group, measure))
            yield from breakdown.heads(group, measure, day)
        return
    for keys, heads in breakdown.sums(groups, measure).items():
        total.add_heads(measure, heads)
        if keys:
            yield keys, heads


def groups_by_cell(
    facts: Facts, by: Sequence[Dimension], *, as_of: dt.date, scope: Scope = EVERYTHING
) -> dict[Keys, list[ClassGroupFact]]:
    """The class groups with somebody reached or graduated in each cell, each once, in the order of the facts."""
    breakdown = Breakdown(by)
    found: defaultdict[Keys, dict[int, ClassGroupFact]] = defaultdict(dict)
    for measure in _HEADS:
        for group, day in _dated_groups(facts, measure, as_of, scope):
            cells = breakdown.heads(group, measure, day)
            for keys, _ in islice(cells, 1) if breakdown.one_cell else cells:
                found[keys][group.id] = group
    return {_plain(keys): list(groups.values()) for keys, groups in found.items()}


def _groups_behind(
    groups: Iterable[tuple[ClassGroupFact, dt.date]], measure: Measure, breakdown: Breakdown, keys: Keys
) -> Iterator[RowBehind]:
    for group, day in groups:
        heads = sum(heads for cell, heads in breakdown.heads(group, measure, day) if cell == keys)
        if heads:
            yield RowBehind(RowKind.CLASS_GROUP, group.id, heads)


def _missing_last(keys: Keys) -> tuple[tuple[bool, str], ...]:
    return tuple((key is None, key or "") for key in keys)


def _plain(keys: Keys) -> Keys:
    return tuple(None if key is None else str(key) for key in keys)


def _days(as_of: dt.date, scope: Scope) -> tuple[dt.date, dt.date]:
    """The first and the last day whose facts count."""
    return scope.first_day or dt.date.min, min(as_of, scope.last_day or as_of)


def _in_place(municipality: str | None, scope: Scope) -> bool:
    if scope.municipalities and municipality not in scope.municipalities:
        return False
    return not scope.departments or department(municipality) in scope.departments


def _rosters(facts: Facts, as_of: dt.date, scope: Scope) -> Iterator[tuple[OfferingFact, list[EnrolmentFact]]]:
    """The counted offerings with their counted enrolments; an open offering has no completions."""
    for offering in facts.offerings:
        if _offering_counts(offering, as_of, scope):
            counted = _COUNTED_WHILE_OPEN if offering.status == OfferingStatus.OPEN else _COUNTED
            roster = facts.rosters.get(offering.id, ())
            yield offering, [row for row in roster if row.status in counted and row.seat is Seat.SEAT]


def _offering_counts(offering: OfferingFact, as_of: dt.date, scope: Scope) -> bool:
    first, last = _days(as_of, scope)
    return (
        first <= offering.ends_on <= last
        and phase(offering, as_of) in (OfferingPhase.FINISHED, OfferingPhase.CLOSED)
        and (not scope.programmes or offering.programme in scope.programmes)
        and scope.lead_force in (None, offering.lead_force)
        and scope.curriculum_kind is None
        and scope.school is None
        and _in_place(offering.municipality, scope)
    )


def people_of_courses(facts: Facts, as_of: dt.date) -> Mapping[int, int]:
    """How many people each course has on a day, by the course's key; a course without people is 0.

    Of one that ended those who are counted, and who is still enrolled while it is not closed; of one that runs those
    enrolled now, or, when it was closed since, those who began it."""
    phases = {offering.id: phase(offering, as_of) for offering in facts.offerings}
    closed_since = {
        offering.id
        for offering in facts.offerings
        if offering.status is OfferingStatus.CLOSED and phases[offering.id] is OfferingPhase.RUNNING
    }
    offering_of = {enrolment.id: enrolment.offering_id for enrolment in facts.enrolments}
    people = Counter(offering_of[row.id] for row in rows_behind(facts, Measure.ENROLMENTS, as_of=as_of))
    for enrolment in facts.enrolments:
        course = enrolment.offering_id
        statuses = _COUNTED if course in closed_since else (EnrolmentStatus.ENROLLED,)
        if enrolment.status in statuses and enrolment.seat is Seat.SEAT and phases[course] is not OfferingPhase.CLOSED:
            people[course] += 1
    return people


def _dated_groups(
    facts: Facts, measure: Measure, as_of: dt.date, scope: Scope
) -> Iterator[tuple[ClassGroupFact, dt.date]]:
    """The class groups that count as reached, or as graduated, with the day by which they do."""
    if scope.lead_force is not None:
        return
    first, last = _days(as_of, scope)
    reached, programmes, kind, school = (
        measure is Measure.REACHED,
        scope.programmes,
        scope.curriculum_kind,
        scope.school,
    )
    anywhere = not scope.municipalities and not scope.departments
    # Thousands of groups, asked for each published figure: what is the same for all of them stands before the loop.
    for group in facts.class_groups:
        day = group.first_lesson_on if reached else group.graduated_on
        if (
            day is not None
            and first <= day <= last
            and (not programmes or group.programme in programmes)
            and (reached or group.curriculum_kind not in _NEVER_GRADUATED)
            and (kind is None or group.curriculum_kind is kind)
            and (school is None or group.school == school)
            and (anywhere or _in_place(group.municipality, scope))
        ):
            yield group, day


def _all_heads(group: ClassGroupFact, measure: Measure) -> int:
    total = 0
    for _, reached, graduated in group.grades:
        heads = reached if measure is Measure.REACHED else graduated
        total += heads.girls + heads.boys + heads.unrecorded
    return total


_COUNTED = (EnrolmentStatus.COMPLETED, EnrolmentStatus.NOT_COMPLETED, EnrolmentStatus.WITHDREW)
_COUNTED_WHILE_OPEN = (EnrolmentStatus.NOT_COMPLETED, EnrolmentStatus.WITHDREW)
_NEVER_GRADUATED = (CurriculumKind.CAMP, CurriculumKind.WORKSHOP)
