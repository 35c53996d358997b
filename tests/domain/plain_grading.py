"""The rules of results said again, slowly and plainly: strings of digits, lists, no fractions."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

from eic_tracker.domain.codes import AttendanceMark, DayPart, RoundingRule
from eic_tracker.domain.grading import Part


def plain_final(parts: list[Part], rounding: RoundingRule) -> int | None:
    """Each hundredth of a point stands in a heap as often as its part weighs; the heap is shared out."""
    heap = counted = 0
    for part in parts:
        if part.weight == 0:
            continue
        if part.grade is None:
            return None
        for _ in range(part.weight):
            heap += part.grade
            counted += 1
    if counted == 0:
        return None
    with localcontext() as context:
        context.prec = 60
        points = Decimal(heap) / Decimal(counted) / 100
        if rounding is RoundingRule.HALF_UP:
            # sixty digits of a quotient of such small numbers never round onto a half that is none
            return int(points.quantize(Decimal(1), ROUND_HALF_UP)) * 100
        return int(points.quantize(Decimal("0.01"), ROUND_FLOOR) * 100)


def plain_attendance(marks: list[tuple[AttendanceMark, DayPart]]) -> int | None:
    """The largest whole percent that those there, counted in half days, still reach."""
    halves: list[bool] = []
    for mark, part in marks:
        if mark is not AttendanceMark.EXCUSED:
            there = mark in (AttendanceMark.PRESENT, AttendanceMark.LATE)
            halves += [there, there] if part is DayPart.WHOLE else [there]
    if not halves:
        return None
    return max(percent for percent in range(101) if percent * len(halves) <= halves.count(True) * 100)
