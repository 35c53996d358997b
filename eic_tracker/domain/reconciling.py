"""Published figures beside counted ones: the state of each, and every difference named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eic_tracker.domain.codes import CauseKind, FigureState, Qualifier
from eic_tracker.domain.counting import Facts, Scope
from eic_tracker.domain.historical import HistoricalTotal


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


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cause that a person entered for one figure, signed as published minus counted; unapproved ones fill nothing."""

    figure_key: str
    kind: CauseKind
    amount: int
    label: str
    approved: bool


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
    """Every figure, in the given order, with its state at `as_of`."""
    raise NotImplementedError
