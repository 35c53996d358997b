"""The summary sheet of a class group: small, without metadata, and gone for good where it holds names."""

from __future__ import annotations

import datetime as dt
import io
import random
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from eic_tracker.domain.class_group_draft import LessonGiven
from eic_tracker.domain.codes import AttachmentKind, Role
from eic_tracker.domain.supporting import SupportLevel
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.course_file import count_for_checklist
from eic_tracker.queries.offering_detail import closing_of
from eic_tracker.queries.outreach_detail import papers_of
from eic_tracker.queries.published import read_support
from eic_tracker.reports.pdf.opening import opened_pdf
from eic_tracker.services.attachments import MOST_SHEET_BYTES, Area, Scan, file_scan
from eic_tracker.services.class_groups import save_class_groups
from eic_tracker.services.dropped_sheets import sheets_of_scan
from eic_tracker.services.group_sheets import group_sheets
from eic_tracker.services.history import undo_set
from eic_tracker.services.summary_sheets import (
    attach_summary_sheet,
    black_out_summary_sheet,
    purge_summary_sheet,
    summary_sheet,
    summary_sheets,
)
from eic_tracker.store.database import Database
from eic_tracker.store.tables.documents import Attachment
from eic_tracker.store.transaction import Actor, Entry
from tests.services.great import enter_school, great_file, group
from tests.services.school import user, values


