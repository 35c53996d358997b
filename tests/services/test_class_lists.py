"""The class list: it goes to the classroom, is filled, saved by whatever program, and comes back to its people."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from eic_tracker.domain.class_cells import FACTS_SHEET, ID_HEADING
from eic_tracker.domain.codes import AttendanceMark, Role
from eic_tracker.errors import FileProblem, Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.attendance import AttendanceDraft, MarkDraft, record_attendance
from eic_tracker.services.class_list_export import write_class_list
from eic_tracker.services.class_list_lines import ListReview, ListState
from eic_tracker.services.class_list_reading import offering_of_list, open_class_list
from eic_tracker.services.class_list_review import review_class_list
from eic_tracker.services.class_list_store import ListDraft, store_class_list
from eic_tracker.services.grades import GradeCell, GradeField, GradesDraft, record_grades
from eic_tracker.services.history import undo_set
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Offering
from eic_tracker.store.transaction import Actor, Entry
from tests.reports.recalculation import convert
from tests.services.school import user, values
from tests.services.taught import CLASS, OPEN, behalf, enrolment, set_rules, taught_school

HEAD = 4
"""The row of the headings, from 1 on."""
DAY = dt.date(2018, 12, 10)
T = Translator(Language.ES)


def taken(db: Database, folder: Path, t: Translator = T) -> Path:
    """The class list of the open course, with one day marked and two grades entered before."""
    instructor = user(db, Role.INSTRUCTOR)
    record_attendance(db, instructor, AttendanceDraft(OPEN, DAY, others=AttendanceMark.PRESENT))
    cells = [GradeCell(6, GradeField.FINAL, "80"), GradeCell(7, GradeField.FINAL, "71,5")]
    record_grades(db, instructor, GradesDraft(OPEN, cells))
    return write_class_list(db, instructor, OPEN, folder / "lista.xlsx", t=t)


def rules(db: Database) -> None:
    """A course whose final grade is typed, without parts."""
    set_rules(db, post_test_weight=0, performance_weight=0, products_weight=0)


class Sheet:
    """The list in a spreadsheet program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet: Worksheet = self.book.worksheets[0]

    def column(self, heading: str) -> int:
        """Where a column stands, from 1 on."""
        titles = [cell.value for cell in self.sheet[HEAD]]
        return titles.index(heading) + 1

    def fill(self, person: str, heading: str, value: object) -> None:
        """Type into the row of a person, who is named by the surnames."""
        row = next(row[1].row for row in self.sheet.iter_rows(min_row=HEAD + 1) if str(row[1].value).startswith(person))
        self.sheet.cell(row, self.column(heading)).value = value

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


def reviewed(db: Database, path: Path, scale: int | None = None) -> ListReview:
    """What the list says, as the instructor sees it."""
    instructor = user(db, Role.INSTRUCTOR)
    read = open_class_list(db, instructor, path)
    assert read is not None
    return review_class_list(db, instructor, read, OPEN, scale)


def said(review: ListReview) -> list[tuple[str, str, str]]:
    """State, column and written value of each line."""
    return [(line.state.value, line.column.title(T) if line.column else "", line.written) for line in review.lines]


def filled(path: Path) -> Path:
    """The list as a class of four days comes back: marks, grades with a comma, somebody who left."""
    sheet = Sheet(path)
    sheet.fill("Núñez", "10/12/2018", "E Permiso")
    sheet.fill("Cálix", "10/12/2018", "T")
    sheet.fill("de la O", "Final", "69,99")
    sheet.fill("Zúñiga", "Final", 100)
    sheet.fill("Cálix", "Se retiró o no se presentó", "Se retiró del curso: Audiencia judicial")
    return sheet.save()


