"""Audit samples: a draw that anybody can repeat from its seed, and what the outcomes of its items add up to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What somebody found who held the papers of an item in their hands."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items of a sample were found how, and how many wait."""

    supported: int
    partly: int
    unsupported: int
    waiting: int

    @property
    def checked(self) -> int:
        """The items with an outcome."""
        return self.supported + self.partly + self.unsupported

    @property
    def error_rate(self) -> float | None:
        """The share of the checked items that are not wholly supported; None before one is checked."""
        return (self.partly + self.unsupported) / self.checked if self.checked else None


def drawn(identities: Iterable[str], size: int, seed: str) -> tuple[str, ...]:
    """The `size` identities with the smallest SHA-256 of seed, colon and identity (UTF-8), smallest first.

    Who knows the seed and the rows draws the same again; nobody can steer it who does not choose the seed."""
    return tuple(sorted(identities, key=lambda identity: _place(seed, identity))[:size])


def _place(seed: str, identity: str) -> bytes:
    return hashlib.sha256(f"{seed}:{identity}".encode()).digest()


def population_digest(identities: Iterable[str]) -> str:
    """SHA-256 (hexadecimal) of the sorted identities, one on a line: tells whether the rows are those of the draw."""
    return hashlib.sha256("\n".join(sorted(identities)).encode()).hexdigest()


def tally(outcomes: Iterable[Outcome | None]) -> Tally:
    """The outcomes counted; None is an item that waits."""
    found = list(outcomes)
    return Tally(
        found.count(Outcome.SUPPORTED), found.count(Outcome.PARTLY), found.count(Outcome.UNSUPPORTED), found.count(None)
    )
