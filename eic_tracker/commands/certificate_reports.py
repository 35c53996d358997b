"""`certificates paper-book`, `series`, `monthly`, `delivery-list`: past diplomas, numbers, and papers about both."""

from __future__ import annotations

import argparse
from typing import Any

from eic_tracker.commands.answers import offering_key
from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import CertificateStatus, Role
from eic_tracker.i18n import Translator
from eic_tracker.queries.monthly_certificates import MonthOfCertificates
from eic_tracker.queries.number_series import SeriesRow
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.reports.plain_text import text_table
from eic_tracker.services.attachments import scan_at
from eic_tracker.services.delivery_list import delivery_list, delivery_list_paper
from eic_tracker.services.exports import note_export
from eic_tracker.services.month_workbook import month_said
from eic_tracker.services.monthly_certificates import month_of_certificates, monthly_report
from eic_tracker.services.number_series import SeriesStart, check_numbers, numbers_pdf, start_series
from eic_tracker.services.paper_book_import import import_paper_books
from eic_tracker.services.paper_books import (
    PaperDiploma,
    add_paper_diploma,
    approve_paper_diplomas,
    enrolment_of,
    paper_diplomas,
    withdraw_paper_diploma,
)
from eic_tracker.services.papers import save_paper


def paper_add(args: argparse.Namespace, t: Translator) -> int:
    """Record a diploma of a paper book."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        enrolment = None
        if args.offering and args.document:
            with file.db.read() as connection:
                enrolment = enrolment_of(connection, args.document, args.offering)
        draft = PaperDiploma(
            number=args.number,
            book=args.book,
            folio=args.folio,
            dated=args.dated,
            name=args.name,
            course=args.course,
            entry=args.entry,
            rank=args.rank,
            document=args.document,
            offering=args.offering,
            hours=args.hours,
            signatories=tuple(args.signatory),
            enrolment_id=enrolment,
        )
        done = add_paper_diploma(file.db, acting, draft, scan_at(args.scan) if args.scan else None)
    if args.json:
        print_json({"id": done.id, "number": done.number, "linked": enrolment is not None, "entry": done.set_id})
        return 0
    print(t("Number {number} is recorded as {id} and waits for another's approval.", number=done.number, id=done.id))
    return 0


def paper_import(args: argparse.Namespace, t: Translator) -> int:
    """Record the diplomas of a table; 1 where rows stay out."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        done = import_paper_books(file.db, acting, args.table, file.today, dry_run=args.dry_run)
    if args.json:
        rows = [
            {"row": row.row, "number": row.number, "linked": row.linked, "problem": row.text(t) or None}
            for row in done.rows
        ]
        print_json({"taken": done.taken, "left_out": done.left_out, "rows": rows, "entry": done.set_id})
        return int(done.left_out > 0)
    for row in done.rows:
        if row.problem is not None:
            print(
                t("Row {row}, number {number}: {problem}", row=row.row, number=row.number or "—", problem=row.text(t))
            )
    print(t("{taken} recorded, {out} left out", taken=t.number(done.taken), out=t.number(done.left_out)))
    return int(done.left_out > 0)


def paper_list(args: argparse.Namespace, t: Translator) -> int:
    """Show the diplomas of paper books."""
    with opened(args, t) as file:
        found = paper_diplomas(file.db, file.known_reader())
    if args.waiting:
        found = tuple(each for each in found if each.status is CertificateStatus.PREPARED)
    if args.json:
        print_json(
            [
                {
                    "id": each.id,
                    "number": each.number,
                    "book": each.book,
                    "folio": each.folio,
                    "entry": each.entry,
                    "dated": each.dated.isoformat(),
                    "name": each.name,
                    "course": each.course,
                    "offering": each.offering or None,
                    "linked": each.enrolment_id is not None,
                    "scan": each.scan_id is not None,
                    "status": each.status.value,
                    "recorded_by": each.recorded_by,
                    "approved_by": each.approved_by,
                }
                for each in found
            ]
        )
        return 0
    head = ["ID", t("Number"), t("Book, folio"), t("Date"), t("Name"), t("Course"), t("Approved by")]
    lines = [
        [
            str(each.id),
            each.number,
            f"{each.book}, {each.folio}",
            t.date(each.dated),
            each.name,
            each.course,
            each.approved_by or t("waits for approval"),
        ]
        for each in found
    ]
    print(text_table(head, lines, right=frozenset({0})))
    return 0


def paper_approve(args: argparse.Namespace, t: Translator) -> int:
    """Approve diplomas of paper books that another recorded."""
    with opened(args, t) as file:
        done = approve_paper_diplomas(file.db, file.writer(Role.MANAGER), args.id)
    if args.json:
        print_json({"count": done.count, "entry": done.set_id})
        return 0
    print(t.plural("{count} diploma stands in its book.", "{count} diplomas stand in their books.", done.count))
    return 0


