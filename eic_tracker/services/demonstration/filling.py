"""Who sat in which course: people come for the first time, come back, leave, fail, or do not come at all."""

from __future__ import annotations

import datetime as dt

from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus, Seat
from eic_tracker.services.demonstration import rosters
from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.offerings import PlannedOffering
from eic_tracker.services.demonstration.people import PeopleMaker, Person
from eic_tracker.services.demonstration.plan import PlanRow
from eic_tracker.services.demonstration.rosters import PlannedEnrolment

_FIRST_FOREIGN_YEAR = 2013
_NEW_AFTER_THE_PLAN = 0.45
_NEW_AT_FIRST, _NEW_AT_LAST = 0.97, 0.50
"""The part of those who complete that complete their first course, at the beginning and the end of the plan's years."""

_TRIES = 12


class RosterFiller:
    """Fills offerings in the order of their first days, so that nobody sits in two at once."""

    def __init__(self, chance: Chance, maker: PeopleMaker, persons: PlanRow) -> None:
        self.chance = chance
        self.maker = maker
        self.persons = persons
        self.returning: list[Person] = []
        self.never_completed: list[Person] = []
        self.first_timers = 0

    def fill(self, offerings: list[PlannedOffering], as_of: dt.date) -> None:
        """Give every offering its roster; distinct people who complete are exactly as many as the plan says."""
        in_order = sorted(offerings, key=lambda each: (each.starts_on, each.code))
        aims = self._aims([each for each in in_order if each.completions and each.ends_on <= self.persons.last_day])
        for offering in in_order:
            if offering.completions:
                self._close(offering, aims.get(offering.code))
            elif offering.seats:
                self._leave_open(offering, as_of)

    def _aims(self, planned: list[PlannedOffering]) -> dict[str, int]:
        """How many distinct people have completed after each offering; the last number is the plan's."""
        first_year, last_year = self.persons.first_day.year, self.persons.last_day.year
        part = (_NEW_AT_LAST - _NEW_AT_FIRST) / (last_year - first_year)
        weights = [each.completions * (_NEW_AT_FIRST + part * (each.starts_on.year - first_year)) for each in planned]
        whole, aims, running = sum(weights), {}, 0.0
        for offering, weight in zip(planned, weights, strict=True):
            running += weight
            aims[offering.code] = round(self.persons.value * running / whole)
        return aims

    def _close(self, offering: PlannedOffering, aim: int | None) -> None:
        if aim is None:
            first_timers = round(offering.completions * _NEW_AFTER_THE_PLAN)
        else:
            first_timers = min(max(aim - self.first_timers, 0), offering.completions)
        people = [self._first_timer(offering) for _ in range(first_timers)]
        while len(people) < offering.completions:
            people.append(self._somebody_back(offering) or self._first_timer(offering))
        for person in people:
            person.completions += 1
            person.courses.append(offering.version.course)
            if person.completions == 1:
                self.returning.append(person)
                self.first_timers += aim is not None
        version, roster = offering.version, offering.roster
        roster += [rosters.completed(self.chance, version, person) for person in people]
        for _ in range(offering.seats - offering.completions):
            how = rosters.not_completed if self.chance.happens(600) else rosters.withdrew
            roster.append(how(self.chance, version, self._anybody(offering)))
        self._add_uncounted(offering)
        self.chance.random.shuffle(roster)
        if aim is not None and aim == self.persons.value and self.first_timers != aim:
            raise ValueError(f"{self.first_timers} distinct people completed, not {aim}")

    def _add_uncounted(self, offering: PlannedOffering) -> None:
        """Those who never came, alternates (some took a place that came free), and those taken off the list."""
        chance = self.chance
        absent = [
            rosters.no_show(chance, self._anybody(offering)) for _ in range(chance.weighted((0, 1, 2), (6, 3, 1)))
        ]
        if absent and chance.happens(300):
            seated = next(row for row in offering.roster if row.status is EnrolmentStatus.COMPLETED)
            seated.replaces = absent[0]
        offering.roster += absent
        if chance.happens(120):
            waiting = PlannedEnrolment(self._anybody(offering), EnrolmentStatus.APPLIED, seat=Seat.ALTERNATE)
            offering.roster.append(waiting)
        if chance.happens(60):
            ground = chance.one_of(("removed-documents", "removed-requirements", "removed-cancellation"))
            offering.roster.append(PlannedEnrolment(self._anybody(offering), EnrolmentStatus.REMOVED, ground=ground))

    def _leave_open(self, offering: PlannedOffering, as_of: dt.date) -> None:
        """A roster that is not closed: proposals where the course has ended, applications where it has not begun."""
        chance, version = self.chance, offering.version
        people = [self._anybody(offering) for _ in range(offering.seats)]
        if offering.status is OfferingStatus.CANCELLED:
            offering.roster += [PlannedEnrolment(person, EnrolmentStatus.ENROLLED) for person in people]
        elif offering.ends_on < as_of:
            offering.roster += [rosters.grade_so_far(chance, version, person) for person in people[2:]]
            offering.roster += [rosters.withdrew(chance, version, people[0]), rosters.no_show(chance, people[1])]
        elif offering.starts_on <= as_of:
            offering.roster += [PlannedEnrolment(person, EnrolmentStatus.ENROLLED) for person in people[1:]]
            offering.roster.append(rosters.no_show(chance, people[0]))
        else:
            for person in people:
                status = EnrolmentStatus.ENROLLED if chance.happens(600) else EnrolmentStatus.APPLIED
                offering.roster.append(PlannedEnrolment(person, status))

    def _first_timer(self, offering: PlannedOffering) -> Person:
        """Somebody without a completion: new, or back after a course that they did not complete."""
        if self.never_completed and self.chance.happens(300):
            place = self.chance.below(len(self.never_completed))
            person = self.never_completed[place]
            if person.free_from < offering.starts_on:
                self.never_completed[place] = self.never_completed[-1]
                self.never_completed.pop()
                return self._seated(person, offering)
        return self._seated(self._new(offering), offering)

    def _somebody_back(self, offering: PlannedOffering) -> Person | None:
        """Somebody who completed other courses and is free; None where nobody is."""
        count = len(self.returning)
        for _ in range(_TRIES if count else 0):
            person = self.returning[self.chance.below(count)]
            if self._may_sit(person, offering):
                return self._seated(person, offering)
        found = next((person for person in self.returning if self._may_sit(person, offering)), None)
        return None if found is None else self._seated(found, offering)

    def _anybody(self, offering: PlannedOffering) -> Person:
        """Somebody for a place that ends without a completion."""
        person = self._somebody_back(offering) if self.chance.happens(400) else None
        if person is None:
            person = self._seated(self._new(offering), offering)
            self.never_completed.append(person)
        return person

    def _new(self, offering: PlannedOffering) -> Person:
        person = self.maker.person(offering.starts_on)
        foreign = person.document is not None and person.birth_place is None
        if foreign and offering.starts_on.year < _FIRST_FOREIGN_YEAR:
            return self.maker.person(offering.starts_on, "HNP")
        return person

    def _may_sit(self, person: Person, offering: PlannedOffering) -> bool:
        return person.free_from < offering.starts_on and offering.version.course not in person.courses

    def _seated(self, person: Person, offering: PlannedOffering) -> Person:
        person.free_from = offering.ends_on
        return person
