"""What stands behind a figure (*respaldo*): its rows split by the papers of their course or class group."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import RowBehind, RowKind, rows_behind
from eic_tracker.domain.facts import Facts, Scope


class SupportLevel(StrEnum):
    """How well a counted row is documented, best first."""

    SHEET_AND_ACT = "sheet_and_act"
    ACT = "act"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class Support:
    """How much of a figure stands on which papers; the first three add up to the counted figure."""

    sheet_and_act: int
    """roster, signed attendance and act; of class groups summary sheet and lessons"""
    act: int
    """roster and act; of class groups the school's summary sheet"""
    roster: int
    """roster (or count of heads) only"""
    document: int
    """historical totals: a document without a roster, beside the counted figure"""

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """Best first."""
        return self.sheet_and_act, self.act, self.roster, self.document


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of offerings and of class groups by key; what is missing here has a roster or a head count only."""

    offerings: Mapping[int, SupportLevel] = field(default_factory=dict)
    groups: Mapping[int, SupportLevel] = field(default_factory=dict)


Whose = Mapping[int, tuple[int, int]]
"""Enrolment -> its offering and its person."""


def whose_enrolments(facts: Facts) -> Whose:
    """The offering and the person of each enrolment by its key, made once for many figures."""
    return {enrolment.id: (enrolment.offering_id, enrolment.person) for enrolment in facts.enrolments}


def support_of(
    facts: Facts, whose: Whose, papers: Papers, measure: Measure, *, as_of: dt.date, scope: Scope, documented: int = 0
) -> Support:
    """A figure split by papers; a person stands by the best of their completions. `documented` stands beside it."""
    rows = rows_behind(facts, ROWS_OF.get(measure, measure), as_of=as_of, scope=scope)
    return support_of_rows(whose, papers, measure, rows, documented)


ROWS_OF = {Measure.PERSONS: Measure.COMPLETIONS}
"""Persons are split by the rows of this other measure."""


def support_of_rows(
    whose: Whose, papers: Papers, measure: Measure, rows: Iterable[RowBehind], documented: int = 0
) -> Support:
    """As `support_of`, for rows that were counted already; those of persons are their completions."""

    def level(row: RowBehind) -> SupportLevel:
        if row.kind is RowKind.CLASS_GROUP:
            return papers.groups.get(row.id, SupportLevel.ROSTER)
        offering = whose[row.id][0] if row.kind is RowKind.ENROLMENT else row.id
        return papers.offerings.get(offering, SupportLevel.ROSTER)

    levels: Counter[SupportLevel] = Counter()
    if measure is Measure.PERSONS:
        order = list(SupportLevel)
        best: dict[int, SupportLevel] = {}
        for row in rows:
            person = whose[row.id][1]
            best[person] = min(level(row), best.get(person, SupportLevel.ROSTER), key=order.index)
        levels.update(best.values())
    else:
        for row in rows:
            levels[level(row)] += row.amount
    best_first = levels[SupportLevel.SHEET_AND_ACT], levels[SupportLevel.ACT], levels[SupportLevel.ROSTER]
    return Support(*best_first, documented)
