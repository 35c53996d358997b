"""The rules of results: each by an example, and the sums against their plain re-statement."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eic_tracker.domain.codes import AttendanceMark, DayPart, EnrolmentStatus, RoundingRule, SecondChanceRule
from eic_tracker.domain.grading import (
    SCALES,
    Need,
    Part,
    Rules,
    Standing,
    attendance_percent,
    converted,
    counted_grade,
    final_grade,
    gain,
    likely_scales,
    may_repeat,
    rounded,
    standing,
)
from tests.domain.plain_grading import plain_attendance, plain_final

NONE, HALF_UP = RoundingRule.NONE, RoundingRule.HALF_UP
RULES = Rules(minimum_grade=7000, minimum_attendance=80)
P, L, A, E = AttendanceMark.PRESENT, AttendanceMark.LATE, AttendanceMark.ABSENT, AttendanceMark.EXCUSED
WHOLE, MORNING, AFTERNOON = DayPart.WHOLE, DayPart.MORNING, DayPart.AFTERNOON

grades = st.integers(0, 10_000)
parts = st.lists(st.builds(Part, st.integers(0, 100), st.none() | grades), max_size=6)
marks = st.lists(st.tuples(st.sampled_from(AttendanceMark), st.sampled_from(DayPart)), max_size=50)


@given(parts, st.sampled_from(RoundingRule))
def test_the_final_grade_is_what_sharing_out_by_weight_gives(written: list[Part], rounding: RoundingRule) -> None:
    assert final_grade(written, rounding) == plain_final(written, rounding)


@given(st.lists(st.builds(Part, st.integers(1, 100), grades), min_size=1, max_size=6))
def test_the_final_grade_lies_between_the_lowest_and_the_highest_part(written: list[Part]) -> None:
    held = [part.grade for part in written if part.grade is not None]
    final = final_grade(written, NONE)
    assert final is not None
    assert min(held) <= final <= max(held)


@given(marks)
def test_attendance_is_the_largest_whole_percent_that_the_days_reach(
    held: list[tuple[AttendanceMark, DayPart]],
) -> None:
    assert attendance_percent(held) == plain_attendance(held)


def test_sixty_nine_and_a_half_is_not_seventy_unless_the_course_rounds() -> None:
    written = [Part(50, 6900), Part(50, 7000)]
    assert final_grade(written, NONE) == 6950
    assert final_grade(written, HALF_UP) == 7000
    assert standing(6950, 100, RULES).status is EnrolmentStatus.NOT_COMPLETED


@pytest.mark.parametrize(
    ("hundredths", "none", "half_up"),
    [
        (Fraction(6949_99, 100), 6949, 6900),
        (Fraction(6950), 6950, 7000),
        (Fraction(699999, 100), 6999, 7000),
        (Fraction(0), 0, 0),
        (Fraction(10_000), 10_000, 10_000),
    ],
)
def test_decimals_beyond_the_hundredths_are_cut_and_halves_go_up_where_the_course_says_so(
    hundredths: Fraction, none: int, half_up: int
) -> None:
    assert (rounded(hundredths, NONE), rounded(hundredths, HALF_UP)) == (none, half_up)


def test_a_weight_left_out_shares_the_grade_among_the_others() -> None:
    assert final_grade([Part(60, 8000), Part(20, 6000), Part(0, None)], NONE) == 7500


def test_a_blank_is_not_a_zero() -> None:
    assert final_grade([Part(50, 9000), Part(50, None)], NONE) is None
    assert final_grade([Part(50, 9000), Part(50, 0)], NONE) == 4500
    assert standing(None, 100, RULES) == Standing(None, missing=frozenset({Need.GRADE}))
    assert standing(0, 100, RULES).status is EnrolmentStatus.NOT_COMPLETED


@pytest.mark.parametrize("written", [[], [Part(0, 9000)]])
def test_without_a_part_that_counts_there_is_no_final_grade(written: list[Part]) -> None:
    assert final_grade(written, NONE) is None


def test_a_minimum_exactly_met_is_met() -> None:
    assert standing(7000, 80, RULES) == Standing(EnrolmentStatus.COMPLETED)
    assert standing(6999, 80, RULES).short == {Need.GRADE}
    assert standing(7000, 79, RULES).short == {Need.ATTENDANCE}


def test_four_of_five_days_are_eighty_percent_and_meet_it() -> None:
    week = [(P, WHOLE), (L, WHOLE), (P, WHOLE), (P, WHOLE), (A, WHOLE)]
    assert attendance_percent(week) == 80


def test_without_a_day_held_and_with_all_days_excused_there_is_no_attendance_to_speak_of() -> None:
    assert attendance_percent([]) is None
    assert attendance_percent([(E, WHOLE), (E, WHOLE)]) is None
    assert standing(9000, None, RULES) == Standing(None, missing=frozenset({Need.ATTENDANCE}))


def test_an_excused_day_is_neither_for_nor_against() -> None:
    assert attendance_percent([(P, WHOLE), (E, WHOLE), (A, WHOLE)]) == 50


def test_a_morning_missed_is_half_a_day_missed() -> None:
    assert attendance_percent([(A, MORNING), (P, AFTERNOON), (P, WHOLE)]) == 75


def test_what_is_missing_leaves_it_open_even_where_the_rest_falls_short() -> None:
    found = standing(None, 62, RULES)
    assert found == Standing(None, frozenset({Need.GRADE}), frozenset({Need.ATTENDANCE}))


def test_a_course_without_minima_asks_for_nothing() -> None:
    assert standing(None, None, Rules(0, 0)) == Standing(EnrolmentStatus.COMPLETED)


@given(st.none() | grades, st.none() | st.integers(0, 100), st.integers(0, 10_000), st.integers(0, 100))
def test_only_who_meets_all_minima_completes(
    grade: int | None, attendance: int | None, least: int, present: int
) -> None:
    found = standing(grade, attendance, Rules(least, present))
    meets = (least == 0 or (grade is not None and grade >= least)) and (
        present == 0 or (attendance is not None and attendance >= present)
    )
    assert (found.status is EnrolmentStatus.COMPLETED) == meets


def test_the_second_chance_counts_in_place_of_a_grade_below_the_minimum() -> None:
    assert counted_grade(6500, 8800, RULES) == 8800
    assert counted_grade(6500, 6000, RULES) == 6000
    assert counted_grade(None, 7000, RULES) == 7000
    assert counted_grade(7000, 6000, RULES) == 7000
    assert counted_grade(6500, None, RULES) == 6500


def test_a_second_chance_that_counts_at_most_the_minimum_is_cut_to_it() -> None:
    rules = Rules(7000, 80, second_chance=SecondChanceRule.AT_MOST_MINIMUM)
    assert counted_grade(6500, 8800, rules) == 7000
    assert counted_grade(6500, 6900, rules) == 6900


def test_who_reached_the_minimum_has_no_second_chance_and_neither_has_a_course_without_one() -> None:
    assert may_repeat(6999, RULES)
    assert may_repeat(None, RULES)
    assert not may_repeat(7000, RULES)
    without = Rules(7000, 80, second_chance=SecondChanceRule.NONE)
    assert not may_repeat(6000, without)
    assert counted_grade(6000, 9000, without) == 6000


@pytest.mark.parametrize(
    ("grade", "scale", "to", "expected"),
    [("4.2", 5, 100, 84), ("8.5", 10, 100, 85), ("3", 5, 10, 6), ("84", 100, 5, "4.2"), ("71.5", 100, 100, "71.5")],
)
def test_a_grade_of_one_scale_is_said_exactly_on_another(grade: str, scale: int, to: int, expected: object) -> None:
    assert converted(Fraction(grade), scale, to) == Fraction(str(expected))


@given(st.fractions(0, 5), st.sampled_from(SCALES), st.sampled_from(SCALES))
def test_there_and_back_a_grade_is_the_same(grade: Fraction, scale: int, to: int) -> None:
    assert converted(converted(grade, scale, to), to, scale) == grade


@pytest.mark.parametrize(
    ("written", "scale", "expected"),
    [
        (["4.2", "3.8", "3.1"], 100, (5, 10, 100)),
        (["9.5", "4"], 100, (10, 100)),
        (["5", "0"], 100, (5, 10, 100)),
        (["71.5", "4"], 100, (100,)),
        (["4.2", "3.8"], 10, (5, 10)),
        (["4.2"], 5, (5,)),
        ([], 100, (100,)),
    ],
)
def test_the_scale_is_open_only_where_no_grade_of_the_class_is_above_five_or_ten(
    written: list[str], scale: int, expected: tuple[int, ...]
) -> None:
    assert likely_scales([Fraction(each) for each in written], scale) == expected


def test_what_was_learned_needs_both_tests() -> None:
    assert gain(4000, 8550) == 4550
    assert gain(8000, 7500) == -500
    assert gain(None, 8550) is None
    assert gain(4000, None) is None
