"""The monthly report of certificates for offices outside the school: it names no graduate."""

from __future__ import annotations

import datetime as dt

from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.monthly_certificates import MonthOfCertificates, read_month
from eic_tracker.queries.school import read_school
from eic_tracker.queries.signatories import signers_on
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database


def month_of_certificates(db: Database, acting: ActingUser, month: dt.date, today: dt.date) -> MonthOfCertificates:
    """What a month gave out, told by its first day; UserError where it has not begun."""
    require(acting, Action.QUARTERLY_REPORTS)
    first = month.replace(day=1)
    if first > today:
        raise UserError(N_("{month} has not begun yet; its report would be empty."), month=f"{first:%m/%Y}")
    with db.read() as connection:
        return read_month(connection, first)


def monthly_report(
    db: Database,
    acting: ActingUser,
    month: dt.date,
    *,
    t: Translator,
    today: dt.date,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """The report of a month as a PDF with room for signatures."""
    from eic_tracker.reports.register_reports_pdf import monthly_pdf

    found = month_of_certificates(db, acting, month, today)
    with db.read() as connection:
        letterhead = read_school(connection).letterhead
        signers = signers_on(connection, today)
        demonstration = read_file_facts(connection).demonstration
    return monthly_pdf(
        found,
        letterhead,
        signers,
        t,
        paper,
        made_by=acting.full_name,
        made_at=db.clock(),
        demonstration=demonstration,
    )
