"""`journal verify`, `show`, `undo`: the record of every change."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from eic_tracker.clock import HONDURAS
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Role
from eic_tracker.i18n import Translator
from eic_tracker.reports.plain_text import text_table
from eic_tracker.services import history


def verify(args: argparse.Namespace, t: Translator) -> int:
    """Check the whole journal; 1 where it is damaged, with the first damaged or missing entry."""
    with opened(args, t) as file:
        finding, head = history.verify_journal(file.db, file.reader(), args.anchor)
    if finding is not None:
        print(finding.text(t))
        return 1
    if head is None:
        print(t("The journal is empty."))
        return 1
    print(t("The journal is whole: {count} entries, code {code}.", count=t.number(head.set_id), code=head.code))
    return 0


def show(args: argparse.Namespace, t: Translator) -> int:
    """Show the last entries, or one with its changes."""
    with opened(args, t) as file:
        acting = file.reader() if args.number is None else file.known_reader()
        if args.number is None:
            entries = history.last_entries(file.db, acting, args.last)
            head = [t("Entry"), t("When"), t("Who"), t("What"), t("About"), t("Changes")]
            print(
                text_table(
                    head,
                    [
                        [
                            str(entry.id),
                            f"{entry.at.astimezone(HONDURAS):%Y-%m-%d %H:%M}",
                            entry.actor,
                            entry.use_case,
                            entry.label,
                            t.number(entry.changes),
                        ]
                        for entry in entries
                    ],
                    right=frozenset({0, 5}),
                )
            )
            return 0
        entry, changes = history.one_entry(file.db, acting, args.number)
    print(f"{entry.id}  {entry.at.astimezone(HONDURAS):%Y-%m-%d %H:%M}  {entry.actor}  {entry.use_case}  {entry.label}")
    if entry.reason:
        print(t("Reason: {reason}", reason=entry.reason))
    for change in changes:
        print(
            f"  {change.operation} {change.table} {change.row_id}: {_columns(change.before)} → {_columns(change.after)}"
        )
    return 0


def _columns(values: Mapping[str, Any] | None) -> str:
    return ", ".join(f"{name}={value}" for name, value in (values or {}).items())


def undo(args: argparse.Namespace, t: Translator) -> int:
    """Take back one change set as a new one."""
    with opened(args, t) as file:
        done = history.undo_set(file.db, file.writer(Role.MANAGER), args.number, args.reason)
    print(t("Entry {number} was taken back by entry {new}.", number=args.number, new=done))
    return 0
