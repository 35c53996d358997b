"""`signatories`: who signs the school's papers, from when to when, and who is away."""

from __future__ import annotations

import argparse

from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.signing import SignatoryLine
from eic_tracker.i18n import Translator
from eic_tracker.reports.plain_text import text_table
from eic_tracker.services.signatories import (
    AbsenceDraft,
    SignatoryChanged,
    SignatoryDraft,
    add_signatory,
    end_absence,
    end_signatory,
    list_signatories,
    set_absence,
    signers_of_day,
)


def show(args: argparse.Namespace, t: Translator) -> int:
    """Show all signatories, and who signs a paper of a day."""
    with opened(args, t) as file:
        acting = file.known_reader()
        lines = list_signatories(file.db, acting)
        on = args.on or file.today
        signers = signers_of_day(file.db, acting, on)
    signing = {each.id: each for each in signers}
    if args.json:
        print_json(
            [
                {
                    "id": line.id,
                    "rank": line.rank,
                    "name": line.name,
                    "post": line.post,
                    "position": line.position,
                    "valid_from": line.valid_from.isoformat(),
                    "valid_to": line.valid_to.isoformat() if line.valid_to else None,
                    "deputy_of": line.deputy_of_id,
                    "signs": line.id in signing,
                    "by_absence": line.id in signing and signing[line.id].by_absence,
                    "absences": [
                        {
                            "starts_on": each.starts_on.isoformat(),
                            "ends_on": each.ends_on.isoformat() if each.ends_on else None,
                            "reason": each.reason,
                        }
                        for each in line.absences
                    ],
                }
                for line in lines
            ]
        )
        return 0
    head = ["ID", t("Name"), t("Post"), t("From"), t("To"), t("Signs papers of {date}", date=t.date(on))]
    rows = [
        [
            str(line.id),
            " ".join(part for part in (line.rank, line.name) if part),
            _post_words(line, t),
            t.date(line.valid_from),
            t.date(line.valid_to) if line.valid_to else "",
            _signing_words(line.id in signing, line.id in signing and signing[line.id].by_absence, t),
        ]
        for line in lines
    ]
    print(text_table(head, rows, right=frozenset({0})))
    return 0


def add(args: argparse.Namespace, t: Translator) -> int:
    """Enter a signatory."""
    draft = SignatoryDraft(args.rank, args.name, args.post, args.first, args.last, args.deputy_of, args.position)
    with opened(args, t) as file:
        return _say(args, add_signatory(file.db, file.writer(Role.MANAGER), draft), t)


def end(args: argparse.Namespace, t: Translator) -> int:
    """Say on which day somebody signs for the last time."""
    with opened(args, t) as file:
        return _say(args, end_signatory(file.db, file.writer(Role.MANAGER), args.id, args.last), t)


def absence(args: argparse.Namespace, t: Translator) -> int:
    """Say when somebody is away, or back."""
    with opened(args, t) as file:
        acting = file.writer(Role.MANAGER)
        if args.back:
            return _say(args, end_absence(file.db, acting, args.id, args.back), t)
        draft = AbsenceDraft(args.id, args.first, args.last, args.reason)
        return _say(args, set_absence(file.db, acting, draft), t)


def _say(args: argparse.Namespace, done: SignatoryChanged, t: Translator) -> int:
    if args.json:
        print_json({"id": done.id, "entry": done.set_id})
    else:
        print(t("Kept under number {id}. Journal entry {entry}.", id=done.id, entry=done.set_id))
    return 0


def _post_words(line: SignatoryLine, t: Translator) -> str:
    return t("{post} (deputy of {id})", post=line.post, id=line.deputy_of_id) if line.deputy_of_id else line.post


def _signing_words(signs: bool, by_absence: bool, t: Translator) -> str:
    if not signs:
        return ""
    return t("yes, by absence") if by_absence else t("yes")
