"""The counting rules: each sentence by an example, and all of them against their plain re-statement."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eic_tracker.domain.codes import CurriculumKind, EnrolmentStatus, Measure, OfferingPhase, OfferingStatus, Seat, Sex
from eic_tracker.domain.counting import (
    EVERYTHING,
    Counts,
    CountTable,
    Dimension,
    Facts,
    Heads,
    Keys,
    RowKind,
    Scope,
    count,
    figure,
    phase,
    rows_behind,
)
from eic_tracker.errors import UserError
from tests.domain.made_facts import (
    DATES,
    DAY,
    DAYS,
    MUNICIPALITIES,
    SCOPES,
    Row,
    a_group,
    an_enrolment,
    an_offering,
    facts_of,
    random_facts,
)
from tests.domain.plain_counting import DATE_DIMENSIONS, date_key, plain_counts

LATER = dt.date(2019, 6, 28)
ONE_DAY = dt.timedelta(days=1)
D = Dimension
KEYS: dict[Dimension, Sequence[str | None]] = {
    D.SEX: ("F", "M", "U", None),
    D.DEPARTMENT: ("05", "08", None),
    D.MUNICIPALITY: (*(place for place in MUNICIPALITIES if place), None),
    D.INSTITUTION: ("HNP", "MP", None),
    D.UNIT: ("DPI", None),
    D.RANK: ("agent", None),
    D.COUNTRY: ("GTM", "HND", None),
    D.COURSE: ("ballistics", "first-response", None),
    D.COURSE_TYPE: ("course", "seminar", None),
    D.INSTRUCTOR_FORCE: ("CNP", "HNP", None),
    D.INSTRUCTOR: ("ana", "ben", None),
    D.SCHOOL: ("S1", "S2", None),
    D.GRADE: ("4", "5", None),
    D.CURRICULUM: ("camp", "middle-6", None),
    D.SCHOOL_TYPE: ("official", None),
    **{dimension: sorted({date_key(dimension, day) for day in DAYS}) for dimension in DATE_DIMENSIONS},
}
BREAKDOWNS = st.lists(st.sampled_from(Dimension), max_size=3, unique=True)


def total(*rows: Row, as_of: dt.date = LATER, scope: Scope = EVERYTHING) -> Counts:
    return count(facts_of(*rows), as_of=as_of, scope=scope).total


def by_keys(table: CountTable) -> dict[Keys, Counts]:
    return {row.keys: row.counts for row in table.rows}


def broken_down(*rows: Row, by: Sequence[Dimension]) -> dict[Keys, Counts]:
    return by_keys(count(facts_of(*rows), as_of=LATER, by=by))


# The whole, against the plain re-statement


@settings(max_examples=300)
@given(random_facts(), DATES, BREAKDOWNS, SCOPES)
def test_counting_says_what_the_sentences_say(facts: Facts, as_of: dt.date, by: list[Dimension], scope: Scope) -> None:
    table = count(facts, as_of=as_of, by=by, scope=scope)
    assert table.total == plain_counts(facts, as_of, scope, {})
    expected: dict[Keys, Counts] = {}
    for keys in itertools.product(*(KEYS[dimension] for dimension in by)) if by else ():
        counts = plain_counts(facts, as_of, scope, dict(zip(by, keys, strict=True)))
        if counts != Counts():
            expected[keys] = counts
    assert by_keys(table) == expected


@given(random_facts(), DATES, BREAKDOWNS, SCOPES, st.sampled_from(Measure))
def test_every_figure_opens_into_its_rows(
    facts: Facts, as_of: dt.date, by: list[Dimension], scope: Scope, measure: Measure
) -> None:
    table = count(facts, as_of=as_of, by=by, scope=scope)
    opened = rows_behind(facts, measure, as_of=as_of, scope=scope)
    assert sum(row.amount for row in opened) == getattr(table.total, measure)
    assert figure(facts, measure, as_of=as_of, scope=scope) == getattr(table.total, measure)
    for row in table.rows:
        inside = rows_behind(facts, measure, as_of=as_of, scope=scope, by=by, keys=row.keys)
        assert sum(each.amount for each in inside) == getattr(row.counts, measure)
        assert len({(each.kind, each.id) for each in inside}) == len(inside)
        assert {(each.kind, each.id) for each in inside} <= {(each.kind, each.id) for each in opened}


@given(random_facts(), DATES, BREAKDOWNS)
def test_rows_are_ordered_by_key_with_missing_keys_last(facts: Facts, as_of: dt.date, by: list[Dimension]) -> None:
    rows = count(facts, as_of=as_of, by=by).rows
    assert [row.keys for row in rows] == sorted(
        (row.keys for row in rows), key=lambda keys: [key or "\U0010ffff" for key in keys]
    )
    assert all(row.counts != Counts() for row in rows)
    assert all(key is None or type(key) is str for row in rows for key in row.keys)


def test_without_dimensions_there_are_no_rows() -> None:
    offering = an_offering()
    table = count(facts_of(offering, an_enrolment(offering)), as_of=LATER)
    assert table.rows == ()
    assert table.total == Counts(completions=1, persons=1, enrolments=1, offerings=1)


def test_a_dimension_is_asked_for_once() -> None:
    with pytest.raises(UserError, match="“sex” stands twice"):
        count(facts_of(), as_of=LATER, by=(D.SEX, D.YEAR, D.SEX))


# One date per fact


def test_courses_are_dated_by_the_last_day_of_the_offering() -> None:
    offering = an_offering(dt.date(2019, 1, 2), starts_on=dt.date(2018, 12, 3))
    assert list(broken_down(offering, an_enrolment(offering), by=[D.QUARTER])) == [("2019Q1",)]


def test_reached_is_dated_by_the_first_lesson_and_graduated_by_the_graduation() -> None:
    group = a_group(
        Heads(girls=20), Heads(girls=18), first_lesson_on=dt.date(2018, 10, 1), graduated_on=dt.date(2019, 2, 1)
    )
    assert broken_down(group, by=[D.FY_QUARTER]) == {
        ("FY2019Q1",): Counts(reached=20),
        ("FY2019Q2",): Counts(graduated=18),
    }


def test_a_group_reached_before_the_as_of_date_may_graduate_after_it() -> None:
    group = a_group(Heads(boys=20), Heads(boys=18), graduated_on=DAY + ONE_DAY)
    assert total(group, as_of=DAY) == Counts(reached=20)


def test_a_class_group_without_a_date_is_not_counted() -> None:
    assert total(a_group(Heads(boys=20), Heads(boys=18), first_lesson_on=None, graduated_on=None)) == Counts()


def test_the_as_of_date_cuts_by_the_date_of_the_fact() -> None:
    offering = an_offering()
    rows = (offering, an_enrolment(offering))
    assert total(*rows, as_of=DAY - ONE_DAY) == Counts()
    assert total(*rows, as_of=DAY).completions == 1


def test_the_period_of_a_scope_cuts_each_date_by_itself() -> None:
    group = a_group(Heads(boys=20), Heads(boys=18), graduated_on=DAY + ONE_DAY)
    assert total(group, scope=Scope(first_day=DAY, last_day=DAY)) == Counts(reached=20)
    assert total(group, scope=Scope(first_day=DAY + ONE_DAY)) == Counts(graduated=18)


# Offerings


@pytest.mark.parametrize(
    ("status", "days", "expected"),
    [
        (OfferingStatus.OPEN, -5, OfferingPhase.PLANNED),
        (OfferingStatus.OPEN, -4, OfferingPhase.RUNNING),
        (OfferingStatus.OPEN, 0, OfferingPhase.RUNNING),
        (OfferingStatus.OPEN, 1, OfferingPhase.FINISHED),
        (OfferingStatus.CLOSED, -5, OfferingPhase.PLANNED),
        (OfferingStatus.CLOSED, -1, OfferingPhase.RUNNING),
        (OfferingStatus.CLOSED, 0, OfferingPhase.CLOSED),
        (OfferingStatus.CANCELLED, 1, OfferingPhase.CANCELLED),
    ],
)
def test_what_an_offering_is_follows_from_its_dates(status: OfferingStatus, days: int, expected: OfferingPhase) -> None:
    assert phase(an_offering(DAY, status), DAY + days * ONE_DAY) is expected


def test_finished_and_closed_offerings_count_and_no_others() -> None:
    assert total(an_offering(status=OfferingStatus.CLOSED), as_of=DAY).offerings == 1
    assert total(an_offering(status=OfferingStatus.OPEN), as_of=DAY + ONE_DAY).offerings == 1
    assert total(an_offering(status=OfferingStatus.OPEN), as_of=DAY).offerings == 0


def test_a_cancelled_offering_counts_nowhere() -> None:
    offering = an_offering(status=OfferingStatus.CANCELLED)
    assert total(offering, an_enrolment(offering)) == Counts()


def test_an_offering_without_people_counts_but_not_by_a_key_of_people() -> None:
    offering = an_offering()
    assert broken_down(offering, by=[D.YEAR]) == {("2018",): Counts(offerings=1)}
    assert broken_down(offering, by=[D.YEAR, D.SEX]) == {}
    assert total(offering).offerings == 1


def test_an_offering_counts_in_each_cell_of_people_in_which_it_has_a_counted_enrolment() -> None:
    offering = an_offering()
    rows = (
        offering,
        an_enrolment(offering, sex=Sex.F),
        an_enrolment(offering, sex=Sex.M),
        an_enrolment(offering, sex=Sex.U, status=EnrolmentStatus.NO_SHOW),
    )
    cells = broken_down(*rows, by=[D.SEX])
    assert {keys: counts.offerings for keys, counts in cells.items()} == {("F",): 1, ("M",): 1}
    assert total(*rows).offerings == 1


def test_an_offering_counts_with_each_of_its_instructors_and_the_total_counts_it_once() -> None:
    offering = an_offering(instructors=("ana", "ben", "ana"))
    nobody = an_offering(instructors=())
    rows = (offering, an_enrolment(offering), nobody)
    assert broken_down(*rows, by=[D.INSTRUCTOR]) == {
        ("ana",): Counts(1, 1, 1, 1),
        ("ben",): Counts(1, 1, 1, 1),
        (None,): Counts(offerings=1),
    }
    assert total(*rows) == Counts(1, 1, 1, 2)


def test_the_force_of_an_offering_is_that_of_its_lead() -> None:
    rows = (an_offering(lead_force="CNP", instructors=("cnp", "hnp")), an_offering(lead_force=None))
    assert broken_down(*rows, by=[D.INSTRUCTOR_FORCE]) == {("CNP",): Counts(offerings=1), (None,): Counts(offerings=1)}
    assert total(*rows, scope=Scope(lead_force="CNP")).offerings == 1


# Enrolments, completions, persons


@pytest.mark.parametrize("status", EnrolmentStatus)
def test_enrolments_are_completed_not_completed_or_withdrew(status: EnrolmentStatus) -> None:
    offering = an_offering()
    counted = status in {EnrolmentStatus.COMPLETED, EnrolmentStatus.NOT_COMPLETED, EnrolmentStatus.WITHDREW}
    counts = total(offering, an_enrolment(offering, status))
    assert counts.enrolments == int(counted)
    assert counts.completions == counts.persons == int(status is EnrolmentStatus.COMPLETED)


@pytest.mark.parametrize("status", EnrolmentStatus)
def test_an_alternate_without_a_seat_is_not_counted(status: EnrolmentStatus) -> None:
    offering = an_offering()
    assert total(offering, an_enrolment(offering, status, seat=Seat.ALTERNATE)) == Counts(offerings=1)


def test_an_open_offering_has_no_completions() -> None:
    offering = an_offering(status=OfferingStatus.OPEN)
    rows = (offering, an_enrolment(offering), an_enrolment(offering, EnrolmentStatus.WITHDREW))
    assert total(*rows) == Counts(enrolments=1, offerings=1)
    assert rows_behind(facts_of(*rows), Measure.COMPLETIONS, as_of=LATER) == ()


def test_persons_are_distinct_and_never_added_up() -> None:
    first, second = an_offering(dt.date(2017, 5, 5)), an_offering(dt.date(2018, 5, 5))
    rows = (first, second, an_enrolment(first, person=1), an_enrolment(second, person=1))
    cells = broken_down(*rows, by=[D.YEAR])
    assert [counts.persons for counts in cells.values()] == [1, 1]
    assert (total(*rows).persons, total(*rows).completions) == (1, 2)


def test_a_person_who_completed_nothing_in_a_cell_is_no_person_of_it() -> None:
    first, second = an_offering(dt.date(2017, 5, 5)), an_offering(dt.date(2018, 5, 5))
    rows = (
        first,
        second,
        an_enrolment(first, person=1),
        an_enrolment(second, EnrolmentStatus.NOT_COMPLETED, person=1),
    )
    assert {keys: counts.persons for keys, counts in broken_down(*rows, by=[D.YEAR]).items()} == {
        ("2017",): 1,
        ("2018",): 0,
    }


def test_merging_people_changes_persons_not_completions() -> None:
    first, second = an_offering(), an_offering()
    one, other = an_enrolment(first), an_enrolment(second)
    apart = total(first, second, one, other)
    merged = total(first, second, one, replace(other, person=one.person))
    assert (apart.persons, merged.persons) == (2, 1)
    assert apart.completions == merged.completions == 2


def test_institution_unit_rank_and_country_are_those_of_the_enrolment() -> None:
    offering = an_offering()
    row = an_enrolment(offering, institution="MP", unit=None, rank="fiscal", country="GTM")
    assert list(broken_down(offering, row, by=[D.INSTITUTION, D.UNIT, D.RANK, D.COUNTRY])) == [
        ("MP", None, "fiscal", "GTM")
    ]


def test_sex_that_was_not_recorded_is_a_row_of_its_own() -> None:
    offering = an_offering()
    assert list(broken_down(offering, an_enrolment(offering, sex=Sex.U), by=[D.SEX])) == [("U",)]


# Class groups


def test_heads_are_split_by_sex_as_girls_boys_and_not_recorded() -> None:
    group = a_group(Heads(girls=15, boys=17, unrecorded=2), Heads(girls=14))
    assert broken_down(group, by=[D.SEX]) == {
        ("F",): Counts(reached=15, graduated=14),
        ("M",): Counts(reached=17),
        ("U",): Counts(reached=2),
    }


@pytest.mark.parametrize("kind", CurriculumKind)
def test_camp_and_workshop_are_reached_only(kind: CurriculumKind) -> None:
    group = a_group(Heads(girls=20), Heads(girls=18), curriculum_kind=kind)
    never = kind in {CurriculumKind.CAMP, CurriculumKind.WORKSHOP}
    assert total(group) == Counts(reached=20, graduated=0 if never else 18)


def test_a_multigrade_group_counts_each_grade_by_itself() -> None:
    grades = (("4", Heads(girls=5), Heads(girls=4)), ("5", Heads(boys=7), Heads()), (None, Heads(boys=1), Heads()))
    group = replace(a_group(), grades=grades)
    assert broken_down(group, by=[D.GRADE]) == {
        ("4",): Counts(reached=5, graduated=4),
        ("5",): Counts(reached=7),
        (None,): Counts(reached=1),
    }
    assert total(group) == Counts(reached=13, graduated=4)


def test_a_class_group_counts_with_each_of_its_officers_and_the_total_counts_it_once() -> None:
    group = a_group(Heads(girls=20), instructors=("ana", "ben"))
    assert broken_down(group, by=[D.INSTRUCTOR]) == {("ana",): Counts(reached=20), ("ben",): Counts(reached=20)}
    assert total(group).reached == 20


def test_a_dimension_that_does_not_apply_is_a_missing_key() -> None:
    rows = (an_offering(), a_group(Heads(girls=20)))
    for dimension in (D.SCHOOL, D.GRADE, D.CURRICULUM, D.SCHOOL_TYPE):
        assert broken_down(*rows, by=[dimension])[None,].offerings == 1
    for dimension in (D.COURSE, D.COURSE_TYPE, D.INSTRUCTOR_FORCE, D.INSTITUTION, D.UNIT, D.RANK, D.COUNTRY):
        assert broken_down(*rows, by=[dimension])[None,].reached == 20


# Scope


def test_department_and_municipality_are_those_of_the_place_and_of_the_school() -> None:
    rows = (an_offering(municipality="0301"), an_offering(municipality=None), a_group(Heads(girls=20)))
    assert broken_down(*rows, by=[D.DEPARTMENT, D.MUNICIPALITY]) == {
        ("03", "0301"): Counts(offerings=1),
        ("08", "0801"): Counts(reached=20),
        (None, None): Counts(offerings=1),
    }
    assert total(*rows, scope=Scope(departments=("08", "05"))) == Counts(reached=20)
    assert total(*rows, scope=Scope(municipalities=("0301",))) == Counts(offerings=1)


def test_class_groups_are_out_of_a_scope_that_names_a_lead_force() -> None:
    assert total(a_group(Heads(girls=20)), scope=Scope(lead_force="HNP")) == Counts()


@pytest.mark.parametrize("scope", [Scope(curriculum_kind=CurriculumKind.MIDDLE), Scope(school="S1")])
def test_offerings_are_out_of_a_scope_that_names_a_curriculum_or_a_school(scope: Scope) -> None:
    assert total(an_offering(), a_group(Heads(girls=20)), scope=scope) == Counts(reached=20)


def test_a_scope_names_its_programmes() -> None:
    rows = (an_offering(), an_offering(programme="OTHER"), a_group(Heads(girls=20)))
    assert total(*rows, scope=Scope(programmes=("EIC",))) == Counts(offerings=1)
    assert total(*rows, scope=Scope(programmes=("EIC", "GREAT"))) == Counts(offerings=1, reached=20)


# The rows behind


def test_persons_open_into_participants_and_heads_into_class_groups() -> None:
    first, second = an_offering(), an_offering()
    group = a_group(Heads(girls=15, boys=17), Heads(boys=3))
    facts = facts_of(first, second, an_enrolment(first, person=7), an_enrolment(second, person=7), group)
    [person] = rows_behind(facts, Measure.PERSONS, as_of=LATER)
    assert (person.kind, person.id, person.amount) == (RowKind.PARTICIPANT, 7, 1)
    [heads] = rows_behind(facts, Measure.REACHED, as_of=LATER, by=[D.SEX], keys=("M",))
    assert (heads.kind, heads.id, heads.amount) == (RowKind.CLASS_GROUP, group.id, 17)
    assert {row.id for row in rows_behind(facts, Measure.OFFERINGS, as_of=LATER)} == {first.id, second.id}
