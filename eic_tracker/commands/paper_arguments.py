"""The words of the commands for one course's papers: what can be said to each, and what it answers."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from eic_tracker.commands.course_arguments import Commands
from eic_tracker.i18n import Translator


class Groups(Commands, Protocol):
    """Where a command or a group of commands is added."""

    def group(self, name: str, about: str) -> Commands:
        """The group of a new word that further words follow."""
        ...


def add_course_paper_commands(commands: Groups, t: Translator, day: Callable[[str], dt.date]) -> None:
    """`acts`, `sheets`, `course-file`."""
    acts = commands.group("acts", t("acts of a course: of grades, closing, graduation, rectification"))
    _add_acts(acts, t, day)
    sheets = commands.group("sheets", t("attendance sheets of a course on paper, and their scans"))
    _add_sheets(sheets, t)
    course_file = commands.add(
        "course-file",
        "acts.course_file",
        t("write everything on paper about a course as one foliated PDF; status 1 where it lacks something"),
        t(
            "JSON: offering, file, folios, parts (title, first), lacking (code, where, text); with --check without "
            "file, folios and parts."
        ),
    )
    course_file.add_argument("--offering", required=True, metavar=t("CODE"))
    course_file.add_argument("--out", type=Path, metavar=t("FILE.pdf"))
    course_file.add_argument("--check", action="store_true", help=t("only say what it lacks"))
    course_file.add_argument("--reason", default="", metavar=t("TEXT"), help=t("why; needed above 50 people in a day"))
    _json(course_file, t)


def _add_acts(acts: Commands, t: Translator, day: Callable[[str], dt.date]) -> None:
    shown = acts.add(
        "list",
        "acts.list_acts",
        t("show the acts of a course; status 1 where what stands now differs from one"),
        t(
            "JSON: a list of id, offering, kind, number, year, module, held_on, state (draft, frozen, differs, "
            "rectified), code, differs (how many people), rectifies, rectified_by."
        ),
    )
    shown.add_argument("--offering", metavar=t("CODE"))
    shown.add_argument("--code", metavar=t("CODE"), help=t("the code that a printed act bears"))
    _json(shown, t)

    saved = t("JSON: id, kind, number, year, entry.")
    make = acts.add("make", "acts.make", t("make an act; it takes the next number and stays a draft"), saved)
    make.add_argument("--offering", required=True, metavar=t("CODE"))
    make.add_argument("--kind", required=True, choices=["grades", "closing", "graduation"])
    make.add_argument("--module", type=int, metavar="N", help=t("the module whose grades it tells"))
    _texts(make, t, day)

    change = acts.add("change", "acts.change", t("write a draft anew, with all its texts"), saved)
    change.add_argument("id", type=int, metavar="ID")
    _texts(change, t, day)

    rectify = acts.add(
        "rectify", "acts.rectify", t("make the act that corrects a printed one; a manager or registrar"), saved
    )
    rectify.add_argument("id", type=int, metavar="ID")
    rectify.add_argument("--authorised-by", required=True, metavar=t("TEXT"), help=t("name, post, letter"))
    _texts(rectify, t, day)

    printed = acts.add(
        "print",
        "acts.print_one",
        t("freeze an act and write it as PDF; a frozen one is written again as it is"),
        t("JSON: id, name, code, first (whether it was frozen now), file."),
    )
    printed.add_argument("id", type=int, metavar="ID")
    _out(printed, t)
    _json(printed, t)

    merit = acts.add("merit", "acts.merit", t("write the order of merit of a course as PDF"))
    merit.add_argument("--offering", required=True, metavar=t("CODE"))
    _out(merit, t)


def _add_sheets(sheets: Commands, t: Translator) -> None:
    printed = sheets.add("print", "acts.print_sheets", t("write the sheets of all weeks, or of one, as PDF"))
    printed.add_argument("--offering", required=True, metavar=t("CODE"))
    printed.add_argument("--week", type=int, metavar="N", help=t("the week of the course, from 1"))
    _out(printed, t)

    read = sheets.add(
        "read",
        "acts.read_sheet",
        t("say of which course and week a scan is; status 1 where it shows no code"),
        t("JSON: sheets (offering, week, first, last, page), without_code (pages)."),
    )
    read.add_argument("scan", type=Path, nargs="?", metavar=t("SCAN"))
    read.add_argument("--code", metavar=t("CODE"), help=t("the code of the sheet, typed"))
    _json(read, t)

    attach = sheets.add(
        "attach",
        "acts.attach",
        t("file a signed sheet with the course that its code names"),
        t("JSON: offering, attachment, entry."),
    )
    attach.add_argument("scan", type=Path, metavar=t("SCAN"))
    attach.add_argument("--offering", metavar=t("CODE"), help=t("the course, where the scan shows no code"))
    _json(attach, t)


def _texts(parser: argparse.ArgumentParser, t: Translator, day: Callable[[str], dt.date]) -> None:
    parser.add_argument("--held", type=day, metavar=t("DATE"), help=t("the day on which it was held"))
    parser.add_argument("--place", default="", metavar=t("TEXT"), help=t("where it was held"))
    parser.add_argument("--starts", default="", metavar="14:00", help=t("the hour at which it began"))
    parser.add_argument("--ends", default="", metavar="15:30", help=t("the hour at which it ended"))
    parser.add_argument("--present", action="append", default=[], metavar=t("TEXT"), help=t("somebody present"))
    parser.add_argument("--facts", default="", metavar=t("TEXT"), help=t("what happened, or what is corrected"))
    parser.add_argument("--annex", action="append", default=[], metavar=t("TEXT"), help=t("an annex, with its folios"))
    _json(parser, t)


def _out(parser: argparse.ArgumentParser, t: Translator) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar=t("FILE.pdf"))
    parser.add_argument("--reason", default="", metavar=t("TEXT"), help=t("why; needed above 50 people in a day"))


def _json(parser: argparse.ArgumentParser, t: Translator) -> None:
    parser.add_argument("--json", action="store_true", help=t("answer as JSON"))
