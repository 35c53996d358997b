"""`table`: a figure by what one chooses, as text, JSON or workbook."""

from __future__ import annotations

import argparse
from typing import Any

from eic_tracker.commands.figures import dimensions, print_json, support_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.cross_table import CrossTable, TableSpec, scope_of
from eic_tracker.domain.facts import Dimension
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.report_data import Labels
from eic_tracker.reports.cross_table_words import (
    filter_words,
    table_head,
    table_lines,
    table_rule,
    table_title,
    words_of,
)
from eic_tracker.reports.plain_text import text_table
from eic_tracker.services.cross_tables import as_paper, cell_ref, count_cross_table
from eic_tracker.services.figures import figure_labels, support_of_figure
from eic_tracker.services.table_papers import write_table


def table(args: argparse.Namespace, t: Translator) -> int:
    """Show the table; write it where a file is named."""
    spec = _spec(args)
    with opened(args, t) as file:
        acting = file.writer(Role.MANAGER) if args.out else file.reader()
        found = count_cross_table(file.db, acting, spec, args.as_of or file.today)
        labels = figure_labels(file.db, acting, t.language)
        support = support_of_figure(file.db, acting, cell_ref(found, (), ())) if args.json else None
        if args.out:
            write_table(file.db, acting, as_paper(found, labels, t), args.out, t=t)
    if args.json:
        print_json(_json(found, labels, t) | {"support": support_json(support)})
    elif args.out:
        print(args.out)
    else:
        _tell(found, labels, t)
    return 0


def _spec(args: argparse.Namespace) -> TableSpec:
    return TableSpec(
        Measure(args.measure),
        Dimension(args.rows),
        Dimension(args.columns) if args.columns else None,
        scope_of(args.period, args.programme),
        tuple(map(_kept, args.only)),
    )


def _kept(text: str) -> tuple[Dimension, str | None]:
    name, equals, code = text.partition("=")
    if not equals or not name.strip():
        raise UserError(N_("“{text}” keeps nothing. Write a key and its code, such as sex=F."), text=text)
    return dimensions(name)[0], code.strip() or None


def _tell(found: CrossTable, labels: Labels, t: Translator) -> None:
    print(table_title(found.spec, t))
    for words in (*filter_words(found.spec, labels, t), t("As of {date}.", date=t.date(found.as_of))):
        print(words)
    head = table_head(found, labels, t)
    lines = [[_cell(cell, t) for cell in line] for line in table_lines(found, labels, t)]
    print(text_table(head, lines, right=frozenset(range(1, len(head)))))
    print(table_rule(found, t))


def _cell(cell: str | int, t: Translator) -> str:
    return cell if isinstance(cell, str) else t.number(cell)


def _json(found: CrossTable, labels: Labels, t: Translator) -> dict[str, Any]:
    spec = found.spec
    names = [str(column) if column is not None else None for column in found.columns]
    return {
        "as_of": found.as_of.isoformat(),
        "measure": spec.measure.value,
        "rows": spec.rows.value,
        "columns": spec.columns.value if spec.columns is not None else None,
        "filters": {dimension.value: key for dimension, key in spec.only},
        "table": [
            {
                "key": row,
                "name": words_of(spec, spec.rows, row, labels, t),
                "numbers": [
                    {"column": name, "number": found.number(row, column)}
                    for name, column in zip(names, found.columns, strict=True)
                ],
                "total": found.row_totals.get(row, 0),
            }
            for row in found.rows
        ],
        "column_totals": [
            {"column": name, "number": found.column_totals.get(column, 0)}
            for name, column in zip(names, found.columns, strict=True)
        ],
        "total": found.total,
        "adds_up": found.adds_up,
    }
