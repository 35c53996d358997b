"""Published figures beside counted ones: the state of each, and every difference named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from eic_tracker.domain.codes import CauseKind, CurriculumKind, FigureState, Measure, Qualifier
from eic_tracker.domain.counting import Facts, Scope
from eic_tracker.domain.counting import figure as count_figure
from eic_tracker.domain.historical import HistoricalTotal, lies_inside, rest
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure as a source tells it; `measure` may be one that is never counted (capacity)."""

    key: str
    programme: str
    measure: str
    qualifier: Qualifier
    value: int
    period_from: dt.date
    period_to: dt.date | None
    scope: Scope
    contradicts: str | None
    countable: bool
    source_title: str
    source_url: str
    quote: str
    note: str
    precision: str
    event: str | None


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of a difference; the label is a message (shown with `values`) or the words of an explanation."""

    label: str
    amount: int
    kind: CauseKind
    values: Mapping[str, object] = field(default_factory=dict)
    row: int | None = None
    """the historical total, or the explanation, that it is; None for what the source's own words allow"""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cause that a person entered for one figure, signed as published minus counted; unapproved ones fill nothing."""

    figure_key: str
    kind: CauseKind
    amount: int
    label: str
    approved: bool
    id: int | None = None
    """its row in the file"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the file can know: figures outside of it are not recorded.

    `programmes`: first and last covered day of each programme with rows (None is open); `municipalities` and
    `schools`: the known codes, None where all are."""

    programmes: Mapping[str, tuple[dt.date | None, dt.date | None]]
    municipalities: frozenset[str] | None = None
    schools: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ReconciledFigure:
    """A published figure and how it stands: difference = published - counted = sum of causes + unexplained."""

    figure: PublishedFigure
    counted: int | None
    difference: int | None
    causes: tuple[Cause, ...]
    unexplained: int | None
    state: FigureState


def reconcile(
    figures: Sequence[PublishedFigure],
    facts: Facts,
    *,
    as_of: dt.date,
    explanations: Sequence[Explanation] = (),
    historical: Sequence[HistoricalTotal] = (),
    covers: Coverage,
) -> tuple[ReconciledFigure, ...]:
    """Every figure, in the given order, with its state at `as_of`.

    A figure is contradicted by what another one is for itself, whatever that one contradicts in turn."""
    by_itself = {
        each.key: _reconcile_by_itself(
            each,
            _counted(each, facts, as_of, covers),
            as_of,
            [explanation for explanation in explanations if explanation.figure_key == each.key],
            historical,
        )
        for each in figures
    }
    return tuple(_contradicted(by_itself[each.key], by_itself) for each in figures)


_ONE_YEAR = dt.timedelta(days=366)
_STANDING = frozenset({FigureState.RECONCILED, FigureState.EXPLAINED, FigureState.UNEXPLAINED})


def broadest_published(
    figures: Sequence[ReconciledFigure], programme: str, measure: Measure
) -> ReconciledFigure | None:
    """The newest published total of several years of a whole programme; None where nothing of the kind was counted."""
    totals = [
        each
        for each in figures
        if each.figure.programme == programme
        and each.figure.measure == measure
        and each.state in _STANDING
        and each.figure.event is None
        and (each.figure.period_to is None or each.figure.period_to - each.figure.period_from > _ONE_YEAR)
        and each.figure.scope == _whole_programme(each.figure)
    ]
    oldest = min((each.figure.period_from for each in totals), default=None)
    totals = [each for each in totals if each.figure.period_from == oldest]
    return max(totals, key=lambda each: (each.figure.period_to or dt.date.max, each.figure.value), default=None)


def _whole_programme(figure: PublishedFigure) -> Scope:
    return Scope(programmes=(figure.programme,), first_day=figure.period_from, last_day=figure.period_to)


def published_figure_from_row(row: Mapping[str, str]) -> PublishedFigure:
    """A row of the list of published figures (municipalities and departments parted by ";"); UserError if unusable."""
    try:
        return _figure_from_row({name: text or "" for name, text in row.items()})
    except (KeyError, ValueError) as problem:
        raise UserError(
            N_("The published figure “{key}” cannot be read: {problem}. Correct its row and read the list again."),
            key=row.get("key", ""),
            problem=problem,
        ) from problem


