"""Builds the demonstration file: everything is planned first, then written in the order in which it was recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eic_tracker.domain.codes import OfferingStatus, Role
from eic_tracker.domain.periods import parse_period
from eic_tracker.services.demonstration.catalogue import Catalogue
from eic_tracker.services.demonstration.chance import Chance
from eic_tracker.services.demonstration.filling import RosterFiller
from eic_tracker.services.demonstration.instructors import Staff
from eic_tracker.services.demonstration.load import PEOPLE_PER_SET, LoadWriter
from eic_tracker.services.demonstration.lookup import Lookup, read_lookup
from eic_tracker.services.demonstration.offerings import OfferingPlanner, PlannedOffering, give_codes
from eic_tracker.services.demonstration.office import PROSECUTORS, SCHOOL, Office
from eic_tracker.services.demonstration.outreach import OutreachPlanner, PlannedGroup
from eic_tracker.services.demonstration.outreach_recording import FIRST_YEAR_OF_LESSONS, GroupRecorder, plant
from eic_tracker.services.demonstration.papers import Papers
from eic_tracker.services.demonstration.people import PeopleMaker, read_names
from eic_tracker.services.demonstration.plan import read_plan
from eic_tracker.services.demonstration.planted import MERGED_ON, Planter, merge
from eic_tracker.services.demonstration.recording import OfferingRecorder
from eic_tracker.services.demonstration.replacing import may_replace
from eic_tracker.services.demonstration.schools import Schools
from eic_tracker.services.demonstration.simulated_time import ONE_DAY, SimulatedClock, moment, workday
from eic_tracker.services.reference_lists import import_reference_lists
from eic_tracker.store.database import Database
from eic_tracker.store.files import building
from eic_tracker.store.migrate import create_file
from eic_tracker.store.rebuilding import rebuild_search
from eic_tracker.store.transaction import Actor, Entry, Tx

TODAY = dt.date(2019, 6, 28)
"""The day that a demonstration file takes for today."""

SEED = 20190628
"""The seed of the file that everybody builds."""

CLOSED_QUARTER = "2019Q1"
_FOUNDED = dt.date(2011, 5, 2)
_CLOSED_ON, _RESTATED_ON = dt.date(2019, 4, 12), dt.date(2019, 5, 14)
_TOTALS_ENTERED_ON, _TOTALS_APPROVED_ON = dt.date(2019, 2, 11), dt.date(2019, 2, 13)
_YEARS_WITH_TARGETS = (2018, 2019)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One change set: when and by whom it was recorded, and what it writes. Without a role the program itself acts."""

    at: dt.datetime
    use_case: str
    label: str
    role: Role | None
    write: Callable[[Tx], None]


def build_demonstration(path: Path, *, people: int = 0, seed: int = SEED, progress: Progress | None = None) -> None:
    """Build the demonstration file and put it in place of `path` whole; `people` more adults are for load tests.

    `progress` gets (steps done, steps in all). Refused or FileProblem where `path` may not be replaced."""
    may_replace(path)
    with building(path) as part:
        create_file(part)
        clock = SimulatedClock(moment(_FOUNDED, 8))
        chance = Chance(seed)
        with Database(part, clock=clock, new_uid=chance.uid, keep_search=False) as database:
            _Builder(database, clock, chance, progress).build(people)
        rebuild_search(part)


