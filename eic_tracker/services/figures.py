"""Figures of the window: every value with the rows that it is made of, tables and series of the charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.counting import (
    TOGETHER,
    CountTable,
    RowBehind,
    RowKind,
    count,
    figure,
    roster_counts,
    rows_behind,
)
from eic_tracker.domain.facts import EVERYTHING, Dimension, Facts, Scope
from eic_tracker.domain.historical import lies_inside, rest
from eic_tracker.domain.periods import Period, parse_period, previous, quarter_of
from eic_tracker.domain.permissions import ActingUser, Action, Right, require, right
from eic_tracker.domain.supporting import ROWS_OF, Support, support_of_rows, whose_enrolments
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_, Language
from eic_tracker.queries.figures import read_historical_totals
from eic_tracker.queries.held_facts import HeldFacts, held_facts
from eic_tracker.queries.periodic import read_labels
from eic_tracker.queries.published import read_support
from eic_tracker.queries.report_data import Labels
from eic_tracker.reports.report_words import DEFINITIONS
from eic_tracker.store.database import Database

LISTING_OF = {
    RowKind.OFFERING: "offerings",
    RowKind.ENROLMENT: "enrolments",
    RowKind.PARTICIPANT: "people",
    RowKind.CLASS_GROUP: "class_groups",
}
"""The list that shows rows of a kind; a request with `keys` opens exactly those of a figure."""

_KINDS = {
    Measure.OFFERINGS: RowKind.OFFERING,
    Measure.ENROLMENTS: RowKind.ENROLMENT,
    Measure.COMPLETIONS: RowKind.ENROLMENT,
    Measure.PERSONS: RowKind.PARTICIPANT,
    Measure.REACHED: RowKind.CLASS_GROUP,
    Measure.GRADUATED: RowKind.CLASS_GROUP,
}
_PERIODS = (Dimension.QUARTER, Dimension.FY_QUARTER, Dimension.YEAR, Dimension.FY)


@dataclass(frozen=True, slots=True)
class FigureRef:
    """What a shown figure counts; `by` and `keys` name one cell of a table. Opening it gives its rows."""

    measure: Measure
    scope: Scope = EVERYTHING
    by: tuple[Dimension, ...] = ()
    keys: tuple[str | None, ...] = ()
    as_of: dt.date = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Chip:
    """One restriction of a figure: what is restricted, the codes, and their names where the file holds them.

    `name` is a dimension's word, or programme, period (two ISO days, "" is open) or curriculum-kind."""

    name: str
    codes: tuple[str | None, ...]
    names: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that is told together with another one, so that neither is taken for it; `ref` opens its rows."""

    measure: Measure
    value: int
    ref: FigureRef


@dataclass(frozen=True, slots=True)
class FigureRows:
    """The rows behind a figure: keys with their amounts, whose sum is the value, and what stands beside it."""

    ref: FigureRef
    value: int
    kind: RowKind
    listing: str
    keys: tuple[int, ...]
    amounts: tuple[int, ...]
    historical_rest: int
    """documented without a roster, never inside the value"""
    historical_sources: int
    definition: str
    """message: what the measure counts"""
    chips: tuple[Chip, ...]
    beside: tuple[Beside, ...] = ()
    support: Support | None = None
    """which papers stand behind the value; None for what an instructor sees of their own"""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One quarter of a chart."""

    period: Period
    value: int
    ref: FigureRef


def rows_behind_figure(db: Database, acting: ActingUser, ref: FigureRef) -> FigureRows:
    """The rows that a figure is made of; Refused where they are people whom the user may not read."""
    kind = _KINDS[ref.measure]
    with db.read() as connection:
        counted = Counted(connection, acting)
        if kind in (RowKind.ENROLMENT, RowKind.PARTICIPANT) and right(acting, Action.READ_PEOPLE) is Right.NO:
            raise Refused(
                N_("“{login}” may see this figure but may not see the people behind it. A registrar or a manager may."),
                login=acting.login,
            )
        rows = rows_behind(counted.facts, ref.measure, as_of=ref.as_of, scope=ref.scope, by=ref.by, keys=ref.keys)
        left, sources = _historical(counted, ref)
        return FigureRows(
            ref=ref,
            value=sum(row.amount for row in rows),
            kind=kind,
            listing=LISTING_OF[kind],
            keys=tuple(row.id for row in rows),
            amounts=tuple(row.amount for row in rows),
            historical_rest=left,
            historical_sources=sources,
            definition=DEFINITIONS[ref.measure],
            chips=_chips(connection, ref),
            beside=beside(counted, ref),
            support=_support(counted, ref, rows, left),
        )


