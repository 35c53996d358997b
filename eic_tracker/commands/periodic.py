"""`report quarterly|annual|cumulative|particulars|stamped-copy`."""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import replace
from typing import Any

from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import Opened, opened
from eic_tracker.domain.codes import ReportKind, ReportSigner, Role
from eic_tracker.domain.dates import parse_date
from eic_tracker.domain.periods import Period, last_ended_quarter, parse_period, previous, year_of
from eic_tracker.domain.report_rules import LINES, TEXTS
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.periodic_reports import ReportOffice
from eic_tracker.queries.report_data import Signature
from eic_tracker.reports.column_words import COLUMNS
from eic_tracker.services.attachments import scan_at
from eic_tracker.services.papers import write_report
from eic_tracker.services.report_office import file_stamped_copy, report_form, save_report_office

_DAYS = ("letter_dated", "sent_on", "received_on", "reviewed_on")


def write(args: argparse.Namespace, t: Translator) -> int:
    """Write a periodic report, as PDF or as a document that may be edited."""
    kind = ReportKind(args.report_kind)
    path = args.out
    if args.docx and path.suffix.casefold() != ".docx":
        raise UserError(N_("{file} is no .docx; with --docx the name of the file ends so."), file=path)
    with opened(args, t) as file:
        write_report(file.db, file.known_reader(), kind, _period(args, kind, file), path, t=t, today=file.today)
    print(path)
    return 0


def particulars(args: argparse.Namespace, t: Translator) -> int:
    """Show what goes with a report, or change it."""
    kind = ReportKind(args.kind)
    with opened(args, t) as file:
        period = _period(args, kind, file)
        if args.set:
            acting = file.writer(Role.MANAGER)
            draft = report_form(file.db, acting, kind, period).offered
            for text in args.set:
                draft = _with(draft, text, file.today)
            save_report_office(file.db, acting, draft)
        else:
            acting = file.known_reader()
        office = report_form(file.db, acting, kind, period).entered
    told = _told(office)
    if args.json:
        print_json(told)
        return 0
    for name, value in told.items():
        if value and name in COLUMNS:
            print(f"{t(COLUMNS[name])}: {value if isinstance(value, str) else '; '.join(map(str, value))}")
    return 0


def stamped_copy(args: argparse.Namespace, t: Translator) -> int:
    """File the stamped copy of a report."""
    kind = ReportKind(args.kind)
    with opened(args, t) as file:
        scan = scan_at(args.scan)
        period = _period(args, kind, file)
        file_stamped_copy(file.db, file.writer(Role.MANAGER), kind, period, scan)
    print(t("{file} is filed with the report of {period}.", file=args.scan.name, period=period.code))
    return 0


def _period(args: argparse.Namespace, kind: ReportKind, file: Opened) -> Period:
    if args.period:
        return parse_period(args.period)
    quarter = last_ended_quarter(file.today)
    if kind is not ReportKind.ANNUAL:
        return quarter
    year = year_of(quarter)
    return year if year.last_day < file.today else previous(year)


def _with(draft: ReportOffice, text: str, today: dt.date) -> ReportOffice:
    key, sign, value = text.partition("=")
    key, value = key.strip(), value.strip()
    if key in tuple(ReportSigner) and sign:
        return _signed(draft, ReportSigner(key), value)
    if key == "copies" and sign:
        return replace(draft, copies=tuple(line.strip() for line in value.split(";")))
    if key == "left_out" and sign:
        return replace(draft, left_out=frozenset(value.replace(",", " ").split()))
    told: dict[str, Any] = {}
    if key in _DAYS and sign:
        told[key] = parse_date(value, today)
    elif key in (*LINES, *TEXTS) and sign:
        told[key] = value
    if told:
        return replace(draft, **told)
    raise UserError(N_("“{text}” is nothing to set. Write KEY=VALUE; --help names the keys."), text=text)


def _signed(draft: ReportOffice, role: ReportSigner, value: str) -> ReportOffice:
    others = {other: who for other, who in (draft.signers or {}).items() if other is not role}
    if not value:
        return replace(draft, signers=others)
    parts = [part.strip() for part in value.split(";")]
    if len(parts) != len(("rank", "name", "post")):
        raise UserError(N_("“{text}” names no signer. Write rank; name; post."), text=value)
    return replace(draft, signers={**others, role: Signature(*parts)})


def _told(office: ReportOffice) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": office.kind.value, "period": office.period.code}
    told |= {name: getattr(office, name) or None for name in (*LINES, *TEXTS)}
    for name in _DAYS:
        day = getattr(office, name)
        told[name] = day.isoformat() if day else None
    told |= {"copies": list(office.copies), "left_out": sorted(office.left_out)}
    for role in ReportSigner:
        who = (office.signers or {}).get(role)
        told[role.value] = [who.rank, who.name, who.post] if who else None
    told["stamped_copies"] = list(office.stamped_copies)
    return told
