"""`great`: papers and workbooks of class groups; pupils' names are printed and, but by a decision, kept nowhere."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.pupil_names import pupil_names
from eic_tracker.errors import UserError
from eic_tracker.exchange.text_files import decoded
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.officer_reports import OfficerReport
from eic_tracker.reports.plain_text import text_table
from eic_tracker.services.coverage_papers import write_coverage
from eic_tracker.services.group_sheets import write_group_sheets
from eic_tracker.services.month_workbook import month_said, write_month_workbook
from eic_tracker.services.name_keeping import programmes_with_names, purge_pupil_names
from eic_tracker.services.officer_reports import officer_reports
from eic_tracker.services.pupil_certificates import write_pupil_certificates


def certificates(args: argparse.Namespace, t: Translator) -> int:
    """Write the pupils' certificates of a class group."""
    names = ("",) * args.blank if args.blank is not None else _names(args.names)
    with opened(args, t) as file:
        write_pupil_certificates(file.db, file.writer(Role.REGISTRAR), args.group, names, args.out, t=t)
    print(args.out)
    return 0


def sheets(args: argparse.Namespace, t: Translator) -> int:
    """Write the sheets of class groups."""
    with opened(args, t) as file:
        write_group_sheets(file.db, file.writer(Role.REGISTRAR), args.group, args.out, t=t)
    print(args.out)
    return 0


def workbook(args: argparse.Namespace, t: Translator) -> int:
    """Write the monthly workbook of an officer."""
    with opened(args, t) as file:
        write_month_workbook(file.db, file.writer(Role.REGISTRAR), args.officer, month_said(args.month), args.out, t=t)
    print(args.out)
    return 0


def purge_names(args: argparse.Namespace, t: Translator) -> int:
    """Purge the names of pupils that programmes keep; 1 where none is kept."""
    with opened(args, t) as file:
        manager = file.writer(Role.MANAGER)
        kept = [each for each in programmes_with_names(file.db, manager) if each.kept]
        count = sum(purge_pupil_names(file.db, manager, each.programme_id, args.reason) for each in kept)
    print(t.plural("{count} name was purged.", "{count} names were purged.", count))
    return int(not count)


def _names(source: str) -> tuple[str, ...]:
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise UserError(N_("{file} cannot be read: {reason}"), file=source, reason=error.strerror or "") from error
    names = pupil_names(decoded(content, source))
    if not names:
        raise UserError(N_("{file} holds no names: write one on each line."), file=source)
    return names


def coverage(args: argparse.Namespace, t: Translator) -> int:
    """Write the coverage as a workbook."""
    with opened(args, t) as file:
        write_coverage(
            file.db,
            file.known_reader(),
            Dimension(args.by),
            args.out,
            t=t,
            today=file.today,
            year=args.year,
            audience=args.audience,
        )
    print(args.out)
    return 0


def officers(args: argparse.Namespace, t: Translator) -> int:
    """Print what each officer gave in a period; 1 when those who have not reported are asked for and there are some."""
    with opened(args, t) as file:
        found = officer_reports(file.db, file.known_reader(), args.period, file.today)
    shown = [each for each in found if each.owes or not args.owing]
    if args.json:
        print_json([_officer_json(each) for each in shown])
        return int(args.owing and bool(shown))
    head = [t("Code"), t("Accredited until"), t("Class groups"), t("Lessons"), t("Last lesson"), t("State")]
    lines = [
        [
            each.code,
            t.date(each.accredited_until) if each.accredited_until else "",
            t.number(each.groups),
            t.number(each.lessons),
            t.date(each.last_lesson_on) if each.last_lesson_on else "",
            t("has not reported") if each.owes else t("active") if each.active else t("ended"),
        ]
        for each in shown
    ]
    print(text_table(head, lines, right=frozenset({2, 3})))
    return int(args.owing and bool(shown))


def _officer_json(each: OfficerReport) -> dict[str, object]:
    return {
        "code": each.code,
        "active": each.active,
        "unit": each.unit,
        "certifications": [{"curriculum": code, "until": until} for code, until in each.certifications],
        "accredited_until": each.accredited_until.isoformat() if each.accredited_until else None,
        "groups": each.groups,
        "lessons": each.lessons,
        "last_lesson_on": each.last_lesson_on.isoformat() if each.last_lesson_on else None,
        "open_groups": each.open_groups,
        "owes": each.owes,
    }
