"""The page by which anybody checks certificates without this program, written with the list that was published last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from eic_tracker.clock import local_date
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.domain.trust import list_fingerprint, read_list
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.school import read_checked_where, read_school
from eic_tracker.queries.trust import newest_own_list
from eic_tracker.reports.verifier_page import VerifierSchool, verifier_page
from eic_tracker.store.database import Database, refuse_database
from eic_tracker.store.files import write_bytes


@dataclass(frozen=True, slots=True)
class VerifierWritten:
    """The page that was written: its fingerprint, and the list inside it with number, day and code."""

    path: Path
    fingerprint: str
    sequence: int
    issued_on: dt.date
    list_code: str


def write_verifier(db: Database, acting: ActingUser, path: Path) -> VerifierWritten:
    """Write the page, whole or not at all. It says nothing that is not public, so whoever reads figures may.

    UserError where no list was published yet."""
    require(acting, Action.READ_FIGURES)
    refuse_database(path)
    with db.read() as connection:
        newest = newest_own_list(connection)
        school = read_school(connection)
        telephone = read_checked_where(connection).telephone
    if newest is None:
        raise UserError(
            N_("No list of signatures and annulments was published yet. A manager publishes it with trust export.")
        )
    trust, _ = read_list(newest, None)
    name = school.letterhead[-1] if school.letterhead else ""
    # A demonstration has a clock of its own; its list would be years old to whoever opens the page.
    day = local_date(db.clock()) if trust.demonstration else None
    page = verifier_page(newest, VerifierSchool(name, school.place, telephone), day)
    write_bytes(path, page.content)
    return VerifierWritten(path, page.fingerprint, trust.sequence, trust.issued_on, list_fingerprint(newest))
