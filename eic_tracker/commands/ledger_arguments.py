"""The words of the commands for published figures and historical totals."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.commands.paper_arguments import Groups
from eic_tracker.i18n import Translator


def add_ledger_commands(commands: Groups, t: Translator, day: Callable[[str], dt.date]) -> None:
    """`published …` and `historical …`."""
    published = commands.group("published", t("published figures: enter, change, approve, explain, print"))
    shown = published.add(
        "list",
        "ledger.list_waiting",
        t("what waits for another person's approval; reconcile shows the figures in force"),
        t("JSON: a list of id, key, words, entered_by, explanation."),
    )
    _json(shown, t)
    keys = t(
        "Keys: key, programme, measure, qualifier (exact, more_than, about, target, expected_additional), value, "
        "period_from, period_to, precision (day, month, year, inferred, unknown), instructor_force, departments, "
        "municipalities, curriculum_kind, school, event, contradicts, source_title, source_url, quote, note."
    )
    add = published.add("add", "ledger.add_published", t("enter a published figure; another person approves it"), keys)
    _set(add, t)
    _scan(add, t)
    edit = published.add("edit", "ledger.edit_published", t("change a published figure"), keys)
    edit.add_argument("key", metavar=t("KEY"))
    edit.add_argument("--reason", default="", metavar=t("TEXT"), help=t("why; needed for a figure in force"))
    _set(edit, t, needed=False)
    _scan(edit, t)
    approve = published.add("approve", "ledger.approve_published", t("approve a figure that another person entered"))
    approve.add_argument("key", metavar=t("KEY"))
    explain = published.add(
        "explain",
        "ledger.explain",
        t("enter a cause of a difference with its document; another person approves it"),
        t("JSON: id."),
    )
    explain.add_argument("key", metavar=t("KEY"))
    explain.add_argument(
        "--kind", required=True, choices=["counting_rule", "late_entry", "merged", "documented"], help=t("which cause")
    )
    explain.add_argument("--amount", required=True, metavar="N", help=t("published minus counted"))
    explain.add_argument("--label", required=True, metavar=t("TEXT"), help=t("the cause in words"))
    _document(explain, t, day)
    _json(explain, t)
    agree = published.add("approve-explanation", "ledger.approve_explanation", t("approve another person's cause"))
    agree.add_argument("id", type=int, metavar="ID")
    drop = published.add("withdraw-explanation", "ledger.withdraw_explanation", t("take a cause out, with a reason"))
    drop.add_argument("id", type=int, metavar="ID")
    drop.add_argument("--reason", required=True, metavar=t("TEXT"))
    sheet = published.add("print", "ledger.print_sheet", t("write the sheet of all published figures as PDF"))
    sheet.add_argument("--out", type=Path, required=True, metavar=t("FILE.pdf"))
    sheet.add_argument("--as-of", type=day, metavar=t("DATE"), help=t("as it stood on this day"))
    _add_historical(commands, t, day)


def _add_historical(commands: Groups, t: Translator, day: Callable[[str], dt.date]) -> None:
    historical = commands.group("historical", t("documented totals without a roster: enter, approve, link"))
    shown = historical.add(
        "list",
        "ledger.list_totals",
        t("show the historical totals"),
        t(
            "JSON: a list of id, programme, measure, value, first_day, last_day, document, page, state (to_document, "
            "to_approve, approved), entered_by, approved_by."
        ),
    )
    _json(shown, t)
    add = historical.add(
        "add",
        "ledger.add_total",
        t("enter a documented total; another person approves it"),
        t(
            "Keys: programme, measure, value, girls_or_women, boys_or_men, first_day, last_day, instructor_force, "
            "departments, municipalities, curriculum_kind, school. JSON: id."
        ),
    )
    _set(add, t)
    _document(add, t, day)
    _json(add, t)
    approve = historical.add("approve", "ledger.approve_total", t("approve a total that another person entered"))
    approve.add_argument("id", type=int, metavar="ID")
    link = historical.add(
        "link",
        "ledger.link",
        t("let courses typed in later draw a total down; without courses show those that may"),
        t("JSON: a list of code, title, linked."),
    )
    link.add_argument("id", type=int, metavar="ID")
    link.add_argument("--offering", action="append", default=[], metavar=t("CODE"))
    link.add_argument("--away", action="store_true", help=t("they draw it down no more"))
    _json(link, t)


def _set(parser: argparse.ArgumentParser, t: Translator, *, needed: bool = True) -> None:
    parser.add_argument("--set", action="append", default=[], required=needed, metavar=t("KEY=VALUE"))


def _scan(parser: argparse.ArgumentParser, t: Translator) -> None:
    parser.add_argument("--scan", type=Path, metavar=t("SCAN"), help=t("the document in which it was published"))


def _document(parser: argparse.ArgumentParser, t: Translator, day: Callable[[str], dt.date]) -> None:
    parser.add_argument("--document", required=True, metavar=t("NUMBER"), help=t("its number; S/N where it has none"))
    parser.add_argument("--dated", required=True, type=day, metavar=t("DATE"), help=t("the date of the document"))
    parser.add_argument("--page", required=True, metavar=t("PAGE"), help=t("where the number stands in it"))
    parser.add_argument("--sender", default="", metavar=t("TEXT"), help=t("who wrote it"))


def _json(parser: argparse.ArgumentParser, t: Translator) -> None:
    parser.add_argument("--json", action="store_true", help=t("answer as JSON"))
