"""What people may enter for a periodic report, and under which period it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

from eic_tracker.domain.codes import ReportKind, ReportSection, ReportSigner
from eic_tracker.domain.drafts import DraftProblem, date_problems, tidy, writable
from eic_tracker.domain.names import fold
from eic_tracker.domain.periods import Period, quarter_of
from eic_tracker.i18n import N_

LONGEST_LINE = 200
LONGEST_TEXT = 6_000
MOST_COPIES = 12

LINES = ("number", "letter_number", "addressee", "addressee_post", "received_by", "reviewed_by")
TEXTS = ("achievements", "difficulties", "next_steps")
_NEEDED = N_("This is needed.")
_UNWRITABLE = N_("This holds characters that cannot be kept or printed, or is too long.")


class Signer(Protocol):
    """Who signs, as printed."""

    @property
    def rank(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def post(self) -> str: ...


class Entered(Protocol):
    """What was entered for a report."""

    @property
    def number(self) -> str: ...
    @property
    def letter_dated(self) -> dt.date | None: ...
    @property
    def copies(self) -> tuple[str, ...]: ...
    @property
    def left_out(self) -> frozenset[str]: ...
    @property
    def sent_on(self) -> dt.date | None: ...
    @property
    def received_on(self) -> dt.date | None: ...
    @property
    def received_by(self) -> str: ...
    @property
    def reviewed_on(self) -> dt.date | None: ...
    @property
    def reviewed_by(self) -> str: ...
    @property
    def signers(self) -> Mapping[ReportSigner, Signer] | None: ...


def kept_period(kind: ReportKind, period: Period) -> Period:
    """The period under which a report is kept: the same three months are one report in both calendars."""
    if kind is ReportKind.CUMULATIVE:
        return quarter_of(period.last_day)
    return quarter_of(period.first_day) if period.is_quarter else period


def report_problems(entered: Entered, period: Period, today: dt.date) -> tuple[DraftProblem, ...]:
    """What is wrong with what was entered for the report of a period, in the order of the form."""
    problems = [
        *_text_problems(entered),
        *date_problems("letter_dated", entered.letter_dated),
        *_copies_problems(entered.copies),
        *_signer_problems(entered.signers or {}),
        *_way_problems(entered, period, today),
    ]
    unknown = entered.left_out - {section.value for section in ReportSection}
    if unknown:
        message = N_("“{section}” is no section that may be left out. Choose among: {known}.")
        known = ", ".join(section.value for section in ReportSection)
        problems.append(DraftProblem("left_out", message, {"section": min(unknown), "known": known}))
    return tuple(problems)


def _text_problems(entered: Entered) -> list[DraftProblem]:
    longest = dict.fromkeys(LINES, LONGEST_LINE) | dict.fromkeys(TEXTS, LONGEST_TEXT)
    return [
        DraftProblem(name, _UNWRITABLE) for name, most in longest.items() if not _keepable(getattr(entered, name), most)
    ]


def _keepable(text: str, most: int) -> bool:
    return len(text) <= most and all(writable(tidy(line)) for line in text.splitlines())


def _copies_problems(copies: Sequence[str]) -> list[DraftProblem]:
    if len(copies) > MOST_COPIES or not all(_keepable(line, LONGEST_LINE) for line in copies):
        return [
            DraftProblem("copies", N_("Write at most {most} short lines, one for each copy."), {"most": MOST_COPIES})
        ]
    return []


def _signer_problems(signers: Mapping[ReportSigner, Signer]) -> list[DraftProblem]:
    problems = []
    for role, who in signers.items():
        if not fold(who.name):
            problems.append(DraftProblem(f"{role.value}_name", _NEEDED))
        for name, text in (("rank", who.rank), ("name", who.name), ("post", who.post)):
            if not _keepable(text, LONGEST_LINE):
                problems.append(DraftProblem(f"{role.value}_{name}", _UNWRITABLE))
    return problems


def _way_problems(entered: Entered, period: Period, today: dt.date) -> list[DraftProblem]:
    problems: list[DraftProblem] = []
    days: dict[str, dt.date | None] = {}
    for name in ("sent_on", "received_on", "reviewed_on"):
        told = getattr(entered, name)
        problems += date_problems(name, told)
        days[name] = day = told if isinstance(told, dt.date) else None
        if day is not None and day > today:
            problems.append(DraftProblem(name, N_("This is after today, {today}."), {"today": today}))
    sent, received = days["sent_on"], days["received_on"]
    if sent is not None and sent < period.first_day:
        message = N_("A report is not sent before its period begins, {day}.")
        problems.append(DraftProblem("sent_on", message, {"day": period.first_day}))
    if (entered.received_on or fold(entered.received_by)) and not entered.sent_on:
        problems.append(DraftProblem("sent_on", N_("What was received was sent: say when.")))
    elif sent is not None and received is not None and received < sent:
        message = N_("It cannot be received before it was sent, {day}.")
        problems.append(DraftProblem("received_on", message, {"day": sent}))
    for day_name, who_name in (("received_on", "received_by"), ("reviewed_on", "reviewed_by")):
        told, who = getattr(entered, day_name), getattr(entered, who_name)
        if bool(told) != bool(fold(who)):
            problems.append(DraftProblem(who_name if told else day_name, _NEEDED))
    return problems
