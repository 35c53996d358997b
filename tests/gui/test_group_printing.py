"""The papers of a class group in the window: names are pasted, seen, printed, and found nowhere afterwards."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from eic_tracker.domain.codes import Role
from eic_tracker.gui.dialogs.print_view import PrintView
from eic_tracker.gui.group_printing_part import GroupPrintingPart
from eic_tracker.gui.pages.class_group_page import ClassGroupPage
from eic_tracker.gui.place import Place
from tests.gui.surroundings import surroundings
from tests.gui.windows import demonstration, go, settle
from tests.reports.pdf_reading import texts_of
from tests.services.demonstration_file import number
from tests.services.test_group_papers import CAMP, GRADUATED, NAMES, files_that_hold

CONTROL = Qt.KeyboardModifier.ControlModifier
SECONDS = 30_000


def _shown(qtbot: QtBot, part: GroupPrintingPart) -> PrintView:
    window = part.window()
    qtbot.waitUntil(lambda: bool(window.findChildren(PrintView)), timeout=SECONDS)
    (dialog,) = window.findChildren(PrintView)
    qtbot.waitUntil(lambda: bool(dialog.preview.view.pdf), timeout=SECONDS)
    return dialog


def test_names_are_pasted_shown_on_certificates_and_leave_clipboard_file_and_folders(
    qtbot: QtBot, demo_file: Path, tmp_path: Path
) -> None:
    words = [part for name in NAMES for part in name.split()]
    with demonstration(qtbot, demo_file, Role.REGISTRAR) as window:
        page = go(qtbot, window, Place("class_group", number(demo_file, GRADUATED), {"tab": "printing"})).page
        assert isinstance(page, ClassGroupPage)
        part = page.tabs.content("printing")
        assert isinstance(part, GroupPrintingPart)
        QGuiApplication.clipboard().setText("\n".join(NAMES))
        part.names.setFocus()
        QTest.keyClick(part.names, Qt.Key.Key_V, CONTROL)
        assert part.found.text().startswith("2 ")
        assert QGuiApplication.clipboard().text() == "", "the next person at this desk finds no names"
        part.named_button.click()
        dialog = _shown(qtbot, part)
        assert [name in text for name, text in zip(NAMES, texts_of(dialog.preview.view.pdf), strict=True)] == [True] * 2
        dialog.reject()
        settle(qtbot, window)
        assert files_that_hold(words, [tmp_path, Path.home()]) == []
        assert not any(name in str(page.state()) for name in words)
        go(qtbot, window, Place("class_group", number(demo_file, CAMP), {"tab": "printing"}))
        assert part.names.toPlainText() == "", "another group begins without names"
        assert not part.certificates.isVisible()


def test_as_many_as_graduated_are_proposed_and_the_sheet_is_shown_by_one_key(qtbot: QtBot, demo_file: Path) -> None:
    group = number(demo_file, GRADUATED)
    heads = "graduated_girls + graduated_boys + graduated_unrecorded"
    with surroundings(demo_file, Role.REGISTRAR) as around:
        page = ClassGroupPage(around)
        qtbot.addWidget(page)
        page.show()
        page.show_place(Place("class_group", group, {"tab": "printing"}))
        qtbot.waitUntil(lambda: page.detail is not None, timeout=SECONDS)
        page.tabs.open("printing")
        part = page.tabs.content("printing")
        assert isinstance(part, GroupPrintingPart)
        graduated = number(demo_file, f"SELECT {heads} FROM class_group WHERE id = {group}")
        assert part.count.text() == str(graduated)
        part.blank_button.click()
        dialog = _shown(qtbot, part)
        assert len(texts_of(dialog.preview.view.pdf)) == graduated
        dialog.reject()
        qtbot.waitUntil(lambda: not page.window().findChildren(PrintView), timeout=SECONDS)
        page.print_view()
        assert len(texts_of(_shown(qtbot, part).preview.view.pdf)) == 1
    with surroundings(demo_file, Role.MANAGER) as around:
        page = ClassGroupPage(around)
        qtbot.addWidget(page)
        assert "printing" not in page.tabs.names()