def support_of_figure(db: Database, acting: ActingUser, ref: FigureRef) -> Support | None:
    """Which papers stand behind a figure, in its own units; None for what an instructor sees of their own."""
    with db.read() as connection:
        counted = Counted(connection, acting)
        rows = rows_behind(counted.facts, ref.measure, as_of=ref.as_of, scope=ref.scope, by=ref.by, keys=ref.keys)
        return _support(counted, ref, rows, _historical(counted, ref)[0])


def _support(counted: Counted, ref: FigureRef, rows: Sequence[RowBehind], documented: int) -> Support | None:
    if counted.own is not None:
        return None
    papers = counted.held.remember(("papers",), lambda: read_support(counted.connection))
    whose = counted.held.remember(("whose",), lambda: whose_enrolments(counted.facts))
    if ref.measure in ROWS_OF:
        other = ROWS_OF[ref.measure]
        rows = rows_behind(counted.facts, other, as_of=ref.as_of, scope=ref.scope, by=ref.by, keys=ref.keys)
    return support_of_rows(whose, papers, ref.measure, rows, documented)


def figure_labels(db: Database, acting: ActingUser, language: Language) -> Labels:
    """The names of all codes of tables and charts; no names of people are among them."""
    require(acting, Action.READ_FIGURES)
    with db.read() as connection:
        held = held_facts(connection)
        return held.remember(("labels", language), lambda: read_labels(connection, language))


class Counted:
    """The facts that a user may count, as one read transaction sees them."""

    def __init__(self, connection: Connection, acting: ActingUser) -> None:
        given = require(acting, Action.READ_FIGURES)
        self.connection = connection
        self.held: HeldFacts = held_facts(connection)
        self.own = _code_of(connection, acting.instructor_id) if given is Right.OWN else None
        self.facts: Facts = self.held.facts if self.own is None else self.held.of_instructor(self.own)


def value_of(counted: Counted, ref: FigureRef) -> int:
    """The figure's value from the facts that may be counted."""

    def make() -> int:
        if not ref.by and _KINDS[ref.measure] is not RowKind.CLASS_GROUP:
            # those that stand together are counted in one pass
            told = counted.held.remember(
                ("rosters", counted.own, ref.scope, ref.as_of),
                lambda: roster_counts(counted.facts, as_of=ref.as_of, scope=ref.scope),
            )
            return int(getattr(told, ref.measure))
        if not ref.by:
            return figure(counted.facts, ref.measure, as_of=ref.as_of, scope=ref.scope)
        rows = table_of(counted, ref.by, ref.scope, ref.as_of).rows
        return sum(int(getattr(row.counts, ref.measure)) for row in rows if row.keys == ref.keys)

    return counted.held.remember(("value", counted.own, ref), make)


def beside(counted: Counted, ref: FigureRef) -> tuple[Beside, ...]:
    """What is told together with a figure: completions, persons, enrolments; reached, graduated. None for courses."""
    refs = [replace(ref, measure=measure) for measure in TOGETHER[ref.measure] if measure is not ref.measure]
    return tuple(Beside(each.measure, value_of(counted, each), each) for each in refs)


def table_of(counted: Counted, by: tuple[Dimension, ...], scope: Scope, as_of: dt.date) -> CountTable:
    """The count table, counted once for as long as nothing changes."""
    return counted.held.remember(
        ("table", counted.own, by, scope, as_of), lambda: count(counted.facts, as_of=as_of, by=by, scope=scope)
    )


