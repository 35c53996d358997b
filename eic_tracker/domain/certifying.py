"""Whether an officer was certified to teach a curriculum on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Certified:
    """A certification for a curriculum; a missing first or last day is no limit."""

    curriculum_id: int
    granted_on: dt.date | None = None
    expires_on: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether it was valid on a day, its first and last included."""
        return (self.granted_on is None or self.granted_on <= day) and (
            self.expires_on is None or day <= self.expires_on
        )


def may_teach(certified: Iterable[Certified], curriculum_id: int, day: dt.date) -> bool | None:
    """Whether one of an officer's certifications covers a curriculum on a day; None where they have none at all."""
    held = list(certified)
    if not held:
        return None
    return any(each.curriculum_id == curriculum_id and each.holds_on(day) for each in held)
