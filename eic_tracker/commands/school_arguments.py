"""The words of the command `school`: the settings of the school shown and changed."""

from __future__ import annotations

from eic_tracker.commands.course_arguments import Commands
from eic_tracker.commands.register_arguments import json_answer
from eic_tracker.i18n import Translator


def add_school_commands(commands: Commands, t: Translator) -> None:
    """`school show`, `school set`."""
    school = commands.group("school", t("what stands on the school's papers, and how its register is kept"))
    shown = school.add(
        "show",
        "school.show",
        t("show the settings of the school"),
        t(
            "JSON: letterhead, place, issuer, check_address, check_telephone, entries_per_folio, folios_per_book, "
            "claim_days."
        ),
    )
    json_answer(shown, t)
    changed = school.add("set", "school.change", t("change settings of the school; an administrator"))
    changed.add_argument("--letterhead", action="append", metavar=t("TEXT"), help=t("a line; say it once for each"))
    changed.add_argument("--place", metavar=t("TEXT"))
    changed.add_argument("--issuer", metavar=t("TEXT"), help=t("name in signatures, at most 16 characters"))
    changed.add_argument("--check-address", metavar="https://…", help=t("page that checks; empty for none"))
    changed.add_argument("--check-telephone", metavar=t("TEXT"))
    for name, words in (
        ("--entries-per-folio", t("of books opened from now on")),
        ("--folios-per-book", t("of books opened from now on")),
        ("--claim-days", t("days to claim a certificate")),
    ):
        changed.add_argument(name, type=int, metavar="N", help=words)
