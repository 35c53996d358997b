"""Papers of class groups: certificates from names that are kept nowhere, and the sheet that finds its group again."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
import zxingcpp

from eic_tracker.domain.codes import Role
from eic_tracker.domain.paper_codes import group_sheet_code, read_group_sheet_code, read_sheet_code
from eic_tracker.domain.pupil_names import MOST_NAMES
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.hits import HitKind
from eic_tracker.reports.pdf.opening import opened_pdf
from eic_tracker.services.group_sheets import group_sheets, write_group_sheets
from eic_tracker.services.pupil_certificates import (
    note_pupil_certificates,
    pupil_certificates,
    write_pupil_certificates,
)
from eic_tracker.services.search import search
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from eic_tracker.store.tables.outreach import ClassLesson
from eic_tracker.store.transaction import Actor, Entry
from tests.reports.pdf_reading import assert_inside_the_pages, texts_of, words_of
from tests.services.demonstration_file import number, rows

T = Translator(Language.ES)
NAMES = ("Zoraida Wenceslaa Quixilá Ñurinda", "Ulpiano Xenofonte Yarbúin Kestrelo")
GRADUATED = "SELECT min(id) FROM class_group WHERE graduated_on IS NOT NULL AND school_id IS NOT NULL"
CAMP = """SELECT min(g.id) FROM class_group g JOIN curriculum_version v ON v.id = g.curriculum_version_id
JOIN curriculum c ON c.id = v.curriculum_id WHERE c.kind = 'camp'"""
MIDDLE = """SELECT min(g.id) FROM class_group g JOIN curriculum_version v ON v.id = g.curriculum_version_id
JOIN curriculum c ON c.id = v.curriculum_id WHERE c.kind = 'middle' AND g.graduated_on IS NULL"""


def files_that_hold(words: Iterable[str], folders: Iterable[Path]) -> list[tuple[Path, str]]:
    """Files under the folders whose bytes hold one of the words, as UTF-8 or UTF-16."""
    patterns = [(word, code) for word in words for code in (word.encode(), word.encode("utf-16-le"))]
    return [
        (path, word)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
        for content in (path.read_bytes(),)
        for word, pattern in patterns
        if pattern in content
    ]


def test_certificates_bear_the_names_and_no_byte_of_a_name_stays_anywhere(
    demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    group = number(demo_file, GRADUATED)
    with Database(demo_file) as db:
        registrar = demonstration_user(db, Role.REGISTRAR, None)
        note = note_pupil_certificates(db, registrar, group, len(NAMES))
        pdf = pupil_certificates(db, registrar, group, NAMES, t=T, note=note)
        found = files_that_hold([part for name in NAMES for part in name.split()], [tmp_path, Path.home()])
        with pytest.raises(Refused, match="note"):
            pupil_certificates(db, registrar, group, (*NAMES, "Ana"), t=T, note=note)
    assert found == []
    texts = texts_of(pdf)
    assert len(texts) == len(NAMES)
    assert all(name in text for name, text in zip(NAMES, texts, strict=True))
    assert_inside_the_pages(pdf, 20)
    ((kind, people, told),) = rows(demo_file, f"SELECT kind, people, reason FROM export WHERE id = {note}")
    assert (kind, people) == ("pupil_certificates", len(NAMES))
    assert told == rows(demo_file, f"SELECT code FROM class_group WHERE id = {group}")[0][0]


def test_a_certificate_without_a_name_leaves_a_line_and_bears_neither_number_nor_code(
    demo_file: Path, tmp_path: Path
) -> None:
    ((code, school),) = rows(
        demo_file,
        f"SELECT g.code, s.name FROM class_group g JOIN school s ON s.id = g.school_id WHERE g.id = ({GRADUATED})",
    )
    with Database(demo_file) as db:
        registrar = demonstration_user(db, Role.REGISTRAR, None)
        write_pupil_certificates(db, registrar, str(code).lower(), ("",) * 3, tmp_path / "blank.pdf", t=T)
    pdf = (tmp_path / "blank.pdf").read_bytes()
    texts = texts_of(pdf)
    assert len(texts) == 3
    assert str(school) in " ".join(texts[0].split())
    assert str(code) not in texts[0]
    with opened_pdf(pdf) as document:
        picture = document[0].render(scale=2).to_pil().copy()
    assert not zxingcpp.read_barcodes(picture)


def test_what_cannot_be_printed_is_told_without_the_name(demo_file: Path) -> None:
    group, camp = number(demo_file, GRADUATED), number(demo_file, CAMP)
    with Database(demo_file) as db:
        registrar = demonstration_user(db, Role.REGISTRAR, None)
        with pytest.raises(Refused, match="no graduation"):
            note_pupil_certificates(db, registrar, camp, 2)
        for count in (0, MOST_NAMES + 1):
            with pytest.raises(UserError, match="from 1 to"):
                note_pupil_certificates(db, registrar, group, count)
        note = note_pupil_certificates(db, registrar, group, 2)
        with pytest.raises(UserError) as told:
            pupil_certificates(db, registrar, group, ("Ana", "Zoraida \u4e2d"), t=T, note=note)
        assert "2" in str(told.value)
        assert "Zoraida" not in str(told.value) + repr(told.value.__dict__)


def test_the_sheet_has_a_box_for_each_lesson_and_its_code_finds_the_group(demo_file: Path, tmp_path: Path) -> None:
    group = number(demo_file, MIDDLE)
    ((code, uid, lessons),) = rows(
        demo_file,
        "SELECT g.code, g.uid, v.lessons FROM class_group g JOIN curriculum_version v ON v.id = g.curriculum_version_id"
        f" WHERE g.id = {group}",
    )
    with Database(demo_file) as db, db.write(Entry(Actor("test"), "fill", "")) as tx:
        days = {1: dt.date(2019, 3, 4), 2: dt.date(2099, 5, 17)}
        held = tx.connection.exec_driver_sql("SELECT id FROM class_lesson WHERE class_group_id = ?", (group,)).scalars()
        tx.delete(ClassLesson, list(held))
        tx.insert(
            ClassLesson, [{"class_group_id": group, "number": each, "given_on": day} for each, day in days.items()]
        )
    with Database(demo_file) as db:
        registrar = demonstration_user(db, Role.REGISTRAR, None)
        write_group_sheets(db, registrar, [str(code)], tmp_path / "sheet.pdf", t=T)
        pdf = (tmp_path / "sheet.pdf").read_bytes()
        words = words_of(pdf)
        assert "04/03/2019" in words
        assert "2099" not in words, "no paper says where an officer will be"
        assert f" {lessons} " in words
        assert_inside_the_pages(pdf, 20)
        with opened_pdf(pdf) as document:
            assert len(document) == 1
            picture = document[0].render(scale=3).to_pil().copy()
        (symbol,) = zxingcpp.read_barcodes(picture)
        assert symbol.text == group_sheet_code(str(uid))
        hits = search(db, registrar, symbol.text.lower())
        assert [(hit.kind, hit.id) for hit in hits] == [(HitKind.CLASS_GROUP, group)]
        others = [int(str(key)) for (key,) in rows(demo_file, "SELECT id FROM class_group LIMIT 3")]
        with opened_pdf(group_sheets(db, registrar, others, t=T)) as document:
            assert len(document) == len(others)


def test_a_code_of_a_sheet_that_was_mistyped_is_none() -> None:
    code = group_sheet_code("0123456789abcdef0123456789abcdef")
    assert read_group_sheet_code(f" {code.lower().replace('-', ' ')}") == "0123456789"
    assert read_group_sheet_code(code[:-1] + ("0" if code[-1] != "0" else "1")) is None
    assert read_sheet_code(code) is None
