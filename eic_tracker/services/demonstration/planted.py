"""What is wrong on purpose in a demonstration file, so that the checks of data quality have something to find."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eic_tracker.domain.codes import EnrolmentStatus, OfferingStatus
from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.instructors import HNP
from eic_tracker.services.demonstration.lookup import Lookup
from eic_tracker.services.demonstration.offerings import PlannedOffering
from eic_tracker.services.demonstration.people import DNIC, PeopleMaker, Person
from eic_tracker.services.demonstration.rosters import REFUSED, PlannedEnrolment
from eic_tracker.services.demonstration.simulated_time import ONE_DAY, workday
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.transaction import Tx

PLANTED = {
    "possible_duplicate": 6,  # pairs of people with the same name and birth date, the second without a document
    "merged": 2,  # records that were merged; one pair sat in the same offering
    "late_offering": 3,  # rosters recorded more than a year after the course
    "late_class_group": 8,  # class groups recorded more than half a year after their first lesson
    "no_document": 5,  # people without any document, beside the possible duplicates and the merged
    "no_institution": 6,  # enrolments that name no institution
    "ended_unit": 5,  # enrolments of 2016 under the name that the unit had until 2015
    "missing_grade": 4,  # completions without a grade in a course that asks for one
    "no_lead": 1,  # a closed offering without a lead instructor
    "over_capacity": 2,  # closed offerings with more people than places; one by authorisation
    "below_minimum": 1,  # a completion below the minimum attendance, by authorisation
    "not_apt": 2,  # people taken off a list after the answer to their check, for a ground that does not say so
    "too_few_lessons": 3,  # class groups that graduated with fewer lessons than their curriculum asks for
    "no_officer": 3,  # class groups that name no officer
    "odd_document": 1,  # a Honduran identity number that lost its first zero
    "under_age": 1,  # a birth date that makes somebody 15 on the first day
    "heads_out_of_order": 2,  # class groups with one more reached than enrolled
    "lesson_after_graduation": 1,  # a class group whose last lesson is dated after its graduation
    "waits_long": 1,  # an offering that ended more than a month ago and was not closed
}
"""How many of each fault are in the file."""

CAPACITY, MINIMUM_ATTENDANCE = "capacity", "minimum_attendance"
"""Exceptions that an authorisation stands behind."""

_LATE_DAYS = 400


@dataclass(slots=True)
class Merge:
    """A record that turned out to be another person's; `twice` is its enrolment where both sat in one offering."""

    kept: Person
    gone: Person
    twice: PlannedEnrolment | None = None


