"""Tests of people who come without being listed: kept on the day, matched later with their marks, never lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from eic_tracker.domain.codes import AttendanceMark, Role
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.queries.class_results import WalkIn
from eic_tracker.services.attendance import AttendanceDraft, Came, MarkDraft, MarksChanged, record_attendance
from eic_tracker.services.class_list_export import write_class_list
from eic_tracker.services.class_list_lines import ListReview, ListState
from eic_tracker.services.class_list_reading import open_class_list
from eic_tracker.services.class_list_review import review_class_list
from eic_tracker.services.class_list_store import ListDraft, store_class_list
from eic_tracker.services.closing import closing_view
from eic_tracker.services.grades import class_results
from eic_tracker.services.history import last_undoable, undo_own
from eic_tracker.services.home import data_quality
from eic_tracker.services.walk_ins import MatchDraft, match_walk_in, take_off_walk_in
from eic_tracker.store.database import Database
from tests.services.school import user, values
from tests.services.taught import OPEN, enrolment, taught_school

MONDAY, TUESDAY = dt.date(2018, 12, 10), dt.date(2018, 12, 11)
P, A, L = AttendanceMark.PRESENT, AttendanceMark.ABSENT, AttendanceMark.LATE
T = Translator(Language.ES)


def came(db: Database, *people: Came, held_on: dt.date = MONDAY) -> tuple[WalkIn, ...]:
    """Record a day on which all but one were present and others came; who is matched to nobody."""
    instructor = user(db, Role.INSTRUCTOR)
    marks = [MarkDraft(10, None)]
    record_attendance(db, instructor, AttendanceDraft(OPEN, held_on, marks, others=P, came=people))
    return class_results(db, instructor, OPEN).unmatched


def test_who_comes_unlisted_is_kept_once_and_marked_on_each_day(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        instructor = user(db, Role.INSTRUCTOR)
        came(db, Came("Luis Paz", "0801-1990-55555"), Came("Eva Sol"))
        luis, eva = came(db, Came(" luis  PAZ ", "0801199055555"), held_on=TUESDAY)
        assert (luis.name, eva.name) == ("Luis Paz", "Eva Sol")
        assert [mark.mark for mark in luis.marks.values()] == [P, P]
        record_attendance(db, instructor, AttendanceDraft(OPEN, TUESDAY, [MarkDraft(eva.line, L)]))
        seen = {eva.line: None}
        with pytest.raises(MarksChanged, match="Eva Sol"):
            record_attendance(db, instructor, AttendanceDraft(OPEN, TUESDAY, [MarkDraft(eva.line, A)], seen=seen))
        with pytest.raises(UserError, match="name of who came"):
            came(db, Came(" - "))


def test_a_number_of_the_roster_is_no_walk_in(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        ((number,),) = values(
            db, "SELECT p.document_number FROM participant p JOIN enrolment e ON e.participant_id = p.id WHERE e.id = 6"
        )
        with pytest.raises(Refused, match="stands on the roster"):
            came(db, Came("Otro Nombre", str(number)))
        assert values(db, "SELECT count(*) FROM walk_in") == [(0,)]


def test_a_match_moves_all_marks_in_one_entry_that_one_undo_takes_back(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        came(db, Came("Luis Paz"))
        (luis,) = came(db, Came("Luis Paz"), held_on=TUESDAY)
        assert enrolment(db, 10, "attendance_percent") == (None,)
        done = match_walk_in(db, registrar, MatchDraft(luis.id, 10))
        assert (done.typed, done.marks) == ("Luis Paz", 2)
        assert enrolment(db, 10, "attendance_percent") == (100,)
        assert values(db, "SELECT count(*) FROM walk_in_mark") == [(0,)]
        with pytest.raises(UserError, match="meanwhile"):
            match_walk_in(db, registrar, MatchDraft(luis.id, 9))
        last = last_undoable(db, registrar)
        assert last is not None
        undo_own(db, registrar, last.id)
        assert enrolment(db, 10, "attendance_percent") == (None,)
        (again,) = class_results(db, registrar, OPEN).unmatched
        assert len(again.marks) == 2


def test_marks_that_contradict_each_other_are_not_matched(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        (luis,) = came(db, Came("Luis Paz"))
        record_attendance(db, user(db, Role.INSTRUCTOR), AttendanceDraft(OPEN, MONDAY, [MarkDraft(10, A)]))
        with pytest.raises(Refused, match="marked otherwise"):
            match_walk_in(db, user(db, Role.REGISTRAR), MatchDraft(luis.id, 10))
        assert values(db, "SELECT count(*) FROM walk_in_mark") == [(1,)]


def test_who_is_never_matched_stands_in_the_closing_and_in_data_quality_until_taken_off(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        instructor, manager = user(db, Role.INSTRUCTOR), user(db, Role.MANAGER)
        (luis,) = came(db, Came("Luis Paz"))
        view = closing_view(db, instructor, OPEN)
        assert [each.text(T) for each in view.warnings] == [
            "Luis Paz llegó sin estar en la lista: únalo a la nómina o quítelo antes de cerrar."
        ]
        assert "walk_in" not in {each.code for each in view.blockers}
        today = dt.date(2019, 1, 14)
        counts = {item.code: item.count for item in data_quality(db, manager, today)}
        assert counts["unmatched_walk_ins"] == 1
        assert take_off_walk_in(db, instructor, luis.id) == "Luis Paz"
        assert closing_view(db, instructor, OPEN).warnings == ()


def reviewed(db: Database, path: Path) -> ListReview:
    """A list that came back, beside its course."""
    instructor = user(db, Role.INSTRUCTOR)
    read = open_class_list(db, instructor, path)
    assert read is not None
    return review_class_list(db, instructor, read, OPEN)


def test_who_is_written_below_the_list_is_kept_with_the_marks_and_known_the_next_time(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        instructor = user(db, Role.INSTRUCTOR)
        path = write_class_list(db, instructor, OPEN, tmp_path / "lista.xlsx", t=T)
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        head = next(row for row in sheet.iter_rows() if row[1].value == "Apellidos, nombres")
        free = head[0].row + 6
        sheet.cell(free, 2).value, sheet.cell(free, 3).value = "Paz, Luis", "0801199055555"
        sheet.cell(free, 4).value, sheet.cell(free, 5).value = "P", "T"
        grade = next(cell.column for cell in head if cell.value == "Final")
        sheet.cell(free, grade).value = 90
        book.save(path)
        review = reviewed(db, path)
        states = [(line.name, line.state) for line in review.lines]
        assert states == [("Paz, Luis", ListState.CHANGE)] * 3 + [("Paz, Luis", ListState.ERROR)]
        assert "enrol" in str(review.lines[3].problem and review.lines[3].problem.message)
        stored = store_class_list(db, instructor, ListDraft(review))
        assert stored.errors == 1
        (luis,) = class_results(db, instructor, OPEN).unmatched
        assert [mark.mark for mark in luis.marks.values()] == [P, L]
        assert [line.state for line in reviewed(db, path).lines] == [ListState.ERROR], "the same list changes nothing"
        match_walk_in(db, user(db, Role.REGISTRAR), MatchDraft(luis.id, 10))
        (both,) = {line.problem.message for line in reviewed(db, path).lines if line.problem is not None}
        assert "more than once" in both, "the row below the list is known to be theirs, beside the row that they had"
