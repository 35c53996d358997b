"""A roster typed in the real window: known and new people, exceptions, replacing, and nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui import half_typed
from eic_tracker.gui.main_window import MainWindow
from eic_tracker.gui.pages.offering_page import OfferingPage
from eic_tracker.gui.place import Place
from eic_tracker.gui.roster_part import RosterPart
from eic_tracker.gui.widgets.ask_fields import AskFields
from eic_tracker.gui.widgets.choice_popup import ChoicePopup
from eic_tracker.store.database import Database
from eic_tracker.store.tables.courses import Offering
from eic_tracker.store.transaction import Actor, Entry
from tests.gui.test_offering_form import CONTROL, Keys
from tests.gui.windows import demonstration, go, place_of_work, settle
from tests.services.demonstration_file import number, rows

OPEN = "SELECT id FROM offering WHERE code = '116-2019'"


KNOWN = """SELECT p.id, p.document_number FROM participant p JOIN enrolment e ON e.participant_id = p.id
WHERE p.document_kind = 'national_id' AND p.document_country = 'HND' AND p.merged_into_id IS NULL
AND e.unit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM participant q WHERE q.merged_into_id = p.id)
GROUP BY p.id ORDER BY p.id LIMIT 14"""


MOST_KEYS = 1_100


"""Storyboard R1b: thirty people from a letter, twelve of them known."""


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is half typed rests a moment only."""
    monkeypatch.setattr(half_typed, "REST", 10)


@pytest.fixture
def office(qtbot: QtBot, demo_file: Path) -> Iterator[MainWindow]:
    """A registrar at the roster of the open course."""
    with demonstration(qtbot, demo_file) as made:
        open_roster(qtbot, made, demo_file)
        yield made


def open_roster(qtbot: QtBot, made: MainWindow, path: Path) -> RosterPart:
    """The roster of the open course, the keyboard in its blank row."""
    go(qtbot, made, Place("offering", number(path, OPEN)))
    return part_of(made)


def part_of(made: MainWindow) -> RosterPart:
    """The roster in sight."""
    page = place_of_work(made).page
    assert isinstance(page, OfferingPage)
    part = page.tabs.content("roster")
    assert isinstance(part, RosterPart)
    return part


def entry_of(made: MainWindow) -> Any:
    """What is typed below it."""
    return part_of(made).entry


def roster(path: Path) -> list[tuple[Any, ...]]:
    """Who stands how on the roster, in the order of entry."""
    return rows(
        path,
        "SELECT p.surnames, p.given_names, p.sex, p.document_number, e.status, e.seat, e.unit_id FROM enrolment e "
        "JOIN participant p ON p.id = e.participant_id WHERE e.offering_id = (" + OPEN + ") ORDER BY e.id",
    )


def known_people(path: Path) -> list[tuple[int, str]]:
    """Keys and numbers of people of the file."""
    return [(int(key), str(document)) for key, document in rows(path, KNOWN)]


def type_new(keys: Keys, document: str, surnames: str, given: str, unit: str = "") -> None:
    """The cells of somebody new, without the Enter that ends the row."""
    keys.type(document)
    keys.press(Qt.Key.Key_Tab)
    keys.type(surnames)
    keys.press(Qt.Key.Key_Tab)
    keys.type(given)
    keys.press(Qt.Key.Key_Tab)
    keys.type("F")
    if unit:
        keys.press(Qt.Key.Key_Tab)
        keys.type(unit)
        keys.press(Qt.Key.Key_Return)


def change(path: Path, **columns: object) -> None:
    """Change the open course, as another entry would."""
    with Database(path) as db, db.write(Entry(Actor("test"), "edit_offering", "116-2019")) as tx:
        tx.update(Offering, {number(path, OPEN): columns})


