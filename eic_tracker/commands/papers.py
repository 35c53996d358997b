"""`rollup`, papers of a course, `export`."""

from __future__ import annotations

import argparse

from eic_tracker.commands.opening import Opened, opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.periods import Period, last_ended_quarter, parse_period
from eic_tracker.i18n import Translator
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.course_papers import NAMING, CoursePaperKind, write_course_paper
from eic_tracker.services.papers import write_register, write_rollup
from eic_tracker.services.verifier import write_verifier


def _period(args: argparse.Namespace, file: Opened) -> Period:
    return parse_period(args.period) if args.period else last_ended_quarter(file.today)


def rollup(args: argparse.Namespace, t: Translator) -> int:
    """Write the roll-up workbook."""
    with opened(args, t) as file:
        write_rollup(
            file.db, file.known_reader(), _period(args, file), args.out, t=t, today=file.today, audience=args.audience
        )
    print(args.out)
    return 0


def course_paper(args: argparse.Namespace, t: Translator) -> int:
    """Write a paper of a course: roster to be signed, name tags, lodging and meals."""
    kind = CoursePaperKind(args.paper_kind)
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR) if kind in NAMING else file.known_reader()
        sheet = Paper(args.paper)
        write_course_paper(file.db, acting, args.offering, kind, args.out, t=t, paper=sheet, reason=args.reason)
    print(args.out)
    return 0


def verifier(args: argparse.Namespace, t: Translator) -> int:
    """Write the page by which anybody checks certificates."""
    with opened(args, t) as file:
        done = write_verifier(file.db, file.reader(), args.out, args.telephone)
    day = t.date(done.issued_on)
    print(t("{file}: fingerprint {code}", file=done.path, code=done.fingerprint))
    print(t("List {number} of {day} is in it, code {code}.", number=done.sequence, day=day, code=done.list_code))
    return 0


def register(args: argparse.Namespace, t: Translator) -> int:
    """Write the register of all completions."""
    with opened(args, t) as file:
        acting = file.writer(Role.AUDITOR)
        done = write_register(file.db, acting, args.out, t=t, as_of=file.today, reason=args.reason)
    print(t.plural("{count} row in {file}", "{count} rows in {file}", done.rows, file=done.path))
    return 0
