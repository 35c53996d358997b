"""Seeded chance: everything invented in a demonstration file comes from one generator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """One seeded generator; the same seed and the same calls give the same file."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.below: Callable[[int], int] = self.random.randrange

    def uid(self) -> str:
        """An identity that leaves the machine: 32 hexadecimal digits."""
        return f"{self.random.getrandbits(128):032x}"

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both possible."""
        return low + self.below(high - low + 1)

    def happens(self, per_thousand: int) -> bool:
        """True in so many of a thousand cases."""
        return self.below(1000) < per_thousand

    def one_of(self, items: Sequence[T]) -> T:
        """One of the items, all equally likely."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[int]) -> T:
        """One of the items, as likely as its weight says."""
        return self.random.choices(items, weights)[0]

    def parts(self, total: int, count: int, low: int, high: int) -> list[int]:
        """`count` numbers from low to high that add up to the total exactly."""
        if not low * count <= total <= high * count:
            raise ValueError(f"{count} parts of {low} to {high} cannot make {total}")
        numbers = [self.between(low, high) for _ in range(count)]
        return self.balanced(numbers, total, [low] * count, [high] * count)

    def balanced(self, numbers: list[int], total: int, low: Sequence[int], high: Sequence[int]) -> list[int]:
        """The numbers, nudged one by one inside their bounds until they add up to the total exactly."""
        if not sum(low) <= total <= sum(high):
            raise ValueError(f"numbers from {sum(low)} to {sum(high)} cannot make {total}")
        gap = total - sum(numbers)
        step = 1 if gap > 0 else -1
        while gap:
            place = self.below(len(numbers))
            if low[place] <= numbers[place] + step <= high[place]:
                numbers[place] += step
                gap -= step
        return numbers


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """The total split by weight into whole numbers that add up to it exactly (largest remainders)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    result = [int(number) for number in exact]
    by_remainder = sorted(range(len(weights)), key=lambda place: (result[place] - exact[place], place))
    for place in by_remainder[: total - sum(result)]:
        result[place] += 1
    return result
