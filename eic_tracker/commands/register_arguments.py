"""The words of `certificates register` and of `signatories`: what can be said to each, and what it answers."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.commands.course_arguments import Commands
from eic_tracker.i18n import Translator

_PAPERS = ["letter", "oficio", "legal", "a4"]


def add_register_commands(certificates: Commands, t: Translator, day: Callable[[str], dt.date]) -> None:
    """`certificates register`."""
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
    printed.add_argument("--paper", choices=_PAPERS, default="letter", help=t("the sheet"))
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
