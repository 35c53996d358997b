"""The pages of courses: what was given, and the catalogue."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Measure, Role
from eic_tracker.domain.facts import Scope
from eic_tracker.gui.pages.course_page import CoursePage
from eic_tracker.gui.pages.courses_page import CoursesPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.services.figures import FigureRef
from eic_tracker.services.sign_in import demonstration_user
from eic_tracker.store.database import Database
from tests.gui.surroundings import surroundings
from tests.services.demonstration_file import number, rows
from tests.services.figures_seen import figure_value

SECONDS = 20_000


def grid_of(page: CoursesPage, qtbot: QtBot) -> Grid:
    """The list in sight, once its rows are there."""
    grid = page.part()
    assert isinstance(grid, Grid)
    qtbot.waitUntil(lambda: len(grid.model.keys) > 0, timeout=SECONDS)
    return grid


def opened(qtbot: QtBot, around: Surroundings, state: dict[str, Any] | None = None) -> CoursesPage:
    """The page in sight, its rows there."""
    page = CoursesPage(around)
    qtbot.addWidget(page)
    page.resize(1150, 600)
    page.show()
    page.show_place(Place("courses", state=state or {}))
    grid_of(page, qtbot)
    return page


def test_the_list_holds_every_course_given(qtbot: QtBot, demo_file: Path) -> None:
    given = number(demo_file, "SELECT count(*) FROM offering")
    with surroundings(demo_file) as around:
        page = opened(qtbot, around)
        grid = grid_of(page, qtbot)
        qtbot.waitUntil(lambda: len(grid.model.keys) == given, timeout=SECONDS)
        assert page.title() == "All courses"


def test_filters_leave_exactly_the_courses_of_the_figure(qtbot: QtBot, demo_file: Path) -> None:
    scope = Scope(programmes=("EIC",), first_day=dt.date(2018, 1, 1), last_day=dt.date(2018, 12, 31), lead_force="CNP")
    ref = FigureRef(Measure.OFFERINGS, scope, as_of=dt.date(2019, 6, 28))
    with Database(demo_file) as db:
        figure = figure_value(db, demonstration_user(db, Role.MANAGER), ref)
    filters = (("programme", "EIC"), ("force", "CNP"), ("year", "2018"), ("phase", "closed"))
    with surroundings(demo_file, Role.MANAGER) as around:
        page = opened(qtbot, around, {"tab": "offerings", "filters": filters})
        grid = grid_of(page, qtbot)
        assert len(grid.model.keys) == figure == 28


def test_an_instructor_sees_own_courses_only(qtbot: QtBot, demo_file: Path) -> None:
    own = rows(
        demo_file,
        "SELECT DISTINCT offering_id FROM assignment WHERE instructor_id ="
        " (SELECT instructor_id FROM user WHERE login = 'instructor')",
    )
    with surroundings(demo_file, Role.INSTRUCTOR) as around:
        page = opened(qtbot, around)
        assert sorted(grid_of(page, qtbot).model.keys) == sorted(key for (key,) in own)


def test_keys_open_a_course_and_go_to_the_catalogue(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file) as around:
        page = opened(qtbot, around)
        page.activateWindow()
        grid = grid_of(page, qtbot)
        grid.table.setFocus()
        qtbot.waitUntil(grid.table.hasFocus, timeout=SECONDS)
        went: list[Place] = []
        page.go_requested.connect(went.append)
        grid.table.setCurrentIndex(grid.model.index(3, 0))
        qtbot.keyClick(grid.table, Qt.Key.Key_Return)
        assert went == [Place("offering", grid.model.keys[3])]
        qtbot.keyClick(grid.table, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        assert page.tabs.name() == "courses"
        catalogue = grid_of(page, qtbot)
        assert len(catalogue.model.keys) == number(demo_file, "SELECT count(*) FROM course")
        catalogue.table.setCurrentIndex(catalogue.model.index(0, 0))
        qtbot.keyClick(catalogue.table, Qt.Key.Key_Return)
        assert went[-1] == Place("course", catalogue.model.keys[0])


def test_a_page_that_was_left_comes_back_with_tab_filter_and_selection(qtbot: QtBot, demo_file: Path) -> None:
    with surroundings(demo_file) as around:
        page = opened(qtbot, around, {"tab": "offerings", "filters": (("year", "2018"),)})
        grid = grid_of(page, qtbot)
        key = grid.model.keys[5]
        assert grid.select_key(key)
        left = page.state()
        again = opened(qtbot, around, dict(left))
        qtbot.waitUntil(lambda: grid_of(again, qtbot).current_key() == key, timeout=SECONDS)
        assert grid_of(again, qtbot).bar.filters == (("year", "2018"),)


def test_a_course_of_the_catalogue_shows_its_versions_and_every_time_it_was_given(
    qtbot: QtBot, demo_file: Path
) -> None:
    (key,) = rows(demo_file, "SELECT course_id FROM course_version GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")[0]
    given = number(
        demo_file,
        "SELECT count(*) FROM offering o JOIN course_version v ON v.id = o.course_version_id WHERE v.course_id = ?",
        (key,),
    )
    with surroundings(demo_file) as around:
        page = CoursePage(around)
        qtbot.addWidget(page)
        page.show()
        page.show_place(Place("course", key))
        qtbot.waitUntil(lambda: page.detail is not None, timeout=SECONDS)
        grid = page.grid_in_sight()
        assert grid is not None
        qtbot.waitUntil(lambda: len(grid.model.keys) == given, timeout=SECONDS)
        page.tabs.open("versions")
        versions = page.tabs.content("versions")
        assert versions is not None
        words = " ".join(label.text() for label in versions.findChildren(QLabel))
        for (version,) in rows(demo_file, "SELECT version FROM course_version WHERE course_id = ?", (key,)):
            assert f"Version {version}" in words
        assert "To complete it one needs" in words
