"""A template by keys: chosen, moved in the preview, steps taken back, saved as a version, carried in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eic_tracker.domain.certificate_template import Side
from eic_tracker.domain.codes import Role
from eic_tracker.domain.template_elements import ElementKind
from eic_tracker.gui.pages.template_page import TemplatePage
from eic_tracker.gui.place import Place
from eic_tracker.gui.settings_parts.templates_part import TemplatesPart
from eic_tracker.gui.surroundings import Surroundings
from eic_tracker.i18n import Language
from tests.gui.opened import around_of, opened, preferences

Key, Shift, Control = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def around(qtbot: QtBot, tmp_path: Path) -> Iterator[Surroundings]:
    """A registrar at work on the small school's file."""
    kept = preferences()
    with opened(tmp_path) as file:
        yield around_of(file, Role.REGISTRAR, kept, tmp_path, Language.ES)


@pytest.fixture
def page(qtbot: QtBot, around: Surroundings) -> TemplatePage:
    """A new template that begins as the diploma of the program, drawn."""
    made = TemplatePage(around)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show()
    made.show_place(Place("template", state={"ready_made": "diploma"}))
    qtbot.waitUntil(lambda: made.view.pages() == 1, timeout=10_000)
    return made


def test_an_element_is_moved_by_arrows_in_the_preview_undone_saved_and_its_next_version_begun(
    qtbot: QtBot, page: TemplatePage, around: Surroundings, tmp_path: Path
) -> None:
    drafting = page.drafting
    assert drafting is not None
    page.left.list.setCurrentRow(11)
    element = drafting.element
    assert element is not None
    before, drawn = page.view.pdf, (element.x, element.y)
    page.view.setFocus()
    QTest.keyClick(page.view, Key.Key_Right)
    QTest.keyClick(page.view, Key.Key_Down, Shift)
    assert drafting.element is not None
    assert (drafting.element.x, drafting.element.y) == pytest.approx((drawn[0] + 0.5, drawn[1] + 5))
    qtbot.waitUntil(lambda: page.view.pdf != before, timeout=10_000)
    QTest.keyClick(page.view, Key.Key_Z, Control)
    assert drafting.template == drafting.start
    QTest.keyClick(page.view, Key.Key_Y, Control)
    assert drafting.template != drafting.start

    page.left.radios[Side.REVERSE].click()
    assert drafting.side is Side.REVERSE
    page.left.add_wanted.emit(ElementKind.IMAGE)
    picture = tmp_path / "escudo.png"
    Image.new("RGB", (50, 50), "navy").save(picture)
    page.take_picture(picture)
    qtbot.waitUntil(lambda: bool(drafting.element and drafting.element.image), timeout=10_000)

    page.left.list.setCurrentRow(0)
    page.left.form.sheet_changed.emit("name", "Con escudo")
    with qtbot.waitSignal(page.done, timeout=10_000):
        page.save()
    qtbot.waitUntil(lambda: page.drafting is not drafting, timeout=10_000)
    assert page.drafting is not None
    assert page.drafting.template.name == "Con escudo"
    assert not page.drafting.changed

    part = TemplatesPart(around)
    qtbot.addWidget(part)
    part.show()
    part.show_place(Place("settings"))
    qtbot.waitUntil(lambda: len(part.table.rows) == 1, timeout=10_000)
    out = tmp_path / "salida.json"
    with qtbot.waitSignal(part.done, timeout=10_000):
        part.take_out(part.table.current_key() or 0, out)
    assert b"Con escudo" in out.read_bytes()


def test_what_leaves_the_sheet_is_told_and_what_was_half_typed_comes_back(
    qtbot: QtBot, page: TemplatePage, around: Surroundings
) -> None:
    drafting = page.drafting
    assert drafting is not None
    page.left.list.setCurrentRow(8)
    page.left.form.changed.emit("text", "{nadie}")
    qtbot.waitUntil(lambda: "nadie" in page.left.said.text(), timeout=10_000)
    page.left.form.changed.emit("text", "otra frase")
    qtbot.waitUntil(lambda: not page.left.said.text(), timeout=10_000)
    page.half_typed.leave()

    again = TemplatePage(around)
    qtbot.addWidget(again)
    told: list[str] = []
    again.noticed.connect(lambda notice: told.append(notice.text))
    again.show_place(Place("template", state={"ready_made": "diploma"}))
    qtbot.waitUntil(lambda: again.drafting is not None, timeout=10_000)
    assert again.drafting is not None
    assert "otra frase" in [each.text for each in again.drafting.template.face]
    assert told
    again.left.undo_button.click()
    assert not again.drafting.changed
