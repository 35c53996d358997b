"""The command line: what can be asked, in which words; each command is a thin door in `commands`."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from eic_tracker import __version__
from eic_tracker.argparse_texts import translate_argparse
from eic_tracker.commands.certificate_arguments import add_certificate_commands
from eic_tracker.commands.course_arguments import add_course_commands, add_on_behalf, add_teaching_commands
from eic_tracker.commands.figure_arguments import add_figure_commands
from eic_tracker.commands.great_arguments import add_great_commands
from eic_tracker.commands.ledger_arguments import add_ledger_commands
from eic_tracker.commands.paper_arguments import add_course_paper_commands
from eic_tracker.commands.quarter_arguments import add_quarter_commands
from eic_tracker.commands.register_arguments import add_register_commands, add_signatory_commands
from eic_tracker.commands.report_arguments import add_report_commands
from eic_tracker.commands.sample_arguments import add_sample_commands
from eic_tracker.commands.school_arguments import add_school_commands
from eic_tracker.commands.target_arguments import add_target_commands
from eic_tracker.commands.verify_arguments import add_verify_commands
from eic_tracker.errors import UserError
from eic_tracker.i18n import Language, Translator

_LIST = "list"


def run(arguments: Sequence[str]) -> int:
    """Run one command; 0 done, 1 the answer is no, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    t = Translator(_language(arguments))
    translate_argparse(t)
    parser = _parser(t)
    args = parser.parse_args(arguments)
    module, door = getattr(args, "door", "window.open_window").split(".")
    try:
        status = int(getattr(import_module(f"eic_tracker.commands.{module}"), door)(args, t))
        sys.stdout.flush()
        return status
    except UserError as error:
        print(error.text(t), file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        # Whoever read the answer has had enough; the status is the one of every tool that is cut off like this.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        print(t("Stopped; what was not finished was not kept."), file=sys.stderr)
        return 130


def _language(arguments: Sequence[str]) -> Language:
    """The language asked for; it is needed before the parser can speak."""
    for position, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else None
        if word == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value in tuple(Language):
            return Language(value)
    return Language.ES


def _parser(t: Translator) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="eic-tracker",
        description=t("Courses, participants and graduation counts that reconcile with the published totals."),
        epilog=t("Exit status: 0 done, 1 the answer is no, 2 wrong use."),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"eic-tracker {__version__}",
        help=t("show program's version number and exit"),
    )
    _everywhere(parser, t, top=True)
    found = parser.add_subparsers(title=t("commands"), metavar=t("COMMAND"), parser_class=_Parser)
    commands = _Commands(found, t)
    _add_making_commands(commands, t)
    _add_user_commands(commands, t)
    _add_keeping_commands(commands, t)
    _add_import(commands, t)
    _add_merging_commands(commands, t)
    add_course_commands(commands, t, _day_reader(t))
    add_course_paper_commands(commands, t, _day_reader(t))
    add_great_commands(commands, t)
    add_figure_commands(commands, t, _day_reader(t))
    add_ledger_commands(commands, t, _day_reader(t))
    add_sample_commands(commands, t)
    add_school_commands(commands, t)
    add_target_commands(commands, t, _day_reader(t))
    _add_paper_commands(commands, t)
    return parser


def _day_reader(t: Translator) -> Callable[[str], dt.date]:
    def day(text: str) -> dt.date:
        try:
            return dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  (a calendar date, no moment)
        except ValueError:
            raise argparse.ArgumentTypeError(t("“{text}” is no date; write it like 2018-12-31", text=text)) from None

    return day


def _everywhere(parser: argparse.ArgumentParser, t: Translator, *, top: bool) -> None:
    """The options that may stand before or after the command."""
    missing = None if top else argparse.SUPPRESS
    group = parser.add_argument_group(t("everywhere"))
    day = _day_reader(t)
    group.add_argument(
        "--file", type=Path, default=missing, metavar=t("FILE"), help=t("the file; else the one in the data folder")
    )
    group.add_argument(
        "--as", dest="login", default=missing, metavar=t("USER"), help=t("who acts; the password is asked")
    )
    group.add_argument("--lang", choices=[each.value for each in Language], default=missing, help=t("language"))
    group.add_argument(
        "--today", type=day, default=missing, metavar=t("DATE"), help=t("count as if today were this day (2018-12-31)")
    )


