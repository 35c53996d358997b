"""What a closing makes of everybody, what still stands in its way, and which exceptions somebody must authorise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum
from typing import TYPE_CHECKING

from eic_tracker.domain.codes import EnrolmentStatus, Seat
from eic_tracker.domain.drafts import worded
from eic_tracker.domain.enrolling import ExceptionKind
from eic_tracker.domain.grading import Need, Standing
from eic_tracker.i18n import N_

if TYPE_CHECKING:
    from eic_tracker.i18n import Translator

SAID = frozenset({EnrolmentStatus.WITHDREW, EnrolmentStatus.NO_SHOW})
"""What no grade tells: people say it, with a reason."""

RESULTS = (
    EnrolmentStatus.COMPLETED,
    EnrolmentStatus.NOT_COMPLETED,
    EnrolmentStatus.WITHDREW,
    EnrolmentStatus.NO_SHOW,
)
"""What a closing may make of somebody with a seat; being taken off the list is the roster's own."""

NOT_COMPLETED_GROUNDS: Mapping[Need, str] = {
    Need.GRADE: "not-completed-grade",
    Need.ATTENDANCE: "not-completed-attendance",
}
"""Codes of the reasons that follow from a minimum not met."""


class MendedAt(StrEnum):
    """Where what stands in the way is mended: a part of the course's page."""

    ROSTER = "roster"
    DAYS = "days"
    RESULTS = "results"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that stands in the way of closing: a whole sentence, and where it is mended."""

    code: str
    mended_at: MendedAt
    message: str
    values: Mapping[str, object] = attribute(default_factory=dict)
    enrolment_id: int | None = None

    def text(self, t: Translator) -> str:
        """The sentence in the language of `t`."""
        return t(self.message, **worded(self.values, t))


@dataclass(frozen=True, slots=True)
class Situation:
    """Somebody of a class before it is closed; `standing` is what the rules say."""

    enrolment_id: int
    name: str
    seat: Seat
    status: EnrolmentStatus
    proposed: EnrolmentStatus | None
    ground_id: int | None
    authorised: bool
    """whether an authorisation stands behind an earlier result of theirs"""
    standing: Standing
    days_without_mark: int


@dataclass(frozen=True, slots=True)
class Result:
    """What the closing makes of somebody: a status (None: it cannot say), the reason's key or its code."""

    status: EnrolmentStatus | None
    ground_id: int | None = None
    ground_code: str | None = None


def default_result(person: Situation) -> Result:
    """What follows without anybody deciding: what was said, an authorised earlier result, else the rules.

    An earlier result that fell short is kept as well where the rules cannot say."""
    if person.status in SAID:
        return Result(person.status, person.ground_id)
    if person.proposed in SAID:
        return Result(person.proposed, person.ground_id)
    if person.authorised and person.proposed is EnrolmentStatus.COMPLETED:
        return Result(person.proposed)
    by_rule = person.standing.status
    if by_rule is None and person.proposed is EnrolmentStatus.NOT_COMPLETED and person.ground_id is not None:
        return Result(person.proposed, person.ground_id)
    if by_rule is EnrolmentStatus.NOT_COMPLETED:
        need = Need.GRADE if Need.GRADE in person.standing.short else Need.ATTENDANCE
        return Result(by_rule, ground_code=NOT_COMPLETED_GROUNDS[need])
    return Result(by_rule)


def takes_part(person: Situation) -> bool:
    """Whether the closing gives somebody a result: a seat, and neither waiting nor taken off."""
    return person.seat is Seat.SEAT and person.status in {EnrolmentStatus.ENROLLED, *SAID}


def blockers_of(person: Situation, result: Result, *, decided: bool) -> list[Blocker]:
    """What stands in the way because of one person; a decision mends what is missing."""
    values = {"name": person.name}
    found: list[Blocker] = []

    def add(code: str, place: MendedAt, message: str) -> None:
        found.append(Blocker(code, place, message, values, person.enrolment_id))

    if person.seat is Seat.SEAT and person.status is EnrolmentStatus.APPLIED:
        add("applied", MendedAt.ROSTER, N_("{name} only applied: enrol them or take them off the roster."))
    if not takes_part(person):
        return found
    if result.status is None:
        if Need.GRADE in person.standing.missing:
            add("missing_grade", MendedAt.RESULTS, N_("{name} has no grade: enter it, or decide the result."))
        if Need.ATTENDANCE in person.standing.missing:
            add("missing_attendance", MendedAt.DAYS, N_("{name} has no attendance: enter it, or decide the result."))
    if result.status in SAID and result.ground_id is None:
        add("missing_reason", MendedAt.RESULTS, N_("{name} left or never came: choose the reason."))
    if person.days_without_mark and not decided and result.status not in SAID:
        found.append(
            Blocker(
                "missing_mark",
                MendedAt.DAYS,
                N_("{name} has no mark on {count} days on which others have one."),
                {**values, "count": person.days_without_mark},
                person.enrolment_id,
            )
        )
    return found


def exceptions_of(person: Situation, result: Result) -> frozenset[ExceptionKind]:
    """What somebody must authorise: a completion without the minima that the course asks for."""
    if result.status is not EnrolmentStatus.COMPLETED or person.standing.status is EnrolmentStatus.COMPLETED:
        return frozenset()
    lacking = person.standing.missing | person.standing.short
    kinds = {Need.GRADE: ExceptionKind.MINIMUM_GRADE, Need.ATTENDANCE: ExceptionKind.MINIMUM_ATTENDANCE}
    return frozenset(kinds[need] for need in lacking)


def walk_in_warnings(found: Iterable[tuple[int, str]]) -> tuple[Blocker, ...]:
    """Line and name of who came without being listed: after the closing nobody matches them any more."""
    message = N_("{name} came without being listed: match or take them off before closing.")
    return tuple(Blocker("walk_in", MendedAt.DAYS, message, {"name": name}, line) for line, name in found)
