"""`targets list|set|approve|withdraw|indicator|indicators`: what is planned, and the pace needed."""

from __future__ import annotations

import argparse
from typing import Any

from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Measure, Role
from eic_tracker.i18n import Translator
from eic_tracker.reports.plain_text import text_table
from eic_tracker.reports.report_words import MEASURES
from eic_tracker.reports.target_words import PACE_DEFINITION, STATES
from eic_tracker.services import targets
from eic_tracker.services.target_pace import TargetNow


def listed(args: argparse.Namespace, t: Translator) -> int:
    """Show the targets beside what is counted."""
    with opened(args, t) as file:
        found = targets.list_targets(file.db, file.reader(), file.today, args.year, args.programme)
    if args.json:
        print_json([_json(each) for each in found])
        return 0
    head = [t("No."), t("Programme"), t("Figure"), t("Period"), t("Target"), t("Counted"), "%"]
    head += [t("Planned by now"), t("Missing"), t("A week"), t("A month"), t("State"), t("Approved by")]
    lines = [
        [
            str(each.target.id),
            each.target.programme,
            t(MEASURES[each.target.measure]),
            each.target.period.code,
            *map(t.number, (each.pace.value, each.counted, each.pace.percent, each.pace.planned, each.pace.needed)),
            *map(t.number, (each.pace.per_week, each.pace.per_month)),
            t(STATES[each.pace.state]),
            each.target.approved_by or t("to approve"),
        ]
        for each in found
    ]
    print(text_table(head, lines, right=frozenset({0, *range(4, 11)})))
    print(t(PACE_DEFINITION))
    return 0


def enter(args: argparse.Namespace, t: Translator) -> int:
    """Enter a target."""
    measure = Measure(args.measure)
    draft = targets.TargetDraft(args.programme, measure, args.period, args.value, args.document, args.dated)
    with opened(args, t) as file:
        key = targets.set_target(file.db, file.writer(Role.REGISTRAR), draft)
    print(t("Target {number} is entered; it counts once another person approves it.", number=key))
    return 0


def approve(args: argparse.Namespace, t: Translator) -> int:
    """Approve a target."""
    with opened(args, t) as file:
        targets.approve_target(file.db, file.writer(Role.MANAGER), args.target)
    print(t("Target {number} is approved.", number=args.target))
    return 0


def withdraw(args: argparse.Namespace, t: Translator) -> int:
    """Take a target out."""
    with opened(args, t) as file:
        targets.withdraw_target(file.db, file.writer(Role.MANAGER), args.target, args.reason)
    print(t("Target {number} is taken out.", number=args.target))
    return 0


def indicator(args: argparse.Namespace, t: Translator) -> int:
    """Say under which code a measure is reported."""
    code = "" if args.code == "none" else args.code
    with opened(args, t) as file:
        targets.set_indicator_code(file.db, file.writer(Role.MANAGER), args.programme, Measure(args.measure), code)
    print(t("The code is kept."))
    return 0


def indicators(args: argparse.Namespace, t: Translator) -> int:
    """Show the code of each measure."""
    with opened(args, t) as file:
        found = targets.indicator_codes(file.db, file.reader())
    if args.json:
        print_json([{"programme": each.programme, "measure": each.measure.value, "code": each.code} for each in found])
        return 0
    lines = [[each.programme, t(MEASURES[each.measure]), each.code or "—"] for each in found]
    print(text_table([t("Programme"), t("Figure"), t("Code")], lines))
    return 0


def _json(each: TargetNow) -> dict[str, Any]:
    target, pace = each.target, each.pace
    return {
        "target": target.id,
        "programme": target.programme,
        "measure": target.measure.value,
        "period": target.period.code,
        "value": target.value,
        "counted": each.counted,
        "planned_by_now": pace.planned,
        "percent": pace.percent,
        "needed": pace.needed,
        "days_left": pace.days_left,
        "per_week": pace.per_week,
        "per_month": pace.per_month,
        "state": pace.state.value,
        "approved": each.approved,
        "document": target.document,
        "entered_by": target.entered_by,
        "approved_by": target.approved_by,
    }
