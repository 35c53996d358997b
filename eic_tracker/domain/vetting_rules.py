"""How a person's verification stands for a course: five answers, never a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from eic_tracker.domain.names import fold


class Standing(StrEnum):
    """What the screens show; the word behind `not_apt` is for managers."""

    NOT_REQUIRED = "not_required"
    MISSING = "missing"
    IN_PROCESS = "in_process"
    APT = "apt"
    NOT_APT = "not_apt"


@dataclass(frozen=True, slots=True)
class Check:
    """A verification as it was recorded: its status as stored, when it was asked for, answered, until when it holds."""

    status: str
    requested_on: dt.date | None
    answered_on: dt.date | None
    expires_on: dt.date | None


@dataclass(frozen=True, slots=True)
class VettingAnswer:
    """A row of an answer as it was pasted: who (a number or a name), the word of the result, dates, tracking number."""

    who: str
    result: str
    answered_on: dt.date | None = None
    tracking_number: str = ""
    expires_on: dt.date | None = None


def standing(*, needed: bool, checks: Iterable[Check], first_day: dt.date) -> Standing:
    """How a person stands for a course that begins on `first_day`: the newest answer counts, as long as it holds."""
    if not needed:
        return Standing.NOT_REQUIRED
    known = list(checks)
    answered = [check for check in known if check.status in {"apt", "not_apt"} and check.answered_on is not None]
    newest = max(answered, key=lambda check: check.answered_on or dt.date.min, default=None)
    if newest is not None and newest.status == "not_apt":
        return Standing.NOT_APT
    if newest is not None and (newest.expires_on is None or newest.expires_on >= first_day):
        return Standing.APT
    waiting = any(check.status == "in_process" for check in known)
    return Standing.IN_PROCESS if waiting else Standing.MISSING


_RESULTS = {
    "apt": ("apto", "apta", "aprobado", "aprobada", "favorable", "apt", "approved", "cleared", "pass", "passed"),
    "not_apt": (
        "no apto",
        "no apta",
        "rechazado",
        "rechazada",
        "denegado",
        "denegada",
        "no favorable",
        "desfavorable",
        "not apt",
        "rejected",
        "denied",
        "not cleared",
        "fail",
        "failed",
    ),
    "in_process": ("en tramite", "en proceso", "pendiente", "in process", "pending", "in progress", "submitted"),
}
_RESULT_OF = {word: status for status, words in _RESULTS.items() for word in words}


def result_of(text: str) -> str | None:
    """The stored status that an answer's word means; None for a word that is not known: it is asked, never guessed."""
    return _RESULT_OF.get(fold(text))
