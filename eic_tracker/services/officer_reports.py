"""Officers in a month, quarter or year: groups, lessons, and who has not reported."""

from __future__ import annotations

import datetime as dt
import re

from eic_tracker.domain.periods import parse_period
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.officer_reports import OfficerReport, read_officer_reports
from eic_tracker.services.month_workbook import month_said
from eic_tracker.store.database import Database


def officer_reports(db: Database, acting: ActingUser, period: str, today: dt.date) -> tuple[OfficerReport, ...]:
    """The officers by code with what they gave in a month (2019-06), quarter or year, up to `today`.

    An officer sees themselves alone. UserError where the period is none, or has not begun: no day to come is told."""
    given = require(acting, Action.READ_FIGURES)
    first, last = _days(period)
    if first > today:
        raise UserError(N_("{period} has not begun yet. Choose an earlier one."), period=period)
    own = (acting.instructor_id or 0) if given is Right.OWN else None
    with db.read() as connection:
        return read_officer_reports(connection, first, min(last, today), own)


def _days(text: str) -> tuple[dt.date, dt.date]:
    if re.fullmatch(r"\d{4}-\d{1,2}", text):
        first = month_said(text)
        return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    period = parse_period(text)
    return period.first_day, period.last_day
