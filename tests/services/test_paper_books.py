"""Tests of diplomas of paper books: recorded as they stand, approved by another, never a gap, never a double."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from eic_tracker.domain.codes import AnnulmentGround, Role
from eic_tracker.domain.drafts import DraftRefused
from eic_tracker.domain.folio_pages import RemarkKind
from eic_tracker.domain.verifying import CodeState
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.annulling import AnnulmentDraft, revoke_certificate
from eic_tracker.services.attachments import Scan
from eic_tracker.services.authorisations import AuthorisationDraft
from eic_tracker.services.certificates import approve_certificates, approve_prepared, prepare_certificates
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.number_series import check_numbers
from eic_tracker.services.paper_book_import import import_paper_books
from eic_tracker.services.paper_books import (
    PaperDiploma,
    add_paper_diploma,
    approve_paper_diplomas,
    enrolment_of,
    link_paper_diploma,
    paper_diplomas,
    withdraw_paper_diploma,
)
from eic_tracker.services.paper_corrections import correct_paper_diploma, draft_of
from eic_tracker.services.profiles import certificate_detail
from eic_tracker.services.register_pages import PagesAsked, register_sheets
from eic_tracker.services.replacing import DuplicateDraft, prepare_duplicate
from eic_tracker.services.verification import verify_texts
from tests.services.school import NOW, PASSPHRASE, school, user, values
from tests.services.taught import photograph

DIPLOMA = PaperDiploma(
    number="1.204",
    book="2",
    folio=14,
    dated=dt.date(2014, 5, 9),
    name="Óscar R. Bográn G.",
    course="Fotografía <b>forense</b> & escena",
    entry=7,
    signatories=("Comisario Juan Inventado, Director",),
)


def test_a_diploma_of_a_paper_book_stands_as_it_is_written_once_another_person_approved_it(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        with db.read() as connection:
            enrolment = enrolment_of(connection, "0801-1990-00001", "007-2018")
            assert enrolment_of(connection, "0801-1990-99999", "007-2018") is None
        draft = replace(DIPLOMA, enrolment_id=enrolment)
        done = add_paper_diploma(db, registrar, draft, Scan("folio.jpg", photograph()))
        assert values(db, "SELECT number FROM register_book") == []
        with pytest.raises(Refused, match="may not approve"):
            approve_paper_diplomas(db, registrar, [done.id])
        promoted = replace(registrar, role=Role.MANAGER)
        with pytest.raises(Refused, match="another person approves"):
            approve_paper_diplomas(db, promoted, [done.id])
        assert approve_paper_diplomas(db, manager, [done.id]).count == 1
        with pytest.raises(Refused, match="approved already"):
            approve_paper_diplomas(db, manager, [done.id])
        (row,) = paper_diplomas(db, manager)
        assert (row.number, row.name, row.enrolment_id, row.approved_by) == (
            "1.204",
            "Óscar R. Bográn G.",
            enrolment,
            "manager",
        )
        assert row.scan_id is not None
        stands = "SELECT status, code, certificate_series_id, serial FROM certificate"
        assert values(db, stands) == [("paper_book", None, None, None)]
        detail = certificate_detail(db, manager, row.id, NOW.date())
        assert [(line.book, line.folio, line.entry) for line in detail.register] == [("2", 14, 7)]
        assert detail.text is not None
        assert detail.text.course_title == DIPLOMA.course
        # whoever has a diploma in the paper book gets no second one, and its number is no gap of a series
        prepared = prepare_certificates(db, registrar, "007-2018")
        assert prepared.count == 1
        approve_certificates(db, manager, "007-2018", t=Translator(Language.ES), passphrase=PASSPHRASE)
        found = check_numbers(db, manager)
        assert (found.whole, found.paper, [each.valid for each in found.series]) == (True, 1, [1])


def test_the_same_place_of_a_book_is_recorded_once_and_like_numbers_of_other_books_are_told_apart(
    tmp_path: Path,
) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        first = add_paper_diploma(db, registrar, DIPLOMA)
        with pytest.raises(Refused, match=r"Number 1.204 of book 2, folio 14 is recorded already"):
            add_paper_diploma(db, registrar, DIPLOMA)
        with pytest.raises(Refused, match="Entry 7 of book 2"):
            add_paper_diploma(db, registrar, replace(DIPLOMA, number="1.205"))
        other = add_paper_diploma(db, registrar, replace(DIPLOMA, book="3"))
        assert other.number == "1.204 (3-14)"
        unplaced = [replace(DIPLOMA, number=str(number), entry=None) for number in (1, 2)]
        keys = [add_paper_diploma(db, registrar, each).id for each in unplaced]
        taken = add_paper_diploma(db, registrar, replace(DIPLOMA, number="3", entry=1))
        approve_paper_diplomas(db, manager, [*keys, first.id, other.id, taken.id])
        entries = values(
            db,
            "SELECT b.number, f.number, y.number, k.number FROM register_entry y JOIN folio f ON f.id = y.folio_id "
            "JOIN register_book b ON b.id = f.register_book_id JOIN certificate k ON k.id = y.certificate_id "
            "ORDER BY b.number, y.number",
        )
        assert entries == [
            ("2", 14, 1, "3"),
            ("2", 14, 2, "2"),
            ("2", 14, 7, "1.204"),
            ("2", 14, 8, "1"),
            ("3", 14, 7, "1.204 (3-14)"),
        ]


def test_a_roster_that_says_otherwise_stops_it_and_so_does_a_certificate_that_is_there(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        with pytest.raises(Refused, match="did not complete it"):
            add_paper_diploma(db, registrar, replace(DIPLOMA, enrolment_id=3))
        with pytest.raises(UserError, match="no enrolment of that number"):
            add_paper_diploma(db, registrar, replace(DIPLOMA, enrolment_id=999))
        waiting = add_paper_diploma(db, registrar, replace(DIPLOMA, enrolment_id=1))
        prepare_certificates(db, registrar, "007-2018")
        approve_certificates(db, manager, "007-2018", t=Translator(Language.ES), passphrase=PASSPHRASE)
        with pytest.raises(Refused, match="EIC-2018-000002"):
            approve_paper_diplomas(db, manager, [waiting.id])
        with pytest.raises(Refused, match="EIC-2018-000002"):
            add_paper_diploma(db, registrar, replace(DIPLOMA, number="EIC-2018-000002", folio=15))
        with pytest.raises(UserError, match="needs a reason"):
            withdraw_paper_diploma(db, registrar, waiting.id, " ")
        withdraw_paper_diploma(db, registrar, waiting.id, "Tiene el del curso")
        assert paper_diplomas(db, registrar) == ()
        with pytest.raises(UserError, match="read it again"):
            withdraw_paper_diploma(db, registrar, waiting.id, "otra vez")


def test_a_diploma_of_a_paper_book_gets_a_duplicate_of_today_where_its_roster_is_on_file(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        t = Translator(Language.ES)
        draft = replace(DIPLOMA, enrolment_id=1)
        waiting = [add_paper_diploma(db, registrar, each).id for each in (draft, replace(DIPLOMA, book="3"))]
        # while it waits it is approved, annulled and replaced nowhere else
        with pytest.raises(Refused, match="wait for no approval"):
            approve_prepared(db, manager, waiting[:1], t=t, passphrase=PASSPHRASE)
        order = AuthorisationDraft("Comisario Inventado", "Director", "Oficio 1")
        with pytest.raises(Refused, match="take it back instead"):
            revoke_certificate(db, manager, AnnulmentDraft("1.204", "Error", order))
        approve_paper_diplomas(db, manager, waiting)
        lost = DuplicateDraft("1.204", AnnulmentGround.LOSS, SourceDraft("Constancia 7", NOW.date()))
        duplicate = prepare_duplicate(db, registrar, lost)
        approve_prepared(db, manager, [duplicate.id], t=t, passphrase=PASSPHRASE)
        stands = "SELECT number, status FROM certificate ORDER BY id"
        assert values(db, stands) == [
            ("1.204", "replaced"),
            ("1.204 (3-14)", "paper_book"),
            ("EIC-2018-000001", "approved"),
        ]
        with pytest.raises(Refused, match="enter the course first"):
            prepare_duplicate(db, registrar, replace(lost, number="1.204 (3-14)"))
        # once the course is on file the diploma finds its roster, and a duplicate becomes possible
        for document, told in (("0801-1990-00002", "did not complete"), ("9", "Nobody with the document 9")):
            with pytest.raises(UserError, match=told):
                link_paper_diploma(db, registrar, waiting[1], document, "007-2018")
        link_paper_diploma(db, registrar, waiting[1], "0801-1990-00001", "007-2018")
        with pytest.raises(Refused, match="linked already"):
            link_paper_diploma(db, registrar, waiting[1], "0801-1990-00001", "007-2018")
        prepare_duplicate(db, registrar, replace(lost, number="1.204 (3-14)"))
        (page,) = register_sheets(db, registrar, PagesAsked()).folios
        (entry,) = page[0].entries
        assert [(remark.kind, remark.text) for remark in entry.remarks] == [(RemarkKind.DUPLICATE_OF, "1.204")]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"number": " "}, "needed"),
        ({"folio": None}, "needed"),
        ({"folio": 0}, "from 1 to 9999"),
        ({"entry": -1}, "from 1 to 9999"),
        ({"hours": 100_000}, "from 1 to 9999"),
        ({"dated": dt.date(2030, 1, 1)}, "after today"),
        ({"dated": None}, "needed"),
        ({"name": "Ana\u202e\x00"}, "characters"),
        ({"course": "X" * 300}, "too long"),
        ({"signatories": ("A", "B", "C", "D")}, "three signatures"),
    ],
)
def test_what_is_wrong_with_a_diploma_is_told_and_nothing_is_kept(
    tmp_path: Path, wrong: dict[str, object], told: str
) -> None:
    with school(tmp_path) as db:
        with pytest.raises(DraftRefused, match=told):
            add_paper_diploma(db, user(db, Role.REGISTRAR), replace(DIPLOMA, **wrong))  # type: ignore[arg-type]
        assert values(db, "SELECT count(*) FROM certificate") == [(0,)]


TABLE = """Escuela de Investigación Criminal;;;;;;
N.º;Libro;Folio;Fecha;Identidad;Nombre completo;Curso;Código;Firmantes
77;1;3;9/5/2012;0801-1990-00001;Óscar Bográn;Fotografía;007-2018;Comisario A; Director
78;1;3;31/2/2012;;Ana Paz;Fotografía;;
79;1;tres;9/5/2012;;Ana Paz;Fotografía;;
77;1;3;9/5/2012;;Ana Paz;Fotografía;;
80;1;4;9/5/2031;;Ana Paz;Fotografía;;
81;1;4;9/5/2012;0801-1990-00002;Dunia;Fotografía;007-2018;
82;1;4;9/5/2012;;;Fotografía;;
83;1;4;9/5/2012;;Eva <b>& Cía</b>;Fotografía;;
"""


def test_a_table_of_diplomas_is_taken_in_and_each_row_that_stays_out_says_why(tmp_path: Path) -> None:
    path = tmp_path / "libro.csv"
    path.write_text(TABLE, encoding="utf-8")
    t = Translator(Language.EN)
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        tried = import_paper_books(db, registrar, path, NOW.date(), dry_run=True)
        assert (tried.taken, tried.left_out, tried.set_id) == (2, 6, None)
        assert paper_diplomas(db, registrar) == ()
        done = import_paper_books(db, registrar, path, NOW.date())
        told = {row.row: row.text(t) for row in done.rows}
        assert (told[3], told[10]) == ("", "")
        for row, why in (
            (4, "no day 31/2/2012"),
            (5, "“tres” is no whole number"),
            (6, "recorded already"),
            (7, "after today"),
            (8, "did not complete"),
            (9, "needed"),
        ):
            assert why in told[row]
        first, last = paper_diplomas(db, registrar)
        assert (first.number, first.enrolment_id is not None, last.name) == ("77", True, "Eva <b>& Cía</b>")
        again = import_paper_books(db, registrar, path, NOW.date())
        assert (again.taken, again.set_id) == (0, None)
        other = tmp_path / "otra.csv"
        other.write_text("Nombre;Curso\nAna;Fotografía\n", encoding="utf-8")
        with pytest.raises(FileProblem, match="has no table with the columns"):
            import_paper_books(db, registrar, other, NOW.date())


def test_a_number_that_two_paper_books_bear_is_checked_as_both_each_with_its_folio(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        other = replace(DIPLOMA, book="3", folio=2, name="Otra Persona", hours=40)
        done = [
            add_paper_diploma(db, registrar, each)
            for each in (DIPLOMA, other, replace(DIPLOMA, number="N-7 bis", entry=8))
        ]
        (before,) = verify_texts(db, registrar, ["1.204"], today=NOW.date())
        assert (before.state, before.reason) == (CodeState.INVALID, "not_signed")
        approve_paper_diplomas(db, manager, [each.id for each in done])
        both, lower = verify_texts(db, registrar, ["1.204", "N-7 BIS"], today=NOW.date())
        assert {each.state for each in both.candidates} == {CodeState.PAPER_BOOK}
        assert [(each.book, each.folio, each.facts and each.facts.name) for each in both.candidates] == [
            ("2", 14, "Óscar R. Bográn G."),
            ("3", 2, "Otra Persona"),
        ]
        assert (lower.state, lower.others, lower.folio) == (CodeState.PAPER_BOOK, (), 14)


def test_a_waiting_diploma_is_corrected_with_its_scan_and_an_approved_one_is_not(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, manager = user(db, Role.REGISTRAR), user(db, Role.MANAGER)
        done = add_paper_diploma(db, registrar, DIPLOMA, Scan("folio.jpg", photograph()))
        (row,) = paper_diplomas(db, registrar)
        assert draft_of(row) == DIPLOMA
        with pytest.raises(Refused, match="may not prepare"):
            correct_paper_diploma(db, manager, done.id, DIPLOMA)
        with pytest.raises(DraftRefused):
            correct_paper_diploma(db, registrar, done.id, replace(DIPLOMA, folio=0))
        again = correct_paper_diploma(db, registrar, done.id, replace(DIPLOMA, folio=15))
        (now,) = paper_diplomas(db, registrar)
        assert (now.id, now.folio, now.scan_id) == (again.id, 15, row.scan_id)
        approve_paper_diplomas(db, manager, [again.id])
        with pytest.raises(Refused, match="approved already"):
            correct_paper_diploma(db, registrar, again.id, DIPLOMA)
        with pytest.raises(UserError, match="no longer in the list"):
            correct_paper_diploma(db, registrar, done.id, DIPLOMA)
