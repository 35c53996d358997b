"""The order of merit: by the grade that counts, equal grades share a place, and the next place is left out."""

from __future__ import annotations

from collections.abc import Sequence


def merit_places(grades: Sequence[int]) -> list[int]:
    """The place of each of these grades, from 1; those before it are the higher ones: 90, 90, 80 are 1, 1, 3."""
    first: dict[int, int] = {}
    for place, grade in enumerate(sorted(grades, reverse=True), 1):
        first.setdefault(grade, place)
    return [first[grade] for grade in grades]
