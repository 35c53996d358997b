from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.codes import CurriculumKind, Measure
from eic_tracker.domain.counting import Facts, Scope, rows_behind
from eic_tracker.domain.historical import BySex, HistoricalTotal, lies_inside, rest, rest_by_sex
from tests.domain.made_facts import SCOPES, random_facts

NUMBERS = st.integers(0, 6)
SPLITS = st.builds(BySex, NUMBERS, NUMBERS, NUMBERS)
NO_ROWS = BySex()


def a_total(value: int, by_sex: BySex | None = None, linked: BySex = NO_ROWS) -> HistoricalTotal:
    return HistoricalTotal(1, "EIC", Measure.COMPLETIONS, Scope(), value, by_sex, "Memoria 2012", "14", True, linked)


def test_a_linked_row_reduces_the_rest_by_one() -> None:
    assert rest(a_total(20)) == 20
    assert rest(a_total(20, linked=BySex(women=3, men=2))) == 15


def test_the_rest_never_falls_below_zero() -> None:
    assert rest(a_total(2, linked=BySex(women=3))) == 0


def test_a_row_takes_one_of_its_own_sex_first() -> None:
    total = a_total(10, BySex(women=4, men=5, unrecorded=1), linked=BySex(women=4, men=1))
    assert rest_by_sex(total) == BySex(women=0, men=4, unrecorded=1)


def test_where_none_of_its_sex_is_left_a_row_takes_one_that_was_not_recorded_then_one_of_the_others() -> None:
    total = a_total(10, BySex(women=4, men=5, unrecorded=1), linked=BySex(women=6))
    assert rest_by_sex(total) == BySex(women=0, men=4, unrecorded=0)


def test_a_document_that_does_not_tell_the_sexes_has_no_rest_by_sex() -> None:
    assert rest_by_sex(a_total(10, None, linked=BySex(women=6))) is None


@given(SPLITS, SPLITS)
def test_the_rests_by_sex_add_up_to_the_rest(by_sex: BySex, linked: BySex) -> None:
    total = a_total(by_sex.total, by_sex, linked)
    left = rest_by_sex(total)
    assert left is not None
    assert left.total == rest(total)
    assert min(left.women, left.men, left.unrecorded) >= 0
    assert (left.women, left.men, left.unrecorded) <= (by_sex.women, by_sex.men, by_sex.unrecorded)


@given(NUMBERS, SPLITS)
def test_undoing_a_linked_row_gives_its_one_back(value: int, linked: BySex) -> None:
    before = a_total(value, linked=linked)
    after = replace(before, linked=replace(linked, women=linked.women + 1))
    assert rest(before) - rest(after) == (1 if rest(before) else 0)


@given(random_facts(), SCOPES, SCOPES, st.sampled_from(Measure))
def test_what_lies_inside_a_scope_counts_nothing_outside_of_it(
    facts: Facts, inner: Scope, outer: Scope, measure: Measure
) -> None:
    if lies_inside(inner, outer):
        day = dt.date(2019, 6, 28)
        within = {(row.kind, row.id) for row in rows_behind(facts, measure, as_of=day, scope=inner)}
        assert within <= {(row.kind, row.id) for row in rows_behind(facts, measure, as_of=day, scope=outer)}


@given(SCOPES)
def test_a_scope_lies_inside_itself_and_inside_everything(scope: Scope) -> None:
    assert lies_inside(scope, Scope())
    if not (scope.departments and scope.municipalities):
        assert lies_inside(scope, scope)


@pytest.mark.parametrize(
    ("inner", "outer", "inside"),
    [
        (Scope(), Scope(departments=("08",)), False),
        (Scope(municipalities=("0801",)), Scope(departments=("08",)), True),
        (Scope(departments=("08",)), Scope(municipalities=("0801",)), False),
        (Scope(municipalities=("0801", "0501")), Scope(departments=("08",)), False),
        (Scope(lead_force="HNP"), Scope(lead_force="CNP"), False),
        (Scope(), Scope(lead_force="CNP"), False),
        (Scope(curriculum_kind=CurriculumKind.CAMP), Scope(), True),
        (Scope(), Scope(curriculum_kind=CurriculumKind.CAMP), False),
        (Scope(), Scope(school="S1"), False),
        (Scope(programmes=("EIC",)), Scope(programmes=("GREAT",)), False),
        (Scope(first_day=dt.date(2018, 1, 1)), Scope(first_day=dt.date(2017, 1, 1)), True),
        (Scope(first_day=dt.date(2016, 1, 1)), Scope(first_day=dt.date(2017, 1, 1)), False),
        (Scope(last_day=dt.date(2018, 1, 1)), Scope(last_day=dt.date(2017, 1, 1)), False),
        (Scope(), Scope(last_day=dt.date(2017, 1, 1)), False),
    ],
)
def test_a_scope_lies_inside_another_when_all_of_it_does(inner: Scope, outer: Scope, inside: bool) -> None:
    assert lies_inside(inner, outer) is inside
