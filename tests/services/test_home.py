"""Tests of the first page: what is due, what is wrong, how the programme is doing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from eic_tracker.domain.codes import FigureState, Measure, Role
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.queries.facts import read_facts
from eic_tracker.services.demonstration.planted import PLANTED
from eic_tracker.services.figures import FigureRef
from eic_tracker.services.home import MOST_WRONG, Home, Item, data_quality, home
from eic_tracker.services.listings import LISTINGS, list_keys
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.services.targets import approve_target, set_target
from eic_tracker.store.database import Database
from eic_tracker.store.tables.certificates import Certificate
from eic_tracker.store.tables.courses import Attendance, Offering, OfferingDay
from eic_tracker.store.tables.figures import ClosedQuarter
from eic_tracker.store.tables.outreach import ClassGroup, School
from eic_tracker.store.tables.people import Participant
from eic_tracker.store.tables.users import User
from eic_tracker.store.transaction import Actor, Entry
from tests.services.doors_of_targets import DRAFT
from tests.services.figures_seen import figure_value
from tests.services.school import school, user

TODAY = dt.date(2019, 6, 28)
EDIT = Entry(Actor("test"), "edit", "test")

FOUND = {
    "merge_loop": 0,
    "waits_long": 2,  # 091-2019 planted, and 102-2019, which ended a fortnight ago
    "late_enrolments": 0,
    "late_groups": 0,
    "unmatched_walk_ins": 0,
    "certificate_without_completion": 0,
    "number_gap": 0,
    "same_group_twice": 0,
    "overlapping": 0,
    "no_show_present": 0,
    "differs_from_act": 0,  # no act of the demonstration is printed
    # both records of each pair; the second records have no document either
    "possible_duplicate": 2 * PLANTED["possible_duplicate"],
    "no_document": PLANTED["no_document"] + PLANTED["possible_duplicate"],
} | {
    code: PLANTED[code]
    for code in (
        "below_minimum",
        "missing_grade",
        "too_few_lessons",
        "no_lead",
        "no_officer",
        "over_capacity",
        "no_institution",
        "ended_unit",
        "late_offering",
        "late_class_group",
        "odd_document",
        "under_age",
        "heads_out_of_order",
        "lesson_after_graduation",
    )
}


@pytest.fixture(scope="module")
def demonstration(demo_folder: Path) -> Iterator[Database]:
    with Database(demo_folder / "demo.eic") as db:
        yield db


def of_role(db: Database, role: Role) -> ActingUser:
    return demonstration_user(db, role)


def due(page: Home) -> dict[str, int]:
    return {item.code: item.count for item in page.due}


def test_data_quality_finds_every_planted_fault_as_often_as_it_is_there(demonstration: Database) -> None:
    found = {item.code: item.count for item in data_quality(demonstration, of_role(demonstration, Role.MANAGER), TODAY)}
    assert {code: found[code] for code in FOUND} == FOUND
    assert found.keys() - FOUND.keys() == {"no_unit", "no_sex", "no_act", "no_letter", "no_attendance"}
    assert all(found[code] for code in found.keys() - FOUND.keys())
    assert len(found) >= 25
    assert sum(1 for count in found.values() if count) >= 20


@pytest.mark.parametrize("role", list(Role))
def test_every_number_opens_a_list_of_exactly_so_many_rows(demonstration: Database, role: Role) -> None:
    acting = of_role(demonstration, role)
    page = home(demonstration, acting, TODAY)
    items: list[Item] = [*page.due, *data_quality(demonstration, acting, TODAY)]
    opened = 0
    for item in items:
        assert (item.listing is None) is (item.request is None) is (item.page is not None)
        if item.listing is not None and item.request is not None:
            assert len(list_keys(demonstration, acting, item.listing, item.request)) == item.count
            opened += 1
    for tile in page.tiles:
        if tile.listing is not None and tile.request is not None:
            assert len(list_keys(demonstration, acting, tile.listing, tile.request)) == tile.value
    assert opened > 5


@pytest.mark.parametrize("role", list(Role))
def test_the_tiles_and_the_chart_are_figures_that_open(demonstration: Database, role: Role) -> None:
    acting = of_role(demonstration, role)
    page = home(demonstration, acting, TODAY)
    assert page.tiles
    for tile in page.tiles:
        assert (tile.ref is None) is (tile.request is not None)
        if tile.ref is not None:
            assert figure_value(demonstration, acting, tile.ref) == tile.value
        if tile.earlier is not None:
            assert figure_value(demonstration, acting, tile.earlier) == tile.earlier_value
    assert [point.period.code for point in page.quarters][-2:] == ["2019Q1", "2019Q2"]


def test_the_gravest_fault_comes_first(demonstration: Database) -> None:
    manager = of_role(demonstration, Role.MANAGER)
    found = [item for item in data_quality(demonstration, manager, TODAY) if item.count]
    assert found[0].code == "waits_long"
    assert len(found) > MOST_WRONG


def test_the_registrar_sees_what_the_office_has_to_do(demonstration: Database) -> None:
    page = home(demonstration, of_role(demonstration, Role.REGISTRAR), TODAY)
    assert due(page).keys() == {"to_close", "without_certificate", "begins_soon", "accreditations"}
    assert (due(page)["to_close"], due(page)["begins_soon"], due(page)["accreditations"]) == (3, 1, 15)


def test_the_manager_sees_what_waits_for_approval(demonstration: Database) -> None:
    page = home(demonstration, of_role(demonstration, Role.MANAGER), TODAY)
    assert due(page) == {
        "historical_total_to_approve": 1,
        "paper_diplomas_to_approve": 2,
        "to_close": 3,
        "accreditations": 15,
    }
    waiting = next(item for item in page.due if item.code == "historical_total_to_approve")
    assert (waiting.page, dict(waiting.values)) == ("settings", {"section": "totals", "total_state": "to_approve"})


def test_the_published_total_stands_beside_the_completions_since_the_beginning(demonstration: Database) -> None:
    tiles = {tile.code: tile for tile in home(demonstration, of_role(demonstration, Role.MANAGER), TODAY).tiles}
    for code, key, published in (
        ("completions", "eic-graduates", 15175),
        ("reached", "great-reached", 346215),
    ):
        figure = tiles[code].published
        assert figure is not None
        assert (figure.key, figure.value, tiles[code].state) == (key, published, FigureState.RECONCILED)
        assert tiles[code].value > published, "the rows go on after the published date"
    assert [each.measure for each in tiles["reached"].beside] == [Measure.GRADUATED]
    quarter = tiles["completions_quarter"]
    assert quarter.period is not None
    assert quarter.earlier_period is not None
    assert (quarter.period.code, quarter.earlier_period.code) == ("2019Q2", "2019Q1")


@pytest.mark.parametrize("role", list(Role))
def test_completions_persons_and_enrolments_stand_together_and_open(demonstration: Database, role: Role) -> None:
    acting = of_role(demonstration, role)
    tiles = {tile.code: tile for tile in home(demonstration, acting, TODAY).tiles}
    for code, others in (
        ("completions", [Measure.PERSONS, Measure.ENROLMENTS]),
        ("completions_quarter", [Measure.PERSONS, Measure.ENROLMENTS]),
        ("reached", [Measure.GRADUATED]),
        ("reached_quarter", [Measure.GRADUATED]),
    ):
        if code in tiles:
            assert [each.measure for each in tiles[code].beside] == others
            for each in tiles[code].beside:
                assert figure_value(demonstration, acting, each.ref) == each.value
    assert all(not tile.beside for tile in tiles.values() if tile.ref is None)


def test_only_a_manager_sees_the_approved_targets_of_the_year_that_runs(demonstration: Database) -> None:
    for role in Role:
        targets = home(demonstration, of_role(demonstration, role), TODAY).targets
        assert bool(targets) is (role is Role.MANAGER)
    targets = home(demonstration, of_role(demonstration, Role.MANAGER), TODAY).targets
    assert [(each.target.programme, each.target.period.code) for each in targets] == [
        ("EIC", "2019"),
        ("GREAT", "2019"),
    ]


def test_a_target_that_another_person_entered_waits_for_the_manager(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        key = set_target(db, user(db, Role.REGISTRAR), DRAFT)
        manager = user(db, Role.MANAGER)
        assert due(home(db, manager, dt.date(2019, 1, 4)))["target_to_approve"] == 1
        assert home(db, manager, dt.date(2019, 1, 4)).targets == ()
        approve_target(db, manager, key)
        page = home(db, manager, dt.date(2019, 1, 4))
        assert "target_to_approve" not in due(page)
        assert [each.target.id for each in page.targets] == [key]


def test_the_instructor_sees_own_courses_and_own_figures(demonstration: Database) -> None:
    acting = of_role(demonstration, Role.INSTRUCTOR)
    page = home(demonstration, acting, TODAY)
    assert due(page) == {"to_close": 1, "running": 1}
    running = next(item for item in page.due if item.code == "running")
    assert running.request is not None
    (key,) = list_keys(demonstration, acting, "offerings", running.request)
    with demonstration.read() as connection:
        code = connection.exec_driver_sql("SELECT code FROM offering WHERE id = ?", (key,)).scalar_one()
    assert code == "116-2019"
    completions = next(tile for tile in page.tiles if tile.code == "completions")
    whole = figure_value(
        demonstration, of_role(demonstration, Role.MANAGER), FigureRef(Measure.COMPLETIONS, as_of=TODAY)
    )
    assert 0 < completions.value < whole
    assert completions.published is None


def test_the_administrator_sees_figures_and_accounts_but_no_number_of_people_lists(demonstration: Database) -> None:
    page = home(demonstration, of_role(demonstration, Role.ADMINISTRATOR), TODAY)
    lists = [
        item.listing
        for item in (*page.due, *data_quality(demonstration, of_role(demonstration, Role.ADMINISTRATOR), TODAY))
        if item.listing
    ]
    lists += [tile.listing for tile in page.tiles if tile.listing]
    assert lists
    assert not any(LISTINGS[name].holds_people for name in lists)


def test_an_account_that_ends_is_due_to_the_administrator(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(EDIT) as tx:
            tx.update(User, {user(db, Role.AUDITOR).id: {"valid_to": dt.date(2019, 1, 10)}})
        assert due(home(db, user(db, Role.ADMINISTRATOR), dt.date(2019, 1, 4)))["accounts_ending"] == 1
        assert "accounts_ending" not in due(home(db, user(db, Role.ADMINISTRATOR), dt.date(2018, 11, 4)))


def test_a_quarter_that_ended_is_due_until_it_is_closed(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        item = next(item for item in home(db, manager, dt.date(2019, 1, 4)).due if item.code == "quarter_to_close")
        assert (item.count, item.page, dict(item.values)) == (1, "reports", {"period": "2018Q4"})
        assert "quarter_to_close" not in due(home(db, manager, dt.date(2018, 12, 31)))
        with db.write(Entry(Actor("test"), "close_quarter", "2018Q4")) as tx:
            tx.insert(ClosedQuarter, [{"period": "2018Q4", "closed_at": tx.at}])
        assert "quarter_to_close" not in due(home(db, manager, dt.date(2019, 1, 4)))
        item = next(item for item in home(db, manager, dt.date(2019, 8, 1)).due if item.code == "quarter_to_close")
        assert (item.count, dict(item.values)) == (2, {"period": "2019Q1"})


def test_the_report_of_the_quarter_that_ended_is_named_to_who_makes_reports(
    demonstration: Database, tmp_path: Path
) -> None:
    for role in Role:
        named = home(demonstration, of_role(demonstration, role), TODAY).report
        assert (named.code if named else None) == ("2019Q1" if role is Role.MANAGER else None)
    with school(tmp_path) as db:
        manager = user(db, Role.MANAGER)
        ended = home(db, manager, dt.date(2019, 1, 4)).report
        assert ended is not None
        assert ended.code == "2018Q4"
        assert home(db, manager, dt.date(2009, 1, 4)).report is None, "a quarter without any figure has no report"


def test_an_entry_into_a_closed_quarter_is_found_in_both_calendars(tmp_path: Path) -> None:
    for period in ("2018Q4", "FY2019Q1"):
        (folder := tmp_path / period).mkdir()
        with school(folder) as db:
            with db.write(Entry(Actor("test"), "close_quarter", period)) as tx:
                tx.insert(ClosedQuarter, [{"period": period, "closed_at": dt.datetime(2018, 12, 1, tzinfo=dt.UTC)}])
            found = {item.code: item.count for item in data_quality(db, user(db, Role.MANAGER), TODAY)}
            assert found["late_enrolments"] == 4, "the one who did not come is not counted"


def test_records_merged_in_a_circle_are_found_and_counting_ends(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        with db.write(EDIT) as tx:
            tx.update(Participant, {1: {"merged_into_id": 2}, 2: {"merged_into_id": 3}, 3: {"merged_into_id": 2}})
        item = next(item for item in data_quality(db, user(db, Role.MANAGER), TODAY) if item.code == "merge_loop")
        assert item.count == 2
        with db.read() as connection:
            facts = read_facts(connection)
        assert {enrolment.person for enrolment in facts.enrolments} == {2, 4, 5}


def test_the_first_page_is_worked_out_anew_when_something_changed(tmp_path: Path) -> None:
    with school(tmp_path) as db:
        registrar, day = user(db, Role.REGISTRAR), dt.date(2019, 1, 4)
        first = home(db, registrar, day)
        assert home(db, registrar, day) is first
        before = data_quality(db, registrar, day)
        with db.write(EDIT) as tx:
            tx.update(Participant, {1: {"document_number": None, "document_country": None, "document_kind": None}})
        assert home(db, registrar, day) is not first
        assert {item.code: item.count for item in data_quality(db, registrar, day)}["no_document"] == 1
        assert {item.code: item.count for item in before}["no_document"] == 0


def test_checks_find_faults_that_the_demonstration_does_not_hold(tmp_path: Path) -> None:
    with school(tmp_path) as db:

        def found(code: str) -> int:
            return next(item.count for item in data_quality(db, user(db, Role.MANAGER), TODAY) if item.code == code)

        codes = ("overlapping", "no_show_present", "certificate_without_completion", "same_group_twice")
        assert [found(code) for code in codes] == [0, 0, 0, 0]
        with db.write(EDIT) as tx:
            tx.update(Offering, {2: {"starts_on": dt.date(2018, 11, 30)}})
        assert found("overlapping") == 6, "three people who sat to the end of one course and sit in the other"
        with db.write(EDIT) as tx:
            (day,) = tx.insert(OfferingDay, [{"offering_id": 1, "held_on": dt.date(2018, 11, 5), "part": "whole"}])
            tx.insert(Attendance, [{"enrolment_id": 5, "offering_day_id": day, "mark": "present"}])
            certificate = {"number": "EIC-2018-000001", "dated": TODAY, "snapshot": "{}", "enrolment_id": 3}
            tx.insert(Certificate, [{"uid": tx.new_uid(), "kind": "diploma", "status": "issued", **certificate}])
        assert (found("no_show_present"), found("certificate_without_completion")) == (1, 1)
        with db.write(EDIT) as tx:
            keys = {
                table: tx.connection.exec_driver_sql(f"SELECT id FROM {table} {where} LIMIT 1").scalar_one()
                for table, where in (
                    ("programme", "WHERE code = 'GREAT'"),
                    ("curriculum_version", ""),
                    ("municipality", ""),
                )
            }
            school_row = {"code": "E-1", "name": "Escuela inventada", "municipality_id": keys["municipality"]}
            (place,) = tx.insert(School, [{"uid": tx.new_uid(), "match_key": "escuela inventada", **school_row}])
            group = {
                "programme_id": keys["programme"],
                "curriculum_version_id": keys["curriculum_version"],
                "school_id": place,
                "grade": "4",
                "school_year": 2018,
                "recorded_at": tx.at,
            }
            tx.insert(ClassGroup, [{"uid": tx.new_uid(), "code": f"G-{number}", **group} for number in (1, 2)])
        assert found("same_group_twice") == 2
        with db.write(EDIT) as tx:
            tx.update(ClassGroup, {2: {"repeat_reason": "interrupted"}})
        assert found("same_group_twice") == 0
