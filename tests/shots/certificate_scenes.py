"""The life of certificates: one in sight, what waits for approval, a statement, what the deeds ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from eic_tracker.domain.codes import AnnulmentGround, Role
from eic_tracker.gui.certificate_acts import CertificateActs
from eic_tracker.gui.pages.statement_page import StatementPage
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.issuing import note_printed
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.replacing import DuplicateDraft, prepare_duplicate
from eic_tracker.services.statements import StatementDraft, prepare_statement, prepare_transcript
from tests.services.demonstration_file import rows
from tests.shots.stage import Stage

_CLOSED = """
SELECT o.code FROM offering o WHERE o.status = 'closed' AND o.ends_on > '2019-03-01' AND NOT EXISTS
(SELECT 1 FROM certificate c JOIN enrolment e ON e.id = c.enrolment_id WHERE e.offering_id = o.id) ORDER BY o.id LIMIT 2
"""
_ISSUED = "SELECT id FROM certificate WHERE status = 'issued' ORDER BY id DESC LIMIT 1"
_APPROVED = "SELECT id FROM certificate WHERE status = 'approved'"
_STATED = """
SELECT e.id FROM enrolment e JOIN offering o ON o.id = e.offering_id
WHERE e.participant_id = ? AND e.status = 'completed' AND o.status = 'closed' ORDER BY e.id LIMIT 1
"""


def issued(stage: Stage) -> int:
    """A certificate that holds, by its key: those of a course, prepared, approved and printed where none is."""
    found = rows(stage.demo, _ISSUED)
    if not found:
        stage.work_as(Role.REGISTRAR)
        done_in(stage, prepare_certificates, "122-2019")
        stage.work_as(Role.MANAGER)
        done_in(stage, approve_certificates, "122-2019", t=stage.t, passphrase=None)
        stage.work_as(Role.REGISTRAR)
        done_in(stage, note_printed, [key for (key,) in rows(stage.demo, _APPROVED)])
        found = rows(stage.demo, _ISSUED)
    return int(found[0][0])


def page_of(name: str) -> Callable[[Stage], QWidget]:
    """A page with certificates that were issued."""

    def arrange(stage: Stage) -> QWidget:
        key = issued(stage)
        stage.work_as(Role.REGISTRAR)
        stage.go(name, key if name == "certificate" else None)
        return stage.window

    return arrange


def approvals(stage: Stage) -> QWidget:
    """Two classes, a statement, a transcript and a duplicate that wait."""
    key = issued(stage)
    stage.work_as(Role.REGISTRAR)
    if not rows(stage.demo, "SELECT 1 FROM certificate WHERE status = 'prepared' LIMIT 1"):
        for (code,) in rows(stage.demo, _CLOSED):
            done_in(stage, prepare_certificates, code)
        person = stage.records.person
        enrolment = rows(stage.demo, _STATED, [person])[0][0]
        done_in(stage, prepare_statement, StatementDraft(person, enrolment, True, "su expediente de ascenso"))
        done_in(stage, prepare_transcript, StatementDraft(person, asked_by="Dirección de Personal"))
        number = rows(stage.demo, "SELECT number FROM certificate WHERE id = ?", [key])[0][0]
        done_in(stage, prepare_duplicate, DuplicateDraft(number, AnnulmentGround.LOSS, SourceDraft("Declaración 12")))
    stage.work_as(Role.MANAGER)
    stage.go("approvals")
    return stage.window


def statement(stage: Stage) -> QWidget:
    """The form with its preview."""
    stage.work_as(Role.REGISTRAR)
    page = stage.go("statement", stage.records.person).page
    assert isinstance(page, StatementPage)
    stage.until(lambda: page.form is not None and page.preview.view.pages() > 0)
    stage.settle()
    return stage.window


def deed(name: str, role: Role = Role.REGISTRAR) -> Callable[[Stage], QWidget]:
    """What a deed of a certificate asks."""

    def arrange(stage: Stage) -> QWidget:
        key = issued(stage)
        stage.work_as(role)
        page = stage.go("certificate", key).page
        acts = page.findChild(CertificateActs)
        assert isinstance(acts, CertificateActs)
        stage.until(acts.acts[name].isVisible)
        acts.acts[name].trigger()
        return stage.dialog()

    return arrange


DEEDS: Mapping[str, Callable[[Stage], QWidget]] = {
    "dialog-annul": deed("annul", Role.MANAGER),
    "dialog-duplicate": deed("duplicate"),
    "dialog-deliver": deed("deliver"),
    "dialog-certificate": deed("see"),
}


PAGES_WITH_CERTIFICATES: Mapping[str, Callable[[Stage], QWidget]] = {
    "certificates": page_of("certificates"),
    "certificate": page_of("certificate"),
    "uncollected": page_of("uncollected"),
    "approvals": approvals,
    "statement": statement,
}


def done_in(stage: Stage, use_case: Callable[..., Any], *args: Any, **options: Any) -> None:
    """Write as whoever is at work, and wait for it."""
    page = stage.workplace.page
    done: list[object] = []
    page.around.jobs.write(use_case, page.around.acting, *args, owner=page, done=done.append, **options)
    stage.until(lambda: bool(done))
    stage.settle()
