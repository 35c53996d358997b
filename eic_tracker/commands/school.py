"""`school`: what stands on the school's papers, and how its register and certificates are kept."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Role
from eic_tracker.i18n import Translator
from eic_tracker.reports.plain_text import text_table
from eic_tracker.services.school_settings import SchoolSettings, change_settings, school_settings


def show(args: argparse.Namespace, t: Translator) -> int:
    """Show the settings."""
    with opened(args, t) as file:
        found = asdict(school_settings(file.db, file.reader()))
    if args.json:
        print_json(found)
        return 0
    rows = [[name, " / ".join(value) if isinstance(value, tuple) else str(value)] for name, value in found.items()]
    print(text_table([t("Setting"), t("Value")], rows))
    return 0


def change(args: argparse.Namespace, t: Translator) -> int:
    """Change those settings that are given."""
    with opened(args, t) as file:
        acting = file.writer(Role.ADMINISTRATOR)
        now = asdict(school_settings(file.db, acting))
        given = {name: getattr(args, name) for name in now if getattr(args, name) is not None}
        if "letterhead" in given:
            given["letterhead"] = tuple(given["letterhead"])
        entry = change_settings(file.db, acting, SchoolSettings(**(now | given)))
    if entry is None:
        print(t("Nothing changed."))
    else:
        print(t("The settings of the school are kept. Journal entry {entry}.", entry=entry))
    return 0
