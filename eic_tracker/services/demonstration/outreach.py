"""G.R.E.A.T. in class groups: which classes were taught, when and where, and whom they reached and graduated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from eic_tracker.services.demonstration.chance import Chance, shares
from eic_tracker.services.demonstration.heads import GroupHeads, heads_of
from eic_tracker.services.demonstration.instructors import PlannedInstructor, Staff
from eic_tracker.services.demonstration.plan import Plan, PlanRow, YouthPlan, read_demo_list
from eic_tracker.services.demonstration.schools import PlannedSchool, Schools
from eic_tracker.services.demonstration.simulated_time import FRIDAY, ONE_DAY, friday, monday
from eic_tracker.store.tables.outreach import Shift

SMALLEST_CLASS, LARGEST_CLASS, _USUAL_CLASS = 18, 40, 29
_SMALLEST_CAMP, _LARGEST_CAMP, _USUAL_CAMP = 60, 140, 100
_CITIES_WITH_CAMPS = 10
_CLASSES_PER_VISIT = (2, 3, 4, 5, 6, 8)

_FIRST_LESSONS_FROM, _FIRST_LESSONS_TO = (2, 5), (10, 20)
_LAST_GRADUATION = (12, 12)
_LAST_BEGINNING = 36
"""Days before the file's day on which the last class begins that has graduated by then."""

_STOPPED = 30
"""Classes of a thousand that stop before they graduate."""

PRIMARY, MIDDLE = ("GREAT-PRIMARIA", "6 lecciones"), ("GREAT-SECUNDARIA", "13 lecciones")
MIDDLE_SINCE_2016, CAMP = ("GREAT-SECUNDARIA", "12 lecciones (Honduras)"), ("GREAT-CAMPAMENTO", "2 días")
LESSONS = {PRIMARY: 6, MIDDLE: 13, MIDDLE_SINCE_2016: 12, CAMP: 2}


