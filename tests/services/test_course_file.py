"""The course file: one foliated PDF with all on paper, what it lacks, whole or not at all; the order of merit."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from eic_tracker.domain.codes import ActKind, AttachmentKind, EnrolmentStatus, Role
from eic_tracker.errors import Refused
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.acts import ActDraft, ActTexts, make_act, print_act
from eic_tracker.services.attachments import Scan
from eic_tracker.services.attendance_sheets import attach_sheet, attendance_sheets
from eic_tracker.services.certificates import approve_certificates, prepare_certificates
from eic_tracker.services.course_file import CourseFileWritten, course_checklist, write_course_file
from eic_tracker.services.exports import note_export
from eic_tracker.services.merit import merit_order
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Delivery
from eic_tracker.store.tables.courses import Enrolment, Offering
from eic_tracker.store.tables.documents import Attachment, SourceDocument, SourceKind
from eic_tracker.store.transaction import Actor, Entry
from tests.reports.pdf_reading import texts_of, words_of
from tests.services.school import PASSPHRASE, school, user, values

ES, EN = Translator(Language.ES), Translator(Language.EN)
CLOSED, OPEN = 1, 2


def graded(db: Database, **columns: object) -> None:
    """Give those of the closed course who have a result grades, and the course some more columns."""
    with db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
        grades = {1: 9000, 2: 9000, 3: 6000, 4: None, 5: None}
        tx.update(Enrolment, {key: {"final_grade": grade} for key, grade in grades.items()})
        if columns:
            tx.update(Offering, {CLOSED: columns})


def noted(db: Database, role: Role = Role.REGISTRAR) -> int:
    """A note in the journal that lets many leave."""
    return note_export(db, user(db, role), "test", 500, "test")


def written(db: Database, path: Path, offering: int = CLOSED, *, t: Translator = ES) -> CourseFileWritten:
    """The course file that a registrar writes."""
    return write_course_file(db, user(db, Role.REGISTRAR), offering, path, t=t, note=noted(db))


def lacking(db: Database, offering: int) -> set[tuple[str, str]]:
    """Code and place of what the course file lacks."""
    found = course_checklist(db, user(db, Role.REGISTRAR), offering)
    return {(each.code, each.mended_at) for each in found.lacking}


def turned(content: bytes) -> bytes:
    """The same pages as a scanner gives them that lays them on their side."""
    document = pdfium.PdfDocument(content)
    document[0].set_rotation(90)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture(width: int, height: int) -> bytes:
    """A picture of that size."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "grey").save(out, "JPEG")
    return out.getvalue()


def test_the_file_holds_all_parts_in_order_with_a_folio_on_each_page_and_an_index(tmp_path: Path) -> None:
    path = tmp_path / "expediente.pdf"
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        graded(db, vetting_required=True)
        for kind in (ActKind.GRADES, ActKind.CLOSING):
            act = make_act(db, registrar, ActDraft(CLOSED, kind, ActTexts(place="Aula Magna")))
            code = print_act(db, registrar, act.id, t=ES).code
        make_act(db, registrar, ActDraft(CLOSED, ActKind.GRADUATION))
        prepare_certificates(db, registrar, "007-2018")
        approve_certificates(db, user(db, Role.MANAGER), "007-2018", t=ES, passphrase=PASSPHRASE)
        sheets = attendance_sheets(db, registrar, CLOSED, t=ES, week=1, note=noted(db))
        for name, content in (("a.pdf", sheets), ("b.pdf", turned(sheets)), ("c.jpg", picture(1600, 900))):
            attach_sheet(db, registrar, Scan(name, content), CLOSED)
        done = written(db, path)
    content = path.read_bytes()
    pages = texts_of(content)
    assert len(pages) == done.folios
    for number, page in enumerate(pages, 1):
        assert f"Folio {number}" in page
    titles = [title for title, _ in done.parts]
    order = ["Carátula", "Oficios", "Nómina", "Verificación", "Asistencia", "Hoja de asistencia, escaneo 1"]
    order += ["Notas", "Acta de calificaciones", "Acta de cierre", "Diplomas", "Excepciones"]
    places = [next(place for place, title in enumerate(titles) if title.startswith(words)) for words in order]
    assert places == sorted(places)
    for title, first in done.parts[1:]:
        assert title in pages[0]
        if "escaneo" not in title and "Acta" not in title:
            assert title in pages[first - 1]
    assert code in words_of(content)
    assert "EIC-2018-000001" in words_of(content)
    assert "1 acta no está impresa" in pages[0]
    document = pdfium.PdfDocument(content)
    assert document.get_metadata_value("Title").startswith("Expediente 007-2018")
    assert b"/Lang" in content


