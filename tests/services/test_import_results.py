"""Tests of results beside the roster of their course, and of their storing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from eic_tracker.domain.codes import AttendanceMark, EnrolmentStatus, Role
from eic_tracker.domain.names import match_key
from eic_tracker.errors import Refused, UserError
from eic_tracker.exchange.cells import Cell, Sheet
from eic_tracker.exchange.results import results_of
from eic_tracker.exchange.rows import KnownTexts
from eic_tracker.services.attendance import AttendanceDraft, record_attendance
from eic_tracker.services.grades import GradeCell, GradeField, GradesDraft, record_grades
from eic_tracker.services.history import undo_own
from eic_tracker.services.import_results import ResultsDraft, ResultsStored, store_results
from eic_tracker.services.remarks import RemarkDraft, record_remark
from eic_tracker.services.results_review import Outcome, ResultsReview, review_results
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Enrolment
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import PEOPLE, user, values
from tests.services.taught import (
    CLASS,
    OPEN,
    behalf,
    enrolment,
    ground,
    set_rules,
    taught_school,
    teaching_module,
    with_modules,
)

S = EnrolmentStatus
HEAD = ["Identidad", "Participante", "Asistencia %", "Nota final", "Observación"]


def person(place: int) -> list[Cell]:
    """The number and the name of somebody of the class."""
    given, surnames, *_ = PEOPLE[place]
    return [f"08011990{place:05}", f"{given} {surnames}"]


def reviewed(
    db: Database, *rows: Sequence[Any], answers: Mapping[str, str] | None = None, head: Sequence[str] = HEAD
) -> ResultsReview:
    """A sheet beside the roster of the open course, as the instructor sees it."""
    cells: list[list[Cell]] = [list(head), *[list(row) for row in rows]]
    read = results_of([Sheet("Notas", cells)], "notas.xlsx", {}, KnownTexts(), today=dt.date(2019, 1, 14))
    return review_results(db, user(db, Role.INSTRUCTOR), read, OPEN, answers)


def stored(db: Database, review: ResultsReview) -> ResultsStored:
    """Store a review as the instructor."""
    return store_results(db, user(db, Role.INSTRUCTOR), ResultsDraft(review))


def codes(review: ResultsReview, place: int = 0) -> list[str]:
    """The codes of a row's problems."""
    return [problem.code for problem in review.rows[place].problems]


