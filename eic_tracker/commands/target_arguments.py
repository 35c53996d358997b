"""The words of the commands `targets` and `today`: what is said to each, what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.commands.course_arguments import Commands
from eic_tracker.commands.register_arguments import json_answer
from eic_tracker.domain.codes import Measure
from eic_tracker.i18n import Translator


def add_target_commands(commands: Commands, t: Translator, day: Callable[[str], dt.date]) -> None:
    """`targets list|set|approve|withdraw|indicator|indicators`, and `today`."""
    targets = commands.group("targets", t("what is planned for a period, and the pace needed to reach it"))
    listed = targets.add(
        "list",
        "targets.listed",
        t("targets beside what is counted"),
        t(
            "JSON: a list of target, programme, measure, period, value, counted, planned_by_now, percent, needed, "
            "days_left, per_week, per_month, state (not_begun, on_pace, behind, reached, missed), approved, document, "
            "entered_by, approved_by."
        ),
    )
    listed.add_argument("--year", type=int, metavar=t("YEAR"), help=t("only periods of this year"))
    listed.add_argument("--programme", metavar=t("CODE"), help=t("only of this programme"))
    json_answer(listed, t)

    entered = targets.add("set", "targets.enter", t("enter a target; it counts once another person approves it"))
    entered.add_argument("programme", metavar=t("CODE"), help=t("the programme"))
    entered.add_argument("measure", choices=[each.value for each in Measure], help=t("what is counted"))
    entered.add_argument("period", metavar=t("PERIOD"), help=t("2018Q4, FY2019Q1, 2018 or FY2019"))
    entered.add_argument("value", type=int, metavar="N", help=t("how many"))
    entered.add_argument("--document", default="", metavar=t("TEXT"), help=t("number of the document that plans it"))
    entered.add_argument("--dated", type=day, metavar=t("DATE"), help=t("day of that document"))

    approved = targets.add("approve", "targets.approve", t("approve a target that another person entered; a manager"))
    approved.add_argument("target", type=int, metavar=t("NUMBER"))
    withdrawn = targets.add("withdraw", "targets.withdraw", t("take a target out"))
    withdrawn.add_argument("target", type=int, metavar=t("NUMBER"))
    withdrawn.add_argument("--reason", required=True, metavar=t("TEXT"), help=t("why"))

    code = targets.add("indicator", "targets.indicator", t("say under which code a measure is reported; a manager"))
    code.add_argument("programme", metavar=t("CODE"), help=t("the programme"))
    code.add_argument("measure", choices=[each.value for each in Measure], help=t("what is counted"))
    code.add_argument("code", metavar=t("TEXT"), help=t("as the office writes it; “none” takes it away"))
    codes = targets.add(
        "indicators",
        "targets.indicators",
        t("the code of each measure of a programme"),
        t("JSON: a list of programme, measure, code."),
    )
    json_answer(codes, t)
    _add_today(commands, t, day)


def _add_today(commands: Commands, t: Translator, day: Callable[[str], dt.date]) -> None:
    today = commands.add(
        "today",
        "today.today",
        t("the day at the school: courses, present, absent, not marked, beds; --out writes the daily report"),
        t(
            "JSON: day, expected, present, absent, not_marked, in_training, courses (offering, title, place, ends_on, "
            "days_left, class_today, in_training, women, men, sex_not_recorded, expected, present, absent, "
            "not_marked), by_sex, by_institution, absences (reason, people), beds_taken, beds, lodging_not_said."
        ),
    )
    today.add_argument("--day", type=day, metavar=t("DATE"), help=t("another day than today"))
    today.add_argument("--out", type=Path, metavar=t("FILE.pdf"), help=t("write the daily report, one page"))
    json_answer(today, t)
