"""Tests of comparing a list: who has which course, when, who has none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Role
from eic_tracker.errors import Refused, UserError
from eic_tracker.services.comparing import ComparedLine, compare_list
from eic_tracker.services.merging import MergeDraft, merge_people
from eic_tracker.store.database import Database
from tests.services.school import school, user
from tests.services.test_import_people import add_person


def compared(db: Database, *lines: str, **others: str) -> list[ComparedLine]:
    """The lines compared by the registrar."""
    return list(compare_list(db, user(db, Role.REGISTRAR), lines, **others))


def courses(line: ComparedLine) -> list[list[str]]:
    """The numbers of the courses of each person of a line."""
    return [[course.code for course in found.courses] for found in line.found]


def test_a_line_is_a_number_the_end_of_one_or_a_name_in_any_order(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        found = compared(
            db, "0801-1990-00000", "00001", "NUÑEZ O'HARA, MARIA JOSE", "", "Nobody Known", "Dunia de la O"
        )
        assert [line.text for line in found] == [
            "0801-1990-00000",
            "00001",
            "NUÑEZ O'HARA, MARIA JOSE",
            "Nobody Known",
            "Dunia de la O",
        ]
        assert [courses(line) for line in found] == [[["007-2018"]], [["007-2018"]], [["007-2018"]], [], [[]]]
        held = found[0].found[0].courses[0]
        assert (held.title, held.ended_on) == ("Fotografía forense", dt.date(2018, 11, 30))


def test_a_line_with_name_and_number_means_the_one_with_the_number(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        add_person(db, "María José", "Núñez O'Hara")
        (line,) = compared(db, "María José Núñez O'Hara 0801199000000")
        assert courses(line) == [["007-2018"]]


def test_several_people_of_one_name_are_all_shown(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        add_person(db, "María José", "Núñez O'Hara")
        (line,) = compared(db, "María José Núñez O'Hara")
        assert courses(line) == [["007-2018"], []]


def test_courses_of_merged_records_are_the_persons_and_a_number_of_theirs_finds_them(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        kept = add_person(db, "María", "Núñez O'Hara")
        merge_people(db, user(db, Role.REGISTRAR), MergeDraft(kept, 1, frozenset()))
        (line,) = compared(db, "0801199000000")
        assert [found.person.id for found in line.found] == [kept]
        assert courses(line) == [["007-2018"]]


def test_one_course_of_the_catalogue_can_be_asked_for_alone(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        assert courses(compared(db, "0801199000000", course="FOTO")[0]) == [["007-2018"]]
        assert courses(compared(db, "0801199000000", course="OTRO")[0]) == [[]]


@pytest.mark.parametrize("text", ["\U0001e900\U0001e922", '"', "NEAR(ana paz)", "*", "' OR 1", "\ud800", "\u0000", "-"])
def test_whatever_a_line_holds_it_names_nobody_rather_than_failing(tmp_path: Path, text: str) -> None:
    with school(tmp_path) as db:
        assert courses(compared(db, text)[0]) == []


def test_who_sees_only_own_courses_does_not_compare_and_endless_lists_are_refused(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with pytest.raises(Refused):
            compare_list(db, user(db, Role.INSTRUCTOR), ["Ana"])
        with pytest.raises(UserError, match="in parts"):
            compared(db, *["Ana"] * 2001)
