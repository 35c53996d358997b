"""The words of the commands that write periodic reports and say what goes with them."""

from __future__ import annotations

import argparse
from pathlib import Path

from eic_tracker.commands.course_arguments import Commands
from eic_tracker.i18n import Translator

_KINDS = ("quarterly", "annual", "cumulative")


def add_report_commands(report: Commands, t: Translator) -> None:
    """`report quarterly|annual|cumulative|particulars|stamped-copy`."""
    periods = {
        "quarterly": t("2018Q4 or FY2019Q1; else the last quarter that has ended"),
        "annual": t("2018 or FY2019; else the last calendar year that has ended"),
        "cumulative": t("the period whose last day is the last that counts; else the last quarter that has ended"),
    }
    for kind, about in (
        ("quarterly", t("write the quarterly report")),
        ("annual", t("write the report of a year")),
        ("cumulative", t("write the report since the beginning")),
    ):
        paper = report.add(kind, "periodic.write", about)
        paper.set_defaults(report_kind=kind)
        paper.add_argument("--out", type=Path, required=True, metavar=t("FILE.pdf"))
        paper.add_argument("--period", metavar=t("PERIOD"), help=periods[kind])
        paper.add_argument("--docx", action="store_true", help=t("as a document that may be edited (FILE.docx)"))

    told = report.add(
        "particulars",
        "periodic.particulars",
        t("show or set what goes with a report: letter, signers, narrative, sections, how it was received"),
        t(
            "Keys: number, letter_number, letter_dated, addressee, addressee_post, copies (parted by ;), achievements, "
            "difficulties, next_steps, left_out (planned, courses, hours, youth, single_courses, support, published, "
            "historical, exceptions, sources), sent_on, received_on, received_by, reviewed_on, reviewed_by, prepared, "
            "reviewed, approved (each: rank; name; post). JSON: kind, period, then those keys, stamped_copies."
        ),
    )
    _of_report(told, t)
    told.add_argument(
        "--set",
        action="append",
        default=[],
        metavar=t("KEY=VALUE"),
        help=t("enter or change; empty takes out"),
    )
    told.add_argument("--json", action="store_true", help=t("answer as JSON"))

    copy = report.add("stamped-copy", "periodic.stamped_copy", t("file the scan of the copy that was stamped"))
    _of_report(copy, t)
    copy.add_argument("scan", type=Path, metavar=t("SCAN"))


def _of_report(parser: argparse.ArgumentParser, t: Translator) -> None:
    parser.add_argument("--kind", choices=_KINDS, default="quarterly", help=t("which report"))
    parser.add_argument("--period", metavar=t("PERIOD"), help=t("2018Q4, FY2019Q1, 2018 or FY2019"))