def _figure_from_row(row: Mapping[str, str]) -> PublishedFigure:
    period_from = dt.date.fromisoformat(row["period_from"])
    period_to = dt.date.fromisoformat(row["period_to"]) if row["period_to"] else None
    countable = {"yes": True, "no": False}[row["countable"]]
    return PublishedFigure(
        key=row["key"],
        programme=row["programme"],
        measure=Measure(row["measure"]).value if countable else row["measure"],
        qualifier=Qualifier(row["qualifier"]),
        value=int(row["value"]),
        period_from=period_from,
        period_to=period_to,
        scope=Scope(
            programmes=(row["programme"],),
            first_day=period_from,
            last_day=period_to,
            lead_force=row["instructor_force"] or None,
            departments=_codes(row["departments"]),
            municipalities=_codes(row["municipalities"]),
            curriculum_kind=CurriculumKind(row["curriculum_kind"]) if row["curriculum_kind"] else None,
            school=row["school"] or None,
        ),
        contradicts=row["contradicts"] or None,
        countable=countable,
        source_title=row["source_title"],
        source_url=row["source_url"],
        quote=row["quote"],
        note=row["note"],
        precision=row["precision"],
        event=row["event"] or None,
    )


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(";") if code.strip())


def _scope(figure: PublishedFigure) -> Scope:
    """The figure's scope with its programme and period, wherever the figure came from."""
    return replace(
        figure.scope, programmes=(figure.programme,), first_day=figure.period_from, last_day=figure.period_to
    )


def _counted(figure: PublishedFigure, facts: Facts, as_of: dt.date, covers: Coverage) -> int | None:
    """What the rows say; None when the figure cannot be counted, lies in the future or outside what the file covers."""
    runs_on = figure.qualifier in _GOALS
    if not figure.countable or figure.period_from > as_of:
        return None
    if figure.period_to is not None and figure.period_to > as_of and not runs_on:
        return None
    if not _covered(figure, covers):
        return None
    return count_figure(facts, Measure(figure.measure), as_of=as_of, scope=_scope(figure))


def _covered(figure: PublishedFigure, covers: Coverage) -> bool:
    if figure.programme not in covers.programmes:
        return False
    first, last = covers.programmes[figure.programme]
    if first is not None and figure.period_to is not None and figure.period_to < first:
        return False
    if last is not None and figure.period_from > last:
        return False
    places, school = figure.scope.municipalities, figure.scope.school
    known_places = covers.municipalities is None or covers.municipalities.issuperset(places)
    return known_places and (school is None or covers.schools is None or school in covers.schools)


def _reconcile_by_itself(
    figure: PublishedFigure,
    counted: int | None,
    as_of: dt.date,
    explanations: Sequence[Explanation],
    historical: Sequence[HistoricalTotal],
) -> ReconciledFigure:
    """The figure's state before contradictions are looked at."""
    if counted is None:
        return ReconciledFigure(figure, None, None, (), None, FigureState.NOT_RECORDED)
    gap = figure.value - counted
    if figure.qualifier in _GOALS:
        state = _goal_state(figure, gap, as_of)
        label = _GOAL_LABELS[state] if gap > 0 else _GOAL_PASSED
        return ReconciledFigure(figure, counted, gap, _qualifier_cause(label, gap), 0, state)
    if _allowed(figure, gap):
        causes = _qualifier_cause(_ALLOWED_LABELS.get(figure.qualifier, ""), gap)
        return ReconciledFigure(figure, counted, gap, causes, 0, FigureState.RECONCILED)
    causes = _causes(figure, gap, explanations, historical)
    rest_of_gap = gap - sum(cause.amount for cause in causes)
    if causes and _allowed(figure, rest_of_gap):
        causes += _qualifier_cause(_ALLOWED_LABELS.get(figure.qualifier, ""), rest_of_gap)
        return ReconciledFigure(figure, counted, gap, causes, 0, FigureState.EXPLAINED)
    return ReconciledFigure(figure, counted, gap, causes, rest_of_gap, FigureState.UNEXPLAINED)


def _goal_state(figure: PublishedFigure, gap: int, as_of: dt.date) -> FigureState:
    """A target runs up to the day before its last; on its last day it is met or missed."""
    if figure.period_to is None or as_of < figure.period_to:
        return FigureState.IN_PROGRESS
    return FigureState.RECONCILED if gap <= 0 else FigureState.MISSED


