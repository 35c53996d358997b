"""Rules of results: final grade, scale, rounding, second chance, attendance, and what they propose; all exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from eic_tracker.domain.codes import AttendanceMark, DayPart, EnrolmentStatus, RoundingRule, SecondChanceRule

SCALES = (5, 10, 100)
"""The scales on which people write grades: 5 in Colombia, 10 or 100 elsewhere."""

POINT = 100
"""Grades are kept in hundredths of a point of the scale of their course version."""

_HALF = Fraction(1, 2)


class Need(StrEnum):
    """What a completion needs."""

    GRADE = "grade"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a course version asks: minimum grade in hundredths, minimum attendance in percent, rounding, second chance.

    A minimum of 0 asks for nothing: then neither a grade nor an attendance is missing."""

    minimum_grade: int
    minimum_attendance: int
    rounding: RoundingRule = RoundingRule.NONE
    second_chance: SecondChanceRule = SecondChanceRule.REPLACES


@dataclass(frozen=True, slots=True)
class Part:
    """A test, a product or a module: its weight in percent, its grade in hundredths (None: blank, which is not 0)."""

    weight: int
    grade: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands: the status that follows (None: open), what is missing, where the minimum is not met."""

    status: EnrolmentStatus | None
    missing: frozenset[Need] = frozenset()
    short: frozenset[Need] = frozenset()


def final_grade(parts: Iterable[Part], rounding: RoundingRule) -> int | None:
    """The weighted mean of the parts, in hundredths; parts of weight 0 are left out.

    None where a part that counts is blank, or where none counts: a blank is never a zero."""
    counted = [part for part in parts if part.weight > 0]
    grades = [part.grade for part in counted if part.grade is not None]
    if not counted or len(grades) < len(counted):
        return None
    whole = sum(part.weight for part in counted)
    points = sum(part.weight * grade for part, grade in zip(counted, grades, strict=True))
    return rounded(Fraction(points, whole), rounding)


def rounded(hundredths: Fraction, rounding: RoundingRule) -> int:
    """A grade as it is kept: to the next whole point, halves up, or with what lies beyond the hundredths cut off.

    Cutting never lifts anybody over a minimum: 69.996 is 69.99."""
    if rounding is RoundingRule.HALF_UP:
        return int((hundredths / POINT + _HALF) // 1) * POINT
    return int(hundredths // 1)


def converted(grade: Fraction, scale: int, to: int) -> Fraction:
    """A grade of one scale on another, in the unit in which it came: 4.2 of 5 is 84 of 100."""
    return grade * to / scale


def likely_scales(grades: Iterable[Fraction], scale: int) -> tuple[int, ...]:
    """The scales on which a class may have been graded, smallest first; one only: there is nothing to ask.

    A class of a course of 100 without a grade above 5 was graded of 5, of 10 or, rarely, of 100."""
    highest = max(grades, default=None)
    if highest is None:
        return (scale,)
    return (*(each for each in SCALES if each < scale and highest <= each), scale)


def counted_grade(first: int | None, second: int | None, rules: Rules) -> int | None:
    """The grade that counts, in hundredths: the second chance where the first is blank or below the minimum."""
    if second is None or not may_repeat(first, rules):
        return first
    if rules.second_chance is SecondChanceRule.AT_MOST_MINIMUM:
        return min(second, rules.minimum_grade)
    return second


def may_repeat(first: int | None, rules: Rules) -> bool:
    """Whether a second chance is open: the course holds one, and the first grade is blank or below the minimum."""
    return rules.second_chance is not SecondChanceRule.NONE and (first is None or first < rules.minimum_grade)


def gain(pre_test: int | None, post_test: int | None) -> int | None:
    """What a person learned between the two tests, in hundredths; None where one was not taken."""
    return None if pre_test is None or post_test is None else post_test - pre_test


_THERE = frozenset({AttendanceMark.PRESENT, AttendanceMark.LATE})


def attendance_percent(marks: Iterable[tuple[AttendanceMark, DayPart]]) -> int | None:
    """The share of marked days on which a person was there, in whole percent, cut; late is there, half days count half.

    Excused days are neither for nor against; None where no day is left: no day held, or all excused."""
    there = held = 0
    for mark, part in marks:
        if mark is AttendanceMark.EXCUSED:
            continue
        weight = 2 if part is DayPart.WHOLE else 1
        held += weight
        there += weight if mark in _THERE else 0
    return there * 100 // held if held else None


def standing(grade: int | None, attendance: int | None, rules: Rules) -> Standing:
    """What follows from the grade that counts and the attendance; a minimum exactly met is met.

    Where something is missing nothing follows yet, whatever the rest says."""
    needed = (
        (Need.GRADE, grade, rules.minimum_grade),
        (Need.ATTENDANCE, attendance, rules.minimum_attendance),
    )
    asked = [(need, value, least) for need, value, least in needed if least > 0]
    missing = frozenset(need for need, value, _ in asked if value is None)
    short = frozenset(need for need, value, least in asked if value is not None and value < least)
    if missing:
        return Standing(None, missing, short)
    return Standing(EnrolmentStatus.NOT_COMPLETED if short else EnrolmentStatus.COMPLETED, short=short)
