"""`published …` and `historical …`: what was published, what only documents tell, and who answers for it."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from typing import Any

from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import Opened, opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.dates import parse_date
from eic_tracker.domain.figure_rules import PUBLISHED_FIELDS, TOTAL_FIELDS
from eic_tracker.domain.school_lists import FieldKind, FieldSpec
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.plain_text import text_table
from eic_tracker.reports.report_words import measure_words
from eic_tracker.services import published_figures as figures
from eic_tracker.services.attachments import scan_at
from eic_tracker.services.entering_totals import TotalDraft, courses_of_total, link_courses
from eic_tracker.services.entering_totals import add_total as enter_total
from eic_tracker.services.historical_totals import approve_total as approve
from eic_tracker.services.historical_totals import list_totals as totals
from eic_tracker.services.ledger_sheet import write_ledger_sheet
from eic_tracker.services.letters import SourceDraft
from eic_tracker.store.tables.documents import SourceKind


def list_waiting(args: argparse.Namespace, t: Translator) -> int:
    """Print what waits for another person's approval."""
    with opened(args, t) as file:
        waiting = figures.waiting_figures(file.db, file.known_reader())
    if args.json:
        names = ("id", "key", "words", "entered_by", "explanation")
        print_json(
            [
                dict(zip(names, (each.id, each.key, each.words, each.entered_by, each.is_explanation), strict=True))
                for each in waiting
            ]
        )
        return 0
    lines = [
        [t.number(each.id) if each.is_explanation else "", each.key, each.words, each.entered_by] for each in waiting
    ]
    print(text_table([t("Cause"), t("Short name"), t("In words"), t("Entered by")], lines, right=frozenset({0})))
    return 0


def add_published(args: argparse.Namespace, t: Translator) -> int:
    """Enter a published figure."""
    with opened(args, t) as file:
        start = {"qualifier": "exact", "precision": "day"}
        draft = figures.PublishedDraft(start | _values(args.set, PUBLISHED_FIELDS, file))
        return _save(args, t, file, draft)


