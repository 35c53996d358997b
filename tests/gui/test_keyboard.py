"""The window without a mouse, in Spanish: every place, row, figure and way back by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.domain.names import fold
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.page_list import PAGES, may_open
from eic_tracker.gui.palette import Palette
from eic_tracker.gui.widgets.figure_tile import FigureTile
from eic_tracker.gui.widgets.frozen_table import FrozenTable
from eic_tracker.gui.widgets.grid import Grid
from eic_tracker.gui.widgets.tabs import Tabs
from eic_tracker.gui.workplace import Workplace
from eic_tracker.i18n import Language
from eic_tracker.settings import Settings
from tests.gui.windows import demonstration, place_of_work, settle, until
from tests.services.demonstration_file import rows

ROLES = (Role.REGISTRAR, Role.INSTRUCTOR, Role.MANAGER)
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
MOST_TABS = 60


class Hands:
    """Ten fingers on a keyboard; whatever has the keyboard gets the key."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    @property
    def workplace(self) -> Workplace:
        return place_of_work(self.window)

    @property
    def page(self) -> str:
        return self.workplace.trail.here.page

    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        settle(self.qtbot, self.window)

    def write(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(self.focused(), letter)
        settle(self.qtbot, self.window)

    def tab_to(self, kind: type[QWidget]) -> QWidget:
        """Tab until a control of a kind has the keyboard."""
        for _ in range(MOST_TABS):
            if isinstance(self.focused(), kind):
                return self.focused()
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"no {kind.__name__} within {MOST_TABS} tabs")

    def grid(self) -> Grid:
        """The grid of the page in sight, with rows."""
        grid = next(each for each in self.workplace.page.findChildren(Grid) if each.isVisible())
        until(self.qtbot, lambda: len(grid.model.keys) > 0)
        settle(self.qtbot, self.window)
        return grid


@contextmanager
def hands(qtbot: QtBot, path: Path, role: Role) -> Iterator[Hands]:
    """Somebody at the keyboard, on the first page."""
    with demonstration(qtbot, path, role, Settings(language=Language.ES)) as window:
        window.activateWindow()
        until(qtbot, lambda: QApplication.activeWindow() is window)
        until(qtbot, lambda: QApplication.focusWidget() is not None)
        yield Hands(qtbot, window)


def places(workplace: Workplace) -> list[str]:
    """The places of the rail in their order, those that this user may not open as empty."""
    named = [spec for spec in PAGES.values() if spec.rail == "places"]
    return [spec.name if may_open(spec, workplace.around) else "" for spec in named]


@pytest.mark.parametrize("role", ROLES)
def test_each_place_is_one_chord_away_and_takes_the_keyboard(qtbot: QtBot, demo_file: Path, role: Role) -> None:
    with hands(qtbot, demo_file, role) as on:
        for number, name in enumerate(places(on.workplace), 1):
            if name:
                on.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
                assert on.page == name
                assert on.workplace.isAncestorOf(on.focused()), f"{name}: {on.focused()}"
                assert on.workplace.page.isAncestorOf(on.focused()), f"{name}: {on.focused()}"


@pytest.mark.parametrize(
    ("role", "place", "record"),
    [
        (role, place, record)
        for role in ROLES
        for place, record in (("courses", "offering"), ("people", "person"), ("outreach", "class_group"))
        # the instructor of the sample data teaches courses only
        if (role, place) != (Role.INSTRUCTOR, "outreach")
    ],
)
def test_enter_opens_a_row_and_the_way_back_stands_as_it_was_left(
    qtbot: QtBot, demo_file: Path, role: Role, place: str, record: str
) -> None:
    with hands(qtbot, demo_file, role) as on:
        number = places(on.workplace).index(place) + 1
        on.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
        grid = on.grid()
        assert grid.isAncestorOf(on.focused())
        steps = min(45, len(grid.model.keys) - 1)
        for _ in range(steps):
            QTest.keyClick(on.focused(), Qt.Key.Key_Down)
        settle(qtbot, on.window)
        key, scroll = grid.current_key(), grid.table.verticalScrollBar().value()
        assert key is not None
        on.press(Qt.Key.Key_Return)
        assert on.page == record
        assert on.workplace.trail.here.key == key
        on.press(Qt.Key.Key_Left, ALT)
        assert on.page == place
        back = on.grid()
        assert back.current_key() == key
        assert back.table.verticalScrollBar().value() == scroll
        assert back.isAncestorOf(on.focused())
        on.press(Qt.Key.Key_Right, ALT)
        assert (on.page, on.workplace.trail.here.key) == (record, key)