def _allowed(figure: PublishedFigure, gap: int) -> bool:
    """Whether the qualifier allows the gap: "more than" any count from the value on, "about" 5 % of it."""
    if figure.qualifier is Qualifier.MORE_THAN:
        return gap <= 0
    if figure.qualifier is Qualifier.ABOUT:
        return abs(gap) * 20 <= figure.value
    return gap == 0


def _causes(
    figure: PublishedFigure, gap: int, explanations: Sequence[Explanation], historical: Sequence[HistoricalTotal]
) -> tuple[Cause, ...]:
    """Approved explanations in the order of their kinds, then historical totals; together never beyond the gap."""
    approved = sorted((each for each in explanations if each.approved), key=lambda each: _KIND_ORDER.index(each.kind))
    used = _filling(gap, [each.amount for each in approved])
    causes = [
        Cause(each.label, amount, each.kind, row=each.id) for each, amount in zip(approved, used, strict=True) if amount
    ]
    left = gap - sum(used)
    for total in historical:
        amount = min(rest(total), left)
        if amount > 0 and _applies(total, figure):
            values = {"document": total.document, "page": total.page}
            label = _HISTORICAL if total.page is None else _HISTORICAL_PAGE
            causes.append(Cause(label, amount, CauseKind.HISTORICAL_TOTAL, values, total.id))
            left -= amount
    return tuple(causes)


def _filling(gap: int, amounts: Sequence[int]) -> list[int]:
    """How much of each signed amount is used, so that the sum lies between 0 and the gap.

    Amounts against the gap are used only as far as those towards it exceed it: +10 and -5 fill a gap of 5 whole."""
    sign = 1 if gap > 0 else -1
    towards = sum(sign * amount for amount in amounts if sign * amount > 0)
    against = max(towards - abs(gap), 0)
    used: list[int] = []
    widened = abs(gap)
    for amount in amounts:
        part = min(max(-sign * amount, 0), against)
        against -= part
        widened += part
        used.append(-sign * part)
    for place, amount in enumerate(amounts):
        if sign * amount > 0:
            used[place] = sign * min(sign * amount, widened)
            widened -= abs(used[place])
    return used


def _applies(total: HistoricalTotal, figure: PublishedFigure) -> bool:
    own = replace(total.scope, programmes=(total.programme,))
    return total.approved and total.measure == figure.measure and lies_inside(own, _scope(figure))


def _contradicted(figure: ReconciledFigure, by_itself: Mapping[str, ReconciledFigure]) -> ReconciledFigure:
    """The figure, contradicted where the other one that it names holds."""
    other_key = figure.figure.contradicts
    other = by_itself.get(other_key) if other_key not in (None, figure.figure.key) else None
    if figure.difference is None or other is None or other.state not in (FigureState.RECONCILED, FigureState.EXPLAINED):
        return figure
    causes = _qualifier_cause(_CONTRADICTED, figure.difference, figure=other.figure.key)
    return replace(figure, causes=causes, unexplained=0, state=FigureState.CONTRADICTED)


def _qualifier_cause(label: str, amount: int, **values: object) -> tuple[Cause, ...]:
    return (Cause(label, amount, CauseKind.QUALIFIER, values),) if amount else ()


_GOALS = (Qualifier.TARGET, Qualifier.EXPECTED_ADDITIONAL)
_KIND_ORDER = (
    CauseKind.COUNTING_RULE,
    CauseKind.LATE_ENTRY,
    CauseKind.MERGED,
    CauseKind.DOCUMENTED,
    CauseKind.HISTORICAL_TOTAL,
    CauseKind.QUALIFIER,
)
_GOAL_LABELS = {
    FigureState.IN_PROGRESS: N_("Still to come before the period ends"),
    FigureState.MISSED: N_("Not reached when the period ended"),
}
_GOAL_PASSED = N_("More than was aimed at")
_ALLOWED_LABELS = {
    Qualifier.MORE_THAN: N_("The source says “more than”: the count may be higher"),
    Qualifier.ABOUT: N_("The source says “about”: up to 5 % either way"),
}
_CONTRADICTED = N_("The source contradicts the published figure {figure}, which holds")
_HISTORICAL = N_("Historical total without roster: {document}")
_HISTORICAL_PAGE = N_("Historical total without roster: {document}, page {page}")
