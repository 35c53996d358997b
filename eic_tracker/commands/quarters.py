"""`quarter close|reopen|show`: figures that were frozen and sent."""

from __future__ import annotations

import argparse
from typing import Any

from eic_tracker.clock import local_date
from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.i18n import Translator
from eic_tracker.queries.closed_quarters import ClosedQuarter, FrozenTables
from eic_tracker.reports.plain_text import text_table
from eic_tracker.reports.report_words import MEASURES
from eic_tracker.services import quarters


def close(args: argparse.Namespace, t: Translator) -> int:
    """Close a quarter: its figures are frozen, its papers written into a new folder."""
    with opened(args, t) as file:
        period = parse_period(args.period)
        acting = file.writer(Role.MANAGER)
        done = quarters.close_quarter(file.db, acting, period, args.out, t=t, today=file.today)
    print(t("{period} is closed; its papers are in {folder}.", period=done.period, folder=done.folder))
    for name, code in done.hashes.items():
        print(f"{code}  {name}")
    if done.not_closed:
        print(
            t.plural(
                "{count} course of the quarter is still open; the papers say that they are provisional.",
                "{count} courses of the quarter are still open; the papers say that they are provisional.",
                done.not_closed,
            )
        )
    return 0


def reopen(args: argparse.Namespace, t: Translator) -> int:
    """Open a closed quarter again."""
    with opened(args, t) as file:
        period = parse_period(args.period)
        quarters.reopen_quarter(file.db, file.writer(Role.ADMINISTRATOR), period, args.reason)
    print(t("{period} is open again; close it anew when it is right.", period=period.code))
    return 0


def show(args: argparse.Namespace, t: Translator) -> int:
    """Print the frozen figures of a quarter with what changed later beside them."""
    with opened(args, t) as file:
        acting = file.known_reader()
        shown = quarters.show_quarter(file.db, acting, parse_period(args.period))
        tables = quarters.frozen_tables(file.db, acting, shown)
    if args.json:
        print_json({**_json(shown), "tables": _tables(tables)})
        return 0
    print(t("{period}, closed on {day}", period=shown.period.code, day=t.date(local_date(shown.closed_at))))
    if shown.reopened_at is not None:
        day = t.date(local_date(shown.reopened_at))
        print(t("Reopened on {day}: {reason}", day=day, reason=shown.reopened_reason))
    lines = [[each.programme, t(MEASURES[each.measure]), t.number(each.value)] for each in shown.figures]
    print(text_table([t("Programme"), t("Figure"), t("Frozen")], lines, right=frozenset({2})))
    if shown.restatements:
        head = [t("Programme"), t("Figure"), t("Old"), t("New"), t("Reason"), t("User"), t("Day")]
        restated = [
            [
                each.programme,
                t(MEASURES[each.measure]),
                t.number(each.old),
                t.number(each.new),
                t(each.reason),
                each.login or "",
                t.date(local_date(each.recorded_at)),
            ]
            for each in shown.restatements
        ]
        print(text_table(head, restated, right=frozenset({2, 3})))
    for paper in shown.papers:
        print(f"{paper.sha256}  {paper.name}")
    return 0


def _tables(tables: FrozenTables) -> list[dict[str, Any]]:
    """One entry for each number that is not nothing."""
    return [
        {
            "programme": programme,
            "dimension": dimension.value,
            "code": code,
            "measure": measure.value,
            "frozen": getattr(counts, measure.value),
        }
        for (programme, dimension), table in tables.items()
        for code, counts in table.items()
        for measure in Measure
        if getattr(counts, measure.value)
    ]


def _json(shown: ClosedQuarter) -> dict[str, Any]:
    return {
        "period": shown.period.code,
        "closed_on": local_date(shown.closed_at).isoformat(),
        "closed_by": shown.login,
        "reopened_on": local_date(shown.reopened_at).isoformat() if shown.reopened_at else None,
        "reopened_reason": shown.reopened_reason,
        "figures": [
            {"programme": each.programme, "measure": each.measure.value, "frozen": each.value} for each in shown.figures
        ],
        "restatements": [
            {
                "programme": each.programme,
                "measure": each.measure.value,
                "old": each.old,
                "new": each.new,
                "reason": each.reason,
                "user": each.login,
                "authorised_by": each.authorised_by,
                "day": local_date(each.recorded_at).isoformat(),
            }
            for each in shown.restatements
        ],
        "papers": [{"name": paper.name, "sha256": paper.sha256, "bytes": paper.size} for paper in shown.papers],
    }