@pytest.mark.parametrize("role", ROLES)
def test_enter_on_a_figure_opens_as_many_rows_and_esc_leads_back_to_it(
    qtbot: QtBot, demo_file: Path, role: Role
) -> None:
    with hands(qtbot, demo_file, role) as on:
        on.tab_to(FigureTile)
        seen = 0
        while isinstance(tile := on.focused(), FigureTile):
            scroll = on.workplace.page.state().get("scroll")
            on.press(Qt.Key.Key_Return)
            pane = on.workplace.pane
            assert pane.isVisible()
            grid = next(each for each in pane.findChildren(Grid) if not each.isHidden())
            settle(qtbot, on.window)
            assert pane.value.text() == tile.value()
            measured_by_rows = pane.rows is None or pane.rows.value == len(pane.rows.keys)
            if measured_by_rows:
                assert f"{len(grid.model.keys):,}" == tile.value(), tile.title()
            on.press(Qt.Key.Key_Escape)
            assert not pane.isVisible()
            assert on.focused() is tile
            assert on.workplace.page.state().get("scroll") == scroll
            seen += 1
            on.press(Qt.Key.Key_Tab)
        assert seen >= 2


def test_filter_scroll_and_selection_come_back(qtbot: QtBot, demo_file: Path) -> None:
    with hands(qtbot, demo_file, Role.REGISTRAR) as on:
        on.press(Qt.Key.Key_3, CTRL)
        grid = on.grid()
        everybody = len(grid.model.keys)
        on.press(Qt.Key.Key_B, CTRL)
        on.write("maria")
        until(qtbot, lambda: 0 < len(grid.model.keys) < everybody)
        on.press(Qt.Key.Key_Return)
        assert grid.table.hasFocus()
        for _ in range(40):
            QTest.keyClick(on.focused(), Qt.Key.Key_Down)
        on.press(Qt.Key.Key_Down, SHIFT)
        on.press(Qt.Key.Key_Down, SHIFT)
        before = (grid.bar.search.text(), list(grid.selected_keys()), grid.table.verticalScrollBar().value())
        assert len(before[1]) == 3
        on.press(Qt.Key.Key_1, CTRL)
        assert on.page == "home"
        on.press(Qt.Key.Key_Left, ALT)
        grid = on.grid()
        assert (grid.bar.search.text(), list(grid.selected_keys()), grid.table.verticalScrollBar().value()) == before
        on.press(Qt.Key.Key_F5)
        assert (grid.bar.search.text(), list(grid.selected_keys()), grid.table.verticalScrollBar().value()) == before
        on.press(Qt.Key.Key_F, CTRL)
        on.press(Qt.Key.Key_Escape)
        assert len(on.grid().model.keys) == everybody


@pytest.mark.parametrize("role", ROLES)
def test_a_person_is_found_without_accents(qtbot: QtBot, demo_file: Path, role: Role) -> None:
    own = (
        ""
        if role is not Role.INSTRUCTOR
        else (
            " AND participant.id IN (SELECT participant_id FROM enrolment JOIN assignment USING (offering_id) "
            "JOIN user ON user.instructor_id = assignment.instructor_id WHERE user.role = 'instructor')"
        )
    )
    query = f"SELECT id, given_names, surnames FROM participant WHERE surnames LIKE '%ñ%'{own} ORDER BY id LIMIT 1"
    ((key, given, surnames),) = rows(demo_file, query)
    with hands(qtbot, demo_file, role) as on:
        on.press(Qt.Key.Key_K, CTRL)
        palette = next(each for each in on.workplace.findChildren(Palette) if each.isVisible())
        on.write(fold(f"{given} {surnames}"))
        found = [line for line in palette.lines() if line.place is not None and line.place.page == "person"]
        assert key in {line.place.key for line in found if line.place}
        while (line := palette.current()) is None or line.place is None or line.place.key != key:
            on.press(Qt.Key.Key_Down)
        on.press(Qt.Key.Key_Return)
        assert (on.page, on.workplace.trail.here.key) == ("person", key)
        assert surnames.split()[0].casefold() in on.workplace.page.title().casefold()


