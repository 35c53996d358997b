"""The words of the command `sample`: what is said to each part of it, what it answers."""

from __future__ import annotations

from pathlib import Path

from eic_tracker.commands.course_arguments import Commands
from eic_tracker.commands.register_arguments import json_answer, paper_choice
from eic_tracker.domain.sampling import Outcome
from eic_tracker.i18n import Translator


def add_sample_commands(commands: Commands, t: Translator) -> None:
    """`sample draw`, `list`, `show`, `record`, `attach`, `print`."""
    sample = commands.group("sample", t("audit samples of completions: a draw that anybody can repeat"))
    draw = sample.add(
        "draw",
        "samples.draw",
        t("draw completions of a period; the draw is kept for ever; a manager"),
        t("JSON: sample, period, programme, size, population, population_digest, seed, outcomes, error_rate."),
    )
    draw.add_argument("--period", required=True, metavar=t("PERIOD"), help=t("2018Q4, FY2019Q1, 2018 or FY2019"))
    draw.add_argument("--size", type=int, required=True, metavar="N", help=t("how many completions"))
    draw.add_argument(
        "--seed", default="", metavar=t("TEXT"), help=t("best the auditor's, from dice; else one is made by chance")
    )
    draw.add_argument("--programme", metavar=t("CODE"), help=t("only of this programme"))
    json_answer(draw, t)

    listed = sample.add("list", "samples.samples", t("show all draws"), t("JSON: a list of what `draw` answers."))
    json_answer(listed, t)

    shown = sample.add(
        "show",
        "samples.show",
        t("show a draw with the proofs of each item"),
        t("JSON: as `draw`, with same_rows and items (position, name, offering, letter, act, certificate, outcome)."),
    )
    shown.add_argument("sample", type=int, metavar=t("NUMBER"))
    json_answer(shown, t)

    record = sample.add("record", "samples.record", t("keep what was found of an item; a manager"))
    record.add_argument("sample", type=int, metavar=t("NUMBER"))
    record.add_argument("position", type=int, metavar="N", help=t("the item's number on the checklist"))
    record.add_argument(
        "--outcome",
        required=True,
        choices=[*(each.value for each in Outcome), "none"],
        help=t("none takes it back"),
    )
    record.add_argument("--note", default="", metavar=t("TEXT"), help=t("what is missing"))

    attach = sample.add("attach", "samples.attach", t("file the scan of a signed checklist; a manager"))
    attach.add_argument("sample", type=int, metavar=t("NUMBER"))
    attach.add_argument("scan", type=Path, metavar=t("FILE"))

    printed = sample.add(
        "print", "samples.print_checklist", t("write the checklist, each proof with its folio in the course file")
    )
    printed.add_argument("sample", type=int, metavar=t("NUMBER"))
    printed.add_argument("--out", type=Path, required=True, metavar=t("FILE.pdf"))
    paper_choice(printed, t)
    printed.add_argument("--reason", default="", metavar=t("TEXT"), help=t("why; needed above 50 people in a day"))
