"""Tests of the lists of the window: what they hold, for whom, in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from eic_tracker.domain.codes import EnrolmentStatus, Measure, OfferingStatus, Role
from eic_tracker.domain.counting import phase, rows_behind
from eic_tracker.domain.facts import EVERYTHING
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.errors import Refused, UserError
from eic_tracker.queries.facts import read_facts
from eic_tracker.queries.listing import Request
from eic_tracker.services.figures import FigureRef, rows_behind_figure
from eic_tracker.services.listings import LISTINGS, list_choices, list_keys, list_rows
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from eic_tracker.store.tables.instructors import Assignment, AssignmentRole
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Actor, Entry
from tests.services.school import school, user, values

TODAY = dt.date(2019, 6, 28)
EVERY_LIST = ("people", "courses", "offerings", "roster", "enrolments", "instructors", "certificates")
WITH_PEOPLE = ("people", "roster", "enrolments", "instructors", "certificates")


@pytest.fixture(scope="module")
def demonstration(demo_folder: Path) -> Iterator[Database]:
    noon = dt.datetime.combine(TODAY, dt.time(18), dt.UTC)
    with Database(demo_folder / "demo.eic", clock=lambda: noon) as db:
        yield db


def keys(db: Database, acting: ActingUser, name: str, **asked: object) -> list[int]:
    return list(list_keys(db, acting, name, Request(**{"today": TODAY, **asked})))  # type: ignore[arg-type]


def only(name: str, code: object) -> tuple[tuple[str, str], ...]:
    return ((name, str(code)),)


@pytest.mark.parametrize("name", EVERY_LIST)
def test_every_order_shows_the_same_rows_and_backwards_is_backwards(demonstration: Database, name: str) -> None:
    registrar = demonstration_user(demonstration, Role.REGISTRAR)
    everything = keys(demonstration, registrar, name)
    assert everything
    for order in LISTINGS[name].orders:
        ordered = keys(demonstration, registrar, name, order=order)
        assert sorted(ordered) == sorted(everything), order
        assert keys(demonstration, registrar, name, order=order, descending=True) == ordered[::-1], order


@pytest.mark.parametrize("name", EVERY_LIST)
def test_every_choice_of_every_filter_gives_some_of_the_rows(demonstration: Database, name: str) -> None:
    registrar = demonstration_user(demonstration, Role.REGISTRAR)
    everything = set(keys(demonstration, registrar, name))
    for filter_name in LISTINGS[name].filters:
        choices = list_choices(demonstration, registrar, name, filter_name)
        found = [set(keys(demonstration, registrar, name, filters=only(filter_name, each.code))) for each in choices]
        assert all(some <= everything for some in found), filter_name
        either = tuple((filter_name, each.code) for each in choices[:2])
        if either:
            assert set(keys(demonstration, registrar, name, filters=either)) == set().union(*found[:2]), filter_name


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", EVERY_LIST)
def test_every_key_that_a_role_gets_has_a_row_for_it(demonstration: Database, name: str, role: Role) -> None:
    acting = demonstration_user(demonstration, role)
    if role is Role.ADMINISTRATOR and name in WITH_PEOPLE:
        for ask in (
            lambda: list_keys(demonstration, acting, name, Request()),
            lambda: list_rows(demonstration, acting, name, [1]),
            lambda: list_choices(demonstration, acting, name, next(iter(LISTINGS[name].filters))),
        ):
            with pytest.raises(Refused, match="may not read people"):
                ask()
        return
    found = keys(demonstration, acting, name)
    assert set(list_rows(demonstration, acting, name, found)) == set(found)


def test_a_list_or_filter_that_there_is_not_is_told(demonstration: Database) -> None:
    registrar = demonstration_user(demonstration, Role.REGISTRAR)
    with pytest.raises(UserError, match="no list “nobody”"):
        list_keys(demonstration, registrar, "nobody", Request())
    with pytest.raises(UserError, match="no filter “colour”"):
        list_keys(demonstration, registrar, "people", Request(filters=only("colour", "red")))


@pytest.mark.parametrize("measure", [Measure.COMPLETIONS, Measure.ENROLMENTS, Measure.PERSONS, Measure.OFFERINGS])
@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.INSTRUCTOR])
def test_the_rows_behind_a_figure_are_as_many_as_the_figure_says(
    demonstration: Database, measure: Measure, role: Role
) -> None:
    acting = demonstration_user(demonstration, role)
    figure = rows_behind_figure(demonstration, acting, FigureRef(measure, EVERYTHING, as_of=TODAY))
    shown = keys(demonstration, acting, figure.listing, keys=figure.keys)
    assert len(shown) == figure.value > 0
    assert set(shown) == set(figure.keys)


def test_the_counts_of_the_lists_add_up_to_the_figures(demonstration: Database) -> None:
    manager = demonstration_user(demonstration, Role.MANAGER)
    with demonstration.read() as connection:
        facts = read_facts(connection)
    completed = len(rows_behind(facts, Measure.COMPLETIONS, as_of=TODAY))
    counted = len(rows_behind(facts, Measure.ENROLMENTS, as_of=TODAY))
    held = len(rows_behind(facts, Measure.OFFERINGS, as_of=TODAY))
    people = len(rows_behind(facts, Measure.PERSONS, as_of=TODAY))
    rows = {
        name: list_rows(demonstration, manager, name, keys(demonstration, manager, name)).values()
        for name in ("people", "offerings", "courses")
    }
    assert sum(row.completions for row in rows["people"]) == completed
    assert sum(row.completions for row in rows["offerings"]) == completed
    assert sum(row.completions for row in rows["courses"]) == completed
    assert sum(row.enrolments for row in rows["offerings"]) == counted
    assert sum(row.offerings for row in rows["courses"]) == held
    assert len(keys(demonstration, manager, "people", filters=only("status", "graduate"))) == people
    nobody = keys(demonstration, manager, "people", filters=only("status", "none"))
    assert len(nobody) + people == len(rows["people"])


@pytest.mark.parametrize("today", [TODAY, dt.date(2019, 6, 24), dt.date(2018, 6, 15), dt.date(2010, 1, 1)])
def test_the_phases_of_the_list_are_those_of_the_rule(demonstration: Database, today: dt.date) -> None:
    registrar = demonstration_user(demonstration, Role.REGISTRAR)
    with demonstration.read() as connection:
        facts = read_facts(connection)
    for choice in list_choices(demonstration, registrar, "offerings", "phase"):
        found = keys(demonstration, registrar, "offerings", filters=only("phase", choice.code), today=today)
        assert set(found) == {each.id for each in facts.offerings if phase(each, today).value == choice.code}


def test_courses_to_close_are_finished_and_open(demonstration: Database) -> None:
    registrar = demonstration_user(demonstration, Role.REGISTRAR)
    found = keys(demonstration, registrar, "offerings", filters=only("to_close", "yes"))
    rows = list_rows(demonstration, registrar, "offerings", found)
    assert found
    assert all(row.status is OfferingStatus.OPEN and row.ends_on < TODAY for row in rows.values())


def test_an_instructor_sees_own_offerings_and_their_people_with_masked_numbers(demonstration: Database) -> None:
    acting = demonstration_user(demonstration, Role.INSTRUCTOR)
    own = {
        row[0]
        for row in values(
            demonstration, "SELECT offering_id FROM assignment WHERE instructor_id = ?", acting.instructor_id
        )
    }
    assert set(keys(demonstration, acting, "offerings")) == own
    roster = list_rows(demonstration, acting, "roster", keys(demonstration, acting, "roster"))
    assert {row.offering_id for row in roster.values()} <= own
    people = list_rows(demonstration, acting, "people", keys(demonstration, acting, "people"))
    whole = {row[0]: row[1] for row in values(demonstration, "SELECT id, document_number FROM participant")}
    for row in (*people.values(), *roster.values()):
        number = whole[getattr(row, "participant_id", row.id)]
        if number is None:
            assert row.document is None
        else:
            assert row.document.startswith("•••")
            assert len(row.document) <= 8
            assert str(number) not in row.document
            assert str(number).endswith(row.document[3:])
    assert list(list_rows(demonstration, acting, "instructors", range(1, 200))) == [acting.instructor_id]


def test_rows_of_others_are_not_given_to_an_instructor_who_knows_their_keys(demonstration: Database) -> None:
    acting = demonstration_user(demonstration, Role.INSTRUCTOR)
    for name in ("people", "roster", "offerings", "certificates"):
        mine = set(keys(demonstration, acting, name))
        registrar = demonstration_user(demonstration, Role.REGISTRAR)
        others = [key for key in keys(demonstration, registrar, name) if key not in mine]
        assert others
        assert list_rows(demonstration, acting, name, others) == {}
        assert keys(demonstration, acting, name, keys=tuple(others)) == []


def test_an_instructor_s_row_of_a_person_counts_own_offerings_only(demonstration: Database) -> None:
    acting = demonstration_user(demonstration, Role.INSTRUCTOR)
    manager = demonstration_user(demonstration, Role.MANAGER)
    mine = keys(demonstration, acting, "people")
    seen, all_of_it = (list_rows(demonstration, each, "people", mine) for each in (acting, manager))
    completed = keys(demonstration, acting, "roster", filters=only("status", EnrolmentStatus.COMPLETED))
    assert sum(row.completions for row in seen.values()) == len(completed)
    assert sum(row.completions for row in all_of_it.values()) > len(completed)


def test_an_instructor_finds_and_sorts_nobody_by_what_is_masked(demonstration: Database) -> None:
    acting = demonstration_user(demonstration, Role.INSTRUCTOR)
    mine = keys(demonstration, acting, "people")
    number = next(
        row[0]
        for row in values(
            demonstration,
            "SELECT document_number FROM participant WHERE id = ? AND document_kind = 'national_id'",
            next(
                key for key, row in list_rows(demonstration, acting, "people", mine).items() if row.document is not None
            ),
        )
    )
    number = str(number)
    assert keys(demonstration, acting, "people", text=number[:8]) == []
    assert keys(demonstration, acting, "people", text=number[-5:])
    assert keys(demonstration, acting, "people", order="document") == mine


def test_an_administrator_sees_figures_of_courses_and_no_names(demonstration: Database) -> None:
    acting = demonstration_user(demonstration, Role.ADMINISTRATOR)
    rows = list_rows(demonstration, acting, "offerings", keys(demonstration, acting, "offerings"))
    assert sum(row.completions for row in rows.values()) > 15_000
    assert {row.lead_name for row in rows.values()} == {None}


def test_jose_nunez_is_found_without_accents_in_any_order(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        for text in ("maria jose nunez", "NUÑEZ maria", "nun jos", "o'hara", "0801-1990-00000", "00000"):
            found = list_rows(db, registrar, "people", keys(db, registrar, "people", text=text))
            assert [row.surnames for row in found.values()] == ["Núñez O'Hara"], text
        assert keys(db, registrar, "people", text="nobody") == []
        assert keys(db, registrar, "people", text="%") == []


def test_people_are_listed_as_spanish_orders_them(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        found = keys(db, registrar, "people")
        rows = list_rows(db, registrar, "people", found)
        assert [rows[key].surnames for key in found] == ["Bográn Güity", "Cálix", "de la O", "Núñez O'Hara", "Zúñiga"]


def test_a_merged_record_is_not_listed_and_counts_for_the_one_that_stands(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        with db.write(Entry(Actor("test"), "merge", "test")) as tx:
            tx.update(Participant, {1: {"merged_into_id": 2}})
        found = keys(db, registrar, "people")
        rows = list_rows(db, registrar, "people", found)
        assert 1 not in found
        assert rows[2].completions == 2
        assert keys(db, registrar, "people", order="completions", descending=True)[0] == 2
        assert keys(db, registrar, "people", filters=only("status", "graduate")) == [2]
        assert len(keys(db, registrar, "roster", filters=only("person", 2))) == 4


def test_people_merged_in_a_circle_stop_no_list(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar = user(db, Role.REGISTRAR)
        with db.write(Entry(Actor("test"), "merge", "test")) as tx:
            tx.update(Participant, {1: {"merged_into_id": 2}, 2: {"merged_into_id": 1}})
        assert len(keys(db, registrar, "people")) == 3
        assert sorted(keys(db, registrar, "people", filters=only("merge_loop", "yes"))) == [1, 2]
        assert len(list_rows(db, registrar, "people", [1, 2])) == 2
        figure = rows_behind_figure(db, registrar, FigureRef(Measure.PERSONS, as_of=TODAY))
        assert keys(db, registrar, "people", keys=figure.keys) == [1] == list(figure.keys)
        assert len(keys(db, registrar, "roster", filters=only("person", 1))) == 4


def test_an_instructor_of_the_open_course_sees_its_people_and_no_completions(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(Entry(Actor("test"), "assign", "test")) as tx:
            tx.update(User, {user(db, Role.INSTRUCTOR).id: {"instructor_id": 1}})
            tx.update(Assignment, {1: {"offering_id": 2}})
        acting = user(db, Role.INSTRUCTOR)
        assert keys(db, acting, "offerings") == [2]
        rows = list_rows(db, acting, "people", keys(db, acting, "people"))
        assert len(rows) == 5
        assert {row.completions for row in rows.values()} == {0}
        assert values(db, "SELECT role FROM assignment") == [(AssignmentRole.LEAD.value,)]


def test_an_instructor_who_is_linked_to_nobody_sees_nothing(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        acting = user(db, Role.INSTRUCTOR)
        assert acting.instructor_id is None
        for name in ("people", "offerings", "roster", "certificates", "instructors"):
            assert keys(db, acting, name) == []
        assert {row.completions for row in list_rows(db, acting, "courses", [1]).values()} == {0}


def test_certificates_are_found_by_number_name_and_offering(demonstration: Database) -> None:
    registrar = demonstration_user(demonstration, Role.REGISTRAR)
    first = keys(demonstration, registrar, "certificates", text="EIC-2019", order="number")[0]
    row = list_rows(demonstration, registrar, "certificates", [first])[first]
    assert keys(demonstration, registrar, "certificates", text=row.number) == [first]
    assert first in keys(demonstration, registrar, "certificates", text=row.name)
    of_offering = keys(demonstration, registrar, "certificates", filters=only("offering", row.offering_id))
    offering = list_rows(demonstration, registrar, "offerings", [row.offering_id])[row.offering_id]
    assert len(of_offering) == offering.certificates > 0
