"""Correcting a diploma of a paper book while it waits for approval: taken back and recorded anew in one entry."""

from __future__ import annotations

from eic_tracker.domain.codes import CertificateStatus
from eic_tracker.domain.drafts import tidy
from eic_tracker.domain.permissions import ActingUser, Action, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_
from eic_tracker.queries.paper_books import PaperDiplomaRow, read_paper_diplomas
from eic_tracker.services.paper_books import PaperDiploma, PaperRecorded, record_paper_diploma, taken_places
from eic_tracker.services.sign_in import actor
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate
from eic_tracker.store.transaction import Entry


def draft_of(row: PaperDiplomaRow) -> PaperDiploma:
    """What stands on a recorded diploma, as a form begins with it."""
    return PaperDiploma(
        number=row.number,
        book=row.book,
        folio=row.folio,
        dated=row.dated,
        name=row.name,
        course=row.course,
        entry=row.entry,
        rank=row.rank,
        document=row.document,
        offering=row.offering,
        hours=row.hours,
        signatories=row.signatories,
        enrolment_id=row.enrolment_id,
        participant_id=row.participant_id,
    )


def correct_paper_diploma(db: Database, acting: ActingUser, key: int, draft: PaperDiploma) -> PaperRecorded:
    """Write a waiting diploma anew, its scan kept; it waits for another's approval under a new key.

    Refused once it was approved: what stands in its book is annulled, and recorded again."""
    require(acting, Action.PREPARE_CERTIFICATES)
    with db.write(Entry(actor(acting), "correct_paper_diploma", tidy(draft.number))) as tx:
        row = next(iter(read_paper_diplomas(tx.connection, key)), None)
        if row is None:
            raise UserError(N_("That diploma is no longer in the list; read it again."))
        if row.status is not CertificateStatus.PREPARED:
            raise Refused(
                N_("Number {number} was approved already: annul it, and record it as it stands."), number=row.number
            )
        source = tx.connection.exec_driver_sql(
            "SELECT source_document_id FROM certificate WHERE id = ?", (key,)
        ).scalar_one()
        tx.delete(Certificate, [key])
        done = record_paper_diploma(tx, acting.id, draft, None, taken_places(tx.connection))
        if source is not None:
            tx.update(Certificate, {done.id: {"source_document_id": source}})
        return done