def check_filled(db: Database) -> None:
    """What `filled` says stands in the file."""
    marks = values(db, "SELECT mark FROM attendance ORDER BY enrolment_id")
    assert marks == [("excused",), ("present",), ("present",), ("present",), ("late",)]
    assert [enrolment(db, key, "final_grade")[0] for key in CLASS] == [8_000, 7_150, 6_999, 10_000, None]
    assert enrolment(db, 10, "proposed_status") == ("withdrew",)


def test_the_list_is_locked_but_for_what_is_filled_in_and_offers_lists_to_choose_from(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        rules(db)
        sheet = Sheet(taken(db, tmp_path)).sheet
        titles = [cell.value for cell in sheet[HEAD]]
        assert titles[:4] == [ID_HEADING, "Apellidos, nombres", "Documento de identidad", "10/12/2018"]
        assert sheet.column_dimensions["A"].hidden
        assert sheet.protection.sheet
        assert [sheet.cell(HEAD + 1, column).protection.locked for column in range(1, 5)] == [True, True, True, False]
        assert sheet.cell(HEAD + 1, 3).value == "•••00001", "an instructor sees the end of a number, as text"
        assert any("D5" in str(rule.sqref) and rule.type == "list" for rule in sheet.data_validations.dataValidation)
        assert values(db, "SELECT kind, people FROM export") == [("roster", 5)]
        assert said(reviewed(db, tmp_path / "lista.xlsx")) == [], "a list that nobody touched changes nothing"


def test_a_filled_list_is_stored_in_one_entry_and_one_undo_takes_it_back(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        rules(db)
        before = values(db, "SELECT id, final_grade, proposed_status FROM enrolment")
        path = filled(taken(db, tmp_path))
        review = reviewed(db, path)
        assert [line.state for line in review.lines] == [ListState.CHANGE] * 5
        assert review.notes == ()
        stored = store_class_list(db, user(db, Role.INSTRUCTOR), ListDraft(review))
        assert (stored.cells, stored.people, stored.errors) == (5, 4, 0)
        check_filled(db)
        assert said(reviewed(db, path)) == [], "the same list again changes nothing"
        assert stored.set_id is not None
        undo_set(db, user(db, Role.INSTRUCTOR), stored.set_id, "error")
        assert enrolment(db, 9, "final_grade") == (None,)
        assert len(before) == 10


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_list_that_libreoffice_saved_says_the_same(tmp_path: Path, ending: str) -> None:
    with taught_school(tmp_path) as db:
        rules(db)
        path = convert(filled(taken(db, tmp_path)), tmp_path, ending)
        review = reviewed(db, path)
        assert [line.state for line in review.lines] == [ListState.CHANGE] * 5
        store_class_list(db, user(db, Role.INSTRUCTOR), ListDraft(review))
        check_filled(db)


def test_sorted_rows_moved_columns_and_inserted_rows_still_find_their_people(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        rules(db)
        sheet = Sheet(filled(taken(db, tmp_path)))
        cells = [[cell.value for cell in row] for row in sheet.sheet.iter_rows(min_row=HEAD + 1, max_row=HEAD + 5)]
        for number, row in enumerate(reversed(cells), HEAD + 1):
            for column, value in enumerate(row, 1):
                sheet.sheet.cell(number, column).value = value
        sheet.sheet.insert_rows(HEAD + 2)
        sheet.sheet.cell(HEAD + 2, 2, "Inventada López, Rosa")
        sheet.sheet.insert_cols(4)
        sheet.sheet.cell(HEAD, 4, "Mis notas")
        sheet.sheet.cell(HEAD + 1, 4, "ojo")
        sheet.sheet.protection.sheet = False
        renamed = sheet.save().rename(tmp_path / "copia de lista (2).xlsx")
        review = reviewed(db, renamed)
        changes = [line for line in review.lines if line.came is None]
        (stranger,) = [line for line in review.lines if line.came is not None]
        assert [line.state for line in changes] == [ListState.CHANGE] * 5
        assert stranger.name == "Inventada López, Rosa"
        assert [note.values for note in review.notes] == [{"columns": "Mis notas"}]
        store_class_list(db, user(db, Role.INSTRUCTOR), ListDraft(review))
        check_filled(db)


def test_a_telephone_that_lost_the_hidden_sheet_and_ids_is_asked_cell_by_cell(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        rules(db)
        sheet = Sheet(filled(taken(db, tmp_path)))
        for name in sheet.book.sheetnames[1:]:
            del sheet.book[name]
        sheet.sheet.delete_cols(1)
        path = sheet.save()
        read = open_class_list(db, user(db, Role.INSTRUCTOR), path)
        assert read is not None
        with pytest.raises(UserError, match="no longer says which course"):
            offering_of_list(db, user(db, Role.INSTRUCTOR), read)
        review = reviewed(db, path)
        assert "left out its hidden sheet" in review.notes[0].message
        states = {(line.enrolment_id, line.column.title(T) if line.column else ""): line.state for line in review.lines}
        assert states[(8, "Final")] is ListState.CHANGE
        assert states[(6, "10/12/2018")] is ListState.CONFLICT, "nobody knows what stood there when the list left"
        chosen = frozenset(line.cell for line in review.lines if line.cell is not None)
        store_class_list(db, user(db, Role.INSTRUCTOR), ListDraft(review, chosen))
        check_filled(db)


def test_what_the_office_changed_meanwhile_is_shown_and_stays_until_somebody_chooses(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        rules(db)
        path = filled(taken(db, tmp_path))
        registrar, instructor = user(db, Role.REGISTRAR), user(db, Role.INSTRUCTOR)
        marks = [MarkDraft(10, AttendanceMark.ABSENT)]
        record_attendance(db, registrar, AttendanceDraft(OPEN, DAY, marks, on_behalf=behalf()))
        review = reviewed(db, path)
        (conflict,) = [line for line in review.lines if line.state is ListState.CONFLICT]
        assert (review.words(conflict, conflict.here, T), conflict.written) == ("A", "T")
        assert "were changed here since this list left" in review.notes[0].message
        kept = store_class_list(db, instructor, ListDraft(review))
        assert kept.kept_here == 1
        assert values(db, "SELECT mark FROM attendance WHERE enrolment_id = 10") == [("absent",)]
        with pytest.raises(Refused, match="changed meanwhile"):
            store_class_list(db, instructor, ListDraft(review))
        again = reviewed(db, path)
        assert again.lines[0].cell is not None
        store_class_list(db, instructor, ListDraft(again, frozenset({again.lines[0].cell})))
        assert values(db, "SELECT mark FROM attendance WHERE enrolment_id = 10") == [("late",)]


def test_what_cannot_be_stored_is_told_cell_by_cell_and_the_rest_is_taken(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        rules(db)
        sheet = Sheet(taken(db, tmp_path))
        sheet.fill("Núñez", "10/12/2018", "quizás")
        sheet.fill("Cálix", "10/12/2018", "E")
        sheet.fill("Zúñiga", "10/12/2018", "a tiempo")
        sheet.fill("de la O", "Final", 101)
        sheet.fill("Zúñiga", "Final", -1)
        sheet.fill("Bográn", "Final", "=40+45")
        sheet.fill("Cálix", "Final", "NSP")
        sheet.fill("Núñez", "Final", None)
        review = reviewed(db, sheet.save())
        found = {(line.enrolment_id, line.written): line for line in review.lines}
        assert set(review.counts) == {ListState.ERROR, ListState.CHANGE}
        assert found[(6, "")].there == "", "an emptied cell takes the grade away"
        on_time = next(line for line in review.lines if line.written == "a tiempo")
        assert on_time.state is ListState.ERROR, "what is no mark marks nobody absent"
        problems = [line.problem.text(Translator(Language.EN)) for line in review.lines if line.problem]
        for words in ("is no mark", "reason of the excuse", "outside 0 to 100", "formula without its value"):
            assert any(words in problem for problem in problems), words
        store_class_list(db, user(db, Role.INSTRUCTOR), ListDraft(review))
        assert [enrolment(db, key, "final_grade")[0] for key in CLASS] == [None, 7_150, None, None, None]


def test_a_class_graded_of_five_is_asked_for_its_scale(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        rules(db)
        path = write_class_list(db, user(db, Role.INSTRUCTOR), OPEN, tmp_path / "lista.xlsx", t=Translator(Language.EN))
        sheet = Sheet(path)
        sheet.fill("Núñez", "Final", "4,2")
        sheet.fill("Cálix", "Final", 3)
        review = reviewed(db, sheet.save())
        assert review.asked is not None
        assert review.asked.scales == (5, 10, 100)
        with pytest.raises(Refused):
            store_class_list(db, user(db, Role.INSTRUCTOR), ListDraft(review))
        answered = reviewed(db, path, 5)
        instructor = user(db, Role.INSTRUCTOR)
        store_class_list(db, instructor, ListDraft(answered, scale=5))
        assert [enrolment(db, key, "final_grade")[0] for key in (6, 10)] == [8_400, 6_000]
        later = write_class_list(db, instructor, OPEN, tmp_path / "otra.xlsx", t=Translator(Language.EN))
        sheet = Sheet(later)
        assert sheet.sheet.cell(HEAD + 2, sheet.column("Final")).value == 3, "a class of 5 leaves as it writes"
        assert said(reviewed(db, later)) == []


def test_another_courses_list_another_file_and_one_person_twice_get_a_sentence_each(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        rules(db)
        instructor = user(db, Role.INSTRUCTOR)
        sheet = Sheet(taken(db, tmp_path))
        sheet.sheet.cell(HEAD + 6, 1, sheet.sheet.cell(HEAD + 1, 1).value)
        sheet.sheet.cell(HEAD + 6, 2, "Bográn Güity, Óscar René")
        review = reviewed(db, sheet.save())
        assert [line.state for line in review.lines] == [ListState.ERROR] * 2
        facts = sheet.book[FACTS_SHEET]
        facts["C2"] = "0" * 32
        with pytest.raises(Refused, match=r"is the list of course 001-2019, not of 001-2019"):
            reviewed(db, sheet.save())
        read = open_class_list(db, instructor, sheet.path)
        assert read is not None
        with pytest.raises(UserError, match="not in this file"):
            offering_of_list(db, instructor, read)
        other = tmp_path / "otra.csv"
        other.write_text("a;b\n1;2\n", "utf-8")
        assert open_class_list(db, instructor, other) is None
        (tmp_path / "foto.xlsx").write_bytes(b"\xff\xd8\xff\xe0 no workbook")
        with pytest.raises(FileProblem, match="is a picture"):
            open_class_list(db, instructor, tmp_path / "foto.xlsx")
        with db.write(Entry(Actor("test"), "change_offering", "test")) as tx:
            tx.update(Offering, {OPEN: {"status": "closed", "closed_at": tx.at}})
        with pytest.raises(Refused, match="is closed"):
            review_class_list(db, instructor, read, OPEN)


@pytest.mark.parametrize("ending", ["xlsm", "xlsx"])
def test_a_list_that_came_back_with_macros_is_told_as_such_and_changes_nothing(tmp_path: Path, ending: str) -> None:
    with taught_school(tmp_path) as db:
        rules(db)
        path = filled(taken(db, tmp_path)).rename(tmp_path / f"devuelta.{ending}")
        with zipfile.ZipFile(path, "a") as package:
            package.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
        entries = values(db, "SELECT count(*) FROM change_set")
        with pytest.raises(FileProblem, match=rf"devuelta\.{ending} holds macros"):
            open_class_list(db, user(db, Role.INSTRUCTOR), path)
        assert values(db, "SELECT count(*) FROM change_set") == entries
        assert enrolment(db, 8, "final_grade") == (None,), "what the list says is not stored"
