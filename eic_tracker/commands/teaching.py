"""`report advisor` and `report teaching-proof`: the papers of those who teach."""

from __future__ import annotations

import argparse
import datetime as dt
import re

from eic_tracker.commands.opening import opened
from eic_tracker.domain.codes import Role
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.teaching_papers import (
    TimeTaught,
    instructor_of_code,
    teaching_times,
    write_advisor_report,
    write_teaching_proof,
)

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def advisor(args: argparse.Namespace, t: Translator) -> int:
    """Write the report of a week or month."""
    with opened(args, t) as file:
        first, last = _time(args.period, file.today)
        acting = file.known_reader()
        key = instructor_of_code(file.db, acting, args.instructor)
        write_advisor_report(file.db, acting, TimeTaught(key, first, last), args.out, t=t, today=file.today)
    print(args.out)
    return 0


def proof(args: argparse.Namespace, t: Translator) -> int:
    """Give out a proof of teaching and write it."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        key = instructor_of_code(file.db, acting, args.instructor)
        times = teaching_times(file.db, acting, key, file.today)
        chosen = [time for time in times if args.stay in (None, time[0].isoformat())]
        if not chosen:
            raise UserError(
                N_("{code} has no such stay with courses; begun stays begin on: {days}."),
                code=args.instructor,
                days=", ".join(first.isoformat() for first, _ in times) or "—",
            )
        code = write_teaching_proof(file.db, acting, TimeTaught(key, *chosen[0]), args.out, t=t, today=file.today)
    print(t("{file}: code {code}", file=args.out, code=code))
    return 0


def _time(text: str | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days of a week (2019-W24, from Monday) or month (2019-05)."""
    if text is None:
        first = today - dt.timedelta(days=today.weekday())
        return first, first + dt.timedelta(days=6)
    try:
        if week := _WEEK.fullmatch(text):
            first = dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
            return first, first + dt.timedelta(days=6)
        if month := _MONTH.fullmatch(text):
            first = dt.date(int(month[1]), int(month[2]), 1)
            return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    except ValueError:
        pass
    raise UserError(N_("“{text}” is no week or month. Write 2019-W24 or 2019-05."), text=text)
