"""Tests of grades: as they are typed or pasted, of parts, modules and second chances; the scale of a class."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.domain.codes import Distinction, EnrolmentStatus, Role, RoundingRule, SecondChanceRule
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.grades import (
    GradeCell,
    GradeField,
    GradesChanged,
    GradesDraft,
    GradesRecorded,
    GradesRefused,
    ScaleAsked,
    SeenGrade,
    class_results,
    record_grades,
)
from eic_tracker.services.remarks import RemarkDraft, record_remark
from eic_tracker.store.database import Database
from tests.services.school import user, values
from tests.services.taught import (
    CLASS,
    OPEN,
    behalf,
    dismissed,
    enrolment,
    ground,
    set_rules,
    taught_school,
    teaching_module,
    with_modules,
)

F = GradeField


def typed(db: Database, field: GradeField, *written: str | float | None, scale: int | None = None) -> GradesRecorded:
    """Type a column from the first person on, as the instructor."""
    cells = [GradeCell(key, field, value) for key, value in zip(CLASS, written, strict=False)]
    return record_grades(db, user(db, Role.INSTRUCTOR), GradesDraft(OPEN, cells, scale))


def finals(db: Database) -> list[object]:
    """The final grades of the class."""
    return [enrolment(db, key, "final_grade")[0] for key in CLASS]


def test_a_column_is_read_with_commas_and_a_blank_is_no_zero(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        done = typed(db, F.FINAL, "71,5", "100", "0", "", 88.25)
        assert finals(db) == [7150, 10_000, 0, None, 8825]
        assert (done.people, done.scale) == (4, 100)


def test_a_blank_takes_a_grade_away(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        typed(db, F.FINAL, "80", "90")
        typed(db, F.FINAL, "")
        assert finals(db)[:2] == [None, 9000]


@pytest.mark.parametrize("written", ["101", "-5", "setenta", "=SUMA(A1)", "100,01"])
def test_one_wrong_cell_stores_none_of_the_column_and_says_whose_it_is(tmp_path: Path, written: str) -> None:
    with taught_school(tmp_path) as db:
        with pytest.raises(GradesRefused) as refused:
            typed(db, F.FINAL, "80", written)
        assert finals(db) == [None] * 5
        assert [problem.cell.enrolment_id for problem in refused.value.problems] == [7]
        assert f"“{written}”" in refused.value.text(Translator(Language.EN))


def test_weights_make_the_final_grade_once_no_part_that_counts_is_blank(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        set_rules(db, post_test_weight=60, performance_weight=40)
        typed(db, F.PRE_TEST, "35")
        typed(db, F.POST_TEST, "80", "70")
        assert finals(db)[:2] == [None, None]
        typed(db, F.PERFORMANCE, "65")
        assert finals(db)[:2] == [7400, None]
        with pytest.raises(GradesRefused, match="made of its parts"):
            typed(db, F.FINAL, "99")
        with pytest.raises(GradesRefused, match="no weight"):
            typed(db, F.PRODUCTS, "99")


def test_a_final_grade_given_as_one_number_stands_where_no_part_is_known(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        set_rules(db, post_test_weight=60, performance_weight=40)
        typed(db, F.FINAL, "75,5")
        assert finals(db)[0] == 7550


def test_sixty_nine_and_a_half_stays_or_becomes_seventy_as_the_course_rounds(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        typed(db, F.FINAL, "69,5")
        set_rules(db, rounding=RoundingRule.HALF_UP)
        typed(db, F.FINAL, None, "69,5")
        assert finals(db)[:2] == [None, 7000]


def test_modules_make_the_final_grade_with_their_weights(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with_modules(db, 70, 30)
        teacher = user(db, Role.INSTRUCTOR)
        for number, value in ((1, "80"), (2, "60")):
            record_grades(db, teacher, GradesDraft(OPEN, [GradeCell(6, F.MODULE, value, number)]))
        assert finals(db)[0] == 7400
        record_grades(db, teacher, GradesDraft(OPEN, [GradeCell(6, F.MODULE_SECOND_CHANCE, "90", 2)]))
        assert finals(db)[0] == 8300
        with pytest.raises(GradesRefused, match="no such module"):
            record_grades(db, teacher, GradesDraft(OPEN, [GradeCell(6, F.MODULE, "80", 3)]))


def test_who_teaches_one_module_grades_that_module_only(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with_modules(db, 70, 30)
        teaching_module(db, 2)
        teacher = user(db, Role.INSTRUCTOR)
        record_grades(db, teacher, GradesDraft(OPEN, [GradeCell(6, F.MODULE, "80", 2)]))
        for cell in (GradeCell(6, F.MODULE, "80", 1), GradeCell(6, F.FINAL, "80")):
            with pytest.raises(GradesRefused, match=r"another instructor|that module only"):
                record_grades(db, teacher, GradesDraft(OPEN, [cell]))


def test_a_class_without_a_grade_above_five_is_asked_once_for_its_scale(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        with pytest.raises(ScaleAsked) as asked:
            typed(db, F.FINAL, "4,2", "3,8", "3,1")
        assert asked.value.scales == (5, 10, 100)
        assert "4.2 becomes 84" in asked.value.text(Translator(Language.EN))
        assert finals(db) == [None] * 5
        assert typed(db, F.FINAL, "4,2", "3,8", "3,1", scale=5).scale == 5
        assert finals(db)[:3] == [8400, 7600, 6200]
        assert typed(db, F.FINAL, "4,2", "3,8", "3,1", "5").scale == 5
        assert finals(db)[3] == 10_000
        assert values(db, "SELECT written_scale FROM offering WHERE id = ?", OPEN) == [(5,)]
        with pytest.raises(GradesRefused, match="outside 0 to 5"):
            typed(db, F.FINAL, "84")


def test_of_a_hundred_is_an_answer_too_and_is_not_asked_again(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        typed(db, F.FINAL, "4", scale=100)
        typed(db, F.FINAL, "4", "3")
        assert finals(db)[:2] == [400, 300]


def test_beside_a_grade_above_ten_a_low_grade_is_no_question(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        typed(db, F.FINAL, "71", "4")
        typed(db, F.FINAL, "71", "4", "3")
        assert finals(db)[:3] == [7100, 400, 300]


@pytest.mark.parametrize("scale", [7, 1000, 0])
def test_a_scale_that_nobody_uses_is_refused(tmp_path: Path, scale: int) -> None:
    with taught_school(tmp_path) as db, pytest.raises(UserError, match="not read on a scale"):
        typed(db, F.FINAL, "4", scale=scale)


def test_the_second_chance_stands_beside_the_first_and_counts_by_its_rule(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        set_rules(db, minimum_attendance=0)
        typed(db, F.FINAL, "60", "80")
        typed(db, F.SECOND_CHANCE, "75")
        assert enrolment(db, 6, "final_grade", "second_chance_grade", "proposed_status") == (6000, 7500, "completed")
        with pytest.raises(GradesRefused, match="no second chance"):
            typed(db, F.SECOND_CHANCE, "75", "75")
        set_rules(db, second_chance=SecondChanceRule.NONE)
        with pytest.raises(GradesRefused, match="no second chance"):
            typed(db, F.SECOND_CHANCE, "76")


def test_what_follows_from_the_grades_is_proposed_and_a_missing_grade_proposes_nothing(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        set_rules(db, minimum_attendance=0)
        typed(db, F.FINAL, "70", "69,99", "")
        found = [enrolment(db, key, "proposed_status")[0] for key in CLASS[:3]]
        assert found == ["completed", "not_completed", None]


def test_nsp_proposes_no_show_whatever_is_known_and_a_grade_takes_its_place(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        set_rules(db, minimum_attendance=0)
        typed(db, F.FINAL, "NSP", "Retirado")
        assert [enrolment(db, key, "proposed_status", "final_grade") for key in CLASS[:2]] == [
            ("no_show", None),
            ("withdrew", None),
        ]
        typed(db, F.FINAL, "90", "90")
        assert [enrolment(db, key, "proposed_status")[0] for key in CLASS[:2]] == ["completed", "withdrew"]


def test_who_left_is_recorded_with_a_reason_and_can_be_taken_back(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        set_rules(db, minimum_attendance=0)
        typed(db, F.FINAL, "90")
        teacher = user(db, Role.INSTRUCTOR)
        withdrew = EnrolmentStatus.WITHDREW
        with pytest.raises(UserError, match="Choose the reason"):
            record_remark(db, teacher, RemarkDraft(OPEN, 6, withdrew))
        with pytest.raises(UserError, match="does not go with"):
            record_remark(db, teacher, RemarkDraft(OPEN, 6, withdrew, ground(db, "no-show-illness")))
        illness = ground(db, "withdrew-illness")
        record_remark(db, teacher, RemarkDraft(OPEN, 6, withdrew, illness))
        assert enrolment(db, 6, "proposed_status", "ground_id", "status") == ("withdrew", illness, "enrolled")
        record_remark(db, teacher, RemarkDraft(OPEN, 6, None, distinction=Distinction.KEY_PARTICIPANT))
        assert enrolment(db, 6, "proposed_status", "ground_id", "distinction") == (
            "completed",
            None,
            "key_participant",
        )


def test_a_registrar_grades_on_behalf_with_the_sheet_of_grades(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        draft = GradesDraft(OPEN, [GradeCell(6, F.FINAL, "90")], on_behalf=behalf())
        done = record_grades(db, user(db, Role.REGISTRAR), draft)
        assert values(db, "SELECT on_behalf_of FROM change_set WHERE id = ?", done.set_id) == [("CNP-01",)]
        assert values(db, "SELECT kind FROM attachment") == [("grade_sheet",)]


def test_grades_of_a_closed_course_are_locked(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db, pytest.raises(Refused, match="is closed"):
        record_grades(db, user(db, Role.INSTRUCTOR), GradesDraft(1, [GradeCell(1, F.FINAL, "90")]))


def test_an_instructor_sees_own_classes_with_masked_numbers(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        seen = class_results(db, user(db, Role.INSTRUCTOR), OPEN)
        assert {member.document for member in seen.members} <= {f"•••{number:05}" for number in range(5)}
        whole = class_results(db, user(db, Role.REGISTRAR), OPEN)
        assert {len(member.document or "") for member in whole.members} == {13}
        dismissed(db)
        with pytest.raises(Refused, match="may not see"):
            class_results(db, user(db, Role.INSTRUCTOR), OPEN)


def test_of_two_who_grade_the_same_person_the_second_sees_both_values_and_nothing_is_lost(tmp_path: Path) -> None:
    with taught_school(tmp_path) as db:
        typed(db, GradeField.FINAL, "71")
        instructor = user(db, Role.INSTRUCTOR)

        def write(text: str, seen: SeenGrade) -> None:
            record_grades(db, instructor, GradesDraft(OPEN, [GradeCell(6, GradeField.FINAL, text, seen=seen)]))

        with pytest.raises(GradesChanged) as told:
            write("85", SeenGrade(None))
        (changed,) = told.value.changed
        assert (changed.here, changed.cell.value) == (7_100, "85")
        assert "71, 85" in told.value.text(Translator(Language.EN)), "both values are told"
        assert enrolment(db, 6, "final_grade") == (7_100,)
        write("71", SeenGrade(None))
        write("72", SeenGrade(None, ("70", "71")))
        write("85", SeenGrade(7_200))
        assert enrolment(db, 6, "final_grade") == (8_500,)
