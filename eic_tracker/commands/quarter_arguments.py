"""The words of the commands that close quarters."""

from __future__ import annotations

from pathlib import Path

from eic_tracker.commands.paper_arguments import Groups
from eic_tracker.i18n import Translator


def add_quarter_commands(commands: Groups, t: Translator) -> None:
    """`quarter close|reopen|show`."""
    quarter = commands.group("quarter", t("close quarters: figures frozen, papers to send"))
    close = quarter.add(
        "close",
        "quarters.close",
        t("freeze the figures of a quarter; report, workbook and their hashes in a new folder; a manager"),
    )
    close.add_argument("--period", required=True, metavar=t("PERIOD"), help=t("2018Q4 or FY2019Q1"))
    close.add_argument("--out", type=Path, required=True, metavar=t("FOLDER"))
    reopen = quarter.add("reopen", "quarters.reopen", t("open a closed quarter again; an administrator"))
    reopen.add_argument("--period", required=True, metavar=t("PERIOD"), help=t("2018Q4 or FY2019Q1"))
    reopen.add_argument("--reason", required=True, metavar=t("TEXT"))
    show = quarter.add(
        "show",
        "quarters.show",
        t("the frozen figures of a quarter, and what changed later"),
        t(
            "JSON: period, closed_on, closed_by, reopened_on, reopened_reason, figures (programme, measure, frozen), "
            "restatements (programme, measure, old, new, reason, user, authorised_by, day), papers (name, sha256, "
            "bytes)."
        ),
    )
    show.add_argument("--period", required=True, metavar=t("PERIOD"), help=t("2018Q4 or FY2019Q1"))
    show.add_argument("--json", action="store_true", help=t("answer as JSON"))