@dataclass(slots=True)
class PlannedGroup:
    """One class group; without `graduates_on` it has not graduated."""

    school: PlannedSchool | None
    municipality: str
    curriculum: tuple[str, str]
    grade: str | None
    section: str | None
    shift: Shift | None
    lessons: list[dt.date]
    graduates_on: dt.date | None
    heads: GroupHeads
    officers: list[PlannedInstructor] = field(default_factory=list)
    event: str | None = None
    code: str = ""
    recorded_on: dt.date | None = None
    lessons_missed: int = 0
    corrected_by: int = 0
    """How many graduates were missing when the group was first recorded."""
    key: int = 0

    @property
    def first_lesson_on(self) -> dt.date:
        """The day that counts as reached."""
        return self.lessons[0]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the plan: so many reached and graduated, first lessons between two days, in certain places."""

    reached: int
    graduated: int
    first: dt.date
    last: dt.date
    places: tuple[str, ...]
    weights: tuple[int, ...]
    graduates_by: dt.date
    ceremony: dt.date | None = None
    event: str | None = None
    still_taught: dt.date = dt.date.min
    """A day on which no class of the stretch has had its last lesson yet."""
    closed_to: tuple[tuple[tuple[str, ...], dt.date, dt.date], ...] = ()
    """(places, first day, last day) in which no other group may begin or graduate."""


class OutreachPlanner:
    """Turns the plan's totals into class groups."""

    def __init__(self, chance: Chance, staff: Staff, plan: Plan, schools: Schools) -> None:
        self.chance = chance
        self.staff = staff
        self.plan = plan
        self.schools = schools
        self._places = read_demo_list("places")

    def groups(self, as_of: dt.date) -> list[PlannedGroup]:
        """All class groups and camps, with codes by year in the order of their first lessons."""
        groups = [
            group
            for youth in self.plan.youth()
            for stretch in self._stretches(youth, as_of)
            for group in self._classes(stretch)
        ]
        for row in self.plan.camps():
            groups += self._camps(row)
        groups.sort(key=lambda group: (group.first_lesson_on, group.municipality))
        numbers: dict[int, int] = {}
        for group in groups:
            year = group.first_lesson_on.year
            numbers[year] = numbers.get(year, 0) + 1
            group.code = f"G-{year}-{numbers[year]:05d}"
        return groups

    def _stretches(self, youth: YouthPlan, as_of: dt.date) -> Iterator[Stretch]:
        """The plan of a period, cut where it names places or days; the rest takes what is left."""
        year = youth.first_day.year
        ceremonies = self.plan.ceremonies(youth)
        closed_to = tuple((row.municipalities, row.first_day, row.last_day) for row in ceremonies)
        reached, graduated = youth.reached, youth.graduated
        for row in ceremonies:
            stretch = self._ceremony(row, round(row.value * youth.reached / youth.graduated))
            reached, graduated = reached - stretch.reached, graduated - stretch.graduated
            yield stretch
        first, last = dt.date(year, *_FIRST_LESSONS_FROM), dt.date(year, *_FIRST_LESSONS_TO)
        rest = self._stretch(year, reached, graduated, (first, last), dt.date(year, *_LAST_GRADUATION), closed_to)
        named = self.plan.reached_in_places(youth)
        early = self.plan.reached_early(youth)
        if named:
            yield from self._by_place(rest, named)
        elif early is not None:
            done = sum(round(row.value * youth.reached / youth.graduated) for row in ceremonies)
            yield from self._by_day(rest, early.value - done, early.last_day)
        elif youth.last_day >= as_of:
            yield from self._still_running(rest, as_of)
        else:
            yield rest

    def _stretch(
        self,
        year: int,
        reached: int,
        graduated: int,
        span: tuple[dt.date, dt.date],
        graduates_by: dt.date,
        closed_to: tuple[tuple[tuple[str, ...], dt.date, dt.date], ...],
    ) -> Stretch:
        known = [row for row in self._places if int(row["first_year"]) <= year]
        return Stretch(
            reached=reached,
            graduated=graduated,
            first=span[0],
            last=span[1],
            places=tuple(row["municipality"] for row in known),
            weights=tuple(int(row["weight"]) for row in known),
            graduates_by=graduates_by,
            closed_to=closed_to,
        )

    def _ceremony(self, row: PlanRow, reached: int) -> Stretch:
        day = row.last_day
        if row.first_day != row.last_day:
            day = friday(row.first_day + ONE_DAY * ((row.last_day - row.first_day).days * 2 // 3))
            if "Friday" in row.condition:
                day = friday(row.first_day)
        return Stretch(
            reached=reached,
            graduated=row.value,
            first=day - ONE_DAY * 80,
            last=day - ONE_DAY * 50,
            places=row.municipalities,
            weights=tuple(range(6 * len(row.municipalities), 0, -6)),
            graduates_by=day,
            ceremony=day,
            event="Clausura general de G.R.E.A.T.",
        )

    def _by_place(self, rest: Stretch, named: Sequence[PlanRow]) -> Iterator[Stretch]:
        """Places whose part is told get it; the others share what is left."""
        left, graduated = rest.reached, rest.graduated
        places = {code for row in named for code in row.municipalities}
        for row in named:
            part = round(row.value * rest.graduated / rest.reached)
            left, graduated = left - row.value, graduated - part
            yield _changed(rest, row.value, part, places=row.municipalities, weights=(1,) * len(row.municipalities))
        others = [
            (place, weight) for place, weight in zip(rest.places, rest.weights, strict=True) if place not in places
        ]
        yield _changed(
            rest, left, graduated, places=tuple(each[0] for each in others), weights=tuple(each[1] for each in others)
        )

    def _by_day(self, rest: Stretch, early: int, day: dt.date) -> Iterator[Stretch]:
        """So many have their first lesson by the day, the others after it."""
        part = round(early * rest.graduated / rest.reached)
        yield _changed(rest, early, part, last=day)
        last = rest.last + ONE_DAY * 10
        yield _changed(rest, rest.reached - early, rest.graduated - part, first=day + ONE_DAY, last=last)

    def _still_running(self, rest: Stretch, as_of: dt.date) -> Iterator[Stretch]:
        """Those who graduate begin early enough; the others are still being taught at the file's day."""
        earlier = self.plan.youth()[-2]
        begun = round(rest.graduated * earlier.reached / earlier.graduated)
        latest = as_of - ONE_DAY * _LAST_BEGINNING
        yield _changed(rest, begun, rest.graduated, last=latest, graduates_by=as_of - ONE_DAY * 7)
        yield _changed(
            rest, rest.reached - begun, 0, first=latest - ONE_DAY * 4, last=as_of - ONE_DAY * 9, still_taught=as_of
        )

    def _classes(self, stretch: Stretch) -> Iterator[PlannedGroup]:
        """Visits to schools until everybody of the stretch has a class."""
        chance = self.chance
        count = round(stretch.reached / _USUAL_CLASS)
        sizes = chance.parts(stretch.reached, count, SMALLEST_CLASS, LARGEST_CLASS)
        graduates = self._graduates(sizes, stretch.graduated)
        while sizes:
            of_visit = min(chance.one_of(_CLASSES_PER_VISIT), len(sizes))
            progress = 1 - len(sizes) / count
            for group in self._visit(stretch, progress, sizes[-of_visit:], graduates[-of_visit:]):
                yield group
                sizes.pop()
                graduates.pop()

    def _graduates(self, sizes: Sequence[int], total: int) -> list[int]:
        """How many of each class graduate; a few classes stop before."""
        if not total:
            return [0] * len(sizes)
        chance = self.chance
        highest = [0 if chance.happens(_STOPPED) else size for size in sizes]
        wanted = shares(total, highest)
        numbers = [
            max(min(high, number + chance.between(-2, 2)), 1) if high else 0
            for number, high in zip(wanted, highest, strict=True)
        ]
        return chance.balanced(numbers, total, [min(high, 1) for high in highest], highest)

    def _visit(
        self, stretch: Stretch, progress: float, sizes: Sequence[int], graduates: Sequence[int]
    ) -> Iterator[PlannedGroup]:
        """One school, its classes from the last size to the first; fewer where the school has no more classes."""
        place, is_middle, begins, ends = self._where_and_when(stretch, progress)
        year = begins.year
        school = self.schools.in_place(place, year, is_middle=is_middle)
        officers = self.staff.officers(place, year)
        leading = self.chance.one_of(officers)
        curriculum = PRIMARY if not is_middle else MIDDLE if year < 2016 else MIDDLE_SINCE_2016
        for size, graduated in zip(reversed(sizes), reversed(graduates), strict=True):
            taught = school.next_class(year)
            if taught is None:
                return
            grade, section, shift = taught
            lessons = _lesson_days(begins + ONE_DAY * self.chance.below(3), LESSONS[curriculum])
            heads = heads_of(self.chance, size, graduated, grade)
            group = PlannedGroup(
                school, place, curriculum, grade, section, shift, lessons, ends if graduated else None, heads
            )
            if heads.by_grade:
                group.grade = None
            if not graduated and stretch.graduated:
                del group.lessons[self.chance.between(1, len(lessons) - 1) :]
            group.event = stretch.event if graduated else None
            group.officers = [leading]
            if len(officers) > 1 and self.chance.happens(120):
                group.officers.append(next(each for each in officers if each is not leading))
            yield group

    def _where_and_when(self, stretch: Stretch, progress: float) -> tuple[str, bool, dt.date, dt.date]:
        """Place, middle school or not, the Monday on which a visit begins, and the day on which it graduates."""
        while True:
            place = self.chance.weighted(stretch.places, stretch.weights)
            is_middle = self.chance.happens(380)
            days = (stretch.last - stretch.first).days
            begins = monday(stretch.first + ONE_DAY * (int((days - 14) * progress) + self.chance.below(6)))
            lessons = LESSONS[MIDDLE] if is_middle else LESSONS[PRIMARY]
            taught = _lesson_days(begins + ONE_DAY * 2, lessons)[-1]
            ends = stretch.ceremony or friday(taught + ONE_DAY * self.chance.below(12))
            in_time = taught <= ends <= stretch.graduates_by and taught > stretch.still_taught
            span = (begins, begins + ONE_DAY * 2)
            if in_time and not any(_meets(closed, place, span, ends) for closed in stretch.closed_to):
                return place, is_middle, begins, ends

    def _camps(self, row: PlanRow) -> Iterator[PlannedGroup]:
        """Two days each, in the larger cities."""
        chance = self.chance
        year = row.first_day.year
        cities = sorted(self._places, key=lambda place: -int(place["weight"]))[:_CITIES_WITH_CAMPS]
        sizes = chance.parts(row.value, round(row.value / _USUAL_CAMP), _SMALLEST_CAMP, _LARGEST_CAMP)
        for place, size in enumerate(sizes):
            city = cities[place % len(cities)]["municipality"]
            earliest, latest = row.first_day + ONE_DAY * 4, row.last_day - ONE_DAY * 14
            begins = earliest + ONE_DAY * chance.below((latest - earliest).days)
            begins -= ONE_DAY * max(begins.weekday() - FRIDAY + 1, 0)
            heads = heads_of(chance, size, 0, None)
            group = PlannedGroup(None, city, CAMP, None, None, None, [begins, begins + ONE_DAY], None, heads)
            group.event = "Campamento de vacaciones"
            group.officers = self.staff.officers(city, year)[:2]
            yield group


def _changed(stretch: Stretch, reached: int, graduated: int, **changes: Any) -> Stretch:
    return replace(stretch, reached=reached, graduated=graduated, **changes)


def _lesson_days(first: dt.date, count: int) -> list[dt.date]:
    """Two lessons a week, two days apart."""
    return [first + ONE_DAY * (7 * (place // 2) + 2 * (place % 2)) for place in range(count)]


def _meets(
    closed: tuple[tuple[str, ...], dt.date, dt.date], place: str, begins: tuple[dt.date, dt.date], ends: dt.date
) -> bool:
    places, first, last = closed
    return place in places and (first <= ends <= last or (begins[0] <= last and begins[1] >= first))
