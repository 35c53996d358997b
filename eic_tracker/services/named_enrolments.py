"""People of a class by a number that somebody typed: that of a document, or the enrolment's own."""

from __future__ import annotations

from collections.abc import Sequence

from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_
from eic_tracker.services.recording import readable_class
from eic_tracker.store.database import Database


def enrolments_named(db: Database, acting: ActingUser, offering_id: int, numbers: Sequence[str]) -> list[int]:
    """The enrolments of a class that numbers name: that of the identity document, whole, or the enrolment's own.

    UserError for one that names nobody there."""
    require(acting, Action.READ_PEOPLE)
    with db.read() as connection:
        results = readable_class(connection, acting, offering_id, whole_numbers=True)
    known = {str(member.enrolment_id): member.enrolment_id for member in results.members}
    known |= {member.document: member.enrolment_id for member in results.members if member.document}
    for number in numbers:
        if number.strip() not in known:
            raise UserError(
                N_(
                    "“{who}” is nobody of this course: give the number of the identity document, or that of the "
                    "enrolment."
                ),
                who=number,
            )
    return [known[number.strip()] for number in numbers]