class _Parser(argparse.ArgumentParser):
    """The parser of a word; one with commands below it that is named alone, or with options only, means its `list`."""

    lists = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        given = list(args) if args is not None else sys.argv[1:]
        if self.lists and (not given or (given[0].startswith("-") and given[0] not in {"-h", "--help"})):
            given.insert(0, _LIST)
        return super().parse_known_args(given, namespace)


class _Commands:
    """Adds commands that all take the options of everywhere."""

    def __init__(
        self, found: argparse._SubParsersAction[_Parser], t: Translator, parser: _Parser | None = None
    ) -> None:
        self._found = found
        self._t = t
        self._parser = parser

    def add(self, name: str, door: str, about: str, more: str | None = None) -> argparse.ArgumentParser:
        parser = self._found.add_parser(name, help=about, description=about, epilog=more, allow_abbrev=False)
        parser.set_defaults(door=door)
        _everywhere(parser, self._t, top=False)
        if name == _LIST and self._parser is not None:
            self._parser.lists = True
            self._parser.epilog = self._t("Without a command it means “list”.")
        return parser

    def group(self, name: str, about: str) -> _Commands:
        parser = self._found.add_parser(name, help=about, description=about, allow_abbrev=False)
        inner = parser.add_subparsers(title=self._t("commands"), metavar=self._t("COMMAND"), required=True)
        return _Commands(inner, self._t, parser)


def _add_making_commands(commands: _Commands, t: Translator) -> None:
    demo = commands.add("demo", "files.demo", t("build the demonstration file and run the main job on it"))
    demo.add_argument("--out", type=Path, metavar=t("DIR"), help=t("folder of the file and its papers"))
    demo.add_argument("--people", type=int, default=0, metavar="N", help=t("invented adults more, for load tests"))
    demo.add_argument("--no-window", action="store_true", help=t("open no window afterwards"))

    init = commands.add(
        "init",
        "files.init",
        t("make a new file with its first administrators; their passwords are asked"),
        t(
            "Name a second administrator: without one a forgotten password closes the file for ever. Published totals "
            "are recorded as historical totals still to be documented; they count nothing until then."
        ),
    )
    init.add_argument("path", type=Path, metavar=t("FILE"))
    init.add_argument("--school", default="Escuela de Investigación Criminal", help=t("name of the school"))
    init.add_argument("--login", dest="login_name", default="administrador", help=t("login of the first administrator"))
    init.add_argument("--name", default="", help=t("name of the first administrator"))
    init.add_argument("--second-login", default="", metavar="LOGIN", help=t("login of a second administrator"))
    init.add_argument("--second-name", default="", help=t("name of the second administrator"))
    init.add_argument(
        "--published-totals",
        default="",
        metavar=t("KEY,KEY"),
        help=t("published totals to record: keys as “reconcile” shows them, or “all”"),
    )


def _add_user_commands(commands: _Commands, t: Translator) -> None:
    users = commands.group("users", t("users of the file"))
    users.add("list", "files.users_list", t("show all users"))
    add = users.add("add", "files.users_add", t("add a user; the password is asked"))
    add.add_argument("login_name", metavar="LOGIN")
    add.add_argument(
        "--role", required=True, choices=["registrar", "instructor", "manager", "administrator", "auditor"]
    )
    add.add_argument("--name", required=True, help=t("name as people write it"))
    add.add_argument("--instructor", metavar=t("CODE"), help=t("the instructor whose account it is, by code"))
    add.add_argument("--until", type=_day_reader(t), metavar=t("DATE"), help=t("last day of the account"))
    for name, door, about in (
        ("password", "files.users_password", t("give a user a new password; it is asked")),
        ("end", "files.users_end", t("end an account")),
        ("open", "files.users_open", t("open an ended account again")),
    ):
        users.add(name, door, about).add_argument("login_name", metavar="LOGIN")


