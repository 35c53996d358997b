"""The words of the commands that count: what is said to each, what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.commands.course_arguments import Commands
from eic_tracker.domain.codes import Measure
from eic_tracker.domain.facts import Dimension
from eic_tracker.i18n import Translator


def add_figure_commands(commands: Commands, t: Translator, day: Callable[[str], dt.date]) -> None:
    """`counts`, `table`, `reconcile`, `home`, `quality`, `correct`."""
    counts = commands.add(
        "counts",
        "figures.counts",
        t("count, by any keys"),
        t(
            "Keys: month, quarter, fy-quarter, year, fy, sex, department, municipality, institution, unit, rank, "
            "country, course, course-type, instructor-force, instructor, school, grade, curriculum, school-type. "
            "JSON: as_of, rows (the keys, then completions, persons, enrolments, offerings, reached, graduated; "
            "ordered by key, a missing key is null and comes last) and total."
        ),
    )
    counts.add_argument("--programme", metavar="P", help=t("EIC, GREAT or another; else all"))
    counts.add_argument("--by", default="", metavar=t("KEY,KEY"), help=t("keys to count by"))
    counts.add_argument("--as-of", type=day, metavar=t("DATE"), help=t("count what is dated up to this day"))
    counts.add_argument("--json", action="store_true", help=t("answer as JSON"))

    _add_table(commands, t, day)
    reconcile = commands.add(
        "reconcile",
        "figures.reconcile",
        t("published figures beside counted ones; status 1 where one is unexplained"),
        t(
            "JSON: a list of key, programme, measure, qualifier, published, counted, difference, causes (label, "
            "amount, kind, row: the historical total or the explanation that it is), unexplained, state, "
            "support (sheet_and_act, act, roster_or_heads, document; null where nothing is counted). "
            "States: not_recorded, contradicted, in_progress, reconciled, missed, "
            "explained, unexplained."
        ),
    )
    reconcile.add_argument("--as-of", type=day, metavar=t("DATE"), help=t("as it stood on this day"))
    reconcile.add_argument("--json", action="store_true", help=t("answer as JSON"))

    home = commands.add(
        "home",
        "home.home",
        t("the first page of a role: what is due, the figures, the quarters, the targets"),
        t(
            "JSON: role, as_of, due (key, title, rows), figures (key, title, value, measure, period, earlier_period, "
            "earlier_value, beside: a number by measure, published, published_figure, counted_then, state), quarters "
            "(period, completions), report, targets (programme, measure, period, value, counted, planned_by_now, "
            "percent, per_week, per_month, state)."
        ),
    )
    home.add_argument("--json", action="store_true", help=t("answer as JSON"))

    quality = commands.add(
        "quality",
        "figures.quality",
        t("what is wrong in the rows, gravest first; status 1 where something is"),
        t("JSON: a list of key, title, rows (how many were found, also 0)."),
    )
    quality.add_argument("--json", action="store_true", help=t("answer as JSON"))

    correct = commands.group("correct", t("correct what is closed"))
    enrolment = correct.add("enrolment", "figures.correct", t("give an enrolment of a closed offering another status"))
    enrolment.add_argument("id", type=int, metavar="ID")
    enrolment.add_argument(
        "--status", required=True, choices=["completed", "not_completed", "withdrew", "no_show", "removed"]
    )
    enrolment.add_argument("--reason", required=True, metavar=t("TEXT"))
    enrolment.add_argument("--authorised-by", required=True, metavar=t("TEXT"), help=t("name, post, letter"))


def _add_table(commands: Commands, t: Translator, day: Callable[[str], dt.date]) -> None:
    known = [each.value for each in Dimension]
    table = commands.add(
        "table",
        "cross_tables.table",
        t("a table of one's own: a figure by rows and columns, of a period, and only some of it"),
        t(
            "Keys: as of `counts`. Without columns the figures that are told together stand beside each other. JSON: "
            "as_of, measure, rows, columns, filters (key and its code), table (key, name, numbers by column, total), "
            "column_totals, total, adds_up (false where a person or a course may stand in several cells), support "
            "(of the total, as of `reconcile`)."
        ),
    )
    table.add_argument("--measure", required=True, choices=[each.value for each in Measure], help=t("what is counted"))
    table.add_argument("--rows", required=True, choices=known, metavar=t("KEY"), help=t("key of the rows"))
    table.add_argument("--columns", choices=known, metavar=t("KEY"), help=t("key of the columns"))
    table.add_argument("--period", default="", metavar=t("PERIOD"), help=t("2018Q4, FY2019Q1, 2018 or FY2019"))
    table.add_argument("--programme", default="", metavar="P", help=t("EIC, GREAT or another; else all"))
    table.add_argument(
        "--only",
        action="append",
        default=[],
        metavar=t("KEY=CODE"),
        help=t("keep one value of a key; empty: what is not recorded"),
    )
    table.add_argument("--as-of", type=day, metavar=t("DATE"), help=t("count what is dated up to this day"))
    table.add_argument("--out", type=Path, metavar=t("FILE.xlsx"), help=t("write it as a workbook"))
    table.add_argument("--json", action="store_true", help=t("answer as JSON"))
