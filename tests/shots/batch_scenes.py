"""Scenes of a course's certificates: seen before they are approved, before they are printed, handed over."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.codes import Role
from eic_tracker.gui.certificate_batch_part import CertificateBatchPart
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.certificate_batch import course_batch
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.issuing import note_printed
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.services.statements import prepare_instructor_certificates
from eic_tracker.store.database import Database
from tests.services.demonstration_file import rows
from tests.shots.stage import Stage

_CLOSED = """SELECT id, code FROM offering WHERE status = 'closed' AND ends_on > '2019-03-01'
AND id IN (SELECT offering_id FROM assignment) ORDER BY ends_on, id LIMIT 1"""


def _prepared(stage: Stage, *, approved: bool) -> int:
    """The key of a course with diplomas, once made; the certificates of its instructors wait again and again."""
    ((key, code),) = rows(stage.demo, _CLOSED)
    with Database(stage.demo) as db:
        registrar, manager = (demonstration_user(db, role) for role in (Role.REGISTRAR, Role.MANAGER))
        if not course_batch(db, registrar, str(code)).groups:
            prepare_certificates(db, registrar, str(code))
            if approved:
                approve_certificates(db, manager, str(code), t=Translator(Language.ES))
                for group in course_batch(db, registrar, str(code)).groups:
                    note_printed(db, registrar, group.keys)
        prepare_instructor_certificates(db, registrar, str(code))
    return int(key)


def _part(stage: Stage, role: Role, *, approved: bool) -> CertificateBatchPart:
    stage.work_as(role)
    key = _prepared(stage, approved=approved)
    page = stage.go("offering", key).page
    assert isinstance(page, OfferingPage)
    page.tabs.open("certificates")
    stage.settle()
    part = page.tabs.content("certificates")
    assert isinstance(part, CertificateBatchPart)
    stage.until(lambda: part._batch is not None)
    return part


def batch_review(stage: Stage) -> QWidget:
    """What the manager sees before approving."""
    part = _part(stage, Role.MANAGER, approved=False)
    part.review()
    stage.settle()
    return stage.window


def batch_printing(stage: Stage) -> QWidget:
    """How sheets go through the printer."""
    part = _part(stage, Role.REGISTRAR, approved=True)
    part.show_printing()
    stage.settle()
    return stage.window


def batch_delivery(stage: Stage) -> QWidget:
    """Who gets theirs on the day of the ceremony."""
    part = _part(stage, Role.REGISTRAR, approved=True)
    part.show_delivery()
    stage.settle()
    return stage.window