class Planter:
    """Changes planned offerings so that the faults above are in them; no planned total moves."""

    def __init__(
        self, chance: Chance, lookup: Lookup, offerings: Sequence[PlannedOffering], maker: PeopleMaker
    ) -> None:
        self.chance = chance
        self.lookup = lookup
        self.maker = maker
        self.vetted = [each for each in offerings if each.vetting_required and each.status is OfferingStatus.CLOSED]
        closed = [each for each in offerings if each.status is OfferingStatus.CLOSED]
        self.closed = [each for each in closed if each.lead is not None and each.lead.force == HNP]
        self.touched: set[int] = set()

    def plant(self) -> list[Merge]:
        """Plant every fault of the rosters; the merges are still to be made in the file."""
        self._incomplete_people()
        self._duplicates()
        merges = [self._merge_over_time(), self._merge_in_one_offering()]
        self._late_entries()
        self._roster_faults()
        self._exceptions()
        for offering in self.vetted[: PLANTED["not_apt"]]:
            person = self.maker.person(offering.starts_on, HNP)
            refused = PlannedEnrolment(person, EnrolmentStatus.REMOVED, ground=REFUSED)
            offering.roster.append(refused)
        return merges

    def _of_year(self, year: int) -> Iterator[PlannedOffering]:
        """Untouched closed offerings of a year that the police led, oldest first."""
        for each in self.closed:
            if each.starts_on.year == year and id(each) not in self.touched:
                self.touched.add(id(each))
                yield each

    def _first_timers(self, year: int) -> Iterator[PlannedEnrolment]:
        """One row of each offering, of somebody who completed there and nothing else."""
        for offering in self._of_year(year):
            for row in offering.roster:
                if row.status is EnrolmentStatus.COMPLETED and row.person.completions == 1:
                    yield row
                    break

    def _incomplete_people(self) -> None:
        rows = self._first_timers(2012)
        for _ in range(PLANTED["no_document"]):
            next(rows).person.document = None
        for _ in range(PLANTED["no_institution"]):
            next(rows).values.update(institution_id=None, unit_id=None, rank_id=None)
        for _ in range(PLANTED["under_age"]):
            next(rows).person.birth_date = dt.date(1997, 1, 15)
        for row in itertools.islice(rows, PLANTED["odd_document"]):
            if row.person.document is not None:
                kind, country, number = row.person.document
                row.person.document = kind, country, number[1:]

    def _duplicates(self) -> None:
        rows = self._first_timers(2014)
        for _ in range(PLANTED["possible_duplicate"]):
            first, second = next(rows).person, next(rows).person
            second.given_names, second.surnames, second.sex = first.given_names, first.surnames, first.sex
            second.birth_date, second.birth_place = first.birth_date, first.birth_place
            second.document = second.police_number = None

    def _merge_over_time(self) -> Merge:
        """A second completion was entered under a new record of the same person."""
        for offering in self._of_year(2016):
            for row in offering.roster:
                if row.status is EnrolmentStatus.COMPLETED and row.person.completions > 1 and row.person.police_number:
                    merge = Merge(row.person, _second_record(row.person))
                    row.person = merge.gone
                    return merge
        raise ValueError("nobody to merge")

    def _merge_in_one_offering(self) -> Merge:
        """The same person stood on one roster twice; until the merge both rows were completions."""
        for offering in self._of_year(2015):
            for row in offering.roster:
                if row.status is EnrolmentStatus.COMPLETED and offering.capacity > offering.seats:
                    merge = Merge(row.person, _second_record(row.person))
                    merge.twice = PlannedEnrolment(merge.gone, row.status, dict(row.values))
                    offering.roster.append(merge.twice)
                    return merge
        raise ValueError("no offering for two records of one person")

    def _late_entries(self) -> None:
        for year, count in ((2013, 2), (2015, 1)):
            offerings = self._of_year(year)
            for _ in range(count):
                offering = next(offerings)
                offering.recorded_on = workday(offering.ends_on + ONE_DAY * (_LATE_DAYS + self.chance.below(200)))

    def _roster_faults(self) -> None:
        next(self._of_year(2012)).lead = None
        offering = next(self._of_year(2016))
        police = [row for row in offering.roster if row.person.institution == HNP]
        for row in police[: PLANTED["ended_unit"]]:
            row.values["unit_id"] = self.lookup.units[DNIC]
        graded = next(each for each in self._of_year(2017) if each.version.minimum_grade and not each.version.modules)
        completed = [row for row in graded.roster if row.status is EnrolmentStatus.COMPLETED]
        for row in completed[: PLANTED["missing_grade"]]:
            for name in ("final_grade", "second_chance_grade", "post_test", "performance", "products"):
                row.values.pop(name, None)

    def _exceptions(self) -> None:
        offerings = self._of_year(2018)
        allowed, forgotten, lenient = next(offerings), next(offerings), next(offerings)
        for offering in (allowed, forgotten):
            offering.capacity = offering.seats - 1
        completed = [row for row in allowed.roster if row.status is EnrolmentStatus.COMPLETED]
        completed[0].exception = CAPACITY
        row = next(row for row in lenient.roster if row.status is EnrolmentStatus.COMPLETED)
        row.values["attendance_percent"] = lenient.version.minimum_attendance - 5
        row.exception = MINIMUM_ATTENDANCE


def _second_record(person: Person) -> Person:
    """The same person as somebody else wrote them: one name less, no document."""
    given, _, _ = person.given_names.partition(" ")
    return replace(person, given_names=given, document=None, police_number=None, courses=[], key=0)


MERGED_ON = dt.date(2018, 3, 6)
"""The day on which the registrar merged the records."""


def merge(tx: Tx, pair: Merge, lookup: Lookup) -> None:
    """Merge the records as the program does: the second names the first; of two rows in one offering one is removed."""
    tx.update(Participant, {pair.gone.key: {"merged_into_id": pair.kept.key}})
    if pair.twice is not None:
        removed = {"status": EnrolmentStatus.REMOVED, "ground_id": lookup.grounds["removed-duplicate"]}
        tx.update(Enrolment, {pair.twice.key: removed})
