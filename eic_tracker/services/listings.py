"""The lists of the window by name: keys, rows and choices for whoever asks, within their rights."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from eic_tracker.clock import local_date
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.certificates import CERTIFICATES
from eic_tracker.queries.instructors import INSTRUCTORS
from eic_tracker.queries.journal_list import HISTORY
from eic_tracker.queries.listing import (
    Choice,
    Listing,
    Request,
    listing_choices,
    listing_keys,
    listing_rows,
    sight_of,
)
from eic_tracker.queries.offerings import COURSES, OFFERINGS
from eic_tracker.queries.officers import OFFICERS
from eic_tracker.queries.outreach import CLASS_GROUPS, SCHOOLS
from eic_tracker.queries.people import PEOPLE
from eic_tracker.queries.rosters import ENROLMENTS, ROSTER
from eic_tracker.store.database import Database

LISTINGS: dict[str, Listing[Any]] = {
    listing.name: listing
    for listing in (
        PEOPLE,
        COURSES,
        OFFERINGS,
        ROSTER,
        ENROLMENTS,
        INSTRUCTORS,
        CERTIFICATES,
        CLASS_GROUPS,
        SCHOOLS,
        OFFICERS,
        HISTORY,
    )
}
"""Every list of the window by its name."""


def list_keys(db: Database, acting: ActingUser, name: str, request: Request, most: int | None = None) -> array[int]:
    """The keys of a list in order, all or the first; Refused where it holds people and the user may see nobody.

    Where the request names no day, the file's clock does."""
    listing = _allowed(acting, name, request)
    if request.today is None:
        request = replace(request, today=local_date(db.clock()))
    with db.read() as connection:
        return listing_keys(connection, listing, request, sight_of(acting), most)


def list_rows(
    db: Database,
    acting: ActingUser,
    name: str,
    keys: Sequence[int],
    today: dt.date | None = None,
    *,
    named: bool = True,
) -> dict[int, Any]:
    """The rows of these keys that the user may see, by key; a row that is gone is missing.

    Without `today` the file's clock says which day it is; not `named`, rows of no person name nobody."""
    listing = _allowed(acting, name)
    sight = sight_of(acting)
    if not named and not listing.holds_people:
        sight = replace(sight, people=Right.NO)
    with db.read() as connection:
        return listing_rows(connection, listing, keys, sight, today or local_date(db.clock()))


def list_choices(db: Database, acting: ActingUser, name: str, filter_name: str) -> tuple[Choice, ...]:
    """What a filter of a list may be set to; empty where it takes any value (an offering's key, a day)."""
    listing = _allowed(acting, name, Request(filters=((filter_name, ""),)))
    with db.read() as connection:
        return listing_choices(connection, listing, filter_name)


def _allowed(acting: ActingUser, name: str, request: Request | None = None) -> Listing[Any]:
    """The list, when the user may see any of its rows; UserError for names that there are not."""
    listing = LISTINGS.get(name)
    if listing is None:
        raise UserError(N_("There is no list “{name}”."), name=name)
    require(acting, Action.READ_PEOPLE if listing.holds_people else Action.READ_FIGURES)
    for filter_name, _ in request.filters if request else ():
        if filter_name not in listing.filters:
            raise UserError(N_("The list “{name}” has no filter “{filter}”."), name=name, filter=filter_name)
    return listing
