"""The counting rules said again, sentence by sentence, in the plainest loops: what `count` is compared with.

Nothing here is shared with the program but the types of the facts. Each cell is asked for by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from eic_tracker.domain.counting import ClassGroupFact, Counts, Dimension, EnrolmentFact, Facts, OfferingFact, Scope

Cell = Mapping[Dimension, str | None]
DATE_DIMENSIONS = (Dimension.MONTH, Dimension.QUARTER, Dimension.FY_QUARTER, Dimension.YEAR, Dimension.FY)
PEOPLE_DIMENSIONS = (Dimension.SEX, Dimension.INSTITUTION, Dimension.UNIT, Dimension.RANK, Dimension.COUNTRY)
FISCAL_QUARTER_OF_MONTH = {1: 2, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 4, 8: 4, 9: 4, 10: 1, 11: 1, 12: 1}
QUARTER_OF_MONTH = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3, 10: 4, 11: 4, 12: 4}


def plain_counts(facts: Facts, as_of: dt.date, scope: Scope, cell: Cell) -> Counts:
    """The six measures of one cell; an empty cell is the total."""
    return Counts(
        completions=completions(facts, as_of, scope, cell),
        persons=persons(facts, as_of, scope, cell),
        enrolments=enrolments(facts, as_of, scope, cell),
        offerings=offerings(facts, as_of, scope, cell),
        reached=reached(facts, as_of, scope, cell),
        graduated=graduated(facts, as_of, scope, cell),
    )


def offerings(facts: Facts, as_of: dt.date, scope: Scope, cell: Cell) -> int:
    """Finished or closed; by a key of people those with a counted enrolment in that cell."""
    number = 0
    for offering in facts.offerings:
        if not offering_is_over(offering, as_of) or not offering_in_scope(offering, scope):
            continue
        if not offering_in_cell(offering, cell):
            continue
        if any(dimension in PEOPLE_DIMENSIONS for dimension in cell):
            there = [
                row
                for row in facts.enrolments
                if row.offering_id == offering.id and enrolment_counts(row, offering) and person_in_cell(row, cell)
            ]
            if not there:
                continue
        number += 1
    return number


def enrolments(facts: Facts, as_of: dt.date, scope: Scope, cell: Cell) -> int:
    """Of those offerings: completed, not_completed or withdrew, with a seat."""
    return len(counted_enrolments(facts, as_of, scope, cell))


def completions(facts: Facts, as_of: dt.date, scope: Scope, cell: Cell) -> int:
    """Status completed; an open offering has none."""
    return len([row for row in counted_enrolments(facts, as_of, scope, cell) if row.status.value == "completed"])


def persons(facts: Facts, as_of: dt.date, scope: Scope, cell: Cell) -> int:
    """Distinct people with at least one completion in that very cell."""
    seen: list[int] = []
    for row in counted_enrolments(facts, as_of, scope, cell):
        if row.status.value == "completed" and row.person not in seen:
            seen.append(row.person)
    return len(seen)


def reached(facts: Facts, as_of: dt.date, scope: Scope, cell: Cell) -> int:
    """Heads of class groups, dated by the first lesson."""
    number = 0
    for group in facts.class_groups:
        if group_in_scope(group, scope) and dated_inside(group.first_lesson_on, as_of, scope):
            for grade, heads, _ in group.grades:
                for sex, some in (("F", heads.girls), ("M", heads.boys), ("U", heads.unrecorded)):
                    if group_in_cell(group, group.first_lesson_on, grade, sex, cell):
                        number += some
    return number


def graduated(facts: Facts, as_of: dt.date, scope: Scope, cell: Cell) -> int:
    """Heads of class groups, dated by the graduation; camp and workshop are reached only."""
    number = 0
    for group in facts.class_groups:
        if group.curriculum_kind.value in {"camp", "workshop"}:
            continue
        if group_in_scope(group, scope) and dated_inside(group.graduated_on, as_of, scope):
            for grade, _, heads in group.grades:
                for sex, some in (("F", heads.girls), ("M", heads.boys), ("U", heads.unrecorded)):
                    if group_in_cell(group, group.graduated_on, grade, sex, cell):
                        number += some
    return number


def counted_enrolments(facts: Facts, as_of: dt.date, scope: Scope, cell: Cell) -> list[EnrolmentFact]:
    """The counted enrolments of the offerings that are over, in scope and in the cell."""
    return [
        row
        for row in facts.enrolments
        for offering in facts.offerings
        if offering.id == row.offering_id
        and offering_is_over(offering, as_of)
        and offering_in_scope(offering, scope)
        and offering_in_cell(offering, cell)
        and enrolment_counts(row, offering)
        and person_in_cell(row, cell)
    ]


def offering_is_over(offering: OfferingFact, as_of: dt.date) -> bool:
    """Open ones are finished after their last day, closed ones count from it on, cancelled ones never."""
    if offering.status.value == "open":
        return as_of > offering.ends_on
    if offering.status.value == "closed":
        return as_of >= offering.ends_on
    return False


def enrolment_counts(row: EnrolmentFact, offering: OfferingFact) -> bool:
    """Not applied, enrolled, no_show, removed; not an alternate; not a completion where nothing was closed."""
    if row.seat.value == "alternate":
        return False
    if row.status.value == "completed":
        return offering.status.value == "closed"
    return row.status.value in {"not_completed", "withdrew"}


def offering_in_scope(offering: OfferingFact, scope: Scope) -> bool:
    """An offering has no curriculum and no school."""
    if scope.curriculum_kind is not None or scope.school is not None:
        return False
    if scope.programmes != () and offering.programme not in scope.programmes:
        return False
    if scope.first_day is not None and offering.ends_on < scope.first_day:
        return False
    if scope.last_day is not None and offering.ends_on > scope.last_day:
        return False
    if scope.lead_force is not None and offering.lead_force != scope.lead_force:
        return False
    return in_place(offering.municipality, scope)


def group_in_scope(group: ClassGroupFact, scope: Scope) -> bool:
    """A class group has no lead force."""
    if scope.lead_force is not None:
        return False
    if scope.programmes != () and group.programme not in scope.programmes:
        return False
    if scope.curriculum_kind is not None and group.curriculum_kind is not scope.curriculum_kind:
        return False
    if scope.school is not None and group.school != scope.school:
        return False
    return in_place(group.municipality, scope)


def in_place(municipality: str | None, scope: Scope) -> bool:
    """The department of a place is the first two digits of its municipality."""
    if scope.municipalities != () and municipality not in scope.municipalities:
        return False
    if scope.departments == ():
        return True
    return municipality is not None and any(municipality.startswith(each) for each in scope.departments)


def dated_inside(day: dt.date | None, as_of: dt.date, scope: Scope) -> bool:
    """No date is not counted; each date is cut by itself."""
    if day is None:
        return False
    after = scope.first_day is None or scope.first_day <= day
    before = scope.last_day is None or day <= scope.last_day
    return after and before and day <= as_of


def offering_in_cell(offering: OfferingFact, cell: Cell) -> bool:
    """Whether the offering has every key of the cell, but those of people."""
    single = {
        Dimension.MUNICIPALITY: offering.municipality,
        Dimension.DEPARTMENT: offering.municipality[0:2] if offering.municipality is not None else None,
        Dimension.COURSE: offering.course,
        Dimension.COURSE_TYPE: offering.course_type,
        Dimension.INSTRUCTOR_FORCE: offering.lead_force,
        Dimension.SCHOOL: None,
        Dimension.GRADE: None,
        Dimension.CURRICULUM: None,
        Dimension.SCHOOL_TYPE: None,
    }
    for dimension, key in cell.items():
        if dimension in DATE_DIMENSIONS and date_key(dimension, offering.ends_on) != key:
            return False
        if dimension in single and single[dimension] != key:
            return False
        if dimension is Dimension.INSTRUCTOR and not has_instructor(offering.instructors, key):
            return False
    return True


def person_in_cell(row: EnrolmentFact, cell: Cell) -> bool:
    """Whether the enrolment has every key of people that the cell names."""
    keys = {
        Dimension.SEX: row.sex.value,
        Dimension.INSTITUTION: row.institution,
        Dimension.UNIT: row.unit,
        Dimension.RANK: row.rank,
        Dimension.COUNTRY: row.country,
    }
    return all(keys[dimension] == key for dimension, key in cell.items() if dimension in PEOPLE_DIMENSIONS)


def group_in_cell(group: ClassGroupFact, day: dt.date | None, grade: str | None, sex: str, cell: Cell) -> bool:
    """Whether heads of that grade and sex have every key of the cell."""
    single = {
        Dimension.SEX: sex,
        Dimension.GRADE: grade,
        Dimension.MUNICIPALITY: group.municipality,
        Dimension.DEPARTMENT: group.municipality[0:2] if group.municipality is not None else None,
        Dimension.SCHOOL: group.school,
        Dimension.SCHOOL_TYPE: group.school_type,
        Dimension.CURRICULUM: group.curriculum,
        Dimension.INSTITUTION: None,
        Dimension.UNIT: None,
        Dimension.RANK: None,
        Dimension.COUNTRY: None,
        Dimension.COURSE: None,
        Dimension.COURSE_TYPE: None,
        Dimension.INSTRUCTOR_FORCE: None,
    }
    for dimension, key in cell.items():
        if dimension in DATE_DIMENSIONS and (day is None or date_key(dimension, day) != key):
            return False
        if dimension in single and single[dimension] != key:
            return False
        if dimension is Dimension.INSTRUCTOR and not has_instructor(group.instructors, key):
            return False
    return True


def has_instructor(instructors: tuple[str, ...], key: str | None) -> bool:
    """An offering or class group counts with each of its instructors, else in the row of a missing key."""
    return key in instructors if instructors else key is None


def date_key(dimension: Dimension, day: dt.date) -> str:
    """The key of a day in one dimension."""
    fiscal_year = day.year + 1 if day.month >= 10 else day.year
    return {
        Dimension.MONTH: day.strftime("%Y-%m"),
        Dimension.QUARTER: f"{day.year}Q{QUARTER_OF_MONTH[day.month]}",
        Dimension.FY_QUARTER: f"FY{fiscal_year}Q{FISCAL_QUARTER_OF_MONTH[day.month]}",
        Dimension.YEAR: str(day.year),
        Dimension.FY: f"FY{fiscal_year}",
    }[dimension]
