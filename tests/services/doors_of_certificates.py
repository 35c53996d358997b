"""The use-cases of certificates and of the school's signature, and who may do each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from eic_tracker.domain.codes import AnnulmentGround, CertificateKind, KeyEnd, KeyTitle, Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.i18n import Language, Translator
from eic_tracker.services import (
    annulling,
    certificate_batch,
    certificate_preview,
    certificates,
    delivering,
    issuing,
    replacing,
    signing_keys,
    statements,
    waiting_batches,
    withdrawing,
)
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.letters import SourceDraft
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import SigningKey
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import PASSPHRASE, user

UseCase = Callable[[Database, ActingUser, Path], object]

_T = Translator(Language.ES)
_CODE, _NUMBER = "007-2018", "EIC-2018-000001"
_ORDER = AuthorisationDraft("Comisario Inventado", "Director", "Oficio 1")
_PHRASE = "cuatro palabras sin orden"
_DRAFT = signing_keys.SignatureDraft(KeyTitle.TITULAR, _PHRASE, _PHRASE)
_MANAGER, _REGISTRAR = frozenset({Role.MANAGER}), frozenset({Role.REGISTRAR})
_BOTH = _MANAGER | _REGISTRAR


def _prepared(db: Database) -> None:
    certificates.prepare_certificates(db, user(db, Role.REGISTRAR), _CODE)


def _approved(db: Database) -> None:
    _prepared(db)
    certificates.approve_certificates(db, user(db, Role.MANAGER), _CODE, t=_T, passphrase=PASSPHRASE)


def _issued(db: Database) -> None:
    _approved(db)
    issuing.note_printed(db, user(db, Role.REGISTRAR), [1, 2])


def _approve(db: Database, acting: ActingUser, _folder: Path) -> object:
    _prepared(db)
    return certificates.approve_certificates(db, acting, _CODE, t=_T, passphrase=PASSPHRASE)


def _approve_these(db: Database, acting: ActingUser, _folder: Path) -> object:
    _prepared(db)
    return certificates.approve_prepared(db, acting, [1], t=_T, passphrase=PASSPHRASE)


def _withdraw(db: Database, acting: ActingUser, _folder: Path) -> object:
    _prepared(db)
    return withdrawing.withdraw_prepared(db, acting, [1])


def _preview(db: Database, acting: ActingUser, _folder: Path) -> object:
    _prepared(db)
    return certificate_preview.certificate_preview(db, acting, 1, t=_T)


def _print(db: Database, acting: ActingUser, folder: Path) -> object:
    _approved(db)
    return issuing.print_certificates(db, acting, _CODE, folder / "out", t=_T)


def _print_these(db: Database, acting: ActingUser, folder: Path) -> object:
    _approved(db)
    return issuing.print_papers(db, acting, [1], folder / "out", t=_T)


def _bytes(db: Database, acting: ActingUser, _folder: Path) -> object:
    _approved(db)
    return issuing.certificates_bytes(db, acting, [1], t=_T)


def _note(db: Database, acting: ActingUser, _folder: Path) -> object:
    _approved(db)
    return issuing.note_printed(db, acting, [1])


def _choose(db: Database, acting: ActingUser, _folder: Path) -> object:
    _prepared(db)
    return certificate_batch.choose_batch_template(db, acting, _CODE, CertificateKind.DIPLOMA, None)


def _revoke(db: Database, acting: ActingUser, _folder: Path) -> object:
    _approved(db)
    return annulling.revoke_certificate(db, acting, annulling.AnnulmentDraft(_NUMBER, "Error", _ORDER))


def _deliver(db: Database, acting: ActingUser, _folder: Path) -> object:
    _issued(db)
    return delivering.deliver_certificates(db, acting, delivering.DeliveryDraft(_CODE))


def _deliver_one(db: Database, acting: ActingUser, _folder: Path) -> object:
    _issued(db)
    return delivering.deliver_certificate(db, acting, delivering.ProxyDraft(_NUMBER))


def _duplicate(db: Database, acting: ActingUser, _folder: Path) -> object:
    _approved(db)
    draft = replacing.DuplicateDraft(_NUMBER, AnnulmentGround.LOSS, SourceDraft("Declaración 1"))
    return replacing.prepare_duplicate(db, acting, draft)


def _spoil(db: Database, acting: ActingUser, _folder: Path) -> object:
    _approved(db)
    return replacing.spoil_sheet(db, acting, _NUMBER, "A 1")


def _free(db: Database) -> None:
    """Nobody signs: the only signature was handed over."""
    with db.write(Entry(Actor("test"), "end_signature", "test")) as tx:
        tx.update(SigningKey, {1: {"ended": KeyEnd.HANDED_OVER}})


def _make(db: Database, acting: ActingUser, _folder: Path) -> object:
    _free(db)
    return signing_keys.make_signature(db, acting, _DRAFT)


def _hand_over(db: Database, acting: ActingUser, _folder: Path) -> object:
    with db.write(Entry(Actor("test"), "add_user", "former")) as tx:
        row = {"uid": tx.new_uid(), "login": "former", "full_name": "Antes", "role": Role.MANAGER}
        (former,) = tx.insert(User, [row])
        tx.update(SigningKey, {1: {"user_id": former}})
    return signing_keys.hand_over_signature(db, acting, _DRAFT, _ORDER, t=_T)


USE_CASES: dict[str, tuple[UseCase, frozenset[Role]]] = {
    "prepare_certificates": (
        lambda db, acting, _: certificates.prepare_certificates(db, acting, _CODE),
        _REGISTRAR,
    ),
    "approve_certificates": (_approve, _MANAGER),
    "approve_prepared": (_approve_these, _MANAGER),
    "print_certificates": (_print, _REGISTRAR),
    "print_papers": (_print_these, _REGISTRAR),
    "certificates_bytes": (_bytes, _REGISTRAR),
    "note_printed": (_note, _REGISTRAR),
    "choose_batch_template": (_choose, _REGISTRAR),
    "course_batch": (lambda db, acting, _: certificate_batch.course_batch(db, acting, _CODE), _BOTH),
    "review_batch": (lambda db, acting, _: certificate_batch.review_batch(db, acting, _CODE, t=_T), _BOTH),
    "prepare_participation": (lambda db, acting, _: certificates.prepare_participation(db, acting, _CODE), _REGISTRAR),
    "revoke_certificate": (_revoke, _MANAGER),
    "deliver_certificates": (_deliver, _REGISTRAR),
    "deliver_certificate": (_deliver_one, _REGISTRAR),
    "waiting_certificates": (
        lambda db, acting, _: certificates.waiting_certificates(db, acting),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "uncollected": (
        lambda db, acting, _: delivering.uncollected(db, acting),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "prepare_duplicate": (_duplicate, _REGISTRAR),
    "spoil_sheet": (_spoil, _REGISTRAR),
    "waiting_batches": (
        lambda db, acting, _: waiting_batches.waiting_batches(db, acting),
        frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR}),
    ),
    "withdraw_prepared": (_withdraw, _REGISTRAR),
    "certificate_preview": (_preview, frozenset({Role.REGISTRAR, Role.MANAGER, Role.AUDITOR})),
    "statement_preview": (
        lambda db, acting, _: certificate_preview.statement_preview(db, acting, statements.StatementDraft(1, 1), t=_T),
        _REGISTRAR,
    ),
    "courses_to_state": (lambda db, acting, _: statements.courses_to_state(db, acting, 1), _REGISTRAR),
    "person_of_enrolment": (lambda db, acting, _: statements.person_of_enrolment(db, acting, 1), _REGISTRAR),
    "prepare_statement": (
        lambda db, acting, _: statements.prepare_statement(db, acting, statements.StatementDraft(1, 1)),
        _REGISTRAR,
    ),
    "prepare_transcript": (
        lambda db, acting, _: statements.prepare_transcript(db, acting, statements.StatementDraft(1)),
        _REGISTRAR,
    ),
    "prepare_instructor_certificates": (
        lambda db, acting, _: statements.prepare_instructor_certificates(db, acting, _CODE),
        _REGISTRAR,
    ),
    "signature_card": (
        lambda db, acting, _: signing_keys.signature_card(db, acting),
        frozenset(Role) - {Role.INSTRUCTOR},
    ),
    "open_signature": (lambda db, acting, _: signing_keys.open_signature(db, acting, PASSPHRASE), _MANAGER),
    "make_signature": (_make, _MANAGER),
    "hand_over_signature": (_hand_over, _MANAGER),
    "end_signature": (
        lambda db, acting, _: signing_keys.end_signature(
            db, acting, signing_keys.SignatureEnd(1, KeyEnd.LOST, "Se olvidó")
        ),
        _MANAGER,
    ),
    "change_passphrase": (
        lambda db, acting, _: signing_keys.change_passphrase(db, acting, PASSPHRASE, _PHRASE, _PHRASE),
        _MANAGER,
    ),
}

JOURNALLED_AS = {
    "print_certificates": "issue_certificates",
    "print_papers": "issue_papers",
    "note_printed": "issue_papers",
    "approve_prepared": "approve_papers",
}
