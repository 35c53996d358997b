"""Tests of taking in class groups: what is new, known or changed beside the file, and the monthly workbook's way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from eic_tracker.domain.class_cells import ID_HEADING
from eic_tracker.domain.codes import Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.class_groups import save_class_groups
from eic_tracker.services.group_review import (
    GroupRequest,
    GroupReview,
    Outcome,
    open_group_file,
    paste_groups,
    review_groups,
)
from eic_tracker.services.history import undo_set
from eic_tracker.services.import_groups import GroupsImported, import_groups
from eic_tracker.services.month_workbook import month_said, write_month_workbook
from eic_tracker.store.database import Database
from tests.reports.recalculation import convert
from tests.services.great import NOW, enter_school, great_file, group
from tests.services.school import user, values

T = Translator(Language.ES)
TODAY = NOW.date()
HEAD = 4
SAID = {"year": "2019", "curriculum": "by_grade"}


def pasted(db: Database, text: str, acting: ActingUser | None = None, **said: str) -> GroupReview:
    """A message beside the file, as the registrar sees it."""
    who = acting or user(db, Role.REGISTRAR)
    request = GroupRequest(paste_groups(who, text, "mensaje"), values={**SAID, **said})
    return review_groups(db, who, request, TODAY)


def stored(db: Database, review: GroupReview, acting: ActingUser | None = None) -> GroupsImported:
    return import_groups(db, acting or user(db, Role.REGISTRAR), review)


def outcomes(review: GroupReview) -> list[str]:
    return [row.outcome.value for row in review.rows]


def codes(review: GroupReview) -> list[list[str]]:
    return [[problem.code for problem in row.problems] for row in review.rows]


def heads(db: Database) -> list[tuple[object, ...]]:
    """Grade, section, enrolled and reached girls and boys, lessons and first day of every group."""
    return values(
        db,
        "SELECT grade, section, enrolled_girls, enrolled_boys, reached_girls, reached_boys, lessons_given, "
        "first_lesson_on FROM class_group ORDER BY grade, section, id",
    )


def test_lines_of_messages_enter_classes_then_add_their_lessons_and_reached_is_the_largest(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        enter_school(db)
        text = (
            "Escuela Inventada\n12/03\n4A mat 15 niñas 17 niños lec 1\n4B mat 10 niñas 9 niños\n"
            "19/03\n4A mat 14 niñas 17 niños lec 2"
        )
        review = pasted(db, text)
        assert (outcomes(review), len(review.drafts)) == (["new", "new", "new"], 2)
        done = stored(db, review)
        assert done.codes == ("G-2019-00001", "G-2019-00002")
        assert heads(db) == [("4", "A", 15, 17, 15, 17, 2, "2019-03-12"), ("4", "B", 10, 9, 0, 0, 0, None)]
        assert outcomes(pasted(db, text)) == ["known", "known", "known"]
        assert stored(db, pasted(db, text)).set_id is None
        later = pasted(db, "Escuela Inventada\n26/03/2019\n4A 13 niñas 16 niños lec 3")
        assert (outcomes(later), codes(later)) == (["change"], [["shift_of_file"]])
        refused = pasted(db, "Escuela Inventada\n26/03/2019\n4A mat 16 niñas 17 niños lec 3")
        assert codes(refused) == [["reached_above_enrolled"]]
        undo_set(db, user(db, Role.REGISTRAR), done.set_id or 0, "error")
        assert heads(db) == []


def test_undated_lessons_store_who_is_enrolled_and_a_day_said_of_the_list_dates_them(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        enter_school(db)
        line = "Escuela Inventada\n4A mat 15 niñas 17 niños lec 2"
        review = pasted(db, line)
        assert (outcomes(review), codes(review)) == (["new"], [["no_lesson_date"]])
        stored(db, review)
        assert heads(db) == [("4", "A", 15, 17, 0, 0, 0, None)]
        stored(db, pasted(db, line, date="2019-05-02"))
        assert heads(db) == [("4", "A", 15, 17, 15, 17, 1, "2019-05-02")]
        assert codes(pasted(db, line, date="2019-07-02")) == [["lesson_replaced", "future_date"]]
        assert codes(pasted(db, "Escuela Inventada\n4A mat 1 niñas 1 niños lec 7", date="2019-05-02")) == [
            ["too_many_lessons"]
        ]


def test_a_school_with_a_like_name_is_asked_and_an_unknown_one_needs_its_municipality(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        known = enter_school(db, "Escuela José Cecilio del Valle")
        line = "Escuela Jose Cecilio de Valle\n4A mat 15 niñas 17 niños"
        review = pasted(db, line, municipality="0301")
        assert outcomes(review) == ["possible_duplicate"]
        (question,) = review.questions
        assert question.options == (known.code, "new")
        registrar = user(db, Role.REGISTRAR)
        answered = review_groups(
            db, registrar, GroupRequest(review.request.source, {question.key: known.code}, SAID), TODAY
        )
        assert (outcomes(answered), answered.new_schools) == (["new"], ())
        unknown = "Escuela Fingida\n4A mat 15 niñas 17 niños"
        assert codes(pasted(db, unknown)) == [["unknown_school"]]
        entered = pasted(db, unknown, municipality="0301")
        stored(db, entered)
        assert values(db, "SELECT name, has_morning, has_evening FROM school ORDER BY id DESC LIMIT 1") == [
            ("Escuela Fingida", 1, 0)
        ]
        with pytest.raises(UserError, match="municipality"):
            pasted(db, unknown, municipality="9999")


def test_a_review_of_before_is_refused_where_the_file_says_something_else_now(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        enter_school(db)
        review = pasted(db, "Escuela Inventada\n4A mat 15 niñas 17 niños")
        stored(db, review)
        with pytest.raises(Refused, match="meanwhile"):
            stored(db, review)
        assert len(heads(db)) == 1


def test_an_officer_brings_own_classes_and_no_schools(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        school = enter_school(db)
        officer = replace(user(db, Role.INSTRUCTOR), instructor_id=1)
        (theirs,) = save_class_groups(db, user(db, Role.REGISTRAR), [group(db, school.id, officers=())])
        text = (
            "Escuela Inventada\n4A mat 1 niñas 1 niños lec 1 12/03\n4B mat 1 niñas 1 niños\n"
            "Escuela Fingida\n4C 1 niñas 1 niños"
        )
        review = pasted(db, text, officer, municipality="0301")
        assert codes(review) == [["not_own"], [], ["unknown_school"]]
        stored(db, review, officer)
        assert values(db, "SELECT class_group_id, instructor_id FROM class_officer") == [
            (theirs.id + 1, officer.instructor_id)
        ]


def filled(db: Database, folder: Path) -> Path:
    """The month of officer 1 with two groups, filled in and sorted otherwise, with a class that was not listed."""
    school = enter_school(db)
    save_class_groups(db, user(db, Role.REGISTRAR), [group(db, school.id), group(db, school.id, section="B")])
    code = str(values(db, "SELECT code FROM instructor WHERE id = 1")[0][0])
    path = write_month_workbook(db, user(db, Role.REGISTRAR), code, month_said("2019-06"), folder / "junio.xlsx", t=T)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[HEAD] if cell.value]
    assert titles == [ID_HEADING, "Centro educativo", "Grupo", "Lección", "Fecha", "Niñas", "Niños", "Sin dato"]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.protection.sheet
    assert [sheet.cell(HEAD + 1, column).protection.locked for column in range(1, 6)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    rules = sheet.data_validations.dataValidation
    assert any("D5" in str(rule.sqref) and rule.type == "list" for rule in rules)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1, max_row=HEAD + 8)]
    assert [row[2:4] for row in rows[:2]] == [["4 A · Matutina", "Lección 1"], ["4 A · Matutina", "Lección 2"]]
    told: Mapping[tuple[str, str], tuple[object, ...]] = {
        ("4 A · Matutina", "Lección 1"): ("05/06/2019", 15, 16),
        ("4 A · Matutina", "Lección 2"): ("12/06", 14, 17),
        ("4 B · Matutina", "Lección 1"): ("06/06/2019", 12, None),
    }
    for number, row in enumerate(reversed(rows), HEAD + 1):
        row[4:7] = told.get((str(row[2]), str(row[3])), (None, None, None))
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    for column, value in enumerate(("Escuela Inventada", "5 C vespertina", "Lección 1", "07/06/2019", 8, 9), 2):
        sheet.cell(HEAD + 9, column).value = value
    book.save(path)
    return path


def check_month(db: Database, path: Path) -> None:
    """What `filled` says comes into the file in one entry, and a second time adds nothing."""
    registrar = user(db, Role.REGISTRAR)
    request = GroupRequest(open_group_file(db, registrar, path), values={"curriculum": "by_grade"})
    review = review_groups(db, registrar, request, TODAY)
    assert sorted(outcomes(review)) == ["change", "change", "new"], codes(review)
    stored(db, review)
    assert heads(db) == [
        ("4", "A", 15, 17, 15, 17, 2, "2019-06-05"),
        ("4", "B", 15, 17, 12, 0, 1, "2019-06-06"),
        ("5", "C", 8, 9, 8, 9, 1, "2019-06-07"),
    ]
    assert values(db, "SELECT DISTINCT instructor_id FROM class_officer") == [(1,)]
    again = review_groups(db, registrar, request, TODAY)
    assert outcomes(again) == ["known"] * 3
    assert again.drafts == ()


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_month_that_libreoffice_saved_finds_its_groups_in_whatever_order(tmp_path: Path, ending: str) -> None:
    with great_file(tmp_path) as db:
        check_month(db, convert(filled(db, tmp_path), tmp_path, ending))


def test_a_month_of_another_file_and_words_where_counts_belong_are_told(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    with great_file(tmp_path / "one") as db:
        whole = filled(db, tmp_path)
        path = tmp_path / "con nombres.xlsx"
        book = openpyxl.load_workbook(whole)
        for row in book.worksheets[0].iter_rows(min_row=HEAD + 1, max_row=HEAD + 8):
            if row[4].value:
                row[5].value = "Inventada Secreta"
        book.save(path)
        registrar = user(db, Role.REGISTRAR)
        review = review_groups(db, registrar, GroupRequest(open_group_file(db, registrar, path), values=SAID), TODAY)
        assert sorted(codes(review)) == [[], ["no_count"], ["no_count", "no_count"]]
        assert "Secreta" not in repr(review.rows)
        assert {row.outcome for row in review.rows} == {Outcome.ERROR, Outcome.NEW}
        with pytest.raises(UserError, match="code of no officer"):
            write_month_workbook(db, registrar, "NADIE", month_said("2019-06"), tmp_path / "x.xlsx", t=T)
        with pytest.raises(UserError, match="2019-06"):
            month_said("junio")
    with great_file(tmp_path / "other") as db:
        enter_school(db)
        registrar = user(db, Role.REGISTRAR)
        review = review_groups(db, registrar, GroupRequest(open_group_file(db, registrar, whole), values=SAID), TODAY)
        assert [("unknown_group" in each) for each in codes(review)].count(True) == 2
