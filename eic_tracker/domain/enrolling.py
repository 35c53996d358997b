"""What stands against an enrolment: what is only said, what somebody must authorise, what cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum
from typing import TYPE_CHECKING

from eic_tracker.domain.drafts import worded
from eic_tracker.domain.vetting_rules import Standing
from eic_tracker.errors import Refused
from eic_tracker.i18n import N_

if TYPE_CHECKING:
    from eic_tracker.i18n import Translator


class ExceptionKind(StrEnum):
    """What somebody must authorise, as the authorisation names it."""

    CAPACITY = "capacity"
    LATE_ENROLMENT = "late_enrolment"
    VETTING = "vetting"
    MINIMUM_GRADE = "minimum_grade"
    MINIMUM_ATTENDANCE = "minimum_attendance"
    REOPENING = "reopening"
    RECTIFICATION = "rectification"
    KEEP_NAMES = "keep_names"
    SIGNATURE = "signature"
    ANNULMENT = "annulment"


@dataclass(frozen=True, slots=True)
class Concern:
    """One sentence about an enrolment; with `exception` it needs an authorisation, without it is only said."""

    code: str
    message: str
    values: Mapping[str, object] = attribute(default_factory=dict)
    exception: ExceptionKind | None = None

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`."""
        return t(self.message, **worded(self.values, t))


class AuthorisationNeeded(Refused):
    """Somebody must authorise this; nothing was changed. `concerns` say what."""

    def __init__(self, concerns: Sequence[Concern]) -> None:
        super().__init__(N_("This needs somebody who authorises it: name, post and letter. Nothing was changed."))
        self.concerns = tuple(concerns)

    @property
    def exceptions(self) -> tuple[ExceptionKind, ...]:
        """The exceptions, each once, in the order of the codes."""
        found = {concern.exception for concern in self.concerns}
        return tuple(kind for kind in ExceptionKind if kind in found)


@dataclass(frozen=True, slots=True)
class CourseTaken:
    """That a person sat in the same course before: which edition, when, where, and whether it was completed."""

    code: str
    ended_on: dt.date
    place: str | None
    completed: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """What an enrolment meets: the offering's seats and the person's past."""

    free_seats: int | None
    """None where nobody counts them"""
    open: bool
    waits: bool
    """an alternate, who takes no seat"""
    has_document: bool
    standing: Standing
    taken: Sequence[CourseTaken] = ()


def concerns(situation: Situation) -> tuple[Concern, ...]:
    """Everything that is to be said of an enrolment, exceptions first."""
    return (*_exceptions(situation), *_notices(situation))


def _exceptions(situation: Situation) -> list[Concern]:
    found = []
    if not situation.waits and situation.free_seats is not None and situation.free_seats < 1:
        found.append(Concern("full", N_("The course is full."), exception=ExceptionKind.CAPACITY))
    if not situation.open:
        message = N_("The course is no longer open for enrolment.")
        found.append(Concern("late", message, exception=ExceptionKind.LATE_ENROLMENT))
    if situation.standing is Standing.NOT_APT:
        found.append(Concern("not_apt", N_("Not apt to be enrolled."), exception=ExceptionKind.VETTING))
    return found


def _notices(situation: Situation) -> list[Concern]:
    found = []
    for taken in situation.taken:
        if not taken.completed:
            message = N_("Sat in this course before, in {code} until {date}, without completing it.")
        elif taken.place:
            message = N_("Has this course already: {code}, {date}, {place}.")
        else:
            message = N_("Has this course already: {code}, {date}.")
        code = "has_course" if taken.completed else "sat_in_course"
        values = {"code": taken.code, "date": taken.ended_on, "place": taken.place or ""}
        found.append(Concern(code, message, values))
    if not situation.has_document:
        found.append(Concern("no_document", N_("No identity number is recorded.")))
    if situation.standing is Standing.MISSING:
        found.append(Concern("vetting_missing", N_("The verification was not asked for yet.")))
    if situation.standing is Standing.IN_PROCESS:
        found.append(Concern("vetting_in_process", N_("The verification is in process.")))
    return found
