"""The list by which the certificates of a course are handed over, on paper."""

from __future__ import annotations

from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.delivery_list import DeliveryList, read_delivery_list
from eic_tracker.reports.pdf.paper import Paper
from eic_tracker.services.exports import Leaving
from eic_tracker.services.leaving import lacks_reason, require_note
from eic_tracker.services.offerings import GONE
from eic_tracker.services.sign_in import read_file_facts
from eic_tracker.store.database import Database


def delivery_list(db: Database, acting: ActingUser, offering_id: int) -> DeliveryList:
    """The certificates of a course that hold, by name; Refused where none is approved yet."""
    require(acting, Action.EXPORT_IDENTITIES, Right.YES)
    with db.read() as connection:
        found = read_delivery_list(connection, offering_id)
    if found is None:
        raise UserError(GONE)
    if not found.people:
        raise Refused(
            N_("No certificate of course {code} is approved yet; there is nothing to hand over."), code=found.course
        )
    return found


def delivery_list_leaving(db: Database, acting: ActingUser, offering_id: int) -> Leaving:
    """How many people the list of a course names, and whether that needs a reason; Refused where it names nobody."""
    people = len(delivery_list(db, acting, offering_id).people)
    with db.read() as connection:
        return Leaving(people, lacks_reason(connection, acting.id, people, db.clock()))


def delivery_list_paper(
    db: Database,
    acting: ActingUser,
    offering_id: int,
    *,
    t: Translator,
    note: int | None,
    paper: Paper = Paper.LETTER,
) -> bytes:
    """The list as a PDF with boxes to sign in; it names people and needs the number of its note in the journal."""
    from eic_tracker.reports.delivery_list_pdf import delivery_list_pdf

    found = delivery_list(db, acting, offering_id)
    with db.read() as connection:
        require_note(connection, acting, note, len(found.people))
        demonstration = read_file_facts(connection).demonstration
    return delivery_list_pdf(found, t, paper, made_by=acting.full_name, made_at=db.clock(), demonstration=demonstration)