class _Builder:
    """Holds what the steps share while a file is built."""

    def __init__(self, database: Database, clock: SimulatedClock, chance: Chance, progress: Progress | None) -> None:
        self.database = database
        self.clock = clock
        self.chance = chance
        self.progress = progress
        self.names = read_names()
        self.office = Office(chance, self.names)
        self.catalogue = Catalogue()
        self.staff = Staff(chance, self.names)

    def build(self, people: int) -> None:
        """Plan and write everything, then the adults for load tests."""
        user = self.staff.user
        found = partial(self.office.found, today=TODAY, instructor=f"{user.given_names} {user.surnames}")
        self._run(Step(moment(_FOUNDED, 8), "make_file", SCHOOL, None, found))
        self._run(
            Step(moment(_FOUNDED, 8, 5), "import_reference_lists", "reference lists", None, import_reference_lists)
        )
        self._run(Step(moment(_FOUNDED, 8, 10), "change_settings", "school", Role.ADMINISTRATOR, self.office.settings))
        with self.database.read() as connection:
            lookup = read_lookup(connection)
        steps = sorted(self._planned(lookup), key=lambda step: step.at)
        load = LoadWriter(self.chance, self.names, lookup)
        steps += self._load_steps(load, people)
        for done, step in enumerate(steps, 1):
            self._run(step)
            if self.progress is not None:
                self.progress(done, len(steps))

    def _run(self, step: Step) -> None:
        self.clock.now = step.at
        actor = Actor("demo") if step.role is None else Actor(step.role, self.office.users[step.role])
        with self.database.write(Entry(actor, step.use_case, step.label)) as tx:
            step.write(tx)

    def _planned(self, lookup: Lookup) -> Iterator[Step]:
        plan = read_plan()
        planner = OfferingPlanner(self.chance, self.catalogue, self.staff, plan)
        offerings = planner.unfinished(TODAY)
        for row in plan.completions():
            offerings += planner.closed(row, TODAY)
        give_codes(offerings, self.chance)
        maker = PeopleMaker(self.chance, self.names)
        RosterFiller(self.chance, maker, plan.persons()).fill(offerings, TODAY)
        merges = Planter(self.chance, lookup, offerings, maker).plant()
        schools = Schools(self.chance)
        groups = OutreachPlanner(self.chance, self.staff, plan, schools).groups(TODAY)
        yield from self._office_steps(lookup)
        yield from self._yearly_steps(lookup, schools)
        yield from self._offering_steps(lookup, offerings)
        yield from self._group_steps(lookup, groups)
        for each in merges:
            label = f"{each.kept.institution} {MERGED_ON.isoformat()}"
            write = partial(merge, pair=each, lookup=lookup)
            yield Step(moment(MERGED_ON, 11), "merge_participants", label, Role.REGISTRAR, write)

    def _office_steps(self, lookup: Lookup) -> Iterator[Step]:
        approved: list[int] = []

        def enter(tx: Tx) -> None:
            (programme,) = tx.connection.exec_driver_sql(
                "SELECT id FROM programme WHERE code = ?", (PROSECUTORS,)
            ).one()
            approved.extend(self.office.historical_totals(tx, programme))

        write = partial(self.catalogue.write, lookup=lookup)
        yield Step(moment(_FOUNDED, 8, 15), "change_catalogue", "courses", Role.MANAGER, write)
        yield Step(moment(_TOTALS_ENTERED_ON, 9), "enter_historical_totals", PROSECUTORS, Role.REGISTRAR, enter)
        yield Step(
            moment(_TOTALS_APPROVED_ON, 9),
            "approve_historical_totals",
            PROSECUTORS,
            Role.MANAGER,
            lambda tx: self.office.approve(tx, approved),
        )
        for year in _YEARS_WITH_TARGETS:
            targets = partial(self.office.targets, lookup=lookup, year=year)
            yield Step(moment(dt.date(year, 1, 8), 9), "set_targets", str(year), Role.MANAGER, targets)

    def _yearly_steps(self, lookup: Lookup, schools: Schools) -> Iterator[Step]:
        """Instructors and schools are entered when the year begins in which they first teach or are taught."""
        for year in range(_FOUNDED.year, TODAY.year + 1):
            begins = max(_FOUNDED, workday(dt.date(year, 1, 5)))
            write = partial(self._write_staff, lookup=lookup, year=year)
            yield Step(moment(begins, 8, 20), "change_instructors", str(year), Role.REGISTRAR, write)
            new = [school for school in schools.everything if min(school.taught) == year]
            if new:
                add = partial(schools.write, lookup=lookup, schools=new)
                yield Step(moment(begins, 9), "add_schools", str(year), Role.REGISTRAR, add)

    def _write_staff(self, tx: Tx, lookup: Lookup, year: int) -> None:
        self.staff.write(tx, lookup, year)
        if year == self.staff.user.first_year:
            self.office.link_instructor(tx, self.staff.user.key)

    def _offering_steps(self, lookup: Lookup, offerings: list[PlannedOffering]) -> Iterator[Step]:
        recorder = OfferingRecorder(self.chance, lookup, Papers(self.chance, lookup, self.names), TODAY)
        for offering in sorted(offerings, key=lambda each: (each.ends_on, each.code)):
            use_case = "record_closed_offering" if offering.status is OfferingStatus.CLOSED else "record_offering"
            at = moment(_recorded_on(offering), 16, self.chance.between(0, 59))
            write = partial(recorder.write, offering=offering)
            yield Step(at, use_case, offering.code, Role.REGISTRAR, write)

    def _group_steps(self, lookup: Lookup, groups: list[PlannedGroup]) -> Iterator[Step]:
        """A change set a month; in the closed quarter one group's graduates are corrected afterwards."""
        quarter = parse_period(CLOSED_QUARTER)
        recorder = GroupRecorder(self.chance, lookup)
        corrected = plant(groups, (quarter.first_day, quarter.last_day), TODAY)
        by_month: dict[dt.date, list[PlannedGroup]] = {}
        for group in groups:
            by_month.setdefault(group.recorded_on or TODAY, []).append(group)
        before = dt.date.min
        for day in sorted(by_month):
            write = partial(self._write_groups, recorder=recorder, groups=groups, new=by_month[day], span=(before, day))
            yield Step(moment(day, 17, 30), "record_class_groups", f"{day:%Y-%m}", Role.REGISTRAR, write)
            before = day
        closed: list[int] = []

        def close(tx: Tx) -> None:
            closed.append(self.office.close_quarter(tx, lookup, quarter))

        def restate(tx: Tx) -> None:
            recorder.correct(tx, corrected)
            self.office.restate(tx, lookup, closed[0], quarter, more=corrected.corrected_by)

        yield Step(moment(_CLOSED_ON, 10), "close_quarter", quarter.code, Role.MANAGER, close)
        yield Step(moment(_RESTATED_ON, 10), "restate_quarter", corrected.code, Role.MANAGER, restate)

    def _write_groups(
        self,
        tx: Tx,
        recorder: GroupRecorder,
        groups: list[PlannedGroup],
        new: list[PlannedGroup],
        span: tuple[dt.date, dt.date],
    ) -> None:
        before, day = span
        if day.year >= FIRST_YEAR_OF_LESSONS:
            running = [
                group
                for group in groups
                if group.key
                and group.first_lesson_on.year >= FIRST_YEAR_OF_LESSONS
                and (group.graduates_on is None or group.graduates_on > before)
            ]
            recorder.complete(tx, running, before, day)
        recorder.write(tx, new, day)

    def _load_steps(self, load: LoadWriter, people: int) -> Iterator[Step]:
        at = moment(TODAY - ONE_DAY, 20)
        if people:
            yield Step(at, "make_load", "programme", Role.ADMINISTRATOR, load.found)
        for start in range(0, people, PEOPLE_PER_SET):
            write = partial(load.write, people=min(PEOPLE_PER_SET, people - start))
            yield Step(at, "make_load", str(start), Role.ADMINISTRATOR, write)


def _recorded_on(offering: PlannedOffering) -> dt.date:
    """When the registrar entered the offering: after it closed, or as far as it had come."""
    if offering.status is OfferingStatus.CANCELLED:
        return offering.starts_on - ONE_DAY * 7
    if not offering.roster:
        return min(offering.starts_on - ONE_DAY * 7, TODAY - ONE_DAY)
    return min(offering.recorded_on, TODAY - ONE_DAY)
