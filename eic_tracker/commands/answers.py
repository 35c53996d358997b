"""What several commands share: who is meant, who records, who orders, and how answers are printed."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from eic_tracker.commands.opening import Opened
from eic_tracker.domain.codes import Role
from eic_tracker.domain.grading import POINT
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import UserError
from eic_tracker.exchange.rows import Problem, Question
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.class_results import ClassMember, ClassResults
from eic_tracker.services.attachments import scan_at
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.grades import class_results, points_words
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.recording import OnBehalf, ground_keys, offering_key_of

E = TypeVar("E", bound=StrEnum)


def recorder(args: argparse.Namespace, file: Opened) -> ActingUser:
    """Who records: on a demonstration the instructor, or the registrar who names one; else the named user."""
    return file.writer(Role.REGISTRAR if args.on_behalf_of else Role.INSTRUCTOR)


def on_behalf(args: argparse.Namespace) -> OnBehalf | None:
    """For whom a registrar records, with the signed sheet; None where nobody is named."""
    if not args.on_behalf_of:
        return None
    if args.sheet is None:
        raise UserError(N_("Name the signed sheet with --sheet FILE: a PDF, JPEG or PNG."))
    return OnBehalf(args.on_behalf_of, scan_at(args.sheet))


def authorisation(text: str) -> AuthorisationDraft:
    """Who orders an exception, of "name, post, letter"."""
    name, _, rest = text.replace(";", ",").partition(",")
    post, _, letter = rest.rpartition(",")
    if not all(part.strip() for part in (name, post, letter)):
        raise UserError(N_("Say who authorises it as name, post, letter: three things with commas between."))
    return AuthorisationDraft(name.strip(), post.strip(), letter.strip())


def offering_key(file: Opened, code: str) -> int:
    """The key of a course by its number; UserError where there is none."""
    with file.db.read() as connection:
        return offering_key_of(connection, code)


def results_in(file: Opened, acting: ActingUser, code: str) -> tuple[int, ClassResults]:
    """The key of a course and its class, as the user sees it."""
    key = offering_key(file, code)
    return key, class_results(file.db, acting, key)


def split_words(said: str) -> tuple[str, str, str | None]:
    """(who, what, reason) of WHO=WHAT:REASON; the reason may be missing."""
    who, equals, rest = said.partition("=")
    what, _, reason = rest.partition(":")
    if not equals or not what.strip():
        raise UserError(N_("“{text}” is not WHO=WHAT or WHO=WHAT:REASON."), text=said)
    return who, what.strip(), reason.strip() or None


def one_of(kind: type[E], word: str, *among: E) -> E:
    """The code that a word names; UserError lists those that exist."""
    known = {each.value: each for each in (among or kind)}
    if word not in known:
        raise UserError(N_("“{word}” is none of: {known}."), word=word, known=", ".join(known))
    return known[word]


def ground_of(file: Opened, applies_to: str, code: str | None) -> int | None:
    """The key of a reason by its code; UserError lists those that fit."""
    if code is None:
        return None
    with file.db.read() as connection:
        fitting = {known: key for known, key, applies in ground_keys(connection) if applies == applies_to}
    if code not in fitting:
        raise UserError(N_("“{word}” is none of: {known}."), word=code, known=", ".join(fitting))
    return fitting[code]


def ground_codes(file: Opened) -> dict[int, str]:
    """The codes of all reasons by key."""
    with file.db.read() as connection:
        return {key: code for code, key, _ in ground_keys(connection)}


def person_json(member: ClassMember) -> dict[str, Any]:
    """Who somebody of a class is."""
    return {"enrolment": member.enrolment_id, "document": member.document, "name": member.name}


def points(hundredths: int | None) -> int | float | None:
    """A grade in points as JSON says it: 84, 71.5."""
    if hundredths is None:
        return None
    return hundredths // POINT if hundredths % POINT == 0 else hundredths / POINT


def points_text(hundredths: int | None) -> str:
    """A grade in points, empty where there is none."""
    return "" if hundredths is None else points_words(Fraction(hundredths, POINT))


def percent_words(value: int | None) -> str:
    """An attendance, empty where there is none."""
    return "" if value is None else f"{value} %"


def pairs(words: Sequence[str], option: str) -> dict[str, str]:
    """What was said as KEY=VALUE after an option."""
    found = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not key.strip():
            raise UserError(N_("“{text}” after {option} is not KEY=VALUE."), text=word, option=option)
        found[key.strip()] = value.strip()
    return found


def source_said(number: str | None, said: dict[str, str]) -> SourceDraft:
    """The document of origin; what of it was set (sender, dated) is taken out of `said`."""
    dated = None
    if text := said.pop("dated", ""):
        try:
            dated = dt.date.fromisoformat(text)
        except ValueError:
            raise UserError(N_("“{text}” is no date; write it like 2018-12-31"), text=text) from None
    return SourceDraft((number or "").strip(), dated, said.pop("sender", ""))


def question_json(question: Question, t: Translator) -> dict[str, Any]:
    """An open question as JSON says it."""
    return {
        "key": question.key,
        "column": question.column,
        "text": t(question.message, **question.values),
        "options": list(question.options),
        "proposal": question.proposal,
    }


def problem_json(problem: Problem, t: Translator) -> dict[str, Any]:
    """What is wrong with a value as JSON says it."""
    return {
        "field": problem.field,
        "severity": problem.severity.value,
        "code": problem.code,
        "value": problem.value,
        "proposal": problem.proposal,
        "message": problem.text(t),
    }