def test_the_chords_of_spanish_office_do_what_the_international_ones_do(qtbot: QtBot, demo_file: Path) -> None:
    with hands(qtbot, demo_file, Role.REGISTRAR) as on:
        on.press(Qt.Key.Key_3, CTRL)
        grid = on.grid()
        for find in (Qt.Key.Key_F, Qt.Key.Key_B):
            grid.table.setFocus()
            on.press(find, CTRL)
            assert grid.bar.search.hasFocus(), "search in the page"
        for everything in (Qt.Key.Key_A, Qt.Key.Key_E):
            grid.table.clearSelection()
            grid.table.setFocus()
            on.press(everything, CTRL)
            assert len(grid.selected_keys()) == len(grid.model.keys), "select all rows"
        before = on.page
        for nothing in (Qt.Key.Key_G, Qt.Key.Key_S):
            on.press(nothing, CTRL)
            assert (on.page, grid.table.hasFocus()) == (before, True), "nothing to save here"
        for begin in (Qt.Key.Key_U, Qt.Key.Key_N):
            on.press(begin, CTRL)
            assert on.page == "person_form", "a person is begun among the people"
            on.press(Qt.Key.Key_Left, ALT)
            assert on.page == before
        on.press(Qt.Key.Key_4, CTRL)
        for begin in (Qt.Key.Key_U, Qt.Key.Key_N):
            on.press(begin, CTRL)
            assert on.page == "offering_form", "a course is begun from everywhere else"
            on.press(Qt.Key.Key_Left, ALT)


@pytest.mark.parametrize(("role", "begins"), [(Role.REGISTRAR, QLineEdit), (Role.MANAGER, FrozenTable)])
def test_from_the_roster_each_tab_is_one_chord_away(
    qtbot: QtBot, demo_file: Path, role: Role, begins: type[QWidget]
) -> None:
    with hands(qtbot, demo_file, role) as on:
        on.press(Qt.Key.Key_2, CTRL)
        on.grid()
        on.press(Qt.Key.Key_Return)
        assert on.page == "offering"
        tabs = on.workplace.page.findChildren(Tabs)[0]
        assert tabs.name() == "roster"
        assert isinstance(on.focused(), begins), "the keyboard is in the row that is blank, or among the people"
        names = [name for place, name in enumerate(tabs.names()) if tabs.isTabVisible(place)]
        for key, back in ((Qt.Key.Key_PageDown, Qt.Key.Key_PageUp), (Qt.Key.Key_Tab, Qt.Key.Key_Tab)):
            for place in range(1, len(names)):
                on.press(key, CTRL)
                assert tabs.name() == names[place]
                assert tabs.isAncestorOf(on.focused()), "the keyboard goes with the tab"
            for place in reversed(range(len(names) - 1)):
                on.press(back, CTRL | SHIFT if back == Qt.Key.Key_Tab else CTRL)
                assert tabs.name() == names[place]


@pytest.mark.parametrize("role", ROLES)
def test_help_history_and_the_parts_of_the_window_have_their_keys(qtbot: QtBot, demo_file: Path, role: Role) -> None:
    with hands(qtbot, demo_file, role) as on:
        on.press(Qt.Key.Key_F1)
        assert on.page == "help"
        on.press(Qt.Key.Key_Left, ALT)
        assert on.page == "home"
        on.press(Qt.Key.Key_H, CTRL)
        assert on.page == "history"
        on.press(Qt.Key.Key_1, CTRL)
        on.tab_to(FigureTile)
        on.press(Qt.Key.Key_Return)
        seen = []
        for _ in range(3):
            on.press(Qt.Key.Key_F6)
            parts = (on.workplace.rail, on.workplace.page, on.workplace.pane)
            seen.append(
                next(n for n, part in enumerate(parts) if part is on.focused() or part.isAncestorOf(on.focused()))
            )
        assert sorted(seen) == [0, 1, 2]


@pytest.mark.parametrize("role", ROLES)
def test_tab_walks_through_every_page_and_comes_round(qtbot: QtBot, demo_file: Path, role: Role) -> None:
    with hands(qtbot, demo_file, role) as on:
        for number, name in enumerate(places(on.workplace), 1):
            if not name:
                continue
            on.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
            start = on.focused()
            visited = []
            for _ in range(MOST_TABS * 2):
                QTest.keyClick(on.focused(), Qt.Key.Key_Tab)
                widget = on.focused()
                visited.append(widget)
                assert widget.isVisible()
                if widget is start:
                    break
            assert visited[-1] is start, f"{name}: Tab does not come round"
            assert any(on.workplace.rail.isAncestorOf(widget) for widget in visited)
