"""When which course was taught, by whom, and how many sat in it: the EIC's part of the plan without its people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from eic_tracker.domain.codes import OfferingStatus
from eic_tracker.services.demonstration.catalogue import Catalogue, PlannedVersion
from eic_tracker.services.demonstration.chance import Chance, shares
from eic_tracker.services.demonstration.instructors import CNP, HNP, PlannedInstructor, Staff
from eic_tracker.services.demonstration.plan import Plan, PlanRow
from eic_tracker.services.demonstration.rosters import PlannedEnrolment
from eic_tracker.services.demonstration.simulated_time import ONE_DAY, monday, workday, workdays

SMALLEST, LARGEST = 12, 42
"""How many sit in a course (the published examples)."""

_USUAL = 27
_LAST_DAY_OF_WORK = (12, 14)
_FIRST_DAY_OF_WORK = (1, 8)
_MOVED = dt.date(2018, 4, 16)
"""From here on the school teaches in its new building."""

_SHARE_OF_ADVISORS = {2013: 90, 2014: 120, 2015: 150, 2016: 180, 2017: 220, 2018: 0, 2019: 230}
"""Courses of a thousand that advisors lead, where the plan does not say how many."""

_SHARE_OF_EXPERTS = 40
_ASSISTED_BY_ADVISORS = {2017: 80, 2018: 180, 2019: 150}
"""Courses of a thousand led by the police in which an advisor assists."""

_PLACES = (
    ("0501", "Sede regional, San Pedro Sula"),
    ("0101", "Sede regional, La Ceiba"),
    ("0601", "Sede regional, Choluteca"),
)

_SCHOOL_UNTIL_2018 = ("0801", "Valle de Amarateca")
_SCHOOL_SINCE_2018 = ("0301", "Escuela de Investigación Criminal")

_DAYS_SINCE_THE_END = (46, 14, 7)
"""Of the offerings that wait to be closed, before the file's day."""

_RUNNING = {18: 28, 11: 31, 4: 24}
_PLANNED = {10: 22, 17: 15, 38: 9, 66: 0}
"""Days since or until the first day, and the people on the roster."""

_CANCELLED = (dt.date(2016, 8, 8), dt.date(2019, 3, 4))
_CANCELLED_SEATS = 14

_NEARBY_WEEKS = (0, -1, 1, -2, 2, -3, 3, *range(-4, -30, -1), *range(4, 30))

OPEN_COURSE = "CUR-ICB"
OPEN_FIRST = dt.date(2019, 6, 3)
OPEN_CODE, OPEN_CAPACITY = "116-2019", 40
"""The course that runs without participants yet, for whoever tries the program."""


@dataclass(slots=True)
class PlannedOffering:
    """One offering; `seats` are its counted enrolments, `completions` among them."""

    version: PlannedVersion
    days: list[dt.date]
    seats: int
    completions: int
    lead: PlannedInstructor | None
    assistants: list[PlannedInstructor] = field(default_factory=list)
    code: str = ""
    status: OfferingStatus = OfferingStatus.CLOSED
    municipality: str = ""
    place: str = ""
    capacity: int = 0
    vetting_required: bool = False
    enrolment_open: bool = False
    cancelled_reason: str | None = None
    recorded_on: dt.date = dt.date.max
    roster: list[PlannedEnrolment] = field(default_factory=list)
    key: int = 0

    @property
    def starts_on(self) -> dt.date:
        """The first day."""
        return self.days[0]

    @property
    def ends_on(self) -> dt.date:
        """The last day."""
        return self.days[-1]


