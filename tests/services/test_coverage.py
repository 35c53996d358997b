"""Coverage by everything that it is broken down by: equal to a full scan of the rows, down to the class cards."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.facts import COVERED_BY, Dimension, Heads, Scope
from eic_tracker.domain.permissions import ActingUser
from eic_tracker.services.coverage import Coverage, Expected, coverage, expected
from eic_tracker.services.figures import FigureRef, rows_behind_figure
from eic_tracker.services.listings import list_rows
from eic_tracker.services.published import published_figures
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.services.figures_seen import figure_table, figure_value

TODAY = dt.date(2019, 6, 28)
GREAT = Scope(programmes=("GREAT",))
PORTIONS = """
SELECT g.id, CAST(g.{day} AS text), coalesce(o.code, m.code), s.administration, c.code,
       CASE WHEN d.id IS NULL THEN g.grade ELSE d.grade END,
       CASE WHEN d.id IS NULL THEN g.{what}_girls ELSE d.{what}_girls END,
       CASE WHEN d.id IS NULL THEN g.{what}_boys ELSE d.{what}_boys END,
       CASE WHEN d.id IS NULL THEN g.{what}_unrecorded ELSE d.{what}_unrecorded END
FROM class_group g JOIN programme p ON p.id = g.programme_id AND p.code = 'GREAT'
JOIN curriculum_version v ON v.id = g.curriculum_version_id JOIN curriculum c ON c.id = v.curriculum_id
LEFT JOIN school s ON s.id = g.school_id LEFT JOIN municipality m ON m.id = s.municipality_id
LEFT JOIN municipality o ON o.id = g.municipality_id LEFT JOIN class_group_grade d ON d.class_group_id = g.id
WHERE g.{day} <= '2019-06-28' {more}
"""
"""Every row of heads as it is stored, of a class group or of a grade of it; nothing of the program counts here."""

CELLS: dict[Dimension, Callable[[Sequence[Any]], str | None]] = {
    Dimension.YEAR: lambda row: row[1][:4],
    Dimension.QUARTER: lambda row: f"{row[1][:4]}Q{(int(row[1][5:7]) + 2) // 3}",
    Dimension.DEPARTMENT: lambda row: row[2] and row[2][:2],
    Dimension.MUNICIPALITY: lambda row: row[2],
    Dimension.SCHOOL_TYPE: lambda row: row[3],
    Dimension.CURRICULUM: lambda row: row[4],
    Dimension.GRADE: lambda row: row[5],
}


@pytest.fixture(scope="module")
def demonstration(demo_folder: Path) -> Iterator[Database]:
    with Database(demo_folder / "demo.eic") as db:
        yield db


@pytest.fixture(scope="module")
def manager(demonstration: Database) -> ActingUser:
    return demonstration_user(demonstration, Role.MANAGER)


@pytest.fixture(scope="module")
def scanned(demonstration: Database) -> dict[str, list[tuple[tuple[str | None, ...], str, int]]]:
    """Each head count of the file with its cells (by dimension, in the order of CELLS) and sex, by measure."""
    never = "AND c.kind NOT IN ('camp', 'workshop')"
    found: dict[str, list[tuple[tuple[str | None, ...], str, int]]] = {}
    with demonstration.read() as connection:
        for what, day, more in (("reached", "first_lesson_on", ""), ("graduated", "graduated_on", never)):
            rows = connection.exec_driver_sql(PORTIONS.format(what=what, day=day, more=more)).fetchall()
            found[what] = [
                (tuple(of(row) for of in CELLS.values()), sex, heads)
                for row in rows
                for sex, heads in zip("FMU", row[6:], strict=True)
                if heads
            ]
    return found


def counted(found: Coverage, measure: str) -> dict[tuple[str | None, str], int]:
    return {
        (row.code, sex): heads
        for row in found.rows
        for sex, heads in zip("FMU", by_sex(getattr(row, measure)), strict=True)
        if heads
    }


def by_sex(heads: Heads) -> tuple[int, int, int]:
    return heads.girls, heads.boys, heads.unrecorded


def test_coverage_is_equal_to_a_full_scan_whatever_it_is_broken_down_by(
    demonstration: Database,
    manager: ActingUser,
    scanned: dict[str, list[tuple[tuple[str | None, ...], str, int]]],
) -> None:
    for by in COVERED_BY:
        found = coverage(demonstration, manager, by, TODAY)
        for measure, portions in scanned.items():
            plain: Counter[tuple[str | None, str]] = Counter()
            for cells, sex, heads in portions:
                plain[(sex if by is Dimension.SEX else cells[list(CELLS).index(by)]), sex] += heads
            assert counted(found, measure) == dict(plain), (by, measure)
            assert getattr(found.total, measure).total == sum(plain.values())


def test_year_department_grade_and_sex_together_are_equal_to_a_full_scan(
    demonstration: Database,
    manager: ActingUser,
    scanned: dict[str, list[tuple[tuple[str | None, ...], str, int]]],
) -> None:
    by = (Dimension.YEAR, Dimension.DEPARTMENT, Dimension.GRADE, Dimension.SEX)
    table = figure_table(demonstration, manager, by, GREAT, TODAY)
    places = [list(CELLS).index(dimension) for dimension in by[:3]]
    for measure, portions in scanned.items():
        plain: Counter[tuple[str | None, ...]] = Counter()
        for cells, sex, heads in portions:
            plain[(*(cells[place] for place in places), sex)] += heads
        shown = {row.keys: getattr(row.counts, measure) for row in table.rows if getattr(row.counts, measure)}
        assert shown == dict(plain)


def test_every_figure_of_the_coverage_opens_class_groups_that_sum_to_it(
    demonstration: Database, manager: ActingUser
) -> None:
    for by in COVERED_BY:
        found = coverage(demonstration, manager, by, TODAY)
        covered = [row for row in found.rows if row.covered]
        for row in (covered[0], covered[-1], found.total):
            both = [rows_behind_figure(demonstration, manager, ref) for ref in (row.reached_ref, row.graduated_ref)]
            assert [each.value for each in both] == [row.reached.total, row.graduated.total]
            assert {key for each in both for key in each.keys} == set(row.group_keys)


def test_the_346215_reached_open_down_to_class_cards_whose_counts_sum_to_them(
    demonstration: Database, manager: ActingUser
) -> None:
    line = next(each for each in published_figures(demonstration, manager, TODAY) if each.figure.key == "great-reached")
    assert line.figure.value == 346_215
    assert line.ref is not None
    behind = rows_behind_figure(demonstration, manager, line.ref)
    assert behind.listing == "class_groups"
    cards = list_rows(demonstration, manager, behind.listing, behind.keys)
    assert len(cards) == len(behind.keys) > 10_000
    assert sum(sum(by_sex(card.reached)) for card in cards.values()) == 346_215
    amounts = dict(zip(behind.keys, behind.amounts, strict=True))
    assert all(sum(by_sex(card.reached)) == amounts[key] for key, card in cards.items())


def test_what_nothing_was_done_in_is_shown_with_zeros(demonstration: Database, manager: ActingUser) -> None:
    empty = {
        by: {row.code for row in coverage(demonstration, manager, by, TODAY).rows if not row.covered}
        for by in COVERED_BY
    }
    assert len(empty[Dimension.DEPARTMENT]) == 2
    assert {"GREAT-FAMILIAS", "GREAT-TALLER"} <= empty[Dimension.CURRICULUM]
    quarters = [row.code for row in coverage(demonstration, manager, Dimension.QUARTER, TODAY).rows]
    assert quarters == [f"{2012 + number // 4}Q{number % 4 + 1}" for number in range(30)]


def test_the_way_to_what_is_expected_of_2019_is_published_less_counted(
    demonstration: Database, manager: ActingUser
) -> None:
    (found,) = expected(demonstration, manager, TODAY)
    year = Scope(("GREAT",), dt.date(2019, 1, 1), dt.date(2019, 12, 31))
    reached = figure_value(demonstration, manager, FigureRef(Measure.REACHED, year, as_of=TODAY))
    assert (found.value, found.counted, found.left) == (110_000, reached, 110_000 - reached)
    assert figure_value(demonstration, manager, found.ref) == reached
    assert found.days_left == 186
    assert found.a_month is not None
    assert found.a_month * 12 * found.days_left / 365.25 >= found.left
    assert expected(demonstration, manager, dt.date(2020, 1, 1)) == ()


def test_the_pace_is_rounded_up_and_the_last_days_need_no_more_than_what_is_left() -> None:
    ref = FigureRef(Measure.REACHED, as_of=TODAY)

    def way(left: int, days: int) -> Expected:
        return Expected(1000, 1000 - left, TODAY, days, ref)

    assert way(100, 365).a_month == 9
    assert way(100, 5).a_month == 100
    assert way(0, 100).a_month == 0
    assert way(100, 0).a_month is None
    assert way(-50, 100).left == 0


def test_an_officer_is_not_told_of_the_programmes_way(demonstration: Database) -> None:
    with demonstration.read() as connection:
        key = connection.exec_driver_sql("SELECT min(instructor_id) FROM class_officer").scalar_one()
    acting = ActingUser(2, "instructor", "Instructor", Role.INSTRUCTOR, key)
    assert expected(demonstration, acting, TODAY) == ()
