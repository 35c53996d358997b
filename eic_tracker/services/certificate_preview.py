"""Certificates on the screen: the frozen ones exactly as they print, those that wait as they would look."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from eic_tracker.clock import local_date
from eic_tracker.domain.codes import CertificateKind, CertificateStatus
from eic_tracker.domain.permissions import ActingUser, Action, Right, require
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.queries.person_detail import surviving_record
from eic_tracker.reports.certificate_pdf import certificates_pdf
from eic_tracker.services.batch_templates import Templates
from eic_tracker.services.certificate_texts import Asked, ToFreeze, text_of_asked, texts_to_freeze
from eic_tracker.services.issuing import frozen_bytes
from eic_tracker.services.statements import StatementDraft
from eic_tracker.store.database import Database

DRAFT = N_("Draft, without value")
"""Stands where an approved certificate has its number."""


def certificate_preview(db: Database, acting: ActingUser, key: int, *, t: Translator) -> bytes:
    """One certificate as PDF, for who sees all people: what holds as it prints, what waits without number and code.

    Nothing is noted of it. UserError where it is gone, Refused for what holds no more and for paper books."""
    require(acting, Action.READ_PEOPLE, Right.YES)
    with db.read() as connection:
        status = connection.exec_driver_sql("SELECT status FROM certificate WHERE id = ?", (key,)).scalar()
        if status is None:
            raise UserError(N_("This record is gone, or you may not see it."))
        if status in (CertificateStatus.APPROVED, CertificateStatus.ISSUED):
            return frozen_bytes(connection, [key], t)
        waiting = texts_to_freeze(connection, [key], local_date(db.clock()), t)
        if not waiting:
            raise Refused(N_("This certificate is not printed: it holds no more, or stands in a paper book."))
        return _draft(connection, waiting[0], t)


def statement_preview(db: Database, acting: ActingUser, draft: StatementDraft, *, t: Translator) -> bytes:
    """A statement, or a transcript where no course is named, as it would look today; nothing is prepared."""
    require(acting, Action.PREPARE_CERTIFICATES)
    kind = CertificateKind.TRANSCRIPT if draft.enrolment_id is None else CertificateKind.STATEMENT
    with db.read() as connection:
        asked = Asked(
            kind,
            surviving_record(connection, draft.participant_id),
            draft.enrolment_id,
            draft.with_grades,
            draft.purpose,
            draft.asked_by,
            draft.valid_to,
        )
        return _draft(connection, text_of_asked(connection, asked, local_date(db.clock()), t), t)


def _draft(connection: Connection, item: ToFreeze, t: Translator) -> bytes:
    looks = Templates(connection, t.language).of(item).looks
    return certificates_pdf([replace(item.facts, number=t(DRAFT))], t, [looks])