def test_each_delivery_of_a_certificate_stands_in_the_line_of_the_certificate(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        graded(db)
        prepare_certificates(db, registrar, "007-2018")
        approve_certificates(db, user(db, Role.MANAGER), "007-2018", t=ES, passphrase=PASSPHRASE)
        first = int(str(values(db, "SELECT min(id) FROM certificate")[0][0]))
        with db.write(Entry(Actor("test"), "deliver", "test")) as tx:
            letter = {"uid": tx.new_uid(), "kind": SourceKind.LETTER, "number": "PODER-7"}
            (proxy,) = tx.insert(SourceDocument, [letter])
            by_proxy = {"received_by": "Juana Paz", "proxy_document_id": proxy}
            handed = {"certificate_id": first, "delivered_on": dt.date(2018, 12, 3)}
            tx.insert(Delivery, [{**handed, **by_proxy}, {**handed, "delivered_on": dt.date(2018, 12, 20)}])
        done = written(db, tmp_path / "e.pdf")
        number = values(db, "SELECT number FROM certificate WHERE id = ?", first)[0][0]
    (folio,) = [folio for title, folio in done.parts if title.startswith("Diplomas")]
    page = " ".join(texts_of((tmp_path / "e.pdf").read_bytes())[folio - 1].split())
    assert page.count(str(number)) == 1, "a certificate has one line, however often it was handed over"
    for said in ("03/12/2018", "Juana Paz", "PODER-7", "20/12/2018"):
        assert said in page
    assert "Página" not in page, "a foliated file bears folios in place of numbers of pages"


def test_the_checklist_names_what_is_missing_and_where_it_is_mended(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        assert lacking(db, OPEN) >= {
            ("letter", "roster"),
            ("days", "days"),
            ("sheet", "acts"),
            ("grade", "grades"),
            ("closed", "closing"),
            ("act_grades", "acts"),
        }
        graded(db)
        found = lacking(db, CLOSED)
        assert {("act_closing", "acts"), ("certificate", "certificates")} <= found
        assert not {code for code, _ in found} & {"grade", "closed", "nobody"}
        for kind in (ActKind.GRADES, ActKind.CLOSING):
            make_act(db, user(db, Role.REGISTRAR), ActDraft(CLOSED, kind))
        found = lacking(db, CLOSED)
        assert ("act_draft", "acts") in found
        assert not {code for code, _ in found} & {"act_closing", "act_grades"}


def test_a_course_with_nobody_and_nothing_has_a_file_that_says_so(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "take_off_roster", "test")) as tx:
            tx.update(Enrolment, {key: {"status": EnrolmentStatus.REMOVED} for key in range(6, 11)})
        assert ("nobody", "roster") in lacking(db, OPEN)
        done = written(db, tmp_path / "e.pdf", OPEN, t=EN)
    first = texts_of((tmp_path / "e.pdf").read_bytes())[0]
    assert done.folios >= 5
    assert "This file is not whole: Nobody has a seat in it." in " ".join(first.split())


def test_a_scan_that_no_reader_opens_any_more_leaves_a_page_that_says_so(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "attach_sheet", "test")) as tx:
            common = {"kind": AttachmentKind.ATTENDANCE_SHEET, "offering_id": CLOSED, "recorded_at": tx.at}
            for place, (media, content) in enumerate(
                (("application/pdf", b"%PDF-rotten"), ("image/jpeg", b"\xff\xd8\xffrotten"), ("image/jpeg", None))
            ):
                row = {"uid": tx.new_uid(), "media_type": media, "sha256": str(place), "content": content}
                tx.insert(Attachment, [{**common, **row}])
        written(db, tmp_path / "e.pdf")
    said = words_of((tmp_path / "e.pdf").read_bytes())
    assert said.count("no se puede abrir") == 3


def test_stopping_leaves_no_file_and_an_older_one_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "e.pdf"
    path.write_bytes(b"older")
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done > 4:
            raise InterruptedError

    with school(tmp_path) as db:
        registrar, note = user(db, Role.REGISTRAR), noted(db)
        with pytest.raises(InterruptedError):
            write_course_file(db, registrar, CLOSED, path, t=ES, note=note, progress=stop)
    assert path.read_bytes() == b"older"
    assert told == sorted(told)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["e.pdf", "school.eic"]


def test_names_leave_only_with_a_note_and_the_progress_ends_at_the_whole(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with school(tmp_path) as db:
        auditor = user(db, Role.AUDITOR)
        with pytest.raises(Refused, match="note in the journal"):
            write_course_file(db, auditor, CLOSED, tmp_path / "e.pdf", t=ES)
        note = noted(db, Role.AUDITOR)
        write_course_file(
            db, auditor, CLOSED, tmp_path / "e.pdf", t=ES, note=note, progress=lambda *step: told.append(step)
        )
        assert values(db, "SELECT count(*) FROM export") == [(1,)]
    assert told[-1][0] <= told[-1][1]
    assert not any("oculto" in page for page in texts_of((tmp_path / "e.pdf").read_bytes()))


def test_the_order_of_merit_shares_places_says_its_rule_and_leaves_out_who_fails(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        graded(db)
        registrar = user(db, Role.REGISTRAR)
        said = words_of(merit_order(db, registrar, CLOSED, t=ES, note=noted(db)))
        with pytest.raises(Refused, match="no order"):
            merit_order(db, registrar, OPEN, t=ES, note=noted(db))
        with db.write(Entry(Actor("test"), "record_grades", "test")) as tx:
            tx.update(Enrolment, {6: {"final_grade": 8000, "proposed_status": EnrolmentStatus.COMPLETED}})
        provisional = words_of(merit_order(db, registrar, OPEN, t=EN, note=noted(db)))
    assert "1 Óscar René Bográn Güity" in said
    assert "1 María José Núñez O'Hara" in said
    assert "Dunia" not in said
    assert "Notas iguales comparten el puesto" in said
    assert "Provisional" not in said
    assert "Provisional" in provisional