def test_the_keyboard_begins_in_the_blank_row_and_a_known_number_with_two_enters_enrols(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    key, document = known_people(demo_file)[0]
    keys = Keys(qtbot, office)
    keys.type(document)
    settle(qtbot, office)
    assert entry_of(office).matches.isVisible()
    keys.press(Qt.Key.Key_Return)
    assert entry_of(office).person.person.id == key
    assert not entry_of(office).row.surnames.isEnabled()
    keys.press(Qt.Key.Key_Return)
    assert keys.pressed == 15
    assert [each[3:6] for each in roster(demo_file)] == [(document, "enrolled", "seat")]
    assert entry_of(office).row.is_blank
    assert entry_of(office).row.number.hasFocus()
    own = number(
        demo_file,
        "SELECT CASE WHEN coalesce(u.valid_to, '9') >= '2019-06-03' THEN u.id ELSE u.successor_id END "
        "FROM enrolment e JOIN offering o ON o.id = e.offering_id JOIN unit u ON u.id = e.unit_id "
        "WHERE e.participant_id = ? AND o.code <> '116-2019' AND e.status <> 'removed' "
        "ORDER BY o.starts_on DESC LIMIT 1",
        (key,),
    )
    assert roster(demo_file)[0][6] == own


def test_a_new_person_comes_in_with_the_enrolment_and_ctrl_z_takes_both_back(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    people = number(demo_file, "SELECT count(*) FROM participant")
    keys = Keys(qtbot, office)
    type_new(keys, "0801-1995-12345", "Paz Rivera", "Ana", "dpi")
    keys.press(Qt.Key.Key_Return)
    assert [each[:5] for each in roster(demo_file)] == [("Paz Rivera", "Ana", "F", "0801199512345", "enrolled")]
    assert roster(demo_file)[0][6] is not None
    assert "Ctrl+Z" in entry_of(office).row.said.text()
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert roster(demo_file) == []
    assert number(demo_file, "SELECT count(*) FROM participant") == people


def test_thirty_people_from_a_letter_stay_within_the_budget_of_keys(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    keys = Keys(qtbot, office)
    for _, document in known_people(demo_file)[:12]:
        keys.type(document)
        keys.press(Qt.Key.Key_Return)
        keys.press(Qt.Key.Key_Return)
    names = ("Aguilar Paz", "Castro Rivas", "Zelaya Mejia")
    for place in range(18):
        type_new(keys, f"08011996{place:05}", names[place % 3], "Karla Maria", "" if place else "dpi")
        if place:
            # the unit of the row before is offered as the cell is entered
            keys.press(Qt.Key.Key_Tab)
        keys.press(Qt.Key.Key_Return)
    found = roster(demo_file)
    assert len(found) == 30, entry_of(office).row.said.text()
    assert keys.pressed <= MOST_KEYS
    assert len({each[6] for each in found[12:]}) == 1
    assert found[12][6] is not None


def test_what_is_wrong_marks_its_cells_and_nothing_is_stored(qtbot: QtBot, demo_file: Path, office: MainWindow) -> None:
    keys = Keys(qtbot, office)
    type_new(keys, "801199512345", "Paz", "Ana")
    keys.press(Qt.Key.Key_Return)
    row = entry_of(office).row
    assert row.number.property("problem") is True
    assert not row.surnames.property("problem")
    assert "13" in row.said.text()
    assert row.number.hasFocus()
    assert roster(demo_file) == []
    keys.press(Qt.Key.Key_Escape)
    assert row.is_blank


def test_escape_leaves_the_list_and_a_namesake_can_be_recorded(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    ((surnames, given),) = rows(
        demo_file, "SELECT surnames, given_names FROM participant WHERE merged_into_id IS NULL ORDER BY id LIMIT 1"
    )
    keys = Keys(qtbot, office)
    keys.type("0801199612345")
    keys.press(Qt.Key.Key_Tab)
    entry = entry_of(office)
    entry.row.surnames.setText(str(surnames))
    entry.row.given_names.setFocus()
    entry.row.given_names.setText(str(given))
    entry.row.given_names.textEdited.emit(str(given))
    settle(qtbot, office)
    assert entry.matches.isVisible()
    keys.press(Qt.Key.Key_Escape)
    assert not entry.matches.isVisible()
    assert entry.row.surnames.text() == surnames
    keys.press(Qt.Key.Key_Tab)
    keys.type("M")
    keys.press(Qt.Key.Key_Return)
    assert [each[:4] for each in roster(demo_file)] == [(surnames, given, "M", "0801199612345")]


def test_a_full_course_asks_who_authorises_it_and_leaving_that_gives_the_row_back(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    change(demo_file, enrolment_open=False)
    keys = Keys(qtbot, office)
    type_new(keys, "0801199512345", "Paz Rivera", "Ana")
    keys.press(Qt.Key.Key_Return)
    asked = office.findChildren(AskFields)
    assert len(asked) == 1
    asked[0].reject()
    settle(qtbot, office)
    assert entry_of(office).row.surnames.text() == "Paz Rivera"
    assert roster(demo_file) == []
    with qtbot.waitActive(office):
        office.activateWindow()
    assert entry_of(office).row.number.hasFocus()
    keys.press(Qt.Key.Key_Return)
    asked = [each for each in office.findChildren(AskFields) if each.isVisible()]
    asked[0].take.click()
    told = [box.problem() for box in asked[0].form.boxes.values()]
    assert all(told)
    for name, box in asked[0].form.boxes.items():
        box.editor.set_value(f"{name} X-1")
    asked[0].take.click()
    settle(qtbot, office)
    assert len(roster(demo_file)) == 1
    assert rows(demo_file, "SELECT authorised_by, exception FROM authorisation ORDER BY id DESC LIMIT 1") == [
        ("authorised_by X-1", "late_enrolment")
    ]


def test_somebody_is_replaced_by_one_key_and_the_next_row(qtbot: QtBot, demo_file: Path, office: MainWindow) -> None:
    keys = Keys(qtbot, office)
    (_, first), (_, second), *_ = known_people(demo_file)
    for document in (first,):
        keys.type(document)
        keys.press(Qt.Key.Key_Return)
        keys.press(Qt.Key.Key_Return)
    part = part_of(office)
    part.grid.table.setFocus()
    keys.press(Qt.Key.Key_R, CONTROL)
    assert part.entry.instead.isVisible()
    assert part.entry.row.number.hasFocus()
    keys.type(second)
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    assert sorted((each[3], each[4]) for each in roster(demo_file)) == sorted(
        [(first, "removed"), (second, "enrolled")]
    )
    assert not part.entry.instead.isVisible()


def test_delete_takes_off_with_a_reason_of_the_list_and_can_be_undone(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    keys = Keys(qtbot, office)
    keys.type(known_people(demo_file)[0][1])
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    part_of(office).grid.table.setFocus()
    keys.press(Qt.Key.Key_Delete)
    popup = next(each for each in office.findChildren(ChoicePopup) if each.isVisible())
    popup.box.setText("documentos")
    popup.take()
    settle(qtbot, office)
    assert [each[4] for each in roster(demo_file)] == ["removed"]
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert [each[4] for each in roster(demo_file)] == ["enrolled"]


def test_an_alternate_gets_a_seat_by_one_key(qtbot: QtBot, demo_file: Path, office: MainWindow) -> None:
    keys = Keys(qtbot, office)
    entry_of(office).row.waits.setChecked(True)
    entry_of(office).row.take_focus()
    keys.type(known_people(demo_file)[0][1])
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    assert [each[4:6] for each in roster(demo_file)] == [("applied", "alternate")]
    part_of(office).grid.table.setFocus()
    keys.press(Qt.Key.Key_M, CONTROL)
    assert [each[4:6] for each in roster(demo_file)] == [("enrolled", "seat")]


def test_posts_are_changed_in_their_row_and_filled_down_by_keys(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    keys = Keys(qtbot, office)
    for _, document in known_people(demo_file)[:3]:
        keys.type(document)
        keys.press(Qt.Key.Key_Return)
        keys.press(Qt.Key.Key_Return)
    part = part_of(office)
    part.grid.select_key(part.grid.model.keys[0])
    part.grid.table.setFocus()
    keys.press(Qt.Key.Key_F2)
    assert part.editor.is_open, "F2 in a row means the row, not the course"
    assert part.editor.rank.hasFocus()
    keys.press(Qt.Key.Key_Tab)
    keys.type("goets")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Tab)
    keys.type("Perito")
    keys.press(Qt.Key.Key_Return)
    assert part.grid.table.hasFocus()
    first = part.grid.model.keys[0]
    said = "SELECT unit_id, post FROM enrolment WHERE id = ?"
    ((unit, post),) = rows(demo_file, said, (first,))
    assert post == "Perito"
    keys.press(Qt.Key.Key_F2)
    keys.press(Qt.Key.Key_Escape)
    assert part.editor.isHidden()
    part.grid.table.selectAll()
    keys.press(Qt.Key.Key_D, CONTROL)
    popup = next(each for each in office.findChildren(ChoicePopup) if each.isVisible())
    popup.box.setText("unidad")
    popup.take()
    settle(qtbot, office)
    assert {rows(demo_file, said, (key,))[0][0] for key in part.grid.model.keys} == {unit}
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert rows(demo_file, said, (first,)) == [(unit, "Perito")]
    assert len({rows(demo_file, said, (key,))[0][1] for key in part.grid.model.keys}) == 2


def test_ctrl_s_ends_the_row_or_says_what_it_lacks_and_a_full_course_means_the_waiting_list(
    qtbot: QtBot, demo_file: Path, office: MainWindow
) -> None:
    change(demo_file, capacity=1)
    go(qtbot, office, Place("courses"))
    open_roster(qtbot, office, demo_file)
    keys = Keys(qtbot, office)
    type_new(keys, "0801199512345", "Paz Rivera", "Ana", "dpi")
    keys.press(Qt.Key.Key_G, CONTROL)
    assert [each[4:6] for each in roster(demo_file)] == [("enrolled", "seat")]
    assert "1 de 1" in place_of_work(office).page.line.text()  # type: ignore[attr-defined]
    keys.type("0801199512399")
    keys.press(Qt.Key.Key_S, CONTROL)
    assert len(roster(demo_file)) == 1
    row = entry_of(office).row
    assert row.surnames.property("problem") is True
    assert "guarda" in row.said.text()
    keys.press(Qt.Key.Key_Escape)
    type_new(keys, "0801199512399", "Zelaya", "Luisa")
    keys.press(Qt.Key.Key_Tab)
    row.unit.set_value(None)
    keys.press(Qt.Key.Key_D, CONTROL)
    keys.press(Qt.Key.Key_Return)
    assert [each[4:6] for each in roster(demo_file)] == [("enrolled", "seat"), ("applied", "alternate")]
    assert len({each[6] for each in roster(demo_file)}) == 1, "Ctrl+D takes the unit of the row above"
    assert "lista de espera" in row.said.text()
    assert not [each for each in office.findChildren(AskFields) if each.isVisible()]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.INSTRUCTOR])
def test_who_does_not_enrol_sees_no_blank_row(qtbot: QtBot, demo_file: Path, role: Role) -> None:
    with demonstration(qtbot, demo_file, role) as made:
        page = go(qtbot, made, Place("offering", number(demo_file, OPEN))).page
        assert isinstance(page, OfferingPage)
        assert not isinstance(page.tabs.content("roster"), RosterPart)
        assert page.acts is None


def test_a_closed_course_has_no_blank_row(qtbot: QtBot, demo_file: Path, office: MainWindow) -> None:
    go(qtbot, office, Place("offering", number(demo_file, "SELECT id FROM offering WHERE code = '041-2019'")))
    assert not part_of(office).entry.isVisible()
    assert not part_of(office).tools.isVisible()
