"""Tests of a certificate's life after approval: delivered, annulled, replaced; stated; annulled by closing."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from eic_tracker.domain.codes import AnnulmentGround, CertificateKind, CertificateStatus, EnrolmentStatus, Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.seal import facts_of, unseal
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.annulling import AnnulmentDraft, revoke_certificate
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.certificate_batch import review_batch
from eic_tracker.services.certificates import (
    approve_certificates,
    approve_prepared,
    prepare_certificates,
    prepare_participation,
    waiting_certificates,
)
from eic_tracker.services.corrections import Correction, correct_enrolment
from eic_tracker.services.delivering import (
    DeliveryDraft,
    ProxyDraft,
    deliver_certificate,
    deliver_certificates,
    uncollected,
)
from eic_tracker.services.history import undo_own
from eic_tracker.services.issuing import print_certificates
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.replacing import DuplicateDraft, prepare_duplicate, spoil_sheet
from eic_tracker.services.statements import (
    StatementDraft,
    courses_to_state,
    prepare_instructor_certificates,
    prepare_statement,
    prepare_transcript,
)
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import PASSPHRASE, school, user, values

T = Translator(Language.ES)
CODE = "007-2018"
FIRST, SECOND = "EIC-2018-000001", "EIC-2018-000002"
TODAY = dt.date(2018, 12, 31)
ORDER = AuthorisationDraft("Comisionada Inventada", "Dirección", "Oficio 14-2018")
REPORT = SourceDraft("Denuncia 801-2018", TODAY, "DPI Comayagua")


def approve(db: Database, *keys: int) -> tuple[str, ...]:
    """Approve prepared certificates as the manager; their numbers."""
    return approve_prepared(db, user(db, Role.MANAGER), keys, t=T, passphrase=PASSPHRASE).numbers


def issued(db: Database, folder: Path) -> None:
    """Prepare, approve and print the two diplomas of the closed course."""
    prepare_certificates(db, user(db, Role.REGISTRAR), CODE)
    approve_certificates(db, user(db, Role.MANAGER), CODE, t=T, passphrase=PASSPHRASE)
    print_certificates(db, user(db, Role.REGISTRAR), CODE, folder / "out", t=T)


def states(db: Database) -> dict[object, object]:
    """Status by number of all certificates that have one."""
    return dict(values(db, "SELECT number, status FROM certificate WHERE number IS NOT NULL"))  # type: ignore[arg-type]


def test_all_are_delivered_but_the_exceptions_which_a_proxy_collects_by_letter(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        issued(db, tmp_path)
        with pytest.raises(UserError, match="EIC-2018-000009 is none"):
            deliver_certificates(db, registrar, DeliveryDraft(CODE, exceptions=["EIC-2018-000009"]))
        done = deliver_certificates(db, registrar, DeliveryDraft(CODE, exceptions=[SECOND]))
        assert (done.numbers, done.waiting, done.claims_until) == ((FIRST,), (SECOND,), dt.date(2019, 1, 10))
        assert [row.number for row in uncollected(db, registrar, CODE)] == [SECOND]
        with pytest.raises(UserError, match="brings a letter"):
            deliver_certificate(db, registrar, ProxyDraft(SECOND, received_by="Su hermana"))
        letter = SourceDraft("Poder 3", TODAY, "El titular")
        deliver_certificate(db, registrar, ProxyDraft(SECOND, received_by="Su hermana", letter=letter))
        assert uncollected(db, registrar) == ()
        assert values(db, "SELECT received_by, proxy_document_id IS NULL FROM delivery ORDER BY id") == [
            (None, 1),
            ("Su hermana", 0),
        ]
        with pytest.raises(Refused, match="delivered on"):
            deliver_certificate(db, registrar, ProxyDraft(FIRST))
        assert deliver_certificates(db, registrar, DeliveryDraft(CODE)).set_id is None


def test_a_delivery_noted_by_mistake_is_taken_back_and_everybody_waits_again(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        issued(db, tmp_path)
        done = deliver_certificates(db, registrar, DeliveryDraft(CODE))
        assert done.set_id is not None
        undo_own(db, registrar, done.set_id)
        assert [row.number for row in uncollected(db, registrar, CODE)] == [FIRST, SECOND]
        assert deliver_certificates(db, registrar, DeliveryDraft(CODE)).numbers == (FIRST, SECOND)


def test_what_was_not_printed_or_is_dated_later_is_not_delivered(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        prepare_certificates(db, registrar, CODE, ceremony=dt.date(2019, 1, 18))
        approve_certificates(db, user(db, Role.MANAGER), CODE, t=T, passphrase=PASSPHRASE)
        with pytest.raises(Refused, match="not printed yet"):
            deliver_certificates(db, registrar, DeliveryDraft(CODE))
        print_certificates(db, registrar, CODE, tmp_path / "out", t=T)
        with pytest.raises(Refused, match="not delivered before"):
            deliver_certificates(db, registrar, DeliveryDraft(CODE))
        with pytest.raises(UserError, match="not before; today"):
            deliver_certificates(db, registrar, DeliveryDraft(CODE, dt.date(2019, 1, 18)))
        assert values(db, "SELECT count(*) FROM delivery") == [(0,)]


def test_annulment_keeps_the_number_with_reason_authority_and_date_and_asks_back_what_was_delivered(
    tmp_path: Path,
) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        issued(db, tmp_path)
        deliver_certificate(db, user(db, Role.REGISTRAR), ProxyDraft(FIRST))
        with pytest.raises(UserError, match="Say why"):
            revoke_certificate(db, manager, AnnulmentDraft(FIRST, " ", ORDER))
        with pytest.raises(DraftRefused):
            revoke_certificate(db, manager, AnnulmentDraft(FIRST, "Nota falsa", AuthorisationDraft("", "", "")))
        done = revoke_certificate(db, manager, AnnulmentDraft(FIRST, "Nota falsa", ORDER, AnnulmentGround.FORGERY))
        assert done.delivered
        assert states(db) == {FIRST: "annulled", SECOND: "issued"}
        said = "SELECT r.ground, r.reason, r.revoked_on, a.letter FROM revocation r JOIN authorisation a"
        assert values(db, f"{said} ON a.id = r.authorisation_id") == [
            ("forgery", "Nota falsa", "2018-12-31", "Oficio 14-2018")
        ]
        for number, told in ((FIRST, "annulled already"), ("EIC-2018-000009", "no certificate EIC-2018-000009")):
            with pytest.raises(UserError, match=told):
                revoke_certificate(db, manager, AnnulmentDraft(number, "Otra vez", ORDER))
        prepare_certificates(db, user(db, Role.REGISTRAR), CODE)
        approve_certificates(db, manager, CODE, t=T, passphrase=PASSPHRASE)
        assert states(db) == {FIRST: "annulled", SECOND: "issued", "EIC-2018-000003": "approved"}


def test_a_duplicate_names_the_first_which_holds_until_somebody_else_approves_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        issued(db, tmp_path)
        with pytest.raises(DraftRefused, match="number of the report"):
            prepare_duplicate(db, registrar, DuplicateDraft(FIRST, AnnulmentGround.THEFT))
        with pytest.raises(DraftRefused, match="number or a sender"):
            prepare_duplicate(db, registrar, DuplicateDraft(FIRST, AnnulmentGround.LOSS))
        with pytest.raises(UserError, match="no cause"):
            prepare_duplicate(db, registrar, DuplicateDraft(FIRST, AnnulmentGround.FORGERY, REPORT))
        made = prepare_duplicate(db, registrar, DuplicateDraft(FIRST, AnnulmentGround.THEFT, REPORT))
        (waiting,) = waiting_certificates(db, registrar)
        assert (waiting.id, waiting.first, waiting.offering, waiting.prepared_by) == (made.id, FIRST, CODE, "Registrar")
        with pytest.raises(Refused, match="waits for approval already"):
            prepare_duplicate(db, registrar, DuplicateDraft(FIRST, AnnulmentGround.THEFT, REPORT))
        assert states(db)[FIRST] == "issued"
        with db.write(Entry(Actor("test"), "edit_person", "1")) as tx:
            tx.update(Participant, {2: {"surnames": "Bográn de Paz"}})
        (third,) = approve(db, made.id)
        ((snapshot,),) = values(db, "SELECT snapshot FROM certificate WHERE number = ?", third)
        said = json.loads(str(snapshot))
        assert (said["duplicate_of"], said["name"]) == (FIRST, "Óscar René Bográn de Paz")
        assert states(db) == {FIRST: "replaced", SECOND: "issued", third: "approved"}
        grounds = "SELECT r.ground, d.number FROM revocation r JOIN source_document d ON d.id = r.source_document_id"
        assert values(db, grounds) == [("theft", "Denuncia 801-2018")]
        with pytest.raises(Refused, match="name the duplicate"):
            prepare_duplicate(db, registrar, DuplicateDraft(FIRST, AnnulmentGround.LOSS, REPORT))
        again = prepare_duplicate(db, registrar, DuplicateDraft(third, AnnulmentGround.DAMAGE, REPORT))
        revoke_certificate(db, user(db, Role.MANAGER), AnnulmentDraft(third, "Falso", ORDER))
        with pytest.raises(Refused, match="holds no more"):
            approve(db, again.id)


def test_spoiled_sheets_stay_under_the_same_number_and_each_is_noted_once(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        issued(db, tmp_path)
        spoil_sheet(db, registrar, FIRST, " A 0042 ")
        with pytest.raises(Refused, match=f"under {FIRST}"):
            spoil_sheet(db, registrar, SECOND, "A 0042")
        with pytest.raises(UserError, match="serial number"):
            spoil_sheet(db, registrar, SECOND, " ")
        assert values(db, "SELECT sheet_serial, spoiled FROM certificate_sheet") == [("A 0042", 1)]


def test_statements_and_transcripts_are_signed_in_own_series_and_tell_no_failed_course(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        with db.write(Entry(Actor("test"), "record_grades", "1")) as tx:
            tx.update(Enrolment, {1: {"final_grade": 9150}})
        (course,) = courses_to_state(db, registrar, 1)
        assert (course.code, course.grade) == (CODE, 9150)
        assert courses_to_state(db, registrar, 3) == (), "failed"
        with pytest.raises(Refused, match="nothing to state"):
            prepare_transcript(db, registrar, StatementDraft(3))
        with pytest.raises(Refused, match="nothing to state"):
            prepare_statement(db, registrar, StatementDraft(1, enrolment_id=6))
        statement = prepare_statement(
            db, registrar, StatementDraft(1, 1, with_grades=True, purpose="una beca", asked_by="Ella misma")
        )
        plain = prepare_statement(db, registrar, StatementDraft(1, 1))
        transcript = prepare_transcript(db, registrar, StatementDraft(1, with_grades=True))
        numbers = approve(db, statement.id, plain.id, transcript.id)
        assert set(numbers) == {"CON-2018-000001", "CON-2018-000002", "CES-2018-000001"}
        rows = {key: str(snapshot) for key, snapshot in values(db, "SELECT id, snapshot FROM certificate")}
        graded, bare, whole = (json.loads(rows[each.id]) for each in (statement, plain, transcript))
        assert (graded["grade"], bare["grade"]) == (9150, None)
        assert (graded["purpose"], graded["asked_by"]) == ("una beca", "Ella misma")
        assert [(line["code"], line["grade"]) for line in whole["courses"]] == [(CODE, 9150)]
        assert "08011990" in graded["document"]
        for code, kind in values(db, "SELECT code, kind FROM certificate"):
            facts = facts_of(unseal(str(code)))
            assert (facts.kind, facts.dated, facts.hours) == (CertificateKind(str(kind)), TODAY, 40)
        assert prepare_certificates(db, registrar, CODE).count == 2, "a statement is no diploma"


def test_a_completion_taken_away_annuls_diploma_statement_and_transcript(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        issued(db, tmp_path)
        transcript = prepare_transcript(db, registrar, StatementDraft(1))
        statement = prepare_statement(db, registrar, StatementDraft(1, 1))
        other = prepare_transcript(db, registrar, StatementDraft(2))
        approve(db, transcript.id, statement.id, other.id)
        draft = Correction(1, EnrolmentStatus.NOT_COMPLETED, "acta 4", "Director, oficio 12")
        done = correct_enrolment(db, manager, draft)
        assert set(done.certificates_annulled) == {SECOND, "CES-2018-000002", "CON-2018-000001"}
        assert values(db, "SELECT number FROM certificate WHERE status = 'approved'") == [("CES-2018-000001",)]


def test_who_did_not_complete_gets_a_certificate_of_participation_that_tells_no_grade(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        with pytest.raises(Refused, match="known afterwards"):
            prepare_participation(db, registrar, "001-2019")
        correct_enrolment(db, manager, Correction(1, EnrolmentStatus.NOT_COMPLETED, "acta 4", "Director, oficio 12"))
        with db.write(Entry(Actor("test"), "grade", "test")) as tx:
            tx.update(Enrolment, {1: {"final_grade": 5500}, 2: {"final_grade": 9100}})
        assert prepare_participation(db, registrar, CODE).count == 2
        assert prepare_participation(db, registrar, CODE).count == 0
        assert prepare_certificates(db, registrar, CODE).count == 1
        seen = review_batch(db, manager, CODE, t=T).keys
        with pytest.raises(Refused, match="read the list again"):
            approve_certificates(db, manager, CODE, t=T, passphrase=PASSPHRASE, seen=seen[:1])
        approve_certificates(db, manager, CODE, t=T, passphrase=PASSPHRASE, seen=seen)
        assert values(db, "SELECT DISTINCT kind, json_extract(snapshot, '$.grade') FROM certificate ORDER BY kind") == [
            ("diploma", 9100),
            ("participation", None),
        ]
        gone = correct_enrolment(db, manager, Correction(1, EnrolmentStatus.NO_SHOW, "acta 5", "Director, oficio 13"))
        assert len(gone.certificates_annulled) == 1


def test_who_taught_gets_a_certificate_of_the_own_series_once(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        with pytest.raises(Refused, match="not closed"):
            prepare_instructor_certificates(db, registrar, "001-2019")
        assert prepare_instructor_certificates(db, registrar, CODE).count == 1
        assert prepare_instructor_certificates(db, registrar, CODE).count == 0
        assert approve(db, 1) == ("DOC-2018-000001",)
        (pdf,) = print_certificates(db, registrar, CODE, tmp_path / "out", t=T)
        assert pdf.name == "DOC-2018-000001.pdf"
        ((code,),) = values(db, "SELECT code FROM certificate")
        facts = facts_of(unseal(str(code)))
        assert (facts.kind, facts.name, facts.course) == (
            CertificateKind.INSTRUCTOR,
            "Asesor Inventado",
            "Fotografía forense",
        )


def test_who_holds_a_diploma_of_a_paper_book_gets_a_duplicate_that_names_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "record_paper_certificate", "test")) as tx:
            old = {"uid": tx.new_uid(), "number": "Tomo 1-17", "kind": CertificateKind.DIPLOMA, "snapshot": "{}",
                   "status": CertificateStatus.PAPER_BOOK, "dated": dt.date(2018, 11, 30)}  # fmt: skip
            tx.insert(Certificate, [{**old, "enrolment_id": 1}])
            tx.insert(Certificate, [{**old, "uid": tx.new_uid(), "number": "Tomo 1-18"}])
        draft = DuplicateDraft("Tomo 1-17", AnnulmentGround.LOSS, REPORT)
        made = prepare_duplicate(db, user(db, Role.REGISTRAR), draft)
        (number,) = approve(db, made.id)
        assert states(db) == {"Tomo 1-17": "replaced", "Tomo 1-18": "paper_book", number: "approved"}
        with pytest.raises(Refused, match="names nobody"):
            prepare_duplicate(db, user(db, Role.REGISTRAR), DuplicateDraft("Tomo 1-18", AnnulmentGround.LOSS, REPORT))
