"""Tests of class groups, schools, and where the programme has been."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.facts import Dimension, Heads, Scope
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import UserError
from eic_tracker.queries.listing import Request
from eic_tracker.queries.outreach import CLASS_GROUPS, SCHOOLS, ClassGroupRow
from eic_tracker.services.coverage import coverage
from eic_tracker.services.figures import FigureRef
from eic_tracker.services.listings import LISTINGS, list_choices, list_keys, list_rows
from eic_tracker.services.outreach import class_group_detail, school_detail
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.services.figures_seen import figure_table, figure_value

TODAY = dt.date(2019, 6, 28)
GREAT = Scope(programmes=("GREAT",))


@pytest.fixture(scope="module")
def demonstration(demo_folder: Path) -> Iterator[Database]:
    with Database(demo_folder / "demo.eic") as db:
        yield db


@pytest.fixture(scope="module")
def manager(demonstration: Database) -> ActingUser:
    return demonstration_user(demonstration, Role.MANAGER)


def groups(db: Database, acting: ActingUser, *filters: tuple[str, str], text: str = "") -> list[ClassGroupRow]:
    keys = list_keys(db, acting, "class_groups", Request(text=text, filters=filters))
    rows = list_rows(db, acting, "class_groups", keys)
    return [rows[key] for key in keys]


def total(heads: Heads) -> int:
    return heads.girls + heads.boys + heads.unrecorded


def one_number(db: Database, query: str, *values: object) -> int:
    with db.read() as connection:
        return int(connection.exec_driver_sql(query, values).scalar_one())


@pytest.mark.parametrize("name", [CLASS_GROUPS.name, SCHOOLS.name])
def test_every_order_holds_every_row_once_and_turns_around(
    demonstration: Database, manager: ActingUser, name: str
) -> None:
    own = list_keys(demonstration, manager, name, Request())
    assert len(set(own)) == len(own) > 800
    for order in LISTINGS[name].orders:
        up = list_keys(demonstration, manager, name, Request(order=order))
        down = list_keys(demonstration, manager, name, Request(order=order, descending=True))
        assert sorted(up) == sorted(own)
        assert list(down) == list(reversed(up))


@pytest.mark.parametrize("name", ["class_groups", "schools"])
def test_every_choice_of_every_filter_is_a_part_of_the_list(
    demonstration: Database, manager: ActingUser, name: str
) -> None:
    everything = set(list_keys(demonstration, manager, name, Request()))
    for filter_name in LISTINGS[name].filters:
        choices = list_choices(demonstration, manager, name, filter_name)
        for choice in choices[:3]:
            found = list_keys(demonstration, manager, name, Request(filters=((filter_name, choice.code),)))
            assert set(found) <= everything
            assert len(set(found)) == len(found)


def test_the_schools_years_and_departments_of_the_filters_are_those_of_the_rows(
    demonstration: Database, manager: ActingUser
) -> None:
    rows = groups(demonstration, manager, ("year", "2018"), ("department", "08"), ("curriculum", "GREAT-SECUNDARIA"))
    assert rows
    assert {(row.school_year, row.department_code, row.curriculum) for row in rows} == {
        (2018, "08", "GREAT-SECUNDARIA")
    }
    first = rows[0]
    assert first.officers
    again = groups(
        demonstration,
        manager,
        ("school", first.school_code or ""),
        ("officer", first.officers[0].code),
        ("year", "2018"),
        ("municipality", first.municipality_code or ""),
    )
    assert first in again


def test_a_grade_finds_the_multigrade_groups_that_hold_it(demonstration: Database, manager: ActingUser) -> None:
    rows = groups(demonstration, manager, ("grade", "8"))
    assert any(row.multigrade for row in rows)
    assert {row.grade for row in rows if not row.multigrade} == {"8"}
    assert len(rows) == one_number(
        demonstration,
        "SELECT count(*) FROM class_group g WHERE grade = '8' OR EXISTS "
        "(SELECT 1 FROM class_group_grade d WHERE d.class_group_id = g.id AND d.grade = '8')",
    )


def test_groups_that_have_not_graduated_leave_out_what_never_graduates(
    demonstration: Database, manager: ActingUser
) -> None:
    rows = groups(demonstration, manager, ("not_graduated", "yes"))
    assert rows
    assert all(row.graduated_on is None and row.curriculum_kind not in {"camp", "workshop"} for row in rows)


def test_a_school_is_found_without_accents_and_a_group_by_its_code(
    demonstration: Database, manager: ActingUser
) -> None:
    some = groups(demonstration, manager)[0]
    assert [row.code for row in groups(demonstration, manager, text=some.code.lower())] == [some.code]
    found = list_keys(demonstration, manager, "schools", Request(text="DEMOSTRACIÓN framboyan"))
    names = [row.name for row in list_rows(demonstration, manager, "schools", found).values()]
    assert names
    assert all("Framboyán" in name for name in names)
    assert not list_keys(demonstration, manager, "schools", Request(text="100%"))


def test_the_totals_of_a_school_are_its_figures(demonstration: Database, manager: ActingUser) -> None:
    table = figure_table(demonstration, manager, (Dimension.SCHOOL,), GREAT, TODAY)
    counted = {row.keys[0]: (row.counts.reached, row.counts.graduated) for row in table.rows if row.keys[0]}
    keys = list_keys(demonstration, manager, "schools", Request())
    rows = list_rows(demonstration, manager, "schools", keys).values()
    assert {row.code: (row.reached, row.graduated) for row in rows if row.reached or row.graduated} == counted


def test_coverage_adds_up_to_the_figures_and_shows_the_places_without_any(
    demonstration: Database, manager: ActingUser
) -> None:
    for by, places in ((Dimension.DEPARTMENT, 18), (Dimension.MUNICIPALITY, 298)):
        whole = coverage(demonstration, manager, by, TODAY)
        assert len([row for row in whole.rows if row.code is not None]) == places
        assert 0 < whole.places < places
        assert all(
            total(row.reached) == total(row.graduated) == row.schools == 0 for row in whole.rows if not row.covered
        )
        for measure in (Measure.REACHED, Measure.GRADUATED):
            shown = sum(total(getattr(row, measure)) for row in whole.rows)
            assert shown == figure_value(demonstration, manager, FigureRef(measure, GREAT, as_of=TODAY))
        some = next(row for row in whole.rows if row.covered)
        assert figure_value(demonstration, manager, some.reached_ref) == total(some.reached)
        assert figure_value(demonstration, manager, some.graduated_ref) == total(some.graduated)


def test_the_coverage_of_2016_is_fourteen_departments(demonstration: Database, manager: ActingUser) -> None:
    found = coverage(demonstration, manager, Dimension.DEPARTMENT, TODAY, year=2016)
    without = {row.name for row in found.rows if not row.covered}
    assert found.places == 14
    assert without == {"La Paz", "Ocotepeque", "Gracias a Dios", "Islas de la Bahía"}


def test_a_class_group_shows_its_lessons_grades_and_officers(demonstration: Database, manager: ActingUser) -> None:
    key = one_number(demonstration, "SELECT max(class_group_id) FROM class_group_grade")
    detail = class_group_detail(demonstration, manager, key, TODAY)
    assert detail.row.multigrade
    assert detail.school is not None
    assert detail.school.code == detail.row.school_code
    assert sum(total(grade.reached) for grade in detail.grades) == total(detail.row.reached)
    given = [lesson for lesson in detail.lessons if lesson.given_on is not None]
    assert len(given) == detail.row.lessons_given
    assert [lesson.number for lesson in detail.lessons] == sorted({lesson.number for lesson in detail.lessons})
    assert {officer.code for officer in detail.officers} == {officer.code for officer in detail.row.officers}


def test_a_school_shows_its_years_and_groups(demonstration: Database, manager: ActingUser) -> None:
    key = list_keys(demonstration, manager, "schools", Request(order="groups", descending=True))[0]
    detail = school_detail(demonstration, manager, key, TODAY)
    assert len(detail.groups) == detail.row.groups > 0
    assert sum(total(year.reached) for year in detail.years) == detail.row.reached
    for year in detail.years:
        assert figure_value(demonstration, manager, year.reached_ref) == total(year.reached)
    years = [int(year.year) for year in detail.years]
    assert years == list(range(years[0], years[-1] + 1)), "a year without class groups stands there with 0"
    assert any(total(year.reached) == 0 for year in detail.years)


def test_what_is_gone_is_told_in_one_sentence(demonstration: Database, manager: ActingUser) -> None:
    details: tuple[Callable[..., object], ...] = (class_group_detail, school_detail)
    for detail in details:
        with pytest.raises(UserError, match="gone"):
            detail(demonstration, manager, 999_999, TODAY)


def test_an_officer_sees_own_groups_and_their_schools_alone(demonstration: Database) -> None:
    with demonstration.read() as connection:
        instructor, count = connection.exec_driver_sql(
            "SELECT instructor_id, count(*) FROM class_officer GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
        ).one()
        other = connection.exec_driver_sql(
            "SELECT max(class_group_id) FROM class_officer WHERE class_group_id NOT IN "
            "(SELECT class_group_id FROM class_officer WHERE instructor_id = ?)",
            (instructor,),
        ).scalar_one()
    acting = ActingUser(2, "instructor", "Instructor", Role.INSTRUCTOR, instructor)
    own = list_keys(demonstration, acting, "class_groups", Request())
    assert len(own) == count
    with pytest.raises(UserError):
        class_group_detail(demonstration, acting, other, TODAY)
    schools = list_rows(demonstration, acting, "schools", list_keys(demonstration, acting, "schools", Request()))
    reached = figure_value(demonstration, acting, FigureRef(Measure.REACHED, GREAT, as_of=TODAY))
    elsewhere = sum(total(row.reached) for row in groups(demonstration, acting) if row.school_code is None)
    assert sum(row.reached for row in schools.values()) + elsewhere == reached > 0
    whole = coverage(demonstration, acting, Dimension.DEPARTMENT, TODAY)
    assert sum(total(row.reached) for row in whole.rows) == reached


def test_an_administrator_reads_officers_by_code_alone(demonstration: Database) -> None:
    acting = demonstration_user(demonstration, Role.ADMINISTRATOR)
    key = list_keys(demonstration, acting, "class_groups", Request())[0]
    detail = class_group_detail(demonstration, acting, key, TODAY)
    assert detail.officers
    names = [officer.name for officer in detail.officers] + [officer.name for officer in detail.row.officers]
    assert set(names) == {None}


def test_no_row_has_a_place_for_the_name_of_a_child() -> None:
    names = {field.name for field in fields(ClassGroupRow)}
    assert not {name for name in names if "pupil" in name or "child" in name or "participant" in name}