def test_what_the_rules_say_is_proposed_and_stored_with_grade_and_attendance(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        review = reviewed(db, [*person(0), 100, "70", ""], [*person(1), 79, 90, ""], [*person(2), 80, "69,99", ""])
        assert [row.proposed for row in review.rows] == [S.COMPLETED, S.NOT_COMPLETED, S.NOT_COMPLETED]
        done = stored(db, review)
        assert done.counts == {"rows": 3, "change": 3, "same": 0, "error": 0}
        columns = ("status", "proposed_status", "final_grade", "attendance_percent")
        assert enrolment(db, 6, *columns) == ("enrolled", "completed", 7000, 100)
        assert enrolment(db, 8, *columns) == ("enrolled", "not_completed", 6999, 80)


def test_the_same_sheet_again_changes_nothing_and_leaves_no_entry(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        rows = ([*person(0), 100, 90, ""], [*person(1), 100, "NSP", ""], [*person(2), 100, "", "Retirado por traslado"])
        first = stored(db, reviewed(db, *rows))
        again = reviewed(db, *rows)
        assert [row.outcome for row in again.rows] == [Outcome.SAME] * 3
        assert stored(db, again).set_id is None
        assert first.set_id == values(db, "SELECT max(id) FROM change_set")[0][0]


def test_a_blank_takes_nothing_away(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        stored(db, reviewed(db, [*person(0), 100, 90, ""]))
        again = reviewed(db, [*person(0), "", "", ""], [*person(1), 100, 80, ""])
        assert again.rows[0].outcome is Outcome.SAME
        stored(db, again)
        assert enrolment(db, 6, "final_grade", "attendance_percent", "proposed_status") == (9000, 100, "completed")


def test_a_grade_that_takes_the_place_of_another_is_told_with_both(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        stored(db, reviewed(db, [*person(0), 100, 90, ""]))
        review = reviewed(db, [*person(0), 100, 85, ""])
        assert codes(review) == ["replaces"]
        assert (review.rows[0].problems[0].value, review.rows[0].problems[0].proposal) == ("90", "85")


def test_who_is_not_on_the_roster_is_an_error(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        review = reviewed(db, ["0801199099999", "Nadie Aquí", 100, 90, ""], [*person(1), 100, 80, ""])
        assert codes(review) == ["not_enrolled"]
        assert review.counts == {"rows": 2, "change": 1, "same": 0, "error": 1}


def test_without_a_number_a_name_that_one_person_has_is_enough_in_any_order(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        head = ["Participante", "Asistencia", "Nota final"]
        review = reviewed(db, ["Bográn Güity Óscar René", 100, 90], ["Dunia de la O", 100, 80], head=head)
        assert [row.enrolment_id for row in review.rows] == [7, 8]
        assert "matched_by_name" in codes(review)


def test_a_name_that_two_people_of_the_class_have_is_not_guessed(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        given, surnames, *_ = PEOPLE[0]
        with db.write(Entry(Actor("test"), "correct_name", "test")) as tx:
            named = {"given_names": given, "surnames": surnames, "match_key": match_key(given, surnames)}
            tx.update(Participant, {2: named})
        head = ["Participante", "Asistencia", "Nota final"]
        review = reviewed(db, [f"{given} {surnames}", 100, 90], ["Dunia de la O", 100, 80], head=head)
        assert "name_of_two" in codes(review)
        assert review.rows[0].outcome is Outcome.ERROR


def test_a_number_beside_quite_another_name_is_told(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        review = reviewed(db, [person(0)[0], "Otro Nombre Ajeno", 100, 90, ""], [*person(1), 100, 80, ""])
        assert codes(review) == ["name_differs"]


def test_one_person_with_two_results_is_an_error_on_both_and_with_one_result_twice_is_one(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        rows = ([*person(0), 100, 90, ""], [*person(1), 100, 80, ""], [*person(0), 100, 91, ""])
        review = reviewed(db, *rows, [*person(1), 100, "80,0", ""])
        assert [row.outcome for row in review.rows] == [
            Outcome.ERROR,
            Outcome.CHANGE,
            Outcome.ERROR,
            Outcome.SAME,
        ]
        assert (codes(review, 0), codes(review, 3)) == (["two_results"], ["repeated_in_file"])
        stored(db, review)
        assert enrolment(db, 6, "final_grade") == (None,)
        assert enrolment(db, 7, "final_grade") == (8000,)


def test_a_class_without_a_grade_above_five_waits_for_its_scale(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        rows = ([*person(0), 100, "4,2", ""], [*person(1), 100, "3,1", ""], [*person(2), 100, "NSP", ""])
        review = reviewed(db, *rows)
        assert [(question.key, question.options, question.proposal) for question in review.questions] == [
            ("scale", ("5", "10", "100"), "5")
        ]
        assert [row.grade for row in review.rows] == [8400, 6200, None]
        assert review.left_out == 2
        stored(db, review)
        assert enrolment(db, 6, "final_grade") == (None,)
        assert enrolment(db, 8, "proposed_status") == ("no_show",)
        answered = reviewed(db, *rows, answers={"scale": "10"})
        assert (answered.questions, [row.scale for row in answered.rows]) == ((), [10, 10, None])
        stored(db, answered)
        assert enrolment(db, 6, "final_grade") == (4200,)
        assert values(db, "SELECT written_scale FROM offering WHERE id = ?", OPEN) == [(10,)]


@pytest.mark.parametrize("grade", ["101", 100.5])
def test_a_grade_above_the_scale_is_an_error_of_its_row(tmp_path: Path, grade: Cell) -> None:
    with taught_school(tmp_path) as db:
        review = reviewed(db, [*person(0), 100, grade, ""], [*person(1), 100, 80, ""])
        assert codes(review) == ["out_of_range"]


def test_the_reason_is_the_one_of_the_list_that_shares_a_word_else_it_is_asked_for(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        review = reviewed(
            db,
            [*person(0), 100, 90, "Retirada por enfermedad"],
            [*person(1), 100, "", "Retirado por audiencia judicial"],
            [*person(2), 100, "", "Retirado"],
        )
        assert [row.ground_id for row in review.rows] == [
            ground(db, "withdrew-illness"),
            ground(db, "withdrew-hearing"),
            None,
        ]
        assert {row.proposed for row in review.rows} == {S.WITHDREW}
        assert "no_reason" in codes(review, 2)
        teacher = user(db, Role.INSTRUCTOR)
        record_remark(db, teacher, RemarkDraft(OPEN, 8, S.WITHDREW, ground(db, "withdrew-unknown")))
        assert reviewed(db, [*person(2), "", "", "Retirado"]).rows[0].outcome is Outcome.SAME


def test_a_final_grade_made_of_parts_is_not_overwritten(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        set_rules(db, post_test_weight=100)
        cells = [GradeCell(key, GradeField.POST_TEST, "80") for key in CLASS]
        record_grades(db, user(db, Role.INSTRUCTOR), GradesDraft(OPEN, cells))
        review = reviewed(db, [*person(0), 100, 90, ""], [*person(1), 100, 80, ""])
        assert codes(review) == ["made_of_parts"]
        assert [row.outcome for row in review.rows] == [Outcome.ERROR, Outcome.CHANGE]


def test_attendance_counted_from_days_stays_and_that_is_told(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        held_on = dt.date(2018, 12, 10)
        draft = AttendanceDraft(OPEN, held_on, others=AttendanceMark.PRESENT)
        record_attendance(db, user(db, Role.INSTRUCTOR), draft)
        review = reviewed(db, [*person(0), 62, 90, ""])
        assert codes(review) == ["counted_from_days"]
        assert review.rows[0].proposed is S.COMPLETED
        stored(db, review)
        assert enrolment(db, 6, "attendance_percent") == (100,)


def test_people_taken_off_the_roster_get_no_result(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "enrol", "test")) as tx:
            tx.update(Enrolment, {6: {"status": S.REMOVED}, 7: {"status": S.WITHDREW}})
        review = reviewed(db, [*person(0), 100, 90, ""], [*person(1), 50, "", "Retirado por traslado"])
        assert codes(review) == ["no_seat"]
        assert review.rows[1].outcome is Outcome.SAME


def test_a_roster_that_changed_since_the_review_stops_the_storing(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        review = reviewed(db, [*person(0), 100, 90, ""])
        with db.write(Entry(Actor("test"), "enrol", "test")) as tx:
            tx.update(Enrolment, {6: {"status": S.REMOVED}})
        with pytest.raises(Refused, match="changed meanwhile"):
            stored(db, review)


def test_the_import_is_taken_back_as_a_whole(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        done = stored(db, reviewed(db, [*person(0), 100, "4,2", ""], answers={"scale": "5"}))
        assert done.set_id is not None
        undo_own(db, user(db, Role.INSTRUCTOR), done.set_id)
        assert enrolment(db, 6, "final_grade", "attendance_percent", "proposed_status") == (None, None, None)
        assert values(db, "SELECT written_scale FROM offering WHERE id = ?", OPEN) == [(None,)]
        assert values(db, "SELECT count(*) FROM list_import") == [(0,)]


def test_a_registrar_stores_on_behalf_with_the_sheet_of_grades(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        review, registrar = reviewed(db, [*person(0), 100, 90, ""]), user(db, Role.REGISTRAR)
        with pytest.raises(UserError, match="on behalf of an instructor"):
            store_results(db, registrar, ResultsDraft(review))
        done = store_results(db, registrar, ResultsDraft(review, behalf()))
        assert values(db, "SELECT on_behalf_of FROM change_set WHERE id = ?", done.set_id) == [("CNP-01",)]
        assert values(db, "SELECT kind FROM attachment") == [("grade_sheet",)]


def test_who_teaches_one_module_brings_in_no_final_grades(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        review = reviewed(db, [*person(0), 100, 90, ""])
        with_modules(db, 50, 50)
        teaching_module(db, 1)
        with pytest.raises(Refused, match="a single module of it"):
            stored(db, review)
