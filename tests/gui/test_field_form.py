"""Forms: days as they are typed, one of a list found by typing, problems under their fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.domain.drafts import DraftProblem
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.gui.widgets.date_field import CalendarPopup, DateField
from eic_tracker.gui.widgets.editors import ChoiceEditor, DateEditor, LineEditor, NumberEditor, TickEditor
from eic_tracker.gui.widgets.field_form import FieldForm, FormField
from eic_tracker.gui.widgets.reference_box import ReferenceBox
from tests.gui.opened import around_of, opened, preferences

PLACES = {1: "Comayagüela — 0801", 2: "Comayagua — 0301", 3: "La Ceiba — 0101", 4: "Tegucigalpa — 0801"}


@pytest.fixture
def around(tmp_path: Path, qapp: QApplication) -> Iterator[Surroundings]:
    """A registrar on the small school's file."""
    assert qapp is not None
    with opened(tmp_path) as file:
        kept = preferences()
        yield around_of(file, Role.REGISTRAR, kept, tmp_path)
        kept.store()


@pytest.fixture
def form(around: Surroundings, qtbot: QtBot) -> FieldForm:
    """A form with a field of each kind."""
    made = FieldForm(
        [
            FormField("name", "Name", lambda label, _a: LineEditor(label), required=True),
            FormField("code", "Code", lambda label, _a: LineEditor(label), locked=True),
            FormField("kind", "Kind", lambda label, _a: ChoiceEditor(label, [("a", "One"), ("b", "Two")], "—")),
            FormField("since", "Since", DateEditor, help="Its first day."),
            FormField("order", "Order", lambda label, _a: NumberEditor(label)),
            FormField("open", "Open", lambda label, _a: TickEditor(label)),
        ],
        around,
    )
    qtbot.addWidget(made)
    made.show()
    values = {"name": "Núñez", "code": "N", "kind": "b", "since": dt.date(2018, 3, 5), "order": 3, "open": True}
    made.start(values)
    return made


def place_box(around: Surroundings, qtbot: QtBot) -> ReferenceBox:
    made = ReferenceBox("Place", around.colours)
    made.offer(PLACES)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.setFocus()
    return made


def test_the_meaning_of_a_typed_day_stands_beside_it(around: Surroundings, qtbot: QtBot) -> None:
    field = DateField("Since", around)
    qtbot.addWidget(field)
    QTest.keyClicks(field.edit, "5 mar")
    assert field.value() == dt.date(2018, 3, 5)
    assert "March 2018" in field.meaning()
    field.edit.clear()
    assert field.value() is None
    QTest.keyClicks(field.edit, "31/2")
    assert field.value() == "31/2", "the rules name it; the field throws nothing away"


def test_a_day_is_written_in_full_when_the_field_is_left(around: Surroundings, qtbot: QtBot) -> None:
    field = DateField("Since", around)
    other = QLineEdit(field)
    qtbot.addWidget(field)
    field.show()
    with qtbot.waitActive(field):
        field.activateWindow()
    field.setFocus()
    QTest.keyClicks(field.edit, "+1")
    other.setFocus()
    assert field.edit.text() == "01 Jan 2019"


def test_alt_down_opens_a_calendar_whose_enter_takes_the_day(around: Surroundings, qtbot: QtBot) -> None:
    field = DateField("Since", around)
    qtbot.addWidget(field)
    field.show()
    field.set_value(dt.date(2018, 12, 3))
    QTest.keyClick(field.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field.findChild(CalendarPopup)
    assert popup is not None
    days = popup.calendar.focusProxy()
    assert days is not None
    QTest.keyClick(days, Qt.Key.Key_Right)
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert field.value() == dt.date(2018, 12, 4)


def test_one_of_a_list_is_found_without_accents_and_in_any_order(around: Surroundings, qtbot: QtBot) -> None:
    box = place_box(around, qtbot)
    QTest.keyClicks(box, "comayag")
    assert box.found() == ["Comayagüela — 0801", "Comayagua — 0301"]
    assert box.value() == "comayag", "it may mean two"
    box.setText("0301 COMAYAGUA")
    assert box.value() == 2
    box.clear()
    assert box.value() is None


def test_enter_in_the_list_takes_what_is_marked(around: Surroundings, qtbot: QtBot) -> None:
    box = place_box(around, qtbot)
    QTest.keyClicks(box, "ceiba")
    popup = box.finder.popup()
    assert popup is not None
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert box.value() == 3
    assert box.text() == "La Ceiba — 0101"
    box.set_value(4)
    assert box.text() == "Tegucigalpa — 0801"


def test_a_name_that_two_items_share_is_told_apart(around: Surroundings, qtbot: QtBot) -> None:
    box = ReferenceBox("Unit", around.colours)
    qtbot.addWidget(box)
    box.offer({7: "DPI", 9: "DPI"})
    box.set_value(9)
    assert box.text() == "DPI (9)"
    assert box.value() == 9


def test_a_form_gives_back_what_it_was_given(form: FieldForm) -> None:
    assert form.values() == {
        "name": "Núñez",
        "code": "N",
        "kind": "b",
        "since": dt.date(2018, 3, 5),
        "order": 3,
        "open": True,
    }
    assert not form.is_dirty


def test_what_is_half_typed_comes_back_as_it_was(form: FieldForm) -> None:
    form.write({"name": "Ñáñez", "kind": None})
    assert form.is_dirty
    kept = form.kept()
    assert "code" not in kept, "what cannot be changed is not kept"
    form.start({"name": "Other", "code": "O"})
    form.restore(kept | {"unknown": 1, "open": "nonsense"})
    assert form.values()["name"] == "Ñáñez"
    assert form.values()["since"] == dt.date(2018, 3, 5)


def test_a_secret_is_never_kept(around: Surroundings, qtbot: QtBot) -> None:
    form = FieldForm([FormField("password", "Password", lambda label, _a: LineEditor(label, secret=True))], around)
    qtbot.addWidget(form)
    form.write({"password": "una clave larga"})
    assert form.kept() == {"password": None}


def test_problems_stand_under_their_fields_and_go_when_one_types(form: FieldForm, qtbot: QtBot) -> None:
    with qtbot.waitActive(form):
        form.activateWindow()
    left = form.show_problems(
        [DraftProblem("since", "This is needed."), DraftProblem("name", "This is needed."), DraftProblem("", "Both.")]
    )
    assert left == ["Both."]
    name = form.boxes["name"]
    assert name.problem() == "This is needed."
    assert form.boxes["since"].problem() == "This is needed."
    assert name.editor.widget.hasFocus(), "the keyboard goes to the first"
    assert "This is needed." in name.editor.widget.accessibleDescription()
    QTest.keyClicks(name.editor.widget, "x")
    assert name.problem() == ""


def test_every_field_has_a_name_and_a_label_that_leads_to_it(form: FieldForm) -> None:
    for box in form.boxes.values():
        widget = box.editor.widget
        line = widget.edit if isinstance(widget, DateField) else widget
        assert line.accessibleName() == box.field.label or isinstance(box.editor, TickEditor)
        labels = [label for label in box.findChildren(QLabel) if label.buddy() is widget]
        assert len(labels) == 1