class OfferingPlanner:
    """Plans the offerings of every period; only afterwards are they filled with people."""

    def __init__(self, chance: Chance, catalogue: Catalogue, staff: Staff, plan: Plan) -> None:
        self.chance = chance
        self.catalogue = catalogue
        self.staff = staff
        self.plan = plan

    def closed(self, row: PlanRow, as_of: dt.date) -> list[PlannedOffering]:
        """The closed offerings that make the completions of one line of the plan."""
        advisors = self.plan.advisors()
        first, last = _window(row, as_of)
        offerings: list[PlannedOffering] = []
        completions = row.value
        if (advisors.first_day, advisors.last_day) == (row.first_day, row.last_day):
            seats = self.chance.parts(advisors.enrolments, advisors.offerings, SMALLEST, LARGEST)
            lost = shares(advisors.enrolments - advisors.completions, [self.chance.between(0, 4) for _ in seats])
            for place, (sat, left) in enumerate(zip(seats, lost, strict=True)):
                day = first + (last - first) * place // len(seats)
                offerings.append(self._offering(advisors.force, day, (first, last), sat, sat - left))
            completions -= advisors.completions
        count = round(completions / _USUAL)
        numbers = self.chance.parts(completions, count, SMALLEST, LARGEST - 4)
        for place, completed in enumerate(numbers):
            day = first + (last - first) * place // count
            seats_taken = completed + self.chance.weighted((0, 1, 2, 3, 4), (25, 30, 25, 12, 8))
            offerings.append(self._offering(self._force(day.year), day, (first, last), seats_taken, completed))
        return offerings

    def unfinished(self, as_of: dt.date) -> list[PlannedOffering]:
        """Offerings that wait to be closed, run, are planned or were cancelled at the file's day."""
        offerings = [self._open_course()]
        offerings += [self._ending(as_of - ONE_DAY * days) for days in _DAYS_SINCE_THE_END]
        offerings += [self._running(as_of - ONE_DAY * days, seats, as_of) for days, seats in _RUNNING.items()]
        offerings += [self._starting(as_of + ONE_DAY * days, seats) for days, seats in _PLANNED.items()]
        for offering in offerings:
            offering.status = OfferingStatus.OPEN
            offering.enrolment_open = offering.starts_on > as_of or offering.code == OPEN_CODE
        for first in _CANCELLED:
            cancelled = self._starting(first, _CANCELLED_SEATS)
            cancelled.status = OfferingStatus.CANCELLED
            cancelled.cancelled_reason = "La unidad solicitante pidió otra fecha"
            offerings.append(cancelled)
        return offerings

    def _open_course(self) -> PlannedOffering:
        version = self.catalogue.newest(OPEN_COURSE)
        days = workdays(OPEN_FIRST, version.days)
        self.staff.user.busy.append((days[0], days[-1]))
        course = self._settle(PlannedOffering(version, days, 0, 0, self.staff.user, code=OPEN_CODE))
        course.capacity, course.vetting_required = OPEN_CAPACITY, False
        course.municipality, course.place = _SCHOOL_SINCE_2018
        return course

    def _ending(self, day: dt.date) -> PlannedOffering:
        """Led by the user where they are free, so that their own list is not empty."""
        version = self._version(day.year, HNP)
        first = day
        while workdays(first, version.days)[-1] > day:
            first -= ONE_DAY
        days = workdays(first, version.days)
        offering = self._led_by_police(version, days, self.chance.between(18, 32))
        if self.staff.user.is_free(days[0], days[-1]):
            self.staff.user.busy.append((days[0], days[-1]))
            offering.lead = self.staff.user
            offering.assistants.clear()
        return offering

    def _running(self, day: dt.date, seats: int, as_of: dt.date) -> PlannedOffering:
        version = self._version(day.year, HNP)
        while workdays(day, version.days)[-1] < as_of:
            version = self._version(day.year, HNP)
        return self._led_by_police(version, workdays(day, version.days), seats)

    def _starting(self, day: dt.date, seats: int) -> PlannedOffering:
        version = self._version(day.year, HNP)
        return self._led_by_police(version, workdays(day, version.days), seats)

    def _offering(
        self, force: str, day: dt.date, span: tuple[dt.date, dt.date], seats: int, completions: int
    ) -> PlannedOffering:
        """A closed offering that begins about that day: in the nearest week in which somebody of the force is free."""
        first, last = span
        version = self._version(day.year, force)
        for weeks in _NEARBY_WEEKS:
            days = workdays(monday(day) + ONE_DAY * 7 * weeks, version.days)
            if first <= days[0] and days[-1] <= last and (lead := self.staff.lead(force, days[0], days[-1])):
                return self._settle(self._assisted(PlannedOffering(version, days, seats, completions, lead)))
        raise ValueError(f"nobody of {force} is free about {day}")

    def _led_by_police(self, version: PlannedVersion, days: list[dt.date], seats: int) -> PlannedOffering:
        lead = self.staff.lead(HNP, days[0], days[-1])
        return self._settle(self._assisted(PlannedOffering(version, days, seats, 0, lead)))

    def _assisted(self, offering: PlannedOffering) -> PlannedOffering:
        lead, year = offering.lead, offering.starts_on.year
        if lead is not None and lead.force == HNP and self.chance.happens(_ASSISTED_BY_ADVISORS.get(year, 0)):
            offering.assistants.append(self._assistant(CNP, year, lead))
        elif lead is not None and self.chance.happens(350):
            offering.assistants.append(self._assistant(HNP, year, lead))
        return offering

    def _assistant(self, force: str, year: int, lead: PlannedInstructor) -> PlannedInstructor:
        there = [
            each
            for each in self.staff.everybody
            if each.force == force and each is not lead and not each.code.startswith("GRE") and each.is_there(year)
        ]
        return self.chance.one_of(there)

    def _version(self, year: int, force: str) -> PlannedVersion:
        return self.catalogue.any_version(self.chance, year, for_advisors=force != HNP)

    def _force(self, year: int) -> str:
        drawn = self.chance.below(1000)
        advisors = _SHARE_OF_ADVISORS.get(year, 0)
        if drawn < advisors:
            return CNP
        experts = sorted(
            {each.force for each in self.staff.everybody if each.code.startswith("EXP") and each.is_there(year)}
        )
        return self.chance.one_of(experts) if drawn < advisors + _SHARE_OF_EXPERTS and experts else HNP

    def _settle(self, offering: PlannedOffering) -> PlannedOffering:
        """Give the offering its place, its capacity and the day on which it was recorded."""
        home = _SCHOOL_SINCE_2018 if offering.starts_on >= _MOVED else _SCHOOL_UNTIL_2018
        offering.municipality, offering.place = home
        if self.chance.happens(90):
            offering.municipality, offering.place = self.chance.one_of(_PLACES)
        offering.capacity = next(size for size in (15, 20, 25, 30, 35, 40, 45) if size >= offering.seats)
        foreign = offering.lead is not None and offering.lead.force != HNP
        offering.vetting_required = offering.starts_on.year >= 2018 and (foreign or bool(offering.assistants))
        offering.recorded_on = workday(offering.ends_on + ONE_DAY * self.chance.between(0, 4))
        return offering


