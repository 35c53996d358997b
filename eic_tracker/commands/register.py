"""`certificates register`: the bound book of the school, printed, checked, closed."""

from __future__ import annotations

import argparse
from typing import Any

from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.folio_pages import BoundPage
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.plain_text import text_table
from eic_tracker.reports.register_words import stack_lines
from eic_tracker.services.exports import note_export
from eic_tracker.services.papers import save_paper
from eic_tracker.services.register_pages import (
    PagesAsked,
    check_register,
    close_book,
    freeze_pages,
    register_books,
    register_pdf,
    register_sheets,
)


def books(args: argparse.Namespace, t: Translator) -> int:
    """Show the register books."""
    with opened(args, t) as file:
        found = register_books(file.db, file.known_reader())
    if args.json:
        print_json(
            [
                {
                    "number": book.number,
                    "on_paper": book.on_paper,
                    "opened_on": book.opened_on.isoformat(),
                    "closed_on": book.closed_on.isoformat() if book.closed_on else None,
                    "folios": book.folios,
                    "used": book.used,
                    "entries": book.entries,
                    "printed": book.printed,
                    "last_code": book.last_code,
                }
                for book in found
            ]
        )
        return 0
    head = [t("Book"), t("Opened on"), t("Closed on"), t("Folios"), t("Entries"), t("Printed folios"), t("Last code")]
    lines = [
        [
            t("{book} (paper)", book=book.number) if book.on_paper else book.number,
            t.date(book.opened_on),
            t.date(book.closed_on) if book.closed_on else "",
            t.number(book.used),
            t.number(book.entries),
            t.number(book.printed),
            book.last_code or "",
        ]
        for book in found
    ]
    print(text_table(head, lines, right=frozenset({3, 4, 5})))
    return 0


def print_pages(args: argparse.Namespace, t: Translator) -> int:
    """Freeze the full folios and write pages as PDF."""
    asked = _asked(args)
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        printed = freeze_pages(file.db, acting, asked)
        sheets = register_sheets(file.db, acting, asked)
        note = note_export(file.db, acting, f"register book {printed.book}", sheets.people, args.reason)
        save_paper(register_pdf(file.db, acting, asked, t=t, note=note, paper=Paper(args.paper)), args.out)
    pages = [{"folio": page.folio, "entries": len(page.entries), "code": code} for page, code in sheets.folios]
    if args.json:
        answer = {"book": printed.book, "file": str(args.out), "frozen": list(printed.frozen), "folios": pages}
        print_json({**answer, "opening": sheets.opening_code, "closing": sheets.closing_code})
        return 0
    lines = [[str(page.folio), t.number(len(page.entries)), code or t("provisional")] for page, code in sheets.folios]
    print(text_table([t("Folio"), t("Entries"), t("Code")], lines, right=frozenset({0, 1})))
    print(args.out)
    return 0


def close(args: argparse.Namespace, t: Translator) -> int:
    """Close a book."""
    with opened(args, t) as file:
        done = close_book(file.db, file.writer(Role.REGISTRAR), args.book)
    if args.json:
        print_json({"book": done.book, "frozen": list(done.frozen), "entry": done.set_id})
        return 0
    print(t("Book {book} is closed. Journal entry {entry}.", book=done.book, entry=done.set_id))
    return 0


def check(args: argparse.Namespace, t: Translator) -> int:
    """Compare typed codes with the pages of a book; 1 where a page is missing, exchanged or changed."""
    with opened(args, t) as file:
        done = check_register(file.db, file.known_reader(), args.code, _asked(args))
    if args.json:
        print_json(
            {
                "book": done.book,
                "pages": [
                    {"code": each.typed, "state": each.state.value, "page": _page_json(each.page)}
                    for each in done.stack.pages
                ],
                "missing": [_page_json(page) for page in done.stack.missing],
                "changed": [_page_json(page) for page in done.broken],
                "whole": done.whole,
            }
        )
        return int(not done.whole)
    for line in stack_lines(done.book, done.stack, done.broken, t):
        print(line)
    return int(not done.whole)


def _asked(args: argparse.Namespace) -> PagesAsked:
    first, last = None, None
    if args.folios:
        start, dash, end = args.folios.replace("–", "-").partition("-")
        if not start.strip().isdecimal() or (dash and not end.strip().isdecimal()):
            raise UserError(N_("“{text}” is no range of folios; write 3 or 3-7."), text=args.folios)
        first = int(start)
        last = int(end) if dash else first
    return PagesAsked(args.book, first, last)


def _page_json(page: BoundPage | None) -> dict[str, Any] | None:
    return None if page is None else {"kind": page.kind.value, "folio": page.folio, "code": page.code}