def edit_published(args: argparse.Namespace, t: Translator) -> int:
    """Change a published figure."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        form = figures.published_form(file.db, acting, args.key)
        values = {**form.values, **_values(args.set, PUBLISHED_FIELDS, file)}
        return _save(args, t, file, figures.PublishedDraft(values, form.id, form.original, args.reason))


def _save(args: argparse.Namespace, t: Translator, file: Opened, draft: figures.PublishedDraft) -> int:
    acting = file.writer(Role.REGISTRAR)
    key = figures.save_published(file.db, acting, draft)
    if args.scan is not None:
        figures.attach_source(file.db, acting, key, scan_at(args.scan))
    if figures.published_form(file.db, acting, key).waits:
        print(t("{key} is entered; another person approves it.", key=key))
    else:
        print(t("{key} is changed.", key=key))
    return 0


def approve_published(args: argparse.Namespace, t: Translator) -> int:
    """Approve a published figure."""
    with opened(args, t) as file:
        figures.approve_published(file.db, file.writer(Role.MANAGER), args.key)
    print(t("{key} is approved.", key=args.key))
    return 0


def explain(args: argparse.Namespace, t: Translator) -> int:
    """Enter a cause of a difference."""
    with opened(args, t) as file:
        values = {"kind": args.kind, "amount": args.amount, "label": args.label}
        draft = figures.ExplanationDraft(args.key, values, _document(args), args.page)
        key = figures.explain_figure(file.db, file.writer(Role.REGISTRAR), draft)
    return _answer(args, key, t("Cause {id} is entered; another person approves it.", id=key))


def approve_explanation(args: argparse.Namespace, t: Translator) -> int:
    """Approve a cause."""
    with opened(args, t) as file:
        figures.approve_explanation(file.db, file.writer(Role.MANAGER), args.id)
    print(t("Cause {id} is approved.", id=args.id))
    return 0


def withdraw_explanation(args: argparse.Namespace, t: Translator) -> int:
    """Take a cause out."""
    with opened(args, t) as file:
        figures.withdraw_explanation(file.db, file.writer(Role.MANAGER), args.id, args.reason)
    print(t("Cause {id} is taken out.", id=args.id))
    return 0


def print_sheet(args: argparse.Namespace, t: Translator) -> int:
    """Write the sheet of all published figures."""
    with opened(args, t) as file:
        write_ledger_sheet(file.db, file.known_reader(), args.out, t=t, as_of=args.as_of or file.today)
    print(args.out)
    return 0


def list_totals(args: argparse.Namespace, t: Translator) -> int:
    """Print the historical totals."""
    with opened(args, t) as file:
        found = totals(file.db, file.known_reader())
    if args.json:
        print_json(
            [
                {
                    "id": each.id,
                    "programme": each.programme,
                    "measure": each.measure.value,
                    "value": each.value,
                    "first_day": each.first_day.isoformat(),
                    "last_day": each.last_day.isoformat(),
                    "document": each.document_number,
                    "page": each.page,
                    "state": each.state.value,
                    "entered_by": each.entered_by,
                    "approved_by": each.approved_by,
                }
                for each in found
            ]
        )
        return 0
    lines = [
        [
            str(each.id),
            each.programme,
            measure_words(each.measure, t),
            t.number(each.value),
            f"{t.date(each.first_day)} – {t.date(each.last_day)}",
            each.document_number or "—",
            each.approved_by or "—",
        ]
        for each in found
    ]
    head = ["ID", t("Programme"), t("What it counts"), t("Value"), t("Period"), t("Document"), t("Approved by")]
    print(text_table(head, lines, right=frozenset({0, 3})))
    return 0


def add_total(args: argparse.Namespace, t: Translator) -> int:
    """Enter a historical total."""
    with opened(args, t) as file:
        draft = TotalDraft(_values(args.set, TOTAL_FIELDS, file), _document(args), args.page)
        key = enter_total(file.db, file.writer(Role.REGISTRAR), draft)
    return _answer(args, key, t("Historical total {id} is entered; another person approves it.", id=key))


def approve_total(args: argparse.Namespace, t: Translator) -> int:
    """Approve a historical total."""
    with opened(args, t) as file:
        approve(file.db, file.writer(Role.MANAGER), args.id)
    print(t("Historical total {id} is approved.", id=args.id))
    return 0


def link(args: argparse.Namespace, t: Translator) -> int:
    """Link courses to a total, or show those that may be."""
    with opened(args, t) as file:
        if args.offering:
            acting = file.writer(Role.REGISTRAR)
            changed = link_courses(file.db, acting, args.id, args.offering, away=args.away)
            if not args.json:
                print(t("Changed: {codes}", codes=", ".join(changed) or "—"))
                return 0
        else:
            acting = file.known_reader()
        choices = courses_of_total(file.db, acting, args.id)
    if args.json:
        print_json([{"code": each.code, "title": each.title, "linked": each.linked} for each in choices])
        return 0
    lines = [[each.code, each.title, t("yes") if each.linked else t("no")] for each in choices]
    print(text_table([t("Code"), t("Course"), t("Draws it down")], lines))
    return 0


def _answer(args: argparse.Namespace, key: int, words: str) -> int:
    if args.json:
        print_json({"id": key})
    else:
        print(words)
    return 0


def _document(args: argparse.Namespace) -> SourceDraft:
    return SourceDraft(args.document, args.dated, args.sender, "", SourceKind.REPORT)


def _values(pairs: Sequence[str], fields: Sequence[FieldSpec], file: Opened) -> dict[str, Any]:
    """What `--set KEY=VALUE` says, by the kinds of the fields; UserError for an unknown key."""
    known = {field.name: field for field in fields}
    told: dict[str, Any] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        field = known.get(name.strip())
        if field is None or not sign:
            raise UserError(N_("“{text}” is nothing to set. Write KEY=VALUE; --help names the keys."), text=pair)
        told[field.name] = _typed(field, text.strip(), file.today)
    return told


def _typed(field: FieldSpec, text: str, today: dt.date) -> object:
    if not text:
        return None
    if field.kind is FieldKind.DATE:
        return parse_date(text, today)
    if field.kind is FieldKind.INT:
        digits = text.replace(",", "")
        return int(digits) if digits.isascii() and digits.isdigit() else text
    return text
