"""The words of the commands for certificates: what can be said to each, and what it answers."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.commands.paper_arguments import Groups
from eic_tracker.i18n import Translator

Day = Callable[[str], dt.date]


def add_certificate_commands(commands: Groups, t: Translator, day: Day) -> None:
    """`certificates prepare`, `approve`, `issue`, `deliver`, `revoke` and what belongs to them."""
    _add_batch(commands, t, day)
    _add_on_request(commands, t, day)
    _add_afterwards(commands, t, day)
    _add_signature(commands.group("signature", t("signatures of the school, each with its own passphrase")), t, day)


def _add_batch(commands: Groups, t: Translator, day: Day) -> None:
    prepare = commands.add(
        "prepare",
        "certificates.prepare",
        t("prepare those of everyone who completed, or for a ceremony of everyone who sits in it; a registrar"),
    )
    prepare.add_argument("--offering", required=True, metavar=t("CODE"))
    prepare.add_argument("--ceremony", type=day, metavar=t("DATE"), help=t("the day to which they are dated"))
    prepare.add_argument(
        "--kind",
        choices=["diploma", "participation", "instructor"],
        default="diploma",
        help=t("what they say; instructor: of everybody who taught in it"),
    )
    approve = commands.add(
        "approve",
        "certificates.approve",
        t("approve prepared ones with one's own passphrase, numbers are taken; a manager"),
    )
    approve.add_argument("--offering", metavar=t("CODE"))
    approve.add_argument("--id", type=int, action="append", metavar="ID", help=t("one that waits, by its number here"))
    issue = commands.add("issue", "certificates.issue", t("write the approved ones as PDF; a registrar"))
    issue.add_argument("--offering", metavar=t("CODE"))
    issue.add_argument("--id", type=int, action="append", metavar="ID", help=t("one that is approved"))
    issue.add_argument("--out", type=Path, required=True, metavar=t("DIR"))
    issue.add_argument("--merge", action="store_true", help=t("one file for the whole class"))


def _add_on_request(commands: Groups, t: Translator, day: Day) -> None:
    statement = commands.add(
        "statement",
        "certificates.statement",
        t("prepare a statement of one completed course, or of all that the person completed; a registrar"),
        t("JSON: id (for approve and issue), entry."),
    )
    statement.add_argument("enrolment", type=int, metavar="ID", help=t("the number of an enrolment"))
    statement.add_argument("--all", action="store_true", help=t("a transcript of all completed courses"))
    statement.add_argument("--with-grades", action="store_true", help=t("tell the grades"))
    statement.add_argument("--purpose", default="", metavar=t("TEXT"), help=t("what it is for"))
    statement.add_argument("--asked-by", default="", metavar=t("TEXT"), help=t("who asked, if not the person"))
    statement.add_argument("--valid-to", type=day, metavar=t("DATE"), help=t("the last day on which it is valid"))
    _json(statement, t)
    duplicate = commands.add(
        "duplicate",
        "certificates.duplicate",
        t("prepare a duplicate, which names the first; a registrar"),
        t("JSON: id (for approve and issue), first, entry."),
    )
    duplicate.add_argument("number", metavar=t("NUMBER"))
    duplicate.add_argument(
        "--cause", required=True, choices=["loss", "theft", "damage", "error", "change_of_name"], help=t("why")
    )
    duplicate.add_argument(
        "--document", required=True, metavar=t("TEXT"), help=t("number of the paper; of a theft, of the report")
    )
    duplicate.add_argument("--document-date", type=day, metavar=t("DATE"), help=t("its date"))
    duplicate.add_argument("--document-from", default="", metavar=t("TEXT"), help=t("who issued it"))
    _json(duplicate, t)


def _add_afterwards(commands: Groups, t: Translator, day: Day) -> None:
    deliver = commands.add(
        "deliver",
        "certificates.deliver",
        t("note that all of an offering were handed over but some, or one of them; a registrar"),
        t("JSON: delivered, waiting (numbers), claims_until, entry."),
    )
    deliver.add_argument("--offering", metavar=t("CODE"))
    deliver.add_argument(
        "--except", action="append", default=[], dest="exceptions", metavar=t("NUMBER"), help=t("not collected")
    )
    deliver.add_argument("--number", metavar=t("NUMBER"), help=t("one certificate"))
    deliver.add_argument("--to", default="", metavar=t("TEXT"), help=t("who collected it for somebody else"))
    deliver.add_argument("--letter", default="", metavar=t("TEXT"), help=t("number of the letter that they brought"))
    deliver.add_argument("--on", type=day, metavar=t("DATE"), help=t("the day; else today"))
    _json(deliver, t)
    uncollected = commands.add(
        "uncollected",
        "certificates.show_uncollected",
        t("show those that hold and nobody collected"),
        t("JSON: a list of number, name, kind, offering, dated."),
    )
    uncollected.add_argument("--offering", metavar=t("CODE"))
    _json(uncollected, t)
    revoke = commands.add(
        "revoke",
        "certificates.revoke",
        t("annul one, its number stays taken; a manager"),
        t("JSON: number, delivered (whether somebody holds the paper), entry."),
    )
    revoke.add_argument("number", metavar=t("NUMBER"))
    revoke.add_argument("--reason", required=True, metavar=t("TEXT"))
    revoke.add_argument("--authorised-by", required=True, metavar=t("TEXT"), help=t("name, post, letter"))
    revoke.add_argument("--ground", choices=["error", "correction", "forgery"], default="error", help=t("why"))
    _json(revoke, t)
    spoil = commands.add("spoil", "certificates.spoil", t("note a spoiled sheet under its number; a registrar"))
    spoil.add_argument("number", metavar=t("NUMBER"))
    spoil.add_argument("--sheet", required=True, metavar=t("TEXT"), help=t("the serial number printed on the sheet"))
    withdraw = commands.add(
        "withdraw", "certificates.withdraw", t("take back prepared ones that wait for approval; a registrar")
    )
    withdraw.add_argument("id", type=int, nargs="+", metavar="ID", help=t("one that waits, by its number here"))


def _add_signature(commands: Groups, t: Translator, day: Day) -> None:
    commands.add("show", "certificates.show_signatures", t("show who signs, from when to when"))
    make = commands.add("make", "certificates.make", t("make one's own; a manager"))
    make.add_argument("--title", choices=["titular", "deputy"], default="titular", help=t("in what capacity"))
    _days(make, t, day)
    hand_over = commands.add(
        "hand-over", "certificates.hand_over", t("become the titular, whose signature ends; prints the act; a manager")
    )
    hand_over.add_argument("--authorised-by", required=True, metavar=t("TEXT"), help=t("name, post, letter"))
    hand_over.add_argument("--out", type=Path, metavar=t("FILE.txt"), help=t("where the act is written; else shown"))
    _days(hand_over, t, day)
    commands.add("passphrase", "certificates.passphrase", t("choose another passphrase for one's own; a manager"))
    for name, about in (
        ("lost", t("say that one is lost: it signs no more, what it signed holds; a manager")),
        ("stolen", t("say that one was stolen: only what stands in the list holds; a manager")),
    ):
        end = commands.add(name, "certificates.end", about)
        end.set_defaults(ended=name)
        end.add_argument("id", type=int, metavar="ID", help=t("its number, as “show” tells it"))
        end.add_argument("--reason", required=True, metavar=t("TEXT"), help=t("what happened"))


def _days(parser: argparse.ArgumentParser, t: Translator, day: Day) -> None:
    parser.add_argument(
        "--from",
        type=day,
        dest="valid_from",
        metavar=t("DATE"),
        help=t("the first day to which certificates are dated"),
    )
    parser.add_argument("--to", type=day, dest="valid_to", metavar=t("DATE"), help=t("the last day on which it signs"))


def _json(parser: argparse.ArgumentParser, t: Translator) -> None:
    parser.add_argument("--json", action="store_true", help=t("answer as JSON"))
