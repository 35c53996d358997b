"""A workbook with one course per sheet comes in as a whole: found, said, stored in one entry, undone in one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.errors import FileProblem, Refused
from eic_tracker.exchange.course_headings import read_heading
from eic_tracker.services.history import undo_set
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.whole_workbook import (
    WholeImported,
    WholeRequest,
    WholeReview,
    import_whole,
    open_whole,
    review_whole,
)
from eic_tracker.store.database import Database
from tests.services.school import school, user, values

LETTER = SourceDraft("Oficio 12-2019", None, "DPI")
TODAY = dt.date(2018, 12, 31)
HEADER: list[object] = ["N°", "Nombre completo", "Identidad"]
ANA: list[object] = ["Paz Núñez, Ana María", "0801199500061"]
LUZ: list[object] = ["Umanzor Tábora, Luz", "0801199500062"]
EVA: list[object] = ["Zepeda Rosales, Eva", ""]
SHEETS: dict[str, list[list[object]]] = {
    "Fotografía 2017": [
        ["POLICÍA NACIONAL DE HONDURAS"],
        ["CURSO DE FOTOGRAFÍA FORENSE"],
        ["Del 3 al 14 de julio de 2017"],
        ["Lugar: Escuela de Investigación, Comayagua"],
        ["Instructor: Alguien Nunca Visto"],
        HEADER,
        [1, *ANA],
        [2, *LUZ],
        [3, *EVA],
    ],
    "001-2019": [["Curso de fotografía forense"], HEADER, [1, *ANA], [2, *EVA]],
    "Tiro": [["Curso de tiro defensivo"], ["Del 1 al 5 de agosto de 2016"], HEADER, [1, *LUZ]],
    "Sin fecha": [["FOTOGRAFIA FORENSE (básico)"], HEADER, [1, *LUZ]],
    "Notas": [["esto no es una lista"]],
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook as an office keeps it."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, lines in SHEETS.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    path = tmp_path / "cursos 009-2016.xlsx"
    made.save(path)
    return path


def looked_at(db: Database, path: Path, **others: object) -> WholeReview:
    """The workbook beside the file, as the registrar sees it."""
    acting = user(db, Role.REGISTRAR)
    asked: WholeRequest = replace(open_whole(db, acting, path), **others)  # type: ignore[arg-type]
    return review_whole(db, acting, asked, TODAY)


def store(db: Database, whole: WholeReview) -> WholeImported:
    """Store it with its letter."""
    return import_whole(db, user(db, Role.REGISTRAR), whole, LETTER, copy=False)


def counted(db: Database) -> tuple[int, ...]:
    """People, courses given, enrolments, entries."""
    tables = ("participant", "offering", "enrolment", "rejected_row", "change_set")
    return tuple(int(str(values(db, f"SELECT count(*) FROM {table}")[0][0])) for table in tables)


def test_each_sheet_proposes_its_course_and_says_what_is_missing(tmp_path: Path, book: Path) -> None:
    with school(tmp_path) as db:
        found = {one.name: one for one in looked_at(db, book).lists}
        assert list(found) == ["Fotografía 2017", "001-2019", "Tiro", "Sin fecha"]
        new = found["Fotografía 2017"].course
        assert (new.is_new, new.starts_on, new.ends_on) == (True, dt.date(2017, 7, 3), dt.date(2017, 7, 14))
        assert new.place == "Escuela de Investigación, Comayagua"
        assert values(db, f"SELECT name FROM municipality WHERE id = {new.municipality_id}") == [("Comayagua",)]
        assert (new.lead_id, new.unknown_lead) == (None, "Alguien Nunca Visto")
        assert (found["001-2019"].course.is_new, found["001-2019"].course.offering_id) == (False, 2)
        assert "catalogue" in str(found["Tiro"].course.reason)
        assert "days" in str(found["Sin fecha"].course.reason)
        assert found["Tiro"].course.code is None, "the number in the name of the workbook is of no list"


def test_a_workbook_is_stored_in_one_entry_undone_in_one_and_adds_nothing_again(tmp_path: Path, book: Path) -> None:
    with school(tmp_path) as db:
        before = counted(db)
        done = store(db, looked_at(db, book))
        after = counted(db)
        added = tuple(now - then for now, then in zip(after, before, strict=True))
        assert added == (3, 1, 4, 1, 1), "Eva, who has no document, stands on two sheets: the second waits"
        assert [len(each.enrolments) for each in done.lists.values()] == [3, 1]
        assert store(db, looked_at(db, book)).set_id is None
        assert counted(db) == after
        assert done.set_id is not None
        undo_set(db, user(db, Role.REGISTRAR), done.set_id, "the wrong workbook")
        assert counted(db)[:-1] == before[:-1]


def test_what_a_person_says_of_a_list_takes_it_in_and_nothing_is_stored_over_a_later_change(
    tmp_path: Path, book: Path
) -> None:
    said = {
        "Tiro": {"course": "FOTO"},
        "Sin fecha": {"starts_on": "2016-02-01", "municipality": "Comayagua", "number": "009-2016"},
        "001-2019": {"leave": "yes"},
    }
    with school(tmp_path) as db:
        whole = looked_at(db, book, said=said)
        assert [one.is_taken for one in whole.lists] == [True, False, True, True]
        done = store(db, whole)
        assert "009-2016" in done.new_courses
        assert len(done.new_courses) == 3
        with pytest.raises(Refused):
            store(db, whole)


def test_a_folder_of_lists_is_read_like_a_workbook(tmp_path: Path) -> None:
    folder = tmp_path / "listas"
    folder.mkdir()
    for name, day in (("a", 3), ("b", 10)):
        lines = [f"Curso de fotografía forense;;\nDel {day} al {day + 2} de julio de 2017;;", "N°;Nombre;Identidad"]
        (folder / f"{name}.csv").write_text("\n".join([*lines, f"1;{ANA[0]};{ANA[1]}"]), encoding="utf-8")
    (folder / "~$a.xlsx").write_bytes(b"x")
    with school(tmp_path) as db:
        whole = looked_at(db, folder)
        assert [(one.name, one.is_taken) for one in whole.lists] == [("a", True), ("b", True)]
        done = store(db, whole)
        assert len(done.new_courses) == 2
        assert values(db, "SELECT count(*) FROM participant WHERE document_number = '0801199500061'") == [(1,)]
        empty = tmp_path / "nada"
        empty.mkdir()
        with pytest.raises(FileProblem):
            looked_at(db, empty)


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Del 3 al 14 de julio de 2017", ((2017, 7, 3), (2017, 7, 14))),
        ("impartido del 28 de enero al 3 de febrero del 2018", ((2018, 1, 28), (2018, 2, 3))),
        ("del 20 de diciembre de 2018 al 4 de enero de 2019", ((2018, 12, 20), (2019, 1, 4))),
        ("Fecha: 03/06/2019 al 28/06/2019", ((2019, 6, 3), (2019, 6, 28))),
        ("Fecha: 03-06-2019", ((2019, 6, 3), (2019, 6, 3))),
        ("del 31 de febrero al 2 de marzo de 2018", None),
        ("del 14 al 3 de julio de 2017", None),
        ("julio de 2017", None),
    ],
)
def test_days_are_read_where_they_are_plain_and_left_open_elsewhere(
    line: str, days: tuple[tuple[int, int, int], tuple[int, int, int]] | None
) -> None:
    wanted = None if days is None else (dt.date(*days[0]), dt.date(*days[1]))
    assert read_heading([line]).days == wanted
    assert read_heading(["Cursos 2008-2009"]).code is None, "two years are no number of a course"
    other = "Del 1 al 2 de mayo de 2001"
    alone = (dt.date(2001, 5, 1), dt.date(2001, 5, 2))
    assert read_heading([line, other]).days == (None if wanted else alone)
