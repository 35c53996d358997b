"""Tests of preparing, approving and printing certificates."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy.exc import IntegrityError

from eic_tracker.domain.codes import CertificateKind, EnrolmentStatus, OfferingStatus, Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.domain.seal import facts_of, holds, telephone_code, unseal
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.school import CHECK_ADDRESS
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.issuing import certificates_bytes, print_certificates
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate, CertificateSeries
from eic_tracker.store.tables.courses import Course, Enrolment, Offering
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.tables.reference import Setting
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import NOW, PASSPHRASE, school, school_file, user, values

T = Translator(Language.ES)
CODE, RUNNING = "007-2018", "001-2019"
CEREMONY = dt.date(2019, 1, 18)
WRITERS, EACH = 4, 3


def prepare(db: Database, code: str = CODE, ceremony: dt.date | None = None) -> int:
    """Prepare the certificates of a course as the registrar; how many."""
    return prepare_certificates(db, user(db, Role.REGISTRAR), code, ceremony=ceremony).count


def approve(db: Database, code: str = CODE) -> int:
    """Approve the certificates of a course as the manager with their passphrase; how many."""
    return approve_certificates(db, user(db, Role.MANAGER), code, t=T, passphrase=PASSPHRASE).count


def approved(db: Database) -> None:
    """Prepare and approve the certificates of the closed offering."""
    prepare(db)
    approve(db)


def test_only_those_who_completed_get_one_and_nobody_gets_two(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        assert prepare(db) == 2
        again = prepare_certificates(db, user(db, Role.REGISTRAR), CODE)
        assert (again.count, again.set_id) == (0, None)


def test_an_open_offering_has_certificates_for_its_ceremony_alone_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with pytest.raises(Refused, match="not closed"):
            prepare(db, RUNNING)
        with pytest.raises(UserError, match="no offering 999-2018"):
            prepare(db, "999-2018")
        with pytest.raises(UserError, match="before its last day"):
            prepare(db, RUNNING, dt.date(2019, 1, 10))
        assert prepare(db, RUNNING, CEREMONY) == 5


def test_numbers_follow_each_other_without_gaps_from_where_the_series_starts(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "start_series", "EIC")) as tx:
            tx.insert(CertificateSeries, [{"prefix": "EIC", "year": 2018, "first_number": 41}])
        prepare(db)
        assert values(db, "SELECT number FROM certificate") == [(None,), (None,)]
        approve(db)
        assert values(db, "SELECT number FROM certificate ORDER BY serial") == [
            ("EIC-2018-000041",),
            ("EIC-2018-000042",),
        ]


def test_a_certificate_is_signed_registered_and_frozen_in_the_same_write(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "change_settings", "school")) as tx:
            tx.insert(Setting, [{"name": "register.entries_per_folio", "value": "1"}])
            tx.insert(Setting, [{"name": CHECK_ADDRESS, "value": json.dumps("https://eic.example/v")}])
        approved(db)
        ((point,),) = values(db, "SELECT point FROM signing_key")
        rows = values(db, "SELECT uid, number, code, telephone_code, snapshot FROM certificate ORDER BY serial")
        entries = "SELECT b.number, f.number, e.number FROM register_entry e JOIN folio f ON f.id = e.folio_id "
        assert values(db, entries + "JOIN register_book b ON b.id = f.register_book_id ORDER BY e.id") == [
            ("1", 1, 1),
            ("1", 2, 1),
        ]
        log = values(db, "SELECT id FROM change_set WHERE use_case = 'approve_certificates'")
        for folio, (uid, number, code, told, snapshot) in enumerate(rows, 1):
            sealed = unseal(str(code))
            assert holds(sealed, bytes.fromhex(str(point)))
            facts, said = facts_of(sealed), json.loads(str(snapshot))
            assert (facts.uid, facts.number, facts.name) == (uid, number, said["name"])
            assert (facts.dated, facts.hours, facts.kind) == (dt.date(2018, 11, 30), 40, CertificateKind.DIPLOMA)
            assert [(facts.log_number,)] == log
            assert not facts.demonstration
            assert telephone_code(str(code)) == told == said["telephone_code"]
            assert (said["book"], said["folio"], said["entry"]) == ("1", str(folio), "1")
            assert said["code"].startswith("https://eic.example/v#EIC1:")
            assert unseal(said["code"]) == sealed


def test_nobody_approves_what_they_prepared_neither_by_the_services_nor_in_the_store(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        prepare(db)
        with pytest.raises(Refused, match="may not approve"):
            approve_certificates(db, registrar, CODE, t=T, passphrase=PASSPHRASE)
        promoted = ActingUser(registrar.id, registrar.login, registrar.full_name, Role.MANAGER)
        with pytest.raises(Refused, match="another manager"):
            approve_certificates(db, promoted, CODE, t=T, passphrase=PASSPHRASE)
        with pytest.raises(IntegrityError, match="four_eyes"), db.write(Entry(Actor("test"), "x", "x")) as tx:
            tx.update(Certificate, {1: {"approved_by_id": registrar.id}})


def test_a_wrong_passphrase_takes_no_number_and_is_noted(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        prepare(db)
        for wrong in ("otra frase larga", None):
            with pytest.raises(Refused, match="passphrase is wrong"):
                approve_certificates(db, user(db, Role.MANAGER), CODE, t=T, passphrase=wrong)
        assert values(db, "SELECT count(*) FROM certificate_series") == [(0,)]
        assert values(db, "SELECT status, count(*) FROM certificate GROUP BY 1") == [("prepared", 2)]
        assert values(db, "SELECT count(*) FROM change_set WHERE use_case = 'wrong_passphrase'") == [(2,)]


def test_a_signature_signs_nothing_dated_before_it_reaches_back(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "edit_offering", CODE)) as tx:
            tx.update(Offering, {1: {"starts_on": dt.date(2016, 1, 4), "ends_on": dt.date(2016, 1, 29)}})
        prepare(db)
        with pytest.raises(Refused, match="signs certificates dated from"):
            approve(db)
        prepare(db, ceremony=dt.date(2018, 12, 31))
        assert approve(db) == 2, "prepared again for a ceremony of today"


def test_for_a_ceremony_they_are_approved_while_the_course_runs_and_dated_to_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        prepare(db, RUNNING, CEREMONY)
        with db.write(Entry(Actor("test"), "take_off_roster", "10")) as tx:
            tx.update(Enrolment, {10: {"status": EnrolmentStatus.WITHDREW}})
        with pytest.raises(Refused, match="1 prepared certificates"):
            approve(db, RUNNING)
        assert prepare(db, RUNNING, CEREMONY) == 0
        assert approve(db, RUNNING) == 4
        assert values(db, "SELECT dated, substr(number, 1, 8), count(*) FROM certificate GROUP BY 1, 2") == [
            ("2019-01-18", None, 1),
            ("2019-01-18", "EIC-2019", 4),
        ]
        codes = [str(code) for (code,) in values(db, "SELECT code FROM certificate WHERE code IS NOT NULL")]
        assert {facts_of(unseal(code)).dated for code in codes} == {CEREMONY}


def test_one_pdf_for_each_named_by_its_number_with_name_and_course_or_one_for_the_class(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        approved(db)
        registrar = user(db, Role.REGISTRAR)
        paths = print_certificates(db, registrar, CODE, tmp_path / "out", t=T)
        assert values(db, "SELECT DISTINCT status FROM certificate") == [("issued",)]
        (whole,) = print_certificates(db, registrar, CODE, tmp_path / "class", t=T, merge=True)
        window = certificates_bytes(db, registrar, [1, 2], t=T)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["EIC-2018-000001.pdf", "EIC-2018-000002.pdf"]
    assert whole.name == f"{CODE}.pdf"
    assert whole.read_bytes() == window
    texts = []
    for path in paths:
        document = pypdfium2.PdfDocument(path)
        texts.append(document[0].get_textpage().get_text_range())
        pages = len(document)
        document.close()
    merged = pypdfium2.PdfDocument(whole)
    assert len(merged) == 2 * pages
    merged.close()
    assert "María José Núñez O'Hara" in "".join(texts)
    assert all("Fotografía forense" in text for text in texts)


def test_a_reprint_shows_what_was_frozen_even_after_names_were_corrected(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        approved(db)
        registrar = user(db, Role.REGISTRAR)
        first = [path.read_bytes() for path in print_certificates(db, registrar, CODE, tmp_path / "one", t=T)]
        frozen = values(db, "SELECT snapshot, snapshot_digest, code FROM certificate")
        with db.write(Entry(Actor("test"), "edit_person", "1")) as tx:
            tx.update(Participant, {1: {"given_names": "Otra"}})
            tx.update(Course, {1: {"title": "Otro curso"}})
        again = [path.read_bytes() for path in print_certificates(db, registrar, CODE, tmp_path / "two", t=T)]
        assert values(db, "SELECT snapshot, snapshot_digest, code FROM certificate") == frozen
    assert again == first


def test_nothing_is_printed_before_approval(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        prepare(db)
        with pytest.raises(Refused, match="is approved"):
            print_certificates(db, user(db, Role.REGISTRAR), CODE, tmp_path / "out", t=T)
    assert not (tmp_path / "out").exists()


def test_where_the_folder_cannot_be_written_nothing_is_printed_and_nothing_is_recorded(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        approved(db)
        (tmp_path / "out").write_text("a file, not a folder")
        with pytest.raises(FileProblem):
            print_certificates(db, user(db, Role.REGISTRAR), CODE, tmp_path / "out", t=T)
        assert values(db, "SELECT DISTINCT status FROM certificate") == [("approved",)]


def test_a_name_too_long_for_a_code_is_told_before_a_number_is_taken(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "edit_person", "1")) as tx:
            tx.update(Participant, {1: {"given_names": "María " * 20}})
        prepare(db)
        with pytest.raises(UserError, match="at most 100"):
            approve(db)
        assert values(db, "SELECT count(*) FROM certificate_series") == [(0,)]


def _approve_in_a_process(path: Path, code: str) -> None:
    with Database(path, clock=lambda: NOW) as db:
        approve(db, code)


def test_four_writers_at_once_take_numbers_and_places_without_gaps_or_twins(tmp_path: Path) -> None:
    path = school_file(tmp_path)
    codes = [f"{number:03d}-2018" for number in range(20, 20 + WRITERS)]
    with Database(path, clock=lambda: NOW) as db:
        with db.write(Entry(Actor("test"), "record_closed_offering", "test")) as tx:
            offerings = tx.insert(
                Offering,
                [
                    {"uid": tx.new_uid(), "programme_id": 1, "course_version_id": 1, "code": code,
                     "starts_on": dt.date(2018, 11, 5), "ends_on": dt.date(2018, 11, 30),
                     "status": OfferingStatus.CLOSED, "recorded_at": tx.at}
                    for code in codes
                ],
            )  # fmt: skip
            tx.insert(
                Enrolment,
                [
                    {"uid": tx.new_uid(), "offering_id": offering, "participant_id": person,
                     "status": EnrolmentStatus.COMPLETED, "recorded_at": tx.at}
                    for offering in offerings
                    for person in range(1, EACH + 1)
                ],
            )  # fmt: skip
        for code in codes:
            prepare(db, code)
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_approve_in_a_process, args=(path, code)) for code in codes]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    with Database(path) as db:
        count = WRITERS * EACH
        serials = [serial for (serial,) in values(db, "SELECT serial FROM certificate ORDER BY serial")]
        assert serials == list(range(1, count + 1))
        places = values(db, "SELECT folio_id, number FROM register_entry ORDER BY folio_id, number")
        assert places == [(1, number) for number in range(1, count + 1)]
        assert values(db, "SELECT last_number FROM certificate_series") == [(count,)]
