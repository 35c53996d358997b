"""Published figures beside the rows: state, counted side, papers, historical totals, explanations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.historical import HistoricalTotal, lies_inside, rest
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.domain.reconciling import PublishedFigure, ReconciledFigure
from eic_tracker.domain.supporting import Support, support_of, whose_enrolments
from eic_tracker.queries.figures import read_historical_totals, read_reconciliation
from eic_tracker.queries.published import ExplanationLine, read_explanation_lines, read_support
from eic_tracker.services.figures import Counted, FigureRef
from eic_tracker.store.database import Database


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
            papers, whose = read_support(connection), whose_enrolments(counted.facts)

            def support(ref: FigureRef, documented: int) -> Support:
                facts, scope = counted.facts, ref.scope
                return support_of(facts, whose, papers, ref.measure, as_of=as_of, scope=scope, documented=documented)

            return tuple(_line(each, support, totals, explanations, as_of) for each in figures)

        return counted.held.remember(("published", as_of), make)


def counted_side(figure: PublishedFigure, as_of: dt.date) -> FigureRef:
    """What a published figure is compared with: its measure in its own scope and period."""
    scope = replace(
        figure.scope, programmes=(figure.programme,), first_day=figure.period_from, last_day=figure.period_to
    )
    return FigureRef(Measure(figure.measure), scope, as_of=as_of)


def _line(
    each: ReconciledFigure,
    support: Callable[[FigureRef, int], Support],
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
    return PublishedLine(each, ref, support(ref, documented), behind, own)
