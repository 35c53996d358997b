"""`great workbook`: what officers of G.R.E.A.T. fill in."""

from __future__ import annotations

import argparse

from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Role
from eic_tracker.i18n import Translator
from eic_tracker.services.month_workbook import month_said, write_month_workbook


def workbook(args: argparse.Namespace, t: Translator) -> int:
    """Write the monthly workbook of an officer."""
    with opened(args, t) as file:
        write_month_workbook(file.db, file.writer(Role.REGISTRAR), args.officer, month_said(args.month), args.out, t=t)
    print(args.out)
    return 0