def paper_withdraw(args: argparse.Namespace, t: Translator) -> int:
    """Take back a diploma that waits for approval."""
    with opened(args, t) as file:
        withdraw_paper_diploma(file.db, file.writer(Role.REGISTRAR), args.id, args.reason)
    print(t("Taken back; the journal keeps what it said."))
    return 0


def series_start(args: argparse.Namespace, t: Translator) -> int:
    """Begin a series of numbers above 1."""
    with opened(args, t) as file:
        draft = SeriesStart(args.prefix, args.year, args.first, args.reason)
        entry = start_series(file.db, file.writer(Role.MANAGER), draft)
    print(t("The series begins at {first}. Journal entry {entry}.", first=args.first, entry=entry))
    return 0


def gaps(args: argparse.Namespace, t: Translator) -> int:
    """Look through the numbers; 1 where one is missing or stands wrong."""
    with opened(args, t) as file:
        acting = file.known_reader()
        found = check_numbers(file.db, acting)
        if args.out:
            save_paper(numbers_pdf(file.db, acting, t=t, paper=Paper(args.paper)), args.out)
    if args.json:
        print_json({"series": [_series_json(row) for row in found.series], "paper": found.paper, "whole": found.whole})
        return int(not found.whole)
    head = [t("Series"), t("First"), t("Last"), t("Valid"), t("Annulled"), t("Replaced"), t("Missing")]
    lines = [
        [
            f"{row.prefix}-{row.year}",
            str(row.first),
            str(row.last),
            *(t.number(count) for count in (row.valid, row.annulled, row.replaced, len(row.missing))),
        ]
        for row in found.series
    ]
    print(text_table(head, lines, right=frozenset(range(1, 7))))
    for row in found.series:
        for words, numbers in (
            (t("Missing"), row.missing),
            (t("Outside the series"), row.outside),
            (t("Out of order in the register"), row.out_of_order),
        ):
            if numbers:
                print(f"{words}: {', '.join(numbers)}")
    return int(not found.whole)


def monthly(args: argparse.Namespace, t: Translator) -> int:
    """Write the monthly report of certificates."""
    month = month_said(args.month)
    with opened(args, t) as file:
        acting = file.known_reader()
        found = month_of_certificates(file.db, acting, month, file.today)
        if args.out:
            pdf = monthly_report(file.db, acting, month, t=t, today=file.today, paper=Paper(args.paper))
            save_paper(pdf, args.out)
    if args.json:
        print_json(_month_json(found))
        return 0
    print(t("Issued: {count}", count=t.number(found.issued)))
    print(t("Annulled: {count}", count=t.number(len(found.annulled))))
    print(t("Duplicates: {count}", count=t.number(len(found.duplicates))))
    if args.out:
        print(args.out)
    return 0


def deliveries(args: argparse.Namespace, t: Translator) -> int:
    """Write the list by which the certificates of a course are handed over."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        key = offering_key(file, args.offering)
        people = len(delivery_list(file.db, acting, key).people)
        note = note_export(file.db, acting, f"delivery list {args.offering}", people, args.reason)
        save_paper(delivery_list_paper(file.db, acting, key, t=t, note=note, paper=Paper(args.paper)), args.out)
    print(args.out)
    return 0


def _series_json(row: SeriesRow) -> dict[str, Any]:
    return {
        "series": f"{row.prefix}-{row.year}",
        "first": row.first,
        "last": row.last,
        "start_reason": row.start_reason,
        "valid": row.valid,
        "annulled": row.annulled,
        "replaced": row.replaced,
        "missing": list(row.missing),
        "outside": list(row.outside),
        "out_of_order": list(row.out_of_order),
    }


def _month_json(month: MonthOfCertificates) -> dict[str, Any]:
    last = month.last_folio
    return {
        "month": f"{month.month:%Y-%m}",
        "issued": month.issued,
        "series": [
            {"series": each.series, "count": each.count, "first": each.first, "last": each.last}
            for each in month.series
        ],
        "approvers": [
            {
                "person": each.name,
                "count": each.count,
                "hours": [{"hour": hour, "count": count} for hour, count in each.hours],
            }
            for each in month.approvers
        ],
        "annulled": [
            {
                "number": each.number,
                "ground": each.ground,
                "on": each.on.isoformat(),
                "authorised_by": each.authorised_by,
            }
            for each in month.annulled
        ],
        "duplicates": [{"number": each.number, "first": each.first} for each in month.duplicates],
        "paper": month.paper,
        "last_folio": {"book": last.book, "folio": last.folio, "code": last.code} if last else None,
    }
