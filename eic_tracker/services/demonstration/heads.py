"""The heads of a class group by sex and, in multigrade groups, by grade."""

from __future__ import annotations

from dataclasses import dataclass, field

from eic_tracker.services.demonstration.chance import Chance, shares
from eic_tracker.services.demonstration.schools import MIDDLE_GRADES, PRIMARY_GRADES

_UNRECORDED = 25
_MULTIGRADE = 45
_LARGEST_MULTIGRADE = 28
"""Groups of a thousand whose paper tells no sex, and that hold several grades (these are small)."""

Triple = tuple[int, int, int]
"""Girls, boys, not recorded."""


@dataclass(slots=True)
class GroupHeads:
    """Enrolled, reached and graduated, each as girls, boys, not recorded; the same per grade of a multigrade group."""

    enrolled: Triple
    reached: Triple
    graduated: Triple
    by_grade: dict[str, tuple[Triple, Triple, Triple]] = field(default_factory=dict)


def heads_of(chance: Chance, reached: int, graduated: int, grade: str | None) -> GroupHeads:
    """Heads of a group whose totals are given."""
    enrolled = reached + chance.weighted((0, 1, 2, 3, 4), (40, 25, 18, 10, 7))
    if chance.happens(_UNRECORDED):
        return GroupHeads((0, 0, enrolled), (0, 0, reached), (0, 0, graduated))
    girls_enrolled = enrolled // 2 + chance.between(-enrolled // 10, enrolled // 10)
    girls = _part(chance, girls_enrolled, enrolled, reached)
    girls_graduated = _part(chance, girls, reached, graduated)
    heads = GroupHeads(
        enrolled=(girls_enrolled, enrolled - girls_enrolled, 0),
        reached=(girls, reached - girls, 0),
        graduated=(girls_graduated, graduated - girls_graduated, 0),
    )
    if grade is not None and reached <= _LARGEST_MULTIGRADE and chance.happens(_MULTIGRADE * 3):
        heads.by_grade = _split(heads, PRIMARY_GRADES if grade in PRIMARY_GRADES else MIDDLE_GRADES)
    return heads


def _part(chance: Chance, girls: int, everybody: int, left: int) -> int:
    """How many girls are among those left, when girls and boys leave about equally; never more than there were."""
    about = girls * left // everybody + chance.between(-1, 1) if everybody else 0
    return max(min(about, girls, left), left - (everybody - girls), 0)


def _split(heads: GroupHeads, grades: tuple[str, ...]) -> dict[str, tuple[Triple, Triple, Triple]]:
    """The heads of a group over its grades: each column adds up, and nobody graduates who was not reached."""
    enrolled = [shares(number, (5, 4, 3)) for number in heads.enrolled]
    reached = [_under(number, column) for number, column in zip(heads.reached, enrolled, strict=True)]
    graduated = [_under(number, column) for number, column in zip(heads.graduated, reached, strict=True)]
    return {
        grade: (
            (enrolled[0][place], enrolled[1][place], enrolled[2][place]),
            (reached[0][place], reached[1][place], reached[2][place]),
            (graduated[0][place], graduated[1][place], graduated[2][place]),
        )
        for place, grade in enumerate(grades)
    }


def _under(total: int, ceilings: list[int]) -> list[int]:
    """The total split like the ceilings, none above its own."""
    result = list(ceilings)
    place = 0
    while sum(result) > total:
        if result[place % len(result)]:
            result[place % len(result)] -= 1
        place += 1
    return result
