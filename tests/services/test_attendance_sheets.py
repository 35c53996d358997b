"""Attendance sheets: boxes large enough to sign in, and a scan that finds its course."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import ImageFilter

from eic_tracker.domain.codes import DayPart, EnrolmentStatus, OfferingStatus, Role, Sex
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.attachments import Scan
from eic_tracker.services.attendance_sheets import (
    attach_sheet,
    attendance_sheets,
    sheet_of_code,
    sheets_in_scan,
    weeks_of_course,
)
from eic_tracker.services.exports import note_export
from eic_tracker.services.history import undo_own
from eic_tracker.services.search import HitKind, search
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment, Offering, OfferingDay
from eic_tracker.store.tables.instructors import Assignment
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.transaction import Actor, Entry
from tests.reports.pdf_reading import assert_inside_the_pages, texts_of, words_of
from tests.services.school import school, user, values
from tests.services.taught import OPEN, photograph, taught_school

ES, EN = Translator(Language.ES), Translator(Language.EN)
MILLIMETRE = 72 / 25.4
CLOSED = 1


def sheets(db: Database, week: int | None = None, *, t: Translator = ES, offering: int = OPEN) -> bytes:
    """The sheets that a registrar prints, noted in the journal."""
    registrar = user(db, Role.REGISTRAR)
    note = note_export(db, registrar, "sheets", 500, "test")
    return attendance_sheets(db, registrar, offering, t=t, week=week, note=note)


def boxes(content: bytes, page: int = 0) -> list[tuple[float, float]]:
    """Width and height in millimetres of each rectangle of a page."""
    found = []
    for item in pdfium.PdfDocument(content)[page].get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = item.get_bounds()
        found.append(((right - left) / MILLIMETRE, (top - bottom) / MILLIMETRE))
    return found


def crowd(db: Database, people: int, name: str = "Persona Inventada") -> None:
    """Enrol that many people more in the open course."""
    with db.write(Entry(Actor("test"), "enrol", "test")) as tx:
        keys = tx.insert(
            Participant,
            [
                {
                    "uid": tx.new_uid(),
                    "given_names": name,
                    "surnames": f"{number:03}",
                    "match_key": f"x {number:03}",
                    "sort_key": f"x {number:03}",
                    "sex": Sex.U,
                    "recorded_at": tx.at,
                }
                for number in range(people)
            ],
        )
        columns = {"offering_id": OPEN, "status": EnrolmentStatus.ENROLLED, "recorded_at": tx.at}
        tx.insert(Enrolment, [{**columns, "uid": tx.new_uid(), "participant_id": key} for key in keys])


def picture(content: bytes, page: int = 0, *, turned: float = 0, dots: int = 150, blurred: float = 0) -> bytes:
    """A page as a scanner or a telephone gives it back."""
    seen = pdfium.PdfDocument(content)[page].render(scale=dots / 72).to_pil().convert("RGB")
    if turned:
        seen = seen.rotate(turned, expand=True, fillcolor="white")
    if blurred:
        seen = seen.filter(ImageFilter.GaussianBlur(blurred))
    out = io.BytesIO()
    seen.save(out, "JPEG", quality=60)
    return out.getvalue()


def test_a_sheet_has_a_box_of_18_by_8_millimetres_for_each_half_day_of_each_person(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        content = sheets(db, 2)
    # 18 rows with 5 days of 2 halves, whatever the number of people
    to_sign = [(width, height) for width, height in boxes(content) if 18 <= width <= 26.5 and 8 <= height <= 9]
    assert len(to_sign) == 18 * 10
    signatures = [width for width, height in boxes(content) if width > 100 and height >= 15]
    assert len(signatures) == 2
    assert_inside_the_pages(content, 5 * MILLIMETRE)


@pytest.mark.parametrize("t", [ES, EN])
def test_a_sheet_names_course_week_people_by_last_digits_and_its_code(tmp_path: Path, t: Translator) -> None:
    with school(tmp_path) as db:
        content = sheets(db, t=t)
    pages = texts_of(content)
    assert len(pages) == 5
    for page in pages:
        for words in ("001-2019", "Fotografía forense", "María José Núñez O'Hara", "•••00000", "HA-"):
            assert words in page
    assert "0801199000000" not in words_of(content)
    assert "Folio 2 de 5" in pages[1] or "Folio 2 of 5" in pages[1]


def test_more_people_than_rows_take_more_pages_each_whole(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        crowd(db, 115)
        pages = texts_of(sheets(db, 1))
    assert len(pages) == 7
    assert all("Fotografía forense" in page and "Folio" in page for page in pages)
    assert " 120" in pages[-1].replace("\n", " ")


def test_names_of_500_letters_stay_in_their_box(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        crowd(db, 3, "Larguísimo " * 45)
        content = sheets(db, 1)
    assert_inside_the_pages(content, 5 * MILLIMETRE)
    (page,) = texts_of(content)
    assert "…" in page


def test_a_course_without_people_gets_empty_sheets_and_half_days_that_are_not_held_are_shut(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "edit_offering", "test")) as tx:
            day = dt.date(2018, 12, 10)
            tx.insert(OfferingDay, [{"offering_id": OPEN, "held_on": day, "part": DayPart.MORNING}])
            keys = [key for (key,) in tx.connection.exec_driver_sql("SELECT id FROM enrolment WHERE offering_id = 2")]
            tx.update(Enrolment, {key: {"status": EnrolmentStatus.REMOVED} for key in keys})
        content = sheets(db)
    assert len(texts_of(content)) == 1
    assert len([1 for width, height in boxes(content) if 18 <= width <= 26.5 and 8 <= height <= 9]) >= 18 * 2


def test_names_leave_only_with_a_note_and_never_to_strangers(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with pytest.raises(Refused, match="note in the journal"):
            attendance_sheets(db, user(db, Role.REGISTRAR), OPEN, t=ES)
        with pytest.raises(Refused, match="may not see"):
            weeks_of_course(db, user(db, Role.INSTRUCTOR), OPEN)
        with pytest.raises(UserError, match="no week 9"):
            sheets(db, 9)


@pytest.mark.parametrize(("turned", "dots", "blurred"), [(0, 150, 0), (-7, 200, 0.6), (90, 150, 0), (183, 200, 0)])
def test_a_scan_finds_its_course_and_week(tmp_path: Path, turned: float, dots: int, blurred: float) -> None:
    with school(tmp_path) as db:
        scan = Scan("IMG_1.jpg", picture(sheets(db, 3), turned=turned, dots=dots, blurred=blurred))
        read = sheets_in_scan(db, user(db, Role.REGISTRAR), scan)
    ((sheet,), missing) = (read.sheets, read.without_code)
    assert (sheet.code, sheet.week, sheet.first, sheet.page, missing) == ("001-2019", 3, dt.date(2018, 12, 24), 1, 0)


def test_a_scan_of_all_pages_names_each_and_says_how_many_have_no_code(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        read = sheets_in_scan(db, registrar, Scan("hojas.pdf", sheets(db)))
        assert ([sheet.week for sheet in read.sheets], read.without_code) == ([1, 2, 3, 4, 5], 0)
        blank = sheets_in_scan(db, registrar, Scan("hoja.jpg", photograph()))
        assert (blank.sheets, blank.without_code) == ((), 1)


def test_a_code_that_is_typed_finds_the_same_sheet_and_a_mistyped_one_is_told(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        (text,) = [word for word in words_of(sheets(db, 2)).split() if word.startswith("HA-")]
        assert sheet_of_code(db, registrar, text.lower()).week == 2
        assert [(hit.kind, hit.id) for hit in search(db, registrar, text.lower())] == [(HitKind.OFFERING, OPEN)]
        assert search(db, user(db, Role.INSTRUCTOR), text) == (), "whose course it is not finds nothing"
        for wrong, words in (("HA-12", "is no code"), (text[:3] + "Z" + text[4:], "no code|no course")):
            with pytest.raises(UserError, match=words):
                sheet_of_code(db, registrar, wrong)


def test_a_scan_of_another_course_or_a_damaged_one_is_refused_and_nothing_is_filed(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        other = Scan("otra.jpg", picture(sheets(db, 1)))
        with pytest.raises(Refused, match="001-2019, week 1"):
            attach_sheet(db, registrar, other, CLOSED)
        for damaged in (other.content[:900], b"%PDF-1.4 nothing", b"GIF89a"):
            with pytest.raises(UserError):
                attach_sheet(db, registrar, Scan("mala.jpg", damaged), OPEN)
        assert values(db, "SELECT count(*) FROM attachment") == [(0,)]


def test_a_sheet_that_comes_in_after_closing_makes_its_attendance_signed(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        done = attach_sheet(db, user(db, Role.REGISTRAR), Scan("hoja.jpg", photograph()), CLOSED)
        assert done.code == "007-2018"
        assert values(db, "SELECT signed_attendance FROM offering WHERE id = 1") == [(1,)]
        assert values(db, "SELECT kind, offering_id FROM attachment") == [("attendance_sheet", CLOSED)]


def test_filing_a_signed_sheet_is_undone_and_done_again_and_the_paper_stays_in_the_file(tmp_path: Path) -> None:
    said = "SELECT t.offering_id, o.signed_attendance FROM attachment t JOIN offering o ON o.id = 1"
    with school(tmp_path) as db:
        registrar, scan = user(db, Role.REGISTRAR), Scan("hoja.jpg", photograph())
        done = attach_sheet(db, registrar, scan, CLOSED)
        again = attach_sheet(db, registrar, scan, CLOSED)
        assert (done.known, again.known, again.attachment_id) == (False, True, done.attachment_id)
        undone = undo_own(db, registrar, done.set_id)
        assert values(db, said) == [(None, 0)]
        redone = undo_own(db, registrar, undone)
        assert values(db, said) == [(CLOSED, 1)]
        second = attach_sheet(db, registrar, Scan("otra.jpg", picture(sheets(db, 1, offering=CLOSED))), CLOSED)
        with pytest.raises(Refused, match=f"filed since; take entry {second.set_id} back"):
            undo_own(db, registrar, redone)
        undo_own(db, registrar, second.set_id)
        undo_own(db, registrar, redone)
        assert attach_sheet(db, registrar, scan, CLOSED).attachment_id == done.attachment_id, "it is not kept twice"


def test_a_sheet_on_which_a_course_was_closed_is_taken_off_once_it_is_open_again(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        done = attach_sheet(db, registrar, Scan("hoja.jpg", photograph()), OPEN)
        with db.write(Entry(Actor("test"), "close_offering", "001-2019")) as tx:
            tx.update(Offering, {OPEN: {"status": OfferingStatus.CLOSED, "closed_at": tx.at}})
        with pytest.raises(Refused, match="a manager reopens it first"):
            undo_own(db, registrar, done.set_id)
        with db.write(Entry(Actor("test"), "reopen_offering", "001-2019")) as tx:
            tx.update(Offering, {OPEN: {"status": OfferingStatus.OPEN, "closed_at": None}})
        undo_own(db, registrar, done.set_id)
        assert values(db, "SELECT offering_id FROM attachment") == [(None,)]


def test_an_instructor_files_sheets_of_own_courses_only(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "change_instructors", "test")) as tx:
            (lead,) = tx.connection.exec_driver_sql("SELECT id FROM assignment WHERE offering_id = 1").one()
            tx.delete(Assignment, [lead])
        instructor = user(db, Role.INSTRUCTOR)
        assert attach_sheet(db, instructor, Scan("hoja.jpg", photograph()), OPEN).code == "001-2019"
        with pytest.raises(Refused, match="may not see the papers"):
            attach_sheet(db, instructor, Scan("hoja.jpg", photograph()), CLOSED)
