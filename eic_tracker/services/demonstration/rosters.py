"""How one person did in one course: status, grades and attendance that agree with the rules of the version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from eic_tracker.domain.codes import Distinction, EnrolmentStatus, Seat
from eic_tracker.services.demonstration.catalogue import HUNDREDTHS, PlannedVersion
from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.people import Person

_WITHDRAWN = (
    "withdrew-illness",
    "withdrew-bereavement",
    "withdrew-personal",
    "withdrew-commission",
    "withdrew-commission",
    "withdrew-hearing",
    "withdrew-transfer",
)
REFUSED = "removed-administrative"
"""The ground of those whom the answer to their check does not let in; it is the only place where that shows."""

_NO_SHOW = ("no-show-commission", "no-show-hearing", "no-show-illness", "no-show-cancellation", "no-show-unknown")
_COMPONENTS = ("post_test", "performance", "products")


@dataclass(slots=True)
class PlannedEnrolment:
    """One person in one offering; `values` are columns as the table names them, but for the ground's code."""

    person: Person
    status: EnrolmentStatus
    values: dict[str, Any] = field(default_factory=dict)
    seat: Seat = Seat.SEAT
    ground: str | None = None
    absent: frozenset[int] = frozenset()
    """Places of the days on which the person was not there."""
    left_on: int | None = None
    """The place of the first day after the person had gone for good."""
    module_grades: tuple[int, ...] = ()
    replaces: PlannedEnrolment | None = None
    exception: str | None = None
    key: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is one of the offering's counted enrolments."""
        return self.seat is Seat.SEAT and self.status in (
            EnrolmentStatus.COMPLETED,
            EnrolmentStatus.NOT_COMPLETED,
            EnrolmentStatus.WITHDREW,
        )


def completed(chance: Chance, version: PlannedVersion, person: Person) -> PlannedEnrolment:
    """A completion: the grade and the attendance reach the minima, some only at the second chance."""
    enrolment = PlannedEnrolment(person, EnrolmentStatus.COMPLETED)
    _attend(chance, version, enrolment, _most_absences(version))
    low = version.minimum_grade // HUNDREDTHS
    if chance.happens(12) and low:
        _grade(chance, version, enrolment, low - 12, low - 1)
        enrolment.values["second_chance_grade"] = chance.between(low, low + 8) * HUNDREDTHS
    else:
        _grade(chance, version, enrolment, max(low, 68), 100)
    if chance.happens(15):
        enrolment.values["distinction"] = Distinction.KEY_PARTICIPANT
    return enrolment


def not_completed(chance: Chance, version: PlannedVersion, person: Person) -> PlannedEnrolment:
    """Somebody who stayed to the end and failed by grade or, less often, by attendance."""
    enrolment = PlannedEnrolment(person, EnrolmentStatus.NOT_COMPLETED)
    low = version.minimum_grade // HUNDREDTHS
    most = _most_absences(version)
    if low and chance.happens(700):
        enrolment.ground = "not-completed-grade"
        _attend(chance, version, enrolment, most)
        _grade(chance, version, enrolment, 35, low - 1)
        if chance.happens(300):
            enrolment.values["second_chance_grade"] = chance.between(low - 15, low - 1) * HUNDREDTHS
    else:
        enrolment.ground = "not-completed-attendance"
        absences = chance.between(most + 1, max(most + 1, version.days // 2))
        _set_absent(chance, version, enrolment, absences)
        _grade(chance, version, enrolment, max(low, 60), 90)
    return enrolment


def withdrew(chance: Chance, version: PlannedVersion, person: Person) -> PlannedEnrolment:
    """Somebody who left before the end, with a ground and without grades."""
    enrolment = PlannedEnrolment(person, EnrolmentStatus.WITHDREW, ground=chance.one_of(_WITHDRAWN))
    enrolment.left_on = chance.between(min(1, version.days - 1), version.days - 1)
    enrolment.values["attendance_percent"] = enrolment.left_on * 100 // version.days
    return enrolment


def no_show(chance: Chance, person: Person) -> PlannedEnrolment:
    """Somebody who never came."""
    return PlannedEnrolment(
        person, EnrolmentStatus.NO_SHOW, {"attendance_percent": 0}, ground=chance.one_of(_NO_SHOW), left_on=0
    )


def grade_so_far(chance: Chance, version: PlannedVersion, person: Person) -> PlannedEnrolment:
    """Somebody whose course has ended but was not closed: still enrolled, with a proposal."""
    result = completed(chance, version, person) if chance.happens(930) else not_completed(chance, version, person)
    result.values["proposed_status"] = result.status
    result.status, result.ground = EnrolmentStatus.ENROLLED, None
    result.values.pop("distinction", None)
    return result


def _most_absences(version: PlannedVersion) -> int:
    """Days that one may miss and still reach the minimum."""
    return version.days - -(-version.days * version.minimum_attendance // 100)


def _attend(chance: Chance, version: PlannedVersion, enrolment: PlannedEnrolment, most: int) -> None:
    absences = chance.weighted((0, 1, 2, 3), (78, 15, 5, 2))
    _set_absent(chance, version, enrolment, min(absences, most))


def _set_absent(chance: Chance, version: PlannedVersion, enrolment: PlannedEnrolment, absences: int) -> None:
    enrolment.absent = frozenset(chance.random.sample(range(version.days), absences)) if absences else frozenset()
    enrolment.values["attendance_percent"] = (version.days - absences) * 100 // version.days


def _grade(chance: Chance, version: PlannedVersion, enrolment: PlannedEnrolment, low: int, high: int) -> None:
    """Whole points for each component or module; the weighted sum is exact in hundredths."""
    if not version.minimum_grade:
        return
    values = enrolment.values
    if version.modules:
        enrolment.module_grades = tuple(chance.between(low, high) for _ in version.modules)
        weights = [module.weight for module in version.modules]
        values["final_grade"] = sum(map(int.__mul__, weights, enrolment.module_grades))
        return
    points = [chance.between(low, high) for _ in version.weights]
    for name, weight, point in zip(_COMPONENTS, version.weights, points, strict=True):
        if weight:
            values[name] = point * HUNDREDTHS
    values["pre_test"] = chance.between(25, 70) * HUNDREDTHS
    values["final_grade"] = sum(map(int.__mul__, version.weights, points))
