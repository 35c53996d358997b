"""The use-cases of a registrar's day (courses given, rosters, verification), and who may do each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import Role
from eic_tracker.domain.offering_rules import OfferingDraft
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.services import offerings
from eic_tracker.store.database import Database

MODULES = (offerings,)
UseCase = Callable[[Database, ActingUser, Path], object]

_REGISTRAR = frozenset({Role.REGISTRAR})
_NEW = OfferingDraft({"course_id": 1, "starts_on": dt.date(2019, 3, 4)})

USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "offering_form": (lambda db, acting, _: offerings.offering_form(db, acting), _REGISTRAR),
    "offering_values": (lambda db, acting, _: offerings.offering_values(db, acting, 2), _REGISTRAR),
    "next_edition": (lambda db, acting, _: offerings.next_edition(db, acting, 2), _REGISTRAR),
    "proposed_code": (lambda db, acting, _: offerings.proposed_code(db, acting, dt.date(2019, 3, 4)), _REGISTRAR),
    "save_offering": (lambda db, acting, _: offerings.save_offering(db, acting, _NEW), _REGISTRAR),
    "cancel_offering": (lambda db, acting, _: offerings.cancel_offering(db, acting, 2, "huelga"), _REGISTRAR),
}

JOURNALLED_AS = {"save_offering": "record_offering"}
