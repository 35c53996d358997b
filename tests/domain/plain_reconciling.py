"""The states of published figures said again, sentence by sentence: what `reconcile` is compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from eic_tracker.domain.counting import Facts, Scope
from eic_tracker.domain.historical import HistoricalTotal
from eic_tracker.domain.reconciling import Coverage, Explanation, PublishedFigure
from tests.domain.plain_counting import plain_counts


def plain_state(
    figure: PublishedFigure,
    figures: Sequence[PublishedFigure],
    facts: Facts,
    as_of: dt.date,
    explanations: Sequence[Explanation],
    historical: Sequence[HistoricalTotal],
    covers: Coverage,
) -> str:
    """The state of one figure beside the others."""
    own = own_state(figure, facts, as_of, explanations, historical, covers)
    if own == "not_recorded":
        return own
    for other in figures:
        if other.key == figure.contradicts and other.key != figure.key:
            state = own_state(other, facts, as_of, explanations, historical, covers)
            if state in {"reconciled", "explained"}:
                return "contradicted"
    return own


def own_state(
    figure: PublishedFigure,
    facts: Facts,
    as_of: dt.date,
    explanations: Sequence[Explanation],
    historical: Sequence[HistoricalTotal],
    covers: Coverage,
) -> str:
    """The state of a figure for itself."""
    qualifier = figure.qualifier.value
    if figure.period_from > as_of:
        return "not_recorded"
    if figure.period_to is not None and figure.period_to > as_of and qualifier not in {"target", "expected_additional"}:
        return "not_recorded"
    if is_outside(figure, covers):
        return "not_recorded"
    if not figure.countable:
        return "not_recorded"
    counted = plain_figure(figure, facts, as_of)
    if qualifier in {"target", "expected_additional"}:
        if figure.period_to is None or as_of < figure.period_to:
            return "in_progress"
        return "reconciled" if counted >= figure.value else "missed"
    if holds(qualifier, counted, figure.value):
        return "reconciled"
    if holds(qualifier, counted + filled(figure, figure.value - counted, explanations, historical), figure.value):
        return "explained"
    return "unexplained"


def plain_figure(figure: PublishedFigure, facts: Facts, as_of: dt.date) -> int:
    """What the rows say of the figure, over its own period up to the as-of date."""
    scope = replace(
        figure.scope, programmes=(figure.programme,), first_day=figure.period_from, last_day=figure.period_to
    )
    return int(getattr(plain_counts(facts, as_of, scope, {}), figure.measure))


def is_outside(figure: PublishedFigure, covers: Coverage) -> bool:
    """Outside what the file covers: its programme, its period, a place or a school that the file does not know."""
    if figure.programme not in covers.programmes:
        return True
    first, last = covers.programmes[figure.programme]
    if first is not None and figure.period_to is not None and figure.period_to < first:
        return True
    if last is not None and figure.period_from > last:
        return True
    if covers.municipalities is not None:
        for municipality in figure.scope.municipalities:
            if municipality not in covers.municipalities:
                return True
    return covers.schools is not None and figure.scope.school is not None and figure.scope.school not in covers.schools


def holds(qualifier: str, counted: int, value: int) -> bool:
    """Exact: equal; more than: at least (equality holds); about: within 5 %."""
    return {"exact": counted == value, "more_than": counted >= value, "about": abs(counted - value) <= value / 20}[
        qualifier
    ]


def filled(
    figure: PublishedFigure, gap: int, explanations: Sequence[Explanation], historical: Sequence[HistoricalTotal]
) -> int:
    """How much of the gap approved causes fill: never beyond it; a historical total at most what is left of it."""
    towards = 0
    for explanation in explanations:
        if explanation.approved and explanation.figure_key == figure.key and (explanation.amount > 0) == (gap > 0):
            towards += explanation.amount
    if gap < 0:
        return max(gap, towards)
    for total in historical:
        if total.approved and is_about(total, figure):
            rows = total.linked.women + total.linked.men + total.linked.unrecorded
            towards += max(total.value - rows, 0)
    return min(gap, towards)


def is_about(total: HistoricalTotal, figure: PublishedFigure) -> bool:
    """Programme and measure agree, period and scope lie inside the figure's."""
    own, wide = total.scope, figure.scope
    agrees = total.programme == figure.programme and total.measure.value == figure.measure
    return agrees and period_inside(own, figure) and place_inside(own, wide) and rest_inside(own, wide)


def period_inside(own: Scope, figure: PublishedFigure) -> bool:
    """Whether the total's period lies inside the figure's."""
    if own.first_day is None or own.first_day < figure.period_from:
        return False
    return figure.period_to is None or (own.last_day is not None and own.last_day <= figure.period_to)


def place_inside(own: Scope, wide: Scope) -> bool:
    """Whether the total's places are all among the figure's."""
    if wide.municipalities != ():
        if own.municipalities == ():
            return False
        for municipality in own.municipalities:
            if municipality not in wide.municipalities:
                return False
    if wide.departments != ():
        places = own.municipalities if own.municipalities != () else own.departments
        if places == ():
            return False
        for place in places:
            if place[:2] not in wide.departments:
                return False
    return True


def rest_inside(own: Scope, wide: Scope) -> bool:
    """Whether the total has the force, curriculum and school that the figure names."""
    if wide.lead_force is not None and own.lead_force != wide.lead_force:
        return False
    if wide.curriculum_kind is not None and own.curriculum_kind is not wide.curriculum_kind:
        return False
    return wide.school is None or own.school == wide.school
