"""Published figures beside the rows: state, counted side, papers, historical totals, explanations."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import RowKind, rows_behind
from eic_tracker.domain.facts import Facts
from eic_tracker.domain.historical import HistoricalTotal, lies_inside, rest
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.reconciling import PublishedFigure, ReconciledFigure
from eic_tracker.queries.figures import read_historical_totals, read_reconciliation
from eic_tracker.queries.published import ExplanationLine, SupportLevel, read_explanation_lines, read_support
from eic_tracker.services.figures import Counted, FigureRef
from eic_tracker.store.database import Database


@dataclass(frozen=True, slots=True)
class Support:
    """How much of a figure stands on which papers (*respaldo*); the first three add up to the counted figure."""

    sheet_and_act: int
    """roster, signed attendance and act; of class groups summary sheet and lessons"""
    act: int
    """roster and act; of class groups the school's summary sheet"""
    roster: int
    """roster (or count of heads) only"""
    document: int
    """historical totals: a document without a roster, beside the counted figure"""


@dataclass(frozen=True, slots=True)
class HistoricalBehind:
    """A historical total in the figure's scope, and what is left of it."""

    total: HistoricalTotal
    rest: int


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """One published figure with everything that stands behind it; `ref` and `support` are None where nothing counts."""

    reconciled: ReconciledFigure
    ref: FigureRef | None
    support: Support | None
    historical: tuple[HistoricalBehind, ...]
    explanations: tuple[ExplanationLine, ...]

    @property
    def figure(self) -> PublishedFigure:
        """The figure as its source tells it, with title, address and quote."""
        return self.reconciled.figure


def published_figures(db: Database, acting: ActingUser, as_of: dt.date) -> tuple[PublishedLine, ...]:
    """Every published figure in the order of the ledger, for those who read the whole school's figures."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        counted = Counted(connection, acting)

        def make() -> tuple[PublishedLine, ...]:
            held = counted.held
            figures = held.remember(
                ("reconciled", as_of), lambda: read_reconciliation(connection, counted.facts, as_of)
            )
            totals = read_historical_totals(connection, counted.facts, as_of)
            explanations = read_explanation_lines(connection)
            papers = _Papers(counted.facts, *read_support(connection))
            return tuple(_line(each, papers, totals, explanations, as_of) for each in figures)

        return counted.held.remember(("published", as_of), make)


def counted_side(figure: PublishedFigure, as_of: dt.date) -> FigureRef:
    """What a published figure is compared with: its measure in its own scope and period."""
    scope = replace(
        figure.scope, programmes=(figure.programme,), first_day=figure.period_from, last_day=figure.period_to
    )
    return FigureRef(Measure(figure.measure), scope, as_of=as_of)


def _line(
    each: ReconciledFigure,
    papers: _Papers,
    totals: tuple[HistoricalTotal, ...],
    explanations: tuple[ExplanationLine, ...],
    as_of: dt.date,
) -> PublishedLine:
    own = tuple(line for line in explanations if line.figure_key == each.figure.key)
    if each.counted is None:
        return PublishedLine(each, None, None, (), own)
    ref = counted_side(each.figure, as_of)
    behind = tuple(
        HistoricalBehind(total, rest(total))
        for total in totals
        if total.measure == ref.measure and lies_inside(total.scope, ref.scope)
    )
    documented = sum(total.rest for total in behind if total.total.approved)
    return PublishedLine(each, ref, papers.support(ref, each.counted, documented), behind, own)


class _Papers:
    """Which papers stand behind the counted rows."""

    def __init__(self, facts: Facts, offerings: Mapping[int, SupportLevel], groups: Mapping[int, SupportLevel]) -> None:
        self.facts = facts
        self.offerings = offerings
        self.groups = groups
        self.offering_of = {enrolment.id: enrolment.offering_id for enrolment in facts.enrolments}

    def support(self, ref: FigureRef, counted: int, documented: int) -> Support:
        """The figure split by papers; a person stands by the best of their completions."""
        if ref.measure in (Measure.REACHED, Measure.GRADUATED) and not self.groups:
            return Support(0, 0, counted, documented)
        if ref.measure is Measure.PERSONS:
            levels = Counter(self._people(ref).values())
        else:
            levels = Counter()
            for row in rows_behind(self.facts, ref.measure, as_of=ref.as_of, scope=ref.scope):
                levels[self._level(row.kind, row.id)] += row.amount
        return Support(
            levels[SupportLevel.SHEET_AND_ACT], levels[SupportLevel.ACT], levels[SupportLevel.ROSTER], documented
        )

    def _level(self, kind: RowKind, key: int) -> SupportLevel:
        if kind is RowKind.CLASS_GROUP:
            return self.groups.get(key, SupportLevel.ROSTER)
        offering = self.offering_of[key] if kind is RowKind.ENROLMENT else key
        return self.offerings.get(offering, SupportLevel.ROSTER)

    def _people(self, ref: FigureRef) -> dict[int, SupportLevel]:
        person = {enrolment.id: enrolment.person for enrolment in self.facts.enrolments}
        order = list(SupportLevel)
        best: dict[int, SupportLevel] = {}
        for row in rows_behind(self.facts, Measure.COMPLETIONS, as_of=ref.as_of, scope=ref.scope):
            level = self._level(row.kind, row.id)
            best[person[row.id]] = min(level, best.get(person[row.id], level), key=order.index)
        return best
