"""Rules for pupils' names that a programme keeps: until when, and what may stand beside a name (nothing)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from eic_tracker.domain.drafts import DraftProblem, tidy, writable
from eic_tracker.i18n import N_

_YEARS, _MOST_YEARS = 2, 5
"""The purge day that is proposed (24 months), and the latest that is taken."""

LONGEST_NAME, LONGEST_SECTION, LONGEST_DOCUMENT, LONGEST_REASON = 80, 20, 120, 300
_NO_NAME = re.compile(r"[\d@/\\]")


def proposed_purge_day(today: dt.date) -> dt.date:
    """The same day two years later."""
    return _years_later(today, _YEARS)


def purge_day_problems(day: object, today: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with the day on which names are to go."""
    if not isinstance(day, dt.date):
        return (DraftProblem("purge_on", N_("This is needed.")),)
    if not today < day <= _years_later(today, _MOST_YEARS):
        last = _years_later(today, _MOST_YEARS)
        message = N_("Names are kept to a day that is still to come, at most until {date}.")
        return (DraftProblem("purge_on", message, {"date": last}),)
    return ()


def reason_problems(reason: str) -> tuple[DraftProblem, ...]:
    """What is wrong with the reason for keeping names, or for ending it."""
    return _text_problems("reason", reason, LONGEST_REASON)


def consent_problems(consent_on: object, document: str, section: str, today: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with the note of the guardians' consent, and with the section."""
    problems = []
    if not isinstance(consent_on, dt.date):
        problems.append(DraftProblem("consent_on", N_("This is needed.")))
    elif consent_on > today:
        problems.append(DraftProblem("consent_on", N_("This day is still to come.")))
    problems.extend(_text_problems("document", document, LONGEST_DOCUMENT))
    if len(tidy(section)) > LONGEST_SECTION or not writable(tidy(section)):
        problems.append(DraftProblem("section", N_("This holds characters that cannot be kept, or is too long.")))
    return tuple(problems)


def first_line_that_is_no_name(names: Sequence[str]) -> int | None:
    """The line, from 1, that holds more than a name: digits of a document or telephone, an address; else None."""
    for number, name in enumerate(names, start=1):
        if _NO_NAME.search(name) or len(name) > LONGEST_NAME or not writable(name):
            return number
    return None


def _text_problems(field: str, text: str, longest: int) -> tuple[DraftProblem, ...]:
    if not tidy(text):
        return (DraftProblem(field, N_("This is needed.")),)
    if len(tidy(text)) > longest or not writable(tidy(text)):
        return (DraftProblem(field, N_("This holds characters that cannot be kept, or is too long.")),)
    return ()


def _years_later(day: dt.date, years: int) -> dt.date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year + years, day=28 if leap else day.day)
