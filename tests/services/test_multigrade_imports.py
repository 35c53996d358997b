"""Tests of multigrade classes in lists and messages: the counts of each grade make those of the group."""

from __future__ import annotations

from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.exchange.class_words import class_in, grade_of_heading, grades_of, plain
from eic_tracker.services.group_review import GroupRequest, GroupReview, paste_groups, review_groups
from eic_tracker.services.history import undo_set
from eic_tracker.services.import_groups import import_groups
from eic_tracker.store.database import Database
from tests.services.great import NOW, enter_school, great_file
from tests.services.school import user, values

HEADINGS = "Escuela\tClase\tGrado\tMatriculadas niñas\tMatriculados niños\n"
SCHOOL = "Escuela Inventada"


def pasted(db: Database, text: str, **said: str) -> GroupReview:
    who = user(db, Role.REGISTRAR)
    said = {"year": "2019", "curriculum": "by_grade", **said}
    return review_groups(db, who, GroupRequest(paste_groups(who, text, "pegado"), values=said), NOW.date())


def codes(review: GroupReview) -> list[list[str]]:
    return [[problem.code for problem in row.problems] for row in review.rows]


def by_grade(db: Database) -> list[tuple[object, ...]]:
    return values(
        db, "SELECT grade, enrolled_girls, enrolled_boys, reached_girls FROM class_group_grade ORDER BY grade"
    )


@pytest.mark.parametrize(
    ("text", "grades", "section"),
    [
        ("multi 4-6 mat 15 niñas 17 niños", ("4", "5", "6"), None),
        ("Multigrado A 4°, 5° y 6°", ("4", "5", "6"), "A"),
        ("4°, 5° y 6° A", ("4", "5", "6"), "A"),
        ("grados 4 a 6 matutina", ("4", "5", "6"), None),
        ("cuarto a sexto", ("4", "5", "6"), None),
        ("4-6", ("4", "5", "6"), None),
        ("multigrado 5° 3 niñas", ("5",), None),
        ("multigrado", (), None),
    ],
)
def test_several_grades_are_read_as_offices_write_them(text: str, grades: tuple[str, ...], section: str | None) -> None:
    assert class_in(plain(text))[:3] == ("multigrade", section, grades)


@pytest.mark.parametrize(
    ("text", "grade", "section"),
    [("4 A 8 niñas 9 niños", "4", "A"), ("4-A 6 niñas", "4", "A"), ("4° A 8 varones", "4", "A"),
     ("4-6 de marzo", None, None), ("6-4", None, None)],
)  # fmt: skip
def test_a_class_beside_its_counts_or_days_is_no_multigrade_class(
    text: str, grade: str | None, section: str | None
) -> None:
    assert class_in(plain(text))[:3] == (grade, section, ())


def test_cells_and_headings_tell_their_grades() -> None:
    assert [grades_of(text) for text in ("4, 5 y 6", "4 a 6", "4", "4to")] == [("4", "5", "6"), ("4", "5", "6"), (), ()]
    found = [grade_of_heading(text) for text in ("Niñas 4°", "Cuarto grado niños", "Niñas", "Primera lección niñas")]
    assert found == ["4", "4", None, None]


def test_a_line_for_each_grade_of_a_multigrade_section_enters_one_group_and_undo_takes_it_back(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        enter_school(db)
        text = HEADINGS + "".join(
            f"{SCHOOL}\tMultigrado A\t{grade}\t{girls}\t{boys}\n"
            for grade, girls, boys in ((4, 5, 6), (5, 4, 3), (6, 2, 1))
        )
        review = pasted(db, text)
        assert ([row.outcome.value for row in review.rows], codes(review)) == (["new"], [[]])
        done = import_groups(db, user(db, Role.REGISTRAR), review)
        assert by_grade(db) == [("4", 5, 6, 0), ("5", 4, 3, 0), ("6", 2, 1, 0)]
        assert values(db, "SELECT grade, section, enrolled_girls, enrolled_boys FROM class_group") == [
            (None, "A", 11, 10)
        ]
        assert [row.outcome.value for row in pasted(db, text).rows] == ["known"]
        undo_set(db, user(db, Role.REGISTRAR), done.set_id or 0, "error")
        assert by_grade(db) == []


def test_columns_for_each_grade_are_the_counts_of_a_multigrade_class_only_where_it_is_called_one(
    tmp_path: Path,
) -> None:
    headings = "Escuela\tClase\tNiñas 4°\tNiños 4°\tNiñas 5°\tNiños 5°\n"
    with great_file(tmp_path) as db:
        enter_school(db)
        review = pasted(db, f"{headings}{SCHOOL}\tMultigrado 4° y 5°\t5\t6\t4\t3\n")
        assert codes(review) == [[]]
        import_groups(db, user(db, Role.REGISTRAR), review)
        assert by_grade(db) == [("4", 5, 6, 0), ("5", 4, 3, 0)]
        assert codes(pasted(db, f"{headings}{SCHOOL}\t\t5\t6\t4\t3\n")) == [["several_grades"]]
        assert codes(pasted(db, f"{headings}{SCHOOL}\tMultigrado B 4-6\t5\t6\t4\t3\n")) == [["grade_missing"]]
        single = pasted(db, f"{headings}{SCHOOL}\t5 C\t\t\t4\t3\n")
        assert [
            (row.draft.grade, row.draft.enrolled.total) for row in single.rows if row.draft and row.draft.enrolled
        ] == [("5", 7)]


def test_a_message_tells_a_multigrade_class_and_below_it_each_of_its_grades(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        enter_school(db)
        grades = "4° 5 niñas 6 niños\n5° 4 niñas 3 niños\n6° 2 niñas 1 niño"
        text = f"{SCHOOL}\n12/03\nmulti 4-6 mat 11 niñas 10 niños\n{grades}"
        review = pasted(db, text)
        assert codes(review) == [[]]
        import_groups(db, user(db, Role.REGISTRAR), review)
        assert by_grade(db) == [("4", 5, 6, 0), ("5", 4, 3, 0), ("6", 2, 1, 0)]
        taught = pasted(
            db,
            f"{SCHOOL}\n12/03\nmulti B mat\n4° 5 niñas 6 niños lec 1\n5° 4 niñas 3 niños lec 1\n4A mat 9 niñas 8 niños",
        )
        assert codes(taught) == [[], []]
        import_groups(db, user(db, Role.REGISTRAR), taught)
        assert by_grade(db)[-2:] == [("5", 4, 3, 4), ("6", 2, 1, 0)]
        assert values(db, "SELECT reached_girls, lessons_given FROM class_group WHERE section = 'B'") == [(9, 1)]


def test_what_is_unclear_of_a_multigrade_class_is_told_and_nothing_is_stored(tmp_path: Path) -> None:
    with great_file(tmp_path) as db:
        enter_school(db)
        head = f"{SCHOOL}\nmulti 4-6 mat 15 niñas 17 niños\n"
        assert codes(pasted(db, head)) == [["no_counts_by_grade"]]
        told = codes(pasted(db, f"{head}4° 5 niñas 6 niños\n4° 4 niñas 3 niños\n6° 2 niñas 1 niño"))
        assert told == [["grade_twice", "grade_missing", "grades_do_not_add_up"]]
        mixed = pasted(db, f"{SCHOOL}\nmulti mat\n6° 5 niñas 6 niños\n7° 4 niñas 3 niños")
        assert codes(mixed) == [["grades_of_two_curricula"]]
        assert not mixed.drafts
