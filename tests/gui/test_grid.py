"""The grid on the demonstration file: place, selection, filters, columns and views."""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eic_tracker.gui.grids.people import PEOPLE_GRID
from eic_tracker.gui.grids.schools import SCHOOLS_GRID
from eic_tracker.gui.models.rows_model import PAGE
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets import page_reader
from eic_tracker.gui.widgets.filter_bar import TYPING_PAUSE
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.gui.widgets.state_view import State
from eic_tracker.queries.listing import Request
from eic_tracker.services import listings
from tests.gui.surroundings import surroundings
from tests.services.demonstration_file import number

Key = Qt.Key


WAIT = 20_000


@pytest.fixture
def around(demo_file: Path, qtbot: QtBot) -> Iterator[Surroundings]:
    with surroundings(demo_file) as made:
        yield made


@pytest.fixture(autouse=True)
def clipboard(qtbot: QtBot) -> Iterator[None]:
    """Emptied after each test: without a screen Qt deletes what it holds when Python is gone already."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def people(around: Surroundings, qtbot: QtBot) -> Grid:
    return shown(Grid(PEOPLE_GRID, around), qtbot)


def shown(grid: Grid, qtbot: QtBot) -> Grid:
    qtbot.addWidget(grid)
    grid.resize(1150, 560)
    grid.show()
    with qtbot.waitSignal(grid.rows_shown, timeout=WAIT):
        grid.restore({})
    settle(grid, qtbot)
    return grid


def settle(grid: Grid, qtbot: QtBot) -> None:
    QTest.qWait(5)
    qtbot.waitUntil(lambda: grid.around.jobs.running == 0, timeout=WAIT)
    QTest.qWait(5)
    qtbot.waitUntil(lambda: grid.around.jobs.running == 0, timeout=WAIT)


def asked(grid: Grid, qtbot: QtBot, act: Any) -> None:
    with qtbot.waitSignal(grid.rows_shown, timeout=WAIT):
        act()
    settle(grid, qtbot)


def press(grid: Grid, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(grid.table, key, modifiers)


def first_name(grid: Grid) -> str:
    first, _ = grid.table.rows_in_sight()
    return str(grid.model.data(grid.model.index(first, 0)))


def test_all_people_are_there_and_counted(people: Grid, demo_file: Path) -> None:
    count = number(demo_file, "SELECT count(*) FROM participant WHERE merged_into_id IS NULL")
    assert len(people.model.keys) == count
    assert people.footer.text() == f"{count:,} persons"


def test_the_record_stays_in_sight_when_the_list_is_read_again(people: Grid, qtbot: QtBot) -> None:
    key = people.model.keys[5000]
    people.select_key(key)
    settle(people, qtbot)
    before = first_name(people)
    people.refresh()
    settle(people, qtbot)
    assert people.current_key() == key
    assert list(people.selected_keys()) == [key]
    assert first_name(people) == before


def test_the_record_stays_in_sight_in_another_order(people: Grid, qtbot: QtBot) -> None:
    key = people.model.keys[5000]
    people.select_key(key)
    asked(people, qtbot, lambda: people.sort_by("document", True))
    assert people.current_key() == key
    row = people.model.place_of(key)
    first, last = people.table.rows_in_sight()
    assert first <= row <= last


def test_a_grid_that_is_left_stands_as_it_was_when_one_comes_back(
    people: Grid, around: Surroundings, qtbot: QtBot
) -> None:
    asked(people, qtbot, lambda: people.restore({"filters": (("sex", "F"),), "text": "", "sort": ("last", True)}))
    key = people.model.keys[700]
    people.select_key(key)
    settle(people, qtbot)
    left, top = people.state(), first_name(people)
    other = Grid(PEOPLE_GRID, around)
    qtbot.addWidget(other)
    other.resize(1150, 560)
    other.show()
    asked(other, qtbot, lambda: other.restore(left))
    assert other.request == people.request
    assert other.current_key() == key
    assert list(other.selected_keys()) == [key]
    assert first_name(other) == top
    assert list(other.bar.words.values()) == ["Sex: Women"]


def test_everything_can_be_selected_without_reading_it(people: Grid, qtbot: QtBot) -> None:
    pages: list[int] = []
    people.model.page_wanted.connect(pages.append)
    QTest.keyClick(people.table, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settle(people, qtbot)
    count = len(people.model.keys)
    assert people.table.selected_spans() == [(0, count - 1)]
    assert people.selected_keys() == people.model.keys
    assert f"{count:,} selected" in people.footer.text()
    assert len(pages) <= 1
    assert not people.table.horizontalHeader().selectionModel().hasSelection(), "headings that ask all rows are slow"
    people.refresh()
    settle(people, qtbot)
    assert people.table.selected_spans() == [(0, count - 1)]


def test_home_and_end_jump_at_once_and_read_only_what_they_show(people: Grid, qtbot: QtBot) -> None:
    people.table.setFocus()
    begun = time.perf_counter()
    press(people, Key.Key_End)
    QTest.qWait(1)
    took = time.perf_counter() - begun
    assert people.table.currentIndex().row() == len(people.model.keys) - 1
    assert took < 0.5, "generous here; the bench measures it"
    settle(people, qtbot)
    assert people.model.known(len(people.model.keys) - 1) is not None
    press(people, Key.Key_Home)
    assert people.table.currentIndex().row() == 0


def test_a_dragged_scroll_bar_reads_where_it_rests(people: Grid, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    true_rows = listings.list_rows

    def counting(db: Any, acting: Any, listing: str, keys: Any) -> Any:
        read.append(keys[0])
        return true_rows(db, acting, listing, keys)

    monkeypatch.setattr(page_reader, "list_rows", counting)
    bar = people.table.verticalScrollBar()
    for step in range(1, 41):
        bar.setValue(bar.maximum() * step // 40)
        people.table.viewport().repaint()
    settle(people, qtbot)
    assert people.model.known(len(people.model.keys) - 1) is not None
    assert len(read) <= 6


def test_an_answer_about_older_rows_is_dropped(people: Grid, qtbot: QtBot) -> None:
    people.table.verticalScrollBar().setValue(people.table.verticalScrollBar().maximum())
    people.table.viewport().repaint()
    asked(people, qtbot, lambda: people.restore({"filters": (("sex", "F"),), "text": ""}))
    cells = people.model.known(people.table.rows_in_sight()[0])
    assert cells is not None
    assert cells.row.sex == "F"


def test_enter_opens_the_row_and_letters_search_a_long_list(people: Grid, qtbot: QtBot) -> None:
    people.select_key(people.model.keys[3])
    with qtbot.waitSignal(people.opened) as opened:
        press(people, Key.Key_Return)
    assert opened.args == [people.model.keys[3]]
    with qtbot.waitSignal(people.rows_shown, timeout=WAIT):
        QTest.keyClicks(people.table, "m")
    assert people.bar.search.text() == "m"


def test_typing_searches_after_a_pause_and_escape_clears(people: Grid, qtbot: QtBot) -> None:
    everybody = len(people.model.keys)
    people.focus_search()
    with qtbot.waitSignal(people.rows_shown, timeout=WAIT):
        QTest.keyClicks(people.bar.search, "nunez", delay=TYPING_PAUSE // 10)
    assert 0 < len(people.model.keys) < everybody
    assert people.footer.text().endswith(f"of {everybody:,}")
    people.bar.search.setFocus()
    assert people.go_up()
    qtbot.waitUntil(lambda: len(people.model.keys) == everybody, timeout=WAIT)


def test_a_filter_is_chosen_by_keyboard_and_taken_away_by_its_chip(people: Grid, qtbot: QtBot) -> None:
    everybody = len(people.model.keys)
    action = next(each for each in people.bar.menu.actions() if each.objectName() == "institution")
    action.trigger()
    settle(people, qtbot)
    popup = people.bar._popup
    assert popup is not None
    QTest.keyClicks(popup.box, "ministerio")
    asked(people, qtbot, lambda: QTest.keyClick(popup.box, Key.Key_Return))
    assert people.bar.filters[0][0] == "institution"
    assert "Ministerio" in next(iter(people.bar.words.values()))
    assert 0 < len(people.model.keys) < everybody
    asked(people, qtbot, lambda: people.bar._drop(people.bar.filters[0]))
    assert len(people.model.keys) == everybody


def test_nothing_found_offers_to_clear_and_keeps_the_headings(people: Grid, qtbot: QtBot) -> None:
    asked(people, qtbot, lambda: people.restore({"filters": (), "text": "zzzz"}))
    assert people.state_view.state() is State.NOTHING_FOUND
    assert people.table.horizontalHeader().isVisible()
    button = people.state_view._button
    assert button is not None
    asked(people, qtbot, button.click)
    assert not people.state_view.isVisible()
    assert len(people.model.keys)


def test_an_empty_list_says_how_to_begin(around: Surroundings, qtbot: QtBot) -> None:
    grid = Grid(SCHOOLS_GRID, around)
    qtbot.addWidget(grid)
    grid.show()
    asked(grid, qtbot, lambda: grid.ask(Request(keys=())))
    assert grid.state_view.state() is State.EMPTY


def test_the_first_rows_are_there_before_all_keys_and_stay_as_they_were_left(
    around: Surroundings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_keys, go_on = listings.list_keys, threading.Event()

    def keys_of(*given: Any) -> array[int]:
        most = given[4] if len(given) > 4 else None
        if most is None:
            assert go_on.wait(WAIT / 1000)
        return true_keys(*given)

    monkeypatch.setattr(page_reader, "list_keys", keys_of)
    grid = Grid(PEOPLE_GRID, around)
    qtbot.addWidget(grid)
    grid.resize(1150, 560)
    grid.show()
    grid.restore({})
    qtbot.waitUntil(lambda: len(grid.model.keys) > 0, timeout=WAIT)
    assert len(grid.model.keys) == PAGE
    assert grid.model.known(0) is not None
    assert not grid.state_view.isVisible()
    assert grid.footer.text() == ""
    with qtbot.waitSignal(grid.noticed) as told:
        grid.papers.print()
    assert told.args is not None
    assert told.args[0].text == "Reading…"
    third = grid.model.keys[3]
    grid.select_key(third)
    with qtbot.waitSignal(grid.rows_shown, timeout=WAIT):
        go_on.set()
    settle(grid, qtbot)
    assert len(grid.model.keys) > 10 * PAGE
    assert list(grid.selected_keys()) == [third]
    assert grid.footer.text().endswith("persons")


def test_a_list_that_cannot_be_read_says_so_and_tries_again(
    around: Surroundings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    true_keys = listings.list_keys

    def fails(*_args: Any) -> array[int]:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(page_reader, "list_keys", fails)
    grid = Grid(SCHOOLS_GRID, around)
    qtbot.addWidget(grid)
    grid.show()
    grid.restore({})
    qtbot.waitUntil(lambda: grid.state_view.state() is State.FAILED, timeout=WAIT)
    monkeypatch.setattr(page_reader, "list_keys", true_keys)
    button = grid.state_view._button
    assert button is not None
    asked(grid, qtbot, button.click)
    assert len(grid.model.keys)
    caplog.clear()


def test_rows_stay_when_reading_them_again_fails(
    people: Grid, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_args: Any) -> array[int]:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(page_reader, "list_keys", fails)
    with qtbot.waitSignal(people.noticed, timeout=WAIT):
        people.refresh()
    assert len(people.model.keys)
    assert not people.state_view.isVisible()
    caplog.clear()


def test_columns_are_shown_moved_and_restored(people: Grid, around: Surroundings, qtbot: QtBot) -> None:
    names = [column.name for column in people.spec.columns]
    people.tools.choose_columns()
    chooser = people.tools.chooser
    assert chooser is not None
    police = next(row for row in range(chooser.list.count()) if chooser.list.item(row).text() == "Police no.")
    chooser.list.item(police).setCheckState(Qt.CheckState.Checked)
    chooser.list.setCurrentRow(police)
    QTest.keyClick(chooser.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [names[number] for number in people.columns.shown()][:3] == ["name", "police_number", "document"]
    chooser.close()
    other = shown(Grid(PEOPLE_GRID, around), qtbot)
    assert other.columns.shown() == people.columns.shown(), "kept for the next time"
    people.tools.choose_columns()
    chooser = people.tools.chooser
    assert chooser is not None
    chooser.reset.click()
    assert [names[number] for number in people.columns.shown()][:3] == ["name", "document", "sex"]
    chooser.close()


def test_own_widths_are_kept_and_the_others_fit_without_scrolling(
    people: Grid, around: Surroundings, qtbot: QtBot
) -> None:
    assert people.table.horizontalScrollBar().maximum() == 0
    people.table.horizontalHeader().resizeSection(4, 333)
    other = shown(Grid(PEOPLE_GRID, around), qtbot)
    assert other.table.columnWidth(4) == 333


def test_the_name_stays_in_sight_when_the_rest_scrolls(people: Grid, qtbot: QtBot) -> None:
    people.resize(480, 400)
    QTest.qWait(1)
    assert people.table.horizontalScrollBar().maximum() > 0
    assert people.table.frozen.isVisible()
    people.select_key(people.model.keys[2])
    for _ in range(8):
        press(people, Key.Key_Right)
    assert people.table.horizontalScrollBar().value() > 0
    first = people.table.frozen.visualRect(people.model.index(2, 0))
    assert first.left() == 0
    assert first.top() == people.table.visualRect(people.model.index(2, 1)).top()


def test_a_view_is_saved_starred_renamed_and_forgotten(people: Grid, around: Surroundings, qtbot: QtBot) -> None:
    asked(people, qtbot, lambda: people.restore({"filters": (("sex", "F"),), "text": "maria", "sort": ("last", True)}))
    women = len(people.model.keys)
    people.tools.views.save("Women")
    people.tools.views.star("Women")
    other = shown(Grid(PEOPLE_GRID, around), qtbot)
    assert len(other.model.keys) == women
    assert other.sort == ("last", True)
    people.tools.views.rename("Women", "Mujeres")
    assert [(view.name, view.starred) for view in people.tools.views.kept()] == [("Mujeres", True)]
    people.tools.views.forget("Mujeres")
    assert people.tools.views.kept() == ()


def test_the_density_is_one_for_all_grids(people: Grid, around: Surroundings) -> None:
    people.tools.set_density("wide")
    assert around.preferences.density == "wide"
    assert people.table.rowHeight(0) == 36


def test_the_last_column_asks_nothing_of_a_model_without_rows(people: Grid, qtbot: QtBot) -> None:
    asked(people, qtbot, lambda: people.ask(replace(Request(), keys=())))
    people.table.keyboardSearch("x")
    press(people, Key.Key_End)
    assert people.current_key() is None
    assert people.table.moveCursor(people.table.CursorAction.MoveEnd, Qt.KeyboardModifier.NoModifier) == QModelIndex()
