"""Lists as grids read them: first the keys of all rows in order, then the shown rows by key.

SQL of a list may hold two marks: `{today}` (a date in quotes) and `{own}` (the key of the instructor whose rows
alone are seen, else NULL)."""

from __future__ import annotations

import datetime as dt
import json
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from eic_tracker.domain.permissions import ActingUser, Action, Right, right

R = TypeVar("R")
Search = Callable[[str], tuple[str, tuple[object, ...]]]
"""typed text -> condition and its values"""


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

    `keys` restricts to given rows (those behind a figure); an empty `order` is the list's own; `today` is what
    filters such as "running" go by (the services fill it in where it is missing)."""

    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    order: str = ""
    descending: bool = False
    keys: tuple[int, ...] | None = None
    today: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter may take: its code, its name where the file holds one (else a code to be worded)."""

    code: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a list: a condition in which every `?` is the code, or one condition for each fixed code."""

    condition: str | Mapping[str, str]
    choices: str | tuple[str, ...] = ()
    """SQL that gives (code, name), or fixed codes; of a mapping its codes"""


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
    """order name -> SQL expressions, each may end with DESC; the first order is the list's own"""
    filters: Mapping[str, Filter] = field(default_factory=dict)
    joins: Mapping[str, str] = field(default_factory=dict)
    """order name -> what the source needs beside it for this order"""
    always: str = ""
    """a condition that every listed row meets where no keys are named"""
    beyond: frozenset[str] = frozenset()
    """filters that show what `always` leaves out"""
    own: str = ""
    """condition for users who see their own rows only; every `?` is the instructor's key"""
    holds_people: bool = False
    """each row is a person"""
    naming: Mapping[str, str] = field(default_factory=dict)
    """columns in which other rows name people -> SQL that counts those whom the rows of the keys `?` name there"""
    open_to_all: bool = False
    """rows that are neither people nor figures: every role sees all of them"""
    search: Search | None = None
    masked_search: Search | None = None
    """the search of those who see masked numbers, where it must not find by what is hidden"""
    hidden_orders: frozenset[str] = frozenset()
    """orders that would tell what is masked: the list's own is taken instead"""
    after: str = ""
    """GROUP BY of the select"""


def begins_falling(listing: Listing[Any], order: str) -> bool:
    """Whether an order as it stands goes down, as the newest days first do; its turning then goes up."""
    return order in listing.orders and listing.orders[order][0].endswith(" DESC")


def listing_keys(
    connection: Connection, listing: Listing[R], request: Request, sight: Sight, most: int | None = None
) -> array[int]:
    """The keys of the rows that are asked for and may be seen, in order; with `most` the first ones."""
    conditions, values = _conditions(listing, request, sight)
    # Rows that are named (those of a figure, of a link) are shown as they are.
    if listing.always and request.keys is None and not listing.beyond.intersection(name for name, _ in request.filters):
        conditions.insert(0, listing.always)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    order = _order_name(listing, request, sight)
    source = f"{listing.source} {listing.joins.get(order, '')}"
    query = f"SELECT {listing.key} AS k FROM {source}{where} ORDER BY {_ordering(listing, order, request.descending)}"
    if most is not None:
        query += f" LIMIT {most:d}"
    # One text of all keys comes over four times faster than a row for each (SQLite keeps the order of the inner query).
    whole = marked(f"SELECT json_group_array(k) FROM ({query})", sight, request.today)
    return array("q", json.loads(connection.exec_driver_sql(whole, tuple(values)).scalar_one()))


def listing_rows(
    connection: Connection, listing: Listing[R], keys: Sequence[int], sight: Sight, today: dt.date | None = None
) -> dict[int, R]:
    """The rows of these keys that may be seen; a key whose row is gone is missing."""
    condition, value = in_keys(listing.key, keys)
    conditions, values = _conditions(listing, Request(), sight)
    query = f"{listing.select} WHERE {' AND '.join((condition, *conditions))} {listing.after}"
    rows = connection.exec_driver_sql(marked(query, sight, today), (value, *values))
    return {row[0]: listing.row(row, sight) for row in rows}


def listing_choices(connection: Connection, listing: Listing[R], name: str) -> tuple[Choice, ...]:
    """What a filter of the list may be set to."""
    found = listing.filters[name]
    choices = tuple(found.condition) if isinstance(found.condition, Mapping) else found.choices
    if isinstance(choices, str):
        return tuple(Choice(str(code), label) for code, label in connection.exec_driver_sql(choices))
    return tuple(Choice(code) for code in choices)


def in_keys(expression: str, keys: Sequence[int]) -> tuple[str, str]:
    """A condition that an expression is among any number of keys, and its value."""
    return f"{expression} IN (SELECT value FROM json_each(?))", json.dumps(list(keys))


def _conditions(listing: Listing[R], request: Request, sight: Sight) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []

    def add(condition: str, *given: object) -> None:
        conditions.append(condition)
        values.extend(given)

    limit = sight.people if listing.holds_people else sight.figures
    if not listing.open_to_all and limit is Right.NO:
        add("0")
    elif not listing.open_to_all and limit in {Right.OWN, Right.OWN_MASKED}:
        add(listing.own or "0", *[sight.instructor_id] * listing.own.count("?"))
    alternatives: dict[str, list[str]] = {}
    for name, code in request.filters:
        alternatives.setdefault(name, []).append(code)
    for name, codes in alternatives.items():
        parts = [_filter_condition(listing.filters[name], code) for code in codes]
        add(f"({' OR '.join(condition for condition, _ in parts)})", *(code for _, given in parts for code in given))
    search = (listing.masked_search if sight.masked else None) or listing.search
    if request.text.strip() and search is not None:
        condition, found = search(request.text)
        add(condition, *found)
    if request.keys is not None:
        add(*in_keys(listing.key, request.keys))
    return conditions, values


def _filter_condition(asked: Filter, code: str) -> tuple[str, list[str]]:
    """The condition of one code and its values; a code that the filter does not know finds nothing."""
    if isinstance(asked.condition, Mapping):
        return f"({asked.condition.get(code, '0')})", []
    return f"({asked.condition})", [code] * asked.condition.count("?")


def _order_name(listing: Listing[R], request: Request, sight: Sight) -> str:
    hidden = sight.masked and request.order in listing.hidden_orders
    return next(iter(listing.orders)) if hidden or request.order not in listing.orders else request.order


def _ordering(listing: Listing[R], order: str, descending: bool) -> str:
    parts = []
    for expression in (*listing.orders[order], listing.key):
        falling = expression.endswith(" DESC")
        plain = expression.removesuffix(" DESC")
        parts.append(f"{plain} DESC" if falling is not descending else plain)
    return ", ".join(parts)


def marked(query: str, sight: Sight, today: dt.date | None = None) -> str:
    """The query with its marks replaced: a day and a whole number, both made here."""
    own = "NULL"
    if Right.OWN_MASKED in {sight.people, sight.figures} or Right.OWN in {sight.people, sight.figures}:
        own = str(int(sight.instructor_id)) if sight.instructor_id is not None else "-1"
    return query.replace("{own}", own).replace("{today}", f"'{(today or dt.date.max).isoformat()}'")