def series_of(
    counted: Counted, measure: Measure, programme: str | None, as_of: dt.date, quarters: int
) -> tuple[SeriesPoint, ...]:
    """The last quarters of a measure, counted in one pass."""
    periods = [quarter_of(as_of)]
    while len(periods) < quarters:
        periods.append(previous(periods[-1]))
    periods.reverse()
    programmes = (programme,) if programme else ()
    span = Scope(programmes=programmes, first_day=periods[0].first_day, last_day=periods[-1].last_day)
    rows = table_of(counted, (Dimension.QUARTER,), span, as_of).rows
    values = {row.keys[0]: int(getattr(row.counts, measure)) for row in rows}
    return tuple(
        SeriesPoint(
            period,
            values.get(period.code, 0),
            FigureRef(measure, replace(span, first_day=period.first_day, last_day=period.last_day), as_of=as_of),
        )
        for period in periods
    )


def _code_of(connection: Connection, instructor_id: int | None) -> str:
    row = connection.exec_driver_sql("SELECT code FROM instructor WHERE id = ?", (instructor_id,)).first()
    return str(row[0]) if row else ""


def _historical(counted: Counted, ref: FigureRef) -> tuple[int, int]:
    """What approved historical totals inside the figure's scope still hold, and how many of them do."""
    scope = _cell_scope(ref)
    if scope is None or counted.own is not None:
        return 0, 0
    left = [
        rest(total)
        for total in read_historical_totals(counted.connection, counted.facts, ref.as_of)
        if total.approved
        and total.measure == ref.measure
        and (total.scope.last_day is None or total.scope.last_day <= ref.as_of)
        and lies_inside(total.scope, scope)
    ]
    return sum(left), sum(1 for each in left if each)


def _cell_scope(ref: FigureRef) -> Scope | None:
    """The figure's cell as a scope; None where a dimension of it cannot be told of a total without rows."""
    scope = ref.scope
    for dimension, key in zip(ref.by, ref.keys, strict=True):
        if key is None:
            return None
        if dimension in _PERIODS:
            period = parse_period(key)
            scope = replace(
                scope,
                first_day=max(filter(None, (scope.first_day, period.first_day))),
                last_day=min(filter(None, (scope.last_day, period.last_day))),
            )
        elif dimension is Dimension.DEPARTMENT:
            scope = replace(scope, departments=(key,))
        elif dimension is Dimension.MUNICIPALITY:
            scope = replace(scope, municipalities=(key,))
        elif dimension is Dimension.INSTRUCTOR_FORCE:
            scope = replace(scope, lead_force=key)
        else:
            return None
    return scope


_NAMES = {
    "programme": ("programme", "name"),
    Dimension.DEPARTMENT: ("department", "name"),
    Dimension.MUNICIPALITY: ("municipality", "name"),
    Dimension.INSTITUTION: ("institution", "name"),
    Dimension.UNIT: ("unit", "name"),
    Dimension.RANK: ("rank", "name"),
    Dimension.COURSE: ("course", "title"),
    Dimension.INSTRUCTOR_FORCE: ("force", "name"),
    Dimension.SCHOOL: ("school", "name"),
    Dimension.CURRICULUM: ("curriculum", "name"),
}


def _chips(connection: Connection, ref: FigureRef) -> tuple[Chip, ...]:
    scope = ref.scope
    days = tuple(day.isoformat() if day else "" for day in (scope.first_day, scope.last_day))
    restrictions: list[tuple[str, tuple[str | None, ...]]] = [
        ("programme", scope.programmes),
        ("period", days if any(days) else ()),
        (Dimension.INSTRUCTOR_FORCE, (scope.lead_force,) if scope.lead_force else ()),
        (Dimension.DEPARTMENT, scope.departments),
        (Dimension.MUNICIPALITY, scope.municipalities),
        ("curriculum-kind", (scope.curriculum_kind,) if scope.curriculum_kind else ()),
        (Dimension.SCHOOL, (scope.school,) if scope.school else ()),
    ]
    restrictions += [(dimension, (key,)) for dimension, key in zip(ref.by, ref.keys, strict=True)]
    return tuple(
        Chip(str(name), codes, tuple(_name(connection, name, code) for code in codes))
        for name, codes in restrictions
        if codes
    )


def _name(connection: Connection, name: str, code: str | None) -> str | None:
    if code is None or name not in _NAMES:
        return None
    table, column = _NAMES[name]
    row = connection.exec_driver_sql(f"SELECT {column} FROM {table} WHERE code = ?", (code,)).first()
    return str(row[0]) if row else None
