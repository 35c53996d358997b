"""`great`: papers and workbooks of class groups; pupils' names are read, printed and kept nowhere."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.facts import Dimension
from eic_tracker.domain.pupil_names import pupil_names
from eic_tracker.errors import UserError
from eic_tracker.exchange.text_files import decoded
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.coverage_papers import write_coverage
from eic_tracker.services.group_sheets import write_group_sheets
from eic_tracker.services.month_workbook import month_said, write_month_workbook
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
