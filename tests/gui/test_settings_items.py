"""The form of an item of a list: what is half typed, changed by two, ended, read only."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from eic_tracker import drafts
from eic_tracker.domain.codes import Role
from eic_tracker.domain.school_lists import ListKind
from eic_tracker.gui import half_typed
from eic_tracker.gui.place import Place
from eic_tracker.services.history import undo_own
from tests.gui.test_settings_lists import (
    WAIT,
    Opened,
    at_lists,
    changed_by_manager,
    choose,
    edit,
    field,
    in_file,
    lists_of,
    press,
    settings_of,
    settle,
    told,
)
from tests.services.demonstration_file import number

__all__ = ["at_lists"]


def test_what_is_half_typed_is_kept_by_esc_and_offered_again(qtbot: QtBot, at_lists: Opened) -> None:
    page, around = at_lists
    part = edit(qtbot, page, around, "Poder Judicial")
    QTest.keyClicks(field(part, "name"), " nuevo")
    assert page.go_up()
    assert not part.pane.is_open
    part = edit(qtbot, page, around, "Poder Judicial")
    message = part.pane.bar.message()
    assert message is not None
    assert "is kept" in message.text
    assert part.pane.form is not None
    assert part.pane.form.values()["name"] == "Poder Judicial", "it is offered, not put in silence"
    press(part.pane.bar, "Go on with it")
    assert part.pane.form.values()["name"] == "Poder Judicial nuevo"


def test_what_is_half_typed_is_on_the_disk_a_moment_after_typing_stops(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(half_typed, "REST", 20)
    with settings_of(qtbot, tmp_path, Role.REGISTRAR) as (page, around):
        page.show_place(Place("settings", state={"section": "lists"}))
        settle(qtbot, around)
        part = edit(qtbot, page, around, "Poder Judicial")
        QTest.keyClicks(field(part, "name"), "!")
        qtbot.waitUntil(lambda: bool(drafts.drafts_of(around.file_uid, "registrar")), timeout=WAIT)
        (kept,) = drafts.drafts_of(around.file_uid, "registrar")
        assert kept.content["name"] == "Poder Judicial!"
        assert page.isVisible(), "no closing was needed: a crash now costs nothing"
        settle(qtbot, around)


def test_a_closed_page_keeps_what_is_half_typed(qtbot: QtBot, at_lists: Opened) -> None:
    page, around = at_lists
    part = edit(qtbot, page, around, "Poder Judicial")
    QTest.keyClicks(field(part, "name"), "?")
    page.hide()
    (kept,) = drafts.drafts_of(around.file_uid, "registrar")
    assert kept.content["name"] == "Poder Judicial?"
    part.pane.saved()
    assert drafts.drafts_of(around.file_uid, "registrar") == ()


@pytest.mark.parametrize("theirs", [True, False])
def test_a_change_by_somebody_else_is_told_with_both_values(
    qtbot: QtBot, at_lists: Opened, tmp_path: Path, theirs: bool
) -> None:
    page, around = at_lists
    part = edit(qtbot, page, around, "Poder Judicial")
    changed_by_manager(
        tmp_path, ListKind.INSTITUTION, "Poder Judicial", lambda found: found.update(name="Corte Suprema")
    )
    name = field(part, "name")
    QTest.keyClicks(name, " (PJ)")
    QTest.keyClick(name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, around)
    message = part.pane.bar.message()
    assert message is not None
    for words in ("manager", "Poder Judicial", "Corte Suprema", "Poder Judicial (PJ)"):
        assert words in message.text
    press(part.pane.bar, "Take what is there now" if theirs else "Keep what I wrote")
    QTest.keyClick(field(part, "name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, around)
    assert not part.pane.is_open
    wanted = "Corte Suprema" if theirs else "Poder Judicial (PJ)"
    assert in_file(tmp_path, "SELECT name FROM institution WHERE code = 'PJ'") == [(wanted,)]


def test_a_form_whose_item_is_taken_back_says_so_and_keeps_what_was_typed(qtbot: QtBot, at_lists: Opened) -> None:
    page, around = at_lists
    part = lists_of(page)
    part.table.setFocus()
    QTest.keyClick(part.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, around)
    QTest.keyClicks(field(part, "name"), "Escuela de prueba")
    QTest.keyClicks(field(part, "code"), "EDP")
    QTest.keyClick(field(part, "code"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, around)
    heard = told(page)
    edit(qtbot, page, around, "Escuela de prueba")
    QTest.keyClicks(field(part, "name"), " y de campo")
    newest = number(around.path, "SELECT max(id) FROM change_set")
    around.jobs.write(undo_own, around.acting, newest, owner=page, done=lambda _set: part.read_rows())
    settle(qtbot, around)
    assert not part.pane.is_open
    assert len(heard) == 1
    assert "Escuela de prueba" in heard[0]
    around.jobs.write(undo_own, around.acting, newest + 1, owner=page, done=lambda _set: part.read_rows())
    settle(qtbot, around)
    edit(qtbot, page, around, "Escuela de prueba")
    press(part.pane.bar, "Go on with it")
    assert field(part, "name").text() == "Escuela de prueba y de campo"  # type: ignore[attr-defined]


def test_an_item_is_ended_opened_again_and_deleted_only_where_nothing_uses_it(
    qtbot: QtBot, at_lists: Opened, tmp_path: Path
) -> None:
    page, around = at_lists
    part = lists_of(page)
    choose(part, "Policía Nacional de Honduras")
    settle(qtbot, around)
    assert "Used by" in part.detail.text()
    assert "Delete" not in [each.text() for each in part.detail.findChildren(QPushButton)]
    choose(part, "Poder Judicial")
    settle(qtbot, around)
    press(part.detail, "End from…")
    press(part.detail, "End it")
    settle(qtbot, around)
    assert in_file(tmp_path, "SELECT valid_to FROM institution WHERE code = 'PJ'") == [("2018-12-31",)]
    press(part.detail, "Open again")
    settle(qtbot, around)
    assert in_file(tmp_path, "SELECT valid_to FROM institution WHERE code = 'PJ'") == [(None,)]
    press(part.detail, "Delete")
    settle(qtbot, around)
    assert in_file(tmp_path, "SELECT count(*) FROM institution WHERE code = 'PJ'") == [(0,)]


def test_the_lists_of_the_state_are_only_read_by_a_registrar(qtbot: QtBot, at_lists: Opened) -> None:
    page, around = at_lists
    page.show_place(Place("settings", state={"section": "lists", "list": "municipality"}))
    settle(qtbot, around)
    part = lists_of(page)
    assert len(part.table.rows) == 298
    assert not part.add.isVisible()
    assert [each for each in part.detail.buttons if each.isVisible()] == []
    assert "administrator changes it" in part.detail.text()
    part.edit_current()
    settle(qtbot, around)
    assert not part.pane.is_open


@pytest.mark.parametrize("kind", list(ListKind))
def test_every_list_opens_with_a_form_of_its_own_fields(qtbot: QtBot, tmp_path: Path, kind: ListKind) -> None:
    with settings_of(qtbot, tmp_path, Role.ADMINISTRATOR) as (page, around):
        page.show_place(Place("settings", state={"section": "lists", "list": kind.value}))
        settle(qtbot, around)
        part = lists_of(page)
        assert part.table.rows
        part.edit_current()
        settle(qtbot, around)
        assert part.pane.form is not None
        assert list(part.pane.form.boxes) == [each.name for each in part.spec.fields]
        assert not part.pane.form.is_dirty
        row = part.table.rows[part.table.current_key() or 0]
        assert part.pane.form.values() == row.values, "saving at once would change nothing"
