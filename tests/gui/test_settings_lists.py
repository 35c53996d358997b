"""The school's lists in the window: read, searched, changed by keys and can be undone."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.domain.school_lists import ListDraft, ListKind
from eic_tracker.gui.pages.settings_page import SettingsPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.lists_part import ListsPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.date_field import DateField
from eic_tracker.gui.widgets.state_view import State
from eic_tracker.services.lists import list_rows_of, save_item
from eic_tracker.store.database import Database
from tests.gui.opened import around_of, opened, preferences
from tests.services.school import NOW, user, values

WAIT = 20_000


Opened = tuple[SettingsPage, Surroundings]


@contextmanager
def settings_of(
    qtbot: QtBot, folder: Path, role: Role, held_by: str = "", width: int = 1180
) -> Iterator[tuple[SettingsPage, Surroundings]]:
    """The settings of a role on the small school's file, drafts of their own."""
    with opened(folder, held_by) as file:
        kept = preferences()
        around = dataclasses.replace(around_of(file, role, kept, folder), file_uid=folder.name)
        page = SettingsPage(around)
        qtbot.addWidget(page)
        page.resize(width, 640)
        page.show()
        with qtbot.waitActive(page):
            page.activateWindow()
        yield page, around
        page.hide()
        kept.store()


@pytest.fixture
def at_lists(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    """A registrar at the institutions."""
    with settings_of(qtbot, tmp_path, Role.REGISTRAR) as (page, around):
        page.show_place(Place("settings", state={"section": "lists"}))
        settle(qtbot, around)
        yield page, around


def settle(qtbot: QtBot, around: Surroundings) -> None:
    for _ in range(4):
        qtbot.waitUntil(lambda: around.jobs.running == 0, timeout=WAIT)
        qtbot.wait(2)


def lists_of(page: SettingsPage) -> ListsPart:
    part = page.part
    assert isinstance(part, ListsPart)
    return part


def choose(part: ListsPart, name: str) -> None:
    part.table.select_key(next(key for key, row in part.table.rows.items() if row.name == name))


def press(part: QWidget, text: str) -> None:
    button = next(each for each in part.findChildren(QPushButton) if each.text() == text and each.isVisible())
    button.click()


def edit(qtbot: QtBot, page: SettingsPage, around: Surroundings, name: str) -> ListsPart:
    """The form of an item, by the keyboard."""
    part = lists_of(page)
    choose(part, name)
    settle(qtbot, around)
    part.table.setFocus()
    QTest.keyClick(part.table, Qt.Key.Key_F2)
    settle(qtbot, around)
    assert part.pane.form is not None
    return part


def field(part: ListsPart, name: str) -> QWidget:
    assert part.pane.form is not None
    return part.pane.form.boxes[name].editor.widget


def told(page: SettingsPage) -> list[str]:
    """What the page says for the toast and the bar."""
    heard: list[str] = []
    page.done.connect(lambda text, undoable: heard.append(f"{text} undo={undoable}"))
    page.noticed.connect(lambda notice: heard.append(notice.text))
    return heard


def in_file(folder: Path, query: str, *parameters: object) -> list[tuple[object, ...]]:
    with Database(folder / "school.eic", clock=lambda: NOW) as db:
        return values(db, query, *parameters)


def changed_by_manager(folder: Path, kind: ListKind, name: str, change: Callable[[dict[str, object]], None]) -> None:
    with Database(folder / "school.eic", clock=lambda: NOW) as db:
        acting = user(db, Role.MANAGER)
        row = next(row for row in list_rows_of(db, acting, kind) if row.name == name)
        wanted = dict(row.values)
        change(wanted)
        save_item(db, acting, ListDraft(kind, wanted, row.id, row.values))


@pytest.mark.parametrize(
    ("role", "sections"),
    [
        (Role.REGISTRAR, ["appearance", "lists", "templates", "signatories", "school_papers", "totals", "copies"]),
        (Role.INSTRUCTOR, ["appearance", "copies"]),
        (
            Role.MANAGER,
            [
                "appearance",
                "lists",
                "templates",
                "signature",
                "signatories",
                "school_papers",
                "totals",
                "names",
                "copies",
            ],
        ),
        (
            Role.ADMINISTRATOR,
            ["appearance", "lists", "templates", "signatories", "school_papers", "quarters", "users", "copies"],
        ),
        (Role.AUDITOR, ["appearance", "copies"]),
    ],
)
def test_each_role_sees_the_sections_that_it_may_use(
    qtbot: QtBot, tmp_path: Path, role: Role, sections: list[str]
) -> None:
    with settings_of(qtbot, tmp_path, role) as (page, around):
        page.show_place(Place("settings"))
        assert [each.name for each in page.sections] == sections
        for section in sections:
            page.show_place(Place("settings", state={"tab": section}))
            assert page.section == section
        settle(qtbot, around)
        page.show_place(Place("settings", state={"section": "users"}))
        assert page.section == ("users" if role is Role.ADMINISTRATOR else "appearance")
        settle(qtbot, around)


def test_a_list_is_searched_without_accents(qtbot: QtBot, at_lists: Opened) -> None:
    page, around = at_lists
    part = lists_of(page)
    everything = len(part.table.rows)
    page.find_in_page()
    QTest.keyClicks(part.search, "publico")
    QTest.keyClick(part.search, Qt.Key.Key_Return)
    settle(qtbot, around)
    assert 0 < len(part.table.rows) < everything
    assert all("blico" in row.name for row in part.table.rows.values())
    part.search.setText("zzzz")
    part.read_rows()
    settle(qtbot, around)
    assert part.state_view.isVisible()
    assert part.state_view.state() is State.NOTHING_FOUND
    press(part.state_view, "Clear filters")
    settle(qtbot, around)
    assert len(part.table.rows) == everything
    assert not part.state_view.isVisible()


def test_another_list_is_chosen_in_the_box(qtbot: QtBot, at_lists: Opened) -> None:
    page, around = at_lists
    part = lists_of(page)
    part.choice.setCurrentText("Ranks")
    part.choice.activated.emit(part.choice.currentIndex())
    settle(qtbot, around)
    assert part.spec.kind is ListKind.RANK
    assert part.table.rows
    assert page.state()["list"] == "rank"


def test_an_item_is_changed_by_the_keyboard_and_can_be_undone(qtbot: QtBot, at_lists: Opened, tmp_path: Path) -> None:
    page, around = at_lists
    heard = told(page)
    part = edit(qtbot, page, around, "Poder Judicial")
    name = field(part, "name")
    assert name.hasFocus()
    QTest.keyClick(name, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(name, "Poder Judicial de Honduras")
    QTest.keyClick(name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, around)
    assert not part.pane.is_open
    assert "Poder Judicial de Honduras" in [row.name for row in part.table.rows.values()]
    assert heard == ["“Poder Judicial de Honduras” was saved. undo=True"]
    assert in_file(tmp_path, "SELECT name FROM institution WHERE code = 'PJ'") == [("Poder Judicial de Honduras",)]
    assert "Poder Judicial de Honduras" in part.detail.text()
    assert "List entry saved" in part.detail.text(), "its history is there as well"


@pytest.mark.parametrize(("new", "save"), [(Qt.Key.Key_N, Qt.Key.Key_S), (Qt.Key.Key_U, Qt.Key.Key_G)])
def test_a_new_item_is_begun_and_saved_by_the_chords_of_both_habits(
    qtbot: QtBot, at_lists: Opened, tmp_path: Path, new: Qt.Key, save: Qt.Key
) -> None:
    page, around = at_lists
    part = lists_of(page)
    part.table.setFocus()
    QTest.keyClick(part.table, new, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, around)
    assert part.pane.is_open
    assert part.pane.item is None
    QTest.keyClicks(field(part, "name"), "Escuela de prueba")
    QTest.keyClicks(field(part, "code"), "EDP")
    QTest.keyClick(field(part, "code"), save, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, around)
    assert in_file(tmp_path, "SELECT name FROM institution WHERE code = 'EDP'") == [("Escuela de prueba",)]


def test_what_is_wrong_stands_under_the_field_and_nothing_is_lost(qtbot: QtBot, at_lists: Opened) -> None:
    page, around = at_lists
    part = lists_of(page)
    press(part, "Add")
    settle(qtbot, around)
    assert part.pane.form is not None
    part.pane.form.write({"name": "Policía Nacional de Honduras"})
    country = field(part, "country")
    QTest.keyClick(country, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, around)
    boxes = part.pane.form.boxes
    assert boxes["name"].problem() == "“Policía Nacional de Honduras” exists already."
    assert boxes["kind"].problem() == ""
    assert part.pane.form.values()["name"] == "Policía Nacional de Honduras"
    assert part.pane.save.isEnabled()


def test_a_window_that_only_reads_offers_no_change(qtbot: QtBot, tmp_path: Path) -> None:
    with settings_of(qtbot, tmp_path, Role.REGISTRAR, held_by="Marta (PC-1)") as (page, around):
        page.show_place(Place("settings", state={"section": "lists"}))
        settle(qtbot, around)
        part = lists_of(page)
        assert part.table.rows
        assert not part.add.isVisible()
        assert part.detail.buttons == []


def test_list_search_and_item_come_back_with_the_place(qtbot: QtBot, at_lists: Opened) -> None:
    page, around = at_lists
    page.show_place(Place("settings", state={"section": "lists", "list": "unit", "text": "a"}))
    settle(qtbot, around)
    part = lists_of(page)
    last = list(part.table.rows)[-1]
    part.table.select_key(last)
    state = page.state()
    page.show_place(Place("settings", state={"section": "lists", "list": "rank", "text": ""}))
    settle(qtbot, around)
    page.show_place(Place("settings", state=state))
    settle(qtbot, around)
    assert part.spec.kind is ListKind.UNIT
    assert part.search.text() == "a"
    assert part.table.current_key() == last


def test_in_a_narrow_window_the_form_stands_in_the_place_of_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    with settings_of(qtbot, tmp_path, Role.REGISTRAR, width=880) as (page, around):
        page.show_place(Place("settings", state={"section": "lists"}))
        settle(qtbot, around)
        page.resize(700, 480)
        part = lists_of(page)
        assert part.table.isVisible()
        assert page.box.isVisible()
        part.table.setFocus()
        QTest.keyClick(part.table, Qt.Key.Key_Return)
        settle(qtbot, around)
        assert part.pane.isVisible()
        assert not part.table.isVisible()
        assert page.go_up()
        assert part.table.isVisible()


def test_a_day_that_is_none_is_marked_and_ends_nothing(qtbot: QtBot, at_lists: Opened, tmp_path: Path) -> None:
    page, around = at_lists
    part = lists_of(page)
    choose(part, "Poder Judicial")
    settle(qtbot, around)
    press(part.detail, "End from…")
    (day,) = part.detail.findChildren(DateField)
    assert day.value() == dt.date(2018, 12, 31)
    day.edit.setText("mañana por la tarde")
    QTest.keyClick(day.edit, Qt.Key.Key_Return)
    settle(qtbot, around)
    assert in_file(tmp_path, "SELECT valid_to FROM institution WHERE code = 'PJ'") == [(None,)]
    assert part.go_up(), "Esc takes the question away"


def test_the_section_in_sight_is_marked_in_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    with settings_of(qtbot, tmp_path, Role.REGISTRAR) as (page, around):
        page.list.setFocus()
        page.show_place(Place("settings"))
        settle(qtbot, around)
        (marked,) = page.list.selectedItems()
        assert page.list.row(marked) == page.list.currentRow() == 0


def test_what_was_ended_in_its_form_stays_in_sight_and_tab_goes_as_the_eye_does(qtbot: QtBot, at_lists: Opened) -> None:
    page, around = at_lists
    part = edit(qtbot, page, around, "Poder Judicial")
    assert part.pane.form is not None
    part.pane.form.write({"valid_to": around.today - dt.timedelta(days=1)})
    part.pane.save.click()
    settle(qtbot, around)
    row = part.table.rows[part.table.current_key() or 0]
    assert (row.name, row.ended) == ("Poder Judicial", True)
    part.choice.setFocus()
    walked = []
    for _ in range(4):
        walked.append(page.focusWidget())
        QTest.keyClick(walked[-1], Qt.Key.Key_Tab)
    links = [each for each in part.detail.findChildren(QPushButton) if each not in part.detail.buttons]
    assert walked == [part.choice, part.search, part.with_ended, part.add]
    part.table.setFocus()
    after = []
    for _ in range(1 + len(part.detail.buttons) + len(links)):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        after.append(page.focusWidget())
    assert after == [part.detail, *part.detail.buttons, *links]
