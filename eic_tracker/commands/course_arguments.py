"""The words of the commands for one course's results and for those who teach: what is said to each, what it answers."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from eic_tracker.i18n import Translator


class Commands(Protocol):
    """Where a command is added."""

    def add(self, name: str, door: str, about: str, more: str | None = None) -> argparse.ArgumentParser:
        """The parser of a new command."""
        ...

    def group(self, name: str, about: str) -> Commands:
        """Commands under a word of their own."""
        ...


def add_on_behalf(parser: argparse.ArgumentParser, t: Translator) -> None:
    """The options by which a registrar speaks for an instructor."""
    parser.add_argument("--on-behalf-of", metavar=t("USER"), help=t("the instructor for whom a registrar records"))
    parser.add_argument("--sheet", type=Path, metavar=t("FILE"), help=t("the signed sheet: a PDF, JPEG or PNG"))


def add_course_commands(commands: Commands, t: Translator, day: Callable[[str], dt.date]) -> None:
    """`attendance`, `grades`, `close`, `reopen`, `roster`."""
    who = t("WHO is the number of the identity document or of the enrolment.")
    _add_attendance(commands, t, who, day)
    _add_grades(commands, t, who)
    _add_close(commands, t, who)
    _add_reopen(commands, t)
    _add_roster(commands, t)


def _add_attendance(commands: Commands, t: Translator, who: str, day: Callable[[str], dt.date]) -> None:
    attendance = commands.add(
        "attendance",
        "results.attendance",
        t("show or record the attendance of a course"),
        who
        + " "
        + t(
            "Marks: present, late, absent, excused (with a reason such as absence-illness), none. JSON: offering, days "
            "(day, part, module), people (enrolment, document, name, attendance, marks: day, part, mark, reason), "
            "walk_ins (who came without being listed: walk_in, name, number, enrolment, marks); of a recorded day "
            "offering, day, part, counts; of a match offering, walk_in, enrolment, marks, entry."
        ),
    )
    attendance.add_argument("--offering", required=True, metavar=t("CODE"))
    attendance.add_argument("--day", type=day, metavar=t("DATE"), help=t("the day to record; else shown"))
    attendance.add_argument("--part", choices=["whole", "morning", "afternoon"], default="whole", help=t("of the day"))
    attendance.add_argument("--module", type=int, metavar="N", help=t("the module taught then"))
    attendance.add_argument(
        "--others", choices=["present", "late", "absent"], help=t("the mark of everybody who is not named")
    )
    mark = t("WHO=MARK:REASON")
    attendance.add_argument("--mark", action="append", default=[], metavar=mark, help=t("the mark of one person"))
    attendance.add_argument(
        "--came",
        action="append",
        default=[],
        metavar=t("NAME=NUMBER"),
        help=t("who came on the day without being listed, with the number if there is one"),
    )
    attendance.add_argument(
        "--match",
        metavar=t("NUMBER=WHO"),
        help=t("the number of somebody who came without being listed, and who of the roster it is; a registrar"),
    )
    _end(attendance, t)


def _add_grades(commands: Commands, t: Translator, who: str) -> None:
    grades = commands.add(
        "grades",
        "results.grades",
        t("show or record the grades of a course"),
        who
        + " "
        + t(
            "A grade has a comma or a point; NSP says that the person did not come; nothing takes the grade away. "
            "JSON: offering, scale, written_scale, minimum_grade, minimum_attendance, rounding, second_chance, people "
            "(enrolment, document, name, status, status_proposed, pre_test, post_test, performance, products, modules, "
            "final_grade, second_chance, counted, gain, attendance, missing, short); of recorded ones offering, people."
        ),
    )
    grades.add_argument("--offering", required=True, metavar=t("CODE"))
    grades.add_argument(
        "--column",
        choices=[
            "pre-test",
            "post-test",
            "performance",
            "products",
            "module",
            "final",
            "second-chance",
            "module-second-chance",
        ],
        default="final",
        help=t("which grades are set"),
    )
    grades.add_argument("--module", type=int, metavar="N", help=t("the module whose grades are set"))
    grades.add_argument("--set", action="append", default=[], metavar=t("WHO=GRADE"), help=t("the grade of one person"))
    grades.add_argument("--scale", type=int, choices=[5, 10, 100], help=t("the scale on which they were written"))
    grades.add_argument(
        "--remark",
        action="append",
        default=[],
        metavar=t("WHO=STATUS:REASON"),
        help=t("somebody who withdrew or is a no_show, with the reason; none takes it back"),
    )

    _end(grades, t)


def _add_close(commands: Commands, t: Translator, who: str) -> None:
    close = commands.add(
        "close",
        "closing.close",
        t("close a course; status 1 where something stands in the way"),
        who
        + " "
        + t(
            "JSON: offering, closed, counts (by status), blockers (enrolment, code, where, text), "
            "certificates_annulled, quarters_restated, uncollected; of a dry run offering, closed, people (enrolment, "
            "document, name, status, grade, attendance), blockers and warnings."
        ),
    )
    close.add_argument("--offering", required=True, metavar=t("CODE"))
    close.add_argument(
        "--decide",
        action="append",
        default=[],
        metavar=t("WHO=STATUS:REASON"),
        help=t("another result than the rules give: completed, not_completed, withdrew, no_show"),
    )
    close.add_argument("--authorised-by", metavar=t("TEXT"), help=t("name, post, letter"))
    close.add_argument("--dry-run", action="store_true", help=t("store nothing, show what would be"))
    _end(close, t)


def _add_reopen(commands: Commands, t: Translator) -> None:
    reopen = commands.add(
        "reopen",
        "closing.reopen",
        t("open a closed course again; a manager"),
        t("JSON: offering, people (whose results became proposals), certificates (that hold), quarters_restated."),
    )
    reopen.add_argument("--offering", required=True, metavar=t("CODE"))
    reopen.add_argument("--reason", required=True, metavar=t("TEXT"))
    reopen.add_argument("--authorised-by", required=True, metavar=t("TEXT"), help=t("name, post, letter"))
    reopen.add_argument("--json", action="store_true", help=t("answer as JSON"))


def _add_roster(commands: Commands, t: Translator) -> None:
    roster = commands.group("roster", t("the class list that goes to the classroom and comes back"))
    take = roster.add("export", "class_lists.take", t("write the class list of a course as a workbook"))
    take.add_argument("--offering", required=True, metavar=t("CODE"))
    take.add_argument("--out", type=Path, required=True, metavar=t("FILE.xlsx"))
    take.add_argument("--reason", metavar=t("TEXT"), help=t("why so many names leave, above 50 in a day"))
    bring = roster.add(
        "import",
        "class_lists.bring",
        t("take a class list in; status 1 where cells stay out"),
        t(
            "Where the office changed a cell meanwhile, its value stays unless --conflicts list is said. JSON: file, "
            "offering, people, counts (change, conflict, error), notes, scales (where the scale is asked), cells "
            "(row, enrolment, name, column, state, here, list, problem), and of a stored list entry, stored."
        ),
    )
    bring.add_argument("path", type=Path, metavar=t("FILE"))
    bring.add_argument("--offering", metavar=t("CODE"), help=t("the course, where the list no longer says it"))
    bring.add_argument("--scale", type=int, choices=[5, 10, 100], help=t("the scale on which they were written"))
    bring.add_argument("--conflicts", choices=["here", "list"], help=t("whose value is taken where both changed"))
    bring.add_argument("--dry-run", action="store_true", help=t("store nothing, show what would be"))
    _end(bring, t)


def _end(parser: argparse.ArgumentParser, t: Translator) -> None:
    add_on_behalf(parser, t)
    parser.add_argument("--json", action="store_true", help=t("answer as JSON"))


def add_teaching_commands(report: Commands, t: Translator) -> None:
    """`report advisor` and `report teaching-proof`."""
    advisor = report.add(
        "advisor", "teaching.advisor", t("write what an instructor taught in a week or month, on one page")
    )
    advisor.add_argument("--period", metavar=t("PERIOD"), help=t("2019-W24 or 2019-05; else the present week"))
    proof = report.add(
        "teaching-proof", "teaching.proof", t("give out the proof of what an instructor taught in a stay; a registrar")
    )
    proof.add_argument("--stay", metavar=t("DATE"), help=t("first day of the stay; else the last one"))
    for command in (advisor, proof):
        command.add_argument("--instructor", required=True, metavar=t("CODE"), help=t("code of the instructor"))
        command.add_argument("--out", type=Path, required=True, metavar=t("FILE.pdf"))
