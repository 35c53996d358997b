"""The words of the commands for the register, past diplomas and signatories: what is said to each, what it answers."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.commands.course_arguments import Commands
from eic_tracker.i18n import Translator

_PAPERS = ["letter", "oficio", "legal", "a4"]


def add_register_commands(certificates: Commands, t: Translator, day: Callable[[str], dt.date]) -> None:
    """`certificates register`, `paper-book`, `monthly`, `delivery-list`."""
    register = certificates.group(
        "register", t("the bound book: folios on paper, their codes, its opening and closing")
    )
    shown = register.add(
        "list",
        "register.books",
        t("show the register books"),
        t(
            "JSON: a list of number, on_paper, opened_on, closed_on, folios (of the book), used, entries, printed, "
            "last_code."
        ),
    )
    json_answer(shown, t)

    printed = register.add(
        "print",
        "register.print_pages",
        t("write pages of a book as PDF; full folios are frozen with a code, others are provisional; a registrar"),
        t("JSON: book, file, frozen (folios), folios (folio, entries, code), opening, closing (codes)."),
    )
    _pages(printed, t)
    printed.add_argument("--out", type=Path, required=True, metavar=t("FILE.pdf"))
    paper_choice(printed, t)
    printed.add_argument("--reason", default="", metavar=t("TEXT"), help=t("why; needed above 50 people in a day"))
    json_answer(printed, t)

    checked = register.add(
        "check",
        "register.check",
        t("compare the codes of a stack of pages, in its order, with the book; status 1 where a page is not right"),
        t(
            "JSON: book, pages (code, state, page), missing, changed (each kind, folio, code), whole. States: holds, "
            "unknown, mistyped, twice, out_of_order."
        ),
    )
    checked.add_argument("code", nargs="+", metavar=t("CODE"), help=t("the codes that the pages bear"))
    _pages(checked, t)
    json_answer(checked, t)

    closed = register.add(
        "close",
        "register.close",
        t("close a book: its last folio is crossed, its totals are certified; a registrar"),
        t("JSON: book, frozen (folios), entry."),
    )
    closed.add_argument("--book", required=True, metavar="N")
    json_answer(closed, t)

    gaps = register.add(
        "gaps",
        "certificate_reports.gaps",
        t("look through the numbers of all series; status 1 where one is missing or stands wrong"),
        t(
            "JSON: series (series, first, last, start_reason, valid, annulled, replaced, missing, outside, "
            "out_of_order), paper (diplomas of paper books, which are no gaps), whole."
        ),
    )
    gaps.add_argument("--out", type=Path, metavar=t("FILE.pdf"))
    paper_choice(gaps, t)
    json_answer(gaps, t)

    start = register.add(
        "start", "certificate_reports.series_start", t("begin a series of numbers above 1, with the reason; a manager")
    )
    start.add_argument("--prefix", required=True, metavar="EIC")
    start.add_argument("--year", type=int, required=True, metavar="2019")
    start.add_argument("--first", type=int, required=True, metavar="N", help=t("the first number that is given"))
    start.add_argument("--reason", required=True, metavar=t("TEXT"))

    _add_paper_books(certificates, t, day)
    _add_reports(certificates, t)


def _add_paper_books(certificates: Commands, t: Translator, day: Callable[[str], dt.date]) -> None:
    books = certificates.group("paper-book", t("diplomas of the paper books of the past, recorded as they stand"))
    add = books.add(
        "add",
        "certificate_reports.paper_add",
        t("record a diploma with the scan of its page; another person approves it; a registrar"),
        t("JSON: id, number, linked (whether the roster of its course is on file), entry."),
    )
    add.add_argument("--number", required=True, metavar=t("TEXT"), help=t("the number as it is written"))
    add.add_argument("--book", required=True, metavar=t("TEXT"))
    add.add_argument("--folio", type=int, required=True, metavar="N")
    add.add_argument("--entry", type=int, metavar="N", help=t("the number within the folio"))
    add.add_argument("--dated", type=day, required=True, metavar=t("DATE"))
    add.add_argument("--name", required=True, metavar=t("TEXT"), help=t("the name as it is written"))
    add.add_argument("--rank", default="", metavar=t("TEXT"))
    add.add_argument("--document", default="", metavar=t("TEXT"), help=t("the number of the identity document"))
    add.add_argument("--course", required=True, metavar=t("TEXT"), help=t("the course as it is written"))
    add.add_argument("--offering", default="", metavar=t("CODE"), help=t("the number of the course given"))
    add.add_argument("--hours", type=int, metavar="N")
    add.add_argument(
        "--signatory", action="append", default=[], metavar=t("TEXT"), help=t("who signed, as it is written")
    )
    add.add_argument("--scan", type=Path, metavar=t("SCAN"), help=t("the page: a PDF, JPEG or PNG"))
    json_answer(add, t)

    table = books.add(
        "import",
        "certificate_reports.paper_import",
        t("record the diplomas of a table (Excel, CSV): number, book, folio, date, identity, name, course"),
        t("JSON: taken, left_out, rows (row, number, linked, problem), entry. Status 1 where rows stay out."),
    )
    table.add_argument("table", type=Path, metavar=t("FILE"))
    table.add_argument("--dry-run", action="store_true", help=t("only say what would happen"))
    json_answer(table, t)

    shown = books.add(
        "list",
        "certificate_reports.paper_list",
        t("show the diplomas of paper books"),
        t(
            "JSON: a list of id, number, book, folio, entry, dated, name, course, offering, linked, scan, status "
            "(prepared, paper_book), recorded_by, approved_by."
        ),
    )
    shown.add_argument("--waiting", action="store_true", help=t("only those that wait for approval"))
    json_answer(shown, t)

    approve = books.add(
        "approve",
        "certificate_reports.paper_approve",
        t("approve diplomas that another person recorded; a manager"),
        t("JSON: count, entry."),
    )
    approve.add_argument("id", type=int, nargs="+", metavar="ID")
    json_answer(approve, t)

    link = books.add(
        "link",
        "certificate_reports.paper_link",
        t("say of whose roster an approved diploma is, once the course is on file; a registrar"),
    )
    link.add_argument("id", type=int, metavar="ID")
    link.add_argument("--document", required=True, metavar=t("TEXT"), help=t("the number of the identity document"))
    link.add_argument("--offering", required=True, metavar=t("CODE"), help=t("the number of the course given"))

    withdraw = books.add(
        "withdraw", "certificate_reports.paper_withdraw", t("take back a diploma that waits for approval; a registrar")
    )
    withdraw.add_argument("id", type=int, metavar="ID")
    withdraw.add_argument("--reason", required=True, metavar=t("TEXT"))


def _add_reports(certificates: Commands, t: Translator) -> None:
    monthly = certificates.add(
        "monthly",
        "certificate_reports.monthly",
        t("what a month issued, annulled and replaced, with the code of the last folio; it names no graduate"),
        t(
            "JSON: month, issued, series (series, count, first, last), approvers (person, count, hours: hour, count), "
            "annulled (number, ground, on, authorised_by), duplicates (number, first), paper, last_folio (book, folio, "
            "code)."
        ),
    )
    monthly.add_argument("--month", required=True, metavar="2019-05")
    monthly.add_argument("--out", type=Path, metavar=t("FILE.pdf"))
    paper_choice(monthly, t)
    json_answer(monthly, t)

    deliveries = certificates.add(
        "delivery-list",
        "certificate_reports.deliveries",
        t("write the list by which the certificates of a course are handed over, with boxes to sign in; a registrar"),
    )
    deliveries.add_argument("--offering", required=True, metavar=t("CODE"))
    deliveries.add_argument("--out", type=Path, required=True, metavar=t("FILE.pdf"))
    deliveries.add_argument("--reason", default="", metavar=t("TEXT"), help=t("why; needed above 50 people in a day"))
    paper_choice(deliveries, t)


def paper_choice(parser: argparse.ArgumentParser, t: Translator) -> None:
    parser.add_argument("--paper", choices=_PAPERS, default="letter", help=t("the sheet"))


def _pages(parser: argparse.ArgumentParser, t: Translator) -> None:
    parser.add_argument("--book", metavar="N", help=t("the book; else the newest"))
    parser.add_argument("--folios", metavar="A-B", help=t("from one folio to another; else the whole book"))


def add_signatory_commands(commands: Commands, t: Translator, day: Callable[[str], dt.date]) -> None:
    """`signatories`."""
    signatories = commands.group("signatories", t("who signs the school's papers, from when to when, and who is away"))
    shown = signatories.add(
        "list",
        "signatories.show",
        t("show all signatories, and who signs a paper of a day"),
        t(
            "JSON: a list of id, rank, name, post, position, valid_from, valid_to, deputy_of, signs, by_absence, "
            "absences (starts_on, ends_on, reason)."
        ),
    )
    shown.add_argument("--on", type=day, metavar=t("DATE"), help=t("the day of the paper; else today"))
    json_answer(shown, t)

    saved = t("JSON: id, entry.")
    add = signatories.add("add", "signatories.add", t("enter who signs from a day on; a manager"), saved)
    add.add_argument("--rank", default="", metavar=t("TEXT"))
    add.add_argument("--name", required=True, metavar=t("TEXT"))
    add.add_argument("--post", required=True, metavar=t("TEXT"))
    add.add_argument("--from", dest="first", type=day, required=True, metavar=t("DATE"))
    add.add_argument("--to", dest="last", type=day, metavar=t("DATE"))
    add.add_argument("--deputy-of", type=int, metavar="ID", help=t("whom a deputy stands in for"))
    add.add_argument("--position", type=int, default=1, metavar="N", help=t("place of the signature, from the left"))
    json_answer(add, t)

    end = signatories.add("end", "signatories.end", t("say on which day somebody signs for the last time"), saved)
    end.add_argument("id", type=int, metavar="ID")
    end.add_argument("--to", dest="last", type=day, required=True, metavar=t("DATE"))
    json_answer(end, t)

    away = signatories.add("absence", "signatories.absence", t("say when somebody is away: the deputy signs"), saved)
    away.add_argument("id", type=int, metavar="ID")
    away.add_argument("--from", dest="first", type=day, metavar=t("DATE"))
    away.add_argument("--to", dest="last", type=day, metavar=t("DATE"), help=t("last day; else until further notice"))
    away.add_argument("--back", type=day, metavar=t("DATE"), help=t("the last day of an absence that runs on"))
    away.add_argument("--reason", default="", metavar=t("TEXT"))
    json_answer(away, t)


def json_answer(parser: argparse.ArgumentParser, t: Translator) -> None:
    """The option by which a command answers as JSON."""
    parser.add_argument("--json", action="store_true", help=t("answer as JSON"))
