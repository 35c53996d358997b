"""Where the person is: a page, the record it shows, and how it was left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A page with its record and the state in which it was left (filters, scroll, selection, tab, half-typed text)."""

    page: str
    key: int | None = None
    state: Mapping[str, Any] = field(default_factory=dict)

    def same_as(self, other: Place) -> bool:
        """Whether both are the same page of the same record, whatever their state."""
        return (self.page, self.key) == (other.page, other.key)


class Trail:
    """The places that were visited, as Alt+Left and Alt+Right walk them."""

    def __init__(self, start: Place) -> None:
        self._places = [start]
        self._at = 0
        self._titles: dict[tuple[str, int | None], str] = {}

    @property
    def here(self) -> Place:
        """The present place."""
        return self._places[self._at]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place after this one."""
        return self._at < len(self._places) - 1

    def leave(self, state: Mapping[str, Any], title: str = "") -> None:
        """Note how the present place is left, and what it was called."""
        self._places[self._at] = replace(self.here, state=dict(state))
        if title:
            self._titles.pop((self.here.page, self.here.key), None)
            self._titles[self.here.page, self.here.key] = title

    def recent(self) -> list[tuple[Place, str]]:
        """The places that were left, with their titles, last left first; not the present one."""
        known = {(place.page, place.key): place for place in self._places}
        return [
            (known[which], title)
            for which, title in reversed(self._titles.items())
            if which in known and not known[which].same_as(self.here)
        ]

    def go(self, place: Place) -> None:
        """Go on to a place; what lay ahead is dropped."""
        if self.here.same_as(place):
            self._places[self._at] = place
            return
        self._places[self._at + 1 :] = [place]
        self._places = self._places[-_LONGEST:]
        self._at = len(self._places) - 1

    def back(self) -> Place:
        """The place before this one, with the state in which it was left."""
        self._at = max(0, self._at - 1)
        return self.here

    def forward(self) -> Place:
        """The place after this one."""
        self._at = min(len(self._places) - 1, self._at + 1)
        return self.here


_LONGEST = 200