def _add_keeping_commands(commands: _Commands, t: Translator) -> None:
    journal = commands.group("journal", t("the journal of all changes"))
    verify = journal.add("verify", "journal.verify", t("check the whole journal; status 1 where it is damaged"))
    verify.add_argument(
        "--anchor", action="append", default=[], metavar=t("CODE"), help=t("a code from a paper or copy")
    )
    show = journal.add("show", "journal.show", t("show the last changes, or one of them"))
    show.add_argument("number", type=int, nargs="?", metavar="N")
    show.add_argument("--last", type=int, default=20, metavar="N", help=t("how many"))
    undo = journal.add("undo", "journal.undo", t("take back one change set, if nothing was built on it"))
    undo.add_argument("number", type=int, metavar="N")
    undo.add_argument("--reason", required=True, metavar=t("TEXT"))

    doctor = commands.add(
        "doctor", "copies.doctor", t("check the file, the journal, copies and disk; status 1 where something is wrong")
    )
    doctor.add_argument("--rebuild-search", action="store_true", help=t("build the search anew from the rows first"))
    backup = commands.add("backup", "copies.backup", t("make a verified copy"))
    backup.add_argument("--out", type=Path, metavar=t("FILE"), help=t("where; else the folder of automatic copies"))
    restore = commands.add(
        "restore", "copies.restore", t("put a copy in place of the file; the present file is kept aside")
    )
    restore.add_argument("copy", type=Path, metavar=t("COPY"))


def _add_import(commands: _Commands, t: Translator) -> None:
    take_in = commands.add(
        "import",
        "imports.take_in",
        t("take in a list of people or class groups; status 1 where rows were left out, 2 where it is refused"),
        t(
            "JSON: file, sheet, header_row, kind, columns, counts (rows, new, known, possible_duplicate, error), "
            "questions (key, column, text, options, proposal), rows (row, outcome, document, document_type, country, "
            "given_names, family_names, sex, birth_date, rank, unit, institution, phone, problems: field, severity, "
            "code, value, proposal, message), and entry where something was stored. Set: institution, unit, rank for "
            "rows that do not say it; sender and dated of the document of origin. Answer repairs=no: proposed repairs "
            "become errors. Results: counts (rows, change, same, error), rows (row, outcome, document, attendance, "
            "grade, scale, status_proposed, reason, problems); answer scale=5, 10 or 100 where it is asked. "
            "A folder, or each sheet of a workbook: lists (list, course, offering, new_course, starts_on, ends_on, "
            "municipality, place, lead, unknown_lead, columns, counts, questions, left_out: row, name, why; reason "
            "where the list stays out), new_courses and entry. Set LIST/KEY=VALUE: course, number, starts_on, ends_on, "
            "municipality, place, lead, leave=yes; answer LIST/KEY=VALUE for one list alone. "
            "Class groups, of a school's list of pupils (counted, no name is kept), a table, a monthly workbook or "
            "lines like “4A mat 15 niñas 17 niños lec 2”: counts (rows, new, change, known, possible_duplicate, "
            "error), rows (row, outcome, group, school, school_code, grade, section, shift, curriculum, year, girls, "
            "boys, unrecorded, enrolled, reached, graduated, problems). Set: year, curriculum (elementary, middle, "
            "middle/12, families, camp, workshop, by_grade), municipality (0801; enters schools that are not known), "
            "school, grade, section, shift, date (of lessons told without one), officer, reason."
        ),
    )
    take_in.add_argument("path", type=Path, metavar=t("LIST"))
    take_in.add_argument(
        "--as-kind",
        required=True,
        choices=["people", "enrolments", "results", "class-groups"],
        help=t("what the list brings"),
    )
    take_in.add_argument("--each-sheet", action="store_true", help=t("one course on each sheet, in one entry"))
    take_in.add_argument("--offering", metavar=t("CODE"), help=t("the course into which its people are enrolled"))
    take_in.add_argument("--source", metavar=t("TEXT"), help=t("number of the letter that it came with"))
    for option, about in (("--answer", t("answer a question")), ("--set", t("say something of the whole list"))):
        take_in.add_argument(option, action="append", default=[], metavar=t("KEY=VALUE"), help=about)
    take_in.add_argument("--authorised-by", metavar=t("TEXT"), help=t("name, post, letter"))
    add_on_behalf(take_in, t)
    take_in.add_argument("--dry-run", action="store_true", help=t("store nothing, show what would be"))
    take_in.add_argument("--strict", action="store_true", help=t("store all rows or none"))
    take_in.add_argument("--json", action="store_true", help=t("answer as JSON"))


