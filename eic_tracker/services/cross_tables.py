"""A table of one's own: counted, opened cell by cell, and taken out; it holds numbers and codes, and names nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from eic_tracker.domain.codes import Measure
from eic_tracker.domain.cross_table import CrossTable, Key, TableSpec, cross_table, dimensions_of
from eic_tracker.domain.facts import EVERYTHING, Dimension, Scope
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.i18n import Translator
from eic_tracker.queries.report_data import Labels
from eic_tracker.reports.cross_table_words import filter_words, table_head, table_lines, table_rule, table_title
from eic_tracker.reports.view_paper import ViewColumn
from eic_tracker.services.figures import Counted, FigureRef, table_of
from eic_tracker.services.table_papers import TableAsked
from eic_tracker.store.database import Database


@dataclass(frozen=True, slots=True)
class TableChoices:
    """What a table may be restricted to: programmes that have rows, by code, and the years that have any."""

    programmes: Mapping[str, str]
    """names by code"""
    years: tuple[int, ...]


def table_choices(db: Database, acting: ActingUser) -> TableChoices:
    """The programmes and calendar years of everything that is counted; Refused for who sees own rows only."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        facts = Counted(connection, acting).facts
        names = connection.exec_driver_sql("SELECT code, name FROM programme ORDER BY id").all()
    days = {offering.ends_on for offering in facts.offerings}
    for group in facts.class_groups:
        days |= {day for day in (group.first_lesson_on, group.graduated_on) if day is not None}
    years = {day.year for day in days}
    used = {row.programme for row in facts.offerings} | {row.programme for row in facts.class_groups}
    return TableChoices(
        {code: name for code, name in names if code in used},
        tuple(range(min(years), max(years) + 1)) if years else (),
    )


def count_cross_table(db: Database, acting: ActingUser, spec: TableSpec, as_of: dt.date) -> CrossTable:
    """The table as of a day; UserError where its parts do not go together, Refused for who sees own rows only."""
    require(acting, Action.READ_FIGURES, Right.YES)
    with db.read() as connection:
        counted = Counted(connection, acting)
        return cross_table(spec, as_of, lambda by: table_of(counted, by, spec.scope, as_of))


def keys_to_keep(
    db: Database, acting: ActingUser, measure: Measure, dimension: Dimension, as_of: dt.date, scope: Scope = EVERYTHING
) -> tuple[Key, ...]:
    """The keys of a dimension with anything of the measure: what a filter of the table may keep."""
    spec = TableSpec(measure, dimension, scope=scope)
    return count_cross_table(db, acting, spec, as_of).rows if dimension in dimensions_of(measure) else ()


def cell_ref(table: CrossTable, row: tuple[Key, ...], column: tuple[Key | Measure, ...]) -> FigureRef:
    """The figure of a cell, whose rows it opens; an empty `row` or `column` is the total of all of them."""
    spec = table.spec
    measure, by, keys = spec.measure, spec.kept, spec.kept_keys
    if column and spec.columns is None:
        measure = Measure(str(column[0]))
    elif column and spec.columns is not None:
        by, keys = (spec.columns, *by), (column[0], *keys)
    if row:
        by, keys = (spec.rows, *by), (row[0], *keys)
    return FigureRef(measure, spec.scope, by, keys, as_of=table.as_of)


def as_paper(table: CrossTable, labels: Labels, t: Translator) -> TableAsked:
    """The table in words, as workbook and paper show it."""
    head, lines = table_head(table, labels, t), table_lines(table, labels, t)
    widest = max((len(str(line[0])) for line in lines), default=0)
    return TableAsked(
        title=table_title(table.spec, t),
        columns=(ViewColumn(head[0], max(widest, 12)), *(ViewColumn(each, 8, number=True) for each in head[1:])),
        rows=tuple(lines),
        filters=tuple(filter_words(table.spec, labels, t)),
        count=t("As of {date}.", date=t.date(table.as_of)),
        rule=table_rule(table, t),
    )
