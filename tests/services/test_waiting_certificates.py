"""Tests of what waits: gathered as a manager approves it, looked at before, taken back, or not collected."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pypdfium2
import pytest

from eic_tracker.domain.codes import AnnulmentGround, CertificateStatus, Role
from eic_tracker.errors import Refused
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.listing import Request
from eic_tracker.services.certificate_preview import certificate_preview, statement_preview
from eic_tracker.services.certificates import approve_certificates, approve_prepared, prepare_certificates
from eic_tracker.services.delivering import ProxyDraft, deliver_certificate, uncollected
from eic_tracker.services.issuing import certificates_bytes, note_printed
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.listings import list_keys, list_rows
from eic_tracker.services.profiles import certificate_detail
from eic_tracker.services.replacing import DuplicateDraft, prepare_duplicate
from eic_tracker.services.statements import StatementDraft, prepare_statement
from eic_tracker.services.waiting_batches import waiting_batches
from eic_tracker.services.withdrawing import withdraw_prepared
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import PASSPHRASE, school, user, values

T = Translator(Language.ES)
CODE, FIRST = "007-2018", "EIC-2018-000001"
REPORT = SourceDraft("Declaración 8")


def text_of(pdf: bytes) -> str:
    """All that a PDF says."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def status(db: Database, key: int) -> object:
    return values(db, "SELECT status FROM certificate WHERE id = ?", key)[0][0]


def approve_class(db: Database) -> None:
    prepare_certificates(db, user(db, Role.REGISTRAR), CODE)
    approve_certificates(db, user(db, Role.MANAGER), CODE, t=T, passphrase=PASSPHRASE)


def test_a_class_waits_as_one_and_papers_that_were_asked_for_each_by_itself(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        prepare_certificates(db, registrar, CODE)
        (whole,) = waiting_batches(db, manager)
        assert (whole.is_class, whole.offering, len(whole.certificate_ids), whole.own) == (True, CODE, 2, False)
        assert waiting_batches(db, registrar)[0].own
        approve_prepared(db, manager, whole.certificate_ids, t=T, passphrase=PASSPHRASE)
        prepare_duplicate(db, registrar, DuplicateDraft(FIRST, AnnulmentGround.LOSS, REPORT))
        prepare_statement(db, registrar, StatementDraft(1, 1, purpose="Ascenso"))
        single = waiting_batches(db, manager)
        assert sorted((each.is_class, each.first, each.purpose) for each in single if each.first) == [
            (False, FIRST, None)
        ]
        assert [each.purpose for each in single if each.first is None] == ["Ascenso"]
        keys = [key for each in single for key in each.certificate_ids]
        assert len(approve_prepared(db, manager, keys, t=T, passphrase=PASSPHRASE).numbers) == 2
        assert waiting_batches(db, manager) == ()


def test_what_waits_is_taken_back_all_or_none_and_can_be_prepared_again(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        approve_class(db)
        made = prepare_duplicate(db, registrar, DuplicateDraft(FIRST, AnnulmentGround.LOSS, REPORT))
        with pytest.raises(Refused):
            withdraw_prepared(db, registrar, [made.id, 1])
        with pytest.raises(Refused):
            withdraw_prepared(db, registrar, [])
        assert withdraw_prepared(db, registrar, [made.id]) == 1
        assert status(db, made.id) == CertificateStatus.ANNULLED
        assert certificate_detail(db, registrar, 1, dt.date(2018, 12, 31)).duplicates == ()
        prepare_duplicate(db, registrar, DuplicateDraft(FIRST, AnnulmentGround.LOSS, REPORT))


def test_a_draft_shows_what_would_be_printed_without_number_or_code_and_changes_nothing(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        before = values(db, "SELECT count(*) FROM change_set")
        said = text_of(statement_preview(db, registrar, StatementDraft(1, 1, True, "su expediente de ascenso"), t=T))
        assert "Borrador, sin valor" in said
        assert "para su expediente de ascenso" in " ".join(said.split())
        whole = text_of(statement_preview(db, registrar, StatementDraft(1), t=T))
        assert "Borrador, sin valor" in whole
        assert waiting_batches(db, registrar) == ()
        assert values(db, "SELECT count(*) FROM change_set") == before
        prepare_certificates(db, registrar, CODE)
        assert "Borrador, sin valor" in text_of(certificate_preview(db, registrar, 1, t=T))


def test_an_approved_certificate_is_seen_as_it_prints_and_is_issued_only_by_printing(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        approve_class(db)
        seen = certificate_preview(db, manager, 1, t=T)
        assert FIRST in text_of(seen)
        assert status(db, 1) == CertificateStatus.APPROVED
        assert certificates_bytes(db, registrar, [1], t=T) == seen
        assert status(db, 1) == CertificateStatus.APPROVED
        note_printed(db, registrar, [1])
        assert status(db, 1) == CertificateStatus.ISSUED
        with db.write(Entry(Actor("test"), "revoke_certificate", FIRST)) as tx:
            tx.update(Certificate, {1: {"status": CertificateStatus.ANNULLED}})
        with pytest.raises(Refused):
            certificate_preview(db, manager, 1, t=T)


def test_the_list_of_those_not_collected_is_that_of_the_command_and_counts_the_days(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        approve_class(db)
        note_printed(db, registrar, [1, 2])
        request = Request(filters=(("uncollected", "yes"),))
        keys = list(list_keys(db, registrar, "certificates", request))
        assert sorted(keys) == sorted(row.id for row in uncollected(db, registrar)) == [1, 2]
        dated = dt.date.fromisoformat(str(values(db, "SELECT dated FROM certificate WHERE id = 1")[0][0]))
        for days, long in ((0, False), (10, False), (11, True)):
            row = list_rows(db, registrar, "certificates", [1], dated + dt.timedelta(days=days))[1]
            assert (row.waiting_days, row.waits_long) == (days, long)
            asked = Request(filters=(("uncollected", "long"),), today=dated + dt.timedelta(days=days))
            assert bool(list_keys(db, registrar, "certificates", asked)) is long
        assert list_rows(db, registrar, "certificates", [1], dated - dt.timedelta(days=1))[1].waiting_days is None
        deliver_certificate(db, registrar, ProxyDraft(FIRST))
        assert list(list_keys(db, registrar, "certificates", request)) == [2]
        detail = certificate_detail(db, registrar, 1, dated)
        assert detail.row.waiting_days is None
        assert detail.row.delivered_on is not None
        assert detail.claims_until == detail.row.delivered_on + dt.timedelta(days=10)