def _add_merging_commands(commands: _Commands, t: Translator) -> None:
    merge = commands.add(
        "merge",
        "people.merge",
        t("merge two records of one person; what the first lacks is taken of the second"),
        t(
            "JSON: kept, gone, fields (field, kept, gone, taken), shared (offering, kept_enrolment, "
            "removed_enrolment), and quarters_restated and entry once it was done. Fields: given_names, surnames, sex, "
            "document, police_number, birth_date, birth_place, phone, state."
        ),
    )
    merge.add_argument("kept", metavar=t("KEPT"), help=t("number of the record that stands, or of its document"))
    merge.add_argument("gone", metavar=t("GONE"), help=t("number of the record that goes, or of its document"))
    merge.add_argument("--take", action="append", default=[], metavar=t("FIELDS"), help=t("also taken of the second"))
    merge.add_argument("--leave", action="append", default=[], metavar=t("FIELDS"), help=t("not taken of the second"))
    merge.add_argument("--reason", default="", metavar=t("TEXT"), help=t("why"))
    merge.add_argument("--dry-run", action="store_true", help=t("store nothing, show what would be"))
    merge.add_argument("--json", action="store_true", help=t("answer as JSON"))

    unmerge = commands.add(
        "unmerge",
        "people.unmerge",
        t("take a merge back, if no later work stands on it"),
        t("JSON: kept, gone, quarters_restated, and entry once it was done."),
    )
    unmerge.add_argument("gone", metavar=t("GONE"), help=t("number of the record that went, or of its document"))
    unmerge.add_argument("--reason", default="", metavar=t("TEXT"), help=t("why"))
    unmerge.add_argument("--dry-run", action="store_true", help=t("store nothing, show what would be"))
    unmerge.add_argument("--json", action="store_true", help=t("answer as JSON"))

    duplicates = commands.add(
        "duplicates",
        "people.duplicates",
        t("records that are likely one person, the likeliest first"),
        t(
            "JSON: total, pairs (score 0 to 99, signs, first, second: id, given_names, family_names, sex, birth_date, "
            "document, document_type, country, police_number)."
        ),
    )
    duplicates.add_argument("--most", type=int, default=1000, metavar="N", help=t("how many"))
    duplicates.add_argument("--apart", nargs=2, metavar="N", help=t("remember that these two are two people"))
    duplicates.add_argument("--json", action="store_true", help=t("answer as JSON"))


def _add_paper_commands(commands: _Commands, t: Translator) -> None:
    period = t("2018Q4, FY2019Q1, 2018 or FY2019; else the last quarter that has ended")
    rollup = commands.add("rollup", "papers.rollup", t("write the roll-up workbook"))
    rollup.add_argument("--out", type=Path, required=True, metavar=t("FILE.xlsx"))
    rollup.add_argument("--period", metavar=t("PERIOD"), help=period)
    rollup.add_argument("--audience", choices=["inl", "school", "public"], default="school", help=t("who receives it"))

    report = commands.group("report", t("periodic reports, and the papers of a course"))
    add_report_commands(report, t)
    for name, kind, about in (
        ("roster", "signatures", t("write the roster of a course, to be signed; a registrar")),
        ("name-tags", "name_tags", t("write the name tags of a course; a registrar")),
        ("lodging", "lodging", t("write beds and meals of a course; it names nobody")),
    ):
        paper = report.add(name, "papers.course_paper", about)
        paper.set_defaults(paper_kind=kind)
        paper.add_argument("--offering", required=True, metavar=t("CODE"))
        paper.add_argument("--out", type=Path, required=True, metavar=t("FILE.pdf"))
        paper.add_argument(
            "--paper", choices=["letter", "oficio", "legal", "a4"], default="letter", help=t("the sheet")
        )
        paper.add_argument("--reason", default="", metavar=t("TEXT"), help=t("why; needed for more than 50 people"))
    add_teaching_commands(report, t)
    add_quarter_commands(commands, t)

    certificates = commands.group("certificates", t("certificates of an offering"))
    add_certificate_commands(certificates, t, _day_reader(t))
    add_verify_commands(certificates, t)
    add_register_commands(certificates, t, _day_reader(t))
    add_signatory_commands(commands, t, _day_reader(t))

    export = commands.group("export", t("lists with names, for those who may see them"))
    register = export.add("register", "papers.register", t("write the register of all completions"))
    register.add_argument("--out", type=Path, required=True, metavar=t("FILE.xlsx"))
    register.add_argument("--reason", default="", metavar=t("TEXT"), help=t("why; needed for more than 50 people"))


def help_page(language: Language) -> str:
    """The page of `eic-tracker --help`, as wide as a terminal of 80 columns."""
    t = Translator(language)
    translate_argparse(t)
    parser = _parser(t)
    parser.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=80)
    return parser.format_help()
