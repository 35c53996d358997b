"""Closed quarters: the figures as they were frozen, the papers that were sent, what was restated since."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import Counts
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.periods import Period, parse_period, quarter_of

_QUARTERS = """
SELECT q.id, q.period, q.closed_at, u.full_name, u.login, q.reopened_at, q.reopened_reason
FROM closed_quarter q LEFT JOIN user u ON u.id = q.closed_by_id ORDER BY q.period
"""
_FIGURES = """
SELECT f.closed_quarter_id, p.code, f.measure, f.value
FROM quarter_figure f JOIN programme p ON p.id = f.programme_id ORDER BY f.id
"""
_RESTATED = """
SELECT r.closed_quarter_id, p.code, r.measure, r.old_value, r.new_value, r.reason, coalesce(u.full_name, s.actor),
       u.login, z.authorised_by, z.post, z.letter, r.recorded_at
FROM restatement r JOIN programme p ON p.id = r.programme_id
LEFT JOIN change c ON c.table_name = 'restatement' AND c.row_id = r.id AND c.operation = 'insert'
LEFT JOIN change_set s ON s.id = c.change_set_id LEFT JOIN user u ON u.id = s.user_id
LEFT JOIN authorisation z ON z.id = r.authorisation_id ORDER BY r.id
"""
_PAPERS = """
SELECT closed_quarter_id, id, name, media_type, sha256, length(content), recorded_at FROM quarter_paper ORDER BY id
"""


_CELLS = """
SELECT p.code, c.dimension, c.code, c.measure, c.value
FROM quarter_cell c JOIN programme p ON p.id = c.programme_id WHERE c.closed_quarter_id = ? ORDER BY c.id
"""

FrozenTables = Mapping[tuple[str, Dimension], Mapping[str | None, Counts]]
"""Programme and dimension -> what each code of the dimension counted when the quarter was closed."""


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A figure as it was frozen."""

    programme: str
    measure: Measure
    value: int


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure of a closed quarter that changed: old, new, why, who entered it, who authorised it, when (UTC)."""

    period: Period
    programme: str
    measure: Measure
    old: int
    new: int
    reason: str
    person: str | None
    login: str | None
    authorised_by: str | None
    recorded_at: dt.datetime


@dataclass(frozen=True, slots=True)
class FrozenPaper:
    """A paper that was frozen with a quarter: its name, SHA-256 and length in bytes."""

    id: int
    name: str
    media_type: str
    sha256: str
    size: int | None
    recorded_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ClosedQuarter:
    """A quarter that was closed (or closed and reopened), with all that was frozen and what changed since."""

    id: int
    period: Period
    closed_at: dt.datetime
    closed_by: str | None
    login: str | None
    reopened_at: dt.datetime | None
    reopened_reason: str | None
    figures: tuple[FrozenFigure, ...]
    restatements: tuple[Restated, ...]
    papers: tuple[FrozenPaper, ...]

    @property
    def is_closed(self) -> bool:
        """Whether nobody reopened it since."""
        return self.reopened_at is None

    def frozen(self, programme: str, measure: Measure) -> int | None:
        """The frozen value of a figure; None where it was not frozen."""
        return next((f.value for f in self.figures if (f.programme, f.measure) == (programme, measure)), None)


def read_closed_quarters(connection: Connection) -> Mapping[Period, ClosedQuarter]:
    """All quarters that were ever closed, by their calendar quarter, oldest first."""
    quarters = connection.exec_driver_sql(_QUARTERS).all()
    periods = {row[0]: parse_period(row[1]) for row in quarters}
    figures: defaultdict[int, list[FrozenFigure]] = defaultdict(list)
    for key, programme, measure, value in connection.exec_driver_sql(_FIGURES):
        figures[key].append(FrozenFigure(programme, Measure(measure), value))
    restated: defaultdict[int, list[Restated]] = defaultdict(list)
    for key, programme, measure, old, new, reason, person, login, name, post, letter, at in connection.exec_driver_sql(
        _RESTATED
    ):
        ordered = ", ".join(part for part in (name, post, letter) if part) or None
        restated[key].append(
            Restated(periods[key], programme, Measure(measure), old, new, reason, person, login, ordered, _moment(at))
        )
    papers: defaultdict[int, list[FrozenPaper]] = defaultdict(list)
    for key, paper, name, media_type, sha256, size, at in connection.exec_driver_sql(_PAPERS):
        papers[key].append(FrozenPaper(paper, name, media_type, sha256, size, _moment(at)))
    return {
        periods[key]: ClosedQuarter(
            key,
            periods[key],
            _moment(closed_at),
            person,
            login,
            _moment(reopened_at) if reopened_at else None,
            reason,
            tuple(figures[key]),
            tuple(restated[key]),
            tuple(papers[key]),
        )
        for key, _, closed_at, person, login, reopened_at, reason in quarters
    }


def read_frozen_tables(connection: Connection, quarter: ClosedQuarter) -> FrozenTables:
    """The tables of a quarter as they were frozen; empty where it was closed before tables were."""
    values: defaultdict[tuple[str, Dimension], defaultdict[str | None, dict[str, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for programme, dimension, code, measure, value in connection.exec_driver_sql(_CELLS, (quarter.id,)):
        values[programme, Dimension(dimension)][code][measure] = value
    return {key: {code: Counts(**cells) for code, cells in table.items()} for key, table in values.items()}


def closed_quarter_of(quarters: Mapping[Period, ClosedQuarter], period: Period) -> ClosedQuarter | None:
    """The closing of a quarter in either calendar; None for years and for quarters that were never closed."""
    return quarters.get(quarter_of(period.first_day)) if period.is_quarter else None


def restatements_told_in(
    quarters: Mapping[Period, ClosedQuarter], period: Period, *, since: dt.date
) -> tuple[Restated, ...]:
    """What the report of a period that begins on `since` tells: each restatement stands in the next report after it.

    A quarter tells those of earlier quarters recorded since the quarter before it was closed, up to its own closing;
    a longer span those of its quarters, and of earlier ones that were recorded since it began."""
    told = [each for quarter in quarters.values() for each in quarter.restatements]
    if since != period.first_day or not period.is_quarter:
        until_then = [each for each in told if each.period.first_day <= period.last_day]
        return tuple(each for each in until_then if max(each.period.first_day, _day(each)) >= since)
    own = closed_quarter_of(quarters, period)
    before = quarters.get(quarter_of(period.first_day - dt.timedelta(days=1)))
    return tuple(
        each
        for each in told
        if each.period.last_day < since
        and (each.recorded_at > before.closed_at if before else _day(each) >= since)
        and (own is None or each.recorded_at <= own.closed_at)
    )


def _day(each: Restated) -> dt.date:
    return local_date(each.recorded_at)


def _moment(stored: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stored).replace(tzinfo=dt.UTC)
