"""Lists as grids read them: first the keys of all rows in order, then the shown rows by key."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from eic_tracker.domain.permissions import ActingUser, Action, Right, right

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose rows a user sees: everybody's, those of own offerings and class groups, or nobody's."""

    people: Right
    figures: Right
    instructor_id: int | None = None

    @property
    def masked(self) -> bool:
        """Whether identity numbers show their last digits only."""
        return self.people is Right.OWN_MASKED


def sight_of(user: ActingUser) -> Sight:
    """What the user's role lets them see."""
    return Sight(right(user, Action.READ_PEOPLE), right(user, Action.READ_FIGURES), user.instructor_id)


@dataclass(frozen=True, slots=True)
class Request:
    """What a grid asks for. Filters of one name are alternatives, different names must all hold.

    `keys` restricts to given rows (those behind a figure); an empty `order` is the list's own."""

    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    order: str = ""
    descending: bool = False
    keys: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter may take: its code, its name where the file holds one (else a code to be worded)."""

    code: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a list: a condition with one `?` for the code, and where its choices come from."""

    condition: str
    choices: str | tuple[str, ...] = ()
    """SQL that gives (code, name), or fixed codes"""


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """A list: keys by one indexed query, rows by key; all SQL of it stands in this object."""

    name: str
    key: str
    """the key expression, e.g. `p.id`"""
    source: str
    """FROM clause for the keys, as small as ordering and filters need"""
    select: str
    """SELECT whose first column is the key, without WHERE"""
    row: Callable[[Sequence[Any], Sight], R]
    orders: Mapping[str, tuple[str, ...]]
    """order name -> SQL expressions; the first order is the list's own"""
    filters: Mapping[str, Filter] = field(default_factory=dict)
    always: str = ""
    """a condition that every row meets"""
    own: str = ""
    """condition with one `?` (an instructor's key) for users who see their own rows only"""
    holds_people: bool = False
    search: Callable[[str], tuple[str, tuple[object, ...]]] | None = None
    """typed text -> condition and its values"""


def listing_keys(connection: Connection, listing: Listing[R], request: Request, sight: Sight) -> array[int]:
    """The keys of the rows that are asked for and may be seen, in order."""
    conditions, values = _conditions(listing, request, sight)
    chosen = request.order if request.order in listing.orders else next(iter(listing.orders))
    way = " DESC" if request.descending else ""
    order = ", ".join(f"{expression}{way}" for expression in (*listing.orders[chosen], listing.key))
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = connection.exec_driver_sql(
        f"SELECT {listing.key} FROM {listing.source}{where} ORDER BY {order}", tuple(values)
    )
    return array("q", (row[0] for row in rows))


def listing_rows(connection: Connection, listing: Listing[R], keys: Sequence[int], sight: Sight) -> dict[int, R]:
    """The rows of these keys that may be seen; a key whose row is gone is missing."""
    condition, value = in_keys(listing.key, keys)
    conditions, values = _conditions(listing, Request(), sight)
    where = " AND ".join((condition, *conditions))
    rows = connection.exec_driver_sql(f"{listing.select} WHERE {where}", (value, *values))
    return {row[0]: listing.row(row, sight) for row in rows}


def listing_choices(connection: Connection, listing: Listing[R], name: str) -> tuple[Choice, ...]:
    """What a filter of the list may be set to."""
    choices = listing.filters[name].choices
    if isinstance(choices, str):
        return tuple(Choice(str(code), label) for code, label in connection.exec_driver_sql(choices))
    return tuple(Choice(code) for code in choices)


def in_keys(expression: str, keys: Sequence[int]) -> tuple[str, str]:
    """A condition that an expression is among any number of keys, and its value."""
    return f"{expression} IN (SELECT value FROM json_each(?))", json.dumps(list(keys))


def _conditions(listing: Listing[R], request: Request, sight: Sight) -> tuple[list[str], list[object]]:
    conditions: list[str] = [listing.always] if listing.always else []
    values: list[object] = []
    limit = sight.people if listing.holds_people else sight.figures
    if limit is Right.NO:
        conditions.append("0")
    elif limit in {Right.OWN, Right.OWN_MASKED}:
        conditions.append(listing.own or "0")
        values += [sight.instructor_id] if listing.own else []
    alternatives: dict[str, list[str]] = {}
    for name, code in request.filters:
        alternatives.setdefault(name, []).append(code)
    for name, codes in alternatives.items():
        conditions.append("(" + " OR ".join(listing.filters[name].condition for _ in codes) + ")")
        values += codes
    if request.text.strip() and listing.search is not None:
        condition, found = listing.search(request.text)
        conditions.append(condition)
        values += found
    if request.keys is not None:
        condition, value = in_keys(listing.key, request.keys)
        conditions.append(condition)
        values.append(value)
    return conditions, values
