"""A table of one's own: every number is the plain count of its cell, and every total is counted by itself."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.codes import Measure, Sex
from eic_tracker.domain.counting import TOGETHER, Facts, Scope, count
from eic_tracker.domain.cross_table import MOST_COLUMNS, CrossTable, TableSpec, check_table, cross_table, dimensions_of
from eic_tracker.domain.facts import Dimension
from eic_tracker.errors import UserError
from tests.domain.made_facts import DATES, SCOPES, a_group, an_enrolment, an_offering, facts_of, random_facts
from tests.domain.plain_counting import plain_counts

D = Dimension
LATER = dt.date(2019, 6, 28)


def made(facts: Facts, spec: TableSpec, as_of: dt.date = LATER) -> CrossTable:
    return cross_table(spec, as_of, partial(_count, facts, spec, as_of))


def _count(facts: Facts, spec: TableSpec, as_of: dt.date, by: tuple[Dimension, ...]):  # type: ignore[no-untyped-def]
    return count(facts, as_of=as_of, by=by, scope=spec.scope)


@st.composite
def specs(draw: st.DrawFn) -> TableSpec:
    """Any table that makes sense, with at most one kept cell."""
    measure = draw(st.sampled_from(Measure))
    chosen = draw(st.permutations(dimensions_of(measure)).map(lambda each: each[:3]))
    columns = draw(st.sampled_from([chosen[1], None]))
    key = draw(st.sampled_from(["F", "M", "2018", "0801", "CNP", "ana", None]))
    only = draw(st.sampled_from([(), ((chosen[2], key),)]))
    return TableSpec(measure, chosen[0], columns, draw(SCOPES), only)


@given(random_facts(), specs(), DATES)
def test_every_number_and_every_total_is_the_plain_count_of_what_it_stands_for(
    facts: Facts, spec: TableSpec, as_of: dt.date
) -> None:
    table = made(facts, spec, as_of)
    kept = dict(spec.only)

    def plain(measure: Measure, cell: dict[Dimension, str | None]) -> int:
        return int(getattr(plain_counts(facts, as_of, spec.scope, {**kept, **cell}), measure))

    for row in table.rows:
        assert table.row_totals.get(row, 0) == plain(spec.measure, {spec.rows: row})
        for column in table.columns:
            if spec.columns is None:
                assert table.number(row, column) == plain(Measure(str(column)), {spec.rows: row})
            else:
                assert table.number(row, column) == plain(spec.measure, {spec.rows: row, spec.columns: column})
    assert table.total == plain(spec.measure, {})
    assert table.whole.persons == plain(Measure.PERSONS, {})


@given(random_facts(), specs())
def test_no_row_and_no_column_of_a_table_is_empty_and_none_is_left_out(facts: Facts, spec: TableSpec) -> None:
    table = made(facts, spec)
    shown = {row for row, _ in table.numbers}
    assert set(table.rows) == shown
    if spec.columns is not None:
        assert set(table.columns) == {column for _, column in table.numbers}
    assert len(table.rows) == len(set(table.rows))


@given(random_facts(), specs())
def test_a_table_says_whether_its_rows_and_columns_make_their_totals(facts: Facts, spec: TableSpec) -> None:
    table = made(facts, spec)
    below = all(
        sum(table.number(row, column) for row in table.rows) == table.column_totals.get(column, 0)
        for column in table.columns
    )
    beside = spec.columns is None or all(
        sum(table.number(row, column) for column in table.columns) == table.row_totals.get(row, 0) for row in table.rows
    )
    assert table.adds_up is (below and beside)


def test_distinct_persons_are_counted_once_in_each_total() -> None:
    first, second = an_offering(), an_offering(dt.date(2019, 1, 1))
    facts = facts_of(first, second, an_enrolment(first, person=7), an_enrolment(second, person=7))
    table = made(facts, TableSpec(Measure.PERSONS, D.YEAR))
    assert [table.number(year, Measure.PERSONS) for year in table.rows] == [1, 1]
    assert table.column_totals[Measure.PERSONS] == table.total == 1
    assert not table.adds_up
    assert table.columns == TOGETHER[Measure.PERSONS], "completions, persons and enrolments stand together"


def test_times_stand_in_their_order_and_all_else_with_the_largest_first_what_is_not_recorded_last() -> None:
    rare, often = an_offering(course="a"), an_offering(dt.date(2017, 5, 5), course="b")
    people = [an_enrolment(rare, institution=None), an_enrolment(rare), an_enrolment(often), an_enrolment(often)]
    facts = facts_of(rare, often, *people)
    assert made(facts, TableSpec(Measure.COMPLETIONS, D.YEAR)).rows == ("2017", "2018")
    assert made(facts, TableSpec(Measure.COMPLETIONS, D.INSTITUTION)).rows == ("HNP", None)
    again = facts_of(*facts.offerings, *people, an_enrolment(often))
    assert made(again, TableSpec(Measure.COMPLETIONS, D.COURSE)).rows == ("b", "a")


def test_a_kept_cell_leaves_the_rest_out_of_rows_and_totals() -> None:
    offering = an_offering()
    facts = facts_of(offering, an_enrolment(offering), an_enrolment(offering, sex=Sex.M), a_group())
    table = made(facts, TableSpec(Measure.COMPLETIONS, D.YEAR, only=((D.SEX, "F"),)))
    assert (table.number("2018", Measure.COMPLETIONS), table.total) == (1, 1)
    assert made(facts, TableSpec(Measure.COMPLETIONS, D.YEAR, only=((D.SEX, None),))).rows == ()


def test_a_table_without_any_facts_is_empty_and_its_totals_are_zero() -> None:
    table = made(facts_of(), TableSpec(Measure.REACHED, D.YEAR, D.SEX))
    assert (table.rows, table.columns, table.total, table.adds_up) == ((), (), 0, True)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (TableSpec(Measure.COMPLETIONS, D.GRADE), "grade"),
        (TableSpec(Measure.REACHED, D.YEAR, D.RANK), "rank"),
        (TableSpec(Measure.PERSONS, D.YEAR, only=((D.SCHOOL, "S1"),)), "school"),
        (TableSpec(Measure.PERSONS, D.YEAR, D.YEAR), "twice"),
        (TableSpec(Measure.PERSONS, D.YEAR, D.SEX, only=((D.SEX, "F"),)), "twice"),
    ],
)
def test_what_makes_no_sense_together_is_refused_with_the_word_in_question(spec: TableSpec, said: str) -> None:
    with pytest.raises(UserError, match=said):
        check_table(spec)


def test_more_columns_than_can_be_read_are_refused_with_their_number() -> None:
    offerings = [an_offering(course=f"c{number}") for number in range(MOST_COLUMNS + 1)]
    facts = facts_of(*offerings, *map(an_enrolment, offerings))
    with pytest.raises(UserError) as refused:
        made(facts, TableSpec(Measure.COMPLETIONS, D.YEAR, D.COURSE))
    assert refused.value.values["count"] == MOST_COLUMNS + 1
    assert len(made(facts, TableSpec(Measure.COMPLETIONS, D.COURSE, D.YEAR)).rows) == MOST_COLUMNS + 1


def test_a_table_counts_inside_its_scope_only() -> None:
    eic, other = an_offering(), an_offering(programme="OTHER")
    facts = facts_of(eic, other, an_enrolment(eic), an_enrolment(other))
    assert made(facts, TableSpec(Measure.COMPLETIONS, D.YEAR, scope=Scope(programmes=("EIC",)))).total == 1