def photo(seed: int = 1, size: tuple[int, int] = (2400, 3200)) -> bytes:
    """A picture of a telephone: noise that hardly packs, with its camera and place."""
    picture = Image.frombytes(
        "RGB", (size[0] // 8, size[1] // 8), random.Random(seed).randbytes(size[0] * size[1] * 3 // 64)
    )
    exif = Image.Exif()
    exif[0x010F] = "Camara de prueba"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.resize(size).save(out, "JPEG", exif=exif, quality=90)
    return out.getvalue()


def everything(path: Path) -> bytes:
    """The bytes of the file and of what lies beside it."""
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


def test_a_sheet_is_kept_small_without_what_the_camera_adds_and_one_with_names_leaves_no_byte(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        one, other = save_class_groups(
            db, registrar, [group(db, enter_school(db).id, "4"), group(db, 1, "5", officers=())]
        )
        key = attach_summary_sheet(db, registrar, one.id, Scan("hoja.jpg", photo()))
        kept = summary_sheet(db, registrar, key)
        assert len(kept) <= MOST_SHEET_BYTES
        with Image.open(io.BytesIO(kept)) as picture:
            assert not picture.getexif()
        assert b"Camara de prueba" not in kept
        assert attach_summary_sheet(db, registrar, one.id, Scan("otra.jpg", photo())) == key, "the same sheet twice"

        parts = [kept[start : start + 48] for start in range(600, len(kept) - 48, 997)]
        assert all(part in everything(db.path) for part in parts[:3])
        assert purge_summary_sheet(db, registrar, key) == one.code
        left = everything(db.path)
        assert [part for part in parts if part in left] == []
        assert [each.purged for each in summary_sheets(db, registrar, one.id)] == [True]
        assert values(db, "SELECT holds_names, purge_on FROM attachment") == [(1, "2019-06-28")]
        with pytest.raises(UserError, match="no longer"):
            summary_sheet(db, registrar, key)
        with db.read() as connection:
            assert papers_of(connection, one.id).sheets == 0
        for (entry,) in values(db, "SELECT id FROM change_set WHERE use_case LIKE '%summary_sheet'"):
            with pytest.raises(Refused):
                undo_set(db, registrar, int(str(entry)), "mistake")

        officer = replace(user(db, Role.INSTRUCTOR), instructor_id=1)
        own = attach_summary_sheet(db, officer, one.id, Scan("hoja.png", _png()))
        with pytest.raises(Refused):
            attach_summary_sheet(db, officer, other.id, Scan("hoja.png", _png()))
        with pytest.raises(Refused):
            purge_summary_sheet(db, officer, own)
    assert [part for part in parts if part in everything(tmp_path / "school.eic")] == []


def test_what_is_blacked_out_is_black_in_a_new_picture_and_the_old_one_leaves_no_byte(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        (one,) = save_class_groups(db, registrar, [group(db, enter_school(db).id)])
        key = attach_summary_sheet(db, registrar, one.id, Scan("hoja.jpg", photo()))
        old = summary_sheet(db, registrar, key)
        parts = [old[start : start + 48] for start in range(600, len(old) - 48, 997)]
        for wrong in ([], [Area(99_999, 0, 10, 10)]):
            with pytest.raises(UserError):
                black_out_summary_sheet(db, registrar, key, wrong)
        assert summary_sheet(db, registrar, key) == old, "a place outside the sheet changes nothing"

        new = black_out_summary_sheet(db, registrar, key, [Area(200, 300, 400, 60), Area(-20, 800, 99_999, 99_999)])
        kept = summary_sheet(db, registrar, new)
        assert len(kept) <= MOST_SHEET_BYTES
        with Image.open(io.BytesIO(kept)) as picture, Image.open(io.BytesIO(old)) as before:
            assert not picture.getexif()
            scale = picture.width / before.width
            for left, top, right, bottom in ((204, 304, 596, 356), (4, 804, before.width - 4, before.height - 4)):
                box = (int(left * scale) + 1, int(top * scale) + 1, int(right * scale) - 1, int(bottom * scale) - 1)
                assert max(picture.crop(box).convert("L").tobytes()) < 40
            assert max(picture.crop((0, 0, 150, 150)).convert("L").tobytes()) > 200
        bytes_left = everything(db.path)
        assert [part for part in parts if part in bytes_left] == []
        assert [(each.id, each.purged) for each in summary_sheets(db, registrar, one.id)] == [(key, True), (new, False)]
        assert _support(db) == {one.id: SupportLevel.ACT}, "the sheet that is left supports the group"
        number, label = values(db, "SELECT id, label FROM change_set WHERE use_case = 'black_out_summary_sheet'")[0]
        assert label == one.code
        with pytest.raises(Refused):
            undo_set(db, registrar, int(str(number)), "mistake")
        with pytest.raises(UserError, match="no longer"):
            black_out_summary_sheet(db, registrar, key, [Area(0, 0, 9, 9)])
    assert [part for part in parts if part in everything(tmp_path / "school.eic")] == []


def test_a_scan_of_a_group_sheet_finds_its_group_by_the_code_and_goes_to_no_other(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        registrar, officer = user(db, Role.REGISTRAR), replace(user(db, Role.INSTRUCTOR), instructor_id=1)
        one, other = save_class_groups(
            db, registrar, [group(db, enter_school(db).id, "4"), group(db, 1, "5", officers=())]
        )
        scans = {
            each.id: Scan("hoja.jpg", _scanned(group_sheets(db, registrar, [each.id], t=Translator(Language.ES))))
            for each in (one, other)
        }
        for key, scan in scans.items():
            found = sheets_of_scan(db, registrar, scan)
            assert ([each.id for each in found.groups], found.courses, found.strange) == ([key], (), ())
        assert sheets_of_scan(db, officer, scans[one.id]).groups[0].code == one.code
        unseen = sheets_of_scan(db, officer, scans[other.id])
        assert unseen.groups == (), "another's class group is not shown"
        assert unseen.strange[0].startswith("FG-")
        with pytest.raises(Refused, match=one.code):
            attach_summary_sheet(db, registrar, other.id, scans[one.id])
        assert attach_summary_sheet(db, registrar, one.id, scans[one.id])
        blank = sheets_of_scan(db, registrar, Scan("hoja.png", _png()))
        assert (blank.groups, blank.strange) == ((), ())
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with great_file(elsewhere) as db:
        strange = sheets_of_scan(db, user(db, Role.REGISTRAR), scans[one.id])
        assert (strange.groups, len(strange.strange)) == ((), 1)


def _scanned(pdf: bytes) -> bytes:
    """The first page of a paper as a telephone gives it back, slightly turned."""
    out = io.BytesIO()
    with opened_pdf(pdf) as document:
        page = document[0].render(scale=150 / 72).to_pil().convert("RGB")
    page.rotate(3, expand=True, fillcolor="white").save(out, "JPEG", quality=70)
    return out.getvalue()


def test_a_sheet_that_was_purged_supports_its_group_no_longer_until_another_comes(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        lessons = (LessonGiven(1, dt.date(2019, 5, 6)),)
        school = enter_school(db).id
        with_lessons, without = save_class_groups(
            db, registrar, [group(db, school, "4", lessons=lessons), group(db, school, "5")]
        )
        keys = [
            attach_summary_sheet(db, registrar, each.id, Scan("hoja.png", _png())) for each in (with_lessons, without)
        ]
        assert _support(db) == {with_lessons.id: SupportLevel.SHEET_AND_ACT, without.id: SupportLevel.ACT}
        for key in keys:
            purge_summary_sheet(db, registrar, key)
        assert _support(db) == {}
        attach_summary_sheet(db, registrar, without.id, Scan("hoja.png", _png()))
        assert _support(db) == {without.id: SupportLevel.ACT}


def test_signed_attendance_and_acts_without_bytes_support_no_course(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        filed = Scan("hoja.png", _png())
        with db.write(Entry(Actor("test"), "fill", "")) as tx:
            sheet = file_scan(tx, filed, AttachmentKind.ATTENDANCE_SHEET, offering_id=1)
            act = file_scan(tx, filed, AttachmentKind.ACT, offering_id=1)
        assert _support_of_courses(db) == {1: SupportLevel.SHEET_AND_ACT}
        assert _sheets_of_course(db) == (1, 1)
        for key, left in ((sheet, {1: SupportLevel.ACT}), (act, {})):
            with db.write(Entry(Actor("test"), "fill", "")) as tx:
                tx.update(Attachment, {key: {"content": None}})
            assert _support_of_courses(db) == left
        assert _sheets_of_course(db) == (0, 0)


def _support(db: Database) -> dict[int, SupportLevel]:
    with db.read() as connection:
        return dict(read_support(connection).groups)


def _support_of_courses(db: Database) -> dict[int, SupportLevel]:
    with db.read() as connection:
        return dict(read_support(connection).offerings)


def _sheets_of_course(db: Database) -> tuple[int, int]:
    """As the page of the course and the checklist of its file count them."""
    with db.read() as connection:
        return closing_of(connection, 1).attached_sheets, count_for_checklist(connection, 1).sheets


def test_a_pdf_of_one_page_is_a_sheet_and_a_list_of_several_is_refused(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        (saved,) = save_class_groups(db, registrar, [group(db, enter_school(db).id)])
        key = attach_summary_sheet(db, registrar, saved.id, Scan("hoja.pdf", _pdf(1)))
        assert summary_sheet(db, registrar, key).startswith(b"\xff\xd8\xff")
        for wrong in (_pdf(2), b"%PDF-1.4 nothing", b"\xff\xd8\xff nothing", b"words"):
            with pytest.raises(UserError):
                attach_summary_sheet(db, registrar, saved.id, Scan("hoja", wrong))


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "PNG")
    return out.getvalue()


def _pdf(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(pages):
        canvas.drawString(72, 720, f"Hoja {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