def _window(row: PlanRow, as_of: dt.date) -> tuple[dt.date, dt.date]:
    """The working days of a line's period, so that all of it is recorded before the file's day."""
    year = row.first_day.year
    first = max(workday(row.first_day), dt.date(year, *_FIRST_DAY_OF_WORK))
    last = min(row.last_day, dt.date(year, *_LAST_DAY_OF_WORK))
    return first, min(last, as_of - ONE_DAY * 7)


def give_codes(offerings: list[PlannedOffering], chance: Chance) -> None:
    """Number the offerings of each year by their first day; the open course keeps its number, requests leave gaps."""
    by_year: dict[int, list[PlannedOffering]] = {}
    for offering in sorted(offerings, key=lambda each: (each.starts_on, each.code, each.ends_on)):
        by_year.setdefault(offering.starts_on.year, []).append(offering)
    for year, of_year in by_year.items():
        numbers = list(range(1, len(of_year) + 1))
        kept = next((place for place, each in enumerate(of_year) if each.code), None)
        if kept is not None:
            fixed = int(of_year[kept].code.partition("-")[0])
            after = len(of_year) - kept - 1
            before = sorted(chance.random.sample(range(1, fixed), kept))
            numbers = [*before, fixed, *range(fixed + 1, fixed + 1 + after)]
        for number, offering in zip(numbers, of_year, strict=True):
            offering.code = f"{number:03d}-{year}"
