"""The view of a summary sheet: places are marked with mouse and keyboard, and named in the dots of the picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eic_tracker.gui.dialogs.sheet_view import SheetView
from eic_tracker.i18n import Language, Translator
from eic_tracker.services.attachments import Area, blacked_out
from tests.gui.opened import COLOURS

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def _sheet() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1460, 1680), "white").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def above(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def _view(above: QWidget, *, may_purge: bool = True) -> SheetView:
    view = SheetView(_sheet(), Translator(Language.EN), COLOURS, may_purge=may_purge, parent=above)
    view.show()
    return view


def test_arrows_move_and_size_the_frame_enter_marks_delete_removes_and_a_step_is_taken_back(above: QWidget) -> None:
    view = _view(above)
    sheet, begin = view.sheet, view.sheet.frame
    assert view.focusWidget() is sheet, "the keyboard works at once"
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    QTest.keyClick(sheet, Qt.Key.Key_Down, SHIFT)
    moved = sheet.frame
    assert (moved.left(), moved.top()) == (begin.left() + 8, begin.top())
    assert (moved.width(), moved.height()) == (begin.width(), begin.height() + 8)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert view.marked.text() == "2 places are marked."
    first, second = view.areas()
    assert first == Area(moved.left(), moved.top(), moved.width(), moved.height())
    assert second.top == first.top + first.height, "the frame went on to the line below"
    QTest.keyClick(sheet, Qt.Key.Key_Delete)
    assert view.areas() == (first,), "the frame touches none, so the newest goes"
    QTest.keyClick(sheet, Qt.Key.Key_Z, CONTROL)
    assert view.areas() == (first, second)
    for _ in range(400):
        QTest.keyClick(sheet, Qt.Key.Key_Left)
        QTest.keyClick(sheet, Qt.Key.Key_Down, SHIFT)
    assert sheet.picture.rect().contains(sheet.frame), "the frame stays on the sheet"
    QTest.keyClick(sheet, Qt.Key.Key_Delete)
    assert view.areas() == ()
    assert not view.black_out.isEnabled()


def test_what_is_drawn_with_the_mouse_is_marked_where_it_lies_and_blacked_out_there(above: QWidget) -> None:
    view = _view(above)
    sheet = view.sheet
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(sheet, left, none, QPoint(300, 120))
    QTest.mouseMove(sheet, QPoint(200, 140))
    QTest.mouseRelease(sheet, left, none, QPoint(100, 150))
    assert view.areas() == (Area(200, 240, 400, 60),), "two dots of the picture to a dot of the screen"
    QTest.mouseClick(sheet, left, none, QPoint(700, 900))
    assert len(view.areas()) == 1, "a click marks nothing"
    wanted: list[tuple[Area, ...]] = []
    view.black_out_wanted.connect(wanted.append)
    areas = view.areas()
    view.black_out.click()
    assert wanted == [areas]
    with Image.open(io.BytesIO(blacked_out(_sheet(), areas))) as picture:
        grey = picture.convert("L")
        assert max(grey.crop((205, 245, 595, 295)).tobytes()) < 20
        assert min(grey.crop((0, 320, 1460, 1680)).tobytes()) > 235


def test_who_may_not_take_a_sheet_out_marks_nothing_on_it(above: QWidget) -> None:
    view = _view(above, may_purge=False)
    QTest.keyClick(view.sheet, Qt.Key.Key_Return)
    QTest.mousePress(view.sheet, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(100, 100))
    QTest.mouseRelease(view.sheet, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(300, 200))
    assert view.areas() == ()
    assert not view.black_out.isVisible()
