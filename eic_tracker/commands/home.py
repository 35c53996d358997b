"""`home`: the first page of a role as text or JSON: what is due, the figures, the quarters, the targets."""

from __future__ import annotations

import argparse
from typing import Any

from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.periods import title
from eic_tracker.i18n import Translator
from eic_tracker.reports.plain_text import text_table
from eic_tracker.reports.report_words import MEASURES, STATES, published_value
from eic_tracker.reports.target_words import done_words, pace_words, target_words
from eic_tracker.services.home import Home, Item, Tile
from eic_tracker.services.home import home as first_page


def home(args: argparse.Namespace, t: Translator) -> int:
    """Show the first page of who asks."""
    with opened(args, t) as file:
        found = first_page(file.db, file.reader(), file.today)
    if args.json:
        print_json(_json(found, t))
    else:
        _tell(found, t)
    return 0


def _tell(found: Home, t: Translator) -> None:
    print(t("As of {date}.", date=t.date(found.as_of)))
    due = [[t.number(item.count), t(item.label)] for item in found.due]
    print(text_table([t("Rows"), t("To do")], due, right=frozenset({0})))
    figures = [[t.number(tile.value), t(tile.label), _beside(tile, t), _published(tile, t)] for tile in found.tiles]
    print(text_table([t("Number"), t("Figure"), t("Beside it"), t("Published")], figures, right=frozenset({0})))
    quarters = [[title(point.period, t), t.number(point.value)] for point in found.quarters]
    print(text_table([t("Quarter"), t("Completions")], quarters, right=frozenset({1})))
    for each in found.targets:
        name = target_words(each.target.programme, each.target.measure, each.target.period, t)
        print(f"{name}: {done_words(each.pace, t)}. {pace_words(each.pace, t)}")


def _beside(tile: Tile, t: Translator) -> str:
    return "; ".join(f"{t(MEASURES[each.measure])}: {t.number(each.value)}" for each in tile.beside)


def _published(tile: Tile, t: Translator) -> str:
    if tile.published is None or tile.state is None:
        return ""
    return f"{published_value(tile.published, t)} ({t(STATES[tile.state])})"


def _json(found: Home, t: Translator) -> dict[str, Any]:
    return {
        "role": found.role.value,
        "as_of": found.as_of.isoformat(),
        "due": [_item(item, t) for item in found.due],
        "figures": [_figure(tile, t) for tile in found.tiles],
        "quarters": [{"period": point.period.code, "completions": point.value} for point in found.quarters],
        "report": found.report.code if found.report is not None else None,
        "targets": [
            {
                "programme": each.target.programme,
                "measure": each.target.measure.value,
                "period": each.target.period.code,
                "value": each.pace.value,
                "counted": each.pace.counted,
                "planned_by_now": each.pace.planned,
                "percent": each.pace.percent,
                "per_week": each.pace.per_week,
                "per_month": each.pace.per_month,
                "state": each.pace.state.value,
            }
            for each in found.targets
        ],
    }


def _item(item: Item, t: Translator) -> dict[str, Any]:
    return {"key": item.code, "title": t(item.label), "rows": item.count}


def _figure(tile: Tile, t: Translator) -> dict[str, Any]:
    return {
        "key": tile.code,
        "title": t(tile.label),
        "value": tile.value,
        "measure": tile.ref.measure.value if tile.ref is not None else None,
        "period": tile.period.code if tile.period is not None else None,
        "earlier_period": tile.earlier_period.code if tile.earlier_period is not None else None,
        "earlier_value": tile.earlier_value,
        "beside": {each.measure.value: each.value for each in tile.beside},
        "published": tile.published.value if tile.published is not None else None,
        "published_figure": tile.published.key if tile.published is not None else None,
        "counted_then": tile.counted_then,
        "state": tile.state.value if tile.state is not None else None,
    }
