"""The pages of G.R.E.A.T.: class groups, schools, coverage; every number opens its rows."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.domain.facts import Dimension
from eic_tracker.gui.coverage_part import CoveragePart
from eic_tracker.gui.pages.class_group_page import ClassGroupPage, GroupPapersPart
from eic_tracker.gui.pages.outreach_page import OutreachPage
from eic_tracker.gui.pages.school_page import SchoolPage, YearsPart
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.gui.widgets.small_table import SmallTable
from eic_tracker.queries.listing import Request
from eic_tracker.services.figures import FigureRef, rows_behind_figure
from eic_tracker.services.listings import list_keys
from eic_tracker.store.database import Database
from eic_tracker.store.tables.figures import HistoricalTotalRow
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.surroundings import surroundings
from tests.gui.test_offering_form import CONTROL, Keys
from tests.gui.windows import demonstration, go, settle
from tests.services.demonstration_file import number, rows

SECONDS = 30_000
_OFFICERS = """
SELECT count(*) FROM instructor WHERE id IN (SELECT instructor_id FROM class_officer)
OR id IN (SELECT instructor_id FROM accreditation WHERE curriculum_id IS NOT NULL)
"""


def coverage_of(qtbot: QtBot, around: Surroundings, **state: object) -> tuple[OutreachPage, CoveragePart]:
    """The page with its coverage in sight."""
    page = OutreachPage(around)
    qtbot.addWidget(page)
    page.resize(1150, 640)
    page.show()
    page.show_place(Place("outreach", state={"tab": "coverage", "parts": {"coverage": state}}))
    part = page.part()
    assert isinstance(part, CoveragePart)
    qtbot.waitUntil(lambda: part.found is not None, timeout=SECONDS)
    return page, part


def test_class_groups_schools_and_officers_are_all_there(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file) as around:
        page = OutreachPage(around)
        qtbot.addWidget(page)
        page.show()
        page.show_place(Place("outreach"))
        for name, query in (
            ("class_groups", "SELECT count(*) FROM class_group"),
            ("schools", "SELECT count(*) FROM school"),
            ("officers", _OFFICERS),
        ):
            page.tabs.open(name)
            grid = page.part(name)
            assert isinstance(grid, Grid)
            count = number(demo_file, query)
            qtbot.waitUntil(partial(_has_rows, grid, count), timeout=SECONDS)


def _has_rows(grid: Grid, count: int) -> bool:
    return len(grid.model.keys) == count


def test_every_number_of_the_coverage_opens_exactly_its_rows(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file, Role.MANAGER) as around:
        page, part = coverage_of(qtbot, around)
        assert part.table.horizontalHeader().length() <= part.table.viewport().width(), "a number is cut off"
        figures: list[FigureRef] = []
        lists: list[tuple[str, Request]] = []
        page.figure_requested.connect(lambda ref, _title: figures.append(ref))
        page.rows_requested.connect(lambda listing, request, _title: lists.append((listing, request)))
        key = next(key for key, line in part.table.rows.items() if line.row.code == "08")
        row = part.table.rows[key].row
        part.table.select_key(key)
        for _ in range(6):
            qtbot.keyClick(part.table, Qt.Key.Key_Right)
            qtbot.keyClick(part.table, Qt.Key.Key_Return)
        acting = around.acting
    with Database(demo_file) as db:
        values = [rows_behind_figure(db, acting, ref).value for ref in figures]
        counts = [len(list_keys(db, acting, listing, request)) for listing, request in lists]
    reached = row.reached
    assert counts == [row.groups, row.schools]
    assert values == [reached.girls, reached.boys, reached.unrecorded, reached.total]
    assert row.groups > 0


def test_places_without_any_are_shown_and_named(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file) as around:
        _, part = coverage_of(qtbot, around, by="municipality", shown="without")
        covered = number(
            demo_file,
            "SELECT count(DISTINCT coalesce(g.municipality_id, s.municipality_id)) FROM class_group g"
            " LEFT JOIN school s ON s.id = g.school_id WHERE g.first_lesson_on <= '2019-06-28'"
            " AND g.reached_girls + g.reached_boys + g.reached_unrecorded > 0",
        )
        places = number(demo_file, "SELECT count(*) FROM municipality")
        assert len(part.table.rows) == places - covered > 0
        assert all(line.row.reached.total == 0 for line in part.table.rows.values())
        assert f"{covered} of {places} municipalities" in part.summary.text()
        assert not part.bars.bars()
        assert part.state()["by"] == "municipality"


def test_the_rest_of_the_places_is_one_bar_that_opens_its_groups_and_all_bars_make_the_total(
    qtbot: QtBot, demo_file: Path
) -> None:
    with surroundings(demo_file) as around:
        page, part = coverage_of(qtbot, around)
        values = [bar.value for bar in part.bars.bars()]
        assert part.found is not None
        covered = sorted((row for row in part.found.rows if row.covered), key=lambda row: -row.reached.total)
        assert values[:-1] == [row.reached.total for row in covered[:11]]
        total = part.found.total
        assert (len(values), sum(values)) == (12, total.reached.total), "the bars and the table tell one total"
        assert sum(bar.second or 0 for bar in part.bars.bars()) == total.graduated.total
        assert part.bars.bars()[-1].label == part.t("others ({count})", count=len(covered) - 11)
        figures: list[FigureRef] = []
        page.figure_requested.connect(lambda ref, _title: figures.append(ref))
        part.bars.setFocus()
        qtbot.keyClick(part.bars, Qt.Key.Key_Home)
        qtbot.keyClick(part.bars, Qt.Key.Key_Return)
        assert [ref.keys for ref in figures] == [("08",)]
        lists: list[tuple[str, Request]] = []
        page.rows_requested.connect(lambda listing, request, _title: lists.append((listing, request)))
        qtbot.keyClick(part.bars, Qt.Key.Key_End)
        qtbot.keyClick(part.bars, Qt.Key.Key_Return)
        groups = {key for row in covered[11:] for key in row.group_keys}
        assert [(listing, set(request.keys or ())) for listing, request in lists] == [("class_groups", groups)]
        part.by.setCurrentIndex(part.by.findData("municipality"))
        qtbot.waitUntil(lambda: part.found is not None and part.found.by == "municipality", timeout=SECONDS)
        assert len(part.found.rows) > 40
        assert sum(bar.value for bar in part.bars.bars()) == part.found.total.reached.total


def test_coverage_by_quarter_curriculum_and_grade_ends_in_the_same_total_and_leaves_as_a_workbook(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    with surroundings(demo_file, Role.MANAGER) as around:
        page, part = coverage_of(qtbot, around)
        qtbot.waitUntil(lambda: part.way.found is not None, timeout=SECONDS)
        assert "110,000 more expected by" in part.way.words.text()
        assert "53,400 reached, 56,600 to go" in part.way.words.text()
        figures: list[FigureRef] = []
        page.figure_requested.connect(lambda ref, _title: figures.append(ref))
        part.way.button.click()
        totals = set()
        for by in (Dimension.QUARTER, Dimension.CURRICULUM, Dimension.GRADE):
            part.by.setCurrentIndex(part.by.findData(by.value))
            qtbot.waitUntil(lambda by=by: part.found is not None and part.found.by is by, timeout=SECONDS)  # type: ignore[misc]
            lines = list(part.table.rows.values())
            assert lines[-1].words == "Total"
            assert sum(line.row.reached.total for line in lines[:-1]) == lines[-1].row.reached.total
            totals.add((lines[-1].row.reached.total, lines[-1].row.graduated.total))
            part.table.select_key(-1)
            part.table.number_opened.emit(-1, "reached")
        said: list[str] = []
        page.done.connect(lambda text, _undo: said.append(text))
        with patch.object(part.export, "showMenu") as menu:
            page.export_view()
        menu.assert_called_once_with()
        part.export.write_to(tmp_path / "grades.xlsx", "public")
        qtbot.waitUntil(lambda: bool(said), timeout=SECONDS)
        acting = around.acting
    assert len(totals) == 1
    assert (tmp_path / "grades.xlsx").stat().st_size > 5_000
    with Database(demo_file) as db:
        values = [rows_behind_figure(db, acting, ref).value for ref in figures]
    assert values == [53_400, *[next(iter(totals))[0]] * 3]


def test_a_class_group_shows_heads_by_sex_and_grade_and_leads_to_its_school(qtbot: QtBot, demo_file: Path) -> None:
    key = number(demo_file, "SELECT class_group_id FROM class_group_grade GROUP BY 1 HAVING count(*) > 1 LIMIT 1")
    girls, boys = rows(demo_file, "SELECT reached_girls, reached_boys FROM class_group WHERE id = ?", (key,))[0]
    with surroundings(demo_file) as around:
        page = ClassGroupPage(around)
        qtbot.addWidget(page)
        page.show()
        page.show_place(Place("class_group", key))
        qtbot.waitUntil(lambda: page.detail is not None, timeout=SECONDS)
        part = page.tabs.content("heads")
        assert part is not None
        heads, grades, *_ = part.findChildren(SmallTable)
        reached = heads.rows[1][1]
        assert (reached.girls, reached.boys) == (girls, boys)
        assert sum(line.reached.total for line in grades.rows.values()) == reached.total
        went: list[Place] = []
        page.go_requested.connect(went.append)
        page.tabs.open("papers")
        papers = page.tabs.content("papers")
        assert isinstance(papers, GroupPapersPart)
        papers.go_wanted.emit(Place("school", 1))
        assert went == [Place("school", 1)]


def test_the_years_of_a_school_open_their_class_groups(qtbot: QtBot, demo_file: Path) -> None:
    key = number(
        demo_file,
        "SELECT school_id FROM class_group WHERE school_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    )
    groups = number(demo_file, "SELECT count(*) FROM class_group WHERE school_id = ?", (key,))
    with surroundings(demo_file) as around:
        page = SchoolPage(around)
        qtbot.addWidget(page)
        page.show()
        page.show_place(Place("school", key))
        qtbot.waitUntil(lambda: page.detail is not None, timeout=SECONDS)
        grid = page.grid_in_sight()
        assert grid is not None
        qtbot.waitUntil(lambda: len(grid.model.keys) == groups, timeout=SECONDS)
        page.tabs.open("years")
        part = page.tabs.content("years")
        assert isinstance(part, YearsPart)
        assert part.numbers is not None
        assert part.bars is not None
        shown_years = {bar.label: bar.running for bar in part.bars.bars()}
        assert shown_years == {year: year == str(around.today.year) for year in shown_years}, "what goes on is hatched"
        figures: list[FigureRef] = []
        page.figure_requested.connect(lambda ref, _title: figures.append(ref))
        for number_of in part.numbers.rows:
            part.numbers.select_key(number_of)
            qtbot.keyClick(part.numbers, Qt.Key.Key_Right)
            qtbot.keyClick(part.numbers, Qt.Key.Key_Return)
        shown = [row.reached.total for row in part.numbers.rows.values()]
        acting = around.acting
    with Database(demo_file) as db:
        assert [rows_behind_figure(db, acting, ref).value for ref in figures] == shown


def test_an_instructor_sees_own_class_groups_only(qtbot: QtBot, demo_file: Path) -> None:
    other = number(
        demo_file,
        "SELECT id FROM class_group WHERE id NOT IN (SELECT f.class_group_id FROM class_officer f"
        " JOIN user u ON u.instructor_id = f.instructor_id WHERE u.login = 'instructor') LIMIT 1",
    )
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page = ClassGroupPage(around)
        qtbot.addWidget(page)
        page.show()
        page.show_place(Place("class_group", other))
        qtbot.waitUntil(lambda: bool(page.state_view.text()), timeout=SECONDS)
        assert page.state_view.text() == "This record is gone, or you may not see it."


def test_a_class_group_is_linked_to_a_historical_total_by_keys(qtbot: QtBot, demo_file: Path) -> None:
    found = rows(
        demo_file,
        "SELECT id, programme_id FROM class_group WHERE first_lesson_on LIKE '2015%' AND reached_girls > 0 LIMIT 1",
    )
    ((group, programme),) = found
    with Database(demo_file) as db, db.write(Entry(Actor("test"), "fill", "")) as tx:
        total = tx.connection.exec_driver_sql("SELECT min(id) FROM historical_total").scalar_one()
        days = {"first_day": dt.date(2015, 1, 1), "last_day": dt.date(2015, 12, 31)}
        tx.update(HistoricalTotalRow, {int(total): {"programme_id": programme, "measure": "reached", **days}})
    linked = f"SELECT historical_total_id FROM class_group WHERE id = {group}"
    with demonstration(qtbot, demo_file) as made:
        go(qtbot, made, Place("class_group", int(str(group)), {"tab": "papers"}))
        link = next(each for each in made.findChildren(QPushButton) if each.text() == "Cifra histórica…")
        link.setFocus()
        keys = Keys(qtbot, made)
        keys.press(Qt.Key.Key_Space)
        keys.press(Qt.Key.Key_Return)
        with qtbot.waitActive(made):
            made.activateWindow()
        settle(qtbot, made)
        assert rows(demo_file, linked) == [(total,)]
        keys.press(Qt.Key.Key_Z, CONTROL)
        assert rows(demo_file, linked) == [(None,)]


def test_the_arrow_of_a_heading_points_as_its_values_go(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file) as around:
        page = OutreachPage(around)
        qtbot.addWidget(page)
        page.show()
        page.show_place(Place("outreach"))
        grid = page.part("class_groups")
        assert isinstance(grid, Grid)
        way = grid.table.horizontalHeader().sortIndicatorOrder
        qtbot.waitUntil(lambda: bool(grid.model.keys), timeout=SECONDS)
        assert way() is Qt.SortOrder.DescendingOrder, "the newest day stands first"
        grid.sort_by("newest", grid.columns.turned("newest", False))
        assert way() is Qt.SortOrder.AscendingOrder
