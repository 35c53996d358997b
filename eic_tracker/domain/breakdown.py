"""Into which cells of a breakdown a fact falls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from eic_tracker.domain.codes import Measure, Sex
from eic_tracker.domain.facts import ClassGroupFact, Dimension, EnrolmentFact, OfferingFact
from eic_tracker.domain.periods import fy_key, fy_quarter_key, month_key, quarter_key, year_key
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_

Keys = tuple[str | None, ...]

_DATE_KEYS: Mapping[Dimension, Callable[[dt.date], str]] = {
    Dimension.MONTH: month_key,
    Dimension.QUARTER: quarter_key,
    Dimension.FY_QUARTER: fy_quarter_key,
    Dimension.YEAR: year_key,
    Dimension.FY: fy_key,
}
_OFFERING_KEYS: Mapping[Dimension, Callable[[OfferingFact], str | None]] = {
    Dimension.DEPARTMENT: lambda offering: department(offering.municipality),
    Dimension.MUNICIPALITY: attrgetter("municipality"),
    Dimension.COURSE: attrgetter("course"),
    Dimension.COURSE_TYPE: attrgetter("course_type"),
    Dimension.INSTRUCTOR_FORCE: attrgetter("lead_force"),
}
_GROUP_KEYS: Mapping[Dimension, Callable[[ClassGroupFact], str | None]] = {
    Dimension.DEPARTMENT: lambda group: department(group.municipality),
    Dimension.MUNICIPALITY: attrgetter("municipality"),
    Dimension.SCHOOL: attrgetter("school"),
    Dimension.CURRICULUM: attrgetter("curriculum"),
    Dimension.SCHOOL_TYPE: attrgetter("school_type"),
}
_MADE_OF = {Dimension.DEPARTMENT: "municipality", Dimension.SCHOOL_TYPE: "school_type"}
"""The fields of a class group that its keys are made of, where they are not called like the dimension."""
_PEOPLE_KEYS = (Dimension.SEX, Dimension.INSTITUTION, Dimension.UNIT, Dimension.RANK, Dimension.COUNTRY)


def department(municipality: str | None) -> str | None:
    """The department's two digits, with which the municipality's code begins."""
    return municipality[:2] if municipality else None


class Breakdown:
    """Splits offerings and class groups into the cells of some dimensions; without any there is one cell, ()."""

    def __init__(self, by: Sequence[Dimension]) -> None:
        for place, dimension in enumerate(by):
            if dimension in by[:place]:
                raise UserError(N_("“{dimension}” stands twice in the breakdown. Name it once."), dimension=dimension)
        self.by = tuple(by)
        self._places = {dimension: place for place, dimension in enumerate(self.by)}
        self._dates = [(place, _DATE_KEYS[key]) for key, place in self._places.items() if key in _DATE_KEYS]
        self._offering = [(place, _OFFERING_KEYS[key]) for key, place in self._places.items() if key in _OFFERING_KEYS]
        self._group = [(place, _GROUP_KEYS[key]) for key, place in self._places.items() if key in _GROUP_KEYS]
        self._people = [(place, attrgetter(key)) for key, place in self._places.items() if key in _PEOPLE_KEYS]
        self._person = attrgetter(*(key for key in self.by if key in _PEOPLE_KEYS)) if self._people else None

    def roster(self, offering: OfferingFact, roster: list[EnrolmentFact]) -> Iterator[tuple[Keys, list[EnrolmentFact]]]:
        """The cells in which the offering counts, each once, with the part of its roster that falls there."""
        keys = self._dated(offering.ends_on)
        for place, key in self._offering:
            keys[place] = key(offering)
        for part in self._parts(roster):
            for place, of_person in self._people:
                keys[place] = of_person(part[0])
            for cell in self._of_each(offering.instructors, keys):
                yield cell, part

    def heads(self, group: ClassGroupFact, measure: Measure, day: dt.date) -> Iterator[tuple[Keys, int]]:
        """The cells in which the class group has heads; a cell may come several times."""
        keys = self._dated(day)
        for place, key in self._group:
            keys[place] = key(group)
        for grade, sex, heads in self._portions(group, measure):
            if Dimension.GRADE in self._places:
                keys[self._places[Dimension.GRADE]] = grade
            if Dimension.SEX in self._places:
                keys[self._places[Dimension.SEX]] = sex
            for cell in self._of_each(group.instructors, keys):
                yield cell, heads

    @property
    def repeats(self) -> bool:
        """Whether one head may stand in several cells, as with several officers: cells do not add up then."""
        return Dimension.INSTRUCTOR in self._places

    @property
    def one_cell(self) -> bool:
        """Whether all heads of a class group stand in the same cell."""
        return not self._places.keys() & {Dimension.GRADE, Dimension.SEX, Dimension.INSTRUCTOR}

    def sums(self, groups: Iterable[tuple[ClassGroupFact, dt.date]], measure: Measure) -> dict[Keys, int]:
        """The heads of all cells; not for a breakdown that `repeats`.

        Thousands of groups share few days, places and grades: what is alike is added up before it gets its keys."""
        graded = Dimension.GRADE in self._places
        made_of = sorted({_MADE_OF.get(key, key.value) for key in self._places if key in _GROUP_KEYS})
        place_of = attrgetter(*made_of) if made_of else None
        reached = measure is Measure.REACHED
        dated: dict[dt.date, Keys] = {}
        lots: dict[tuple[object, ...], list[int]] = {}
        first: dict[tuple[object, ...], tuple[ClassGroupFact, dt.date, str | None]] = {}
        for group, day in groups:
            by_day = dated.get(day)
            if by_day is None:
                by_day = dated[day] = tuple(self._dated(day))
            place = place_of(group) if place_of else None
            for grade, of_reached, of_graduated in group.grades:
                heads = of_reached if reached else of_graduated
                name = (by_day, place, grade if graded else None)
                lot = lots.get(name)
                if lot is None:
                    lots[name] = [heads.girls, heads.boys, heads.unrecorded]
                    first[name] = group, day, grade
                    continue
                lot[0] += heads.girls
                lot[1] += heads.boys
                lot[2] += heads.unrecorded
        found: dict[Keys, int] = {}
        for alike, lot in lots.items():
            for keys, heads_of_sex in self._cells_of_lot(*first[alike], lot):
                found[keys] = found.get(keys, 0) + heads_of_sex
        return found

    def _cells_of_lot(
        self, group: ClassGroupFact, day: dt.date, grade: str | None, lot: Sequence[int]
    ) -> Iterator[tuple[Keys, int]]:
        keys = self._dated(day)
        for place, key in self._group:
            keys[place] = key(group)
        if Dimension.GRADE in self._places:
            keys[self._places[Dimension.GRADE]] = grade
        sex_at = self._places.get(Dimension.SEX)
        for sex, heads in zip((Sex.F, Sex.M, Sex.U), lot, strict=True):
            if heads:
                if sex_at is not None:
                    keys[sex_at] = sex
                yield tuple(keys), heads

    def _dated(self, day: dt.date) -> list[str | None]:
        keys: list[str | None] = [None] * len(self.by)
        for place, key in self._dates:
            keys[place] = key(day)
        return keys

    def _parts(self, roster: list[EnrolmentFact]) -> Iterable[list[EnrolmentFact]]:
        """The roster split by its keys of people; without such keys it is one part, even when empty."""
        if self._person is None:
            return (roster,)
        parts: dict[object, list[EnrolmentFact]] = {}
        for row in roster:
            parts.setdefault(self._person(row), []).append(row)
        return parts.values()

    def _portions(self, group: ClassGroupFact, measure: Measure) -> Iterator[tuple[str | None, Sex, int]]:
        for grade, reached, graduated in group.grades:
            heads = reached if measure is Measure.REACHED else graduated
            if heads.girls:
                yield grade, Sex.F, heads.girls
            if heads.boys:
                yield grade, Sex.M, heads.boys
            if heads.unrecorded:
                yield grade, Sex.U, heads.unrecorded

    def _of_each(self, instructors: tuple[str, ...], keys: list[str | None]) -> Iterator[Keys]:
        """The cell as it is, or once for each different instructor where they are asked for."""
        place = self._places.get(Dimension.INSTRUCTOR)
        if place is None or not instructors:
            yield tuple(keys)
            return
        for instructor in dict.fromkeys(instructors):
            keys[place] = instructor
            yield tuple(keys)
